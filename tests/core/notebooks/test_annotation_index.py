from core.sample_notebook import applied, notebook, passage, quotes
from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.annotation import Anchor, Annotation
from pactreader.core.article import Passage


def test_reading_order_begins_with_notes_on_the_article():
    book = notebook()
    for words in ("Seoul", "vague", "weapons"):
        applied(book, book.highlight(passage(words), "term"))
    applied(book, book.note_on_article("About all of it"))

    assert quotes(book) == ["", "vague", "weapons", "Seoul"]
    assert [book.index(annotation.id) for annotation in book] == [0, 1, 2, 3]
    assert [book.by_index(index) for index in range(4)] == list(book)


def test_the_newest_of_overlapping_highlights_is_on_top():
    book = notebook()
    below = applied(book, book.highlight(passage("The pact is vague."), "term"))
    above = applied(book, book.highlight(passage("vague"), "doubt"))

    assert book.annotation_at(passage("vague").start).id == above
    assert book.annotation_at(passage("The").start).id == below
    assert book.annotation_at(passage("Who").start) is None


def test_a_highlight_over_paragraphs_is_in_each_block():
    book = notebook()
    applied(book, book.highlight(Passage(5, passage("weapons").end), "term"))

    assert [len(book.highlights_in_block(index)) for index in range(3)] == [1, 1, 0]


def test_highlights_are_found_after_and_before_an_offset():
    book = notebook()
    first = applied(book, book.highlight(passage("pact"), "term"))
    second = applied(book, book.highlight(passage("Seoul"), "term"))

    assert book.highlight_after(0).annotation.id == first
    assert book.highlight_after(passage("pact").start).annotation.id == second
    assert book.highlight_after(passage("Seoul").start) is None
    assert book.highlight_before(passage("Seoul").start).annotation.id == first
    assert book.highlight_before(passage("pact").start) is None


def test_a_lost_highlight_is_ordered_but_not_in_the_text():
    anchor = Anchor("no longer there", "", "", 10, 25)
    lost = Annotation("lost", "doubt", anchor, created="2026", modified="2026")
    book = notebook(lost)
    before = applied(book, book.highlight(passage("The"), "term"))
    after = applied(book, book.highlight(passage("Seoul"), "term"))

    assert [annotation.id for annotation in book] == [before, "lost", after]
    assert book.placement("lost").kind is PlacementKind.LOST
    assert book.highlight_count == 3
    assert book.highlight_after(passage("The").start).annotation.id == after
    assert all(h.annotation.id != "lost" for index in range(3) for h in book.highlights_in_block(index))
