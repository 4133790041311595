"""`pactreader notes`: annotations found and printed."""

import json
import re
from pathlib import Path

import pytest

from changed_articles import place_at
from cli.command_line import HOSTILE, Run, mark_words, paths_in, read_again, write_article
from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.printable_text import printable
from pactreader.formats.sources import bundled_article


def test_notes_are_found_by_words_label_tag_and_article(run: Run, home: Path) -> None:
    mark_words(home, write_article("a.txt", "First text."), "First", note="On ambiguity", tags="Law été")
    mark_words(home, write_article("b.txt", "Second text."), "Second", note="Another", label="evidence")

    def quotes(*words: str) -> list[str]:
        return [row["quote"] for row in json.loads(run("notes", "--json", *words).out)]

    assert quotes() == ["First", "Second"]
    assert quotes("AMBIGUITY") == ["First"]
    assert quotes("second") == ["Second"]
    assert quotes("ete", "ambiguity") == ["First"]
    assert quotes("ambiguity", "nothing") == []
    assert quotes("--label", "evidence") == quotes("--label", "Evidence") == ["Second"]
    assert quotes("--tag", "#law") == quotes("--tag", "LAW") == ["First"]
    assert quotes("--in", "b.txt") == quotes("--in", "b") == ["Second"]
    Path("b.txt").unlink()
    assert quotes("--in", "b.txt") == ["Second"]


def test_queries_are_those_of_the_panel(run: Run, home: Path) -> None:
    mark_words(home, write_article("a.txt", "First text."), "First", note="On ambiguity", tags="law")
    mark_words(home, write_article("b.txt", "Second text."), "Second", label="evidence")
    read_again(home, write_article("a.txt", "Other words."))

    def quotes(*words: str) -> list[str]:
        return [row["quote"] for row in json.loads(run("notes", "--json", *words).out)]

    assert quotes("is:lost") == quotes("#law") == quotes("has:note") == ["First"]
    assert quotes("is:exact") == quotes("label:evid") == ["Second"]
    wrong = run("notes", "has:colour")
    assert wrong.code != 0
    assert wrong.err.startswith("pactreader: has: knows note, tags, versions.\n")


def test_a_note_says_on_which_line_of_the_file_its_passage_begins(run: Run, home: Path) -> None:
    article = Article.assemble(
        [
            Piece(BlockKind.PARAGRAPH, "one two", lines=((0, 14), (4, 15))),
            Piece(BlockKind.PARAGRAPH, "three"),
        ],
        title="T",
        source=str(Path("a.txt").resolve()),
    )
    for words in ("one", "two", "three"):
        mark_words(home, article, words)
    rows = json.loads(run("notes", "--json").out)
    assert [(row["quote"], row["line"]) for row in rows] == [("one", 14), ("two", 15), ("three", None)]
    printed = run("notes").out
    assert "  Doubt · ¶ 1, line 15 · " in printed
    assert "  Doubt · ¶ 2 · " in printed
    read_again(home, write_article("a.txt", "Something else."))
    assert {row["line"] for row in json.loads(run("notes", "--json").out)} == {None}


def test_a_note_says_on_which_pages_its_passage_is(run: Run, home: Path) -> None:
    article = Article.assemble(
        [Piece(BlockKind.PARAGRAPH, "one two", places=((0, "p. iv"), (4, "p. v")))],
        title="T",
        source=str(Path("a.txt").resolve()),
    )
    for words in ("one", "one two"):
        mark_words(home, article, words)
    assert [row["location"] for row in json.loads(run("notes", "--json").out)] == ["p. iv", "pp. iv–v"]
    printed = run("notes").out
    assert "  Doubt · p. iv · " in printed
    assert "  Doubt · pp. iv–v · " in printed


def test_a_note_says_in_which_chapter_its_passage_is(run: Run, home: Path) -> None:
    article = Article.assemble(
        [Piece(BlockKind.PARAGRAPH, "one"), Piece(BlockKind.PARAGRAPH, "two", places=((0, "Chapter 1"),))],
        title="T",
        source=str(Path("a.txt").resolve()),
    )
    for words in ("one", "two"):
        mark_words(home, article, words)
    rows = json.loads(run("notes", "--json").out)
    assert [(row["quote"], row["location"]) for row in rows] == [("one", None), ("two", "Chapter 1")]
    assert "  Doubt · Chapter 1, ¶ 2 · " in run("notes").out


def test_a_note_has_every_field_in_json(run: Run, home: Path) -> None:
    entry_id = mark_words(home, bundled_article(), "Seoul", note="Mine", tags="a b")
    (row,) = json.loads(run("notes", "--json").out)
    start = bundled_article().text.index("Seoul")
    assert re.fullmatch(r"[0-9a-z]{8}", row.pop("id"))
    assert row.pop("created") <= row.pop("modified")
    assert row == {
        "article": entry_id,
        "title": bundled_article().title,
        "label": "doubt",
        "quote": "Seoul",
        "note": "Mine",
        "author": None,
        "tags": ["a", "b"],
        "location": None,
        "paragraph": 5,
        "line": 9,
        "start": start,
        "end": start + 5,
        "place": "exact",
        "score": 1.0,
        "now": None,
    }


def test_notes_are_printed_for_people(run: Run, home: Path) -> None:
    assert run("notes").out == "No notes found.\n"
    article = write_article("a.txt", "Some\n\ntext.")
    assert "Words are looked for. `--in a.txt` lists the notes on the file." in run("notes", "a.txt").err
    mark_words(home, article, "Some\n\ntext", note="Two\nlines", tags="a b")
    mark_words(home, article, "text", label="key-point")
    mark_words(home, write_article("b.txt", "Another"), "other")
    assert re.sub(r"[0-9a-z]{8}$", "ID", run("notes").out, flags=re.MULTILINE) == (
        """\
Some
  Doubt · ¶ 1, line 1 · ID
    “Some text”
    Two
    lines
    #a #b
  Key point · ¶ 2, line 3 · ID
    “text”

b
  Doubt · ¶ 1, line 1 · ID
    “other”

"""
    )


def test_a_label_is_found_by_its_name_or_its_id(run: Run, home: Path) -> None:
    mark_words(home, write_article("a.txt", "Some text."), "Some", label="key-point")
    mark_words(home, write_article("b.txt", "Other text."), "Other", label="mine")
    for name in ("key-point", "Key point", "KEY POINT"):
        assert [row["quote"] for row in json.loads(run("notes", "--json", "--label", name).out)] == ["Some"]
    assert [row["quote"] for row in json.loads(run("notes", "--json", "--label", "Mine").out)] == ["Other"]
    outcome = run("notes", "--label", f"foo{HOSTILE}")
    assert (outcome.code, outcome.out, printable(outcome.err)) == (1, "", outcome.err)
    assert outcome.err.startswith("pactreader: There is no label “foo")
    assert "The labels are: key-point, evidence, question, doubt, term, mine." in outcome.err


def test_a_lost_highlight_is_printed_as_lost(run: Run, home: Path) -> None:
    mark_words(home, write_article("a.txt", "What is gone."), "gone")
    read_again(home, write_article("a.txt", "What is new."))
    assert "no longer found in the text" in run("notes").out
    assert json.loads(run("notes", "--json").out)[0]["place"] == "lost"


@pytest.mark.parametrize("kind", [PlacementKind.CHANGED, PlacementKind.DOUBTFUL])
def test_a_changed_highlight_has_its_quote_and_the_present_text(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, kind: PlacementKind
) -> None:
    mark_words(home, write_article("a.txt", "The pact is vague."), "The pact is vague.")
    article = write_article("a.txt", "In sum: the pact is clear.")
    read_again(home, article)
    place_at(monkeypatch, article, {"The pact is vague.": (kind, "the pact is clear.")})
    (row,) = json.loads(run("notes", "--json", f"is:{kind}").out)
    assert (row["place"], row["score"], row["start"], row["end"]) == (kind.value, 0.6, 8, 26)
    assert (row["quote"], row["now"]) == ("The pact is vague.", "the pact is clear.")
    printed = run("notes").out
    assert f"  Doubt · ¶ 1, line 1 · {kind} · " in printed
    assert "    “The pact is vague.”\n    now: “the pact is clear.”\n" in printed


def test_notes_are_placed_as_of_the_last_reading(run: Run, home: Path) -> None:
    mark_words(home, write_article("a.txt", "First text."), "First")
    Path("a.txt").write_text("Other words.", "utf-8")
    assert json.loads(run("notes", "--json").out)[0]["place"] == "exact"
    Path("a.txt").unlink()
    assert json.loads(run("notes", "--json").out)[0]["place"] == "exact"


def test_notes_whose_text_is_not_stored_have_their_quotes(run: Run, home: Path) -> None:
    mark_words(home, write_article("a.txt", "First text."), "First", note="Mine")
    for path in paths_in(home).texts.iterdir():
        path.unlink()
    (row,) = json.loads(run("notes", "--json").out)
    assert (row["quote"], row["note"], row["place"], row["start"]) == ("First", "Mine", None, None)
    assert json.loads(run("notes", "--json", "is:lost").out) == []
    assert "  Doubt · the text was not kept · " in run("notes").out
