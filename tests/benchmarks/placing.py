"""The costs of a changed text: run it with `python tests/benchmarks/placing.py [--rounds N]` (Linux).

A made-up text of 3.2 MB with 5,000 highlights in it is opened on a real terminal, in turn

- as it was read last;
- with one sentence changed;
- with a word put into every highlighted sentence.

Each is opened twice: without a key, until a sentence tells that all highlights are placed; and with a key pressed again
and again for as long, from when the highlights are loaded. The table gives medians of the rounds, and of
the longest waits the greatest: milliseconds until the first text, seconds from then until all are placed, milliseconds
from a key until its effect is on the terminal, and the most memory that was used. As a yardstick, the last line has the time
that Python takes to find the words of the text with a regular expression.

Expected: the first text within 10 % of the unchanged one's; all placed within 0.5 s and 2.5 s; no key over 100 ms; at most
150 MB more than unchanged.
"""

import argparse
import compileall
import re
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))

import textual

import pactreader
from benchmarks.speed.metered_terminal import MeteredTerminal
from benchmarks.speed.samples import CHANGED, PARAGRAPHS, Sample, Samples, text_of
from benchmarks.speed.setting import KEPT_SCREENS

SETTLING: Final = 5.5
"""Seconds after which a file that was written is not read again for that."""
LOADED: Final = f"{CHANGED:,} highlights"
"""The words of the title bar once the highlights are loaded."""
SENTENCE: Final = "The article changed since"
"""The beginning of the sentence that is shown when all are placed."""
UNCHANGED_SECONDS: Final = 3.0
"""Seconds for which keys are pressed if nothing is to be placed."""
KEYS: Final = {"<": b"nowhere to go back", ">": b"nowhere to go forward"}
"""Keys, and words that only their effects have. They alternate."""
PAUSE: Final = 0.03
"""Seconds from the effect of a key to the next key."""


@dataclass
class Version:
    """A version of the text, and its measurements."""

    name: str
    text: str
    first_texts: list[float] = field(default_factory=list)
    placed: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        return self.name != "unchanged"


def versions() -> list[Version]:
    """Return the versions of the text, the unchanged one first."""
    text = text_of(PARAGRAPHS)
    paragraphs = text.split("\n\n")
    rewritten = [_with_a_word(one) for one in paragraphs[:CHANGED]]
    one = [*paragraphs[:3], rewritten[3], *paragraphs[4:]]
    return [
        Version("unchanged", text),
        Version("one sentence", "\n\n".join(one)),
        Version("5,000 lines", "\n\n".join([*rewritten, *paragraphs[CHANGED:]])),
    ]


def _with_a_word(paragraph: str) -> str:
    """Return a paragraph with a word put into its first sentence."""
    words = paragraph.split(" ")
    return " ".join([*words[:6], "meanwhile", *words[6:]])


def write_version(sample: Sample, version: Version) -> None:
    """Write a version to the file, and wait until it does not look as if it was written while it was read."""
    Path(sample.argument).write_text(version.text, encoding="utf-8")
    time.sleep(SETTLING)


def measure(version: Version, sample: Sample, home: Path, directory: Path) -> None:
    """Open a version without a key until all highlights are placed, and then with keys for as long."""
    with _opened(sample, home, directory) as terminal:
        shown = terminal.wait_for_words(sample.first_words).wall
        version.first_texts.append(shown)
        if version.is_changed:
            seconds = terminal.wait_for_words(SENTENCE).wall - shown
            version.placed.append(seconds)
        else:
            terminal.wait_for_words(LOADED)
            seconds = UNCHANGED_SECONDS
        terminal.wait_until_idle()
        version.memory.append(_peak_memory(terminal.pid))
        terminal.quit_reading()
    with _opened(sample, home, directory) as terminal:
        version.first_texts.append(terminal.wait_for_words(sample.first_words).wall)
        terminal.wait_for_words(LOADED)  # which takes longer than a key, whatever the text
        until = time.perf_counter() + seconds
        for key, words in cycle(KEYS.items()):
            version.waits.append(_wait_of(terminal, key, words))
            terminal.read(PAUSE)
            if time.perf_counter() > until:
                break
        terminal.quit_reading()


def _opened(sample: Sample, home: Path, directory: Path) -> MeteredTerminal:
    """Start PactReader with the initial data directory, the normal way."""
    data = directory / "data"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(home, data)
    shutil.rmtree(data / KEPT_SCREENS, ignore_errors=True)
    return MeteredTerminal([sys.executable, "-m", "pactreader", sample.argument], data, cwd=directory)


def _wait_of(terminal: MeteredTerminal, key: str, words: bytes) -> float:
    """Press a key, and return the seconds until its effect is on the terminal."""
    begin, start = len(terminal.raw), time.perf_counter()
    terminal.press(key)
    while terminal.raw.find(words, begin) < 0:
        if not terminal.read(20):
            raise SystemExit(f"{key} had no effect:\n{terminal.raw[begin:].decode()}")
    return time.perf_counter() - start


def _peak_memory(pid: int) -> float:
    """Return the most memory that a process has used, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1000


def print_table(measured: list[Version]) -> None:
    """Print the table."""
    columns = ("first text", "ratio", "all placed", "longest key", "median key", "memory", "more")
    print(f"{'':<14}" + "".join(f"{column:>13}" for column in columns))
    unchanged = measured[0]
    for one in measured:
        first, most = median(one.first_texts), median(one.memory)
        cells = (
            f"{first * 1000:.0f} ms",
            f"{first / median(unchanged.first_texts):.2f}",
            f"{median(one.placed):.2f} s" if one.is_changed else "–",
            f"{max(one.waits) * 1000:.0f} ms",
            f"{median(one.waits) * 1000:.0f} ms",
            f"{most:.0f} MB",
            f"{most - median(unchanged.memory):+.0f} MB",
        )
        print(f"{one.name:<14}" + "".join(f"{cell:>13}" for cell in cells))
    start = time.perf_counter()
    words = sum(1 for _ in re.finditer(r"\w+", unchanged.text))
    print(f"yardstick: {words:,} words found in {(time.perf_counter() - start) * 1000:.0f} ms")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each version")
    rounds = parser.parse_args().rounds
    for package in (textual, pactreader):
        compileall.compile_dir(Path(package.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        sample, home = Samples(directory / "samples").unchanged, directory / "home"
        measured = versions()
        write_version(sample, measured[0])
        measure(Version("unchanged", ""), sample, sample.data, directory)
        shutil.copytree(directory / "data", home)
        for _ in range(rounds):
            for version in measured:
                write_version(sample, version)
                measure(version, sample, home, directory)
        print_table(measured)


if __name__ == "__main__":
    main()
