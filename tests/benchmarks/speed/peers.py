"""Other programs that show a text in the terminal, each in an environment of its own, beside PactReader."""

import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.epub_samples import chapters_as_epub
from benchmarks.speed.figures import BARE, PEER_BUNDLED, PEER_LARGE, Figure, Measurement
from benchmarks.speed.metered_terminal import MeteredTerminal
from benchmarks.speed.samples import BUNDLED_FILE, BUNDLED_WORDS, PARAGRAPHS, text_of
from benchmarks.speed.setting import Setting

_CHAPTER: Final = 500
"""Paragraphs of a chapter of the EPUB."""
_LARGE_WORDS: Final = "Paragraph 2 "
_PACKAGES: Final = {
    "frogmouth": ("frogmouth", ".md"),
    "hike": ("hike", ".md"),
    "baca": ("baca", ".epub"),
    "epy": ("epy-reader", ".epub"),
}
"""Programs on PyPI, with their packages, and the format in which they get the same prose."""
_INSTALLED: Final = {"less": ("less",), "vim": ("vim", "-R")}
"""Programs for plain text that are measured if they are installed, with their commands."""
PEER_FIGURES: Final = [Figure(PEER_BUNDLED, BARE), Figure(PEER_LARGE, BARE)]


class Peer(NamedTuple):
    """Another program."""

    name: str
    argv: tuple[str, ...]
    suffix: str
    """The end of the names of the files that it gets: its format."""


def installed_peers(directory: Path) -> Iterator[Peer]:
    """Yield the other programs, those on PyPI installed in environments in a directory, without those that fail."""
    for name, argv in _INSTALLED.items():
        if found := shutil.which(argv[0]):
            yield Peer(name, (found, *argv[1:]), ".txt")
        else:
            print(f"{name} is not installed: left out.", file=sys.stderr)
    for name, (package, suffix) in _PACKAGES.items():
        environment = directory / package
        program = environment / "bin" / name
        try:
            if not program.exists():
                venv.create(environment, with_pip=True)
                pip = [environment / "bin" / "python", "-m", "pip", "install", "--quiet", package]
                subprocess.run(pip, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{name} cannot be installed: left out ({error}).", file=sys.stderr)
            continue
        yield Peer(name, (str(program),), suffix)


def write_texts(directory: Path) -> None:
    """Write the bundled article and 3.2 MB of text in the formats of the other programs."""
    directory.mkdir()
    for name, text in (("bundled", BUNDLED_FILE.read_text("utf-8")), ("large", text_of(PARAGRAPHS))):
        for suffix in (".txt", ".md"):
            (directory / name).with_suffix(suffix).write_text(text, "utf-8")
        paragraphs = text.split("\n\n")
        chapters = [paragraphs[at : at + _CHAPTER] for at in range(0, len(paragraphs), _CHAPTER)]
        (directory / name).with_suffix(".epub").write_bytes(chapters_as_epub(chapters))


def measure_peer(setting: Setting, peer: Peer) -> Iterator[Measurement]:
    """Measure the first texts of another program."""
    for title, name, words in ((PEER_BUNDLED, "bundled", BUNDLED_WORDS), (PEER_LARGE, "large", _LARGE_WORDS)):
        file = (setting.texts / name).with_suffix(peer.suffix)
        home = setting.texts / f"home-{name}"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        bare = setting.bare()
        with MeteredTerminal([*peer.argv, str(file)], home, cwd=setting.texts) as terminal:
            try:
                start = terminal.wait_for_words(words)
            except TimeoutError as error:
                print(f"{peer.name}: {error}", file=sys.stderr)
                continue
        yield Measurement(title, start.wall * 1000, bare.start.wall * 1000)
