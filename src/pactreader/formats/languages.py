"""Which language a text is in, as far as its script tells."""

import re
from typing import Final

DEFAULT: Final = "en"

_SAMPLE: Final = 4_000
"""Code points looked at: a page."""
_MOST: Final = 0.25
"""The share of a sample's letters from which a script counts: an English article may name 金正恩."""
_TELLING: Final = 0.02
"""The share from which letters count that no neighbour language has."""

_SCRIPTS: Final = (  # compiled when they are needed; kana before Han, as Japanese is written in both; Ukrainian before all Cyrillic
    ("ko", "[가-힣ㄱ-ㆎ]", _MOST),
    ("ja", "[ぁ-ヿ]", _MOST),
    ("zh", "[㐀-鿿]", _MOST),
    ("uk", "[ЄІЇҐєіїґ]", _TELLING),
    ("ru", "[Ѐ-ӿ]", _MOST),
    ("ar", "[؀-ۿ]", _MOST),
    ("he", "[א-ת]", _MOST),
    ("hi", "[ऀ-ॿ]", _MOST),
    ("bn", "[ঀ-৿]", _MOST),
    ("ta", "[஀-௿]", _MOST),
    ("th", "[฀-๿]", _MOST),
    ("el", "[Ͱ-Ͽἀ-῿]", _MOST),
    ("hy", "[Ա-֏]", _MOST),
    ("ka", "[Ⴀ-ჿ]", _MOST),
    ("am", "[ሀ-፿]", _MOST),
    ("my", "[က-႟]", _MOST),
)


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language a text is likely in; `en` where its script does not tell."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return DEFAULT
    letters = sum(map(str.isalpha, sample))
    for language, script, share in _SCRIPTS:
        if len(re.findall(script, sample)) > share * letters:
            return language
    return DEFAULT


def language_code(declared: str) -> str:
    """The ISO 639-1 code in what an article declares (`en-GB`, `pt_BR`, `DE`); empty if it is none."""
    code = re.split("[-_]", declared.strip(), maxsplit=1)[0].lower()
    return code if re.fullmatch("[a-z]{2}", code) else ""
