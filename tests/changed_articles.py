"""Articles that changed after they were marked, with the placements of their highlights given by the test."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor
from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths

SOURCE = "/articles/pact.txt"


def article(*paragraphs: str) -> Article:
    """Return an article of these paragraphs below its title."""
    pieces = [
        Piece(BlockKind.HEADING, "A pact", 1),
        *(Piece(BlockKind.PARAGRAPH, paragraph) for paragraph in paragraphs),
    ]
    return Article.assemble(pieces, title="A pact", source=SOURCE)


def mark(home: Path, text: Article, *quotes: str, note: str = "") -> None:
    """Highlight quotes of an article as doubts, in a library."""
    with Library(Paths.find(home, {})) as library:
        entry = library.entry_for(text)
        library.register(entry, text)
        notebook = library.notebook(entry, text)
        for quote in quotes:
            start = text.text.index(quote)
            change = library.save(
                entry, notebook.highlight(Passage(start, start + len(quote)), "doubt", note=note)
            )
            notebook.apply(change)


def place_at(
    monkeypatch: pytest.MonkeyPatch, text: Article, placements: Mapping[str, tuple[PlacementKind, str]]
) -> None:
    """Let quotes that are searched be placed so, at the first occurrence of these words of an article."""

    def place(_locator: Locator, anchor: Anchor) -> Placement:
        kind, words = placements[anchor.exact]
        start = text.text.index(words)
        return Placement(kind, start, start + len(words), 0.6)

    monkeypatch.setattr(Locator, "place", place)
