"""A disk that fills up, turns read-only, or disappears while PactReader runs."""

import re
import shutil
import subprocess
import sys
from contextlib import suppress

import pytest

from real_terminal.home import Home, numbered_article
from storage.library_driver import plain_tinydb

SIZE = 256 * 1024
"""Size of the small disk in bytes: enough for some dozen highlights beside the texts."""


@pytest.fixture
def disk(tmp_path):
    """Return a home whose data directory is a small disk of its own."""
    home = Home(tmp_path)
    home.data.mkdir(mode=0o700)
    options = f"size={SIZE},mode=0700"
    mounting = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(home.data)]
    if sys.platform != "linux" or subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here: that takes Linux, and the right to mount")
    yield home
    subprocess.run(["umount", "-l", str(home.data)], check=True)


def wait_until_opened(terminal, home):
    """Wait until the article is drawn, and everything written by opening it is on the disk."""
    terminal.wait_for("0 highlights")
    for kept in ("library.json", "texts/*.gz", "state/readings/*.json"):
        terminal.wait_for(lambda kept=kept: any(home.data.glob(kept)))


def fill_disk(home, leaving=0):
    """Fill the disk up to so many bytes, even if something else is written to it meanwhile."""
    with (home.data / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while (free := shutil.disk_usage(home.data).free - leaving) > 0:
            filler.write(b"x" * free)


def highlight_count(terminal):
    """Return the number of highlights in the title bar, which are on disk."""
    found = re.search(r"(\d+) highlight", terminal.lines[0])
    return int(found[1]) if found else 0


def mark_until_disk_full(terminal):
    """Mark sentences until one is not saved, and return the number of those that are."""
    for _ in range(60):
        before = highlight_count(terminal)
        terminal.press(")", "2")
        terminal.wait_for(
            lambda before=before: "not saved" in terminal.screen or highlight_count(terminal) > before
        )
        if "not saved" in terminal.screen:
            terminal.wait_for(lambda: "No space left on device. Make room" in terminal.words)
            return highlight_count(terminal)
    raise AssertionError("The disk must be full by now.")


def test_a_full_disk_loses_nothing_and_saving_resumes(disk):
    with disk.start(disk.write("long.txt", numbered_article(60))) as terminal:
        wait_until_opened(terminal, disk)
        fill_disk(disk, leaving=16 * 1024)
        saved = mark_until_disk_full(terminal)
        assert saved == len(plain_tinydb(disk.library)) > 3
        terminal.press(")", "3")
        terminal.wait_for("2 not saved")
        terminal.press("[", "a")
        terminal.wait_for("Note on “")
        terminal.type("Typed on a full disk.")
        terminal.press("ctrl+s")
        terminal.wait_for(lambda: "No space left on device" in terminal.words)
        assert "Typed on a full disk." in terminal.screen

        (disk.data / "filler").unlink()
        terminal.press("ctrl+s")
        terminal.wait_until_gone("Note on “")
        terminal.wait_for(f" {saved + 2} highlights")
        terminal.wait_until_gone("not saved")
        terminal.press("G", "4")
        terminal.wait_for(f" {saved + 3} highlights")
        terminal.press("q")
        assert terminal.wait() == 0
    found = disk.annotations()
    assert len(found) == saved + 3
    assert [one["note"] for one in found if one["note"]] == ["Typed on a full disk."]
    assert disk.run("doctor").returncode == 0


def test_pending_changes_are_saved_once_there_is_space(disk):
    with disk.start(disk.write("long.txt", numbered_article(60))) as terminal:
        wait_until_opened(terminal, disk)
        fill_disk(disk)
        saved = mark_until_disk_full(terminal)
        (disk.data / "filler").unlink()
        terminal.wait_for("Saved: highlight")
        terminal.wait_for(f" {saved + 1} highlight")
        assert "not saved" not in terminal.screen
    assert len(disk.annotations()) == saved + 1


def test_quitting_on_a_full_disk_asks_for_confirmation(disk):
    with disk.start(disk.write("long.txt", numbered_article(60))) as terminal:
        wait_until_opened(terminal, disk)
        fill_disk(disk)
        saved = mark_until_disk_full(terminal)
        terminal.press("q")
        terminal.wait_for(lambda: "q again quits without it." in terminal.words)
        terminal.press("q")
        assert terminal.wait() == 1
        assert "A change is not saved. The library could not be written: No space left" in terminal.words
    assert len(plain_tinydb(disk.library)) == saved > 0


def test_a_disk_turned_read_only_is_written_once_it_can_be(disk):
    article = disk.write("long.txt", numbered_article(30))
    with disk.start(article) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        subprocess.run(["mount", "-o", "remount,ro", str(disk.data)], check=True)
        terminal.press(")", "2")
        terminal.wait_for(lambda: "Read-only file system" in terminal.words)
        terminal.wait_for(lambda: "See that you may write to" in terminal.words)
        assert "not saved" in terminal.screen
        with disk.start(article) as other:
            other.wait_for("1 highlight ")
            other.press("q")
            assert other.wait() == 0
        subprocess.run(["mount", "-o", "remount,rw", str(disk.data)], check=True)
        terminal.wait_for("2 highlights")
    assert len(disk.annotations()) == 2


def test_a_deleted_data_directory_is_reported_and_restored(home):
    with home.start(home.write("long.txt", numbered_article(30))) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("1", ")", "2")
        terminal.wait_for("2 highlights")
        shutil.rmtree(home.data)
        terminal.wait_for("The library is gone from")
        terminal.press(")", "3")
        terminal.wait_for("3 highlights")
    assert [one["label"] for one in home.annotations()] == ["key-point", "evidence", "question"]
