"""Abbreviations and numbers with a point, after which a sentence goes on: `p. 5`, `M. Dupont`, `19. Jahrhundert`."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from pactreader.core.function_words import function_words
from pactreader.core.lazy_patterns import lazy_pattern

_OPENING_SIGNS: Final = "([{«“„\"'‘‚¿¡"
_BEFORE_NUMBERS: Final[Mapping[str, str]] = MappingProxyType({
    "": (
        "abb abs abt anm apr approx apt art aug ap av ca cap cf cfr ch chap dec dez ed eq fasc feb fig figs fol "
        "godz jan jul jun kap lib máj mar no nos nov núm num obr oct okt op ok pag pág par sec sect sep sept "
        "szept tab tabl tav til tom vol vols рис табл гл ок им"
    ),
    "en": "ann app arts cir cor eqn eqs exod matt max min para paras rom secs supp tel",
    "es": "abr ago aprox arts caps ene inc lit max máx min mín núms tel",
    "fr": "app avr bull cass civ com crim soc coll déc éq févr janv juil liv livr max min parag réf",
    "hi": "पृ रु सं",
    "hu": "ápr bek évf fej jún júl köt márc max min old tel",
    "it": "ago capp giu lug mag max min pagg sent sett sez",
    "nl": "afb max min tel",
    "pl": "maks min por poz rozdz rozp ryc rys sygn tel ust wyd zał zob",
    "pt": "abr ago al aprox arts fev inc máx mín núms out págs séc set tel",
    "ro": "alin aprox ian lit max min tel",
    "ru": "абз авг вып дек изд корп макс мин нояб окт прибл прим разд сент тел февр янв",
    "sv": "avd max mom sid tel",
    "tr": "bkz böl çiz max min şek tel yak",
    "uk": "лют прибл розд січ тел",
})  # fmt: skip
"""For each language, and for all of them, abbreviations with a vowel before numbers, in small letters: months, parts of
books, measures."""
_BEFORE_NAMES: Final[Mapping[str, str]] = MappingProxyType({
    "ca": "mn mons pl sr sra srs st",
    "cs": "sv dr ing mgr ul nám tř arch kpt pí plk popř pplk srov vč zvl",
    "da": "hr dr prof skt adv ekskl gen inkl kapt",
    "de": (
        "hr fr frl dr prof hl st abs abt allg amtl anm arab aufl bd dipl dipl.-ing dt ehem einschl engl exkl fa frz "
        "geb gebr gem ges gest gez griech hptm hrsg inh inkl insb insbes jap jur kap kath lat max mind nat pfr phil "
        "red rer röm tab tsd verf verh zzgl"
    ),
    "el": "αγ αρ βλ δηλ καθ κος λεωφ οδ πρβλ στρ",
    "en": "amb approx assoc atty eds incl inst trans treas",
    "es": "sr sra srta dr dra d dña prof sto sta aprox cf cfr cnel depto ed ilmo mons profa rvdo tte",
    "fi": "dipl.ins em hra ks ns nti rva tri vrt",
    "fr": "m mm mme mmes mlle mlles mgr dr pr st ste bd boul cass cdt civ crim dép ets gén lieut réf trad univ",
    "hi": "डॉ श्री",
    "hr": "sv dr ul br doc gđa gosp mag npr str tj tzv",
    "hu": "szt dr ifj özv br gr kb ld mgr ún vö",
    "id": "dr dra drs hj ir jl kab kec kel ny prof sdr tn yth",
    "it": "sig sigg dott prof on avv ing s dott.ssa gent ill p.za prof.ssa ten",
    "nl": "dhr mw mevr dr prof st br burg ds excl incl jhr kapt kol mej",
    "no": "hr dr prof st adv ekskl gen inkl kapt",
    "pl": (
        "ks św ul al pl im os prof mgr inż bp gen płk abp br doc gm hab hr kard kpt lek m.in mjr oprac por pow ppłk "
        "przyp red sierż śp tj tłum tzw wg woj zob"
    ),
    "pt": "sr sra dr dra prof profa arq av cap cel cf dep exmo ilmo núm pç pe séc sen srta ten v.exa",
    "ro": "dl dna d-l d-na sf str dr prof acad arh av bd conf cpt dra lect",
    "ru": (
        "г ул им св проф акад англ ген дер доц изд инж кап лат лейт напр нем обл пл полк пос ред ср ст тов"
    ),
    "sk": "sv dr ing mgr ul nám arch kpt plk vč",
    "sl": "sv dr ul dipl doc gdč inž mag npr oz t.i tj",
    "sv": "hr dr prof st doc exkl inkl jfr kapt leg",
    "tr": "dr prof av sn alb arş bkz cad çev doç ecz gör hz mah mim müh org öğr örn sok yrd yzb",
    "uk": "м вул ім св проф акад ген канд напр полк просп",
    "vi": "bs gs ks ls pgs ths tp ts tt",
})  # fmt: skip
"""For each language, abbreviations before names in small letters: titles, saints, streets, and words before an example.
sentencex has some."""
_AT_ENDS: Final[Mapping[str, str]] = MappingProxyType({
    "ca": r"etc",
    "cs": r"atd|apod|aj",
    "da": r"osv|m\.? ?m|m\.? ?v|m\.? ?fl|etc",
    "de": r"[A-ZÄÖÜ][a-zäöüß]+ [IVX]+|usw|usf|etc|ff|dgl|n\. ?Chr|v\. ?Chr|o\. ?ä|u\. ?a\. ?m|u\. ?v\. ?m",
    "el": r"κ\.?λπ|κ\.?τ\.?λ|κ\.ά|[πμ]\.Χ",
    "es": r"etc|[ad]\. ?C",
    "et": r"jne|jms",
    "fi": r"jne|yms|ym|tms",
    "fr": r"etc|J\.-C",
    "hr": r"itd|i sl",
    "hu": r"stb",
    "id": r"dll|dsb|dst",
    "it": r"ecc|[ad]\.C",
    "lt": r"pan|t\. ?t|kt",
    "lv": r"utt|u\. ?c|tml",
    "nl": r"enz|etc",
    "no": r"osv|m\.? ?m|m\.? ?v|m\.? ?fl|etc",
    "pl": r"itd|itp|n\. ?e|\d{4} r|[IVX]+ w",
    "pt": r"etc|[ad]\. ?C",
    "ro": r"etc|[șş]\. ?a",
    "ru": r"т\. ?[дп]|и др|и пр|н\. ?э|\d{3,4} гг?|[IVX]+ вв?",
    "sk": r"atď|apod",
    "sl": r"itd|ipd",
    "sv": r"osv|o\.? ?s\.? ?v|m\.? ?m|m\.? ?fl|etc",
    "tr": r"vb|vs|vd",
    "uk": r"т\. ?[дп]|та ін|н\. ?е|\d{3,4} рр?|[IVX]+ ст",
    "vi": r"v\. ?v",
})  # fmt: skip
"""For each language, a pattern for abbreviations at the ends of lists and after years, with which a sentence often ends.
sentencex never ends one there."""
_VOWELS: Final = frozenset("aeiouyäöüåæøáéíóúýàèìòùâêîôûăąęěőűаеиоуыэюяєіїё")
_MAX_CONSONANTS: Final = 4
"""The length of a word without a vowel up to which it is an abbreviation, such as `blz`, and no interjection."""
_POINTED_ORDINALS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType({
    "de": lazy_pattern(r"\d{1,2}"),
    "hu": lazy_pattern("[IVX]+"),
    "tr": lazy_pattern(r"\d{1,2}|[IVX]+"),
})  # fmt: skip
"""For each language in which a word with a capital may follow an ordinal number, a pattern for one: `im 19. Jahrhundert`,
`II. Abdülhamid`."""
_ROMAN_NUMBER: Final = lazy_pattern(r"[IVXLC]+(?![^\W_])")
_CAPITALISED_NOUNS: Final = frozenset({"de", "lb"})
"""Languages in which a capital tells little: a word after an abbreviation may be any noun."""
_OPENING_WORDS: Final = 3
"""The number of words up to which a phrase of time opens a sentence, and does not end one."""
_OF_TIMES: Final = lazy_pattern(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|[ecmp][ds]?t|gmt|utc")
"""Days and time zones, which in English go on after `a.m.` and `p.m.`."""
_UNSPACED: Final = lazy_pattern("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Characters of Japanese, Chinese and Korean: one alone is a word, and no initial."""


@cache
def _before_numbers(language: str) -> frozenset[str]:
    return frozenset(_BEFORE_NUMBERS.get(language, "").split())


@cache
def _before_names(language: str) -> frozenset[str]:
    return frozenset(_BEFORE_NAMES.get(language, "").split())


def goes_on_with_number(before: str, language: str) -> bool:
    """Return whether a text ends with an abbreviation that a number may follow: `p.`, `blz.`, `Sept.`, `M.Ö.`."""
    word = _last_word(before).lower()
    letters = word.removesuffix(".")
    if letters == word:
        return False
    parts = letters.split(".")
    return (
        letters in _before_numbers("")
        or letters in _before_numbers(language)
        or (len(parts) > 1 and all(part.isalpha() and len(part) <= 2 for part in parts))
        or (letters.isalpha() and len(letters) == 1 and not _UNSPACED.match(letters))
        or (letters.isalpha() and len(letters) <= _MAX_CONSONANTS and _VOWELS.isdisjoint(letters))
    )


def goes_on_with_name(before: str, following: str, language: str) -> bool:
    """Return whether a text goes on with a word that has a capital: after a title, an initial or an ordinal number.

    Args:
        before: The text.
        following: The word after it.
        language: The ISO 639-1 code of its language.
    """
    if _ends_with_closing_abbreviation(before, language):
        is_needed = language in _CAPITALISED_NOUNS or _is_opening_phrase(before)
        return is_needed and not _is_function_word(following, language)
    word = _last_word(before)
    if word.endswith(".") and word[:-1].lower() in _before_names(language):
        return language not in _CAPITALISED_NOUNS or not _is_function_word(following, language)
    if _ROMAN_NUMBER.fullmatch(following) and (language != "en" or following != "I"):
        return goes_on_with_number(before, language)
    if language == "en" and word.lower() in {"a.m.", "p.m."}:
        return _OF_TIMES.fullmatch(following.lower()) is not None
    return _may_need_name(word, language) and not _is_function_word(following, language)


@cache
def closing_abbreviations(language: str) -> re.Pattern[str] | None:
    """Return a pattern for abbreviations with which sentences of a language often end: `usw.`; `None` without any."""
    words = _AT_ENDS.get(language)
    return re.compile(rf"(?<!\w)(?:{words})\.") if words else None


def _ends_with_closing_abbreviation(text: str, language: str) -> bool:
    pattern = closing_abbreviations(language)
    return pattern is not None and any(found.end() == len(text) for found in pattern.finditer(text))


def _is_opening_phrase(text: str) -> bool:
    """Return whether a sentence's text is so short that it will have no verb yet: `Nel 50 a.C.`, but no list."""
    return len(text.split()) <= _OPENING_WORDS and "," not in text


@cache
def ends_of_long_abbreviations(language: str, length: int) -> frozenset[str]:
    """Return the last letters, as many as a length in code points says, of those abbreviations that have as many."""
    return frozenset(word[-length:] for word in _before_names(language) if len(word) >= length)


def _is_function_word(word: str, language: str) -> bool:
    return word.lower() in function_words(language)


def _may_need_name(word: str, language: str) -> bool:
    """Return whether a word is an initial, or an ordinal number in a language that writes these with a point."""
    letters = word.removesuffix(".")
    ordinal = _POINTED_ORDINALS.get(language)
    if ordinal and ordinal.fullmatch(letters):
        return True
    # sentencex tells initials in English itself.
    if language == "en" or not letters[-1:].isalpha() or _UNSPACED.match(letters[-1]):
        return False
    return len(letters) == 1 or letters[-2] in ".-" or ".-" in letters or bool(_UNSPACED.match(letters[-2]))


def _last_word(text: str) -> str:
    """Return the last word of a text with the signs after it, but without those before it and an article: `l’art.`."""
    return (text.split() or [""])[-1].lstrip(_OPENING_SIGNS).replace("’", "'").rpartition("'")[2]
