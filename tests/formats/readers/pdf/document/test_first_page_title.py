import pytest

from pactreader.core.article import BlockKind, Piece
from pactreader.formats.readers.pdf.document.first_page_title import title_on_first_pages


def heading(text: str, level: int = 1, page: int = 0) -> Piece:
    return Piece(BlockKind.HEADING, text, level, places=((0, f"p. {page}"),) if page else ())


def test_the_title_is_the_first_heading_of_the_highest_level():
    pieces = [heading("A Journal", 3, page=1), heading("On Cats", 1), heading("On Dogs", 1)]
    assert title_on_first_pages(pieces) == "On Cats"


@pytest.mark.parametrize(
    "section",
    [
        "Contents",
        "1 Cats",
        "1. Cats",
        "2.1 Cats",
        "II. Cats",
        "ABSTRACT",
        "Inhaltsverzeichnis",
        "Chapter 1",
        "目录",
    ],
)
def test_a_section_is_no_title(section):
    assert title_on_first_pages([heading(section, page=1)]) == ""
    assert title_on_first_pages([heading(section, page=1), heading("On Cats", 2)]) == "On Cats"


@pytest.mark.parametrize(
    "title", ["2001: A Space Odyssey", "1984", "Introduction to Cats", "Contents of a Cat", "X"]
)
def test_a_title_may_begin_as_a_section_does(title):
    assert title_on_first_pages([heading(title, page=1)]) == title


def test_it_is_not_sought_behind_the_first_pages():
    assert title_on_first_pages([heading("Contents", page=1), heading("On Dogs", page=3)]) == "On Dogs"
    pieces = [Piece(BlockKind.PARAGRAPH, "Cats.", places=((0, f"p. {page}"),)) for page in (1, 2)]
    assert title_on_first_pages([*pieces, heading("On Dogs", page=3)]) == ""


def test_the_mark_of_a_note_is_none_of_it():
    assert title_on_first_pages([heading("On Cats∗", page=1)]) == "On Cats"
