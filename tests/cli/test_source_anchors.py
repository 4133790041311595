"""Anchors behind a SOURCE: the place to show first in the window, and nothing to the other subcommands."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli.command_line import Run, mark_words, write_article
from pdf_files import PdfFile

TEXT = "# First\n\nSome text.\n\n# Second\n\nMore text.\n"


@pytest.mark.parametrize("source", ["a.md#second", "{here}/a.md#sec%6Fnd", "./a.md#second"])
def test_a_file_is_read_and_shown_at_an_anchor(run: Run, reading: list[dict[str, Any]], source: str) -> None:
    write_article("a.md", TEXT)
    assert run(source.format(here=Path.cwd())).code == 0
    assert reading[-1]["article"].source == str(Path("a.md").resolve())
    assert reading[-1]["anchor"] == "second"


def test_a_file_of_that_very_name_wins(run: Run, reading: list[dict[str, Any]]) -> None:
    write_article("a.md", TEXT)
    write_article("a.md#second", "Other text.\n")
    run("a.md#second")
    assert reading[-1]["article"].text == "Other text."
    assert reading[-1]["anchor"] == ""
    run("a.md#second#third")
    assert (reading[-1]["article"].text, reading[-1]["anchor"]) == ("Other text.", "third")


def test_an_article_of_the_library_is_shown_at_an_anchor(
    run: Run, home: Path, reading: list[dict[str, Any]]
) -> None:
    article_id = mark_words(home, write_article("a.md", TEXT), "Some")
    mark_words(home, write_article("c.md", "# C# in depth\n\nText.\n"), "Text")
    for source in (f"{article_id}#second", "first#second", "a.md#second"):
        run(source)
        assert (reading[-1]["article"].title, reading[-1]["anchor"]) == ("First", "second")
    run("C# in depth")
    assert (reading[-1]["article"].title, reading[-1]["anchor"]) == ("C# in depth", "")
    run("C# in depth#second")
    assert (reading[-1]["article"].title, reading[-1]["anchor"]) == ("C# in depth", "second")
    Path("a.md").unlink()
    assert "Some" in run("notes", "--in", "a.md#second").out


def test_other_subcommands_pass_over_an_anchor(run: Run, home: Path) -> None:
    mark_words(home, write_article("a.md", TEXT), "Some")
    assert run("text", "a.md#second").out == run("text", "a.md").out
    assert "> Some" in run("export", "a.md#second").out
    assert [row["quote"] for row in json.loads(run("notes", "--in", "a.md#second", "--json").out)] == ["Some"]
    assert run("diff", "a.md#second").code == 0


@pytest.mark.parametrize(
    ("source", "there"),
    [
        ("none.pdf#page=2", "none.pdf."),
        ("a.md#part", "a.md."),
        ("#page=2", "#page=2."),
        ("none#page=2", "none#page=2."),
    ],
)
def test_what_is_not_there_is_told(run: Run, source: str, there: str) -> None:
    outcome = run("text", source)
    assert outcome.code in {1, 2}
    assert f"There is no file {there}" in outcome.err


def test_the_json_of_a_text_has_the_pages(run: Run) -> None:
    pdf = PdfFile(title="A paper")
    for label, words in (("iv", "Foreword"), ("1", "Beginning")):
        pdf.page(label=label).text(72, 700, words)
    Path("a.pdf").write_bytes(pdf.to_bytes())
    printed = json.loads(run("text", "a.pdf#page=2", "--json").out)
    starts = {printed["text"][place["start"] :].split()[0]: place["label"] for place in printed["places"]}
    assert starts == {"Foreword": "p. iv", "Beginning": "p. 1"}
