"""Folded texts: texts without diacritics and typography, with a map of their offsets to those of the original."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.core.article import Passage
from pactreader.core.folding import decomposed_letters, fold_letter, is_part
from pactreader.core.lazy_patterns import lazy_pattern

if TYPE_CHECKING:
    import regex

_MAX_REPLACE_CALLS: Final = 64
"""The number of different characters up to which `str.replace` for each is faster than one `str.translate`."""
_HYPHENS: Final = "-‐\u00ad"
_LINE_END_HYPHEN: Final = lazy_pattern(rf"[{_HYPHENS}]\n(?<=[^\W\d_]..)(?=[^\S\n]*[^\W\d_])", re.DOTALL)
"""A hyphen at the end of a line in a word: it may be the author's, or divide the word for want of space."""
_JOINED_LINE_HYPHEN: Final = lazy_pattern(rf"[{_HYPHENS}] (?<=[^\W\d_]..)(?=[^\W\d_])")
"""The same where a reader has joined the lines by a space. It may also be that of `in- and outside`."""
_HYPHEN_MARK: Final = "\ufdd0\ufdd1"
"""The characters that stand for it while a text is folded: two code points, as it and the line feed are, that no text contains."""


def join_divided_words(text: str, *, hyphen: str = "") -> str:
    r"""Return the text with words joined that a hyphen divides at the end of a line: `indus-\n  trial` → `industrial`.

    Args:
        text: The text.
        hyphen: The replacement of the hyphen and the white space after it.
    """
    if not has_divided_words(text):
        return text
    lines = re.sub(rf"{_LINE_END_HYPHEN.pattern}[^\S\n]*", hyphen, text, flags=re.DOTALL)
    return lines if hyphen else _JOINED_LINE_HYPHEN.sub("", lines)


class OffsetMap:
    r"""A map from offsets of a folded text to those of the original.

    The folded text is a series of runs. In most of them each code point maps to one. An atomic run maps as a whole: any
    part of it maps to all of its original, such as one space to a line end and the indentation after it.

    Example: the original `a\n  ﬁ` is folded to `a fi`. Its runs are `a` ↔ `a`, `" "` ↔ `"\n  "` (atomic) and
    `fi` ↔ `ﬁ` (atomic), so `[2, 3)`, the `f`, is `[4, 5)` of the original, the `ﬁ`.
    """

    def __init__(self) -> None:
        self._folded = array("I", [0])
        """Offsets in the folded text at which runs begin."""
        self._original = array("I", [0])
        """Offsets in the original at which they begin."""
        self._atomic = array("I", [0])
        """The length of each atomic run's original; 0 for the other runs."""

    def add_run(self, folded: int, original: int, atomic_length: int = 0) -> None:
        """Begin a run at an offset of the folded text and one of the original."""
        self._folded.append(folded)
        self._original.append(original)
        self._atomic.append(atomic_length)

    def original(self, start: int, end: int) -> Passage:
        """Return the passage of the original that `[start, end)` of the folded text maps to."""
        first, last = bisect_right(self._folded, start) - 1, bisect_right(self._folded, end - 1) - 1
        begin = self._original[first] + (0 if self._atomic[first] else start - self._folded[first])
        return Passage(begin, self._original[last] + (self._atomic[last] or end - self._folded[last]))


class FoldedText(NamedTuple):
    """A text without diacritics and typography, with its offset map."""

    cased: str
    offsets: OffsetMap


def fold_with_offsets(text: str, *, hyphen: str) -> FoldedText:
    r"""Fold a text except for its case, and each run of white space to one space.

    Example: `L’É\n  ﬁ` → `L'E fi`. Characters that fold to exactly one are replaced first, by fast calls on the
    whole text. A regular expression then finds the rest, here the white space and the ligature.

    Args:
        text: The text.
        hyphen: The replacement of a hyphen at the end of a line with the white space after it.
    """
    has_hyphens = has_divided_words(text)
    if has_hyphens:
        text = _LINE_END_HYPHEN.sub(_HYPHEN_MARK, text)
        text = text if hyphen else _JOINED_LINE_HYPHEN.sub(_HYPHEN_MARK, text)
    changing = {c for c in set(text) if not c.isascii() or c.isspace()}
    folded = {c: " " if c.isspace() else fold_letter(c) for c in changing}
    text = _replace_characters(text, {c: to for c, to in folded.items() if len(to) == 1 and c != to})
    other_length = {c: to for c, to in folded.items() if len(to) != 1}
    has_parts = any(map(is_part, {*changing, *folded.values()}))
    decomposed = (
        {letter: fold_letter(letter) for letter in set(decomposed_letters().findall(text))}
        if has_parts
        else {}
    )
    pattern = _length_changes(other_length, [*decomposed, *([_HYPHEN_MARK] if has_hyphens else [])])
    other_length |= decomposed
    offsets = OffsetMap()
    parts: list[str] = []
    done = length = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        is_hyphen = has_hyphens and text.startswith(_HYPHEN_MARK, start)
        to = hyphen if is_hyphen else other_length.get(match[0], " ")
        parts += [text[done:start], to]
        length += start - done
        if to:
            offsets.add_run(length, start, end - start)
            length += len(to)
        offsets.add_run(length, end)
        done = end
    parts.append(text[done:])
    return FoldedText("".join(parts), offsets)


def _length_changes(folded: Mapping[str, str], several: Iterable[str]) -> "regex.Pattern[str]":
    """Return a pattern for runs of white space, and for what does not fold to exactly one character.

    Characters that fold to nothing, such as soft hyphens, do not end a run of white space.

    Args:
        folded: Single characters, with what each folds to.
        several: What has more than one character: letters written as their parts, hyphens at the ends of lines. White
            space after the latter is left out.
    """
    import regex  # not needed for the first frame

    dropped = "".join(re.escape(c) for c, to in folded.items() if not to)
    longest_first = sorted(several, key=len, reverse=True)
    alternatives = "".join(
        f"|{re.escape(one)}" + " *" * (one == _HYPHEN_MARK) for one in (*longest_first, *folded)
    )
    return regex.compile(f" [ {dropped}]* {alternatives}")


def has_divided_words(text: str) -> bool:
    """Return whether a text may have a word that a hyphen divides; a hyphen between spaces is a dash."""
    return any(
        f"{hyphen}\n" in text or text.count(f"{hyphen} ") > text.count(f" {hyphen} ")
        for hyphen in _HYPHENS
        if hyphen in text
    )


def _replace_characters(text: str, replacements: dict[str, str]) -> str:
    if len(replacements) > _MAX_REPLACE_CALLS:
        return text.translate({ord(c): to for c, to in replacements.items()})
    for character, replacement in replacements.items():
        text = text.replace(character, replacement)
    return text
