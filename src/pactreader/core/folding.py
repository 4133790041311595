"""Folding: a text without case, diacritics and typography, as people type it to find something."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final
from unicodedata import category, combining, decimal, name, normalize

from pactreader.core.lazy_patterns import lazy_pattern

_TYPED_AS: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys("‘’‚‛′‵ʹʻʼʽʾʿˈ‹›´՚׳Ꞌꞌ❛❜＇", "'")
    | dict.fromkeys("“”„‟″‶ʺ«»「」『』〝〞〟❝❞״＂", '"')
    | dict.fromkeys("‐‑‒–—―−⁃־﹘﹣－", "-")
    | dict.fromkeys("⁄∕", "/")
    | dict(zip("×ىیکةہ", "xييكهه", strict=True))
    | {"ـ": ""}
    | dict(zip("ıȷŋŊĸəƏɛƐɔÐðƆ", "ijnNkeEeEoDdO", strict=True))
    | {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ß": "ss", "ẞ": "SS", "þ": "th", "Þ": "TH"}
)
"""Keys that people press for quotation marks, dashes, fraction bars, and letters of which Unicode gives no parts.

In Arabic script, letters are one that writers and keyboards of different countries take for each other, and the stroke that
only makes a word longer is left out: the rules of Lucene's `ArabicNormalizer` and `PersianNormalizer`.
"""
_FRACTIONS: Final = "¼-¾⅐-⅞"
"""The range of fractions that are one character."""
_WITH_STROKE: Final = lazy_pattern(r"LATIN SMALL LETTER ([A-Z]) (?:WITH |BAR$)")
"""The Unicode name of a letter with something on it that is no mark of its own, as of ł, ø, đ and ħ."""
_DIACRITICS: Final = (
    range(0x0300, 0x0370), range(0x0483, 0x0488),  # Latin, Greek, Cyrillic
    range(0x0591, 0x05C8),  # Hebrew
    range(0x0610, 0x061B), range(0x064B, 0x0660), range(0x0670, 0x0671), range(0x06D6, 0x06EE),  # Arabic
    range(0x0711, 0x0712), range(0x0730, 0x074B),  # Syriac
    range(0x1AB0, 0x1B00), range(0x1DC0, 0x1E00), range(0x20D0, 0x2100), range(0xFE20, 0xFE30),  # more of the first
    range(0xFE00, 0xFE10),  # variation selectors
)  # fmt: skip
"""Ranges with the marks that are left out.

Marks of other scripts are letters: voicing in Japanese, vowels, tones and nuktas in the scripts of India and Southeast
Asia.
"""
_CYRILLIC: Final = range(0x0400, 0x0530)
"""The script in which a mark makes another letter where Unicode has the two as one: й is not и."""
_WITH_OPTIONAL_MARK: Final = frozenset("ЁёѐЀ")
"""Its letters whose marks are seldom typed: Russians write е for ё."""
_NUKTA: Final = "\u093c"
_WITH_OPTIONAL_NUKTA: Final = frozenset("कखगजफ")
"""Letters whose nukta is often left out in Hindi. With one, ड and ढ are other letters."""


def fold(text: str) -> str:
    """Return the text without case, diacritics and typography, for comparisons: `“L’État”` → `"l'etat"`.

    Offsets may change.
    """
    return text.lower() if text.isascii() else lower(fold_typed(text))


def fold_typed(text: str) -> str:
    """Return the text without diacritics and typography, but with its case."""
    return "".join(map(fold_letter, decomposed_letters().sub(lambda found: fold_letter(found[0]), text)))


def lower(text: str) -> str:
    """Return a folded text in lower case, of the same length."""
    return text.lower().replace("ς", "σ")


@lru_cache(maxsize=4_096)
def fold_letter(letter: str) -> str:
    """Return a letter without diacritics and typography, as any number of characters.

    A letter is one character, or the several that `decomposed_letters` finds.

    Example: `é` → `e`, `ł` → `l`, `ﬁ` → `fi`, `½` → `1/2`, `2½` → `2 1/2`, `٣` → `3`, `“` → `"`, a soft hyphen → nothing. `й`, `が` and a Hangul
    syllable stay as they are.
    """
    if letter in _TYPED_AS:
        return _TYPED_AS[letter]
    if len(letter) > 1 and letter[0].isdecimal():
        return f"{fold_letter(letter[0])} {fold_letter(letter[1])}"
    composed, parts = normalize("NFKC", letter), normalize("NFKD", letter)
    if len(composed) == 1 and ord(parts[0]) in _CYRILLIC and composed not in _WITH_OPTIONAL_MARK:
        return composed
    if parts[0].isspace() and not letter.isspace():
        return letter  # a mark that stands alone, such as ¨: Unicode makes it a space with a mark
    if parts[0] in _WITH_OPTIONAL_NUKTA:
        parts = parts.replace(_NUKTA, "")
    return normalize("NFC", "".join(_typed_as(c) for c in parts if not _is_left_out(c)))


@cache
def decomposed_letters() -> re.Pattern[str]:
    """Return a pattern for a letter of Cyrillic, Japanese, Hindi or Korean that is written as its parts, or a mixed number.

    File systems and some editors write such letters so.
    """
    return re.compile(
        "[\u0400-\u052f][\u0300-\u0311]|[\u3041-\u3096\u309d-\u30ff\uff66-\uff9d][\u3099\u309a\uff9e\uff9f]"
        "|[\u0915-\u0939]\u093c|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
        rf"|\d[{_FRACTIONS}]"
    )


def is_part(character: str) -> bool:
    """Return whether a character can be a later one of those that `decomposed_letters` finds."""
    return len(character) == 1 and (
        combining(character) != 0
        or "\u1161" <= character <= "\u11c2"
        or re.match(f"[{_FRACTIONS}]", character) is not None
    )


def _is_left_out(character: str) -> bool:
    mark = ord(character)
    is_diacritic = category(character) == "Mn" and any(mark in marks for marks in _DIACRITICS)
    return is_diacritic or category(character) == "Cf"


def _typed_as(character: str) -> str:
    """Return what people type for a character without marks."""
    if character.isascii() or character in _TYPED_AS:
        return _TYPED_AS.get(character, character)
    if character.isdecimal():
        return str(decimal(character))
    if found := _WITH_STROKE.match(name(character.lower()[:1], "")):
        return found[1] if character.isupper() else found[1].lower()
    return character
