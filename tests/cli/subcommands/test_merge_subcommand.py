"""`pactreader merge`: the merged library, the output and the files that are kept."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.command_line import Run, mark_words
from pactreader.formats.sources import bundled_article
from storage.library_driver import another_window_that_writes

WORDS = "Seoul has warned Russia"


def copy_library(home: Path, name: str) -> Path:
    """Copy the data directory, to be changed as on another computer."""
    return Path(shutil.copytree(home, home.parent / name))


def test_a_copy_is_merged_and_reported(run: Run, home: Path) -> None:
    mark_words(home, bundled_article(), WORDS)
    other = copy_library(home, "laptop")
    mark_words(other, bundled_article(), "vague", note="Whose words?")
    outcome = run("merge", str(other / "library.json"))
    assert (outcome.code, outcome.err) == (0, "")
    assert "1 new annotation." in outcome.out
    assert "`u` undoes it" in outcome.out
    assert "Whose words?" in run("notes").out
    assert "It had nothing that was not here already." in run("merge", str(other)).out


def test_conflict_files_are_found_and_merged(run: Run, home: Path) -> None:
    mark_words(home, bundled_article(), WORDS)
    other = copy_library(home, "laptop")
    mark_words(other, bundled_article(), "vague")
    left = home / "library.sync-conflict-20261124-101112-ABCDEFG.json"
    shutil.copy(other / "library.json", left)
    assert f"{left} is another copy" in run("doctor").out
    assert "1 new annotation" in run("merge").out
    assert not left.exists()
    outcome = run("merge")
    assert outcome.code == 1
    assert outcome.err.startswith("pactreader: There is no other copy beside")


def test_a_damaged_copy_is_merged_with_a_warning(run: Run, home: Path) -> None:
    mark_words(home, bundled_article(), WORDS)
    other = copy_library(home, "laptop")
    mark_words(other, bundled_article(), "vague")
    file = other / "library.json"
    file.write_bytes(file.read_bytes()[:-20])
    outcome = run("merge", str(other))
    assert outcome.code == 0
    assert "is damaged" in outcome.err


def test_a_copy_that_is_no_library_is_an_error(run: Run, home: Path) -> None:
    mark_words(home, bundled_article(), WORDS)
    Path("other.json").write_text("hello")
    for file in ("other.json", "missing.json", str(home)):
        outcome = run("merge", file)
        assert (outcome.code, outcome.out) == (1, "")
        assert len(outcome.err.splitlines()) == 2


MERGING = "import sys; sys.stdin.readline(); from pactreader.__main__ import main; main()"


@pytest.mark.slow
def test_another_process_that_writes_is_waited_for(home: Path) -> None:
    mark_words(home, bundled_article(), WORDS)
    other = copy_library(home, "laptop")
    mark_words(other, bundled_article(), "vague")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", MERGING, "merge", str(other)], **pipes) as merging:
        with another_window_that_writes(home / "library.json") as pid:
            merging.stdin.write("\n")
            merging.stdin.flush()
            message = merging.stderr.readline()
        out, _ = merging.communicate()
    assert message.startswith(f"pactreader: Waiting. Another PactReader (process {pid}) has been writing")
    assert merging.returncode == 0
    assert "1 new annotation" in out
