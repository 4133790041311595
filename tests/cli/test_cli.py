"""The command line, as it is typed."""

import json
import os
import re
import stat
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from cli.command_line import HOSTILE, Run, mark, paths, written
from pactreader import __version__
from pactreader.core.article import Article
from pactreader.core.printable_text import printable
from pactreader.formats.sources import BUNDLED, bundled
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths

# What can be typed


def test_help_shows_the_commands_and_examples(run: Run) -> None:
    outcome = run("--help")
    assert outcome.code == 0
    assert all(
        word in outcome.out
        for word in ("library", "notes", "export", "doctor", "paths", "--review", "examples:")
    )
    assert "--label" in run("notes", "--help").out


def test_the_version_is_said(run: Run) -> None:
    assert run("--version").out == f"pactreader {__version__}\n"


def test_ctrl_c_ends_it_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Paths, "find", interrupt)
    outcome = run("library")
    assert (outcome.code, outcome.out, outcome.err) == (130, "", "")


@pytest.mark.parametrize(
    "words", [["--bad"], ["library", "extra"], ["export", "--format", "pdf"], ["a", "b"], ["--data-dir"]]
)
def test_what_cannot_be_typed_is_said_with_a_hint(run: Run, words: list[str]) -> None:
    outcome = run(*words)
    assert outcome.code == 2
    first, second = outcome.err.splitlines()
    assert first.startswith("pactreader: ")
    assert "--help` says what can be typed." in second


def test_paths_shows_where_everything_is_and_creates_nothing(run: Run, home: Path, tmp_path: Path) -> None:
    assert f"library   {home / 'library.json'}\n" in run("paths").out
    elsewhere = tmp_path / "elsewhere"
    assert str(elsewhere / "library.json") in run("--data-dir", str(elsewhere), "paths").out
    assert str(elsewhere / "library.json") in run("paths", "--data-dir", str(elsewhere)).out
    assert not home.exists()
    assert not elsewhere.exists()


# Reading


def test_the_first_start_opens_the_bundled_article(run: Run, reading: list[dict[str, Any]]) -> None:
    assert run().code == 0
    assert reading[0]["article"].source == BUNDLED
    assert reading[0]["first_start"] is True


def test_a_later_start_opens_what_was_read_last(run: Run, home: Path, reading: list[dict[str, Any]]) -> None:
    article = written("a.txt", "Some text.")
    mark(home, article, "Some")
    run()
    assert reading[0]["article"].source == article.source
    assert reading[0]["article"].warning == ""
    assert reading[0]["first_start"] is False


def test_an_article_whose_file_is_gone_is_read_as_it_was(
    run: Run, home: Path, reading: list[dict[str, Any]]
) -> None:
    article = written("a.txt", "Some text.")
    entry_id = mark(home, article, "Some")
    Path("a.txt").unlink()
    for words in ([], ["a.txt"], [entry_id], ["A"]):
        run(*words)
    assert [one["article"].text for one in reading] == ["Some text."] * 4
    assert "There is no file" in reading[0]["article"].warning


def test_a_file_is_read_though_it_has_the_name_of_a_command(run: Run, reading: list[dict[str, Any]]) -> None:
    written("library", "Books.")
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
    article = written("a.txt", "Some text.")
    mark(home, article, "Some", note="Mine")
    out = run("--review", "a.txt").out
    assert "> Some\n\nMine\n\n— Doubt · ¶ 1 ^" in out
    assert run("a.txt").out == ""


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("no/such.txt", "There is no file no/such.txt."),
        ("nosuch", "There is no file nosuch. The library knows no article “nosuch”."),
        ("", "There is no file “”."),
        (".", "is a directory."),
        ("https://x.y/z", "does not fetch the web."),
        (HOSTILE, "There is no file ␛]52;c;x␇"),
    ],
)
def test_what_cannot_be_read_is_said_with_a_hint(
    run: Run, reading: list[dict[str, Any]], source: str, said: str
) -> None:
    outcome = run("--", source)
    assert outcome.code == 1
    assert outcome.out == ""
    first, _second = outcome.err.splitlines()
    assert first.startswith("pactreader: ")
    assert said in first
    assert printable(outcome.err) == outcome.err
    assert reading == []


def test_a_title_that_names_several_articles_names_none(run: Run, home: Path) -> None:
    ids = [mark(home, written(f"{n}.txt", f"The pact, part {n}\n\nText {n}."), "Text") for n in (1, 2)]
    outcome = run("export", "the pact")
    assert outcome.code == 1
    assert all(id_ in outcome.err for id_ in ids)


# library


def test_the_library_lists_what_is_known(run: Run, home: Path) -> None:
    assert "No articles yet" in run("library").out
    assert json.loads(run("library", "--json").out) == []
    entry_id = mark(home, bundled(), "Seoul")
    mark(home, bundled(), "Putin")
    assert re.search(
        rf"^{entry_id}  Russia-North Korea Pact.*\n +2 highlights · 34% read · ", run("library").out
    )
    assert json.loads(run("library", "--json").out) == [
        {
            "id": entry_id,
            "title": bundled().title,
            "source": BUNDLED,
            "highlights": 2,
            "progress": 0.34,
            "last_read": "2026-11-23T18:04:11.000Z",
        }
    ]


# notes


def test_notes_are_found_by_words_label_tag_and_article(run: Run, home: Path) -> None:
    mark(home, written("a.txt", "First text."), "First", note="On ambiguity", tags="Law été")
    mark(home, written("b.txt", "Second text."), "Second", note="Another", label="evidence")

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


def test_notes_are_asked_for_as_in_the_panel(run: Run, home: Path) -> None:
    mark(home, written("a.txt", "First text."), "First", note="On ambiguity", tags="law")
    mark(home, written("b.txt", "Second text."), "Second", label="evidence")
    Path("a.txt").write_text("Other words.", "utf-8")

    def quotes(*words: str) -> list[str]:
        return [row["quote"] for row in json.loads(run("notes", "--json", *words).out)]

    assert quotes("is:lost") == quotes("#law") == quotes("has:note") == ["First"]
    assert quotes("is:exact") == quotes("label:evid") == ["Second"]
    wrong = run("notes", "has:colour")
    assert wrong.code != 0
    assert wrong.err.startswith("pactreader: has: knows note, tags, versions.\n")


def test_a_renamed_article_is_listed_by_its_name_and_a_forgotten_one_not_at_all(run: Run, home: Path) -> None:
    one = mark(home, written("a.txt", "First text."), "First")
    mark(home, written("b.txt", "Second text."), "Second")
    with Library(paths(home)) as library:
        library.rename(one, "The first")
    assert {row["title"] for row in json.loads(run("library", "--json").out)} == {"The first", "b"}
    assert "The first\n" in run("notes").out
    assert "> First" in run("export", "the first").out
    with Library(paths(home)) as library:
        library.archive(one)
    assert [row["title"] for row in json.loads(run("library", "--json").out)] == ["b"]
    assert "First" not in run("notes").out
    assert "First" not in run("export", "--all").out


def test_a_note_has_every_field_in_json(run: Run, home: Path) -> None:
    entry_id = mark(home, bundled(), "Seoul", note="Mine", tags="a b")
    (row,) = json.loads(run("notes", "--json").out)
    start = bundled().text.index("Seoul")
    assert re.fullmatch(r"[0-9a-z]{8}", row.pop("id"))
    assert row.pop("created") <= row.pop("modified")
    assert row == {
        "article": entry_id,
        "title": bundled().title,
        "label": "doubt",
        "quote": "Seoul",
        "note": "Mine",
        "tags": ["a", "b"],
        "paragraph": 5,
        "start": start,
        "end": start + 5,
        "place": "exact",
        "score": 1.0,
    }


def test_notes_are_printed_for_people(run: Run, home: Path) -> None:
    assert run("notes").out == "No notes found.\n"
    article = written("a.txt", "Some\n\ntext.")
    mark(home, article, "Some\n\ntext", note="Two\nlines", tags="a b")
    mark(home, article, "text", label="key-point")
    mark(home, written("b.txt", "Another"), "other")
    assert re.sub(r"[0-9a-z]{8}$", "ID", run("notes").out, flags=re.MULTILINE) == (
        """\
Some
  Doubt · ¶ 1 · ID
    “Some text”
    Two
    lines
    #a #b
  Key point · ¶ 2 · ID
    “text”

b
  Doubt · ¶ 1 · ID
    “other”

"""
    )


def test_a_label_is_named_by_its_name_or_its_id(run: Run, home: Path) -> None:
    mark(home, written("a.txt", "Some text."), "Some", label="key-point")
    mark(home, written("b.txt", "Other text."), "Other", label="mine")
    for name in ("key-point", "Key point", "KEY POINT"):
        assert [row["quote"] for row in json.loads(run("notes", "--json", "--label", name).out)] == ["Some"]
    assert [row["quote"] for row in json.loads(run("notes", "--json", "--label", "Mine").out)] == ["Other"]
    outcome = run("notes", "--label", f"foo{HOSTILE}")
    assert (outcome.code, outcome.out, printable(outcome.err)) == (1, "", outcome.err)
    assert outcome.err.startswith("pactreader: There is no label “foo")
    assert "The labels are: key-point, evidence, question, doubt, term, mine." in outcome.err


def test_a_highlight_whose_text_changed_is_told(run: Run, home: Path) -> None:
    mark(home, written("a.txt", "What is gone."), "gone")
    written("a.txt", "What is new.")
    assert "no longer found in the text" in run("notes").out
    assert json.loads(run("notes", "--json").out)[0]["place"] == "lost"


def test_nothing_that_is_printed_is_a_control_character(run: Run, home: Path) -> None:
    article = Article.assemble([], title=f"T{HOSTILE}\nforged", source=f"/tmp/{HOSTILE}\nforged")
    with Library(paths(home)) as library:
        entry = library.entry_for(article)
        library.keep(entry, article)
        library.save(entry, library.notebook(entry, article).note_on_article(f"{HOSTILE}\r\nnote"))
    for words in (["library"], ["notes"], ["export", "--all"], ["library", "--json"], ["notes", "--json"]):
        outcome = run(*words)
        assert "click" in outcome.out
        assert printable(outcome.out) == outcome.out
    assert run("library", "--json").out.isascii()
    assert len(run("library").out.splitlines()) == 2


# export


def test_export_prints_the_markdown_of_the_article_read_last(run: Run, home: Path) -> None:
    assert run("export").code == 1
    entry_id = mark(home, bundled(), "Seoul", note="Mine")
    out = run("export").out
    assert f"\narticle: {entry_id}\n" in out
    assert "> Seoul\n\nMine\n\n— Doubt · ¶ 5 ^" in out
    assert out.endswith("<!-- pactreader:end -->\n")
    assert run("export", "Russia").out.split("exported:")[0] == out.split("exported:")[0]
    assert "<!--" not in run("export", "--plain").out


def test_export_goes_into_a_file_that_is_not_there_yet(run: Run, home: Path) -> None:
    mark(home, bundled(), "Seoul")
    assert run("export", "-o", "new/notes.md").out == "new/notes.md\n"
    assert "> Seoul" in Path("new/notes.md").read_text(encoding="utf-8")
    Path("mine.md").write_text("precious")
    outcome = run("export", "-o", "mine.md")
    assert (outcome.code, outcome.err) == (
        1,
        "pactreader: mine.md exists.\nGive -o another name, or --force to replace it.\n",
    )
    assert Path("mine.md").read_text() == "precious"
    assert run("export", "-o", "mine.md", "--force").code == 0
    assert "> Seoul" in Path("mine.md").read_text(encoding="utf-8")
    assert sorted(path.name for path in Path().iterdir()) == ["mine.md", "new"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes")
def test_an_export_is_as_open_as_other_files_but_not_among_the_library_s(run: Run, home: Path) -> None:
    mark(home, bundled(), "Seoul")
    mine = Path("mine.md")
    mine.touch(mode=0o640)
    old = os.umask(0o022)
    try:
        run("export", "-o", "new.md")
        run("export", "-o", "mine.md", "--force")
        run("export", "-o", str(home / "kept.md"))
    finally:
        os.umask(old)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (Path("new.md"), mine, home / "kept.md")]
    assert modes == [0o644, 0o640, 0o600]


def test_export_into_a_directory_writes_a_file_an_article(run: Run, home: Path) -> None:
    for name in ("a", "b"):
        mark(home, written(f"{name}.txt", f"../The Same: Title?\n\nText {name}."), "Text")
    assert run("export", "--all", "-o", "out").out == (
        f"out{os.sep}the-same-title-notes.md\nout{os.sep}the-same-title-notes-2.md\n"
    )
    assert run("export", "a.txt", "-o", "out").code == 1
    assert run("export", "a.txt", "b.txt", "-o", "other").code == 0
    assert len(list(Path("other").iterdir())) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--all", "x"], "exclude each other"),
        (["-o", os.devnull, "--force"], "is no file that could be replaced"),
        (["-o", "a.txt/b.md"], "cannot be written"),
        (["no/such.md"], "There is no file"),
    ],
)
def test_an_export_that_cannot_be_is_said(run: Run, home: Path, words: list[str], said: str) -> None:
    mark(home, written("a.txt", "Some text."), "Some")
    outcome = run("export", *words)
    assert (outcome.code, outcome.out) == (1, "")
    assert said in outcome.err


# doctor
