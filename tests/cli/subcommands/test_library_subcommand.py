"""`pactreader library`: the list of articles."""

import json
import re
from pathlib import Path

from cli.command_line import Run, mark_words, paths_in, write_article
from pactreader.formats.sources import BUNDLED, bundled_article
from pactreader.storage.library import Library


def test_the_library_lists_its_articles(run: Run, home: Path) -> None:
    assert "No articles yet" in run("library").out
    assert json.loads(run("library", "--json").out) == []
    entry_id = mark_words(home, bundled_article(), "Seoul")
    mark_words(home, bundled_article(), "Putin")
    assert re.search(
        rf"^{entry_id}  Russia-North Korea Pact.*\n +2 highlights · 34% read · ", run("library").out
    )
    assert json.loads(run("library", "--json").out) == [
        {
            "id": entry_id,
            "title": bundled_article().title,
            "source": BUNDLED,
            "url": None,
            "author": None,
            "published": None,
            "tags": [],
            "highlights": 2,
            "progress": 0.34,
            "last_read": "2026-11-23T18:04:11.000Z",
        }
    ]


def test_an_article_is_listed_with_its_metadata(run: Run, home: Path) -> None:
    published = write_article("a.txt", "First text.")._replace(
        author="Jane Doe",
        date="2026-11-01",
        url="https://example.org/a",
        tags=("sea",),
    )
    mark_words(home, published, "First")
    (row,) = json.loads(run("library", "--json").out)
    assert (row["author"], row["published"]) == ("Jane Doe", "2026-11-01")
    assert (row["url"], row["tags"]) == ("https://example.org/a", ["sea"])
    assert "  Jane Doe · 2026-11-01 · 1 highlight" in run("library").out


def test_an_article_is_listed_without_the_file_of_another(run: Run, home: Path) -> None:
    mark_words(home, write_article("a.txt", "First text."), "First")
    other = write_article("a.txt", "Something else.")
    with Library(paths_in(home)) as library:
        identity = library.identity
        first, _ = identity.identify(other)
        second = identity.settle(identity.comparison(other, first).run(), other, first)
        library.register(identity.answer(second, first, other, is_same=False), other)
    lines = run("library").out.splitlines()
    assert any(line.endswith(other.source) for line in lines)
    assert not any(line.rstrip().endswith("·") for line in lines)


def test_renamed_articles_are_listed_forgotten_ones_are_not(run: Run, home: Path) -> None:
    one = mark_words(home, write_article("a.txt", "First text."), "First")
    mark_words(home, write_article("b.txt", "Second text."), "Second")
    with Library(paths_in(home)) as library:
        library.rename(one, "The first")
    assert {row["title"] for row in json.loads(run("library", "--json").out)} == {"The first", "b"}
    assert "The first\n" in run("notes").out
    assert "> First" in run("export", "the first").out
    with Library(paths_in(home)) as library:
        library.archive(one)
    assert [row["title"] for row in json.loads(run("library", "--json").out)] == ["b"]
    assert "First" not in run("notes").out
    assert "First" not in run("export", "--all").out


def test_an_article_is_deleted_only_when_that_is_confirmed(run: Run, home: Path) -> None:
    mark_words(home, write_article("a.txt", "First text."), "First")
    other = mark_words(home, write_article("b.txt", "Second text."), "Second")
    asked = run("library", "--delete", "a.txt")
    assert asked.code != 0
    assert asked.err.endswith(
        "There is no terminal to ask on, so nothing is done.\n--yes says yes beforehand.\n"
    )
    assert len(json.loads(run("library", "--json").out)) == 2

    assert run("library", "--delete", "a.txt", "--yes").out == (
        "Deleted: “a”, 1 annotation and everything kept of it.\n"
    )
    assert [row["id"] for row in json.loads(run("library", "--json").out)] == [other]
    unknown = run("library", "--delete", "a.txt", "--yes")
    assert unknown.code != 0
    assert "a.txt" in unknown.err
