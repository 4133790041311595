"""Sentences of a text: the boundaries that sentencex finds, less those that only look like one."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from pactreader.core.abbreviations import (
    closing_abbreviations,
    ends_of_long_abbreviations,
    goes_on_with_name,
    goes_on_with_number,
)
from pactreader.core.article import Passage
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.core.reporting_clauses import is_reporting_clause

_UNSAFE: Final = dict.fromkeys(
    (
        *range(0xD800, 0xE000),
        *map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"),
    ),
    " ",
) | dict.fromkeys(range(0x2000, 0x200B), " ")
"""White space and surrogates, which sentencex gets as spaces: it panics at some, and leaves out some line feeds."""
_LIKE: Final = {"no": "da"}
"""Languages that sentencex does not know, with one that has most of their abbreviations."""
_CONTEXT: Final = 24
"""The number of code points before a boundary that tell which kind it is."""
_LONG_WORD: Final = 5
"""The number of letters from which a word is seldom an abbreviation."""
_PLAIN_STOPS: Final = frozenset({". ", "! ", "? "})
_QUOTATION_MARKS: Final = frozenset("\"'“”„«»‘’‚")
_OPENING_SIGNS: Final = _QUOTATION_MARKS | frozenset("([¿¡")
_PUNCTUATION: Final = frozenset(",;:.!?…、。，；：．！？")
_DASHES: Final = frozenset("–—―‐‑-")
_QUOTE_ENDS: Final = frozenset("」』”’“»\"'）)")
_PARTICLES: Final = ("って", "と", "など", "なんて", "を")
"""Particles that go on with a sentence after a quotation in Japanese."""
_QUOTATIVE: Final = lazy_pattern("と(?:思|言|聞|考|尋|叫|答|い[うっわ])")
"""The particle with a verb, which in Japanese also follows a question or an exclamation without quotation marks."""
_NO_PARTICLES: Final = ("ところ", "とにかく", "とても", "ともかく", "とりあえず")
"""Words that begin as one of these does, and often begin a sentence."""
_CLOSING: Final = lazy_pattern(
    r"(?:[”’»›)\]）」』】》〉〕｣]+|[\"'“‘«‹]+(?!\w)"
    r"|[¹²³⁰⁴-⁹⁻⁽⁾①-⑳]+(?:,[¹²³⁰⁴-⁹]+)*|[*†‡§]+(?=\s)|\[\^?\w[\w ,.–-]{0,20}\]"
    r"|\s+[»›”’)\]）」』】》〉](?=[\s.,;:!?)\]]|\Z)"
    r"|\s+\[\^?\d{1,3}\](?=\s|\Z))+\s*"
)
"""Signs that close the sentence before them: quotation marks, brackets and footnote signs, those directly after the stop and
those after a space that nothing opens."""
_CLOSING_SIGNS: Final = frozenset("”’»›)]）」』】》〉〕｣\"'“‘«‹[*†‡§¹²³⁰⁴⁵⁶⁷⁸⁹⁻⁽⁾①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
"""The signs with one of which each of those begins, behind white space if there is any."""
_LETTER: Final = lazy_pattern(r"[^\W\d_]")
_WORD: Final = lazy_pattern(r"[^\W\d_]+")
_NOT_SPACE: Final = lazy_pattern(r"\S")
_KHMER_STOPS: Final = frozenset("។៕")
_STOPS: Final = frozenset(".!?…")
_MORE_ENDS: Final = lazy_pattern(r"[។៕*†‡§¹²³⁰⁴-⁹⁻]+(?:,[¹²³⁰⁴-⁹]+)*\s+")
"""Signs that may end a sentence and that sentencex does not know: a stop of Khmer, or a footnote sign after a stop."""

_MORE_SIGNS: Final = frozenset("។៕*†‡§¹²³⁰⁴⁵⁶⁷⁸⁹⁻")
"""The signs with one of which each of those begins."""
_OPENING_BRACKETS: Final = frozenset("(（[")
_CLOSED_SPEECHES: Final = frozenset("」』")

_IN_BRACKETS: Final = lazy_pattern(
    r"(?:\A|(?<=[.!?…])\s+|(?<=[.!?…][”“’»\"')\]])\s+|(?<=[.!?…][”“’»\"'][)\]])\s+|(?<=[。！？）」』])\s*)"
    r"[(（\[][^()（）\[\]]*[.!?…。！？][”“’»\"'」』]?[)）\]]"
)
"""A sentence in brackets, or several, which sentencex does not part from what follows."""
_BETWEEN_SPEECHES: Final = lazy_pattern(r"[。！？!?…][」』](?=[「『])")
"""The end of a speech in Japanese that another one follows."""
_ELIDED_FIRST_WORD: Final = lazy_pattern(r"['’‘][a-z]{1,2}\s+(?=[^\W\d_])")
"""The first word of a sentence in Dutch that has no capital, as the next one has it: `’s Avonds`, `’t Is`."""


def sentences_in(text: str, language: str) -> list[Passage]:
    """Return the sentences of a text, each without the white space around it.

    They are in order, do not overlap, none is empty, and together they have all of the text but white space.

    Args:
        text: The text, at most some thousands of code points, as sentencex takes quadratic time on some.
        language: The ISO 639-1 code of its language.
    """
    found: list[Passage] = []
    start = 0
    for end in _ends(text, language):
        part = text[start:end]
        words = part.strip()
        if words:
            begin = end - len(part.lstrip())
            found.append(Passage(begin, begin + len(words)))
        start = end
    return found


def _ends(text: str, language: str) -> Iterator[int]:
    """Yield the ends of the sentences of a text, the last of which is that of the text."""
    is_cased = text != text.lower()
    start = seen = 0
    last_word = next((offset for offset in range(len(text) - 1, -1, -1) if text[offset].isalnum()), 0)
    has_letter = False  # in the sentence, as far as it was seen; a number alone is none
    for proposed in _proposed_ends(text, language):
        if start < proposed and _is_plain_end(text, proposed, language):
            end = proposed
        else:
            end = _moved_end(text, proposed)
            has_letter = has_letter or bool(_LETTER.search(text, seen, end))
            seen = max(seen, end)
            if not start < end <= last_word or not has_letter:
                continue
            if _is_inside_sentence(text, start, end, language, is_cased=is_cased):
                continue
        yield end
        start = seen = end
        has_letter = False
    yield len(text)


def _is_plain_end(text: str, end: int, language: str) -> bool:
    """Return whether a long word in small letters, a stop, a space and a capital are around an end: nothing else is it."""
    word = text[max(0, end - 2 - _LONG_WORD) : end - 2]
    return (
        end >= _LONG_WORD + 2
        and text[end - 2 : end] in _PLAIN_STOPS
        and word.isalpha()
        and word.islower()
        and text[end : end + 1].isupper()
        and word not in ends_of_long_abbreviations(language, _LONG_WORD)
    )


def _proposed_ends(text: str, language: str) -> list[int]:
    """Return the ends of sentences that sentencex finds, and those that it does not know."""
    from sentencex import segment  # not needed for the command line

    safe = text if text.isprintable() else text.translate(_UNSAFE)
    ends = list(accumulate(map(len, segment(_LIKE.get(language, language), safe))))
    return sorted({*ends, *_unknown_ends(text, language)})


def _unknown_ends(text: str, language: str) -> Iterator[int]:
    """Yield the ends of sentences that sentencex does not know."""
    signs = set(text)
    if not signs.isdisjoint(_MORE_SIGNS):
        for found in _MORE_ENDS.finditer(text):
            if found[0][0] in _KHMER_STOPS or text[found.start() - 1] in _STOPS:
                yield found.end()
    in_brackets = None if signs.isdisjoint(_OPENING_BRACKETS) else _IN_BRACKETS
    between_speeches = None if signs.isdisjoint(_CLOSED_SPEECHES) else _BETWEEN_SPEECHES
    for pattern in (in_brackets, between_speeches, closing_abbreviations(language)):
        if pattern:
            yield from (found.end() for found in pattern.finditer(text))


def _moved_end(text: str, end: int) -> int:
    """Return the end of a sentence with the marks that close it, and without one that opens the next."""
    if text[end - 1] in _QUOTATION_MARKS and text[end - 2 : end - 1].isspace():
        return end - 1
    closed = text[:end].rstrip() if end <= _CONTEXT else text[end - _CONTEXT : end].rstrip()
    before = end - (min(end, _CONTEXT) - len(closed))
    first = before
    while text[first : first + 1].isspace():
        first += 1
    closing = _CLOSING.match(text, before) if text[first : first + 1] in _CLOSING_SIGNS else None
    return closing.end() if closing else end


def _is_inside_sentence(text: str, start: int, end: int, language: str, *, is_cased: bool) -> bool:
    """Return whether a sentence that began at a start goes on at a proposed end of it.

    Args:
        text: The text.
        start: The start of the sentence.
        end: The proposed end.
        language: The ISO 639-1 code of the text's language.
        is_cased: True if the text has capitals, so that a sentence begins with one.
    """
    spaced = text[max(start, end - _CONTEXT) : end]
    before = spaced.rstrip()
    following = _NOT_SPACE.search(text, end)
    if not following:
        return False
    space = spaced[len(before) :] + text[end : following.start()]
    first = following.start()
    if _goes_on_with_sign(before, space, text, first) or (
        before[-1] in _QUOTE_ENDS and is_reporting_clause(text, first, language)
    ):
        return True
    if language == "nl" and (elided := _ELIDED_FIRST_WORD.match(text, first)):
        first = elided.end()
    while text[first : first + 1] in _OPENING_SIGNS or text[first : first + 1].isspace():
        first += 1
    if text[first : first + 1].islower():
        if text[first + 1 : first + 2].isupper() and _has_full_stop(before):
            return False  # a name such as iPhone
        return is_cased or not _has_full_stop(before)
    if text[first : first + 1].isdecimal():
        return goes_on_with_number(before, language)
    word = _WORD.match(text, first)
    return word is not None and goes_on_with_name(before, word[0], language)


def _goes_on_with_sign(before: str, space: str, text: str, offset: int) -> bool:
    """Return whether a dash, punctuation, or a particle after a quotation follows some words.

    Args:
        before: The last of the words.
        space: The white space after them. A dash on a line of its own begins a speech.
        text: The text.
        offset: The offset in it of what follows.
    """
    sign = text[offset]
    if sign in _PUNCTUATION or (sign in _DASHES and "\n" not in space):
        return True
    if before[-1:] in "！？!?" and _QUOTATIVE.match(text, offset):
        return True
    if space or before[-1:] not in _QUOTE_ENDS:
        return False
    is_particle = text.startswith(_PARTICLES, offset) and not text.startswith(_NO_PARTICLES, offset)
    return is_particle or "가" <= sign <= "힣"  # in Korean, a space would stand before another sentence


def _has_full_stop(before: str) -> bool:
    """Return whether words end as a sentence without capitals does, and not with an abbreviation."""
    words = before.rstrip(".!?…")
    return not {"!", "?"}.isdisjoint(before[len(words) :]) or (len(words) >= 4 and words[-4:].isalpha())
