"""The window over a library of ten thousand articles: opening an article, and the library dialog."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.speed.figures import FEW_ARTICLES, JSON, Figure, Measurement
from benchmarks.speed.metered_terminal import Start
from benchmarks.speed.scenario import Scenario
from benchmarks.speed.setting import Build, Setting

_KNOWN: Final = "10,000 articles: first text of an article read before"
_NEW: Final = "10,000 articles: first text of an article never read"
_LIST: Final = "10,000 articles: `o`, first update"
_FIRST_LETTER: Final = "10,000 articles: first letter in the library dialog, first update"
_LETTERS: Final = "10,000 articles: slowest of the letters behind it, first update"
_LAST_BYTE: Final = "10,000 articles: slowest letter, last byte of what is found"
_NEW_TEXT: Final = "Nothing like it.\n\nParagraph 2 is about the weather, and about nothing else.\n"
_NEW_WORDS: Final = "Paragraph 2 is"
_TYPED: Final = "article vague"


def _measure_window(setting: Setting, build: Build) -> Iterator[Measurement]:
    many, few = setting.samples.many, setting.samples.few
    new = setting.texts / "never-read.txt"
    new.write_text(_NEW_TEXT)
    yield from _compared(
        _KNOWN,
        *(
            _first_text(setting, build, setting.read_home(build, sample), sample.argument, sample.first_words)
            for sample in (many, few)
        ),
    )
    yield from _compared(
        _NEW,
        *(
            _first_text(setting, build, setting.copied_home(build, sample), str(new), _NEW_WORDS)
            for sample in (many, few)
        ),
    )
    with setting.opened(build, setting.read_home(build, many), many.argument) as terminal:
        terminal.wait_for_words(many.first_words)
        terminal.wait_until_idle()
        json_ms = setting.json_ms()
        yield Measurement(_LIST, terminal.cost_of("o").first * 1000, json_ms)
        first, *others = map(terminal.cost_of, _TYPED)
        yield Measurement(_FIRST_LETTER, first.first * 1000, json_ms)
        yield Measurement(_LETTERS, max(cost.first for cost in others) * 1000, json_ms)
        yield Measurement(_LAST_BYTE, max(cost.wall for cost in (first, *others)) * 1000, json_ms)


def _first_text(setting: Setting, build: Build, home: Path, argument: str, words: str) -> Start:
    """Open an article the normal way."""
    with setting.opened_the_normal_way(build, home, argument) as terminal:
        return terminal.wait_for_words(words)


def _compared(title: str, large: Start, small: Start) -> Iterator[Measurement]:
    yield Measurement(title, large.wall * 1000, small.wall * 1000)
    yield Measurement(f"{title} (cpu)", large.cpu * 1000, small.cpu * 1000)


LARGE_LIBRARY: Final = Scenario(
    "library",
    [
        *(Figure(f"{title}{cost}", FEW_ARTICLES, 1.3) for title in (_KNOWN, _NEW) for cost in ("", " (cpu)")),
        *(Figure(title, JSON, 50, goal_unit="ms") for title in (_LIST, _FIRST_LETTER, _LETTERS)),
        Figure(_LAST_BYTE, JSON),
    ],
    _measure_window,
    most_rounds=3,
)
