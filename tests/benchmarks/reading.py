"""The costs of reading on a real terminal: run it with `python tests/benchmarks/reading.py [--rounds N]` (Linux).

In each round it measures these programs in turn, so that other load on the machine affects all of them alike:

- a bare Textual app: one `Static` with the bundled article, as a lower bound;
- PactReader with the bundled article;
- PactReader with a made-up text of 3.2 MB in 11,000 paragraphs, and 10,000 highlights in its library;
- frogmouth and baca with the bundled article, if they are installed.

The table gives medians: milliseconds from the start of the process until the terminal has the first words of the text,
and milliseconds of processor time (user and system, all threads) that a key costs. Times depend on the machine; the
ratios between the columns do not. Expected: the first text at most 1.25 times the bare app's for the
bundled article and 1.40 times for the large one, a page down in the large one at most 1.5 times one in the small one.
"""

import argparse
import compileall
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

import textual
from bulk_records import insert_records

import pactreader
from pactreader.core.anchoring.description import describe
from pactreader.core.annotation import Annotation, timestamp
from pactreader.core.article import BlockKind
from pactreader.core.labels import LABELS
from pactreader.core.notebooks.changes import Change, Edit
from pactreader.formats.sources import BUNDLED, read_source
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.schema.records import annotation_record, change_record
from terminal import Terminal

ROUNDS = 7
PRESSES = 6
PARAGRAPHS = 11_000
HIGHLIGHTS = 10_000
CHANGES = 1_000
"""Highlights whose changes are in the history for undo."""
QUIET = 0.06
"""Seconds without output after which the effects of a key are complete. Textual draws every 17 ms."""
ASSETS = Path(__file__).parents[2] / "assets"

BARE = """
from pathlib import Path
from textual.app import App
from textual.content import Content
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static(Content(Path({path!r}).read_text("utf-8")))

Bare().run()
"""

KEY_TESTS = {
    "page down": (("pagedown",), ("pageup",)),
    "caret down": (("down",), ()),
    "caret right": (("right",), ()),
    "1 on a sentence": (("1",), ("}", ")")),
    "] next highlight": (("]",), ()),
}
"""The keys that are measured, and keys pressed before each further measurement, by description."""


class Meter(Terminal):
    """A terminal that does not draw, so that it takes no time from the program."""

    def _draw(self, data: bytes) -> None:
        """Draw nothing."""

    def cpu(self) -> float:
        """Return the seconds of processor time of the program, by its process's clock (`clock_getcpuclockid`)."""
        return time.clock_gettime(~self.pid << 3 | 2)

    def wait_until_idle(self) -> None:
        """Wait until the program writes nothing for a while."""
        while self.read(QUIET):
            pass


@dataclass
class Program:
    """A program to measure, and its measurements."""

    name: str
    argv: list[str]
    first_words: str
    """The first words of the text that are written without a change of style."""
    home: Path | None = None
    """PactReader's data directory at the start of every round; `None` for other programs."""
    starts: list[float] = field(default_factory=list)
    keys: dict[str, list[float]] = field(default_factory=dict)


def large_text() -> str:
    """Return 3.2 MB of text in 11,000 paragraphs of three sentences, always the same."""
    chance = random.Random(1)
    words = [
        "pact",
        "treaty",
        "Seoul",
        "Moscow",
        "alliance",
        "weapons",
        "“mutual”",
        "assistance",
        "clause",
        "—",
        "aggression",
        "vague",
        "of",
        "the",
        "and",
        "in",
    ]

    def sentence(number: int) -> str:
        return f"{number} {' '.join(chance.choices(words, k=14))}."

    return "\n\n".join(f"Paragraph {' '.join(map(sentence, [n] * 3))}" for n in range(1, PARAGRAPHS + 1))


def create_library(home: Path, source: Path, highlights: int = HIGHLIGHTS) -> None:
    """Create a library with a highlight on the first sentence of each of the first paragraphs."""
    paths = Paths.find(home, {})
    article = read_source(str(source), sys.stdin.buffer)
    paragraphs = [block for block in article.blocks if block.kind is BlockKind.PARAGRAPH]
    at = timestamp(datetime.now(UTC))
    with Library(paths) as library:
        entry = library.entry_for(article)
        library.register(entry, article)
        records = []
        for number, block in enumerate(paragraphs[:highlights], 1):
            end = article.text.index(".", block.start) + 1
            annotation = Annotation(
                id=f"a{number:05}",
                label=tuple(LABELS)[number % len(LABELS)].id,
                anchor=describe(article.text, block.start, end, article.text_hash),
                note="Who decides what counts?" if number % 10 == 0 else "",
                created=at,
                modified=at,
            )
            records.append(annotation_record(entry.id, annotation))
            if number > highlights - CHANGES:
                change = Change(f"c{number:05}", number, "highlight", at, (Edit(None, annotation),))
                records.append(change_record(entry.id, change))
        insert_records(library, records)


def programs(directory: Path) -> Iterator[Program]:
    """Yield the programs to measure."""
    bundled = ASSETS / BUNDLED
    first_words = "Vladimir Putin and Kim"
    bare = directory / "bare"
    bare.mkdir()
    (bare / "__main__.py").write_text(BARE.format(path=str(bundled)))
    compileall.compile_dir(bare, quiet=1)
    yield Program("bare Textual", [sys.executable, str(bare)], first_words)

    read = [sys.executable, "-m", "pactreader", "--data-dir", str(directory / "data")]
    small = directory / "small"
    small.mkdir()
    yield Program("pactreader", [*read], first_words, small)
    large, text = directory / "large", directory / "large.txt"
    text.write_text(large_text(), encoding="utf-8")
    create_library(large, text)
    yield Program("pactreader 3.2 MB", [*read, str(text)], "Paragraph 2 ", large)

    for peer in ("frogmouth", "baca"):
        if found := shutil.which(peer):
            yield Program(peer, [found, str(bundled)], first_words)


def start_program(program: Program, directory: Path) -> Meter:
    """Start a program with its initial data directory."""
    data = directory / "data"
    shutil.rmtree(data, ignore_errors=True)
    if program.home:
        shutil.copytree(program.home, data)
    return start_metered(program.argv, directory)


def start_metered(argv: list[str], directory: Path) -> Meter:
    """Start a program with a home directory of its own."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(directory),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
        "TEXTUAL_ANIMATIONS": "none",
    }
    return Meter(argv, columns=120, rows=40, env=environment, cwd=directory)


def first_text(terminal: Meter, words: str) -> float:
    """Wait for the first words of the text, and return the seconds since the start."""
    while words.encode() not in terminal.raw:
        if not terminal.read(20):
            raise SystemExit(f"{words!r} never came:\n{terminal.raw.decode()}")
    return time.perf_counter() - terminal.started


def read_once(program: Program, directory: Path) -> None:
    """Run a program once, so that its data directory has the position and the text."""
    with start_program(program, directory) as terminal:
        first_text(terminal, program.first_words)
        terminal.wait_until_idle()
        terminal.quit_reading()
    shutil.rmtree(program.home)
    shutil.copytree(directory / "data", program.home)


def measure_program(program: Program, directory: Path) -> None:
    """Measure a program once: its start and, if it is PactReader, its keys."""
    with start_program(program, directory) as terminal:
        program.starts.append(first_text(terminal, program.first_words))
        time.sleep(0.5)
        terminal.wait_until_idle()
        if program.home:
            for name, (keys, before) in KEY_TESTS.items():
                cost = median(cost_of(terminal, keys, before) for _ in range(PRESSES))
                program.keys.setdefault(name, []).append(cost)
                terminal.press("g")
                terminal.wait_until_idle()


def cost_of(terminal: Meter, keys: tuple[str, ...], before: tuple[str, ...]) -> float:
    """Press some keys, then others, and return the seconds of processor time that the latter cost."""
    terminal.press(*before)
    terminal.wait_until_idle()
    start = terminal.cpu()
    terminal.press(*keys)
    terminal.wait_until_idle()
    return terminal.cpu() - start


def table(measured: list[Program]) -> Iterator[str]:
    """Yield the lines of the table."""
    bare, small, large, *peers = measured
    yield f"{'':<18}" + "".join(f"{one.name:>19}" for one in measured) + f"{'ratio':>22}"
    starts = {one.name: median(one.starts) * 1000 for one in measured}
    ratio = " ".join(f"{starts[one.name] / starts[bare.name]:.2f}" for one in (small, large, *peers))
    yield (
        f"{'first text':<18}"
        + "".join(f"{ms:>16.0f} ms" for ms in starts.values())
        + f"{ratio + ' of bare':>22}"
    )
    for name in KEY_TESTS:
        costs = [median(one.keys[name]) * 1000 for one in (small, large)]
        shown = "".join(f"{ms:>16.1f} ms" for ms in costs)
        yield f"{name:<18}{'':>19}{shown}" + f"{f'{costs[1] / costs[0]:.2f} of small':>22}"


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="measurements of each program")
    rounds = parser.parse_args().rounds
    for package in (textual, pactreader):
        compileall.compile_dir(Path(package.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        measured = list(programs(directory))
        for program in measured:
            if program.home:
                read_once(program, directory)
        for _ in range(rounds):
            for program in measured:
                measure_program(program, directory)
        print("\n".join(table(measured)))


if __name__ == "__main__":
    main()
