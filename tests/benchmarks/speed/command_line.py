"""Commands of the command line beside the imports that they need, and in a library of ten thousand articles."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.bulk_records import RARE_WORD
from benchmarks.speed.figures import IMPORTS, LIBRARY_JSON, Figure, Measurement
from benchmarks.speed.scenario import Scenario
from benchmarks.speed.setting import Build, Setting, milliseconds

_SMALL: Final = {
    "--version": ("--version",),
    "paths": ("paths",),
    "notes WORD": ("notes", "vague"),
    "library": ("library",),
    "export": ("export",),
}
"""Commands by their titles."""
_GOAL: Final = 1.5
_MANY: Final = {
    "export --all": (("export", "--all"), 6_000),
    "notes WORD": (("notes", RARE_WORD), 1_500),
    "library": (("library",), None),
    "doctor": (("doctor",), None),
}
"""Commands in the large library by their titles, and their goals in milliseconds."""
_LIMIT: Final = 120
"""Seconds after which a command is stopped."""


def _run(argv: list[str], home: Path) -> float:
    """Run a command and return the milliseconds that it takes; those of the limit if it is stopped."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PACTREADER_HOME": str(home),
        "LC_ALL": "C.UTF-8",
    }

    def run() -> None:
        try:
            subprocess.run(argv, env=environment, stdout=subprocess.DEVNULL, timeout=_LIMIT, check=True)
        except subprocess.TimeoutExpired:
            print(f"stopped after {_LIMIT} s: {' '.join(argv)}", file=sys.stderr)

    return milliseconds(run)


def _measure_small(setting: Setting, build: Build) -> Iterator[Measurement]:
    home = setting.read_home(build, setting.samples.bundled)
    for title, arguments in _SMALL.items():
        imports = _run([build.python, "-c", "import tinydb, platformdirs"], home)
        yield Measurement(f"pactreader {title}", _run([*build.argv, *arguments], home), imports)


def _measure_many(setting: Setting, build: Build) -> Iterator[Measurement]:
    home = setting.read_home(build, setting.samples.many)
    content = (home / "library.json").read_bytes()
    for title, (arguments, _) in _MANY.items():
        parsing = milliseconds(lambda: json.loads(content))
        yield Measurement(f"10,000 articles: {title}", _run([*build.argv, *arguments], home), parsing)


COMMANDS: Final = Scenario(
    "commands", [Figure(f"pactreader {title}", IMPORTS, _GOAL) for title in _SMALL], _measure_small
)
LARGE_LIBRARY_COMMANDS: Final = Scenario(
    "library-commands",
    [
        Figure(f"10,000 articles: {title}", LIBRARY_JSON, goal, goal_unit="ms")
        for title, (_, goal) in _MANY.items()
    ],
    _measure_many,
    most_rounds=1,
)
