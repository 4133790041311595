"""ctrl+z gives the shell its terminal, and `fg` gives it back: tried in a real shell with job control."""

import os
import shlex
import shutil
import signal
import sys

import pytest

from real_terminal.home import PACTREADER, numbered_article
from real_terminal.test_endings import (
    INTERRUPTED,
    TYPED,
    assert_all_is_back,
    assert_left_as_found,
    begin_a_note,
)
from terminal import Terminal

PROMPT = "shell>"
KEPT_ON = """
import subprocess, sys
sys.exit(subprocess.run(sys.argv[1:]).returncode)
"""
"""Runs a program and waits for it, as package runners do."""
pytestmark = pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")


class Shell(Terminal):
    """A shell with job control, in which somebody reads a long article."""

    def __init__(self, home, *before, **variables):
        argv = ["bash", "--norc", "--noprofile", "--noediting", "-i"]
        super().__init__(argv, env=home.environment | {"PS1": f"{PROMPT} "} | variables, cwd=home.directory)
        self.wait_for(PROMPT)
        self.found = self.attributes
        self.run(shlex.join([*before, *PACTREADER, str(home.write("long.txt", numbered_article(30)))]))
        self.wait_for("0 highlights · 27 %")

    def run(self, command):
        """Run a command, on a screen that is cleared first."""
        self.type(f"status=$?; printf '\\033[H\\033[2J'; {command}\n")

    def wait_for_the_shell(self):
        self.wait_for(lambda: self.foreground == self.pid)

    def ask(self, command):
        """What a command prints, when the shell has the terminal again."""
        self.wait_for_the_shell()
        self.run(f'{command}; echo "The" "end."')
        self.wait_for("The end.")
        return self.screen

    def quit(self):
        self.press("q")
        assert "It ended with 0." in self.ask('echo "It ended with $status."')
        assert_left_as_found(self, self.found)


def press_ctrl_z(shell):
    shell.press("ctrl+z")


def send_sigtstp(shell):
    os.kill(shell.foreground, signal.SIGTSTP)


@pytest.mark.parametrize("pause", [press_ctrl_z, send_sigtstp])
def test_the_shell_has_its_terminal_until_fg_brings_the_page_back(home, pause):
    with Shell(home) as shell:
        title = shell.lines[0]
        shell.press("pagedown")
        shell.wait_for(lambda: "Paragraph 1 begins" not in shell.screen and shell.lines[0] != title)
        page = shell.screen
        pause(shell)
        assert "Stopped" in shell.ask("jobs")
        assert_left_as_found(shell, shell.found)
        shell.run("fg")
        shell.wait_for(lambda: shell.screen == page)
        shell.press("1")
        shell.wait_for("1 highlight ")
        shell.quit()


def test_the_page_comes_back_in_the_size_that_the_window_has_by_then(home):
    with Shell(home) as shell:
        shell.press("ctrl+z")
        assert "Stopped" in shell.ask("jobs")
        shell.resize(72, 20)
        shell.run("fg")
        shell.wait_for(lambda: shell.lines[-1].endswith("? help   q quit"))
        shell.wait_for("0 highlights · 14 %")
        assert max(map(len, shell.lines)) <= 72
        shell.quit()


def test_whatever_had_started_it_pauses_too(home):
    with Shell(home, sys.executable, "-c", KEPT_ON) as shell:
        page = shell.screen
        shell.press("ctrl+z")
        assert "Stopped" in shell.ask("jobs")
        shell.run("fg")
        shell.wait_for(lambda: shell.screen == page)
        shell.quit()


def test_behind_the_shell_it_goes_on_pausing(home):
    with Shell(home, sys.executable, "-c", KEPT_ON) as shell:
        page = shell.screen
        shell.press("ctrl+z")
        shell.ask("jobs")
        assert "Stopped" in shell.ask("bg; wait %1; jobs")
        assert_left_as_found(shell, shell.found)
        shell.run("fg")
        shell.wait_for(lambda: shell.screen == page)
        shell.quit()


def test_after_a_stop_of_which_it_was_not_told_the_page_comes_back(home):
    with Shell(home) as shell:
        page = shell.screen
        os.kill(shell.foreground, signal.SIGSTOP)
        assert "Stopped" in shell.ask("jobs")
        shell.run("fg")
        shell.wait_for(lambda: shell.screen == page)
        shell.quit()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_while_it_pauses_ends_it_where_it_is(home, number):
    with Shell(home) as shell:
        shell.press("ctrl+z")
        said = shell.ask(f'kill -{number} %1; kill -CONT %1; wait %1; echo "It ended with $?."')
        assert f"It ended with {128 + number}." in said
        assert_left_as_found(shell, shell.found)


def test_what_was_typed_before_a_pause_comes_back_though_nobody_goes_on(home):
    with Shell(home) as shell:
        begin_a_note(shell)
        send_sigtstp(shell)
        shell.ask("kill -KILL %1")
    assert_all_is_back(home)


def test_where_no_shell_could_go_on_it_says_so_and_goes_on_itself(home):
    with home.read(home.write("long.txt", numbered_article(30))) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("ctrl+z")
        terminal.wait_for("There is no shell here to go on after a pause. q quits, and nothing is lost.")
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0


def test_ctrl_z_in_an_editor_pauses_both_and_fg_brings_both_back(home):
    editor = home.write("editor.py", INTERRUPTED)
    with Shell(home, EDITOR=f"{sys.executable} {editor}") as shell:
        begin_a_note(shell)
        shell.press("ctrl+e")
        shell.wait_for("Editing.")
        shell.press("ctrl+z")
        assert "Stopped" in shell.ask("jobs")
        assert_left_as_found(shell, shell.found)
        shell.run("fg")
        shell.wait_for(lambda: shell.foreground != shell.pid)
        shell.press("ctrl+c")
        shell.wait_for(f"{TYPED} Yes.")
        shell.press("ctrl+s")
        shell.wait_until_gone("Note on “")
        shell.quit()
    assert [one["note"] for one in home.annotations()] == [f"{TYPED} Yes."]
