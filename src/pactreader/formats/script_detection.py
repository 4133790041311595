"""Guessing of a text's language by its script. For Latin script it is English."""

import re
from bisect import bisect_right
from collections import Counter
from typing import Final

_DEFAULT: Final = "en"

_SAMPLE: Final = 4_000
"""The number of code points that are examined: about a page."""
_MIN_SHARE: Final = 0.25
"""The share of letters above which a script decides. Below, it may be that of names, such as 金正恩 in English."""
_MIN_UKRAINIAN: Final = 0.02
"""The share of letters unknown to Russian above which a Cyrillic text is Ukrainian."""

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
"""The ranges of scripts in order, each with the language that is most often written in it."""
_UKRAINIAN: Final = frozenset("ЄІЇҐєіїґ")
_WITH_HAN: Final = ("ko", "ja")
"""Languages written with Chinese characters too. They are recognised by their own characters."""


def guess_language(text: str) -> str:
    """Return the ISO 639-1 code of the language most written in the text's script; `en` for Latin script."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return _DEFAULT
    letters = sum(map(str.isalpha, sample))
    counts = Counter(map(_script_language, filter(_is_beyond_latin, sample)))
    enough = [
        language for language, count in counts.most_common() if language and count > _MIN_SHARE * letters
    ]
    for language in (*_WITH_HAN, *enough):
        if language in enough:
            ukrainian = sum(map(_UKRAINIAN.__contains__, sample)) if language == "ru" else 0
            return "uk" if ukrainian > _MIN_UKRAINIAN * letters else language
    return _DEFAULT


def _is_beyond_latin(character: str) -> bool:
    return character >= "\u0370"


def _script_language(letter: str) -> str:
    """Return the language for a letter's script; empty if there is none."""
    first, last, language = _SCRIPTS[max(0, bisect_right(_SCRIPTS, (ord(letter), 0x110000)) - 1)]
    return language if first <= ord(letter) <= last else ""


def parse_language(declared: str) -> str:
    """Return the ISO 639-1 code of a declared language: `en-GB` → `en`, `DE` → `de`; empty if it has none."""
    code = re.split("[-_]", declared.strip(), maxsplit=1)[0].lower()
    return code if re.fullmatch("[a-z]{2}", code) else ""
