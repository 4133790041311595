"""Texts that are shown line by line, as they stand in the file."""

import time
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.article import Article, BlockKind
from pactreader.core.reading_options import ReadingOptions
from pactreader.formats.origin import Origin
from pactreader.formats.readers.code_reader import read_code
from pactreader.formats.sources import read_source

CASES = Path(__file__).parents[2] / "cases"


def read(content: bytes, options: ReadingOptions = ReadingOptions()) -> Article:
    return read_code(content, Origin("a", "A title", "/a", options))


@pytest.mark.parametrize("name", ["data.csv", "tool.py", "change.diff"])
def test_the_text_is_that_of_the_file(name: str) -> None:
    from_file = read_source(str(CASES / name), BytesIO())
    from_pipe = read_source("-", BytesIO((CASES / name).read_bytes()))

    assert from_file.text == from_pipe.text == (CASES / name).read_text("utf-8").removesuffix("\n")
    assert [block.kind for block in from_file.blocks] == [BlockKind.CODE]
    assert from_file.blocks == from_pipe.blocks


def test_colours_are_dropped() -> None:
    expected = "ok  build finished\nfail  test of the door"
    assert read_source(str(CASES / "colours.log"), BytesIO()).text == expected
    assert read_source("-", BytesIO((CASES / "colours.log").read_bytes())).text == expected


def test_blank_lines_tabs_and_blanks_stay() -> None:
    content = "\n\n\tindented  \n\n\n- no bullet\n\n"
    assert read(content.encode()).text == content.removesuffix("\n")


@given(st.text(st.sampled_from("a \t\n-#"), min_size=1).filter(str.strip))
def test_every_line_knows_its_line_in_the_file(content: str) -> None:
    article = read(content.encode())
    offset = 0
    for number, line in enumerate(article.text.split("\n"), 1):
        assert article.source_lines.at(offset) == number
        assert article.source_lines.at(offset + len(line)) == number
        offset += len(line) + 1


def test_lines_are_counted_as_editors_do() -> None:
    article = read(b"one\r\n\x0c\r\nthree\r\nfour\x0b!\r\n")
    assert article.source_lines.at(article.text.index("three")) == 3
    assert article.source_lines.at(article.text.index("!")) == 4


def test_the_choice_of_a_language_and_an_encoding_is_taken() -> None:
    article = read("x = 'Łódź'".encode("cp1250"), ReadingOptions("code", "pl", "cp1250"))
    assert (article.text, article.language) == ("x = 'Łódź'", "pl")


def test_a_million_lines_are_read_in_a_moment() -> None:
    content = b"line 000000\n" * 1_000_000
    started = time.monotonic()
    article = read(content)
    assert time.monotonic() - started < 5
    assert article.source_lines.at(len(article.text) - 1) == 1_000_000
