"""The programs that are measured, their data directories, and the yardsticks of a run."""

import compileall
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from benchmarks.speed.metered_terminal import MeteredTerminal, Start
from benchmarks.speed.samples import BUNDLED_FILE, BUNDLED_WORDS, Sample, Samples

_BARE: Final = f"""
from pathlib import Path
from textual.app import App
from textual.content import Content
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static(Content(Path({str(BUNDLED_FILE)!r}).read_text("utf-8")))

Bare().run()
"""
_COMPILE: Final = "import compileall, pathlib, pactreader, textual; [compileall.compile_dir(pathlib.Path(p.__file__).parent, quiet=1) for p in (pactreader, textual)]"
_ONLY_SOURCES: Final = shutil.ignore_patterns("article.*", "articles", "whole")
"""Files of a sample that are no part of the data directory."""
KEPT_SCREENS: Final = "cache/screens"
"""The directory, in the data directory, of the screens that are shown before Textual starts."""
_WORDS: Final = re.compile(r"[A-Za-z]+ [A-Za-z0-9]+ [a-z]+")
_DIGIT: Final = re.compile(r"\d")
_ARTICLE_WIDTH: Final = 60
"""Cells of a line that belong to the article."""


class Build(NamedTuple):
    """A build of PactReader: that of the Python interpreter that imports it."""

    name: str
    python: str

    @property
    def argv(self) -> list[str]:
        """The command that starts it."""
        return [self.python, "-m", "pactreader"]


class Bare(NamedTuple):
    """The costs of a bare Textual app that shows the bundled article."""

    start: Start
    megabytes: float
    written: int
    """Bytes that a start writes."""


class Setting:
    """The samples of a run, the directories of each build, and the yardsticks."""

    def __init__(self, directory: Path, samples: Samples, builds: list[Build]) -> None:
        self.samples = samples
        self.builds = builds
        self.texts = directory / "texts"
        """The directory of the texts for other programs."""
        self._directory = directory
        self._answers: dict[Path, str] = {}
        self._bare = directory / "bare"
        self._bare.mkdir()
        (self._bare / "__main__.py").write_text(_BARE)
        compileall.compile_dir(self._bare, quiet=1)
        for build in builds:
            subprocess.run([build.python, "-c", _COMPILE], check=True)
        self._json = json.dumps([{"id": number, "quote": "pact " * 10} for number in range(13_500)])

    # Yardsticks

    def bare(self) -> Bare:
        """Return the costs of the bare Textual app."""
        argv = [sys.executable, str(self._bare)]
        with MeteredTerminal(argv, self._bare, cwd=self._directory) as terminal:
            start = terminal.wait_for_words(BUNDLED_WORDS)
            terminal.wait_until_quiet()
            return Bare(start, terminal.megabytes(), len(terminal.raw))

    def json_ms(self) -> float:
        """Return the milliseconds of `json.loads` of 1 MB."""
        return median(milliseconds(lambda: json.loads(self._json)) for _ in range(9))

    # Data directories

    def fresh_home(self, build: Build, sample: Sample) -> Path:
        """Return a new data directory of a build, in which the article was never opened."""
        return self._copied(sample.data, self._directory / build.name / "fresh")

    def read_home(self, build: Build, sample: Sample) -> Path:
        """Return the data directory of a build in which the article was opened and closed."""
        home = self._directory / build.name / sample.name
        if not home.exists():
            self._copied(sample.data, home)
            with self.opened(build, home, sample.argument) as terminal:
                terminal.wait_for_words(sample.first_words)
                terminal.wait_until_idle()
                self._answers[home] = _new_words(terminal, "pagedown")
                terminal.press("g")
                terminal.wait_until_idle()
                terminal.quit_reading()
        return home

    def copied_home(self, build: Build, sample: Sample) -> Path:
        """Return a copy of the data directory in which the article was opened and closed."""
        return self._copied(self.read_home(build, sample), self._directory / build.name / "copy")

    def words_of_second_page(self, build: Build, sample: Sample) -> str:
        """Return words that a page down writes, and the start does not."""
        return self._answers[self.read_home(build, sample)]

    def opened(self, build: Build, home: Path, *arguments: str) -> MeteredTerminal:
        """Start a build with a data directory."""
        return MeteredTerminal([*build.argv, *arguments], home, cwd=self._directory)

    def opened_the_normal_way(self, build: Build, home: Path, *arguments: str) -> MeteredTerminal:
        """Start a build without the screen that it keeps to show it before Textual starts."""
        shutil.rmtree(home / KEPT_SCREENS, ignore_errors=True)
        return self.opened(build, home, *arguments)

    def _copied(self, source: Path, target: Path) -> Path:
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, ignore=_ONLY_SOURCES)
        return target


def milliseconds(action: Callable[[], object]) -> float:
    """Call a function and return the milliseconds that it takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def _new_words(terminal: MeteredTerminal, key: str) -> str:
    """Press a key, and return the last words in the article that were not on the screen before.

    Words with a paragraph's number are preferred, as the other words of the made-up texts come again and again.
    """
    terminal.draw_all()
    before = terminal.screen
    terminal.press(key)
    terminal.wait_until_idle()
    terminal.draw_all()
    shown = [words for line in terminal.lines for words in _WORDS.findall(line[:_ARTICLE_WIDTH])]
    new = [words for words in shown if words not in before]
    return next((words for words in reversed(new) if _DIGIT.search(words)), new[-1])
