import pytest

from pactreader.core.article import Article, BlockKind
from pactreader.formats.readers.text_reader import parse_text


def items(article: Article) -> list[tuple[int, str, str]]:
    return [
        (block.level, block.marker, article.block_text(block))
        for block in article.blocks
        if block.kind is BlockKind.LIST_ITEM
    ]


@pytest.mark.parametrize("margin", ["", "  ", "    ", "        ", "\t", "                    "])
@pytest.mark.parametrize(
    ("markers", "shown"),
    [
        ("- -", "• •"),
        ("* *", "• •"),
        ("• •", "• •"),
        ("1. 2.", "1. 2."),
        ("1) 2)", "1) 2)"),
        ("(a) (b)", "(a) (b)"),
        ("a. b.", "a. b."),
        ("A. B.", "A. B."),
        ("i. ii.", "i. ii."),
        ("1.1 1.2", "1.1 1.2"),
        ("3.1. 3.2.", "3.1. 3.2."),
        ("一、 二、", "一、 二、"),
    ],
)
def test_items_are_found_at_any_indentation(margin: str, markers: str, shown: str) -> None:
    one, two = markers.split()
    hang = " " * (len(one) + 1)
    text = f"They may do this:\n\n{margin}{one} Take the boat, which is\n{margin}{hang}in the harbour.\n{margin}{two} Go.\n"
    first, second = shown.split()

    assert items(parse_text(text, title="file")) == [
        (1, first, "Take the boat, which is in the harbour."),
        (1, second, "Go."),
    ]


def test_later_paragraphs_of_an_item_belong_to_it() -> None:
    text = "Title\n\n  1. Take the boat.\n\n     It is in the harbour.\n\n  2. Go.\n\nThe end of it.\n"
    article = parse_text(text, title="file")

    assert items(article) == [(1, "1.", "Take the boat."), (1, "", "It is in the harbour."), (1, "2.", "Go.")]
    assert article.blocks[-1].kind is BlockKind.PARAGRAPH


def test_a_line_set_in_less_than_the_items_ends_the_list() -> None:
    article = parse_text("    1. one\n    2. two\nAnd now the text.", title="file")

    assert items(article) == [(1, "1.", "one"), (1, "2.", "two")]
    assert article.text.endswith("And now the text.")


@pytest.mark.parametrize(
    "text",
    [
        "A. Smith wrote this book in the year in which he died,\nand nobody read it.",
        "3.5 million people live in the town, which is by the sea,\nand far away.",
        "It happened in the year 1984. It was cold in that year, and\n12. was the number of the house.",
    ],
)
def test_a_sentence_may_begin_like_an_item(text: str) -> None:
    assert items(parse_text(text, title="file")) == []


def test_entries_of_a_table_of_contents_are_never_joined() -> None:
    text = (
        "Table of Contents\n\n"
        "1. Introduction . . . . . . . . . . 1\n"
        "1.1. Purpose, which has a long name and goes\n"
        "     over two lines . . . . . . . . 2\n"
        "2 Terms ............................ 3\n"
        "Index .............................. iv\n"
    )

    assert items(parse_text(text, title="file")) == [
        (1, "1.", "Introduction … 1"),
        (2, "1.1.", "Purpose, which has a long name and goes over two lines … 2"),
        (1, "2", "Terms … 3"),
        (1, "", "Index … iv"),
    ]


def test_numbered_entries_with_blanks_before_their_pages_are_never_joined() -> None:
    text = "Contents\n\n1. The house       3\n2. The long road home   17\n3. The end        120\n"

    assert [marker for _level, marker, _text in items(parse_text(text, title="file"))] == ["1.", "2.", "3."]
