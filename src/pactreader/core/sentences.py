"""Sentences of a text: the boundaries that sentencex finds, less those that only look like one."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from pactreader.core.article import Passage
from pactreader.core.function_words import function_words

_UNSAFE: Final = re.compile(r"[\s\ud800-\udfff]")
"""Characters that sentencex gets as spaces: it panics at some of them, and leaves out some line feeds."""
_CONTEXT: Final = 24
"""The number of code points before a boundary that tell which kind it is."""

_LIKE: Final = {"no": "da"}
"""Languages that sentencex does not know, with one that has most of their abbreviations."""
_PLAIN_STOPS: Final = frozenset({". ", "! ", "? "})

_OPENING_AT_END: Final = re.compile(r"(?<=\s)[\"”»«“'‘„‚]\Z")
"""A quotation mark after a space at the end of a part: it opens the next part."""
_CLOSING: Final = re.compile(
    r"(?:[”’»›)\]）」』】》〉〕｣]+|[\"'“‘«‹]+(?!\w)"
    r"|[¹²³⁰⁴-⁹⁻⁽⁾]+|[*†‡]+(?=\s)|\[\^?\w[\w ,.–-]{0,20}\]"
    r"|\s+[»›”’)\]）」』】》〉](?=[\s.,;:!?)\]]|\Z)"
    r"|\s+\[\^?\d{1,3}\](?=\s|\Z))+\s*"
)
"""What closes the sentence before it: quotation marks, brackets and footnote signs, those directly after the stop and
those after a space that nothing opens."""

_DASH: Final = re.compile(r"[^\S\n]*[–—―‐‑-]")
_PUNCTUATION: Final = re.compile(r"\s*[,;:.!?…、。，；：．！？]")
_QUOTE_END: Final = re.compile(r"[」』”’\"'）)]\Z")
_PARTICLE: Final = re.compile(r"って|と(?!ころ|にかく|ても|もかく|りあえず)|など|なんて|を|[가-힣]")
"""A particle after a quotation in Japanese; in Korean, any letter there without a space before it."""
_ABBREVIATION: Final = re.compile(
    r"(?:^|(?<=[\s(\[«“„\"'’]))(?:[^\W\d_](?:\.[^\W\d_]{1,2})+|[^\W\d_aeiouyäöüáéíóúаеиоуыэюя]{1,4}"
    r"|abb|abs|abt|anm|apr|art|aug|ap|av|bd|bl|ca|cap|cf|cfr|ch|chap|dec|dez|ed|eq|fasc|feb|fig|figs|fol|jan|jul|jun"
    r"|kap|lib|máj|mar|no|nos|nov|núm|num|obr|oct|okt|op|ok|p|pag|pág|par|rys|sec|sect|sep|sept|szept|tab|tabl|tav|til"
    r"|tom|vol|vols|рис|табл|стр|гл|т|ок|см|ст|им)\.\Z",
    re.IGNORECASE,
)
"""An abbreviation before a number, as in `p. 5`: letters with points inside, without a vowel, or well known."""
_TITLE: Final = re.compile(
    r"(?:^|(?<=[\s(\[«“„\"]))(?:M|MM|Mm?es?|Mlles?|Mgr|Me|Dr|Dra|Prof|Hr|Fr|Frl|Dhr|Mw|Mevr|Ing|Sig|Sigg|Dott|Sr|Sra|Srta|"
    r"Ks|Św|św|ul|al|pl|Sv|sv|St|Ste|D-l|D-na|Dl|Dna|Jr|Ph|г|ул|проф|акад|им|Проф|Св|св)\.\Z"
)
"""A title before a name, as in `M. Dupont`."""
_INITIAL: Final = re.compile(r"(?:^|(?<=[\s.(\[«“„\"-]))[^\W\d_]\.\Z")
_ORDINAL: Final = re.compile(r"(?:^|(?<=[\s(\[«“„\"]))\d{1,2}\.\Z")
_FIRST_WORD: Final = re.compile(r"\s*([^\W\d_]+)")
_FIRST: Final = re.compile(r"\s*[\"'“”„«»‘’(\[¿¡]*(.)")
_LETTER: Final = re.compile(r"[^\W\d_]")
_LONG_WORD: Final = re.compile(r"[^\W\d_]{4}[.!?…]+\Z|[^\W_][!?]+\Z")
_POINTED_ORDINALS: Final = frozenset({"de"})
"""Languages in which a word in capitals may follow an ordinal number, as in `im 19. Jahrhundert`."""
_KHMER_END: Final = re.compile(r"[។៕]+\s+")
"""The end of a sentence in Khmer, which sentencex does not know."""


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
        if start < proposed and _is_plain_end(text, proposed):
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


def _is_plain_end(text: str, end: int) -> bool:
    """Return whether a long word in small letters, a stop, a space and a capital are around an end: nothing else is it."""
    word = text[max(0, end - 7) : end - 2]
    return (
        text[end - 2 : end] in _PLAIN_STOPS
        and word.isalpha()
        and word.islower()
        and text[end : end + 1].isupper()
    )


def _proposed_ends(text: str, language: str) -> list[int]:
    """Return the ends of sentences that sentencex finds, and those in a script that it does not know."""
    from sentencex import segment  # not needed for the command line

    ends = accumulate(map(len, segment(_LIKE.get(language, language), _UNSAFE.sub(" ", text))))
    if "។" in text or "៕" in text:
        return sorted({*ends, *(found.end() for found in _KHMER_END.finditer(text))})
    return list(ends)


def _moved_end(text: str, end: int) -> int:
    """Return the end of a sentence with the marks that close it, and without one that opens the next."""
    if opening := _OPENING_AT_END.search(text[max(0, end - 2) : end]):
        return end - len(opening[0])
    closed = text[:end].rstrip() if end <= _CONTEXT else text[end - _CONTEXT : end].rstrip()
    before = end - (min(end, _CONTEXT) - len(closed))
    closing = _CLOSING.match(text, before)
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
    first = _FIRST.match(text, end)
    if not first:
        return False
    if _goes_on_with_sign(text, end, spaced):
        return True
    if first[1].islower():
        return is_cased or not _LONG_WORD.search(before)
    if first[1].isdecimal():
        return bool(_ABBREVIATION.search(before))
    return bool(_TITLE.search(before)) or (
        _needs_name(before, language) and _goes_on_with_name(text, end, language)
    )


def _goes_on_with_sign(text: str, end: int, spaced: str) -> bool:
    """Return whether a dash, punctuation or a particle after a quotation follows the end of a text.

    Args:
        text: The text.
        end: The end.
        spaced: The last code points of the text before it. A dash on a line of its own begins a speech.
    """
    before = spaced.rstrip()
    return bool(
        (_DASH.match(text, end) and "\n" not in spaced[len(before) :])
        or _PUNCTUATION.match(text, end)
        or (spaced == before and _QUOTE_END.search(before) and _PARTICLE.match(text, end))
    )


def _needs_name(before: str, language: str) -> bool:
    """Return whether a text ends with an initial, or with an ordinal number where these have a point."""
    if language in _POINTED_ORDINALS and _ORDINAL.search(before):
        return True
    return language != "en" and bool(_INITIAL.search(before))


def _goes_on_with_name(text: str, end: int, language: str) -> bool:
    """Return whether the word after an end has a capital though it is not one that sentences often begin with."""
    word = _FIRST_WORD.match(text, end)
    return word is not None and word[1].lower() not in function_words(language)
