import pytest

from pactreader.core.article import Article, BlockKind
from pactreader.formats.readers.text_reader import parse_text

BODY = "The text below the heading is a sentence that is long enough for a line."


def headings(article: Article) -> list[tuple[int, str]]:
    return [(block.level, article.block_text(block)) for block in article.headings]


@pytest.mark.parametrize("sign", "=-~^\"'`#*+.:_")
def test_over_and_underlined_lines_are_headings(sign: str) -> None:
    line = sign * 9
    article = parse_text(
        f"{line}\nThe Title\n{line}\n\n{BODY}\n\nA Part\n{'-~'[sign == '-'] * 6}\n\n{BODY}", title="file"
    )

    assert [text for _level, text in headings(article)] == ["The Title", "A Part"]
    assert line not in article.text


def test_signs_have_the_levels_of_their_order() -> None:
    text = f"=====\nTitle\n=====\n\nPart\n====\n\nSection\n~~~~~~~\n\n{BODY}\n\nPart two\n========\n\n{BODY}"

    assert headings(parse_text(text, title="file")) == [
        (1, "Title"),
        (2, "Part"),
        (3, "Section"),
        (2, "Part two"),
    ]


def test_a_heading_may_stand_directly_above_its_text() -> None:
    article = parse_text(f"Title\n=====\nPart\n----\n{BODY}", title="file")

    assert headings(article) == [(1, "Title"), (2, "Part")]
    assert article.text.endswith(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "CHAPTER I.",
        "CHAPTER XII. The Storm",
        "Chapter 3: The Storm",
        "Chapter Twenty-One",
        "PART TWO",
        "Book the Second",
        "Appendix A. Words",
        "Kapitel 4",
        "Chapitre premier",
        "Capítulo 2. El mar",
        "ГЛАВА III",
        "Глава первая",
        "第三回 風雪山神廟",
        "第一章",
        "제1장 시작",
        "THE LAST WORDS",
        "ÉPILOGUE",
        "ЭПИЛОГ",
        "IV.",
        "2.3 Scope of it",
        "2.3. Scope of it",
        "A.1. Names",
    ],
)
@pytest.mark.parametrize("wide", [False, True])
def test_chapters_numbers_and_capitals_are_headings(line: str, wide: bool) -> None:
    blank = "\n\n\n" if wide else "\n\n"
    article = parse_text(blank.join(["A Title", BODY, line, BODY]), title="file")

    assert [text for _level, text in headings(article)] == ["A Title", line]


@pytest.mark.parametrize(
    "line",
    [
        "Chapter 3 describes the storm in the harbour, and what it did.",
        "Part of the reason",
        "Book a table",
        "3.5 million people live in the town by the sea.",
        "It was the USA.",
        "1. He was the first to come.",
        "OK",
        "HE SAID THAT IT WAS OVER, AND WENT AWAY.",
    ],
)
def test_sentences_are_no_headings(line: str) -> None:
    article = parse_text(f"A Title\n\n{BODY}\n\n{line}\n\n{BODY}", title="file")

    assert [text for _level, text in headings(article)] == ["A Title"]


def test_numbered_headings_have_the_levels_of_their_numbers() -> None:
    text = f"A Title\n\n1. Introduction\n\n{BODY}\n\n1.1. Terms\n\n{BODY}\n\n2. Use\n\n{BODY}"

    assert headings(parse_text(text, title="file")) == [
        (1, "A Title"),
        (2, "1. Introduction"),
        (3, "1.1. Terms"),
        (2, "2. Use"),
    ]


def test_a_loose_list_has_no_headings() -> None:
    text = f"A Title\n\n{BODY}\n\n1. Open the door\n\n2. Go in\n\n3. Close it\n\n{BODY}"
    article = parse_text(text, title="file")

    assert [block.marker for block in article.blocks if block.kind is BlockKind.LIST_ITEM] == [
        "1.",
        "2.",
        "3.",
    ]
    assert headings(article) == [(1, "A Title")]


def test_lines_outside_the_margin_are_headings() -> None:
    body = (
        "       It does this and that, as the options say, which are many and\n       which are listed below."
    )
    text = f"NAME\n       thing - does it\n\nDESCRIPTION\n{body}\n\n   How it does\n{body}\n\nSEE ALSO\n       other(1)\n"

    assert headings(parse_text(text, title="file")) == [
        (1, "NAME"),
        (2, "DESCRIPTION"),
        (3, "How it does"),
        (2, "SEE ALSO"),
    ]


def test_a_text_in_capitals_is_no_heap_of_headings() -> None:
    text = "STOP HERE\n\nWE COME TOMORROW\n\nBRING THE BOAT\n\nAND SOME BREAD"

    assert len(parse_text(text, title="file").headings) == 1


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("§ 1 Geltungsbereich", 3),
        ("Art. 5", 3),
        ("Статья 12. Права", 3),
        ("الفصل الأول", 2),
        ("פרק ב", 2),
        ("अध्याय 2", 2),
        ("十二", 2),
        ("Abstract", 2),
        ("Введение", 2),
        ("目录", 2),
        ("NOTES:", 2),
        ("ПОВЕСТКА ДНЯ:", 2),
        ("==== Usage ====", 2),
        ("--- Usage ---", 2),
    ],
)
def test_lines_alone_that_only_headings_look_like(line: str, level: int) -> None:
    words = line.strip("=- ")

    assert headings(parse_text(f"{BODY}\n\n{line}\n\n{BODY}", title="file")) == [(level, words)]


@pytest.mark.parametrize(
    "line", ["§ 5 gilt auch für Hunde.", "Abstract art is old.", "== 1 ==", "-- no --", "三十人"]
)
def test_lines_that_only_begin_like_headings_are_none(line: str) -> None:
    assert headings(parse_text(f"{BODY}\n\n{line}\n\n{BODY}", title="file")) == []


def test_the_title_of_a_chapter_may_have_its_own_line() -> None:
    article = parse_text(
        f"{BODY}\n\nCHAPTER I.\nTHE STORM\n\n{BODY}\n\nAppendix A\nTables and Maps\n\n{BODY}", title="file"
    )

    assert headings(article) == [(2, "CHAPTER I. THE STORM"), (2, "Appendix A Tables and Maps")]


@pytest.mark.parametrize("line", ["Chapter 1", "1. Minutes of the last meeting"])
def test_text_may_follow_a_chapter_or_number_on_the_next_line(line: str) -> None:
    article = parse_text(f"{line}\n{BODY}\n\n{BODY}", title="file")

    assert [text for _level, text in headings(article)] == [line]


def test_chapters_below_each_other_are_contents() -> None:
    assert headings(parse_text(f"{BODY}\n\n第一章　海\n第二章　陆地\n\n{BODY}", title="file")) == []


def test_a_centred_heading_may_be_underlined() -> None:
    article = parse_text(f"{'S K Y L A R K':^72}\n{'=============':^72}\n\n{BODY}", title="file")

    assert headings(article) == [(1, "S K Y L A R K")]


def test_columns_outside_the_margin_are_no_heading() -> None:
    text = f"NAME\n       {BODY}\n\n       {BODY}\n\nGNU frob 3.2            March 2021            FROB(1)\n"

    assert headings(parse_text(text, title="file")) == [(1, "NAME")]
