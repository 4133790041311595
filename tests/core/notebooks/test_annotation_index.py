from core.sample_notebook import applied, notebook, passage, quotes, reviewable
from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor, Annotation
from pactreader.core.article import Article, BlockKind, Passage, Piece


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


def test_doubtful_and_lost_ones_have_places_but_no_highlights():
    book = reviewable(
        changed=(PlacementKind.CHANGED, "The pact is clear.", "The pact is vague."),
        doubtful=(PlacementKind.DOUBTFUL, "Moreover, arms flow", "Moreover, weapons flow"),
        lost=(PlacementKind.LOST, "Tokyo has warned Russia.", "Seoul has"),
    )

    assert [h.annotation.id for h in book.highlights()] == ["changed"]
    assert [[h.annotation.id for h in book.doubtful_in_block(index)] for index in range(3)] == [
        [],
        ["doubtful"],
        [],
    ]
    start = passage("Seoul").start
    assert book.has_lost_between(start, start + 1)
    assert not book.has_lost_between(0, start)
    assert not book.has_lost_between(start + 1, len(book.article.text))
    assert list(book.unconfirmed) == ["changed", "doubtful", "lost"]
    assert book.highlight_count == 3
    assert book.highlight_after(0) is None
    assert book.doubtful_at(passage("weapons").start).id == "doubtful"
    assert book.doubtful_at(passage("Seoul").start) is None

    applied(book, book.remove_all(["doubtful", "lost"]))
    assert book.doubtful_in_block(1) == []
    assert not book.has_lost_between(0, len(book.article.text))
    assert list(book.unconfirmed) == ["changed"]


def test_an_edit_keeps_the_placement_that_a_search_found():
    book = reviewable(changed=(PlacementKind.CHANGED, "The pact is clear.", "The pact is vague."))
    placement = book.placement("changed")

    applied(book, book.relabel("changed", "term"))
    assert book.placement("changed") == placement
    applied(book, book.remove("changed"))
    applied(book, book.undo())
    assert book.placement("changed") == placement
    assert not book.pending


def pending_notebook():
    """Return a notebook with two pending annotations, whose anchors are on another text."""
    anchors = {"one": Anchor("The pakt", "", "", 0, 8, "x"), "two": Anchor("Seoulo", "", "", 1, 7, "x")}
    book = notebook()
    book.load((Annotation(id_, "term", anchor) for id_, anchor in anchors.items()), ())
    return book, anchors


def changed_at(words):
    return Placement(PlacementKind.CHANGED, *passage(words), 0.8)


def test_pending_annotations_have_a_card_and_no_highlight():
    book, anchors = pending_notebook()

    assert dict(book.pending) == anchors
    assert [annotation.id for annotation in book] == ["one", "two"]
    assert book.highlight_count == 2
    assert not book.has_found
    assert book.highlight_after(-1) is None
    assert book.placement("one") is None


def test_placements_are_taken_in_one_batch():
    book, anchors = pending_notebook()
    before = book.revision
    book.place({"one": (anchors["one"], changed_at("weapons")), "two": (anchors["two"], changed_at("Seoul"))})

    assert not book.pending
    assert [annotation.id for annotation in book] == ["one", "two"]
    assert [highlight.start for highlight in book.highlights()] == [
        passage("weapons").start,
        passage("Seoul").start,
    ]
    assert book.annotation_at(passage("Seoul").start).id == "two"
    assert book.placement_counts == {PlacementKind.CHANGED: 2}
    assert book.revision > before


def test_placements_of_other_anchors_are_ignored():
    book, anchors = pending_notebook()
    other = anchors["one"]._replace(exact="The pact")
    book.place({"one": (other, changed_at("weapons")), "gone": (other, changed_at("weapons"))})

    assert book.pending.keys() == {"one", "two"}


def test_a_doubtful_placement_is_no_highlight():
    book, anchors = pending_notebook()
    where = passage("Seoul")
    book.place({"two": (anchors["two"], Placement(PlacementKind.DOUBTFUL, *where, 0.3))})

    assert book.placement("two").start == where.start
    assert book.annotation_at(where.start) is None
    assert not book.has_found


def test_a_changed_article_keeps_annotations_and_undo():
    book = notebook()
    kept = applied(book, book.highlight(passage("Seoul"), "term"))
    former = book.article
    text = f"An insertion. {former.text}"
    article = Article.assemble([Piece(BlockKind.PARAGRAPH, part) for part in text.split("\n\n")], title="")
    book.change_article(article, Locator(article.text, {former.text_hash: former.text}))

    assert book.pending.keys() == {kept}
    book.place_pending()
    highlight = next(book.highlights())
    assert article.text[highlight.start : highlight.end] == "Seoul"
    book.apply(book.undo())
    assert len(book) == 0
