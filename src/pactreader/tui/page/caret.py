"""Where the reader is in the text, and what is selected. It knows units, not lines and no screen."""

from typing import NamedTuple

from pactreader.core.article import Article, Passage
from pactreader.core.text_units import TextUnit, TextUnits


class CaretState(NamedTuple):
    """Where a caret stands and what it has selected: it can be put back there."""

    offset: int
    anchor: int | None
    by: TextUnit
    grown: bool


class Caret:
    """An offset that always stands on a character, and the other end of a selection where there is one.

    A selection covers both of its ends' characters. While one is open, moving by a unit takes its moving end
    to the outer edge of a unit: `v` and five words select five words.
    """

    def __init__(self, article: Article, offset: int = 0) -> None:
        self.units = TextUnits(article)
        self._article = article
        self.offset = 0
        self._anchor: int | None = None
        self._by = TextUnit.CHARACTER
        self._grown = False
        """Whether the selection is more than what it began with."""
        self._smaller: list[tuple[CaretState, Passage]] = []
        """What was grown, and what it has become each time."""
        self.put(offset)

    @property
    def selecting(self) -> bool:
        """Whether a selection is open."""
        return self._anchor is not None

    @property
    def selection(self) -> Passage | None:
        """What is selected, without white space at its ends unless there is nothing else; `None` if nothing is."""
        if self._anchor is None:
            return None
        first, last = sorted((self._anchor, self.offset))
        start = self.units.around(self._by, first).start
        return self._trimmed(Passage(start, self.units.around(self._by, last).end))

    @property
    def sentence(self) -> Passage:
        """The sentence at the caret: what a label marks when nothing is selected."""
        return self.units.around(TextUnit.SENTENCE, self.offset)

    @property
    def passage(self) -> Passage:
        """The selection, or the sentence at the caret."""
        return self.selection or self.sentence

    @property
    def anchor(self) -> int:
        """The other end of the selection; where the caret stands, if there is none."""
        return self.offset if self._anchor is None else self._anchor

    @property
    def is_fresh(self) -> bool:
        """Whether a selection by character has just begun, and is only what it began with."""
        return (
            self.selecting
            and self._by is TextUnit.CHARACTER
            and not self._grown
            and self._anchor == self.offset
        )

    @property
    def state(self) -> CaretState:
        """Where it stands, and what it has selected."""
        return CaretState(self.offset, self._anchor, self._by, self._grown)

    def put_back(self, state: CaretState) -> None:
        """Stand as at another time."""
        self.offset, self._anchor, self._by, self._grown = state

    def put(self, offset: int) -> None:
        """To the character at an offset."""
        self.offset = self.units.around(TextUnit.CHARACTER, max(0, offset)).start

    def step(self, unit: TextUnit, *, forward: bool) -> None:
        """To the beginning of the next or previous unit; a selection's end to the edge of one."""
        at_edges = (
            self._anchor is not None and self._by is TextUnit.CHARACTER and unit is not TextUnit.CHARACTER
        )
        if at_edges and self._anchor is not None:
            if forward and self.offset >= self._anchor:
                self._grow(unit)
                return
            if not forward and self.offset > self._anchor:
                end = self.units.previous_end(unit, self.offset)
                if end is not None and end > self._anchor:
                    self.put(end - 1)
                    return
        find = self.units.next_start if forward else self.units.previous_start
        found = find(unit, self.offset)
        if found is not None:
            self.offset = found
        elif forward:
            self.put(max(0, len(self._article.text) - 1))
        else:
            self.offset = self.units.around(TextUnit.CHARACTER, 0).start

    def _grow(self, unit: TextUnit) -> None:
        """To the end of one unit more: first of the one that the selection began in."""
        if self._grown:
            self.step_to_end(unit)
            return
        self._grown = True
        end = self.units.next_end(unit, self.offset)
        if end is not None:
            self.put(end - 1)

    def step_to_end(self, unit: TextUnit) -> None:
        """To the last character of this unit, or of the next one if it is there already."""
        self._grown = True
        end = self.units.next_end(unit, self.units.around(TextUnit.CHARACTER, self.offset).end)
        if end is not None:
            self.put(end - 1)

    def select(self, unit: TextUnit) -> None:
        """Begin to select by character or by sentence at the caret; go on by that unit if it is open already."""
        if self._anchor is None:
            self._anchor = self.offset
            self._grown = False
        self._by = unit

    def select_towards(self, offset: int) -> None:
        """Begin a selection as shift and an arrow do: of what lies between the caret and an offset."""
        target = self.units.around(TextUnit.CHARACTER, max(0, offset)).start
        if target == self.offset:
            return
        self._by = TextUnit.CHARACTER
        self._grown = True
        if target > self.offset:
            self._anchor = self.offset
            self.offset = self._before(target)
        else:
            self._anchor = self._before(self.offset)
            self.offset = target

    def select_passage(self, passage: Passage) -> None:
        """Select a passage, the caret at its end."""
        self._by, self._grown = TextUnit.CHARACTER, True
        self.put(passage.start)
        self._anchor = self.offset
        self.put(max(passage.start, passage.end - 1))

    def extend_to(self, passage: Passage) -> None:
        """Take the moving end of the selection to the far end of a passage; one that lies beyond the other end, that one."""
        self._grown = True
        anchor = self.offset if self._anchor is None else self._anchor
        forward = passage.start >= anchor if self.offset >= anchor else passage.end - 1 > anchor
        if forward != (self.offset >= anchor):
            anchor = self.offset
        self._anchor = anchor
        self.put(passage.end - 1 if forward else passage.start)

    def select_unit(self, unit: TextUnit) -> None:
        """Select the unit at the caret; if whole ones are selected already, one more."""
        passage = self.units.around(unit, self.offset)
        selection = self.selection
        if selection and not self.is_fresh:
            passage = self.units.covering(unit, selection)
            end = self.units.next_end(unit, selection.end) if passage == selection else None
            passage = Passage(passage.start, end or passage.end)
        self.select_passage(passage)

    def select_run(self) -> None:
        """Select the word at the caret with all that is written onto it: quotation marks, a comma."""
        text, (start, end) = self._article.text, self.units.around(TextUnit.WORD, self.offset)
        while start and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        self.select_passage(Passage(start, end))

    def grow(self) -> bool:
        """Select the next larger unit: word, clause, sentence, paragraph, section; whether there is one."""
        before = self.state
        larger = self.units.grown(self.selection or Passage(self.offset, self.offset))
        while larger and self._trimmed(larger) == self.selection:
            larger = self.units.grown(larger)
        if larger is None:
            return False
        if not self._smaller or self._smaller[-1][1] != self.selection:
            self._smaller.clear()
        self.select_passage(larger)
        self._smaller.append((before, self.selection or larger))
        return True

    def shrink(self) -> bool:
        """Select again what was grown, else the next smaller unit at the caret; whether there is one."""
        selection = self.selection
        if selection is None:
            return False
        if self._smaller and self._smaller[-1][1] == selection:
            self.put_back(self._smaller.pop()[0])
            return True
        smaller = self.units.shrunk(selection, self.offset)
        if smaller:
            self.select_passage(smaller)
        return smaller is not None

    def drag(self, start: int, end: int) -> None:
        """Select from one offset's character to another's, the caret on that."""
        self._by, self._grown = TextUnit.CHARACTER, True
        self.put(start)
        self._anchor = self.offset
        self.put(end)

    def swap_ends(self) -> None:
        """To the other end of the selection."""
        if self._anchor is not None:
            self._anchor, self.offset = self.offset, self._anchor

    def clear_selection(self) -> None:
        """Select nothing."""
        self._anchor = None
        self._by = TextUnit.CHARACTER

    def _before(self, offset: int) -> int:
        previous = self.units.previous_start(TextUnit.CHARACTER, offset)
        return offset if previous is None else previous

    def _trimmed(self, passage: Passage) -> Passage:
        text, (start, end) = self._article.text, passage
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        return Passage(start, end) if start < end else passage
