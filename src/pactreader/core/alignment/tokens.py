"""The tokens of a text, by which passages are compared: words, single signs, and graphemes where words are not spaced."""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple
from unicodedata import is_normalized, normalize

import regex

from pactreader.core.alignment.folding import INVISIBLE, SIGNS

UNSPACED: Final = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Bopomofo}\p{Yi}\p{Tibetan}"
"""Scripts in which every grapheme cluster is a token: words are not told apart by spaces, or are inflected like Korean."""
CLAUSE_ENDS: Final = ".!?…。！？।؟,;:，；：、،"
"""The signs at the ends of sentences and clauses."""
_SPACED_TEXT: Final = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
"""A token with the white space behind it, in a text whose scripts space their words, without combining marks."""
_ANY_TEXT: Final = regex.compile(
    rf"(?V1)(?=[{UNSPACED}])\X\s*|[[\w\p{{M}}{INVISIBLE}]--[{UNSPACED}]]+\s*|\S\s*|\s+"
)
"""The same in any text."""
_SPECIAL: Final = regex.compile(rf"[{UNSPACED}\p{{M}}{INVISIBLE}]")
"""A character that only the second pattern handles."""
_UNSPACED_TOKEN: Final = regex.compile(rf"[{UNSPACED}]")
_INVISIBLE: Final = dict.fromkeys(map(ord, INVISIBLE))


class Tokens(NamedTuple):
    """The tokens of a passage in order, without white space."""

    keys: Sequence[str]
    """The tokens as they are compared: in lower case, with typographic signs folded."""
    starts: Sequence[int]
    """The offset of each token in the text, in code points."""
    ends: Sequence[int]


def tokenise(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Return the tokens of the passage `[start, end)` of a text, some four million code points in a second.

    `Don’t stop: 日本` → `don`, `'`, `t`, `stop`, `:`, `日`, `本`.
    """
    passage = text[start:end].translate(SIGNS) if not text.isascii() else text[start:end]
    lowered = passage.lower()
    if passage.isascii() or (
        len(lowered) == len(passage) and not _SPECIAL.search(passage) and is_normalized("NFC", passage)
    ):
        pieces = _SPACED_TEXT.findall(lowered)
        keys = list(map(str.rstrip, pieces))
    else:
        pieces = _ANY_TEXT.findall(passage)
        keys = [_key(piece.rstrip()) for piece in pieces]
    offsets = list(accumulate(map(len, pieces), initial=start))
    lengths = map(len, map(str.rstrip, pieces))
    ends = [offset + length for offset, length in zip(offsets, lengths, strict=False)]
    offsets.pop()
    if "" in keys:
        kept = [index for index, key in enumerate(keys) if key]
        return Tokens(
            [keys[index] for index in kept],
            [offsets[index] for index in kept],
            [ends[index] for index in kept],
        )
    return Tokens(keys, offsets, ends)


def _key(token: str) -> str:
    """Return a token as it is compared: in lower case, composed, without what is invisible."""
    if not token.isascii():
        token = token.translate(_INVISIBLE)
        if not is_normalized("NFC", token):
            token = normalize("NFC", token)
    return token.lower()


def is_unspaced(token: str) -> bool:
    """Return whether a token is a grapheme cluster of a script in which words are not spaced."""
    return token[0] > "\u0e00" and _UNSPACED_TOKEN.match(token) is not None


def word_share(some: Collection[str], tokens: Collection[str]) -> float:
    """Return the share of the words and graphemes, by number, that some tokens among others have.

    Punctuation marks and other signs do not count, unless there are only these.
    """
    count = word_count(tokens)
    return word_count(some) / count if count else len(some) / len(tokens)


def word_count(tokens: Iterable[str]) -> int:
    """Return the number of words and graphemes among tokens, that is without punctuation marks and other signs."""
    return sum(token[0].isalnum() for token in tokens)
