"""Finding words in a text, however it is wrapped, accented, cased and typeset."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from re import escape
from types import MappingProxyType
from typing import Final, overload
from unicodedata import category, combining, normalize

from pactreader.core.article import Passage
from pactreader.core.errors import PactReaderError

PATTERN_PREFIX: Final = "re:"
"""What a regular expression is typed after."""
_PLAIN_SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys("‘’‚‛′ʼ", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"ß": "ss", "ẞ": "SS"}
)
"""What stands for typographic quotation marks and dashes: what a keyboard has."""
_VOICING: Final = frozenset("\u3099\u309a")
"""Marks that make another letter in Japanese: no diacritics."""
_FEW: Final = 64
"""Kinds of characters that are replaced one kind after the other: faster than looking up every character."""
_PATTERN_SECONDS: Final = 0.5
"""Seconds that a regular expression may take: there are some that never end."""


@lru_cache(maxsize=4_096)
def _plain(sign: str) -> str:
    """A character without diacritics and typography: none, one or several; Hangul syllables stay whole."""
    signs = "".join(_PLAIN_SIGNS.get(c, c) for c in normalize("NFKD", sign))
    kept = (c for c in signs if not (combining(c) and c not in _VOICING) and category(c) != "Cf")
    return normalize("NFC", "".join(kept))


def _caseless(text: str) -> str:
    return text.lower().replace("ς", "σ")


def fold(text: str) -> str:
    """The text without case, diacritics and typography, for comparing; its offsets mean nothing."""
    return text.lower() if text.isascii() else _caseless("".join(map(_plain, text)))


def has_words(text: str, words: Iterable[str]) -> bool:
    """Whether a folded text has all these folded words, or parts of words."""
    return all(word in text for word in words)


class SearchableText:
    """One text, made ready to be searched: what is computed once per text is computed once."""

    def __init__(self, text: str) -> None:
        self._text = text

    def find(self, typed: str) -> Sequence[Passage]:
        """Where in the text something stands, in its order; hits do not overlap.

        White space counts for one space, also at line ends and between blocks. Case counts if a capital is typed;
        diacritics, typographic quotation marks and dashes, and soft hyphens never do.

        Args:
            typed: What is looked for; behind `re:` a regular expression (of the module `regex`, on the text as it is).

        Raises:
            PactReaderError: The regular expression is none, or takes too long.
        """
        if typed.startswith(PATTERN_PREFIX):
            return self._find_pattern(typed.removeprefix(PATTERN_PREFIX))
        wanted = _spaced("".join(map(_plain, typed)))
        if not wanted.strip():
            return ()
        if wanted == wanted.lower():
            return _Hits(self._caseless, _caseless(wanted), self._map)
        return _Hits(self._cased, wanted, self._map)

    def _find_pattern(self, pattern: str) -> Sequence[Passage]:
        import regex

        if not pattern:
            return ()
        flags = regex.MULTILINE | (regex.IGNORECASE if pattern == pattern.lower() else 0)
        try:
            found = regex.compile(pattern, flags).finditer(self._text, timeout=_PATTERN_SECONDS)
            return [Passage(*hit.span()) for hit in found if hit.end() > hit.start()]
        except regex.error as error:
            raise PactReaderError(f"That is no regular expression: {error}.") from error
        except TimeoutError as error:
            raise PactReaderError("That regular expression takes too long.", "Try a simpler one.") from error

    @cached_property
    def _folding(self) -> tuple[str, "_Map"]:
        return _fold(self._text)

    @property
    def _cased(self) -> str:
        return self._folding[0]

    @property
    def _map(self) -> "_Map":
        return self._folding[1]

    @cached_property
    def _caseless(self) -> str:
        return _caseless(self._cased)


class _Map:
    """From offsets of a folded text to those of the text that it was made from.

    The folded text is a row of stretches: in most of them, characters stand for one another; in a lump, all of
    them stand for all of the others, as one space does for a line end and the indentation behind it.
    """

    def __init__(self) -> None:
        self._folded = [0]
        self._original = [0]
        self._lumps = [0]
        """For each stretch, the code points that a lump stands for; 0 if it is none."""

    def add(self, folded: int, original: int, lump: int = 0) -> None:
        """Begin a stretch at two offsets."""
        self._folded.append(folded)
        self._original.append(original)
        self._lumps.append(lump)

    def passage(self, start: int, end: int) -> Passage:
        """What `[start, end)` of the folded text was made from."""
        first, last = bisect_right(self._folded, start) - 1, bisect_right(self._folded, end - 1) - 1
        begin = self._original[first] + (0 if self._lumps[first] else start - self._folded[first])
        return Passage(begin, self._original[last] + (self._lumps[last] or end - self._folded[last]))


class _Hits(Sequence[Passage]):
    """Where a word stands in a folded text. A hundred thousand hits are so many numbers, made into passages when asked for."""

    def __init__(self, folded_text: str, wanted: str, to_original: _Map) -> None:
        self._length = len(wanted)
        self._map = to_original
        # Splitting and adding up happen in C: three times as fast as a search for one hit after the other.
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
        return self._map.passage(end - self._length, end)


def _spaced(text: str) -> str:
    """A text whose white space is one space wherever there is some."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return before + " ".join(text.split()) + after


def _fold(text: str) -> tuple[str, _Map]:
    """A text without diacritics and typography and with single spaces, and the way back from its offsets."""
    from regex import compile as regex

    kinds = {c: " " if c.isspace() else _plain(c) for c in set(text) if not c.isascii() or c.isspace()}
    same_length = {c: plain for c, plain in kinds.items() if len(plain) == 1 and c != plain}
    others = {c: plain for c, plain in kinds.items() if len(plain) != 1}
    spaced = _replaced(text, same_length)
    unseen = "".join(escape(c) for c, plain in others.items() if not plain)
    unlike = "".join(f"|{escape(c)}" for c in others)
    pattern = regex(f" [ {unseen}]* {unlike}")
    to_original = _Map()
    parts: list[str] = []
    done = length = 0
    for hit in pattern.finditer(spaced):
        start, end = hit.span()
        plain = others.get(hit[0], " ")
        parts += [spaced[done:start], plain]
        length += start - done
        if plain:
            to_original.add(length, start, end - start)
            length += len(plain)
        to_original.add(length, end)
        done = end
    parts.append(spaced[done:])
    return "".join(parts), to_original


def _replaced(text: str, signs: dict[str, str]) -> str:
    if len(signs) > _FEW:
        return text.translate({ord(sign): plain for sign, plain in signs.items()})
    for sign, plain in signs.items():
        text = text.replace(sign, plain)
    return text
