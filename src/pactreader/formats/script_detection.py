"""Which language a text is in, as far as its script tells."""

import re
from bisect import bisect_right
from collections import Counter
from typing import Final

DEFAULT: Final = "en"

_SAMPLE: Final = 4_000
"""Code points looked at: a page."""
_MOST: Final = 0.25
"""The share of a sample's letters from which a script counts: an English article may name 金正恩."""
_TELLING: Final = 0.02
"""The share from which letters count that no neighbour language has."""

_SCRIPTS: Final = (
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x04FF, "ru"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0E00, 0x0E7F, "th"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1100, 0x11FF, "ko"),
    (0x1200, 0x137F, "am"),
    (0x1F00, 0x1FFF, "el"),
    (0x3041, 0x30FF, "ja"),
    (0x3131, 0x318E, "ko"),
    (0x3400, 0x4DBF, "zh"),
    (0x4E00, 0x9FFF, "zh"),
    (0xAC00, 0xD7A3, "ko"),
)
"""Unicode's blocks of scripts that tell a language, in their order."""
_UKRAINIAN: Final = frozenset("ЄІЇҐєіїґ")
_BY_RIGHT: Final = ("ko", "ja")
"""Languages that also write Chinese characters: told by their own letters, whatever stands beside them."""


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language a text is likely in; `en` where its script does not tell."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return DEFAULT
    letters = sum(map(str.isalpha, sample))
    counts = Counter(map(_language_of_letter, filter(_is_foreign, sample)))
    enough = [language for language, count in counts.most_common() if language and count > _MOST * letters]
    for language in (*_BY_RIGHT, *enough):
        if language in enough:
            telling = sum(map(_UKRAINIAN.__contains__, sample)) if language == "ru" else 0
            return "uk" if telling > _TELLING * letters else language
    return DEFAULT


def _is_foreign(character: str) -> bool:
    return character >= "\u0370"


def _language_of_letter(letter: str) -> str:
    """The language that a letter's script tells; empty if it tells none."""
    first, last, language = _SCRIPTS[max(0, bisect_right(_SCRIPTS, (ord(letter), 0x110000)) - 1)]
    return language if first <= ord(letter) <= last else ""


def language_code(declared: str) -> str:
    """The ISO 639-1 code in what an article declares (`en-GB`, `pt_BR`, `DE`); empty if it is none."""
    code = re.split("[-_]", declared.strip(), maxsplit=1)[0].lower()
    return code if re.fullmatch("[a-z]{2}", code) else ""
