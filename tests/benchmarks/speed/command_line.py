"""Commands of the command line beside the imports that they need, and in a library of ten thousand articles."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

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
_TRIES: Final = 3
"""Runs of each of them in a round."""
_MANY: Final = {
    "export --all": (("export", "--all"), 6_000),
    "notes WORD": (("notes", RARE_WORD), 1_500),
    "library": (("library",), None),
    "doctor": (("doctor",), None),
}
"""Commands in the large library by their titles, and their goals in milliseconds."""
_LIMIT: Final = 120
"""Seconds after which a command is stopped."""


class Cost(NamedTuple):
    """The milliseconds of a command, and those of processor time."""

    wall: float
    cpu: float


def _run(argv: list[str], home: Path) -> Cost:
    """Run a command, which is stopped at the limit, and return what it costs."""
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

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = milliseconds(run)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000)


def _measure_small(setting: Setting, build: Build) -> Iterator[Measurement]:
    home = setting.read_home(build, setting.samples.bundled)
    for _ in range(_TRIES):
        for title, arguments in _SMALL.items():
            imports = _run([build.python, "-c", "import tinydb, platformdirs"], home)
            cost = _run([*build.argv, *arguments], home)
            yield Measurement(f"pactreader {title}", cost.wall, imports.wall)
            yield Measurement(f"pactreader {title} (cpu)", cost.cpu, imports.cpu)


def _measure_many(setting: Setting, build: Build) -> Iterator[Measurement]:
    home = setting.read_home(build, setting.samples.many)
    content = (home / "library.json").read_bytes()
    for title, (arguments, _) in _MANY.items():
        start = time.process_time()
        parsing = milliseconds(lambda: json.loads(content))
        parsing_cpu = (time.process_time() - start) * 1000
        cost = _run([*build.argv, *arguments], home)
        yield Measurement(f"10,000 articles: {title}", cost.wall, parsing)
        yield Measurement(f"10,000 articles: {title} (cpu)", cost.cpu, parsing_cpu)


COMMANDS: Final = Scenario(
    "commands",
    [Figure(f"pactreader {title}{cost}", IMPORTS, _GOAL) for title in _SMALL for cost in ("", " (cpu)")],
    _measure_small,
)
LARGE_LIBRARY_COMMANDS: Final = Scenario(
    "library-commands",
    [
        Figure(f"10,000 articles: {title}{cost}", LIBRARY_JSON, goal, goal_unit="ms")
        for title, (_, goal) in _MANY.items()
        for cost in ("", " (cpu)")
    ],
    _measure_many,
    most_rounds=1,
)
