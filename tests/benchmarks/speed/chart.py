"""README's chart and sentences on speed, made from the medians of a run."""

import html
import json
from collections.abc import Iterable, Iterator
from math import log10
from pathlib import Path
from typing import Final, TypeAlias

from benchmarks.speed.figures import (
    BUNDLED_TEXT,
    FIRST_TEXT,
    HUGE_TEXT,
    KEPT,
    LARGE_TEXT,
    NORMAL,
    PEER_BUNDLED,
    PEER_LARGE,
    TEXTS,
    Results,
)

ROOT: Final = Path(__file__).parents[3]
MEDIANS: Final = ROOT / "assets" / "speed.json"
"""The ratios of the run that README shows."""
CHART: Final = ROOT / "assets" / "speed.svg"
BEGIN: Final = "<!-- speed: made by tests/benchmarks/speed -->\n"
END: Final = "<!-- end of speed -->"

_BARE: Final = "bare Textual"
_PEERS: Final = {
    "less": "text",
    "vim": "text",
    "epy": "EPUB",
    "baca": "EPUB",
    "hike": "Markdown",
    "frogmouth": "Markdown",
}
"""Other programs, and the format in which they get the same prose."""
_KEYS: Final = ("caret", "sentence", "label")

Ratios: TypeAlias = dict[str, dict[str, float]]
"""Ratios by a program's name or a figure's beginning, and by text."""

_LEFT, _RIGHT, _TOP, _ROW = 240, 720, 84, 30
"""Pixels at which the axis begins and ends, above the first row, and of a row."""
_TICKS: Final = (0.001, 0.01, 0.1, 1, 10, 100, 1000)
_RADII: Final = {"bundled": 6, "large": 5}
"""Pixels of the dots."""
_STYLE: Final = """\
text { font: 14px sans-serif; fill: #24292f }
.small { font-size: 12px }
.axis { stroke: #8c959f; opacity: .5 }
.bundled { fill: #0969da }
.large { fill: none; stroke: #cf222e; stroke-width: 2.5 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .bundled { fill: #58a6ff }
  .large { stroke: #ff7b72 }
}"""


def ratios_of(results: Results) -> Ratios:
    """Return the ratios that README shows of a run.

    Raises:
        LookupError: PactReader's starts or keys were not measured. Other programs may be missing.
    """
    ratios: Ratios = {_BARE: {BUNDLED_TEXT: 1.0}}
    for text in TEXTS:
        titles = {f"PactReader, {way}": FIRST_TEXT.format(text, way) for way in (KEPT, NORMAL)}
        titles |= {key: f"{key}, cpu: {text}" for key in _KEYS}
        for name, title in titles.items():
            summary = results.summary("pactreader", title)
            if summary is None:
                raise LookupError(f"{title!r} was not measured")
            ratios.setdefault(name, {})[text] = round(summary.ratio, 3)
    for program in _PEERS:
        for text, title in ((BUNDLED_TEXT, PEER_BUNDLED), (LARGE_TEXT, PEER_LARGE)):
            if summary := results.summary(program, title):
                ratios.setdefault(program, {})[text] = round(summary.ratio, 3)
    return ratios


def write_all(ratios: Ratios) -> None:
    """Write the ratios, the chart and README's part on speed."""
    MEDIANS.write_text(json.dumps(ratios, indent=1, ensure_ascii=False) + "\n", "utf-8")
    CHART.write_text(chart(ratios), "utf-8")
    readme = ROOT / "README.md"
    readme.write_text(with_speed(readme.read_text("utf-8"), ratios), "utf-8")


def kept_ratios() -> Ratios:
    """Return the ratios of the run that README shows."""
    return json.loads(MEDIANS.read_text("utf-8"))


def with_speed(readme: str, ratios: Ratios) -> str:
    """Return README with the sentences on speed between their markers."""
    before, rest = readme.split(BEGIN)
    return f"{before}{BEGIN}\n{sentences(ratios)}\n\n{END}{rest.split(END)[1]}"


def sentences(ratios: Ratios) -> str:
    """Return README's sentences on speed."""
    kept, normal = (_listed(ratios[f"PactReader, {way}"][text] for text in TEXTS) for way in (KEPT, NORMAL))
    keys = _listed(ratios[key][HUGE_TEXT] for key in _KEYS)
    return (
        "The bundled article, 3.2 MB of text with 10,000 highlights, and 32 MB with 100,000: opened again as they were"
        f" left, they are on the screen after {kept} of the time that a bare Textual app takes to show its text, and after"
        f" {normal} times that time if something has changed since. A caret key, a sentence key and a label cost"
        f" {keys} times as much processor time in the largest as in the bundled article.\n"
        "`python tests/benchmarks/speed --peers DIR` measures this and much else on your machine, beside other programs."
    )


def _listed(ratios: Iterable[float]) -> str:
    """Return ratios as text: "0.24, 0.25 and 0.31"."""
    *others, last = (f"{ratio:.2f}" for ratio in ratios)
    return f"{', '.join(others)} and {last}"


# The chart


def chart(ratios: Ratios) -> str:
    """Return the chart as an SVG that is readable on light and dark grounds.

    Each row is a program, with a dot for each text on a logarithmic axis.
    """
    rows = [name for name in ratios if name not in _KEYS]
    rows.sort(key=lambda name: max(ratio for text, ratio in ratios[name].items() if text != HUGE_TEXT))
    height = _TOP + _ROW * len(rows) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_RIGHT + 110} {height}" role="img">',
        "<title>Time until the first text, as a ratio to a bare Textual app</title>",
        f"<style>\n{_STYLE}\n</style>",
        '<text x="16" y="26">Time until the first text / that of a bare Textual app (logarithmic)</text>',
        *_legend("bundled", 16, f"{BUNDLED_TEXT} (3 kB)"),
        *_legend("large", 196, "3.2 MB of prose; in PactReader with 10,000 highlights"),
        *_axis(_TOP + _ROW * len(rows)),
        *(part for number, name in enumerate(rows) for part in _row(name, ratios[name], number)),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _legend(kind: str, x: int, text: str) -> Iterator[str]:
    yield f'<circle class="{kind}" cx="{x + 8}" cy="48" r="{_RADII[kind]}"/>'
    yield f'<text class="small" x="{x + 20}" y="52">{text}</text>'


def _axis(bottom: int) -> Iterator[str]:
    for tick in _TICKS:
        x = _x(tick)
        yield f'<line class="axis" x1="{x}" y1="{_TOP - 14}" x2="{x}" y2="{bottom}"/>'
        yield f'<text class="small" x="{x}" y="{bottom + 20}" text-anchor="middle">{tick:g}</text>'


def _row(name: str, ratios: dict[str, float], number: int) -> Iterator[str]:
    y = _TOP + _ROW * number
    title = f"{name} ({_PEERS[name]})" if name in _PEERS else name
    yield f'<text x="16" y="{y + 5}">{html.escape(title)}</text>'
    for text, ratio in ratios.items():
        if text != HUGE_TEXT:
            kind = "bundled" if text == BUNDLED_TEXT else "large"
            yield (
                f'<circle class="{kind}" cx="{_x(ratio)}" cy="{y}" r="{_RADII[kind]}">'
                f"<title>{html.escape(title)}, {text}: {ratio:.2f}</title></circle>"
            )
    values = " · ".join(
        f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.2g}"
        for text, ratio in ratios.items()
        if text != HUGE_TEXT
    )
    yield f'<text class="small" x="{_RIGHT + 96}" y="{y + 4}" text-anchor="end">{values}</text>'


def _x(ratio: float) -> int:
    """Return the place of a ratio on the axis: 1 → its middle."""
    share = log10(ratio / _TICKS[0]) / log10(_TICKS[-1] / _TICKS[0])
    return round(_LEFT + share * (_RIGHT - _LEFT))
