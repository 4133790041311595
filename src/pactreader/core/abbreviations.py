"""Abbreviations and numbers with a point, after which a sentence goes on: `p. 5`, `M. Dupont`, `19. Jahrhundert`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pactreader.core.function_words import function_words

_OPENING_SIGNS: Final = "([{«“„\"'‘‚¿¡"
_BEFORE_NUMBERS: Final = frozenset(
    [
        "abb",
        "abs",
        "abt",
        "anm",
        "apr",
        "approx",
        "apt",
        "art",
        "aug",
        "ap",
        "av",
        "ca",
        "cap",
        "cf",
        "cfr",
        "ch",
        "chap",
        "dec",
        "dez",
        "ed",
        "eq",
        "fasc",
        "feb",
        "fig",
        "figs",
        "fol",
        "godz",
        "jan",
        "jul",
        "jun",
        "kap",
        "lib",
        "máj",
        "mar",
        "no",
        "nos",
        "nov",
        "núm",
        "num",
        "obr",
        "oct",
        "okt",
        "op",
        "ok",
        "pag",
        "pág",
        "par",
        "sec",
        "sect",
        "sep",
        "sept",
        "szept",
        "tab",
        "tabl",
        "tav",
        "til",
        "tom",
        "vol",
        "vols",
        "рис",
        "табл",
        "гл",
        "ок",
        "им",
    ]
)
"""Abbreviations with a vowel before numbers, in small letters: months, and parts of books."""
_BEFORE_NAMES: Final[Mapping[str, frozenset[str]]] = MappingProxyType({
    language: frozenset(words.split())
    for language, words in {
        "cs": "sv dr ing mgr ul nám",
        "da": "hr dr prof skt",
        "de": "hr fr frl dr prof hl st",
        "es": "sr sra srta dr dra d dña prof sto sta",
        "fr": "m mm mme mmes mlle mlles mgr dr pr st ste",
        "hi": "डॉ श्री",
        "hr": "sv dr ul",
        "hu": "szt dr ifj özv",
        "it": "sig sigg dott prof on avv ing s",
        "nl": "dhr mw mevr dr prof st",
        "no": "hr dr prof st",
        "pl": "ks św ul al pl im os prof mgr inż bp gen płk",
        "pt": "sr sra dr dra prof profa",
        "ro": "dl dna d-l d-na sf str dr prof",
        "ru": "г ул им св проф акад",
        "sk": "sv dr ing mgr ul nám",
        "sl": "sv dr ul",
        "sv": "hr dr prof st",
        "tr": "dr prof av sn",
        "uk": "м вул ім св проф акад",
    }.items()
})  # fmt: skip
"""For each language, abbreviations before names in small letters: titles, saints, streets. sentencex has some."""
_VOWELS: Final = frozenset("aeiouyäöüåæøáéíóúýàèìòùâêîôûăąęěőűаеиоуыэюяєіїё")
_MAX_CONSONANTS: Final = 4
"""The length of a word without a vowel up to which it is an abbreviation, such as `blz`, and no interjection."""
_POINTED_ORDINALS: Final = frozenset({"de"})
"""Languages in which a word with a capital may follow an ordinal number, as in `im 19. Jahrhundert`."""


def goes_on_with_number(before: str) -> bool:
    """Return whether a text ends with an abbreviation that a number may follow: `p.`, `blz.`, `Sept.`, `M.Ö.`."""
    word = _last_word(before).lower()
    letters = word.removesuffix(".")
    if letters == word:
        return False
    parts = letters.split(".")
    return (
        letters in _BEFORE_NUMBERS
        or (len(parts) > 1 and all(part.isalpha() and len(part) <= 2 for part in parts))
        or (letters.isalpha() and len(letters) == 1)
        or (letters.isalpha() and len(letters) <= _MAX_CONSONANTS and _VOWELS.isdisjoint(letters))
    )


def goes_on_with_name(before: str, following: str, language: str) -> bool:
    """Return whether a text goes on with a word that has a capital: after a title, an initial or an ordinal number.

    Args:
        before: The text.
        following: The word after it.
        language: The ISO 639-1 code of its language.
    """
    word = _last_word(before)
    if word.endswith(".") and word[:-1].lower() in _BEFORE_NAMES.get(language, ()):
        return True
    return _may_need_name(word, language) and following.lower() not in function_words(language)


def _may_need_name(word: str, language: str) -> bool:
    """Return whether a word is an initial, or an ordinal number in a language that writes these with a point."""
    letters = word.removesuffix(".")
    if language in _POINTED_ORDINALS and letters.isdecimal() and len(letters) <= 2:
        return True
    # sentencex tells initials in English itself.
    return language != "en" and letters[-1:].isalpha() and (len(letters) == 1 or letters[-2] in ".-")


def _last_word(text: str) -> str:
    """Return the last word of a text with the signs after it, but without those before it and an article: `l’art.`."""
    return (text.split() or [""])[-1].lstrip(_OPENING_SIGNS).replace("’", "'").rpartition("'")[2]
