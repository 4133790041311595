"""The small texts of `tests/cases` that stand for kinds of plain text."""

from pathlib import Path

import pytest

from pactreader.core.article import Article, BlockKind
from pactreader.core.text_units import TextUnit, TextUnits
from pactreader.formats.decoding import decode_pages
from pactreader.formats.origin import Origin
from pactreader.formats.readers.text_reader import read_text

CASES = Path(__file__).parents[2] / "cases"


def read(name: str) -> Article:
    return read_text((CASES / name).read_bytes(), Origin(name, name, name))


def texts(article: Article, kind: BlockKind) -> list[str]:
    return [article.block_text(block) for block in article.blocks if block.kind is kind]


def sentence(article: Article, words: str) -> str:
    start, end = TextUnits(article).unit_at(TextUnit.SENTENCE, article.text.index(words))
    return article.text[start:end]


@pytest.mark.parametrize("name", ["indented-zh.txt", "indented-ar.txt", "indented-quote.txt"])
def test_set_in_paragraphs_are_prose(name: str) -> None:
    article = read(name)
    paragraphs = [line.strip() for line in (CASES / name).read_text("utf-8").split("\n\n")[1:]]

    assert texts(article, BlockKind.PARAGRAPH) == paragraphs
    assert [block.kind for block in article.blocks] == [BlockKind.HEADING] + [BlockKind.PARAGRAPH] * len(
        paragraphs
    )


def test_a_sentence_of_a_set_in_paragraph_is_found() -> None:
    assert sentence(read("indented-zh.txt"), "桥下的水") == "桥下的水一年四季都很清。"


def test_set_in_lists_are_lists() -> None:
    article = read("list-indented.txt")
    items = [
        (block.marker, article.block_text(block)) for block in article.blocks if block.level and block.marker
    ]

    assert items == [
        ("1.", "Appoint a chair."),
        ("2.", "Amend these rules, provided they agree with a majority of two thirds."),
        ("3.", "Publish statements of position."),
        ("•", "A first remark."),
        ("•", "A second remark that runs on over two lines."),
    ]


def test_entries_of_contents_are_four() -> None:
    article = read("toc-numbered.txt")
    items = [block for block in article.blocks if block.kind is BlockKind.LIST_ITEM]

    assert [(item.level, item.marker) for item in items] == [(1, "1."), (2, "1.1."), (2, "1.2."), (1, "2.")]


@pytest.mark.parametrize("name", ["grid-table.txt", "columns.txt", "diagram.txt"])
def test_drawn_lines_stay(name: str) -> None:
    chunks = (CASES / name).read_text("utf-8").strip().split("\n\n")
    drawn = next(chunk for chunk in chunks if "\n" in chunk)

    assert texts(read(name), BlockKind.CODE) == [drawn]


def test_pages_are_joined() -> None:
    article = read("paged-rfc.txt")
    headings = [(block.level, article.block_text(block)) for block in article.headings]

    assert article.title == "A Protocol for Passing Notes"
    assert headings == [(1, "A Protocol for Passing Notes"), (2, "1. Introduction"), (3, "1.1. Terms")]
    lost = "a note that is lost is asked for again by the one who waits for it."
    assert sentence(article, "Notes are passed") == f"Notes are passed from desk to desk, and {lost}"
    assert texts(article, BlockKind.CODE)[0].startswith("Example Working Group      ")
    assert "[Page 1]" not in article.text
    assert "RFC 9999" not in article.text


def test_overlined_and_underlined_lines_are_headings() -> None:
    article = read("overline.rst.txt")

    assert texts(article, BlockKind.HEADING) == ["The Quiet Power Plant", "How it began"]
    assert "==" not in article.text


def test_chapters_are_headings() -> None:
    assert texts(read("chapters.txt"), BlockKind.HEADING) == [
        "THE LIGHTHOUSE",
        "CHAPTER 1. The Keeper",
        "CHAPTER II",
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [("man-hyphen.txt", ["specified", "options"]), ("hyphens.txt", ["industrial", "information"])],
)
def test_divided_words_are_whole(name: str, words: list[str]) -> None:
    text = read(name).text

    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.name)
def test_every_block_knows_its_line(path: Path) -> None:
    article = read_text(path.read_bytes(), Origin(path.name, path.name, path.name))
    lines = decode_pages(path.read_bytes(), path.name).text.split("\n")

    for block in article.blocks:
        line = article.source_lines.at(block.start)
        assert line is not None
        assert article.block_text(block).split()[0][:4] in lines[line - 1]
