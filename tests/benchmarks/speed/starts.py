"""First text, bytes and the first key of starts: as it was left, the normal way, and the first opening."""

import time
from collections.abc import Iterator
from typing import Final

from benchmarks.speed.figures import (
    BARE,
    BARE_CPU,
    BUNDLED_TEXT,
    FIRST_TEXT,
    HUGE_TEXT,
    JSON,
    KEPT,
    LARGE_TEXT,
    MARKDOWN_TEXT,
    NORMAL,
    TEXTS,
    UNCHANGED,
    Figure,
    Measurement,
)
from benchmarks.speed.metered_terminal import Start
from benchmarks.speed.samples import Sample
from benchmarks.speed.scenario import Scenario
from benchmarks.speed.setting import Bare, Build, Setting

_NORMAL_GOALS: Final = {BUNDLED_TEXT: 1.2, LARGE_TEXT: 1.3, HUGE_TEXT: 1.6}
_FIRST: Final = "first opening"
_KEPT_GOAL: Final = 0.35
_KEY_AFTER: Final = 0.045
"""Seconds after the start at which the first key is typed: before Textual reads keys."""


def _start_measurements(title: str, start: Start, bare: Bare) -> Iterator[Measurement]:
    yield Measurement(title, start.wall * 1000, bare.start.wall * 1000)
    yield Measurement(f"{title} (cpu)", start.cpu * 1000, bare.start.cpu * 1000)


def _reopened(setting: Setting, build: Build, sample: Sample, *, argument: bool) -> Iterator[Measurement]:
    """Open an article the normal way, close it, open it again as it was left, and close it."""
    home = setting.read_home(build, sample)
    arguments = (sample.argument,) if argument else ()
    suffix = "" if argument else ", no argument"
    for way, opened in ((NORMAL, setting.opened_the_normal_way), (KEPT, setting.opened)):
        bare = setting.bare()
        with opened(build, home, *arguments) as terminal:
            start = terminal.wait_for_words(sample.first_words)
            terminal.wait_until_idle()
            written = len(terminal.raw)
            terminal.quit_reading()
        title = FIRST_TEXT.format(sample.title, way + suffix)
        yield from _start_measurements(title, start, bare)
        if argument and sample.title in TEXTS:
            yield Measurement(f"bytes of a start: {sample.title}, {way}", written, bare.written)


def _start_figures(title: str, goal: float) -> Iterator[Figure]:
    yield Figure(title, BARE, goal)
    yield Figure(f"{title} (cpu)", BARE_CPU, goal)


def _reopened_figures(text: str, goal: float, suffix: str = "") -> Iterator[Figure]:
    yield from _start_figures(FIRST_TEXT.format(text, KEPT + suffix), _KEPT_GOAL)
    yield from _start_figures(FIRST_TEXT.format(text, NORMAL + suffix), goal)


def _measure_starts(setting: Setting, build: Build) -> Iterator[Measurement]:
    for sample in setting.samples.texts:
        yield from _reopened(setting, build, sample, argument=True)
        yield from _reopened(setting, build, sample, argument=False)


def _measure_markdown(setting: Setting, build: Build) -> Iterator[Measurement]:
    sample = setting.samples.markdown
    bare = setting.bare()
    with setting.opened(build, setting.fresh_home(build, sample), sample.argument) as terminal:
        start = terminal.wait_for_words(sample.first_words)
    yield from _start_measurements(FIRST_TEXT.format(MARKDOWN_TEXT, _FIRST), start, bare)
    yield from _reopened(setting, build, sample, argument=True)


def _measure_first_key(setting: Setting, build: Build) -> Iterator[Measurement]:
    """Type a page down before Textual reads keys, and measure the time from the first screen until it is answered."""
    for sample in setting.samples.texts:
        home, words = setting.read_home(build, sample), setting.words_of_second_page(build, sample)
        for way, opened in ((NORMAL, setting.opened_the_normal_way), (KEPT, setting.opened)):
            bare = setting.bare()
            with opened(build, home, sample.argument) as terminal:
                time.sleep(_KEY_AFTER)
                terminal.press("pagedown")
                filled, answered = terminal.shown_after(words)
                terminal.press("g")
                terminal.wait_until_idle()
                terminal.quit_reading()
            if way == NORMAL:
                waited = (answered - filled) * 1000
                yield Measurement(
                    f"first key, after the first screen: {sample.title}", waited, setting.json_ms()
                )
            yield Measurement(
                f"first key, from the start: {sample.title}, {way}", answered * 1000, bare.start.wall * 1000
            )


def _measure_changed(setting: Setting, build: Build) -> Iterator[Measurement]:
    """Open an article that was never opened, with unchanged highlights, and with changed ones."""
    seconds = []
    for sample in (setting.samples.unchanged, setting.samples.changed):
        home = setting.fresh_home(build, sample)
        with setting.opened(build, home, sample.argument) as terminal:
            seconds.append(terminal.wait_for_words(sample.first_words).wall)
    unchanged, changed = seconds
    yield Measurement(_CHANGED, changed * 1000, unchanged * 1000)


_CHANGED: Final = "first text: 3.2 MB, 5,000 changed highlights, place unknown"

STARTS: Final = Scenario(
    "starts",
    [
        *(
            figure
            for text, goal in _NORMAL_GOALS.items()
            for suffix in ("", ", no argument")
            for figure in _reopened_figures(text, goal, suffix)
        ),
        *(
            Figure(f"bytes of a start: {text}, {way}", BARE, unit="bytes")
            for text in TEXTS
            for way in (KEPT, NORMAL)
        ),
    ],
    _measure_starts,
)
MARKDOWN: Final = Scenario(
    "markdown",
    [
        *_start_figures(FIRST_TEXT.format(MARKDOWN_TEXT, _FIRST), 3.0),
        *_reopened_figures(MARKDOWN_TEXT, 1.3),
    ],
    _measure_markdown,
)
FIRST_KEY: Final = Scenario(
    "first-key",
    [
        figure
        for text in TEXTS
        for figure in (
            Figure(f"first key, after the first screen: {text}", JSON, 50, goal_unit="ms"),
            Figure(f"first key, from the start: {text}, {NORMAL}", BARE),
            Figure(f"first key, from the start: {text}, {KEPT}", BARE),
        )
    ],
    _measure_first_key,
)
CHANGED: Final = Scenario("changed", [Figure(_CHANGED, UNCHANGED, 1.1)], _measure_changed)
