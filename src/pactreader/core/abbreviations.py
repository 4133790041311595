"""Abbreviations and numbers with a point, after which a sentence goes on: `p. 5`, `M. Dupont`, `19. Jahrhundert`."""

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
_BEFORE_NAMES: Final = frozenset(
    [
        "M",
        "MM",
        "Mme",
        "Mmes",
        "Mlle",
        "Mlles",
        "Mgr",
        "Me",
        "Dr",
        "Dra",
        "Prof",
        "Hr",
        "Fr",
        "Frl",
        "Dhr",
        "Mw",
        "Mevr",
        "Ing",
        "Sig",
        "Sigg",
        "Dott",
        "Sr",
        "Sra",
        "Srta",
        "Ks",
        "Św",
        "św",
        "ul",
        "al",
        "pl",
        "Sv",
        "sv",
        "St",
        "Ste",
        "D-l",
        "D-na",
        "Dl",
        "Dna",
        "г",
        "ул",
        "проф",
        "акад",
        "им",
        "Проф",
        "Св",
        "св",
    ]
)
"""Abbreviations before names: titles, saints, streets."""
_VOWELS: Final = frozenset("aeiouyäöüåæøáéíóúýàèìòùâêîôûăąęěőűаеиоуыэюяєіїё")
_MAX_CONSONANTS: Final = 4
"""The length of a word without a vowel up to which it is an abbreviation, such as `blz`, and no interjection."""
_POINTED_ORDINALS: Final = frozenset({"de"})
"""Languages in which a word with a capital may follow an ordinal number, as in `im 19. Jahrhundert`."""


def goes_on_with_number(before: str) -> bool:
    """Return whether a text ends with an abbreviation that a number may follow: `p.`, `blz.`, `Sept.`, `M.Ö.`."""
    word = _last_word(before).replace("’", "'").rpartition("'")[2].lower()
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
    if word.removesuffix(".") in _BEFORE_NAMES and word.endswith("."):
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
    return (text.split() or [""])[-1].lstrip(_OPENING_SIGNS)
