"""The first screen: what was on the screen when the program ended, shown again before the app draws."""

import os
import shutil
import signal
import sys

import pytest

from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.schema.records import deleted_record
from real_terminal.home import numbered_article
from real_terminal.test_exits import assert_restored
from real_terminal.test_suspension import PROMPT, Shell
from real_terminal.test_terminals import ATTRIBUTES, BACKGROUND, LIGHT
from terminal import Terminal

APP = b"\x1b[?1000h"
"""The first output of the app that is no frame: it asks for the mouse."""
FRAME = b"\x1b[1;1H"
"""The beginning of a frame that draws the whole screen."""
DARK = b"\x1b]11;rgb:1515/1717/1c1c\x1b\\"
ARTICLE = "A study of 東京タワー and café ☕ terraces.\n\n" + numbered_article(40)

GATE = """
import os, sys, time
from pathlib import Path

class Gate:
    def find_spec(self, name, *_):
        if name == "pactreader.cli":
            here = Path(__file__).parent
            (here / "waiting").touch()
            while not (here / "open").exists():
                time.sleep(0.01)

sys.meta_path.insert(0, Gate())
"""
"""A module that makes the start wait, before anything of the app is imported, until there is a file `open`."""


class Gated:
    """A home whose starts wait between the first screen and the app."""

    def __init__(self, home):
        self._home = home
        self._directory = home.directory / "gate"
        self._directory.mkdir()
        (self._directory / "sitecustomize.py").write_text(GATE)
        self.variables = {"PYTHONPATH": str(self._directory)}

    def start(self, *arguments, **options):
        """Start PactReader, and wait until it is at the gate."""
        for name in ("waiting", "open"):
            (self._directory / name).unlink(missing_ok=True)
        terminal = self._home.start(*arguments, **options, **self.variables)
        self.wait_until_reached(terminal)
        return terminal

    def wait_until_reached(self, terminal):
        """Wait until the start is at the gate, and read what it has written."""
        while not (self._directory / "waiting").exists():
            terminal.read(0.01)
        while terminal.read(0.05):
            pass

    def open(self):
        """Let the start go on."""
        (self._directory / "open").touch()


@pytest.fixture
def gate(home):
    return Gated(home)


@pytest.fixture
def article(home):
    """An article that was left in its middle, with highlights."""
    path = home.write("article.txt", ARTICLE)
    with home.start(path) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("1", "}", "4", "}", "w", "2")
        terminal.wait_for("3 highlights")
        terminal.press("pagedown", "}", "w")
        wait_until_settled(terminal)
        terminal.quit_reading()
    return path


def wait_until_settled(terminal):
    """Wait until the app has drawn all that it draws without the user."""
    terminal.wait_for(lambda: APP in terminal.raw and "%" in terminal.lines[0])
    while terminal.read(0.5):
        pass


def look(home, *arguments, **options):
    """Start and quit PactReader; return whether it had a first screen, the cells of that, and the settled cells."""
    with home.start(*arguments, **options) as terminal:
        terminal.wait_for(lambda: APP in terminal.raw)
        has_first = FRAME in bytes(terminal.raw).partition(APP)[0]
        first = terminal.cells_before(APP)
        if has_first:
            while terminal.read(1.0):
                assert terminal.cells == first, "no cell changes"
            assert terminal.raw.count(b"\x1b[?1049h") == 1
            assert b"\x1b[2J" not in terminal.raw
            assert len(terminal.raw) < 2 * len(bytes(terminal.raw).partition(APP)[0]), "it is not drawn again"
        else:
            wait_until_settled(terminal)
        settled = terminal.cells
        terminal.quit_reading()
    return has_first, first, settled


def look_without(home, *arguments, **options):
    """Start PactReader the normal way, and return the settled cells."""
    for each in (home.data / "cache" / "screens").iterdir():
        each.unlink()
    has_first, _, settled = look(home, *arguments, **options)
    assert not has_first
    return settled


def test_an_article_is_on_the_screen_as_it_was_left_before_the_app_draws(home, article):
    settled = look_without(home, article)

    for arguments in ([article], [], ["article.txt"], []):
        assert look(home, *arguments) == (True, settled, settled)

    screens = home.data / "cache" / "screens"
    assert screens.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in screens.iterdir()] == [0o600, 0o600]


@pytest.mark.parametrize(
    "options",
    [
        {"NO_COLOR": "1"},
        {"TERM": "xterm-16color", "COLORTERM": ""},
        {"COLORTERM": ""},
        {"TERM": "linux", "COLORTERM": ""},
        {"columns": 60, "rows": 20},
        {"answers": {BACKGROUND: LIGHT}},
        {"answers": {BACKGROUND: DARK}},
    ],
    ids=["NO_COLOR", "16 colours", "256 colours", "linux", "narrow", "light", "dark"],
)
def test_it_is_the_same_on_every_terminal(home, article, options):
    settled = look_without(home, article, **options)

    assert look(home, article, **options) == (True, settled, settled)


@pytest.mark.parametrize("key", ["tab", "\\"])
def test_it_is_the_same_with_the_panel_on_the_left_or_hidden(home, article, key):
    (home.data / "config").mkdir()
    (home.data / "config" / "config.toml").write_text('[panel]\nside = "left"\n')
    with home.start(article) as terminal:
        wait_until_settled(terminal)
        terminal.press(key)
        while terminal.read(0.3):
            pass
        terminal.quit_reading()

    has_first, first, settled = look(home, article)

    assert has_first
    assert first == settled
    assert look_without(home, article) == settled


def test_what_is_on_the_screen_for_a_moment_is_left_out(home, article):
    with home.start(article) as terminal:
        wait_until_settled(terminal)
        terminal.type("/Paragraph\n")
        terminal.wait_for("other end")
        terminal.press("v", "w", "y")
        terminal.wait_for("sent to")
        terminal.quit_reading()

    has_first, first, settled = look(home, article)

    assert has_first
    assert first == settled


def test_what_another_window_has_just_changed_is_on_it(home, article):
    with home.start(article) as terminal:
        wait_until_settled(terminal)
        key, record = next((key, one) for key, one in home.records().items() if one["kind"] == "annotation")
        file = JournalFile(home.library)
        with file.changing():
            file.append({key: deleted_record(record, record["created"])})
        terminal.quit_reading()

    has_first, first, settled = look(home, article)

    assert has_first
    assert first == settled


# Between the first screen and the app


def test_keys_typed_meanwhile_are_handled_in_order(home, article, gate):
    with gate.start(article) as terminal:
        shown = terminal.screen
        terminal.type("}}4a")
        terminal.type("A note\r")
        terminal.press("ctrl+s")
        while terminal.read(0.2):
            pass
        assert terminal.screen == shown, "nothing is echoed"
        gate.open()
        terminal.wait_for("4 highlights")
        terminal.wait_for("A note")
        terminal.quit_reading()
    assert [one["note"] for one in home.annotations() if one["note"]] == ["A note"]


def test_a_window_that_is_resized_meanwhile_is_drawn_in_its_new_size(home, article, gate):
    with gate.start(article) as terminal:
        terminal.resize(72, 24)
        gate.open()
        terminal.wait_for("? help   q quit")
        wait_until_settled(terminal)
        resized = terminal.cells
        terminal.quit_reading()

    assert look_without(home, article, columns=72, rows=24) == resized


def assert_left(terminal, attributes):
    """Assert that the terminal is as it was before the first screen was shown."""
    assert terminal.attributes == attributes
    assert {mode: terminal.modes[mode] for mode in ("1049", "25", "7")} == {
        "1049": False,
        "25": True,
        "7": True,
    }


def test_a_window_that_is_resized_behind_the_app_s_first_frame_is_drawn_again(home, article):
    with home.start(article) as terminal:
        terminal.wait_for(lambda: APP in terminal.raw)
        terminal.resize(70, 20)
        terminal.wait_for(lambda: terminal.lines[-1].endswith("q quit") and "%" in terminal.lines[0])
        wait_until_settled(terminal)
        resized = terminal.cells
        terminal.quit_reading()

    assert look_without(home, article, columns=70, rows=20) == resized


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, -15), (signal.SIGHUP, -1), (signal.SIGINT, 130)]
)
def test_a_signal_meanwhile_ends_it_and_restores_the_terminal(home, article, gate, number, status):
    with Terminal(["true"]) as untouched:
        initial = untouched.attributes
    with gate.start(article) as terminal:
        assert "Paragraph" in terminal.screen
        os.kill(terminal.pid, number)
        assert terminal.wait() == status
        assert_left(terminal, initial)


def test_ctrl_c_meanwhile_ends_it(home, article, gate):
    with gate.start(article) as terminal:
        terminal.press("ctrl+c")
        assert terminal.wait() == 130
        assert terminal.modes["1049"] is False
        assert "Traceback" not in terminal.screen


class GatedShell(Shell):
    """A shell with job control, in which PactReader waits between the first screen and the app."""

    def __init__(self, home, gate, article):
        argv = ["bash", "--norc", "--noprofile", "--noediting", "-i"]
        Terminal.__init__(
            self, argv, env=home.environment | {"PS1": f"{PROMPT} "} | gate.variables, cwd=home.directory
        )
        self.wait_for(PROMPT)
        self.initial_attributes = self.attributes
        self.run(f"{sys.executable} -m pactreader {article}")
        gate.wait_until_reached(self)


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_ctrl_z_meanwhile_suspends_it_once_it_draws(home, article, gate):
    with GatedShell(home, gate, article) as shell:
        page = shell.screen
        shell.press("ctrl+z")
        gate.open()
        assert "Stopped" in shell.output_of("jobs")
        assert_restored(shell, shell.initial_attributes)
        shell.run("fg")
        shell.wait_for(lambda: shell.screen == page)
        shell.quit()


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_sigtstp_meanwhile_gives_the_shell_its_screen(home, article, gate):
    with GatedShell(home, gate, article) as shell:
        page = shell.screen
        os.kill(shell.foreground, signal.SIGTSTP)
        assert "Stopped" in shell.output_of("jobs")
        assert_left(shell, shell.initial_attributes)
        gate.open()
        shell.run("fg")
        shell.wait_for(lambda: shell.screen == page)
        shell.quit()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda _home, article: article.write_bytes(bytes(range(256)) * 20), "article.txt is"),
        (lambda home, _article: home.library.write_bytes(b"{}" * 9), "pactreader:"),
    ],
    ids=["article unreadable", "library damaged"],
)
def test_a_start_that_fails_says_so_on_the_normal_screen(home, article, gate, spoil, message):
    home.library.chmod(0o600)
    shutil.rmtree(home.data / "backups", ignore_errors=True)
    with gate.start("article.txt") as terminal:
        assert "Paragraph" in terminal.screen
        spoil(home, article)
        gate.open()
        assert terminal.wait() == 1
        assert message in terminal.words
        assert terminal.modes["1049"] is False
        assert terminal.raw.rfind(b"\x1b[?1049l") < terminal.raw.rfind(b"pactreader: ")


def test_a_late_answer_of_the_terminal_is_not_taken_for_keys(home, article, gate):
    silent = {ATTRIBUTES: b""}
    look_without(home, article, answers=silent)
    with gate.start(article, answers=silent) as terminal:
        assert "Paragraph" in terminal.screen
        assert terminal.raw.count(BACKGROUND) == 1
        terminal.type(LIGHT.decode())
        gate.open()
        terminal.type("\x1b[?62;22c")
        terminal.type("4")
        terminal.wait_for("4 highlights")
        assert terminal.raw.count(BACKGROUND) == 1
        assert "Nothing is on" not in terminal.screen
        terminal.quit_reading()


# The normal way


def has_first_screen(gate, *arguments, **options):
    """Return whether a start shows a first screen. It goes no further."""
    with gate.start(*arguments, **options) as terminal:
        return FRAME in terminal.raw


ANSWERS = 10
"""Starts within which a terminal of a test has once answered in time, also on a busy machine."""

CHANGES = {
    "article written": lambda home, article: article.write_text(f"{ARTICLE}\n"),
    "article moved": lambda home, article: article.rename(home.directory / "moved.txt"),
    "library": lambda home, article: home.library.write_bytes(home.library.read_bytes() + b" "),
    "settings": lambda home, article: (
        (home.data / "config").mkdir() or (home.data / "config/config.toml").write_text("measure = 60\n")
    ),
    "another copy of the library": lambda home, article: shutil.copy(
        home.library, home.data / "library.sync-conflict-1.json"
    ),
    "draft": lambda home, article: (
        (home.data / "state/drafts").mkdir(exist_ok=True) or (home.data / "state/drafts/x").touch()
    ),
    "position": lambda home, article: next((home.data / "state/readings").iterdir()).write_text("{}"),
    "window": lambda home, article: (home.data / "state/window.json").write_text("{}"),
}


def test_whatever_the_screen_depends_on_it_is_not_shown_if_that_has_changed(home, article, gate):
    assert has_first_screen(gate)
    assert has_first_screen(gate, article)
    saved = home.directory / "saved"
    shutil.copytree(home.data, saved, copy_function=shutil.copy2)
    shown = {}
    for name, change in CHANGES.items():
        change(home, article)
        shown[name] = has_first_screen(gate, "article.txt"), has_first_screen(gate)
        shutil.rmtree(home.data)
        shutil.copytree(saved, home.data, copy_function=shutil.copy2)
        (home.directory / "moved.txt").exists() and (home.directory / "moved.txt").rename(article)
        article.write_text(ARTICLE)

    assert shown == dict.fromkeys(CHANGES, (False, False))


def test_a_terminal_without_a_size_gets_none(home, article):
    for _ in range(2):
        has_first, _, _ = look(home, article, TERM="dumb", COLORTERM="")
        assert not has_first


def test_whatever_the_terminal_is_like_it_is_not_shown_if_that_has_changed(home, article, gate):
    assert has_first_screen(gate, article)

    for options in (
        {"columns": 119},
        {"rows": 35},
        {"TERM": "xterm"},
        {"COLORTERM": ""},
        {"NO_COLOR": "1"},
        {"LC_ALL": "C"},
        {"TEXTUAL_THEME": "nord"},
    ):
        assert not has_first_screen(gate, article, **options), options

    with (home.directory / "out").open("w+b") as file:
        assert not has_first_screen(gate, article, stdout=file)
        assert not has_first_screen(gate, article, stdin=file)
    for arguments in (["--theme", "nord"], ["--lang", "de", article], [f"{article}#1"], ["notes"]):
        assert not has_first_screen(gate, *arguments), arguments
    assert has_first_screen(gate, article)


def test_it_is_not_shown_to_a_terminal_that_answers_in_time_that_it_is_light_now(home, article, gate):
    assert has_first_screen(gate, article)
    starts = (has_first_screen(gate, article, answers={BACKGROUND: LIGHT}) for _ in range(ANSWERS))
    assert not all(starts), "it is shown, or no answer ever came in time"
