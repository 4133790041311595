"""Words of a text, also in scripts that put no spaces between them."""

from collections.abc import Iterator
from typing import Final

from pactreader.core.article import Passage

_CJK: Final = r"\p{Han}\p{Hiragana}"
"""Written without spaces: each character is a word, as in UAX #29."""
_JOINED: Final = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
"""Written without spaces, with words of several characters that only a dictionary tells apart."""
_WORD: Final = (
    rf"(?P<joined>[{_JOINED}]+)|[{_CJK}]"
    rf"|(?:(?![{_CJK}{_JOINED}])\w)+(?:[.'’·](?:(?![{_CJK}{_JOINED}])\w)+)*"
)
"""A word as defined by UAX #29: letters, digits and marks, with apostrophes and points inside."""
_CLUSTER: Final = r"[เ-ไເ-ໄ]?\X"
"""A consonant with its vowels and tone; in Thai and Lao, some of these vowels are written before it."""


def words_in(text: str, start: int) -> Iterator[Passage]:
    """Yield the words of a text that begins at an offset.

    Thai, Lao, Khmer and Burmese are divided by ICU's dictionaries if the package `icu4py` is installed, or else into
    clusters of a consonant and its vowels.
    """
    from regex import finditer  # not needed for the first frame

    for found in finditer(_WORD, text):
        if joined := found["joined"]:
            for first, last in _divide(joined):
                yield Passage(start + found.start() + first, start + found.start() + last)
        else:
            yield Passage(start + found.start(), start + found.end())


def _divide(joined: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the words of a text in a script that joins them."""
    from regex import finditer  # not needed for the first frame

    try:
        from icu4py.breakers import WordBreaker
    except ImportError:
        parts = [found.span() for found in finditer(_CLUSTER, joined)]
    else:
        parts = list(WordBreaker(joined, "th").segments())  # ICU has the same dictionaries in every language
    yield from ((first, last) for first, last in parts if any(map(str.isalnum, joined[first:last])))
