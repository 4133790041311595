"""Words of a text, also in scripts that put no spaces between them."""

from collections.abc import Iterable
from typing import Final

from pactreader.core.article import Passage

_CJK: Final = r"\p{Han}\p{Hiragana}"
"""Written without spaces: each character is a word, as in UAX #29."""
_JOINED: Final = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
"""Written without spaces, with words of several characters that only a dictionary tells apart."""
_WORD: Final = rf"[{_CJK}]|(?:(?![{_CJK}])\w)+(?:[.'’·](?:(?![{_CJK}])\w)+)*"
"""A word as defined by UAX #29: letters, digits and marks, with apostrophes and points inside."""
_WORD_OR_JOINED: Final = (
    rf"(?P<joined>[{_JOINED}]+)|[{_CJK}]"
    rf"|(?:(?![{_CJK}{_JOINED}])\w)+(?:[.'’·](?:(?![{_CJK}{_JOINED}])\w)+)*"
)
_CLUSTER: Final = r"[เ-ไເ-ໄ]?\X"
"""A consonant with its vowels and tone; in Thai and Lao, some of these vowels are written before it."""


def words_in(text: str, start: int) -> list[Passage]:
    """Return the words of a text that begins at an offset.

    Thai, Lao, Khmer and Burmese are divided by ICU's dictionaries if the package `icu4py` is installed, or else into
    clusters of a consonant and its vowels.
    """
    from regex import finditer, search  # not needed for the first frame

    if text.isascii() or not search(f"[{_JOINED}]", text):
        return [Passage(start + found.start(), start + found.end()) for found in finditer(_WORD, text)]
    words: list[Passage] = []
    for found in finditer(_WORD_OR_JOINED, text):
        begin = start + found.start()
        parts = _divide(found["joined"]) if found["joined"] else [(0, len(found[0]))]
        words += (Passage(begin + first, begin + last) for first, last in parts)
    return words


def _divide(joined: str) -> Iterable[tuple[int, int]]:
    """Return the offsets of the words of a text in a script that joins them."""
    from regex import finditer  # not needed for the first frame

    try:
        from icu4py.breakers import WordBreaker
    except ImportError:
        parts = [found.span() for found in finditer(_CLUSTER, joined)]
    else:
        parts = list(WordBreaker(joined, "th").segments())  # ICU has the same dictionaries in every language
    return ((first, last) for first, last in parts if any(map(str.isalnum, joined[first:last])))
