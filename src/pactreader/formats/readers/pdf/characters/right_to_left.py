"""Text from right to left in the order in which it is read, whatever order the file draws it in."""

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final, TypeVar
from unicodedata import combining

from pactreader.formats.readers.pdf.characters.pdfium_text import Box

RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters of Hebrew, Arabic and others."""
_LEFT_TO_RIGHT: Final = re.compile(
    r"[0-9\u0660-\u0669\u06f0-\u06f9]|(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])[^\W\d_]"
)
"""Other letters, and digits, which are read from left to right in every script."""

_MIRRORED: Final = str.maketrans("()[]{}", ")(][}{")
_REVERSED, _PAIRED = re.compile(r"[)\]][^()\[\]]*[(\[]"), re.compile(r"[(\[][^()\[\]]*[)\]]")

_Item = TypeVar("_Item")


def reading_order(
    items: Sequence[_Item], text_of: Callable[[_Item], str], centre_of: Callable[[_Item], float]
) -> list[_Item]:
    """Return what stands on a line, or in a word, in reading order.

    `["(2024", "ab", "א"]` from left to right → `["א", "(2024", "ab"]`. It is that of the Unicode Bidirectional Algorithm
    for texts without embeddings.
    """
    from_left = sorted(items, key=centre_of)
    directions = _directions([text_of(item) for item in from_left])
    is_right_to_left = directions.count(-1) >= directions.count(1)
    base = -1 if is_right_to_left else 1
    directed = [
        (direction or base, item)
        for direction, item in zip(_filled(directions, base), from_left, strict=True)
    ]
    if is_right_to_left:
        directed.reverse()
    found: list[_Item] = []
    for direction, group in groupby(directed, key=lambda each: each[0]):
        part = [item for _direction, item in group]
        found += part if direction == base else part[::-1]
    return found


def with_brackets(lines: Sequence[str]) -> list[str]:
    """Return lines with the brackets of those from right to left as they are written, if the page has them as they look.

    `)אב(` → `(אב)`. Some programs tell the glyph, which is mirrored there, and others the sign.
    """
    from_right = [bool(RIGHT_TO_LEFT.search(line)) for line in lines]
    text = "\n".join([line for line, is_from_right in zip(lines, from_right, strict=True) if is_from_right])
    if len(_REVERSED.findall(text)) <= len(_PAIRED.findall(text)):
        return list(lines)
    return [
        line.translate(_MIRRORED) if is_from_right else line
        for line, is_from_right in zip(lines, from_right, strict=True)
    ]


def characters_in_order(text: str, boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """Return the characters of a word in reading order, as the first index and the one behind the last of each part.

    Args:
        text: The word.
        boxes: The boxes of its characters.
    """
    centres = [(left + right) / 2 for left, _top, right, _bottom in boxes]
    letters = [at for at, letter in enumerate(text) if not combining(letter)]
    order = reading_order(letters, text.__getitem__, centres.__getitem__)
    for mark in reversed([at for at, letter in enumerate(text) if combining(letter)]):
        base = min(letters, key=lambda at: abs(centres[at] - centres[mark]), default=None)
        order.insert(0 if base is None else order.index(base) + 1, mark)
    parts: list[tuple[int, int]] = []
    for at in order:
        if parts and parts[-1][1] == at:
            parts[-1] = parts[-1][0], at + 1
        else:
            parts.append((at, at + 1))
    return parts


def _directions(texts: Sequence[str]) -> list[int]:
    """Return 1 for texts from left to right, -1 for those from right to left, and 0 for what has no letters."""
    return [-1 if RIGHT_TO_LEFT.search(text) else 1 if _LEFT_TO_RIGHT.search(text) else 0 for text in texts]


def _filled(directions: Sequence[int], base: int) -> list[int]:
    """Return the directions with those of signs between letters of one direction, else the base."""
    before, latest = list[int](), base
    for direction in directions:
        latest = direction or latest
        before.append(latest)
    after, latest = list[int](), base
    for direction in reversed(directions):
        latest = direction or latest
        after.append(latest)
    return [
        direction or (one if one == other else base)
        for direction, one, other in zip(directions, before, reversed(after), strict=True)
    ]
