"""A later version that reads the same file otherwise: notes keep their places, and no change is announced."""

import random
from io import BytesIO

import pytest

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.formats import article_formats
from pactreader.formats.article_formats import FORMATS, MARKDOWN
from pactreader.formats.readers.markdown_reader import read_markdown
from pactreader.formats.sources import bundled_article, read_source
from storage.library_driver import LibraryDriver

QUOTES = 200
MOST_LOST = 0.005
"""The greatest share of quotes that may be lost though their words are still in the text."""


def read_otherwise(data, origin):
    """Read Markdown with other white space, every second paragraph joined to the one before it, and no first heading."""
    pieces: list[Piece] = []
    dropped = False
    for piece in read_markdown(data, origin).pieces():
        text = piece.text.replace(". ", ".  ").replace(", ", ",\u00a0")
        last = pieces[-1] if pieces else None
        if piece.kind is BlockKind.HEADING and not dropped:
            dropped = True
        elif (
            last
            and last.kind is piece.kind is BlockKind.PARAGRAPH
            and len(pieces) % 2
            and "\n" not in last.text
        ):
            pieces[-1] = last._replace(text=f"{last.text}\n{text}", spans=())
        else:
            pieces.append(piece._replace(text=text, spans=()))
    return Article.assemble(pieces, title=origin.title, source=origin.source)


@pytest.fixture
def path(tmp_path):
    """Return a file of Markdown with the bundled article, a heading before every tenth paragraph."""
    article = bundled_article()
    paragraphs = [article.block_text(block) for block in article.blocks]
    for index in range(0, len(paragraphs), 10):
        paragraphs[index] = f"## Part {index}\n\n{paragraphs[index]}"
    path = tmp_path / "pact.md"
    path.write_text("\n\n".join(paragraphs), "utf-8")
    return path


@pytest.fixture
def later_version(monkeypatch):
    """Return a function that puts the other reader in place."""

    def install():
        row = MARKDOWN._replace(version=MARKDOWN.version + 1, import_reader=lambda: read_otherwise)
        monkeypatch.setattr(
            article_formats, "FORMATS", tuple(row if each is MARKDOWN else each for each in FORMATS)
        )

    return install


def read(path):
    return read_source(str(path), BytesIO())


def without_blanks(text):
    return "".join(text.split())


def test_quotes_whose_words_are_still_there_are_found(tmp_path, path, later_version):
    article = read(path)
    driver = LibraryDriver(tmp_path / "library", article)
    chance = random.Random(7)
    for _ in range(QUOTES):
        start = chance.randrange(len(article.text) - 300)
        driver.mark(start, start + chance.randrange(20, 250))
    quotes = {each.id: each.anchor.exact for each in driver.notebook}

    later_version()
    driver.article = read(path)
    assert driver.article.text != article.text
    driver.reopen()

    words = without_blanks(driver.article.text)
    still_there = {name for name, quote in quotes.items() if without_blanks(quote) in words}
    found = {each.id for each in driver.notebook if driver.notebook.placement(each.id).found}
    wrong = [
        name
        for name in still_there & found
        if without_blanks(quotes[name])
        != without_blanks(driver.article.text[slice(*driver.notebook.placement(name)[1:3])])
    ]
    assert len(still_there) > QUOTES * 0.9
    assert len(still_there - found) <= MOST_LOST * len(still_there)
    assert wrong == []


def test_the_same_file_is_not_announced_as_changed(tmp_path, path, later_version):
    driver = LibraryDriver(tmp_path / "library", read(path))
    driver.mark(100, 160)
    assert driver.library.entry_for(driver.article).reader == "Markdown 1"

    later_version()
    driver.article = read(path)
    driver.reopen()

    assert driver.library.is_reread(driver.entry)
    assert driver.library.comparison_base(driver.entry, None) == driver.article.text_hash
    driver.library.register(driver.entry, driver.article)
    assert driver.library.entry_for(driver.article).reader == "Markdown 2"


def test_an_edited_file_is_changed_also_for_a_later_version(tmp_path, path, later_version):
    driver = LibraryDriver(tmp_path / "library", read(path))
    driver.mark(100, 160)

    later_version()
    path.write_text(path.read_text("utf-8") + "\n\nOne more paragraph.", "utf-8")
    former = driver.article
    driver.article = read(path)
    driver.reopen()

    assert not driver.library.is_reread(driver.entry)
    assert driver.library.comparison_base(driver.entry, None) == former.text_hash
