from io import BytesIO
from pathlib import Path

import pytest

from pactreader.formats import article_formats
from pactreader.formats.article_formats import (
    CODE,
    FORMATS,
    MAIL,
    MARKDOWN,
    PLAIN_TEXT,
    WEB_PAGE,
    WHOLE_PAGE,
    Format,
    chosen_format,
    find_format,
)
from pactreader.formats.origin import Origin
from pactreader.formats.sources import read_source

MARKDOWN_CONTENT = b"# A title\n\nText"


def import_reversed_reader():
    from formats.reversed_reader import read_reversed

    return read_reversed


REVERSED = Format(
    name="Reversed text",
    suffixes=(".rev",),
    media_types=("text/reversed",),
    matches=lambda data: data.startswith(b"\0REV"),
    import_reader=import_reversed_reader,
)


def test_a_format_is_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_formats, "FORMATS", (REVERSED, *FORMATS))
    path = tmp_path / "a.REV"
    path.write_bytes(b"\0REV.txeT")

    from_file = read_source(str(path), BytesIO())
    from_pipe = read_source("-", BytesIO(b"\0REV.txeT"))

    assert (from_file.title, from_file.text, from_file.source) == ("a", "Text.", str(path))
    assert (from_pipe.title, from_pipe.text, from_pipe.source) == ("Standard input", "Text.", "-")
    assert find_format(b"", media_type="text/reversed") is REVERSED


@pytest.mark.parametrize("each", [MAIL, CODE, MARKDOWN, PLAIN_TEXT], ids=lambda each: each.name)
def test_a_format_of_text_reads_any_text(each: Format) -> None:
    article = each.read(b"Some text.", Origin("a", "A title", "/a"))

    assert (article.title, article.text, article.source) == ("A title", "Some text.", "/a")


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.name)
def test_every_format_has_its_reader(each: Format) -> None:
    assert each.import_reader().__name__.startswith("read_")


def test_a_media_type_counts_more_than_a_name() -> None:
    assert find_format(b"", file_name="a.txt", media_type="text/markdown") is MARKDOWN
    assert find_format(b"", file_name="a.md", media_type="application/unknown") is MARKDOWN


def test_a_name_counts_more_than_the_content() -> None:
    assert find_format(b"Text", file_name="dir.txt/a.MD") is MARKDOWN
    assert find_format(MARKDOWN_CONTENT, file_name="a.md.txt") is PLAIN_TEXT
    assert find_format(MARKDOWN_CONTENT, file_name="a") is PLAIN_TEXT


def test_content_without_a_name_is_matched() -> None:
    assert find_format(MARKDOWN_CONTENT) is MARKDOWN
    assert find_format(MARKDOWN_CONTENT.decode().encode("utf-16")) is MARKDOWN
    assert find_format(b"Text") is PLAIN_TEXT
    assert find_format(b"") is PLAIN_TEXT
    assert find_format(b"\0\1\2") is PLAIN_TEXT


@pytest.mark.parametrize(
    ("content", "names", "expected"),
    [
        (b"{}", ("a.json", "", "a.txt", "a"), CODE),
        (b"#!/bin/sh\n", ("run", "", "run.txt", "run.sh"), CODE),
        (b"\xef\xbb\xbf#!/bin/sh\r\n", ("run", ""), CODE),
        ("\ufeffa;b;c\r\nd;e;f\r\ng;h;i".encode("utf-16-le"), ("", "a.txt"), CODE),
        (b"\x1b[32mok\x1b[0m one\n\x1b[31mno\x1b[0m two\n", ("", "a.txt"), CODE),
        (b"From: a\nSubject: b\n\nText", ("a.eml", "", "a.txt", "a"), MAIL),
        (b"<!DOCTYPE html><p>Text", ("a.html", "a.HTM", "", "a.txt", "a"), WEB_PAGE),
        (b"\xef\xbb\xbf <?xml version='1.0'?>\n<!-- a -- b -->\n<html>", ("a.xhtml", "", "a"), WEB_PAGE),
        ("\ufeff<html>".encode("utf-16-le"), ("",), WEB_PAGE),
        (b"<!DOCTYPE html>", ("a.md",), MARKDOWN),
        (b"<!DOCTYPE html>", ("a.html.j2", "a.php", "a.vue"), CODE),
        (b"Words, and nothing else.", ("a.txt", "", "a", "a.unknown"), PLAIN_TEXT),
        (b"def f(x):\n    return x\n\nclass A:\n    pass\n\nx = f(1)\n", ("a.md",), MARKDOWN),
    ],
)
def test_a_name_that_says_nothing_leaves_the_question_to_the_content(
    content: bytes, names: tuple[str, ...], expected: Format
) -> None:
    assert [find_format(content, file_name=name).name for name in names] == [expected.name] * len(names)


def test_the_user_chooses_a_format_by_a_word() -> None:
    words = ("text", "markdown", "html", "whole", "code", "", "auto", "klingon")
    formats = [PLAIN_TEXT, MARKDOWN, WEB_PAGE, WHOLE_PAGE, CODE, None, None, None]
    assert [chosen_format(word) for word in words] == formats
