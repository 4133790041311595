"""However PactReader ends, what was typed comes back, and the terminal is left as it was found."""

import os
import signal
import stat
import sys

import pytest

from real_terminal.home import PACTREADER, numbered_article
from terminal import Terminal

TYPED = "A thought half thou"
WITHOUT_SIGHUP = """
import signal, subprocess, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
sys.exit(subprocess.run(sys.argv[1:], start_new_session=True).returncode)
"""
"""Runs a program that nobody tells of the terminal's end: it is not in its session."""
FAULTY = """
from pactreader.__main__ import main
from pactreader.tui.dialogs.note_editor import NoteEditor

def fail(editor):
    raise RuntimeError("a fault of our own")

async def fail_later():
    fail(None)

NoteEditor.action_external_editor = {}
main()
"""

INTERRUPTED = """
import pathlib, signal, sys

signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
print("Editing.", flush=True)
signal.sigwait([signal.SIGINT])
with pathlib.Path(sys.argv[1]).open("a") as note:
    note.write(" Yes.")
"""
"""An editor in which ctrl+c means something."""

TOLD_TO_END = """
import pathlib, signal, sys

signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM, signal.SIGHUP])
print("Editing.", flush=True)
number = signal.sigwait([signal.SIGTERM, signal.SIGHUP])
with pathlib.Path(sys.argv[1]).open("a") as note:
    note.write(f"ght, {number.name}.")
"""
"""An editor that saves when a signal ends it."""

STUBBORN = """
import pathlib, signal, sys

signal.signal(signal.SIGTERM, signal.SIG_IGN)
with pathlib.Path(sys.argv[1]).open("a") as note:
    note.write("ght, saved.")
print("Editing.", flush=True)
signal.pause()
"""
"""An editor that saves at once, and does not end for SIGTERM."""


def edit_a_note(home, editor, **variables):
    """A terminal for an editor, which is a program in Python and says when it has the note."""
    path = home.write("editor.py", editor)
    article = home.write("long.txt", numbered_article(30))
    return home.read(article, EDITOR=f"{sys.executable} {path}", **variables)


def open_the_editor(terminal):
    terminal.press("ctrl+e")
    terminal.wait_for("Editing.")


def begin_a_note(terminal):
    """Type something on a later page; on return it is seen, and hardly ever a draft yet."""
    terminal.wait_for("0 highlights")
    terminal.press("pagedown", "a")
    terminal.wait_for("Note on “")
    terminal.paste(TYPED)
    terminal.wait_for(TYPED)


def save_and_quit(terminal):
    terminal.press("ctrl+s")
    terminal.wait_until_gone("Note on “")
    terminal.press("q")
    assert terminal.wait() == 0


def assert_left_as_found(terminal, attributes):
    assert not terminal.modes["1049"], "the other screen is left"
    assert {mode for mode, is_on in terminal.modes.items() if is_on} == {"25", "7"}
    assert b"\x1b[<u" in terminal.raw
    assert terminal.attributes == attributes


def assert_all_is_back(home, typed=TYPED):
    with home.read() as terminal:
        terminal.wait_for(typed)
        terminal.wait_for("What was not saved is back.")
        assert "Paragraph 1 begins" not in terminal.screen
        terminal.type("ght")
        terminal.press("ctrl+s")
        terminal.wait_until_gone("Note on “")
    assert [one["note"] for one in home.annotations()] == [f"{typed}ght"]
    assert list((home.data / "state" / "drafts").iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_while_a_note_is_typed_loses_nothing(home, number):
    with home.read(home.write("long.txt", numbered_article(30))) as terminal:
        attributes = terminal.attributes
        begin_a_note(terminal)
        os.kill(terminal.pid, number)
        assert terminal.wait() == 128 + number
        assert_left_as_found(terminal, attributes)
    assert_all_is_back(home)


def test_closing_the_window_while_a_note_is_typed_loses_nothing(home):
    with home.read(home.write("long.txt", numbered_article(30))) as terminal:
        begin_a_note(terminal)
        assert terminal.close() == 128 + signal.SIGHUP
    assert_all_is_back(home)


def test_a_closed_window_that_no_signal_tells_of_ends_it_too(home):
    article = home.write("long.txt", numbered_article(30))
    argv = [sys.executable, "-c", WITHOUT_SIGHUP, *PACTREADER, str(article)]
    with Terminal(argv, env=home.environment, cwd=home.directory) as terminal:
        begin_a_note(terminal)
        assert terminal.close() == 128 + signal.SIGHUP
    assert_all_is_back(home)


def test_a_terminal_that_hangs_does_not_keep_it(home):
    with home.read(home.write("long.txt", numbered_article(30))) as terminal:
        begin_a_note(terminal)
        terminal.resize(1000, 300)  # a page that no pseudo-terminal's buffer holds
        terminal.wait_for_output()
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait_unread() == 128 + signal.SIGTERM
    assert_all_is_back(home)


@pytest.mark.parametrize(
    "fault", ["fail", "lambda editor: editor.run_worker(fail_later())"], ids=["handler", "worker"]
)
def test_a_fault_of_our_own_is_shown_and_costs_nothing(home, fault):
    article = home.write("long.txt", numbered_article(30))
    argv = [sys.executable, "-c", FAULTY.format(fault), str(article)]
    with Terminal(argv, env=home.environment, cwd=home.directory) as terminal:
        attributes = terminal.attributes
        begin_a_note(terminal)
        terminal.press("ctrl+e")
        assert terminal.wait() == 1
        assert "a fault of our own" in terminal.screen
        assert_left_as_found(terminal, attributes)
    assert_all_is_back(home)


def test_what_cannot_be_kept_at_the_end_is_said(home):
    with home.read(home.write("long.txt", numbered_article(30))) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("a")
        terminal.wait_for("Note on “")
        home.data.rename(home.directory / "moved")
        home.data.write_text("A file stands where the directory was.")
        terminal.paste(TYPED)
        terminal.wait_for(TYPED)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait() == 1
        assert "The draft could not be kept" in terminal.screen


def test_an_editor_that_crashes_takes_nothing_with_it(home):
    crash = home.write("crash.sh", 'stty raw -echo; : > "$1"; kill -9 $$\n')
    article = home.write("long.txt", numbered_article(30))
    with home.read(article, EDITOR=f"sh {crash}") as terminal:
        attributes = terminal.attributes
        begin_a_note(terminal)
        terminal.press("ctrl+e")
        terminal.wait_for("was ended by signal 9.")
        assert TYPED in terminal.screen
        save_and_quit(terminal)
        assert_left_as_found(terminal, attributes)
    assert [one["note"] for one in home.annotations()] == [TYPED]


def test_what_a_failing_editor_had_written_is_taken_and_can_be_undone(home):
    failing = home.write("failing.sh", 'echo "Half." > "$1"; exit 3\n')
    article = home.write("long.txt", numbered_article(30))
    with home.read(article, EDITOR=f"sh {failing}") as terminal:
        begin_a_note(terminal)
        terminal.press("ctrl+e")
        terminal.wait_for("ended with status 3.")
        terminal.wait_for("Half.")
        terminal.press("ctrl+z")
        terminal.wait_for(TYPED)
        assert "Half." not in terminal.screen


def test_an_editor_that_leaves_no_file_has_changed_nothing(home):
    removing = home.write("removing.sh", 'rm "$1"; exit 3\n')
    article = home.write("long.txt", numbered_article(30))
    with home.read(article, EDITOR=f"sh {removing}") as terminal:
        begin_a_note(terminal)
        terminal.press("ctrl+e")
        terminal.wait_for("ended with status 3.")
        save_and_quit(terminal)
    assert [one["note"] for one in home.annotations()] == [TYPED]


def test_ctrl_c_in_an_editor_is_the_editors(home):
    with edit_a_note(home, INTERRUPTED) as terminal:
        begin_a_note(terminal)
        open_the_editor(terminal)
        terminal.press("ctrl+c")
        terminal.wait_for(f"{TYPED} Yes.")
        save_and_quit(terminal)
    assert [one["note"] for one in home.annotations()] == [f"{TYPED} Yes."]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_an_editor_is_open_reaches_it_and_loses_nothing(home, number):
    with edit_a_note(home, TOLD_TO_END) as terminal:
        attributes = terminal.attributes
        begin_a_note(terminal)
        open_the_editor(terminal)
        os.kill(terminal.pid, number)
        assert terminal.wait() == 128 + number
        assert_left_as_found(terminal, attributes)
    assert_all_is_back(home, f"{TYPED}ght, {number.name}.")


def test_closing_the_window_while_an_editor_is_open_loses_nothing(home):
    with edit_a_note(home, TOLD_TO_END) as terminal:
        begin_a_note(terminal)
        open_the_editor(terminal)
        assert terminal.close() == 128 + signal.SIGHUP
    assert_all_is_back(home, f"{TYPED}ght, SIGHUP.")


def test_a_closed_window_that_no_signal_tells_of_reaches_the_editor_too(home):
    editor = home.write("editor.py", TOLD_TO_END)
    article = home.write("long.txt", numbered_article(30))
    argv = [sys.executable, "-c", WITHOUT_SIGHUP, *PACTREADER, str(article)]
    environment = home.environment | {"EDITOR": f"{sys.executable} {editor}"}
    with Terminal(argv, env=environment, cwd=home.directory) as terminal:
        begin_a_note(terminal)
        open_the_editor(terminal)
        assert terminal.close() == 128 + signal.SIGHUP
    assert_all_is_back(home, f"{TYPED}ght, SIGHUP.")


def test_an_editor_that_does_not_end_does_not_keep_it(home):
    with edit_a_note(home, STUBBORN) as terminal:
        attributes = terminal.attributes
        begin_a_note(terminal)
        open_the_editor(terminal)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
        assert_left_as_found(terminal, attributes)
    assert_all_is_back(home, f"{TYPED}ght, saved.")


def test_what_an_editor_had_saved_when_it_was_killed_comes_back(home):
    with edit_a_note(home, STUBBORN) as terminal:
        begin_a_note(terminal)
        open_the_editor(terminal)
        terminal.kill()
    assert_all_is_back(home, f"{TYPED}ght, saved.")


def test_an_editor_has_the_note_where_nobody_else_looks(home):
    temporary = home.directory / "temporary"
    temporary.mkdir()
    with edit_a_note(home, INTERRUPTED, TMPDIR=str(temporary)) as terminal:
        begin_a_note(terminal)
        open_the_editor(terminal)
        (note,) = (home.data / "state" / "drafts").glob("*.md")
        assert note.read_text() == TYPED
        assert [stat.S_IMODE(each.stat().st_mode) for each in (note, note.parent)] == [0o600, 0o700]
        assert list(temporary.iterdir()) == []
        terminal.press("ctrl+c")
        terminal.wait_for(f"{TYPED} Yes.")
        assert not note.exists()
        save_and_quit(terminal)
    assert list(note.parent.iterdir()) == []


def test_a_note_that_another_window_has_in_an_editor_is_left_to_it(home):
    with edit_a_note(home, INTERRUPTED) as terminal:
        begin_a_note(terminal)
        open_the_editor(terminal)
        (note,) = (home.data / "state" / "drafts").glob("*.md")
        terminal.press("ctrl+c")
        terminal.wait_for(f"{TYPED} Yes.")
        note.write_text("Another window's.")
        terminal.press("ctrl+e")
        terminal.wait_for("This note is open in another editor. Close it there, or start PactReader again.")
        assert note.read_text() == "Another window's."
