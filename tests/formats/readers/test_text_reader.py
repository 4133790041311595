import random
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.article import Article, BlockKind
from pactreader.formats.readers.text_reader import parse_text
from pactreader.formats.sources import bundled_article

HEADING, PARAGRAPH, TABLE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE
QUOTATION, CODE, RULE = BlockKind.QUOTATION, BlockKind.CODE, BlockKind.RULE

FILLED = "These are as many words as fit on a line of prose that was wrapped"
"""A line on which no other word has room."""
FROST = """\
Two roads diverged in a yellow wood,
And sorry I could not travel both
And be one traveler, long I stood
And looked down one as far as I could
To where it bent in the undergrowth;"""
SHAKESPEARE = """\
Shall I compare thee to a summer’s day?
Thou art more lovely and more temperate:
Rough winds do shake the darling buds of May,
And summer’s lease hath all too short a date;
Sometime too hot the eye of heaven shines,
And often is his gold complexion dimm’d;"""


def shape(article: Article) -> list[tuple[BlockKind, str]]:
    return [(block.kind, article.block_text(block)) for block in article.blocks]


def test_wrapped_lines_of_paragraphs_are_joined() -> None:
    article = parse_text(f"{FILLED}\ntwo.\n\n \t\n {FILLED} \n  four.\n\n\n\nFive.\n", title="file")
    assert shape(article) == [
        (PARAGRAPH, f"{FILLED} two."),
        (PARAGRAPH, f"{FILLED} four."),
        (PARAGRAPH, "Five."),
    ]
    assert article.text == f"{FILLED} two.\n\n{FILLED} four.\n\nFive."


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("a well-\nknown fact", "a well-known fact"),
        ("a dash —\nlike this", "a dash — like this"),
        ("他說\n你好", "他說你好"),
        ("これは\n一つの文", "これは一つの文"),
        ("한국어\n문장", "한국어 문장"),
        ("in 1984. It\n12. was", "in 1984. It 12. was"),
        ("here - and\n- there", "here - and - there"),
    ],
)
def test_lines_are_joined_with_spaces_if_the_script_has_them(lines: str, joined: str) -> None:
    text, whole = f"{FILLED} {lines}", f"{FILLED} {joined}"
    assert shape(parse_text(text, title="file")) == [(PARAGRAPH, whole)]


@pytest.mark.parametrize("width", [40, 50, 60, 65, 72, 78, 100])
def test_prose_wrapped_at_any_width_is_unwrapped(width: int) -> None:
    prose = bundled_article().text
    wrapped = "\n\n".join(fill(paragraph, width) for paragraph in prose.split("\n\n"))
    assert parse_text(wrapped, title="file").text == prose


@given(st.randoms(use_true_random=False), st.integers(64, 80))
def test_prose_wrapped_by_hand_is_unwrapped(chance: random.Random, width: int) -> None:
    prose = bundled_article().text

    def ragged(paragraph: str) -> str:
        lines = [""]
        for word in paragraph.split():
            if len(lines[-1]) + len(word) > width - chance.randint(0, 6):
                lines.append("")
            lines[-1] += f"{word} "
        return "\n".join(lines)

    assert parse_text("\n\n".join(map(ragged, prose.split("\n\n"))), title="file").text == prose


@pytest.mark.parametrize(
    "prose",
    [
        "私たちは新しい条約について長い間話し合いをしてきたが結論はまだ出ていないと言われている。" * 9,
        "俄罗斯与朝鲜签署条约引起了各国对军事同盟的担忧，专家们警告说这可能影响全球安全。" * 9,
    ],
)
def test_prose_without_spaces_is_joined(prose: str) -> None:
    assert shape(parse_text(fill(prose, 36), title="file")) == [(PARAGRAPH, prose)]


def test_korean_prose_is_joined_by_spaces() -> None:
    prose = " ".join(["러시아와 북한이 새로운 조약을 맺었고 여러 나라가 우려를 나타냈다."] * 9)
    assert shape(parse_text(fill(prose, 38), title="file")) == [(PARAGRAPH, prose)]


@pytest.mark.parametrize(
    "text",
    [
        FROST,
        SHAKESPEARE,
        "床前明月光，\n疑是地上霜。\n舉頭望明月，\n低頭思故鄉。",
        "Shopping\nmilk\neggs\nbread",
        "From: Kim <kim@example.org>\nTo: Lee <lee@example.org>\nSubject: The pact",
        "Best,\nKim\n--\nKim Min-su\nTel. 02 123 4567",
        "Two\nlines",
        "name\tqty\nonly one cell\na\tb\tc",
    ],
)
def test_unwrapped_lines_stay_lines(text: str) -> None:
    prose = fill(bundled_article().text.split("\n\n")[1], 72)
    assert shape(parse_text(text, title="file")) == [(PARAGRAPH, text)]
    assert shape(parse_text(f"{prose}\n\n{text}", title="file"))[1] == (PARAGRAPH, text)


def test_a_long_line_of_verse_stays_a_line() -> None:
    verse = f"{FROST}\n{FILLED} in verse\nand a last one"
    assert shape(parse_text(verse, title="file")) == [(PARAGRAPH, verse)]


def test_a_short_line_in_prose_stays_a_line() -> None:
    text = f"{FILLED}\n{FILLED}\nuntil it ends.\n{FILLED}\nand again."
    assert shape(parse_text(text, title="file")) == [
        (PARAGRAPH, f"{FILLED} {FILLED} until it ends.\n{FILLED} and again.")
    ]


def test_a_url_does_not_widen_the_width_of_prose() -> None:
    lines = fill(bundled_article().text.split("\n\n")[1], 68).split("\n")
    address = "https://example.org/" + "a" * 90
    text = "\n".join([*lines[:3], address, *lines[3:]])
    assert shape(parse_text(text, title="file")) == [(PARAGRAPH, " ".join([*lines[:3], address, *lines[3:]]))]


def test_lines_with_equally_many_tabs_are_a_table() -> None:
    assert shape(parse_text("a\tb\nc\td", title="file")) == [(TABLE, "a\tb\nc\td")]
    assert shape(parse_text("Of prices\nname \tqty\nfoo\t12\nand\nso on", title="file")) == [
        (HEADING, "Of prices"),
        (TABLE, "name\tqty\nfoo\t12"),
        (PARAGRAPH, "and\nso on"),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A short line\n\nThe text.", "A short line"),
        ("Who decides?\n\nThe text.", "Who decides?"),
        ("         A centred line\n\nThe text.", "A centred line"),
        ("A headline\n==========\n\nThe text.", "A headline"),
        ("This is a sentence.\n\nThe text.", "file"),
        ("Dear reader,\n\nThe text.", "file"),
        ("Only one line", "file"),
        ("Two\nlines\n\nThe text.", "file"),
        (f"{FILLED}\nto be the title\n\nThe text.", f"{FILLED} to be the title"),
        ("word " * 30 + "\n\nThe text.", "file"),
        ("- an item\n\nThe text.", "file"),
        ("* * *\n\nThe text.", "file"),
        ("", "file"),
    ],
)
def test_a_short_first_line_is_the_title(text: str, title: str) -> None:
    article = parse_text(text, title="file")
    assert article.title == title
    assert [kind for kind, _text in shape(article)].count(HEADING) == (title != "file")


def test_list_items_keep_levels_and_markers() -> None:
    text = "To buy:\n- bread\n  and butter\n- fruit\n  - apples\n\n  - pears\n- milk\n\n1. one\n2) two\n(a) three\n\nEnd."
    article = parse_text(text, title="file")
    assert [(block.level, block.marker, article.block_text(block)) for block in article.blocks] == [
        (0, "", "To buy:"),
        (1, "•", "bread and butter"),
        (1, "•", "fruit"),
        (2, "◦", "apples"),
        (2, "◦", "pears"),
        (1, "•", "milk"),
        (1, "1.", "one"),
        (1, "2)", "two"),
        (1, "(a)", "three"),
        (0, "", "End."),
    ]


def test_an_item_keeps_lines_that_are_not_indented() -> None:
    article = parse_text("- bread\n- milk\nBest,\nKim", title="file")
    assert [text for _kind, text in shape(article)] == ["bread", "milk\nBest,\nKim"]


def test_code_and_verse_keep_their_lines() -> None:
    text = "So:\n\n    def f():\n        return 1\n\n    f()\n\nAnd:\n\n\troses are red,\n\tviolets blue\n"
    assert shape(parse_text(text, title="file")) == [
        (PARAGRAPH, "So:"),
        (CODE, "def f():\n    return 1\n\nf()"),
        (PARAGRAPH, "And:"),
        (CODE, "roses are red,\nviolets blue"),
    ]


def test_indented_first_lines_begin_paragraphs() -> None:
    book = f"    {FILLED}\nwith its first line set in.\n    {FILLED}\nat once."
    assert [text for _kind, text in shape(parse_text(book, title="file"))] == [
        f"{FILLED} with its first line set in.",
        f"{FILLED} at once.",
    ]
    block = "    All of this one was set in by its writer, as a quotation is in\n    a paper, and it ends with a stop."
    assert [kind for kind, _text in shape(parse_text(block, title="file"))] == [PARAGRAPH]


def test_lines_too_long_to_be_wrapped_are_paragraphs() -> None:
    long = (
        "This line is one paragraph of a file in which no blank lines are, as word processors save them. " * 2
    )
    article = parse_text(f"{long}\nShort one.\n{long}", title="file")
    assert [text for _kind, text in shape(article)] == [long.strip(), "Short one.", long.strip()]


def test_wide_lines_are_too_long_at_half_the_length() -> None:
    long = "他說這是很長的一行字沒有空行也沒有縮排的文章常常如此" * 3
    assert [text for _kind, text in shape(parse_text(f"{long}\n短\n{long}", title="file"))] == [
        long,
        "短",
        long,
    ]
    latin = "é" * 70
    assert [text for _kind, text in shape(parse_text(f"{latin}\n{latin}", title="file"))] == [
        f"{latin} {latin}"
    ]


def test_quotations_headings_and_rules() -> None:
    text = f"He wrote:\n> {FILLED}\n> by him\n>\n> > deeper\n\nSection\n-------\nBody.\n\n* * *\n\n> last"
    article = parse_text(text, title="file")
    assert shape(article) == [
        (PARAGRAPH, "He wrote:"),
        (QUOTATION, f"{FILLED} by him"),
        (QUOTATION, "deeper"),
        (HEADING, "Section"),
        (PARAGRAPH, "Body."),
        (RULE, "* * *"),
        (QUOTATION, "last"),
    ]
    assert [block.quoted for block in article.blocks] == [0, 1, 2, 0, 0, 0, 1]


@pytest.mark.parametrize(
    "text", [">" * 20_000, "> " * 20_000 + "deep", "- " * 20_000, "\n" * 20_000, " \n" * 20_000]
)
def test_deep_nesting_does_not_stop_the_reader(text: str) -> None:
    assert parse_text(text, title="file").title == "file"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kim (金正恩) met Putin (Путин) in the capital.", "en"),
        ("러시아와 북한이 조약을 맺었다.", "ko"),
        ("ロシアと北朝鮮が条約を結んだ。", "ja"),
        ("俄罗斯与朝鲜签署条约。", "zh"),
        ("Россия и Северная Корея подписали договор.", "ru"),
        ("Росія і Північна Корея підписали договір.", "uk"),
        ("وقعت روسيا وكوريا الشمالية اتفاقية.", "ar"),
        ("रूस और उत्तर कोरिया ने समझौता किया।", "hi"),
        ("Déjà vu, naïve café.", "en"),
    ],
)
def test_the_language_is_guessed_from_the_script(text: str, language: str) -> None:
    assert parse_text(text, title="file").language == language


@given(st.lists(st.text("ab .-*>1( \u3000é", min_size=1, max_size=20), min_size=1, max_size=6))
def test_more_blank_lines_make_no_difference(paragraphs: list[str]) -> None:
    one, two = (parse_text(between.join(paragraphs), title="file") for between in ("\n\n", "\n\n\n"))

    assert (one.title, one.text, one.blocks) == (two.title, two.text, two.blocks)


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("before", ["", "\n\n"])
def test_every_word_knows_its_line_in_the_file(wrapped: bool, before: str) -> None:
    prose = bundled_article().text
    paragraphs = prose.split("\n\n")
    text = before + "\n\n".join(
        fill(each, 60, break_on_hyphens=False) if wrapped else each for each in paragraphs
    )
    article = parse_text(text, title="file")

    assert article.text == prose
    numbered = text.split("\n")
    lines = [
        article.source_lines.at(offset) for offset in range(len(prose)) if prose[offset - 1 : offset] == " "
    ]
    assert None not in lines
    words = [word for word in prose.split() if prose.split().count(word) == 1]
    for word in words:
        line = article.source_lines.at(prose.index(word))
        assert line is not None
        assert word in numbered[line - 1]


def test_lines_of_lists_code_quotations_and_tables_are_known() -> None:
    text = (
        "To do:\n- one\n  of them\n\n\n    def f():\n\n        return two\n\n> three\n> four\n\na\tb\nc\td\n"
    )
    article = parse_text(text, title="file")

    for word in ("To", "one", "of", "def", "return", "three", "four", "a", "c"):
        offset = article.text.index(word if len(word) > 1 else f"{word}\t")
        line = article.source_lines.at(offset)
        assert line is not None
        assert word in text.split("\n")[line - 1]


def test_a_given_language_overrules_the_guess() -> None:
    assert parse_text("Ein Satz.", title="file", language="de").language == "de"


_LETTERS = st.text("abYZ éж漢؟.,:;-*>|+=\t\f1", min_size=0, max_size=30)


@given(st.lists(_LETTERS, max_size=12))
def test_no_letter_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    article = parse_text(text, title="file")
    read = article.text + "".join(block.marker for block in article.blocks)

    assert "\f" not in article.text
    if "\f" not in text:
        assert sorted(filter(str.isalpha, read)) == sorted(filter(str.isalpha, text))
