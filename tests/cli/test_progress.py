"""Long work says how far it is on a terminal, and what was done when it is stopped."""

import io
from contextlib import redirect_stderr

import pytest

from pactreader.cli import progress as module
from pactreader.cli.progress import Progress
from pactreader.storage.progress import counted


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    return now


def work(clock: list[float], stream: io.StringIO, steps: int, seconds: float, stop_at: int = -1) -> None:
    with redirect_stderr(stream), Progress("Checking", "Nothing was changed.") as progress:
        for step in counted(range(steps), steps, progress.show):
            if step == stop_at:
                raise KeyboardInterrupt
            clock[0] += seconds


def test_short_work_says_nothing(clock: list[float]) -> None:
    terminal = Terminal()
    work(clock, terminal, 90, 0.01)
    assert terminal.getvalue() == ""


def test_long_work_rewrites_one_line_and_erases_it(clock: list[float]) -> None:
    terminal = Terminal()
    work(clock, terminal, 2_000, 0.03125)
    _, first, *_, last, spaces, nothing = terminal.getvalue().split("\r")
    assert first == "Checking: 32 of 2,000, ctrl+c stops"
    assert last.startswith("Checking: 1,99")
    assert (spaces, nothing) == (" " * len(last), ""), "the line is erased at the end"
    assert terminal.getvalue().count("Checking") < 600, "not at every step"


def test_no_terminal_gets_none(clock: list[float]) -> None:
    stream = io.StringIO()
    work(clock, stream, 2_000, 0.03125)
    assert stream.getvalue() == ""


def test_stopped_work_says_what_was_done(clock: list[float]) -> None:
    terminal = Terminal()
    with pytest.raises(KeyboardInterrupt):
        work(clock, terminal, 2_000, 0.03125, stop_at=40)
    assert terminal.getvalue().endswith(" \rpactreader: Stopped. Nothing was changed.\n")
