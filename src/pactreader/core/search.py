"""Finding words whatever their case and accents."""

from collections.abc import Callable
from unicodedata import category, normalize


def folded(text: str) -> str:
    """The text without case and diacritics, for comparing; its offsets mean nothing."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in normalize("NFKD", text.casefold()) if category(c) != "Mn")


def mentions(words: tuple[str, ...]) -> Callable[[str], bool]:
    """A test for texts in which every one of the words stands."""
    wanted = tuple(folded(word) for word in words)

    def test(text: str) -> bool:
        where = folded(text)
        return all(word in where for word in wanted)

    return test
