"""The option `--long`, for many more tries of tests that depend on chance; and tallies, printed at the end."""

from collections import Counter
from pathlib import PurePath

import pytest
from hypothesis import settings

import effort

settings.register_profile("untimed", deadline=None)  # the machine may be busy with other tests
settings.load_profile("untimed")


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="try what depends on chance much more often")


def pytest_configure(config):
    if config.getoption("long"):
        effort.try_hard()


@pytest.fixture
def tally(request):
    """Return a function that adds to counts: `tally(operations=3, lost=0)`. Their sums by file are printed at the end."""
    sums = {}
    request.node.user_properties.append(("tally", sums))

    def add(**numbers):
        for name, number in numbers.items():
            sums[name] = sums.get(name, 0) + number

    return add


def pytest_terminal_summary(terminalreporter):
    files = {}
    for report in (one for outcome in ("passed", "failed") for one in terminalreporter.getreports(outcome)):
        sums = dict(report.user_properties).get("tally", {})
        files.setdefault(report.nodeid.partition("::")[0], Counter()).update(sums)
    for file, sums in sorted(files.items()):
        if sums:
            said = ", ".join(f"{number:,} {name}" for name, number in sums.items())
            terminalreporter.write_line(f"{PurePath(*PurePath(file).parts[-2:])}: {said}")
