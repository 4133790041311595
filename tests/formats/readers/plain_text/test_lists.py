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
        ("[1] [2]", "[1] [2]"),
        ("а) б)", "а) б)"),
        ("(α) (β)", "(α) (β)"),
        ("가. 나.", "가. 나."),
        ("क) ख)", "क) ख)"),
        ("א. ב.", "א. ב."),
        ("① ②", "① ②"),
        ("1、 2、", "1、 2、"),
        ("（1） （2）", "（1） （2）"),
        ("（一） （二）", "（一） （二）"),
        ("１． ２．", "１． ２．"),
        ("→ →", "• •"),
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


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ("（一）", "（二）", ["（一）", "（二）"]),
        ("・", "・", ["•", "•"]),
        ("③", "④", ["③", "④"]),
        ("(1)", "(2)", ["(1)", "(2)"]),
    ],
)
def test_markers_of_east_asia_need_no_blank(first: str, second: str, shown: list[str]) -> None:
    article = parse_text(f"公园包括以下各类：\n{first}综合公园\n{second}专类公园\n", title="file")

    assert items(article) == [(1, shown[0], "综合公园"), (1, shown[1], "专类公园")]


def test_a_set_in_number_begins_a_paragraph_whose_other_lines_are_not_set_in() -> None:
    text = (
        "     1. TERM. This agreement lasts until one of the parties, or its\n"
        "successor in law, ends it in writing.\n\n"
        "     2. NOTICE. A notice has to be sent to the last address that is\n"
        "known of the other party.\n"
    )

    assert items(parse_text(text, title="file")) == [
        (
            1,
            "1.",
            "TERM. This agreement lasts until one of the parties, or its successor in law, ends it in writing.",
        ),
        (1, "2.", "NOTICE. A notice has to be sent to the last address that is known of the other party."),
    ]


def test_a_set_in_line_below_a_finished_item_is_a_paragraph() -> None:
    article = parse_text(
        "　　书有三种：\n　　一、诗。\n　　二、词。\n　　1998年又出版了一种。\n", title="file"
    )

    assert [article.block_text(block) for block in article.blocks] == [
        "书有三种：",
        "诗。",
        "词。",
        "1998年又出版了一种。",
    ]
    assert [marker for _level, marker, _text in items(article)] == ["一、", "二、"]


def test_a_list_goes_on_below_a_later_paragraph_of_an_item() -> None:
    text = "* New parser.\n\n  More about it is in doc/parser.txt.\n* New icon.\n"

    assert items(parse_text(text, title="file")) == [
        (1, "•", "New parser."),
        (1, "", "More about it is in doc/parser.txt."),
        (1, "•", "New icon."),
    ]


def test_tasks_are_items() -> None:
    article = parse_text("To do:\n\n- [ ] wood\n- [x] ice\n", title="file")

    assert items(article) == [(1, "•", "[ ] wood"), (1, "•", "[x] ice")]


@pytest.mark.parametrize("leader", ["..........", "……………", " . . . . . ", "______", "······"])
def test_entries_of_contents_have_any_leader(leader: str) -> None:
    text = f"Contents\n\nThe Sea{leader}3\nThe Land{leader}12\n"

    assert items(parse_text(text, title="file")) == [(1, "", "The Sea … 3"), (1, "", "The Land … 12")]


def test_a_line_below_a_bullet_that_is_not_set_in_is_no_part_of_it() -> None:
    text = "  - stop changing a variable that is not read, in any case [Sami Kerola]\nlscpu:\n  - use the new one  [Karel Zak]\n"
    article = parse_text(text, title="file")

    assert "lscpu:" in [article.block_text(block) for block in article.blocks]


def test_an_item_with_many_signs_is_no_picture() -> None:
    article = parse_text(
        "Changes:\n\n* More of the schemes of before can be used\n  (i.e./e.g. digest).", title="t"
    )

    assert items(article) == [(1, "•", "More of the schemes of before can be used (i.e./e.g. digest).")]
