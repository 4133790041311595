"""Superscripts and subscripts in the letters that Unicode has for them."""

from typing import Final
from unicodedata import category

_UPPER: Final = str.maketrans(
    "0123456789+-−–=()０１２３４５６７８９abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ",
)
_LOWER: Final = str.maketrans(
    "0123456789+-−–=()０１２３４５６７８９aehijklmnoprstuvxβγρφχ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
)
_KEPT: Final = frozenset(",.")
"""Signs between raised digits, as in the two footnotes `1,2`."""
_UPRIGHT: Final = frozenset("™®©℠*†‡§¶′″‴°ºª#")
"""Signs that are raised, or say the same on the line."""


def upper(text: str, *, attached: bool) -> str:
    """Return a superscript: `6` → `⁶`. Where a letter is missing, it is `^q`, if it is attached to text before it."""
    return _raised(text, _UPPER, "^", attached=attached)


def lower(text: str, *, attached: bool) -> str:
    """Return a subscript: `2` → `₂`. Where a letter is missing, it is `_q`, if it is attached to text before it."""
    return _raised(text, _LOWER, "_", attached=attached)


def _raised(text: str, letters: dict[int, int], sign: str, *, attached: bool) -> str:
    if not text or text != text.strip() or text[0] in "[^_" or _UPRIGHT.issuperset(text):
        return text
    if all(ord(letter) in letters or letter in _KEPT for letter in text) and not _KEPT.issuperset(text):
        return text.translate(letters)
    if not attached or not (_is_quantity(text) or (text.isascii() and any(map(str.isalnum, text)))):
        return text
    return f"{sign}{text}" if text.isalnum() or len(text) == 1 else f"{sign}({text})"


def _is_quantity(text: str) -> bool:
    """Return whether there is a number or a sign of mathematics in a text, which says another thing on the line."""
    return any(letter.isnumeric() or category(letter) == "Sm" for letter in text)
