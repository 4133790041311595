"""Footnotes and captions, which stand beside the text."""

from pactreader.core.article import BlockKind
from typeset_lines import TypesetPages


def _page_with_footnote(pages: TypesetPages, *note: str) -> None:
    pages.prose("There was a town at the sea, at the end of a long road", "over the hills.", first=12)
    pages.prose("It was a dark night, and the rain¹ fell upon the roofs", "and all of the", first=12)
    pages.lines[-1] = pages.lines[-1]._replace(right=472)
    pages.move_to(120)
    pages.prose(*note, size=8)


def test_a_footnote_does_not_interrupt_the_paragraph_that_goes_on_over_the_page() -> None:
    pages = TypesetPages()
    _page_with_footnote(pages, "¹ It rains often there, as every sailor knows who has been", "there.")
    pages.page()
    pages.prose("streets of the town.")
    first, note = pages.pieces()[1:]
    assert (
        first.text
        == "It was a dark night, and the rain¹ fell upon the roofs and all of the streets of the town."
    )
    assert (note.kind, note.marker) == (BlockKind.LIST_ITEM, "¹")
    assert note.text == "It rains often there, as every sailor knows who has been there."


def test_each_mark_begins_a_footnote() -> None:
    pages = TypesetPages()
    _page_with_footnote(pages, "* It rains often there.")
    pages.prose("² Or so they say who have been there in the summer for", "months.", size=8)
    assert [piece.marker for piece in pages.pieces()[2:]] == ["*", "²"]


def test_a_footnote_goes_on_at_the_foot_of_the_next_page() -> None:
    pages = TypesetPages()
    _page_with_footnote(pages, "¹ It rains often there, as every sailor knows who has been", "there and who")
    pages.lines[-1] = pages.lines[-1]._replace(right=472)
    pages.page()
    pages.prose("streets of the town, which was still asleep at that", "time.")
    pages.move_to(120)
    pages.prose("lived to tell.", size=8)
    assert pages.texts()[2].endswith("who has been there and who lived to tell.")


def test_footnotes_of_word_processors_have_the_size_of_the_text() -> None:
    pages = TypesetPages()
    _page_with_footnote(pages)
    for number in "123":
        pages.line(
            f"{number}\tIt rains often there, as every sailor knows who has been", cells=(14,), full=True
        )
        pages.line("there.", indent=14)
    pages.page()
    pages.prose("streets of the town.")
    kinds = [(piece.kind, piece.marker) for piece in pages.pieces()[1:]]
    notes = [(BlockKind.LIST_ITEM, mark) for mark in "¹²³"]
    assert kinds == [(BlockKind.PARAGRAPH, ""), *notes]
    assert pages.texts()[1].endswith("and all of the streets of the town.")


def test_a_numbered_heading_above_a_footnote_is_none() -> None:
    for size, bold in ((14.0, False), (10.0, True)):
        pages = TypesetPages()
        _page_with_footnote(pages)
        pages.line("2\tThe Law", cells=(14,), size=size, bold=bold)
        pages.prose("¹ It rains often there.", size=8)
        heading, note = pages.pieces()[-2:]
        assert (heading.kind, heading.text) == (BlockKind.HEADING, "2 The Law")
        assert note.marker == "¹"


def test_small_type_in_the_middle_of_a_page_is_no_footnote() -> None:
    pages = TypesetPages()
    pages.prose("It was a dark night, and the rain fell upon the roofs", "of the town.")
    pages.prose("* All rights of the author are reserved by the author.", size=8, gap=2)
    assert pages.pieces()[1].marker != "*"


def test_a_caption_and_a_table_do_not_interrupt_a_paragraph() -> None:
    pages = TypesetPages()
    pages.prose("It was a dark night, and the rain fell upon the roofs", "and all of the")
    pages.lines[-1] = pages.lines[-1]._replace(right=472)
    pages.page()
    pages.line("Table 1: Rain in the town.", centred=True)
    for row in ("Year\tMean\tStation", "1880\t2.81\tNorth Pier"):
        pages.line(row, indent=100, cells=(180, 260), gap=1.2)
    pages.prose("streets of the town, which was still asleep at that", "time.", gap=3)
    kinds = [(piece.kind, piece.text[:8]) for piece in pages.pieces()]
    assert kinds == [
        (BlockKind.PARAGRAPH, "It was a"),
        (BlockKind.PARAGRAPH, "Table 1:"),
        (BlockKind.TABLE, "Year\tMea"),
    ]
