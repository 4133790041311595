"""`pactreader [SOURCE]`: the article that is opened."""

import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from articles_in_parts import Rest
from cli.command_line import HOSTILE, Run, mark_words, paths_in, write_article
from pactreader.cli.library_access import last_read_entry
from pactreader.cli.subcommands import read_subcommand
from pactreader.core.errors import PasswordNeededError
from pactreader.core.printable_text import printable
from pactreader.formats.sources import BUNDLED
from pactreader.storage.library import Library
from pactreader.storage.schema.records import ArticleEntry


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


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Return the list of the ids for which the library is asked at a start without an argument."""
    ids: list[str | None] = []

    def ask(library: Library, last_id: str | None) -> ArticleEntry | None:
        ids.append(last_id)
        return last_read_entry(library, last_id)

    monkeypatch.setattr(read_subcommand, "last_read_entry", ask)
    return ids


def test_the_article_read_last_is_opened_without_the_library_if_nothing_was_written_since(
    run: Run, home: Path, reading: list[dict[str, Any]], asked: list[str | None]
) -> None:
    article = write_article("a.txt", "Some text.")
    entry_id = mark_words(home, article, "Some")
    for _ in range(3):
        run()
    assert [one["article"].text for one in reading] == ["Some text."] * 3
    assert asked == [entry_id], "the first time it is not known that nothing was written"


def test_an_article_that_was_archived_meanwhile_is_not_opened(
    run: Run, home: Path, reading: list[dict[str, Any]]
) -> None:
    entry_id = mark_words(home, write_article("a.txt", "Some text."), "Some")
    run()
    with Library(paths_in(home)) as library:
        library.archive(entry_id)
    run()
    assert [one["article"].source for one in reading][1] == BUNDLED


def test_another_article_in_the_file_of_the_one_read_last_is_not_taken_for_it(
    run: Run, home: Path, reading: list[dict[str, Any]]
) -> None:
    other = write_article("b.txt", "Quite another text.")
    mark_words(home, other, "another")
    mark_words(home, write_article("a.txt", "Some text."), "Some")
    run("a.txt")
    Path("a.txt").write_text(other.text)
    run()
    assert reading[1]["article"].text == "Some text."
    assert "is another article now" in reading[1]["article"].warning


def test_a_protected_file_without_its_password_is_not_read_as_it_was(
    run: Run, home: Path, reading: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    mark_words(home, write_article("a.txt", "Some text."), "Some")
    run()

    def refuse(*_arguments: object) -> None:
        raise PasswordNeededError("a.txt is protected by a password, and none was given.")

    monkeypatch.setattr("pactreader.formats.sources.read_source", refuse)
    assert run().code == 1
    assert len(reading) == 1


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
    beginning = article._replace(text="Some text.", blocks=article.blocks[:1], rest=Rest(article))
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
