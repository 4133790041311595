"""The differences between two versions of a quote, word by word."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

import regex

from pactreader.core.alignment.tokens import UNSPACED

_TOKEN: Final = regex.compile(
    rf"""(?xV1)
    (?: [{UNSPACED}] \p{{M}}*
      | [[\w\p{{M}}]--[{UNSPACED}]]+
      | (?=\S)\X
    )? \s*
    """
)
"""A word, or one character of a script without spaces between words, or one other sign; with the white space after it."""
_MAX_WORDS: Final = 300
"""The most words of either version, between a common start and a common end, that are compared. The time grows with
their product."""
_ELLIPSIS: Final = "…"
_SHORTEST_CUT: Final = 20
"""The fewest code points that an ellipsis replaces, roughly; fewer are shown."""


class TextRun(NamedTuple):
    """Successive words of two versions of a text: the same ones, or those in which they differ."""

    former: str
    """The words in the former version; empty if words were inserted."""
    present: str
    """The words in the present version; empty if words were removed."""
    changed: bool
    """True if they differ; False if they are the same but for white space."""


def compare_words(former: str, present: str) -> list[TextRun]:
    """Return the two texts as runs in order, unchanged and changed ones alternately.

    Example: `compare_words("It is vague.", "It is not vague.")` gives `("It is ", "It is ", False)`,
    `("", "not ", True)` and `("vague.", "vague.", False)`. Two texts that differ in more than some hundred words are
    one changed run between the words that they begin and end with in common.
    """
    old, new = _tokens(former), _tokens(present)
    old_words, new_words = [token.strip() for token in old], [token.strip() for token in new]
    return [
        TextRun("".join(old[i:i_end]), "".join(new[j:j_end]), changed)
        for i, i_end, j, j_end, changed in _ranges(old_words, new_words)
    ]


def around_changes(runs: Sequence[TextRun], context: int) -> list[TextRun]:
    """Return runs with the unchanged ones cut, with an ellipsis, to the words next to a change.

    Args:
        runs: The runs.
        context: Code points that are kept on each side of a change, roughly, as words stay whole.
    """
    shown = []
    for index, run in enumerate(runs):
        before, after = context * (index > 0), context * (index < len(runs) - 1)
        cut = TextRun(_cut(run.former, before, after), _cut(run.present, before, after), changed=False)
        shown.append(run if run.changed else cut)
    return shown


def _tokens(text: str) -> list[str]:
    return [match[0] for match in _TOKEN.finditer(text) if match[0]]


def _ranges(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Yield the ranges `[i, i_end)` of the old and `[j, j_end)` of the new words in order, and whether they differ."""
    shorter = min(len(old), len(new))
    head = _common(old, new, shorter)
    tail = _common(old[::-1], new[::-1], shorter - head)
    old_end, new_end = len(old) - tail, len(new) - tail
    if head:
        yield 0, head, 0, head, False
    if max(old_end, new_end) - head > _MAX_WORDS:
        yield head, old_end, head, new_end, True
    else:
        matcher = SequenceMatcher(None, old[head:old_end], new[head:new_end], autojunk=False)
        for kind, i, i_end, j, j_end in matcher.get_opcodes():
            yield head + i, head + i_end, head + j, head + j_end, kind != "equal"
    if tail:
        yield old_end, len(old), new_end, len(new), False


def _common(one: Sequence[str], other: Sequence[str], most: int) -> int:
    """Return the number of equal words at the start of two sequences, at most `most`."""
    return next((index for index in range(most) if one[index] != other[index]), most)


def _cut(text: str, before: int, after: int) -> str:
    """Return the first `before` and the last `after` code points of a text, to whole words, around an ellipsis."""
    if len(text) <= before + after + _SHORTEST_CUT:
        return text
    head = text[: before + 1].rpartition(" ")[0] if before else ""
    tail = text[len(text) - after - 1 :].partition(" ")[2] if after else ""
    return " ".join(
        filter(None, (head or text[:before], _ELLIPSIS, tail or (text[-after:] if after else "")))
    )
