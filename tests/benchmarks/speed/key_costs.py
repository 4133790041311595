"""Keys: their last byte, processor time and bytes, the memory of the program that waits for them, and a long sitting."""

from collections.abc import Iterator
from math import ceil
from statistics import median
from typing import Final

from benchmarks.speed.figures import (
    BARE,
    BUNDLED,
    BUNDLED_TEXT,
    FIRST_KEYS,
    HUGE_TEXT,
    JSON,
    LARGE_TEXT,
    TEXTS,
    Figure,
    Measurement,
)
from benchmarks.speed.metered_terminal import KeyCost, MeteredTerminal
from benchmarks.speed.scenario import Scenario
from benchmarks.speed.setting import Build, Setting

_PRESSES: Final = 20
_PAGES: Final = 100
"""Pages down and up, of which the slowest but one is the 99th percentile."""
_QUERIES: Final = ("pact", "the", "weapons of", "zqx")
"""Words that are common, very common, two, and absent."""
_MOTIONS: Final = {
    "caret": ("down",),
    "sentence": (")",),
    "label": (")", "1"),
    "next highlight": ("]",),
}
"""Keys that are measured: the last of each, after the others."""
_MEMORY_GOALS: Final = {BUNDLED_TEXT: None, LARGE_TEXT: 30, HUGE_TEXT: 170}
_SITTING: Final = 20
"""Hundreds of keys in a row."""
_HUNDRED: Final = 2 * (")", "1", "down", "down", "pagedown", "]", "right", ")", "1", "up") * 5


def _percentile(values: list[float], share: float) -> float:
    """Return a percentile: the least value that so large a share does not exceed."""
    return sorted(values)[ceil(share * len(values)) - 1]


def _measure_keys(setting: Setting, build: Build) -> Iterator[Measurement]:
    """Press all keys at each size, and give their processor time as a ratio to that in the bundled article."""
    bundled: dict[str, float] = {}
    for sample in setting.samples.texts:
        bare, json_ms = setting.bare(), setting.json_ms()
        with setting.opened(build, setting.copied_home(build, sample), sample.argument) as terminal:
            terminal.wait_for_words(sample.first_words)
            terminal.wait_until_idle()
            yield Measurement(
                f"memory over bare: {sample.title}", terminal.megabytes() - bare.megabytes, bare.megabytes
            )
            for key, costs in _pressed(terminal):
                cpu = median(cost.cpu * 1000 for cost in costs)
                yield Measurement(f"{key}, cpu: {sample.title}", cpu, bundled.setdefault(key, cpu))
                written = median(cost.written for cost in costs)
                yield Measurement(f"{key}, bytes: {sample.title}", written, bare.written)
                yield from _waits(key, sample.title, costs, json_ms)
            terminal.wait_until_idle()
            yield Measurement(
                f"memory over bare after the keys: {sample.title}",
                terminal.megabytes() - bare.megabytes,
                bare.megabytes,
            )


def _waits(key: str, title: str, costs: list[KeyCost], json_ms: float) -> Iterator[Measurement]:
    """Yield the milliseconds until the effects of a key are on the terminal."""
    firsts, walls = (
        [wait * 1000 for wait in waits] for waits in zip(*(cost[:2] for cost in costs), strict=True)
    )
    yield Measurement(f"{key}, first update p99: {title}", _percentile(firsts, 0.99), json_ms)
    yield Measurement(f"{key}, last byte p50: {title}", median(walls), json_ms)
    yield Measurement(f"{key}, last byte p99: {title}", _percentile(walls, 0.99), json_ms)


def _pressed(terminal: MeteredTerminal) -> Iterator[tuple[str, list[KeyCost]]]:
    """Press the keys, and yield their names and costs."""
    pages = [terminal.cost_of(key) for _ in range(_PAGES // 2) for key in ("pagedown", "pageup")]
    yield "page", pages
    for name, keys in _MOTIONS.items():
        terminal.cost_of("g")
        yield name, [_cost_of_last(terminal, keys) for _ in range(_PRESSES)]
    terminal.cost_of("g")
    letters: list[KeyCost] = []
    opened: list[KeyCost] = []
    for query in _QUERIES:
        opened.append(terminal.cost_of("/"))
        letters += map(terminal.cost_of, query)
        terminal.cost_of("escape")
    yield "find opens", opened
    yield "find letter", letters
    terminal.cost_of("tab")
    yield "card", [terminal.cost_of("down") for _ in range(_PRESSES)]
    terminal.cost_of("tab")


def _cost_of_last(terminal: MeteredTerminal, keys: tuple[str, ...]) -> KeyCost:
    """Press some keys, each after the effects of the former, and return the cost of the last."""
    return [terminal.cost_of(key) for key in keys][-1]


def _measure_sitting(setting: Setting, build: Build) -> Iterator[Measurement]:
    """Press thousands of keys in a row, a fifth of them labels."""
    sample = setting.samples.large
    with setting.opened(build, setting.copied_home(build, sample), sample.argument) as terminal:
        terminal.wait_for_words(sample.first_words)
        terminal.wait_until_idle()
        hundreds, memory = [], []
        for _ in range(_SITTING):
            costs = [terminal.cost_of(*_HUNDRED[first : first + 10]) for first in range(0, 100, 10)]
            hundreds.append(sum(cost.cpu for cost in costs) * 10)
            memory.append(terminal.megabytes())
    yield Measurement("2,000 keys: cpu of a key in the last hundred", hundreds[-1], hundreds[0])
    yield Measurement("2,000 keys: memory after the last hundred", memory[-1], memory[0])


def _key_figures(key: str) -> Iterator[Figure]:
    goals = {"page": (10, 25), "find letter": (None, 33)}.get(key, (None, None))
    for title in TEXTS:
        yield Figure(f"{key}, first update p99: {title}", JSON, goals[1], goal_unit="ms")
        yield Figure(f"{key}, last byte p50: {title}", JSON, goals[0], goal_unit="ms")
        yield Figure(f"{key}, last byte p99: {title}", JSON, goals[1], goal_unit="ms")
    for title in TEXTS:
        has_goal = title != BUNDLED_TEXT and key not in ("page", "find letter", "find opens")
        yield Figure(f"{key}, cpu: {title}", BUNDLED, 1.2 if has_goal else None)
    for title in TEXTS:
        yield Figure(f"{key}, bytes: {title}", BARE, unit="bytes")


KEYS: Final = Scenario(
    "keys",
    [
        *(
            figure
            for key in ("page", *_MOTIONS, "find opens", "find letter", "card")
            for figure in _key_figures(key)
        ),
        *(Figure(f"memory over bare: {title}", BARE, _MEMORY_GOALS[title], "MB", "MB") for title in TEXTS),
        *(Figure(f"memory over bare after the keys: {title}", BARE, unit="MB") for title in TEXTS),
    ],
    _measure_keys,
)
SITTING: Final = Scenario(
    "sitting",
    [
        Figure("2,000 keys: cpu of a key in the last hundred", FIRST_KEYS, 1.1),
        Figure("2,000 keys: memory after the last hundred", FIRST_KEYS, 1.1, "MB"),
    ],
    _measure_sitting,
    most_rounds=1,
)
