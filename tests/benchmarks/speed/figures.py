"""The figures that are measured, with their yardsticks and goals, and the results of a run."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple, Self, TypeAlias

BARE: Final = "bare Textual"
BARE_CPU: Final = "bare Textual, cpu"
BUNDLED: Final = "the bundled article"
JSON: Final = "json.loads of 1 MB"
LIBRARY_JSON: Final = "json.loads of the library"
IMPORTS: Final = "import tinydb, platformdirs"
FEW_ARTICLES: Final = "a library of 10 articles"
UNCHANGED: Final = "unchanged highlights"
FIRST_KEYS: Final = "the first hundred keys"
BUNDLED_TEXT: Final = "bundled article"
LARGE_TEXT: Final = "3.2 MB, 10,000 highlights"
HUGE_TEXT: Final = "32 MB, 100,000 highlights"
MARKDOWN_TEXT: Final = "3.2 MB of Markdown"
TEXTS: Final = (BUNDLED_TEXT, LARGE_TEXT, HUGE_TEXT)
KEPT: Final = "as it was left"
NORMAL: Final = "the normal way"
FIRST_TEXT: Final = "first text: {}, {}"
PEER_BUNDLED: Final = f"first text: {BUNDLED_TEXT}"
PEER_LARGE: Final = "first text: 3.2 MB"
"""Parts of the figures' titles, and those of other programs."""


class Figure(NamedTuple):
    """A figure that is measured."""

    title: str
    yardstick: str
    """The name of the figure in the same round to which the ratio is given."""
    goal: float | None = None
    """The most that it should be: the ratio or, if that is not the `goal_unit`, the value."""
    unit: str = "ms"
    goal_unit: str = "×"

    def shown(self, value: float) -> str:
        """Return a value with its unit: "41 ms"."""
        return f"{value:,.{int(self.unit == 'ms' and abs(value) < 100)}f} {self.unit}"


class Measurement(NamedTuple):
    """A value of a figure, in its unit, and the yardstick's in the same round."""

    figure: str
    value: float
    yardstick: float


class Summary(NamedTuple):
    """The medians of the values of a figure, of its yardstick's, and of their ratios in each round."""

    value: float
    yardstick: float
    ratio: float

    def meets(self, figure: Figure) -> bool:
        """Return whether the goal of the figure is met; true if it has none."""
        measured = self.ratio if figure.goal_unit == "×" else self.value
        return figure.goal is None or measured <= figure.goal


Values: TypeAlias = dict[str, dict[str, list[tuple[float, float]]]]
"""Values and yardstick's values by the program's name and the figure's title."""


class Results:
    """The values of a run."""

    def __init__(self, values: Values | None = None) -> None:
        self._values: Values = values or {}

    @classmethod
    def read(cls, *paths: Path) -> Self:
        """Read the results of earlier runs. A figure that several have is that of the last."""
        values: Values = {}
        for path in paths:
            for program, figures in json.loads(path.read_text("utf-8")).items():
                values.setdefault(program, {}).update(figures)
        return cls(values)

    def write(self, path: Path) -> None:
        """Write the results."""
        path.write_text(json.dumps(self._values, indent=1), "utf-8")

    def add(self, program: str, measurements: Iterable[Measurement]) -> None:
        """Add values of a program."""
        figures = self._values.setdefault(program, {})
        for figure, value, yardstick in measurements:
            figures.setdefault(figure, []).append((value, yardstick))

    @property
    def programs(self) -> list[str]:
        """The names of the programs that were measured."""
        return list(self._values)

    def summary(self, program: str, title: str) -> Summary | None:
        """Return the medians of a figure of a program; `None` if it was not measured."""
        values = self._values.get(program, {}).get(title)
        if not values:
            return None
        ratios = [value / yardstick for value, yardstick in values if yardstick]
        columns = zip(*values, strict=True)
        return Summary(*map(median, columns), median(ratios) if ratios else 0.0)


def table(results: Results, figures: list[Figure]) -> Iterator[str]:
    """Yield the lines of the table of those figures that were measured."""
    rows = {
        figure: summaries
        for figure in figures
        if any(summaries := [results.summary(name, figure.title) for name in results.programs])
    }
    if not rows:
        return
    shown = [
        name for number, name in enumerate(results.programs) if any(row[number] for row in rows.values())
    ]
    wide = max(len(figure.title) for figure in rows)
    yield f"{'':<{wide}}{'goal':>10}" + "".join(f"{name:>26}" for name in shown) + "   ratio to"
    for figure, row in rows.items():
        goal = f"{figure.goal:g} {figure.goal_unit}" if figure.goal is not None else ""
        cells = "".join(f"{_cell(figure, results.summary(name, figure.title)):>26}" for name in shown)
        yardstick = median(summary.yardstick for summary in row if summary)
        yield f"{figure.title:<{wide}}{goal:>10}{cells}   {figure.yardstick} ({figure.shown(yardstick)})"


def _cell(figure: Figure, summary: Summary | None) -> str:
    """Return the ratio and the value, with a mark if the goal is not met."""
    if summary is None:
        return "-"
    mark = "" if summary.meets(figure) else "! "
    return f"{mark}{summary.ratio:.2f} × {figure.shown(summary.value):>10}"
