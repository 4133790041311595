"""Lists: markers, lines of items, levels, later paragraphs."""

import pytest

from pactreader.core.article import BlockKind
from typeset_lines import TypesetPages


def _items(pages: TypesetPages) -> list[tuple[int, str, str]]:
    return [
        (piece.level, piece.marker, piece.text)
        for piece in pages.pieces()
        if piece.kind is BlockKind.LIST_ITEM
    ]


def test_lines_below_an_item_that_are_set_in_belong_to_it() -> None:
    pages = TypesetPages()
    pages.prose("• Bread, which is baked in the morning and sold until", "noon.", first=-10, indent=20)
    pages.prose("• Milk.", indent=10)
    pages.prose("All of this must be bought before the shops are", "closed.")
    assert pages.texts() == [
        "Bread, which is baked in the morning and sold until noon.",
        "Milk.",
        "All of this must be bought before the shops are closed.",
    ]
    assert _items(pages) == [
        (1, "•", "Bread, which is baked in the morning and sold until noon."),
        (1, "•", "Milk."),
    ]


def test_a_number_alone_begins_an_item_if_the_lines_below_it_are_set_in() -> None:
    pages = TypesetPages()
    pages.prose("1. Bread, which is baked in the morning and sold until", "noon.", first=-12, indent=22)
    assert _items(pages) == [(1, "1.", "Bread, which is baked in the morning and sold until noon.")]


def test_an_indented_paragraph_below_a_short_item_is_no_part_of_it() -> None:
    pages = TypesetPages()
    pages.line("1. Bread", indent=12)
    pages.line("2. Milk", indent=12)
    pages.prose("All of this must be bought before the shops of the", "town close.", first=15)
    assert pages.texts() == [
        "Bread",
        "Milk",
        "All of this must be bought before the shops of the town close.",
    ]


def test_items_are_nested_by_their_indents() -> None:
    pages = TypesetPages()
    for indent, text in (
        (10, "1. Bread"),
        (30, "– white"),
        (30, "– black"),
        (10, "2. Milk"),
        (30, "a) cold"),
    ):
        pages.line(text, indent=indent)
    pages.line("b) hot", indent=30)
    assert _items(pages) == [
        (1, "1.", "Bread"),
        (2, "◦", "white"),
        (2, "◦", "black"),
        (1, "2.", "Milk"),
        (2, "a)", "cold"),
        (2, "b)", "hot"),
    ]


@pytest.mark.parametrize("marker", ["•", "▪", "–", "*", "➢", "\uf0b7"])
def test_signs_of_items(marker: str) -> None:
    pages = TypesetPages()
    pages.line(f"{marker} bread", indent=10)
    pages.line(f"{marker} milk", indent=10)
    assert _items(pages) == [(1, "•", "bread"), (1, "•", "milk")]


@pytest.mark.parametrize(
    ("first", "second"), [("1.", "2."), ("(a)", "(b)"), ("iv)", "v)"), ("[7]", "[8]"), ("3.1", "3.2")]
)
def test_numbers_of_items(first: str, second: str) -> None:
    pages = TypesetPages()
    pages.line(f"{first} bread", indent=10)
    pages.line(f"{second} milk", indent=10)
    assert _items(pages) == [(1, first, "bread"), (1, second, "milk")]


def test_a_number_or_a_dash_within_prose_begins_no_item() -> None:
    pages = TypesetPages()
    pages.prose(
        "The war ended in the year of our Lord",
        "1945. After that there was a long peace in all of",
        "Europe",
        "– or so it seemed.",
    )
    assert _items(pages) == []
    assert len(pages.texts()) == 1


def test_bullets_that_are_drawn_begin_items() -> None:
    pages = TypesetPages()
    pages.prose("One needs:")
    pages.line("bread that is baked in the morning and sold until the", indent=30, full=True, bullet=True)
    pages.line("noon", indent=30)
    pages.line("milk", indent=30, bullet=True)
    assert _items(pages) == [
        (1, "•", "bread that is baked in the morning and sold until the noon"),
        (1, "•", "milk"),
    ]


def test_a_later_paragraph_of_an_item_has_its_level_and_no_marker() -> None:
    pages = TypesetPages()
    pages.prose("1. Bread, which is baked in the morning and sold until", "noon.", first=-12, indent=22)
    pages.prose("It is eaten with cheese, or with sausages and a lot of", "mustard.", indent=22, gap=1.6)
    pages.prose(
        "2. Milk, which comes from the farms around the town", "daily.", first=-12, indent=22, gap=1.6
    )
    assert [item[:2] for item in _items(pages)] == [(1, "1."), (1, ""), (1, "2.")]


def test_an_item_goes_on_on_the_next_page() -> None:
    pages = TypesetPages()
    pages.prose(
        "1. Bread, which is baked in the morning and sold until", "all of it is", first=-12, indent=22
    )
    pages.page()
    pages.line("gone.", indent=22)
    pages.prose("2. Milk.", indent=10)
    pages.lines[1] = pages.lines[1]._replace(right=472)
    pages.prose("That was all that he had to buy, and so he went to the", "inn.", gap=1.6)
    assert _items(pages)[0][2].endswith("until all of it is gone.")


def test_numbered_paragraphs_of_judgments_have_one_level() -> None:
    pages = TypesetPages()
    pages.line("[7] The claimant carried bread.")
    pages.line("[8] He says that it was baked.", indent=15)
    pages.line("(a) It was not.", indent=40)
    pages.line("(b) It was old.", indent=40)
    assert [level for level, _marker, _text in _items(pages)] == [1, 1, 2, 2]


def test_references_are_items_with_their_numbers() -> None:
    pages = TypesetPages()
    pages.prose(
        "[1] A. Miller and J. Weber. Tides of the north. Journal of", "Tides, 1904.", first=-18, indent=18
    )
    pages.prose("[2] J. Sato. Harbours.", first=-18, indent=18)
    assert _items(pages) == [
        (1, "[1]", "A. Miller and J. Weber. Tides of the north. Journal of Tides, 1904."),
        (1, "[2]", "J. Sato. Harbours."),
    ]
