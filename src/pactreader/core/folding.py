"""Folding: a text without case, diacritics and typography, as people type it to find something."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from unicodedata import category, combining, name, normalize

_TYPED_AS: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys("‘’‚‛′‵ʹʻʼʽʾʿˈ‹›´՚׳Ꞌꞌ❛❜＇", "'")
    | dict.fromkeys("“”„‟″‶ʺ«»「」『』〝〞〟❝❞״＂", '"')
    | dict.fromkeys("‐‑‒–—―−⁃־﹘﹣－", "-")
    | dict.fromkeys("⁄∕", "/")
    | {
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ß": "ss",
        "ẞ": "SS",
        "þ": "th",
        "Þ": "TH",
        "ð": "d",
        "Ð": "D",
    }
    | {
        "ı": "i",
        "ȷ": "j",
        "ŋ": "n",
        "Ŋ": "N",
        "ĸ": "k",
        "ə": "e",
        "Ə": "E",
        "ɛ": "e",
        "Ɛ": "E",
        "ɔ": "o",
        "Ɔ": "O",
    }
)
"""What people type for quotation marks, dashes, fraction bars, and letters of which Unicode gives no parts."""
_WITH_STROKE: Final = re.compile(r"LATIN SMALL LETTER ([A-Z]) (?:WITH |BAR$)")
"""The Unicode name of a letter with something on it that is no mark of its own, as of ł, ø, đ and ħ."""
_DIACRITICS: Final = re.compile(
    r"[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    r"\ufe00-\ufe0f\ufe20-\ufe2f]"
)
"""Marks that are left out: accents, Hebrew and Arabic vowel signs, variation selectors.

Marks of other scripts are letters: voicing in Japanese, vowels, tones and nuktas in the scripts of India and Southeast
Asia.
"""
_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
"""The script in which a mark makes another letter where Unicode has the two as one: й is not и, ё is not е."""
_OPTIONAL_NUKTA: Final = re.compile("(?<=[कखगजफ])\u093c")
"""A nukta that is often left out in Hindi. With one, ड and ढ are other letters."""
DECOMPOSED: Final = re.compile(
    "[\u0400-\u052f][\u0300-\u0311]|[\u3041-\u30ff\uff66-\uff9d][\u3099\u309a\uff9e\uff9f]"
    "|[\u0915-\u0939]\u093c|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
)
"""A letter of Cyrillic, Japanese, Hindi or Korean that is written as its parts, as file systems and some editors do."""


def fold(text: str) -> str:
    """Return the text without case, diacritics and typography, for comparisons: `“L’État”` → `"l'etat"`.

    Offsets may change.
    """
    return text.lower() if text.isascii() else lower(fold_typed(text))


def fold_typed(text: str) -> str:
    """Return the text without diacritics and typography, but with its case."""
    return "".join(map(fold_letter, DECOMPOSED.sub(lambda found: fold_letter(found[0]), text)))


def lower(text: str) -> str:
    """Return a folded text in lower case, of the same length."""
    return text.lower().replace("ς", "σ")


@lru_cache(maxsize=4_096)
def fold_letter(letter: str) -> str:
    """Return a letter without diacritics and typography, as any number of characters.

    A letter is one character, or the several of `DECOMPOSED`.

    Example: `é` → `e`, `ł` → `l`, `ﬁ` → `fi`, `½` → `1/2`, `“` → `"`, a soft hyphen → nothing. `й`, `が` and a Hangul
    syllable stay as they are.
    """
    if letter in _TYPED_AS:
        return _TYPED_AS[letter]
    composed, parts = normalize("NFKC", letter), normalize("NFKD", letter)
    if len(composed) == 1 and _CYRILLIC.match(parts):
        return composed
    if parts[0].isspace() and not letter.isspace():
        return letter  # a mark that stands alone, such as ¨: Unicode makes it a space with a mark
    kept = "".join(_typed_as(c) for c in parts if not _DIACRITICS.match(c) and category(c) != "Cf")
    return normalize("NFC", _OPTIONAL_NUKTA.sub("", kept))


def is_part(character: str) -> bool:
    """Return whether a character can be a later one of `DECOMPOSED`."""
    return len(character) == 1 and (combining(character) != 0 or "\u1161" <= character <= "\u11c2")


def _typed_as(character: str) -> str:
    """Return what people type for a character without marks."""
    if character.isascii() or character in _TYPED_AS:
        return _TYPED_AS.get(character, character)
    if found := _WITH_STROKE.match(name(character.lower()[:1], "")):
        return found[1] if character.isupper() else found[1].lower()
    return character
