"""kill -9 at random moments: every change that the killed process acknowledged is there when the library is opened."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from effort import rounds
from storage.library_driver import LibraryDriver, documents, notes, plain_tinydb

pytestmark = pytest.mark.slow

KILLS = rounds(12, 200)
TESTS = str(Path(__file__).parent.parent)

WRITER = """
import random, sys
from pathlib import Path
from storage.library_driver import LibraryDriver

home, log, seed = Path(sys.argv[1]), open(sys.argv[2], "a"), int(sys.argv[3])
chance = random.Random(seed)
is_careless = sys.argv[4:] == ["careless"]
driver = LibraryDriver(home)


def say(word, change):
    for edit in change.edits:
        left = edit.before if change.undone else edit.after
        print(word, edit.id, repr(left and left.note), file=log, flush=True)


def do(change):
    say("is" if is_careless else "wants", change)
    driver.do(change)
    say("is", change)


print("begun", file=log, flush=True)
while True:
    notebook, what = driver.notebook, chance.random()
    marked = [annotation.id for annotation in notebook]
    if what < 0.4 or not marked:
        do(notebook.highlight((chance.randrange(30), 32), "doubt"))
    elif what < 0.7:
        do(notebook.write_note(chance.choice(marked), f"note {chance.random()} " * chance.randrange(1, 40)))
    elif what < 0.8:
        do(notebook.remove(chance.choice(marked)))
    elif what < 0.92 and notebook.can_undo:
        do(notebook.undo())
    elif what < 0.96:
        driver.reopen()
    else:
        merged = driver.library.merger.merge(home.parent / "copy.json")
        if change := merged.changes.get(driver.entry.id):
            driver.notebook.apply(change)
            say("is", change)
"""


def killed(home, log, seed, *how):
    """Run a writing process and kill it after a time that depends on the seed."""
    environment = os.environ | {"PYTHONPATH": TESTS}
    argv = [sys.executable, "-c", WRITER, str(home), str(log), str(seed), *how]
    with subprocess.Popen(argv, env=environment) as writer:
        until = time.monotonic() + 20
        while not (log.exists() and "begun" in log.read_text()) and time.monotonic() < until:
            time.sleep(0.001)
        time.sleep(random.Random(seed).random() * 0.15)
        writer.kill()


class Round(NamedTuple):
    """The results of one kill."""

    acknowledged: int
    lost: list[str]
    found: dict[str, str]


def after_the_kill(home, log, before):
    """Open the library and compare it with the log; an unacknowledged change may be saved or not."""
    last, wanted, count = dict(before), {}, 0
    for line in log.read_text().split("\n")[1:-1]:
        word, annotation_id, note = line.split(" ", 2)
        if word == "is":
            last[annotation_id] = note
            wanted.pop(annotation_id, None)
            count += 1
        else:
            wanted[annotation_id] = note
    found = {annotation_id: repr(note) for annotation_id, note in notes(LibraryDriver(home).notebook).items()}
    lost = [one for one, note in last.items() if found.get(one, "None") not in {note, wanted.get(one)}]
    return Round(count, lost, found)


@pytest.fixture
def library_home(tmp_path):
    """A directory for a library, with another copy of it beside it that has a new annotation."""
    other = LibraryDriver(tmp_path / "other")
    other.mark(0, 3)
    other.library.close()
    shutil.copy(other.file, tmp_path / "copy.json")
    return tmp_path / "home"


def test_acknowledged_changes_survive_every_kill(library_home, tmp_path, tally):
    found, total = {}, 0
    for seed in range(KILLS):
        log = tmp_path / f"log {seed}"
        killed(library_home, log, seed)
        round_ = after_the_kill(library_home, log, found)
        assert round_.lost == [], f"seed {seed}"
        found, total = round_.found, total + round_.acknowledged
        if found:
            file = library_home / "library.json"
            assert {one: repr(note) for one, note in plain_tinydb(file).items()} == found
            ids = [(one["kind"], one["id"]) for one in documents(file)]
            assert len(ids) == len(set(ids))
    tally(kills=KILLS, acknowledged=total, lost=0)
    assert total > KILLS * 3


def test_a_program_that_acknowledges_too_early_is_detected(library_home, tmp_path):
    for seed in range(40):
        log = tmp_path / f"log {seed}"
        killed(library_home / str(seed), log, seed, "careless")
        if after_the_kill(library_home / str(seed), log, {}).lost:
            return
    pytest.fail("none of them was caught")
