"""Paragraphs of lines: where they begin and end, and where they go on."""

import pytest

from pactreader.core.article import BlockKind
from typeset_lines import TypesetPages


def test_a_gap_begins_a_paragraph() -> None:
    pages = TypesetPages()
    pages.prose("It was a dark night, and the rain fell on the", "roofs of the town.")
    pages.prose("Nobody was in the streets at this hour, but for", "a dog.", gap=1.6)
    assert pages.texts() == [
        "It was a dark night, and the rain fell on the roofs of the town.",
        "Nobody was in the streets at this hour, but for a dog.",
    ]


def test_an_indent_begins_a_paragraph() -> None:
    pages = TypesetPages()
    pages.prose("It was a dark night, and the rain fell on the", "roofs of the town.")
    pages.prose("Nobody was in the streets at this hour, but for", "a dog that", "slept.", first=12)
    pages.prose("Then the bell rang.", first=12)
    assert pages.texts() == [
        "It was a dark night, and the rain fell on the roofs of the town.",
        "Nobody was in the streets at this hour, but for a dog that slept.",
        "Then the bell rang.",
    ]


def test_an_indent_begins_a_paragraph_below_a_full_line() -> None:
    pages = TypesetPages()
    pages.prose(
        "It was a dark night, and the rain fell on the", "roofs of the town, which was as old as the hills"
    )
    pages.lines[-1] = pages.lines[-1]._replace(right=472)
    pages.prose("Nobody was in the streets at this hour, but for", "a dog.", first=12)
    assert len(pages.texts()) == 2


def test_a_short_line_with_the_end_of_a_sentence_ends_a_paragraph() -> None:
    pages = TypesetPages()
    pages.prose("It was a dark night, and the rain fell on the", "roofs of the town.")
    pages.prose("Nobody was in the streets at this hour, but for", "a dog that was asleep.")
    assert len(pages.texts()) == 2


def test_a_line_without_room_for_the_next_word_is_not_short() -> None:
    pages = TypesetPages()
    pages.line("It was a dark night, and the rain fell on the roofs of the houses. The end.")
    pages.line("Notwithstanding", full=True)
    pages.line("this, it went on.")
    assert len(pages.texts()) == 1


def test_lines_that_all_are_short_stay_lines() -> None:
    pages = TypesetPages()
    pages.prose("The old men sang a song on the boat in the evening", "then:")
    for line in ("The tide came in at break of day", "and took the silent boats away", "the lamp burned low"):
        pages.line(line, indent=20, gap=1.6 if line.startswith("The") else 1)
    assert pages.texts()[1:] == [
        "The tide came in at break of day\nand took the silent boats away\nthe lamp burned low"
    ]


def test_short_lines_alone_on_a_page_are_measured_by_the_other_pages() -> None:
    pages = TypesetPages()
    pages.prose("The old men sang a song on the boat in the evening", "then:")
    pages.page()
    for line in ("The tide came in at break of day", "And took the silent boats away", "The lamp burned low"):
        pages.line(line)
    assert pages.texts()[1].count("\n") == 2


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    pages = TypesetPages()
    pages.column(72, 262)
    pages.prose("First the rain came down upon the", "town,")
    pages.lines[-1] = pages.lines[-1]._replace(right=262)
    pages.column(300, 490)
    pages.prose("and then it turned into", "snow that")
    pages.lines[-1] = pages.lines[-1]._replace(right=490)
    pages.page()
    pages.prose("lay for weeks.")
    assert pages.texts() == [
        "First the rain came down upon the town, and then it turned into snow that lay for weeks."
    ]


def test_a_full_line_at_the_foot_goes_on_where_no_paragraph_begins() -> None:
    pages = TypesetPages()
    pages.prose("It was a dark night, and the rain fell.", "Then it stopped.", first=12)
    pages.lines[-1] = pages.lines[-1]._replace(right=pages.lines[0].right)
    pages.page()
    pages.prose("Nobody was in the streets at this hour, but for", "a dog.")
    pages.prose("The bell rang for the second time that night and", "stopped.", first=12)
    assert len(pages.texts()) == 2


def test_an_indented_line_at_the_head_begins_a_paragraph() -> None:
    pages = TypesetPages()
    pages.prose("It was a dark night, and the rain fell.", "Then it stopped.", first=12)
    pages.lines[-1] = pages.lines[-1]._replace(right=pages.lines[0].right)
    pages.page()
    pages.prose("Nobody was in the streets at this hour, but for", "a dog.", first=12)
    assert len(pages.texts()) == 2


def test_a_first_line_at_the_foot_and_one_at_the_head_begin_two_paragraphs() -> None:
    pages = TypesetPages()
    pages.prose("It was a dark night, and the rain fell.", "Then it stopped.", first=12)
    pages.prose("Nobody was in the streets at this hour of the night.", first=12)
    pages.lines[-1] = pages.lines[-1]._replace(right=472)
    pages.page()
    pages.prose("The bell rang for the second time that night and", "stopped.", first=12)
    assert len(pages.pieces()) == 3


def test_a_paragraph_set_in_on_both_sides_is_a_quotation() -> None:
    pages = TypesetPages()
    pages.prose("The captain wrote about it in his book, where one", "can read:")
    for line in (
        "We had never seen such a sea as on that day, and",
        "hope that we shall never see one again as long as",
    ):
        pages.line(line, indent=25, gap=1.5 if line.startswith("We") else 1)
        pages.lines[-1] = pages.lines[-1]._replace(right=447)
    pages.line("we live.", indent=25)
    pages.prose("He lived for forty years, and never went to sea", "again.", gap=1.5)
    kinds = [(piece.kind, piece.quoted) for piece in pages.pieces()]
    assert kinds == [(BlockKind.PARAGRAPH, 0), (BlockKind.QUOTATION, 1), (BlockKind.PARAGRAPH, 0)]


def test_lines_from_right_to_left_are_told_by_their_right_ends() -> None:
    pages = TypesetPages()
    pages.line("بدأت أعمال القياس في الربيع عندما أصبح الطقس معتدلا ودرست", full=True)
    pages.line("اللجنة المقترحات.")
    pages.lines[-1] = pages.lines[-1]._replace(left=300, right=472)
    pages.line("لم يتوقع أحد أن تكون النتائج واضحة إلى هذا الحد كما هي", full=True)
    pages.lines[-1] = pages.lines[-1]._replace(right=460)
    pages.line("اليوم", full=True)
    pages.lines[-1] = pages.lines[-1]._replace(left=400)
    assert len(pages.texts()) == 2


def test_pages_of_one_line_are_not_joined() -> None:
    pages = TypesetPages()
    slides = ["Cats sleep", "Dogs run in the park", "Mice eat cheese", "Birds fly high above"]
    for slide in slides:
        pages.line(slide)
        pages.page()
    assert pages.texts() == slides


@pytest.mark.parametrize(
    ("above", "below", "address"),
    [
        ("https://example.org/a-long-", "path/file.html", "https://example.org/a-long-path/file.html"),
        ("www.example.org/cats_and", "_dogs.pdf", "www.example.org/cats_and_dogs.pdf"),
        ("https://example.", "org/cats", "https://example.org/cats"),
        ("https://example.org/?a=", "1&b=2", "https://example.org/?a=1&b=2"),
    ],
)
def test_an_address_that_goes_on_below_is_one_word(above: str, below: str, address: str) -> None:
    pages = TypesetPages()
    pages.prose(f"It was a dark night, see {above}", f"{below} for it.")
    assert pages.texts() == [f"It was a dark night, see {address} for it."]


@pytest.mark.parametrize("below", ["The rain fell.", "and the rain fell.", "(as they say)."])
def test_an_address_that_ends_with_its_line_is_not_joined(below: str) -> None:
    pages = TypesetPages()
    pages.prose("It was a dark night, see https://example.org/cats", below)
    assert pages.texts() == [f"It was a dark night, see https://example.org/cats {below}"]


def test_a_text_goes_on_below_a_box_beside_it() -> None:
    pages = TypesetPages()
    pages.column(72, 300, number=1)
    text = ("It was a dark night, and the rain", "fell on the roofs of the town, where")
    pages.prose(*text)
    pages.lines[-1] = pages.lines[-1]._replace(right=300)
    pages.column(320, 472, number=2)
    pages.line("Record rain", bold=True)
    pages.line("It was a record.")
    pages.column(72, 472, number=0)
    pages.move_to(600)
    pages.prose("nobody was in the streets at this hour, but for", "a dog.")
    assert pages.texts() == [
        f"{text[0]} {text[1]} nobody was in the streets at this hour, but for a dog.",
        "Record rain",
        "It was a record.",
    ]


def test_an_address_of_a_person_does_not_go_on_in_the_next_column() -> None:
    pages = TypesetPages()
    pages.column(72, 130, number=1)
    pages.line("Ada Lovelace", gap=1)
    pages.line("2 Dog Lane")
    pages.column(320, 472, number=2)
    pages.line("Invoice 2024-17 of the third of May")
    assert pages.texts()[-1] == "Invoice 2024-17 of the third of May"
