"""`pactreader diff`: what has changed since the last reading, and the exit codes of `diff`."""

import json
from pathlib import Path

import pytest

from cli.command_line import HOSTILE, Run, mark_words, paths_in, write_article
from pactreader.core.printable_text import printable
from pactreader.storage.library import Library
from pactreader.storage.state.reading_state import LastReadText, ReadingState

FORMER = "The pact is vague.\n\nWho decides?\n\nSeoul has warned Russia.\n"
PRESENT = "The pact is clear.\n\nWho decides?\n\nNobody knows.\n\nSeoul has warned Russia.\n"


@pytest.fixture
def article_id(home: Path) -> str:
    """Read an article, and change its file."""
    entry_id = mark_words(home, write_article("pact.txt", FORMER), "Seoul")
    Path("pact.txt").write_text(PRESENT)
    return entry_id


def test_changed_paragraphs_are_printed_as_by_diff(run: Run, article_id: str) -> None:
    outcome = run("diff", "pact.txt")
    assert (outcome.code, outcome.err) == (1, "")
    path = Path("pact.txt").absolute()
    assert outcome.out.splitlines() == [
        f"--- {path}\tas you read it last",
        f"+++ {path}\tas it is now",
        "@@ -1,5 +1,7 @@",
        "-The pact is vague.",
        "+The pact is clear.",
        " ",
        " Who decides?",
        " ",
        "+Nobody knows.",
        "+",
        " Seoul has warned Russia.",
    ]
    assert run("diff", article_id).out == outcome.out


def test_json_has_each_change_with_its_words_and_offsets(run: Run, article_id: str) -> None:
    outcome = run("diff", "pact.txt", "--json")
    found = json.loads(outcome.out)
    assert outcome.code == 1
    assert (found["version"], found["article"]) == (1, article_id)
    assert found["changes"][0] == {
        "kind": "changed",
        "location": None,
        "paragraph": 1,
        "former": "vague",
        "former_start": 12,
        "former_end": 17,
        "text": "clear",
        "start": 12,
        "end": 17,
    }
    assert [one["kind"] for one in found["changes"]] == ["changed", "new"]


def test_nothing_is_printed_without_changes(run: Run, article_id: str) -> None:
    Path("pact.txt").write_text(FORMER)
    outcome = run("diff", "pact.txt")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert json.loads(run("diff", "pact.txt", "--json").out)["changes"] == []


def test_changes_are_told_until_they_are_read(run: Run, home: Path, article_id: str) -> None:
    run("diff", "pact.txt")
    assert run("diff", "pact.txt").code == 1, "the subcommand marks nothing as read"
    article = write_article("pact.txt", PRESENT)
    with Library(paths_in(home)) as library:
        library.register(library.entry_for(article), article)
    state = ReadingState(paths_in(home))
    former_hash = write_article("copy.txt", FORMER).text_hash
    state.save_last_read_text(article_id, LastReadText(former_hash, article.text_hash))
    assert run("diff", "pact.txt").code == 1, "opened, and not read yet"
    state.save_last_read_text(article_id, LastReadText(article.text_hash, article.text_hash))
    assert run("diff", "pact.txt").code == 0


def test_an_error_is_told_from_a_change_by_its_exit_code(run: Run, home: Path, article_id: str) -> None:
    write_article("new.txt", "Never read.")
    for words, message in (
        (["new.txt"], "was not read before"),
        (["missing.txt"], "There is no file missing.txt"),
        ([], "required: SOURCE"),
    ):
        outcome = run("diff", *words)
        assert (outcome.code, outcome.out) == (2, "")
        assert message in outcome.err
    for path in paths_in(home).texts.iterdir():
        path.unlink()
    outcome = run("diff", "pact.txt")
    assert outcome.code == 2
    assert "is not kept" in outcome.err


def test_no_control_character_of_an_article_is_printed(run: Run, home: Path) -> None:
    mark_words(home, write_article("pact.txt", f"Before {HOSTILE} after."), "Before")
    Path("pact.txt").write_text("Before after.")
    for words in ([], ["--json"]):
        outcome = run("diff", "pact.txt", *words)
        assert "click" in outcome.out
        assert printable(outcome.out) == outcome.out
