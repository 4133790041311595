"""Anchors that were made on the beginning of a text, described anew by the whole text."""

from pactreader.core.annotation import Anchor
from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.core.notebooks.changes import Change
from pactreader.core.notebooks.notebook import Notebook


def article_of(*paragraphs: str) -> Article:
    return Article.assemble([Piece(BlockKind.PARAGRAPH, text) for text in paragraphs], title="t")


WHOLE = article_of("One is here.", "Two is here.", "Three is here.")
BEGINNING = article_of("A running head.", "One is here.", "Two is here.")._replace(rest=object())


def on(notebook: Notebook, quote: str) -> Passage:
    start = notebook.article.text.index(quote)
    return Passage(start, start + len(quote))


def do(notebook: Notebook, change: Change | None) -> str:
    """Apply a change, and return the id of its annotation."""
    assert change is not None
    notebook.apply(change)
    return change.edits[0].id


def complete(notebook: Notebook) -> Notebook:
    """Let a notebook point into the whole text, as the window does when that is read."""
    notebook.change_article(WHOLE, Notebook(WHOLE).locator)
    placements = {anchor: notebook.locator.place(anchor) for anchor in notebook.anchors_without_hash}
    notebook.apply_redescription(notebook.redescription(placements))
    return notebook


def test_an_anchor_names_the_whole_text_and_has_its_context():
    notebook = Notebook(BEGINNING)
    marked = do(notebook, notebook.highlight(on(notebook, "Two is here."), "doubt"))
    assert notebook[marked].anchor.text_hash == notebook[marked].anchor.suffix == ""
    start = WHOLE.text.index("Two")
    assert complete(notebook)[marked].anchor == Anchor(
        "Two is here.", "One is here.\n\n", "\n\nThree is here.", start, start + 12, WHOLE.text_hash
    )


def test_every_change_can_be_undone_and_redone():
    notebook = Notebook(BEGINNING)
    marked = do(notebook, notebook.highlight(on(notebook, "Two"), "doubt"))
    do(notebook, notebook.reshape(marked, on(notebook, "Two is here.")))
    do(notebook, notebook.write_note(marked, "Why?"))
    do(notebook, notebook.undo())
    complete(notebook)

    do(notebook, notebook.redo())
    assert notebook[marked].note == "Why?"
    for quote in ("Two is here.", "Two is here.", "Two"):
        assert notebook[marked].anchor.exact == quote
        assert notebook[marked].anchor.text_hash == WHOLE.text_hash
        change = notebook.undo()
        assert not change.skipped
        do(notebook, change)
    assert len(notebook) == 0


def test_what_is_not_in_the_whole_text_keeps_its_anchor():
    notebook = Notebook(BEGINNING)
    marked = do(notebook, notebook.highlight(on(notebook, "A running head."), "doubt"))
    anchor = notebook[marked].anchor
    assert complete(notebook)[marked].anchor == anchor


def test_a_note_on_the_article_stays_as_it_is():
    notebook = Notebook(BEGINNING)
    do(notebook, notebook.note_on_article("Long."))
    assert notebook.anchors_without_hash == set()
    complete(notebook)
    do(notebook, notebook.undo())
    assert len(notebook) == 0
