"""Search in a text, regardless of line breaks, diacritics, case and typography."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final, overload

from pactreader.core.article import Passage
from pactreader.core.errors import PactReaderError
from pactreader.core.folding import decomposed_letters, fold, fold_letter, fold_typed, is_part, lower
from pactreader.core.lazy_patterns import lazy_pattern

__all__ = ["PATTERN_PREFIX", "SearchableText", "fold", "has_words", "join_divided_words"]

if TYPE_CHECKING:
    import regex

PATTERN_PREFIX: Final = "re:"
"""The prefix of a search for a regular expression."""
_MAX_REPLACE_CALLS: Final = 64
"""The number of different characters up to which `str.replace` for each is faster than one `str.translate`."""
_PATTERN_TIMEOUT: Final = 0.5
"""Seconds after which a regular expression is stopped, as some would never end."""
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
    if not _has_divided_words(text):
        return text
    lines = re.sub(rf"{_LINE_END_HYPHEN.pattern}[^\S\n]*", hyphen, text, flags=re.DOTALL)
    return lines if hyphen else _JOINED_LINE_HYPHEN.sub("", lines)


def has_words(text: str, words: Iterable[str]) -> bool:
    """Return whether a folded text contains all of these folded words, also as parts of other words."""
    return all(word in text for word in words)


class SearchableText:
    """A text to search in, which is folded at the first search."""

    def __init__(self, text: str) -> None:
        self._text = text

    def find(self, typed: str) -> Sequence[Passage]:
        """Find the passages that match a typed text, in order and without overlaps.

        Each run of white space matches any other, also between blocks. Case is ignored unless a capital is typed;
        diacritics, the kind of quotation marks and dashes, and soft hyphens are ignored always.

        Args:
            typed: Words; or `re:` and a regular expression of the package `regex`, which matches the text unfolded.

        Raises:
            PactReaderError: The regular expression is not valid, or takes too long.
        """
        if typed.startswith(PATTERN_PREFIX):
            return self._find_pattern(typed.removeprefix(PATTERN_PREFIX))
        has_hyphens = "-" in fold_typed(typed)
        joined = join_divided_words(typed, hyphen="-" if has_hyphens else "")
        wanted = _with_single_spaces(fold_typed(joined))
        if not wanted.strip():
            return ()
        folded = self._hyphenated if has_hyphens else self._joined
        if wanted == wanted.lower():
            return _Matches(folded.lower, lower(wanted), folded.offsets)
        return _Matches(folded.cased, wanted, folded.offsets)

    def _find_pattern(self, pattern: str) -> Sequence[Passage]:
        import regex  # not needed for the first frame

        from pactreader.core.pattern_case import is_exact

        if not pattern:
            return ()
        flags = regex.MULTILINE | (0 if is_exact(pattern) else regex.IGNORECASE)
        try:
            found = regex.compile(pattern, flags).finditer(self._text, timeout=_PATTERN_TIMEOUT)
            return [Passage(*match.span()) for match in found if match.end() > match.start()]
        except regex.error as error:
            raise PactReaderError(f"That is no regular expression: {error}.") from error
        except TimeoutError as error:
            raise PactReaderError("That regular expression takes too long.", "Try a simpler one.") from error

    @cached_property
    def _joined(self) -> "_FoldedText":
        """The folded text, with words joined that a hyphen divides at the end of a line."""
        return _fold_with_offsets(self._text, hyphen="")

    @cached_property
    def _hyphenated(self) -> "_FoldedText":
        """The folded text with these hyphens kept, and the lines joined."""
        if not _has_divided_words(self._text):
            return self._joined
        return _fold_with_offsets(self._text, hyphen="-")


class _OffsetMap:
    r"""A map from offsets of a folded text to those of the original.

    The folded text is a series of runs. In most of them each code point maps to one. An atomic run maps as a whole: any
    part of it maps to all of its original, such as one space to a line end and the indentation after it.

    Example: the original `a\n  ﬁ` is folded to `a fi`. Its runs are `a` ↔ `a`, `" "` ↔ `"\n  "` (atomic) and
    `fi` ↔ `ﬁ` (atomic), so `[2, 3)`, the `f`, is `[4, 5)` of the original, the `ﬁ`.
    """

    def __init__(self) -> None:
        self._folded = [0]
        """Offsets in the folded text at which runs begin."""
        self._original = [0]
        """Offsets in the original at which they begin."""
        self._atomic = [0]
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


class _Matches(Sequence[Passage]):
    """The matches of a phrase in a folded text. Only offsets are stored, and passages are created on access."""

    def __init__(self, folded_text: str, wanted: str, offsets: _OffsetMap) -> None:
        self._length = len(wanted)
        self._offsets = offsets
        # Splitting and summing run in C, and so are three times as fast as calling `str.find` for each match.
        steps = map(self._length.__add__, map(len, folded_text.split(wanted)))
        self._ends = list(accumulate(steps))[:-1]

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, index: int) -> Passage: ...

    @overload
    def __getitem__(self, index: slice) -> list[Passage]: ...

    def __getitem__(self, index: int | slice) -> Passage | list[Passage]:
        if isinstance(index, slice):
            return [self._passage(end) for end in self._ends[index]]
        return self._passage(self._ends[index])

    def _passage(self, end: int) -> Passage:
        return self._offsets.original(end - self._length, end)


def _with_single_spaces(text: str) -> str:
    """Return the text with one space for each run of white space, also at its ends."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return before + " ".join(text.split()) + after


class _FoldedText:
    """A text without diacritics and typography, with its offset map."""

    def __init__(self, cased: str, offsets: _OffsetMap) -> None:
        self.cased = cased
        self.offsets = offsets

    @cached_property
    def lower(self) -> str:
        """The text without case, with the same offsets."""
        return lower(self.cased)


def _fold_with_offsets(text: str, *, hyphen: str) -> _FoldedText:
    r"""Fold a text except for its case, and each run of white space to one space.

    Example: `L’É\n  ﬁ` → `L'E fi`. Characters that fold to exactly one are replaced first, by fast calls on the
    whole text. A regular expression then finds the rest, here the white space and the ligature.

    Args:
        text: The text.
        hyphen: The replacement of a hyphen at the end of a line with the white space after it.
    """
    has_hyphens = _has_divided_words(text)
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
    offsets = _OffsetMap()
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
    return _FoldedText("".join(parts), offsets)


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


def _has_divided_words(text: str) -> bool:
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
