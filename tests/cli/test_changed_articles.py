"""Highlights of an article that has changed, as the commands report them: where they are, how surely, in which text."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.command_line import Run, mark_words, read_again, write_article

HONEY = "Honey from the heath is dark and tastes of smoke."
BRIGHT = "Honey from the heath is bright and tastes of smoke."
REST = "In winter the bees hang together and shiver to keep warm. They lose a third of their weight."
BEES = (
    f"On bees\n\nThe hives hum all night when the lime trees bloom.\n\n{HONEY} It keeps for years.\n\n{REST}"
)


@pytest.mark.parametrize(
    ("edited", "place", "passage"),
    [
        (BEES, "exact", HONEY),
        (f"{BEES}\n\nA word behind.", "exact", HONEY),
        (BEES.replace("the heath", "the\u00a0heath"), "exact", HONEY.replace("the heath", "the\u00a0heath")),
        (BEES.replace("hum", "hum and hum"), "moved", HONEY),
        (BEES.replace(f"{HONEY} ", "") + f"\n\n{HONEY}", "moved", HONEY),
        (BEES.replace(HONEY, BRIGHT), "changed", BRIGHT),
        (BEES.replace(f"{HONEY} ", ""), "lost", ""),
        ("On wasps\n\nThey sting.", "lost", ""),
    ],
)
def test_each_place_has_its_passage_and_a_score(
    run: Run, home: Path, edited: str, place: str, passage: str
) -> None:
    mark_words(home, write_article("bees.txt", BEES), HONEY)
    article = write_article("bees.txt", edited)
    read_again(home, article)
    (row,) = json.loads(run("notes", "--json").out)
    assert (row["place"], row["quote"]) == (place, HONEY)
    assert article.text[row["start"] : row["end"]] == passage
    assert row["now"] == (passage if place == "changed" else None)
    assert (row["paragraph"] is None) == (place == "lost")
    assert row["score"] == 0 if place == "lost" else 0.35 <= row["score"] <= 1
    assert [row] == json.loads(run("notes", "--json", f"is:{place}").out)
    remarks = {
        "changed": f" · changed, the text now: “{BRIGHT}”",
        "lost": " · no longer found in the text",
    }
    for exported in (run("export", "bees.txt", "--plain").out, run("export", "--all", "--plain").out):
        _, _, remark = exported.partition(f"> {HONEY}\n\n— Doubt · ¶ ")
        assert re.sub(r"^\d+(?:, line \d+)?|\n$", "", remark) == remarks.get(place, "")


@pytest.mark.parametrize(
    "replace",
    [
        lambda path: None,
        lambda path: path.mkdir(),
        os.mkfifo,
        lambda path: path.write_text("On wasps\n\nThey sting."),
        lambda path: path.symlink_to(path),
    ],
    ids=["nothing", "a directory", "a pipe", "another text", "a link to itself"],
)
def test_reports_of_the_last_reading_open_no_source(
    run: Run, home: Path, replace: Callable[[Path], None]
) -> None:
    mark_words(home, write_article("bees.txt", BEES), HONEY)
    read_again(home, write_article("bees.txt", BEES.replace(HONEY, BRIGHT)))
    commands = (["notes"], ["notes", "--json"], ["export", "--all", "--plain"])

    def reports() -> list[str]:
        """Return what the commands print, without the time of the export."""
        return [re.sub(r"exported: \S+", "", run(*words).out) for words in commands]

    before = reports()
    assert BRIGHT in before[0]
    path = Path("bees.txt")
    path.unlink()
    replace(path)
    assert reports() == before


def test_only_an_export_of_the_source_places_afresh(run: Run, home: Path) -> None:
    mark_words(home, write_article("bees.txt", BEES), HONEY)
    write_article("bees.txt", BEES.replace(HONEY, BRIGHT))
    assert (
        f"— Doubt · ¶ 3, line 5 · changed, the text now: “{BRIGHT}”\n"
        in run("export", "bees.txt", "--plain").out
    )
    assert "— Doubt · ¶ 3, line 5\n" in run("export", "--all", "--plain").out
    assert json.loads(run("notes", "--json").out)[0]["place"] == "exact"
