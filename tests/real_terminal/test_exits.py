"""Exits by signals, lost terminals and errors: drafts are restored, and so is the terminal."""

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
"""Runs a program outside the terminal's session, so that no signal tells it that the terminal is closed."""
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
"""An editor that uses ctrl+c."""

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


def start_with_editor(home, editor, **variables):
    """Start PactReader with an editor, a Python program that prints "Editing." once it has the note."""
    path = home.write("editor.py", editor)
    article = home.write("long.txt", numbered_article(30))
    return home.start(article, EDITOR=f"{sys.executable} {path}", **variables)


def open_editor(terminal):
    """Open the editor and wait until it has the note."""
    terminal.press("ctrl+e")
    terminal.wait_for("Editing.")


def begin_a_note(terminal):
    """Type a note on a later page and wait until it is shown; a draft is rarely saved by then."""
    terminal.wait_for("0 highlights")
    terminal.press("pagedown", "a")
    terminal.wait_for("Note on “")
    terminal.paste(TYPED)
    terminal.wait_for(TYPED)


def save_and_quit(terminal):
    """Save the note and quit."""
    terminal.press("ctrl+s")
    terminal.wait_until_gone("Note on “")
    terminal.press("q")
    assert terminal.wait() == 0


def assert_restored(terminal, attributes):
    """Check that the terminal's screen, modes and attributes are restored."""
    assert not terminal.modes["1049"], "the alternate screen is left"
    assert {mode for mode, is_on in terminal.modes.items() if is_on} == {"25", "7"}
    assert b"\x1b[<u" in terminal.raw
    assert terminal.attributes == attributes


def assert_draft_restored(home, typed=TYPED):
    """Start again, check that the draft is open, finish and save it."""
    with home.start() as terminal:
        terminal.wait_for(typed)
        terminal.wait_for("What was not saved is back.")
        assert "Paragraph 1 begins" not in terminal.screen
        terminal.type("ght")
        terminal.press("ctrl+s")
        terminal.wait_until_gone("Note on “")
    assert [one["note"] for one in home.annotations()] == [f"{typed}ght"]
    assert list((home.data / "state" / "drafts").iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_while_a_note_is_typed_keeps_the_draft(home, number):
    with home.start(home.write("long.txt", numbered_article(30))) as terminal:
        attributes = terminal.attributes
        begin_a_note(terminal)
        os.kill(terminal.pid, number)
        assert terminal.wait() == 128 + number
        assert_restored(terminal, attributes)
    assert_draft_restored(home)


def test_closing_the_window_keeps_the_draft(home):
    with home.start(home.write("long.txt", numbered_article(30))) as terminal:
        begin_a_note(terminal)
        assert terminal.close() == 128 + signal.SIGHUP
    assert_draft_restored(home)


def test_a_closed_window_ends_it_without_a_signal(home):
    article = home.write("long.txt", numbered_article(30))
    argv = [sys.executable, "-c", WITHOUT_SIGHUP, *PACTREADER, str(article)]
    with Terminal(argv, env=home.environment, cwd=home.directory) as terminal:
        begin_a_note(terminal)
        assert terminal.close() == 128 + signal.SIGHUP
    assert_draft_restored(home)


def test_a_terminal_that_hangs_does_not_delay_the_exit(home):
    with home.start(home.write("long.txt", numbered_article(30))) as terminal:
        begin_a_note(terminal)
        terminal.resize(1000, 300)  # a page that no pseudo-terminal's buffer holds
        terminal.wait_for_output()
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait_unread() == 128 + signal.SIGTERM
    assert_draft_restored(home)


@pytest.mark.parametrize(
    "fault", ["fail", "lambda editor: editor.run_worker(fail_later())"], ids=["handler", "worker"]
)
def test_an_internal_error_is_shown_and_keeps_the_draft(home, fault):
    article = home.write("long.txt", numbered_article(30))
    argv = [sys.executable, "-c", FAULTY.format(fault), str(article)]
    with Terminal(argv, env=home.environment, cwd=home.directory) as terminal:
        attributes = terminal.attributes
        begin_a_note(terminal)
        terminal.press("ctrl+e")
        assert terminal.wait() == 1
        assert "a fault of our own" in terminal.screen
        assert_restored(terminal, attributes)
    assert_draft_restored(home)


def test_a_draft_that_cannot_be_kept_is_reported_at_exit(home):
    with home.start(home.write("long.txt", numbered_article(30))) as terminal:
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


def test_an_editor_that_crashes_loses_nothing(home):
    crash = home.write("crash.sh", 'stty raw -echo; : > "$1"; kill -9 $$\n')
    article = home.write("long.txt", numbered_article(30))
    with home.start(article, EDITOR=f"sh {crash}") as terminal:
        attributes = terminal.attributes
        begin_a_note(terminal)
        terminal.press("ctrl+e")
        terminal.wait_for("was ended by signal 9.")
        assert TYPED in terminal.screen
        save_and_quit(terminal)
        assert_restored(terminal, attributes)
    assert [one["note"] for one in home.annotations()] == [TYPED]


def test_text_of_a_failing_editor_is_kept_and_can_be_undone(home):
    failing = home.write("failing.sh", 'echo "Half." > "$1"; exit 3\n')
    article = home.write("long.txt", numbered_article(30))
    with home.start(article, EDITOR=f"sh {failing}") as terminal:
        begin_a_note(terminal)
        terminal.press("ctrl+e")
        terminal.wait_for("ended with status 3.")
        terminal.wait_for("Half.")
        terminal.press("ctrl+z")
        terminal.wait_for(TYPED)
        assert "Half." not in terminal.screen


def test_an_editor_that_removes_the_file_changes_nothing(home):
    removing = home.write("removing.sh", 'rm "$1"; exit 3\n')
    article = home.write("long.txt", numbered_article(30))
    with home.start(article, EDITOR=f"sh {removing}") as terminal:
        begin_a_note(terminal)
        terminal.press("ctrl+e")
        terminal.wait_for("ended with status 3.")
        save_and_quit(terminal)
    assert [one["note"] for one in home.annotations()] == [TYPED]


def test_ctrl_c_in_an_editor_goes_to_the_editor(home):
    with start_with_editor(home, INTERRUPTED) as terminal:
        begin_a_note(terminal)
        open_editor(terminal)
        terminal.press("ctrl+c")
        terminal.wait_for(f"{TYPED} Yes.")
        save_and_quit(terminal)
    assert [one["note"] for one in home.annotations()] == [f"{TYPED} Yes."]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_passed_on_to_an_open_editor(home, number):
    with start_with_editor(home, TOLD_TO_END) as terminal:
        attributes = terminal.attributes
        begin_a_note(terminal)
        open_editor(terminal)
        os.kill(terminal.pid, number)
        assert terminal.wait() == 128 + number
        assert_restored(terminal, attributes)
    assert_draft_restored(home, f"{TYPED}ght, {number.name}.")


def test_closing_the_window_keeps_the_text_of_an_open_editor(home):
    with start_with_editor(home, TOLD_TO_END) as terminal:
        begin_a_note(terminal)
        open_editor(terminal)
        assert terminal.close() == 128 + signal.SIGHUP
    assert_draft_restored(home, f"{TYPED}ght, SIGHUP.")


def test_a_closed_window_ends_the_editor_without_a_signal(home):
    editor = home.write("editor.py", TOLD_TO_END)
    article = home.write("long.txt", numbered_article(30))
    argv = [sys.executable, "-c", WITHOUT_SIGHUP, *PACTREADER, str(article)]
    environment = home.environment | {"EDITOR": f"{sys.executable} {editor}"}
    with Terminal(argv, env=environment, cwd=home.directory) as terminal:
        begin_a_note(terminal)
        open_editor(terminal)
        assert terminal.close() == 128 + signal.SIGHUP
    assert_draft_restored(home, f"{TYPED}ght, SIGHUP.")


def test_an_editor_that_ignores_signals_is_killed(home):
    with start_with_editor(home, STUBBORN) as terminal:
        attributes = terminal.attributes
        begin_a_note(terminal)
        open_editor(terminal)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
        assert_restored(terminal, attributes)
    assert_draft_restored(home, f"{TYPED}ght, saved.")


def test_text_saved_by_the_editor_survives_kill_9(home):
    with start_with_editor(home, STUBBORN) as terminal:
        begin_a_note(terminal)
        open_editor(terminal)
        terminal.kill()
    assert_draft_restored(home, f"{TYPED}ght, saved.")


def test_an_editor_gets_a_private_file(home):
    temporary = home.directory / "temporary"
    temporary.mkdir()
    with start_with_editor(home, INTERRUPTED, TMPDIR=str(temporary)) as terminal:
        begin_a_note(terminal)
        open_editor(terminal)
        (note,) = (home.data / "state" / "drafts").glob("*.md")
        assert note.read_text() == TYPED
        assert [stat.S_IMODE(each.stat().st_mode) for each in (note, note.parent)] == [0o600, 0o700]
        assert list(temporary.iterdir()) == []
        terminal.press("ctrl+c")
        terminal.wait_for(f"{TYPED} Yes.")
        assert not note.exists()
        save_and_quit(terminal)
    assert list(note.parent.iterdir()) == []


def test_a_note_open_in_another_editor_is_left_alone(home):
    with start_with_editor(home, INTERRUPTED) as terminal:
        begin_a_note(terminal)
        open_editor(terminal)
        (note,) = (home.data / "state" / "drafts").glob("*.md")
        terminal.press("ctrl+c")
        terminal.wait_for(f"{TYPED} Yes.")
        note.write_text("Another window's.")
        terminal.press("ctrl+e")
        terminal.wait_for("This note is open in another editor. Close it there, or start PactReader again.")
        assert note.read_text() == "Another window's."
