"""Where the reader is in the text, and what is selected. It knows units, not lines and no screen."""

from pactreader.core.article import Article, Passage
from pactreader.core.units import Unit, Units


class Caret:
    """An offset that always stands on a character, and the other end of a selection where there is one.

    A selection covers both of its ends' characters. While one is open, moving by a unit takes its moving end
    to the outer edge of a unit: `v` and five words select five words.
    """

    def __init__(self, article: Article, offset: int = 0) -> None:
        self.units = Units(article)
        self._article = article
        self.offset = 0
        self._anchor: int | None = None
        self._by = Unit.CHARACTER
        self._grown = False
        """Whether the selection is more than what it began with."""
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
        return self.units.around(Unit.SENTENCE, self.offset)

    @property
    def passage(self) -> Passage:
        """The selection, or the sentence at the caret."""
        return self.selection or self.sentence

    def put(self, offset: int) -> None:
        """To the character at an offset."""
        self.offset = self.units.around(Unit.CHARACTER, max(0, offset)).start

    def step(self, unit: Unit, *, forward: bool) -> None:
        """To the beginning of the next or previous unit; a selection's end to the edge of one."""
        at_edges = self._anchor is not None and self._by is Unit.CHARACTER and unit is not Unit.CHARACTER
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
            self.offset = self.units.around(Unit.CHARACTER, 0).start

    def _grow(self, unit: Unit) -> None:
        """To the end of one unit more: first of the one that the selection began in."""
        if self._grown:
            self.step_to_end(unit)
            return
        self._grown = True
        end = self.units.next_end(unit, self.offset)
        if end is not None:
            self.put(end - 1)

    def step_to_end(self, unit: Unit) -> None:
        """To the last character of this unit, or of the next one if it is there already."""
        self._grown = True
        end = self.units.next_end(unit, self.units.around(Unit.CHARACTER, self.offset).end)
        if end is not None:
            self.put(end - 1)

    def select(self, unit: Unit) -> None:
        """Begin to select by character or by sentence at the caret; go on by that unit if it is open already."""
        if self._anchor is None:
            self._anchor = self.offset
            self._grown = False
        self._by = unit

    def select_towards(self, offset: int) -> None:
        """Begin a selection as shift and an arrow do: of what lies between the caret and an offset."""
        target = self.units.around(Unit.CHARACTER, max(0, offset)).start
        if target == self.offset:
            return
        self._by = Unit.CHARACTER
        self._grown = True
        if target > self.offset:
            self._anchor = self.offset
            self.offset = self._before(target)
        else:
            self._anchor = self._before(self.offset)
            self.offset = target

    def swap_ends(self) -> None:
        """To the other end of the selection."""
        if self._anchor is not None:
            self._anchor, self.offset = self.offset, self._anchor

    def let_go(self) -> None:
        """Select nothing."""
        self._anchor = None
        self._by = Unit.CHARACTER

    def _before(self, offset: int) -> int:
        previous = self.units.previous_start(Unit.CHARACTER, offset)
        return offset if previous is None else previous

    def _trimmed(self, passage: Passage) -> Passage:
        text, (start, end) = self._article.text, passage
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        return Passage(start, end) if start < end else passage
