"""The number of keys for a passage: run it with `python tests/benchmarks/keys.py [--samples N]`.

On the bundled article and three other real texts (`tests/articles/`), at 120×40 and 80×24, an expert user

(a) marks a random sentence in view,
(b) marks a random phrase of 2 to 25 words in view,
(c) relabels a random highlight of the article.

Each time the caret begins where it was left before, and the label's key is counted. The columns are the median and the
95th percentile of the fewest keys

- in PactReader: by tags, lists or motions, whichever is shortest. Tags are got from the running program and typed;
- with PactReader's own vim motions alone (`hjkl w b e ( ) { } 0 $ g G`, pages, `v`, `o`): found by breadth-first search;
- by the scheme of sioyek: `v`, a tag for the first and one for the last word, all of one length (one letter up to 26 words in
  view, two up to 676), then `h` and the letter of a label. In (c) every highlight is assumed to be in view.

Expected medians for PactReader: (a) at most 3, (b) at most 6, (c) at most 3; never more than with motions.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from math import ceil
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from app_driver import AppDriver, run_story
from pactreader.core.article import Article, Passage
from pactreader.core.labels import LABELS
from pactreader.core.text_units import TextUnit
from pactreader.formats.sources import bundled_article, read_source
from pactreader.tui.page.article_view import ArticleView
from pactreader.tui.page.caret import CaretState

SIZES: Final = ((120, 40), (80, 24))
ARTICLES: Final = Path(__file__).parents[1] / "articles"
TEXTS: Final = ("time-machine.txt", "human-rights.ru.txt", "imports.txt")
PASSAGES_PER_WINDOW: Final = 5
"""Passages that are marked before the window is scrolled."""
HIGHLIGHTS: Final = 20
LABEL_KEY: Final = 1


class Costs(NamedTuple):
    """The numbers of keys for one passage."""

    pactreader: int
    motions: int
    sioyek: int


# Motions


class Motions:
    """A search for the fewest keys by motions alone."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._caret = view.caret
        self._neighbours: dict[int, set[int]] = {}

    def to_any(self, start: int, goal: Callable[[int], bool]) -> int:
        """Return the number of keys from an offset to the nearest one that is a goal."""
        return next(keys for keys, offset in self._reached(start) if goal(offset))

    def to_mark(self, start: int, passage: Passage) -> int:
        """Return the number of keys from an offset until exactly a passage is selected."""
        first = self._caret.units.unit_at(TextUnit.CHARACTER, passage.start).start
        last = self._caret.units.unit_at(TextUnit.CHARACTER, passage.end - 1).start
        distances = {offset: keys for keys, offset in self._reached(start, {first, last})}
        ways = ((distances[anchor] + 1, anchor) for anchor in (first, last))
        return min(keys + self._to_select(anchor, passage) for keys, anchor in ways)

    def _reached(self, start: int, until: set[int] | None = None) -> Iterator[tuple[int, int]]:
        """Yield offsets with their numbers of keys from a start, in ascending order; all, or until some are reached."""
        seen, frontier, keys = {start}, [start], 0
        while frontier and (until is None or until - seen or keys == 0):
            yield from ((keys, offset) for offset in frontier)
            frontier = [
                one
                for offset in frontier
                for one in self._around(offset)
                if one not in seen and not seen.add(one)
            ]
            keys += 1
        yield from ((keys, offset) for offset in frontier)

    def _around(self, offset: int) -> set[int]:
        """Return the offsets that one motion from an offset leads to."""
        if offset not in self._neighbours:
            self._neighbours[offset] = {
                self._after(CaretState(offset, None, TextUnit.CHARACTER, False), motion).offset
                for motion in self._motions()
            }
        return self._neighbours[offset]

    def _to_select(self, anchor: int, passage: Passage) -> int:
        """Return the number of keys after `v` at an offset until exactly a passage is selected."""
        begin = CaretState(anchor, anchor, TextUnit.CHARACTER, False)
        seen, frontier, keys = {begin}, [begin], 0
        while True:
            for state in frontier:
                self._caret.restore(state)
                if self._caret.selection == passage:
                    return keys
            reached = (self._after(state, motion) for state in frontier for motion in self._motions())
            frontier = [
                one
                for one in reached
                if self._is_near(one.offset, passage) and one not in seen and not seen.add(one)
            ]
            keys += 1

    def _after(self, state: CaretState, motion: Callable[[], object]) -> CaretState:
        self._caret.restore(state)
        motion()
        return self._caret.state

    @staticmethod
    def _is_near(offset: int, passage: Passage) -> bool:
        """Return whether an offset is near enough to a passage to be on the shortest way."""
        return passage.start - 1000 < offset < passage.end + 1000

    def _motions(self) -> Iterator[Callable[[], object]]:
        caret, height = self._caret, self._view.size.height
        for unit in (TextUnit.CHARACTER, TextUnit.WORD, TextUnit.SENTENCE, TextUnit.PARAGRAPH):
            yield partial(caret.move, unit, forward=True)
            yield partial(caret.move, unit, forward=False)
        yield partial(caret.move_to_end, TextUnit.WORD)
        for lines in (1, -1, height // 2, -(height // 2), height - 2, 2 - height):
            yield partial(self._by_lines, lines)
        yield partial(self._to_edge, end=False)
        yield partial(self._to_edge, end=True)
        yield partial(caret.put, 0)
        yield partial(caret.put, len(self._view.article.text) - 1)

    def _by_lines(self, lines: int) -> None:
        self._caret.put(self._view._offset_below(lines)[0])

    def _to_edge(self, *, end: bool) -> None:
        layout = self._view._fit_layout()
        line = layout.line(layout.line_at(self._caret.offset))
        self._caret.put(line.offset_at(line.columns[-1] if end else 0))


# The simulated user


class Simulation:
    """A user who marks passages in the running program, and counts the keys."""

    def __init__(self, driver: AppDriver, samples: int) -> None:
        self._context = driver.screen.context
        self._view = driver.screen.article_view
        self._notebook = driver.app.session.notebook
        self._save = driver.screen.context.saves.save_typed
        self._samples = samples
        self._motions = Motions(self._view)
        self._random = random.Random(4)

    def sentences(self) -> Iterator[Costs]:
        """Yield the costs of task (a)."""
        for _ in self._windows():
            sentence = self._random.choice(self._whole(TextUnit.SENTENCE))
            here = self._view.caret.offset
            motions = (
                self._motions.to_any(here, lambda offset, s=sentence: s.start <= offset < s.end) + LABEL_KEY
            )
            self._at(here)
            picked = self._pick_sentence(sentence) + LABEL_KEY
            self._at(sentence.start)
            yield Costs(min(motions, picked), motions, self._sioyek())

    def phrases(self) -> Iterator[Costs]:
        """Yield the costs of task (b)."""
        for _ in self._windows():
            phrase = self._phrase()
            here = self._view.caret.offset
            motions = self._motions.to_mark(here, phrase) + LABEL_KEY
            self._at(here)
            picked = self._pick_phrase(phrase) + LABEL_KEY
            self._at(phrase.end - 1)
            yield Costs(min(motions, picked), motions, self._sioyek())

    def highlights(self) -> Iterator[Costs]:
        """Yield the costs of task (c)."""
        article = self._notebook.article
        sentences = self._view.caret.units.units_between(TextUnit.SENTENCE, 0, len(article.text))
        whole = [Passage(*each) for each in sentences]
        for passage in self._random.sample(whole, min(HIGHLIGHTS, len(whole) // 2)):
            self._save(self._notebook.highlight(passage, self._random.choice(tuple(LABELS)).id))
        self._context.screen.show_notebook()
        ids = [highlight.annotation.id for highlight in self._notebook.highlights()]
        for _ in range(self._samples):
            wanted = self._random.choice(ids)
            here = self._view.caret.offset

            def is_there(offset: int, wanted: str = wanted) -> bool:
                found = self._notebook.annotation_at(offset)
                return found is not None and found.id == wanted

            motions = self._motions.to_any(here, is_there) + LABEL_KEY
            self._at(here)
            ways = [motions, self._by_brackets(here, wanted) + LABEL_KEY]
            self._at(here)
            ways.append(self._pick_highlight(wanted) + LABEL_KEY)
            yield Costs(min(ways), motions, self._sioyek())

    # Positions

    def _windows(self) -> Iterator[None]:
        """Yield once for each sample, and scroll to a random position every few times."""
        _, height, page = self._view.scroll_metrics
        for number in range(self._samples):
            if number % PASSAGES_PER_WINDOW == 0:
                self._view.clear_selection()
                self._view.scroll_window_to(self._random.randrange(max(1, page - height + 1)))
            yield

    def _at(self, offset: int) -> None:
        self._view.caret.restore(CaretState(offset, None, TextUnit.CHARACTER, False))

    def _whole(self, unit: TextUnit) -> list[Passage]:
        """Return the units that are wholly in view."""
        shown = self._view.visible_passage
        around = [
            Passage(*self._view.caret.units.unit_at(unit, part.start))
            for part in self._view.visible_units(unit)
        ]
        return [each for each in around if shown.start <= each.start and each.end <= shown.end]

    def _phrase(self) -> Passage:
        """Return a random phrase in view that is inside one block."""
        words = self._view.visible_units(TextUnit.WORD)
        article = self._notebook.article
        while True:
            first = self._random.randrange(len(words))
            last = first + self._random.randint(2, 25) - 1
            if last < len(words) and article.block_index(words[first].start) == article.block_index(
                words[last].start
            ):
                return Passage(words[first].start, words[last].end)

    # Ways to a passage

    def _pick_sentence(self, sentence: Passage) -> int:
        self._do("pick-sentence")
        keys = 1 + self._type_tag(
            lambda part: self._view.caret.units.unit_at(TextUnit.SENTENCE, part.start) == sentence
        )
        assert self._view.caret.selection == sentence
        self._view.clear_selection()
        return keys

    def _pick_phrase(self, phrase: Passage) -> int:
        self._do("pick")
        keys = 1 + self._type_tag(lambda word: word.start == phrase.start)
        keys += self._type_tag(lambda word: word.end == phrase.end)
        assert self._view.caret.selection == phrase
        self._view.clear_selection()
        return keys

    def _pick_highlight(self, wanted: str) -> int:
        self._do("pick-highlight")
        room = self._context.highlight_list.capacity
        listed = self._handler._ids
        pages = 0
        while wanted not in listed:
            down = self._notebook.index(wanted) > self._notebook.index(listed[-1])
            self._context.capture.handle_key(" " if down else "pageup")
            listed = self._handler._ids
            pages += 1
            assert pages <= ceil(len(self._notebook) / room)
        return 1 + pages + self._type_tag(lambda each: each == wanted)

    def _by_brackets(self, here: int, wanted: str) -> int:
        """Return the number of `]` or `[` from an offset to a highlight."""
        placement = self._notebook.placement(wanted)
        assert placement is not None
        back = placement.start < here
        keys = 0
        at = here
        while at != placement.start and keys < 99:
            found = self._notebook.highlight_before(at) if back else self._notebook.highlight_after(at)
            if found is None:
                return 99
            at, keys = found.start, keys + 1
        return keys

    @property
    def _handler(self):
        return self._context.capture._handler

    def _do(self, command_id: str) -> None:
        self._context.keymap[command_id].run(self._context)

    def _type_tag(self, is_wanted: Callable[[object], bool]) -> int:
        """Type the tag of an item, and return the number of its letters."""
        tag = next(tag for item, tag in self._handler._tags.remaining.items() if is_wanted(item))
        for letter in tag:
            self._context.capture.handle_key(letter)
        return len(tag)

    def _sioyek(self) -> int:
        words = len(self._view.visible_units(TextUnit.WORD))
        letters = 1 if words <= 26 else 2 if words <= 676 else 3
        return 1 + 2 * letters + 2


# The table


def measure_tasks(article: Article, size: tuple[int, int], samples: int) -> dict[str, list[Costs]]:
    """Return the costs of each task."""
    found: dict[str, list[Costs]] = {}

    async def story(driver: AppDriver) -> None:
        simulation = Simulation(driver, samples)
        for task in ("sentences", "phrases", "highlights"):
            found[task] = list(getattr(simulation, task)())
            await asyncio.sleep(0)

    with tempfile.TemporaryDirectory() as home:
        run_story(Path(home), story, article=article, size=size)
    return found


def summary(keys: Iterable[int]) -> str:
    """Return the median and the 95th percentile as text."""
    ordered = sorted(keys)
    return f"{median(ordered):4.1f} {ordered[ceil(0.95 * len(ordered)) - 1]:4d}"


def row(name: str, costs: list[Costs]) -> str:
    """Return a line of the table."""
    columns = [summary(getattr(cost, column) for cost in costs) for column in Costs._fields]
    own, motions, sioyek = (median(getattr(cost, column) for cost in costs) for column in Costs._fields)
    return f"{name:<44}{'   '.join(columns)}   {own / motions:5.2f} {own / sioyek:5.2f}"


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--samples", type=int, default=40, help="passages for each task, text and size")
    samples = parser.parse_args().samples
    every: dict[str, list[Costs]] = {}
    print(f"{'median and 95th percentile of the keys':<44}PactReader  motions   sioyek       ratio to them")
    texts = (read_source(str(ARTICLES / name), sys.stdin.buffer) for name in TEXTS)
    for article in (bundled_article(), *texts):
        for size in SIZES:
            for task, costs in measure_tasks(article, size, samples).items():
                every.setdefault(task, []).extend(costs)
                print(
                    row(f"{Path(article.source).name[:24]}, {size[0]}×{size[1]}, {task}", costs), flush=True
                )
    print()
    for task, costs in every.items():
        print(row(f"all, {task}", costs))
        worse = sum(cost.pactreader > cost.motions for cost in costs)
        print(f"{'':<44}{worse} of {len(costs)} cost more than by motions")


if __name__ == "__main__":
    main()
