"""The markers of list items: bullets and Roman numerals."""

from typing import Final

_BULLETS: Final = "•◦▪"
_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
"""The signs of Roman numerals with their values, the greatest first."""


def bullet(depth: int) -> str:
    """Return the bullet of a list inside of others, for the number of lists with bullets that it makes."""
    return _BULLETS[(depth - 1) % len(_BULLETS)]


def roman_numeral(number: int) -> str:
    """Return a number from 1 to 3999 as a Roman numeral in small letters: 14 → `xiv`."""
    numeral = ""
    for value, sign in _ROMAN:
        numeral += sign * (number // value)
        number %= value
    return numeral
