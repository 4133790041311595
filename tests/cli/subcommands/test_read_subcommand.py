"""`pactreader [SOURCE]`: the article that is opened."""

import sys
from dataclasses import replace
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from articles_in_parts import Rest
from cli.command_line import HOSTILE, Run, mark_words, write_article
from pactreader.cli.subcommands import read_subcommand
from pactreader.core.printable_text import printable
from pactreader.formats.sources import BUNDLED


def test_the_first_start_opens_the_bundled_article(run: Run, reading: list[dict[str, Any]]) -> None:
    assert run().code == 0
    assert reading[0]["article"].source == BUNDLED
    assert reading[0]["first_start"] is True


def test_a_later_start_opens_the_article_read_last(
    run: Run, home: Path, reading: list[dict[str, Any]]
) -> None:
    article = write_article("a.txt", "Some text.")
    mark_words(home, article, "Some")
    run()
    assert reading[0]["article"].source == article.source
    assert reading[0]["article"].warning == ""
    assert reading[0]["first_start"] is False


def test_an_article_without_its_file_is_read_as_it_was(
    run: Run, home: Path, reading: list[dict[str, Any]]
) -> None:
    article = write_article("a.txt", "Some text.")
    entry_id = mark_words(home, article, "Some")
    Path("a.txt").unlink()
    for words in ([], ["a.txt"], [entry_id], ["A"]):
        run(*words)
    assert [one["article"].text for one in reading] == ["Some text."] * 4
    assert "There is no file" in reading[0]["article"].warning


def test_a_file_with_the_name_of_a_subcommand_can_be_read(run: Run, reading: list[dict[str, Any]]) -> None:
    write_article("library", "Books.")
    for words in (["./library"], ["--", "library"], ["--review", "library"]):
        assert run(*words).code == 0
    assert [one["article"].text for one in reading] == ["Books."] * 3


def test_standard_input_is_read_to_its_end(
    run: Run, reading: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"# Piped\n\nText.")))
    run("-")
    assert reading[0]["article"].title == "Piped"


def test_review_prints_the_markdown_on_quit(run: Run, home: Path, reading: list[dict[str, Any]]) -> None:
    article = write_article("a.txt", "Some text.")
    mark_words(home, article, "Some", note="Mine")
    out = run("--review", "a.txt").out
    assert "> Some\n\nMine\n\n— Doubt · ¶ 1, line 1 ^" in out
    assert run("a.txt").out == ""


def test_review_has_the_notes_on_what_was_not_read_yet_when_the_user_quit(
    run: Run, home: Path, reading: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    article = write_article("a.txt", "Some text.\n\nMore text.")
    mark_words(home, article, "More")
    beginning = replace(article, text="Some text.", blocks=article.blocks[:1], rest=Rest(article))
    monkeypatch.setattr(read_subcommand, "open_source", lambda *_arguments, **_more: beginning)

    out = run("--review", "a.txt").out

    assert "> More\n\n— Doubt · ¶ 2, line 3 ^" in out


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("no/such.txt", "There is no file no/such.txt."),
        ("nosuch", "There is no file nosuch. The library knows no article “nosuch”."),
        ("", "There is no file “”."),
        (".", "is a directory."),
        ("ftp://x.y/z", "is at an address that PactReader does not fetch"),
        (HOSTILE, "There is no file ␛]52;c;x␇"),
    ],
)
def test_an_unreadable_source_is_reported_with_a_hint(
    run: Run, reading: list[dict[str, Any]], source: str, message: str
) -> None:
    outcome = run("--", source)
    assert outcome.code == 1
    assert outcome.out == ""
    first, _second = outcome.err.splitlines()
    assert first.startswith("pactreader: ")
    assert message in first
    assert printable(outcome.err) == outcome.err
    assert reading == []
