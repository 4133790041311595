"""Headings and their levels, the title, and the authors below it."""

from pactreader.core.article import BlockKind, Span, SpanKind
from typeset_lines import TypesetPages

PROSE = (
    "It was a dark night, and the rain fell on the roofs of",
    "the houses and on the streets of the",
    "town.",
)


def _outline(pages: TypesetPages, titles: tuple[str, ...] = ()) -> list[tuple[int, str]]:
    return [(piece.level, piece.text) for piece in pages.pieces(titles) if piece.kind is BlockKind.HEADING]


def test_levels_follow_the_sizes_of_headings() -> None:
    pages = TypesetPages()
    pages.line("Tides of the North", size=18, bold=True)
    for chapter in ("The Coast", "The Harbour"):
        pages.line(chapter, size=14, bold=True, gap=2.5)
        pages.prose(*PROSE, gap=1.6)
        pages.line(f"{chapter} in winter", size=12, bold=True, gap=2)
        pages.prose(*PROSE, gap=1.6)
    assert _outline(pages) == [
        (1, "Tides of the North"),
        (2, "The Coast"),
        (3, "The Coast in winter"),
        (2, "The Harbour"),
        (3, "The Harbour in winter"),
    ]


def test_numbers_say_the_levels_of_headings_in_one_style() -> None:
    pages = TypesetPages()
    for heading in ("1 Coasts", "1.1 Sand", "1.1.1 Dunes", "2 Harbours", "Appendix"):
        pages.line(heading, bold=True, gap=2)
        pages.prose(*PROSE, gap=1.6)
    assert _outline(pages) == [
        (1, "1 Coasts"),
        (2, "1.1 Sand"),
        (3, "1.1.1 Dunes"),
        (1, "2 Harbours"),
        (1, "Appendix"),
    ]


def test_a_bold_sentence_is_no_heading() -> None:
    pages = TypesetPages()
    pages.prose(*PROSE)
    pages.line("Nobody may enter.", bold=True, gap=1.6)
    pages.prose(*PROSE, gap=1.6)
    assert _outline(pages) == []


def test_lines_of_large_type_are_one_heading() -> None:
    pages = TypesetPages()
    pages.line("A Survey of Tidal Records from the", size=18, centred=True)
    pages.line("Northern Coast", size=18, centred=True, gap=2.2)
    pages.prose(*PROSE, gap=3)
    assert _outline(pages) == [(1, "A Survey of Tidal Records from the Northern Coast")]


def test_the_title_of_a_chapter_stands_below_its_number() -> None:
    pages = TypesetPages()
    pages.line("Chapter 3", size=20, bold=True)
    pages.line("The Coast", size=24, bold=True, gap=4)
    pages.prose(*PROSE, gap=3)
    assert _outline(pages) == [(1, "Chapter 3 The Coast")]


def test_authors_below_a_title_are_no_headings() -> None:
    pages = TypesetPages()
    pages.line("Tides of the North", size=18, centred=True)
    pages.line("Anna Miller and Jonas Sato", size=12, centred=True, gap=2)
    pages.line("May 1904", size=12, centred=True, gap=2)
    pages.line("1 Coasts", size=14, bold=True, gap=2.5)
    pages.prose(*PROSE, gap=1.6)
    assert _outline(pages) == [(1, "Tides of the North"), (2, "1 Coasts")]


def test_authors_on_some_lines_are_joined_only_if_their_names_go_on() -> None:
    pages = TypesetPages()
    pages.line("Tides of the North", size=18, centred=True)
    pages.line("Anna Miller, Jonas Sato, Carla Rossi,", centred=True, gap=2)
    pages.line("and John Weber", centred=True)
    pages.line("University of the Coast", centred=True, gap=2)
    pages.line("12 Pier Street", centred=True)
    pages.line("1 Coasts", size=14, bold=True, gap=2.5)
    pages.prose(*PROSE, gap=1.6)
    assert pages.texts()[1:3] == [
        "Anna Miller, Jonas Sato, Carla Rossi, and John Weber",
        "University of the Coast\n12 Pier Street",
    ]


def test_titles_of_the_outline_are_headings_in_the_type_of_the_text() -> None:
    pages = TypesetPages()
    pages.prose(*PROSE)
    pages.line("The Harbour", gap=1.6)
    pages.prose(*PROSE, gap=1.6)
    assert _outline(pages) == []
    assert _outline(pages, ("2 The Harbour",)) == [(1, "The Harbour")]


def test_capitals_in_the_middle_and_numbers_in_italics_are_headings() -> None:
    pages = TypesetPages()
    pages.prose(*PROSE)
    pages.line("II. THE HARBOUR", centred=True, gap=2, size=8)
    pages.prose(*PROSE, gap=1.6)
    pages.line("A. Ships", italic=True, gap=2)
    pages.prose(*PROSE, gap=1.6)
    assert _outline(pages) == [(1, "II. THE HARBOUR"), (2, "A. Ships")]


def test_short_lines_that_are_nearer_to_the_text_below_are_headings() -> None:
    pages = TypesetPages()
    pages.prose(*PROSE)
    for heading in ("The coast", "Sand and dunes", "Why harbours?"):
        pages.line(heading, gap=2.4)
        pages.prose(*PROSE, gap=1.4)
    assert _outline(pages) == [(1, "The coast"), (1, "Sand and dunes"), (1, "Why harbours?")]


def test_short_lines_in_the_middle_between_paragraphs_are_none() -> None:
    pages = TypesetPages()
    pages.prose(*PROSE)
    for line in ("The coast", "Sand and dunes", "Why harbours?"):
        pages.line(line, gap=2)
        pages.prose(*PROSE, gap=2)
    assert _outline(pages) == []


def test_a_numbered_heading_on_the_first_line_of_its_text_is_a_heading() -> None:
    pages = TypesetPages()
    for number, title in (("1.1.", "The coast."), ("1.2.", "Sand and dunes.")):
        pages.line(f"{number} {title} It was a dark night, and the rain fell on", full=True, gap=1.6)
        start = len(number) + 1
        pages.lines[-1] = pages.lines[-1]._replace(spans=(Span(start, start + len(title), SpanKind.STRONG),))
        pages.line("the roofs of the town.")
    assert pages.texts() == [
        "1.1. The coast.",
        "It was a dark night, and the rain fell on the roofs of the town.",
        "1.2. Sand and dunes.",
        "It was a dark night, and the rain fell on the roofs of the town.",
    ]
    assert _outline(pages) == [(1, "1.1. The coast."), (1, "1.2. Sand and dunes.")]


def test_a_bold_line_in_the_middle_of_the_first_page_is_the_title() -> None:
    pages = TypesetPages()
    pages.line("SPECTRA OF TIDES", bold=True, centred=True)
    pages.line("A. LOVELACE", centred=True, gap=2)
    pages.prose(*PROSE, gap=2)
    pages.line("1. Introduction", bold=True, centred=True, gap=2)
    pages.prose(*PROSE, gap=1.6)
    assert _outline(pages) == [(1, "SPECTRA OF TIDES"), (2, "1. Introduction")]
