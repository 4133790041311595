"""Two windows on one library, with exports and a stock TinyDB beside them."""

import subprocess
import time

from tinydb import TinyDB, where

from real_terminal.home import PACTREADER, numbered_article
from storage.library_driver import another_window_that_writes, plain_tinydb
from terminal import TIMEOUT

A_SECOND = 1.0


def wait_for_both(one, two, text):
    """Wait until a text is on two screens. Both are read: a window whose output is not read blocks in the end."""
    until = time.monotonic() + TIMEOUT
    while text not in one.screen or text not in two.screen:
        assert time.monotonic() < until, f"{one.screen}\n{two.screen}"
        for window in (one, two):
            window.read(0.02)


def test_each_window_shows_the_other_s_changes_within_a_second(home):
    article = home.write("long.txt", numbered_article(30))
    with home.start(article) as one, home.start(article) as two:
        for window in (one, two):
            window.wait_for("0 highlights")
        slowest = 0.0
        for number in range(1, 5):
            here, there = (one, two) if number % 2 else (two, one)
            here.press("g", *[")"] * number, str(number))
            here.wait_for(f" {number} highlight")
            seen = time.monotonic()
            there.wait_for(f" {number} highlight")
            slowest = max(slowest, time.monotonic() - seen)
        # Windows check every half second; the rest is for a busy machine.
        assert slowest < A_SECOND + 1
        one.press("a")
        one.wait_for("Note on “")
        one.type("Seen by both.")
        one.press("ctrl+s")
        two.wait_for("Seen by both.")
    assert len(plain_tinydb(home.library)) == 4


def test_two_windows_and_exports_at_once_lose_nothing(home):
    article = home.write("long.txt", numbered_article(60))
    each = 12
    with home.start(article) as one, home.start(article) as two:
        for window in (one, two):
            window.wait_for("0 highlights")
        two.press(*["}"] * 20)
        exports = []
        for number in range(each):
            one.press("1", ")")
            two.press("2", ")")
            if not number % 4:
                exports.append(
                    subprocess.Popen(
                        [*PACTREADER, "export", str(article)],
                        env=home.environment,
                        cwd=home.directory,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.PIPE,
                    )
                )
            for window in (one, two):
                window.read(0.01)
        wait_for_both(one, two, f" {2 * each} highlights")
        for window in (one, two):
            window.press("q")
            assert window.wait() == 0
        for export in exports:
            out, err = export.communicate()
            assert (export.returncode, err) == (0, b"")
            assert out.startswith(b"---\ntitle")
    assert not list(home.data.glob("library.damaged-*"))
    labels = [one["label"] for one in home.annotations()]
    assert labels.count("key-point") == labels.count("evidence") == each


def test_changes_and_omissions_of_a_stock_tinydb_are_merged(home):
    article = home.write("long.txt", numbered_article(30))
    with home.start(article) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("1", ")", "2")
        terminal.wait_for("2 highlights")
        with TinyDB(home.library) as database:
            stale = database.storage.read()
        terminal.press(")", "3")
        terminal.wait_for("3 highlights")
        with TinyDB(home.library) as database:
            database.storage.write(stale)
            records = database.table("records")
            records.update({"note": "from a script"}, where("label") == "key-point")
        terminal.wait_for("from a script")
        terminal.wait_for("what it left out is back, what it changed has both versions.")
        assert "3 highlights" in terminal.screen
        terminal.press(")", "4")
        terminal.wait_for("4 highlights")
    found = home.annotations()
    assert [one["label"] for one in found] == ["key-point", "evidence", "question", "doubt"]
    assert {found[0]["note"], *(other["note"] for other in found[0]["others"])} == {"", "from a script"}


def test_a_long_write_of_another_window_is_waited_for(home):
    article = home.write("long.txt", numbered_article(30))
    with home.start(article) as terminal:
        terminal.wait_for("0 highlights")
        with another_window_that_writes(home.library) as pid:
            terminal.press("1")
            terminal.wait_for(f"Another PactReader (process {pid})")
            assert "not saved" in terminal.screen
            assert "0 highlights" in terminal.screen
            terminal.press(")", "2")
            terminal.wait_for("2 not saved")
        terminal.wait_for("2 highlights")
        terminal.wait_until_gone("not saved")
    assert [one["label"] for one in home.annotations()] == ["key-point", "evidence"]
