"""Anchors that were made while a text was not whole, and are described anew in one of two windows."""

import pytest

from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.core.notebooks.notebook import Notebook
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths

QUOTE = "Two is here."


def article_of(*paragraphs: str) -> Article:
    pieces = [Piece(BlockKind.PARAGRAPH, text) for text in paragraphs]
    return Article.assemble(pieces, title="t", source="/books/long.txt")._replace(file_hash="f" * 32)


WHOLE = article_of("One is here.", QUOTE, "Three is here.")
BEGINNING = article_of("One is here.", QUOTE)._replace(rest=object())


class Window:
    """A window on an article."""

    def __init__(self, paths: Paths, article: Article) -> None:
        self.library = Library(paths)
        self.entry = self.library.identity.identify(article).entry
        self.notebook: Notebook = self.library.empty_notebook(article)
        self.library.notebooks.load(self.entry, self.notebook)

    def do(self, change):
        """Save and apply a change, and return the annotation after it."""
        saved = self.library.save(self.entry, change)
        self.notebook.apply(saved)
        self.refresh()
        return self.notebook.get(saved.edits[0].id)

    def refresh(self) -> None:
        self.library.notebooks.refresh(self.entry, self.notebook)

    def complete(self) -> None:
        """Take the whole text in, and describe the anchors anew by it."""
        self.notebook.change_article(WHOLE, Notebook(WHOLE).locator)
        found = {one: self.notebook.locator.place(one) for one in self.notebook.anchors_without_hash}
        redescription = self.notebook.redescription(found)
        self.library.save_redescription(redescription)
        self.notebook.apply_redescription(redescription)


@pytest.fixture
def windows(tmp_path):
    """Return a window on the beginning, and one on the whole, with a highlight that was made in the first."""
    paths = Paths.find(tmp_path, {})
    one = Window(paths, BEGINNING)
    start = BEGINNING.text.index(QUOTE)
    marked = one.do(one.notebook.highlight(Passage(start, start + len(QUOTE)), "doubt"))
    return one, Window(paths, WHOLE), marked.id


def test_the_other_window_has_the_described_anchor_and_no_conflict(windows):
    one, other, marked = windows
    one.complete()
    other.refresh()
    assert other.notebook[marked] == one.notebook[marked]
    assert other.notebook[marked].anchor.suffix == "\n\nThree is here."
    assert not other.notebook[marked].conflicts


def test_a_note_written_in_the_other_window_meanwhile_keeps_the_described_anchor(windows):
    one, other, marked = windows
    one.complete()
    noted = other.do(other.notebook.write_note(marked, "Why?"))
    one.refresh()
    assert one.notebook[marked] == noted
    assert (noted.note, noted.anchor.text_hash, noted.conflicts) == ("Why?", WHOLE.text_hash, ())


def test_a_note_written_in_the_other_window_before_is_kept(windows):
    one, other, marked = windows
    other.do(other.notebook.write_note(marked, "Why?"))
    one.complete()
    one.refresh()
    noted = one.notebook[marked]
    assert (noted.note, noted.anchor.text_hash, noted.conflicts) == ("Why?", WHOLE.text_hash, ())


def test_what_was_removed_in_the_other_window_stays_removed(windows):
    one, other, marked = windows
    other.do(other.notebook.remove(marked))
    one.complete()
    one.refresh()
    assert marked not in one.notebook


def test_the_changes_in_the_file_are_described_anew_too(windows, tmp_path):
    one, _, _ = windows
    one.complete()
    again = Window(Paths.find(tmp_path, {}), WHOLE)
    undone = again.notebook.undo()
    assert again.do(undone) is None
    assert again.do(again.notebook.redo()).anchor.text_hash == WHOLE.text_hash
