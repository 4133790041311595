"""Search for words in a text, whatever its line breaks, accents, case and typography."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, overload
from unicodedata import category, combining, normalize

from pactreader.core.article import Passage
from pactreader.core.errors import PactReaderError

if TYPE_CHECKING:
    import regex

PATTERN_PREFIX: Final = "re:"
"""The prefix of a search for a regular expression."""
_ASCII_TYPOGRAPHY: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys("‘’‚‛′ʼ", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"ß": "ss", "ẞ": "SS"}
)
"""ASCII equivalents of typographic quotation marks and dashes."""
_VOICING_MARKS: Final = frozenset("\u3099\u309a")
"""Combining marks that are no diacritics: in Japanese they make another letter."""
_MOST_REPLACE_CALLS: Final = 64
"""Different characters up to which one `str.replace` for each is faster than one `str.translate`."""
_PATTERN_TIMEOUT: Final = 0.5
"""Seconds that a regular expression may take: some would never end."""


@lru_cache(maxsize=4_096)
def _fold_character(character: str) -> str:
    """Return a character without diacritics and typography, as none, one or several: `é` → `e`, `ﬁ` → `fi`, `“` → `"`.

    A soft hyphen is left out; a Hangul syllable stays whole.
    """
    decomposed = "".join(_ASCII_TYPOGRAPHY.get(c, c) for c in normalize("NFKD", character))
    kept = (c for c in decomposed if not (combining(c) and c not in _VOICING_MARKS) and category(c) != "Cf")
    return normalize("NFC", "".join(kept))


def _lower(text: str) -> str:
    return text.lower().replace("ς", "σ")


def fold(text: str) -> str:
    """Return the text without case, diacritics and typography, to compare it: `“L’État”` → `"l'etat"`.

    Offsets may change.
    """
    return text.lower() if text.isascii() else _lower("".join(map(_fold_character, text)))


def has_words(text: str, words: Iterable[str]) -> bool:
    """Return whether a folded text contains all these folded words or parts of words."""
    return all(word in text for word in words)


class SearchableText:
    """A text that can be searched many times. It is folded once, at the first search."""

    def __init__(self, text: str) -> None:
        self._text = text

    def find(self, typed: str) -> Sequence[Passage]:
        """Find the passages of the text that match what the user typed, in order and without overlap.

        Any white space matches any other, also line ends and blank lines between blocks. Case counts if a capital is
        typed; diacritics, typographic quotation marks and dashes, and soft hyphens never count.

        Args:
            typed: Words; after `re:` a regular expression of the package `regex`, for the text without folding.

        Raises:
            PactReaderError: The regular expression is not valid, or takes too long.
        """
        if typed.startswith(PATTERN_PREFIX):
            return self._find_pattern(typed.removeprefix(PATTERN_PREFIX))
        wanted = _with_single_spaces("".join(map(_fold_character, typed)))
        if not wanted.strip():
            return ()
        cased, offsets = self._folded
        if wanted == wanted.lower():
            return _Matches(self._lower, _lower(wanted), offsets)
        return _Matches(cased, wanted, offsets)

    def _find_pattern(self, pattern: str) -> Sequence[Passage]:
        import regex  # not needed for the first frame

        if not pattern:
            return ()
        flags = regex.MULTILINE | (regex.IGNORECASE if pattern == pattern.lower() else 0)
        try:
            found = regex.compile(pattern, flags).finditer(self._text, timeout=_PATTERN_TIMEOUT)
            return [Passage(*match.span()) for match in found if match.end() > match.start()]
        except regex.error as error:
            raise PactReaderError(f"That is no regular expression: {error}.") from error
        except TimeoutError as error:
            raise PactReaderError("That regular expression takes too long.", "Try a simpler one.") from error

    @cached_property
    def _folded(self) -> tuple[str, "_OffsetMap"]:
        return _fold_with_offsets(self._text)

    @cached_property
    def _lower(self) -> str:
        return _lower(self._folded[0])


class _OffsetMap:
    r"""A map from offsets of a folded text to those of the original.

    The folded text is a series of runs. Most map code point to code point. An atomic run maps as a whole: any part of
    it stands for all of the original, as one space for a line end and the indentation after it.

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
        """Return the passage of the original that `[start, end)` of the folded text stands for."""
        first, last = bisect_right(self._folded, start) - 1, bisect_right(self._folded, end - 1) - 1
        begin = self._original[first] + (0 if self._atomic[first] else start - self._folded[first])
        return Passage(begin, self._original[last] + (self._atomic[last] or end - self._folded[last]))


class _Matches(Sequence[Passage]):
    """The matches of a word in a folded text. Passages are made on access: a hundred thousand are only numbers."""

    def __init__(self, folded_text: str, wanted: str, offsets: _OffsetMap) -> None:
        self._length = len(wanted)
        self._offsets = offsets
        # Splitting and summing run in C: three times as fast as finding one match after the other.
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


def _fold_with_offsets(text: str) -> tuple[str, _OffsetMap]:
    r"""Fold a text except for its case, each run of white space to one space, with the way back to its offsets.

    Example: `L’É\n  ﬁ` → `L'E fi`. Characters that fold to one other are replaced first, by fast calls on the whole
    text; one regular expression then finds all the rest, here the white space and the ligature.
    """
    changing = {c for c in set(text) if not c.isascii() or c.isspace()}
    folded = {c: " " if c.isspace() else _fold_character(c) for c in changing}
    text = _replace_characters(text, {c: to for c, to in folded.items() if len(to) == 1 and c != to})
    other_length = {c: to for c, to in folded.items() if len(to) != 1}
    pattern = _length_changes(other_length)
    offsets = _OffsetMap()
    parts: list[str] = []
    done = length = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        to = other_length.get(match[0], " ")
        parts += [text[done:start], to]
        length += start - done
        if to:
            offsets.add_run(length, start, end - start)
            length += len(to)
        offsets.add_run(length, end)
        done = end
    parts.append(text[done:])
    return "".join(parts), offsets


def _length_changes(folded: Mapping[str, str]) -> "regex.Pattern[str]":
    """Return a pattern for runs of white space and for the characters that are not folded to exactly one.

    Characters that are folded to nothing, as soft hyphens, do not interrupt a run of white space.
    """
    import regex  # not needed for the first frame

    dropped = "".join(re.escape(c) for c, to in folded.items() if not to)
    alternatives = "".join(f"|{re.escape(c)}" for c in folded)
    return regex.compile(f" [ {dropped}]* {alternatives}")


def _replace_characters(text: str, replacements: dict[str, str]) -> str:
    if len(replacements) > _MOST_REPLACE_CALLS:
        return text.translate({ord(c): to for c, to in replacements.items()})
    for character, replacement in replacements.items():
        text = text.replace(character, replacement)
    return text
