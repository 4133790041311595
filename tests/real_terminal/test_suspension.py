"""Suspension with ctrl+z and `fg`, in a real shell with job control."""

import os
import shlex
import shutil
import signal
import sys

import pytest

from real_terminal.home import PACTREADER, numbered_article
from real_terminal.test_exits import (
    INTERRUPTED,
    TYPED,
    assert_draft_restored,
    assert_restored,
    begin_a_note,
)
from terminal import Terminal

PROMPT = "shell>"
WRAPPER = """
import subprocess, sys
sys.exit(subprocess.run(sys.argv[1:]).returncode)
"""
"""Runs a program and waits for it, as package runners do."""
pytestmark = pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")


class Shell(Terminal):
    """A shell with job control, in which PactReader shows a long article."""

    def __init__(self, home, *before, **variables):
        argv = ["bash", "--norc", "--noprofile", "--noediting", "-i"]
        super().__init__(argv, env=home.environment | {"PS1": f"{PROMPT} "} | variables, cwd=home.directory)
        self.wait_for(PROMPT)
        self.initial_attributes = self.attributes
        self.run(shlex.join([*before, *PACTREADER, str(home.write("long.txt", numbered_article(30)))]))
        self.wait_for("0 highlights · 27 %")

    def run(self, command):
        """Clear the screen and run a command."""
        self.type(f"status=$?; printf '\\033[H\\033[2J'; {command}\n")

    def wait_for_shell(self):
        """Wait until the shell has the terminal."""
        self.wait_for(lambda: self.foreground == self.pid)

    def output_of(self, command):
        """Run a command once the shell has the terminal, and return the screen with its output."""
        self.wait_for_shell()
        self.run(f'{command}; echo "The" "end."')
        self.wait_for("The end.")
        return self.screen

    def quit(self):
        """Quit PactReader, and check its exit status and the terminal."""
        self.press("q")
        assert "It ended with 0." in self.output_of('echo "It ended with $status."')
        assert_restored(self, self.initial_attributes)


def press_ctrl_z(shell):
    shell.press("ctrl+z")


def send_sigtstp(shell):
    os.kill(shell.foreground, signal.SIGTSTP)


@pytest.mark.parametrize("suspend", [press_ctrl_z, send_sigtstp])
def test_the_shell_has_the_terminal_until_fg(home, suspend):
    with Shell(home) as shell:
        title = shell.lines[0]
        shell.press("pagedown")
        shell.wait_for(lambda: "Paragraph 1 begins" not in shell.screen and shell.lines[0] != title)
        page = shell.screen
        suspend(shell)
        assert "Stopped" in shell.output_of("jobs")
        assert_restored(shell, shell.initial_attributes)
        shell.run("fg")
        shell.wait_for(lambda: shell.screen == page)
        shell.press("1")
        shell.wait_for("1 highlight ")
        shell.quit()


def test_the_page_resumes_in_the_window_s_new_size(home):
    with Shell(home) as shell:
        shell.press("ctrl+z")
        assert "Stopped" in shell.output_of("jobs")
        shell.resize(72, 20)
        shell.run("fg")
        shell.wait_for(lambda: shell.lines[-1].endswith("? help   q quit"))
        shell.wait_for("0 highlights · 14 %")
        assert max(map(len, shell.lines)) <= 72
        shell.quit()


def test_the_program_that_started_it_is_stopped_too(home):
    with Shell(home, sys.executable, "-c", WRAPPER) as shell:
        page = shell.screen
        shell.press("ctrl+z")
        assert "Stopped" in shell.output_of("jobs")
        shell.run("fg")
        shell.wait_for(lambda: shell.screen == page)
        shell.quit()


def test_continued_in_the_background_it_stays_stopped(home):
    with Shell(home, sys.executable, "-c", WRAPPER) as shell:
        page = shell.screen
        shell.press("ctrl+z")
        shell.output_of("jobs")
        assert "Stopped" in shell.output_of("bg; wait %1; jobs")
        assert_restored(shell, shell.initial_attributes)
        shell.run("fg")
        shell.wait_for(lambda: shell.screen == page)
        shell.quit()


def test_the_page_resumes_after_sigstop(home):
    with Shell(home) as shell:
        page = shell.screen
        os.kill(shell.foreground, signal.SIGSTOP)
        assert "Stopped" in shell.output_of("jobs")
        shell.run("fg")
        shell.wait_for(lambda: shell.screen == page)
        shell.quit()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_while_suspended(home, number):
    with Shell(home) as shell:
        shell.press("ctrl+z")
        output = shell.output_of(f'kill -{number} %1; kill -CONT %1; wait %1; echo "It ended with $?."')
        assert f"It ended with {128 + number}." in output
        assert_restored(shell, shell.initial_attributes)


def test_a_draft_survives_a_kill_while_suspended(home):
    with Shell(home) as shell:
        begin_a_note(shell)
        send_sigtstp(shell)
        shell.output_of("kill -KILL %1")
    assert_draft_restored(home)


def test_without_a_shell_suspending_is_refused(home):
    with home.start(home.write("long.txt", numbered_article(30))) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("ctrl+z")
        terminal.wait_for("There is no shell here to go on after a pause. q quits, and nothing is lost.")
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0


def test_ctrl_z_in_an_editor_stops_both_and_fg_resumes_both(home):
    editor = home.write("editor.py", INTERRUPTED)
    with Shell(home, EDITOR=f"{sys.executable} {editor}") as shell:
        begin_a_note(shell)
        shell.press("ctrl+e")
        shell.wait_for("Editing.")
        shell.press("ctrl+z")
        assert "Stopped" in shell.output_of("jobs")
        assert_restored(shell, shell.initial_attributes)
        shell.run("fg")
        shell.wait_for(lambda: shell.foreground != shell.pid)
        shell.press("ctrl+c")
        shell.wait_for(f"{TYPED} Yes.")
        shell.press("ctrl+s")
        shell.wait_until_gone("Note on “")
        shell.quit()
    assert [one["note"] for one in home.annotations()] == [f"{TYPED} Yes."]
