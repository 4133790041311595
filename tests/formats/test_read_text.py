import pytest

from pactreader.core.article import Article, BlockKind
from pactreader.formats.read_text import read_text

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
QUOTATION, CODE, RULE = BlockKind.QUOTATION, BlockKind.CODE, BlockKind.RULE


def shape(article: Article) -> list[tuple[BlockKind, str]]:
    return [(block.kind, article.block_text(block)) for block in article.blocks]


def test_paragraphs_are_parted_by_blank_lines_and_their_lines_joined() -> None:
    article = read_text("One\ntwo.\n\n \t\nThree \n  four.\n\n\n\nFive.", name="file")
    assert shape(article) == [(PARAGRAPH, "One two."), (PARAGRAPH, "Three four."), (PARAGRAPH, "Five.")]
    assert article.text == "One two.\n\nThree four.\n\nFive."


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("a well-\nknown fact", "a well-known fact"),
        ("a dash —\nlike this", "a dash — like this"),
        ("他說\n你好。\n再見", "他說你好。再見"),
        ("これは\n一つの文", "これは一つの文"),
        ("한국어\n문장", "한국어 문장"),
        ("in 1984. It\n12. was", "in 1984. It 12. was"),
        ("here - and\n- there", "here - and - there"),
    ],
)
def test_lines_are_joined_as_their_script_is_written(lines: str, joined: str) -> None:
    assert shape(read_text(lines, name="file")) == [(PARAGRAPH, joined)]


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
        ("Two\nlines\n\nThe text.", "Two lines"),
        ("word " * 30 + "\n\nThe text.", "file"),
        ("- an item\n\nThe text.", "file"),
        ("* * *\n\nThe text.", "file"),
        ("", "file"),
    ],
)
def test_a_short_first_line_is_the_title(text: str, title: str) -> None:
    article = read_text(text, name="file")
    assert article.title == title
    assert [kind for kind, _text in shape(article)].count(HEADING) == (title != "file")


def test_lists_keep_their_items_levels_and_markers() -> None:
    text = "To buy:\n- bread\n  and butter\n- fruit\n  - apples\n\n  - pears\n- milk\n\n1. one\n2) two\n(a) three\n\nEnd."
    article = read_text(text, name="file")
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


def test_code_and_verse_keep_their_lines() -> None:
    text = "So:\n\n    def f():\n        return 1\n\n    f()\n\nAnd:\n\n\troses are red,\n\tviolets blue\n"
    assert shape(read_text(text, name="file")) == [
        (PARAGRAPH, "So:"),
        (CODE, "def f():\n    return 1\n\nf()"),
        (PARAGRAPH, "And:"),
        (CODE, "roses are red,\nviolets blue"),
    ]


def test_paragraphs_that_are_set_in_are_paragraphs() -> None:
    book = "    The first line of this paragraph is set in,\nthe second is not.\n    The next one\nfollows at once."
    assert [text for _kind, text in shape(read_text(book, name="file"))] == [
        "The first line of this paragraph is set in, the second is not.",
        "The next one follows at once.",
    ]
    block = "    All of this one was set in by its writer, as a quotation is in\n    a paper, and it ends with a stop."
    assert [kind for kind, _text in shape(read_text(block, name="file"))] == [PARAGRAPH]


def test_lines_too_long_to_be_wrapped_by_hand_are_paragraphs() -> None:
    long = (
        "This line is one paragraph of a file in which no blank lines are, as word processors save them. " * 2
    )
    article = read_text(f"{long}\nShort one.\n{long}", name="file")
    assert [text for _kind, text in shape(article)] == [long.strip(), "Short one.", long.strip()]


def test_wide_lines_are_too_long_at_half_the_length() -> None:
    long = "他說這是很長的一行字沒有空行也沒有縮排的文章常常如此" * 3
    assert [text for _kind, text in shape(read_text(f"{long}\n短\n{long}", name="file"))] == [
        long,
        "短",
        long,
    ]
    latin = "é" * 70
    assert [text for _kind, text in shape(read_text(f"{latin}\n{latin}", name="file"))] == [
        f"{latin} {latin}"
    ]


def test_quotations_headings_and_rules() -> None:
    text = "He wrote:\n> first\n> line\n>\n> > deeper\n\nSection\n-------\nBody.\n\n* * *\n\n> last"
    article = read_text(text, name="file")
    assert shape(article) == [
        (PARAGRAPH, "He wrote:"),
        (QUOTATION, "first line"),
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
def test_nothing_a_text_nests_stops_the_reader(text: str) -> None:
    assert read_text(text, name="file").title == "file"


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
def test_the_language_is_told_by_the_script(text: str, language: str) -> None:
    assert read_text(text, name="file").language == language
