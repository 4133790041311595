"""`pactreader doctor` with `--repair`, `--backups` and `--restore`."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.command_line import Run, mark_words, paths_in, write_article
from pactreader.formats.sources import bundled_article
from pactreader.storage.library import Library
from pactreader.storage.recovery.backups import Backups

WORDS = "Seoul has warned Russia"


@pytest.fixture
def file(home: Path) -> Path:
    """Create a library with a backup and a note added since."""
    mark_words(home, bundled_article(), WORDS, note="Since when?")
    with Library(paths_in(home)) as library:
        library.articles()
        library.back_up_daily()
    mark_words(home, bundled_article(), "vague", note="Whose words?")
    return home / "library.json"


def test_a_damaged_library_is_reported_once_when_opened(run: Run, file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-30])
    outcome = run("notes")
    assert outcome.code == 0
    assert "Since when?" in outcome.out
    assert outcome.err.startswith("pactreader: The library was damaged: ")
    assert "The damaged file is kept as library.damaged-" in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert run("notes").err == ""


def test_repair_prints_its_plan_and_its_results(run: Run, file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"Since when?", b"Since wien?"))
    before = file.read_bytes()
    outcome = run("doctor", "--repair")
    assert (outcome.code, outcome.err) == (0, "")
    found, plan, done = outcome.out.split("\n\n")
    assert "its checksum does not fit" in found
    assert plan.startswith("To repair it:\n- ")
    assert "3 records whose checksum does not fit" in plan
    assert "from backups and from what was done: 3 records." in done
    assert done.endswith("All is well.\n")
    (kept,) = [
        backup.path for backup in Backups(file.parent / "backups").all() if backup.reason == "before-repair"
    ]
    assert kept.read_bytes() == before
    assert f"The file as it was is kept as {kept}." in done
    assert "There is nothing to repair." in run("doctor", "--repair").out


def test_a_file_beyond_repair_stays_as_it_is(run: Run, file: Path) -> None:
    file.write_bytes(b"hello")
    outcome = run("doctor", "--repair")
    assert outcome.code == 1
    assert "`pactreader doctor --restore` puts a backup in its place." in outcome.err
    assert file.read_bytes() == b"hello"


def test_backups_are_listed_and_restored(run: Run, file: Path) -> None:
    listed = run("doctor", "--backups").out
    (line,) = listed.splitlines()
    assert "daily" in line
    assert "5 records" in line
    assert f"{datetime.now(UTC).astimezone():%Y-%m-%d}" in line
    outcome = run("doctor", "--restore")
    assert (outcome.code, outcome.err) == (0, "")
    assert "What was there before is kept as" in outcome.out
    assert "Whose words?" not in run("notes").out
    kept = outcome.out.split()[-1].rstrip(".")
    assert run("doctor", "--restore", Path(f"{kept}").name.removesuffix(".json")).code == 0
    assert "Whose words?" in run("notes").out


def test_without_backups_there_is_nothing_to_restore(run: Run, home: Path) -> None:
    assert "There are no backups yet" in run("doctor", "--backups").out
    outcome = run("doctor", "--restore")
    assert outcome.code == 1
    assert outcome.err.startswith("pactreader: There is no backup.")
    assert not home.exists()


def test_repair_and_restore_exclude_each_other(run: Run) -> None:
    assert run("doctor", "--repair", "--restore").code == 2


def test_a_repair_deletes_texts_that_nothing_refers_to(run: Run, home: Path) -> None:
    for text in ("Who decides?", "Somebody decides."):
        article = write_article("pact.txt", text)
        with Library(paths_in(home)) as library:
            library.register(library.entry_for(article), article)
    for path in (home / "texts").iterdir():
        os.utime(path, (1.0, 1.0))
    assert "Deleted, as nothing refers to them: 1 text." in run("doctor", "--repair").out
    assert len(list((home / "texts").iterdir())) == 1
    assert "Deleted" not in run("doctor", "--repair").out
