"""Finding words whatever their case, accents, quotation marks and dashes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from unicodedata import category, normalize

PLAIN_SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys("‘’‚‛′ʼ", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)
"""What stands for typographic quotation marks and dashes: what a keyboard has."""
_UNSEEN: Final = frozenset({"Mn", "Cf"})
"""Unicode's categories of what is not looked for: diacritics, and soft hyphens and other format characters."""


def folded(text: str) -> str:
    """The text without case, diacritics and typography, for comparing; its offsets mean nothing."""
    if text.isascii():
        return text.lower()
    decomposed = normalize("NFKD", text.casefold())
    return "".join(PLAIN_SIGNS.get(c, c) for c in decomposed if category(c) not in _UNSEEN)
