"""Search in a text, regardless of line breaks, diacritics, case and typography, piece by piece."""

from collections.abc import Iterable
from functools import cached_property
from typing import Final, Protocol

from pactreader.core.folded_text import has_divided_words, join_divided_words
from pactreader.core.folding import fold, fold_typed
from pactreader.core.hits import Hits
from pactreader.core.pattern_search import PatternSearch
from pactreader.core.phrase_search import FoldedPieces, PhraseSearch, piece_starts

__all__ = ["PATTERN_PREFIX", "SearchableText", "TextSearch", "fold", "has_words", "join_divided_words"]

PATTERN_PREFIX: Final = "re:"
"""The prefix of a search for a regular expression."""
PIECE_LENGTH: Final = 1 << 16
"""The least number of code points of a piece of the text. Folding such a piece takes two milliseconds."""


def has_words(text: str, words: Iterable[str]) -> bool:
    """Return whether a folded text contains all of these folded words, also as parts of other words."""
    return all(word in text for word in words)


class TextSearch(Protocol):
    """A search that goes on step by step."""

    @property
    def hits(self) -> Hits:
        """The passages found so far. Later ones are added to it."""

    @property
    def is_complete(self) -> bool:
        """True once the whole text is searched."""

    @property
    def has_reached_end(self) -> bool:
        """True once the text is searched from where the search began to the end."""

    def advance(self, seconds: float) -> bool:
        """Search on for about so many seconds; return whether the whole text is searched.

        Raises:
            PactReaderError: A regular expression takes too long.
        """

    def cancel(self) -> None:
        """Stop what runs in the background."""


class SearchableText:
    """A text to search in. It is divided into pieces, each of which is folded when it is first searched."""

    def __init__(self, text: str, *, piece_length: int = PIECE_LENGTH) -> None:
        """Take a text.

        Args:
            text: The text.
            piece_length: The least number of code points of a piece.
        """
        self._text = text
        self._piece_length = piece_length

    def find(self, typed: str) -> Hits:
        """Return all passages that match a typed text, as `search` finds them.

        Raises:
            PactReaderError: The regular expression is not valid, or takes too long.
        """
        search = self.search(typed)
        while not search.advance(1):
            pass
        return search.hits

    def search(self, typed: str, *, start: int = 0) -> TextSearch:
        """Begin a search for the passages that match a typed text.

        Each run of white space matches any other, also between blocks. Case is ignored unless a capital is typed;
        diacritics, the kind of quotation marks and dashes, and soft hyphens are ignored always.

        Args:
            typed: Words; or `re:` and a regular expression of the package `regex`, which matches the text unfolded.
            start: The offset to begin at, in code points. What is before it is searched last.

        Raises:
            PactReaderError: The regular expression is not valid.
        """
        if typed == PATTERN_PREFIX:
            return PhraseSearch(self._joined, "", 0)
        if typed.startswith(PATTERN_PREFIX):
            return PatternSearch(self._text, typed.removeprefix(PATTERN_PREFIX))
        has_hyphens = "-" in fold_typed(typed)
        joined = join_divided_words(typed, hyphen="-" if has_hyphens else "")
        wanted = _with_single_spaces(fold_typed(joined))
        pieces = self._hyphenated if has_hyphens else self._joined
        return PhraseSearch(pieces, wanted if wanted.strip() else "", start)

    @cached_property
    def _starts(self) -> list[int]:
        """The offsets at which the pieces begin, and the end of the text."""
        return piece_starts(self._text, self._piece_length)

    @cached_property
    def _joined(self) -> FoldedPieces:
        """The folded text, with words joined that a hyphen divides at the end of a line."""
        return FoldedPieces(self._text, self._starts, hyphen="")

    @cached_property
    def _hyphenated(self) -> FoldedPieces:
        """The folded text with these hyphens kept, and the lines joined."""
        if not has_divided_words(self._text):
            return self._joined
        return FoldedPieces(self._text, self._starts, hyphen="-")


def _with_single_spaces(text: str) -> str:
    """Return the text with one space for each run of white space, also at its ends."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return before + " ".join(text.split()) + after
