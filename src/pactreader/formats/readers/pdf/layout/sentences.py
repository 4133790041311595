"""Sentences across lines: a line that ends one, and a line in which one goes on."""

from typing import Final

_ENDS: Final = ".!?:;…。！？：；।۔؟‼⁇"
"""The ends of sentences and of what stands before a list."""
_CLOSERS: Final = "\"'”’»›)]}」』）】⁰¹²³⁴⁵⁶⁷⁸⁹*†‡"
"""Signs behind the end of a sentence: closing quotation marks, brackets, and the marks of footnotes."""
_OPEN_ENDS: Final = ",-‐–—("
"""Signs that no sentence ends with."""
_ABBREVIATIONS: Final = frozenset(
    """
    vol. vols. pp. p. no. nos. nr. fig. figs. eq. eqs. sec. ch. ed. eds. cf. e.g. i.e. viz. vs. al. dr. mr. mrs. ms.
    prof. st. bd. bzw. ca. d.h. vgl. z.b. s. u.a. art. chap. éd. t. núm. pág. págs. г. стр. с. т. рис. см. им.
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""Abbreviations behind which a sentence goes on, in small letters."""


def ends_sentence(text: str) -> bool:
    """Return whether a line ends a sentence: `is it?”` does."""
    words = text.rstrip(_CLOSERS)
    return words[-1:] in _ENDS and bool(words) and not _is_abbreviated(words)


def goes_on(before: str, text: str) -> bool:
    """Return whether a sentence goes on from a line to the next one for sure: in a small letter, or after a comma."""
    if text[0].islower():
        return not before.endswith(".") or before[-4:-1].count(".") > 0 or _is_abbreviated(before)
    return before[-1] in _OPEN_ENDS


def _is_abbreviated(text: str) -> bool:
    return text[-1] == "." and text[text.rfind(" ") + 1 :].lower().lstrip("([") in _ABBREVIATIONS
