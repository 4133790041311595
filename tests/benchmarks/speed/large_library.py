"""The window over a library of ten thousand articles: opening an article, and the library dialog."""

from collections.abc import Iterator
from typing import Final

from benchmarks.speed.figures import FEW_ARTICLES, JSON, Figure, Measurement
from benchmarks.speed.scenario import Scenario
from benchmarks.speed.setting import Build, Setting

_KNOWN: Final = "10,000 articles: first text of an article read before"
_NEW: Final = "10,000 articles: first text of an article never read"
_LIST: Final = "10,000 articles: `o`, last byte"
_FIRST_LETTER: Final = "10,000 articles: first letter in the library dialog, last byte"
_LETTERS: Final = "10,000 articles: slowest of the letters behind it"
_TYPED: Final = "article vague"


def _measure_window(setting: Setting, build: Build) -> Iterator[Measurement]:
    many, few = setting.samples.many, setting.samples.few
    new = many.data / "never-read.txt"
    new.write_text("Nothing like it.\n\nParagraph 2 is about the weather, and about nothing else.\n")
    for title, arguments in ((_KNOWN, (many.argument, few.argument)), (_NEW, (str(new), str(new)))):
        walls = []
        for sample, argument in zip((many, few), arguments, strict=True):
            home = setting.copied_home(build, sample) if title == _NEW else setting.read_home(build, sample)
            with setting.opened_the_normal_way(build, home, argument) as terminal:
                words = "Paragraph 2 is" if title == _NEW else sample.first_words
                walls.append(terminal.wait_for_words(words).wall * 1000)
        yield Measurement(title, *walls)
    with setting.opened(build, setting.read_home(build, many), many.argument) as terminal:
        terminal.wait_for_words(many.first_words)
        terminal.wait_until_idle()
        json_ms = setting.json_ms()
        yield Measurement(_LIST, terminal.cost_of("o").wall * 1000, json_ms)
        first, *others = (terminal.cost_of(letter).wall * 1000 for letter in _TYPED)
        yield Measurement(_FIRST_LETTER, first, json_ms)
        yield Measurement(_LETTERS, max(others), json_ms)


LARGE_LIBRARY: Final = Scenario(
    "library",
    [
        Figure(_KNOWN, FEW_ARTICLES, 1.3),
        Figure(_NEW, FEW_ARTICLES, 1.3),
        Figure(_LIST, JSON, 50, goal_unit="ms"),
        Figure(_FIRST_LETTER, JSON, 50, goal_unit="ms"),
        Figure(_LETTERS, JSON, 50, goal_unit="ms"),
    ],
    _measure_window,
    most_rounds=3,
)
