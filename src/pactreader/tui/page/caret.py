"""The caret and the selection, in offsets and text units, without lines or a screen."""

from typing import NamedTuple

from pactreader.core.article import Article, Passage
from pactreader.core.text_units import TextUnit, TextUnits


class CaretState(NamedTuple):
    """The state of a caret and its selection, for `Caret.restore`."""

    offset: int
    anchor: int | None
    """The offset of the selection's fixed end; `None` if nothing is selected."""
    unit: TextUnit
    """The unit of the selection: characters or sentences."""
    is_extended: bool
    """True if the selection was extended since it was begun."""


class Caret:
    """The offset of the caret, always the start of a character, and the selection's fixed end (anchor) if there is one.

    Offsets are code points of the article's text. A selection includes the characters at both of its ends. While
    there is one, moving by a unit moves its other end to the outer edge of a unit: `v`, then five times `w`, selects
    five words.
    """

    def __init__(self, article: Article, offset: int = 0) -> None:
        self.units = TextUnits(article)
        self._article = article
        self.offset = 0
        self._anchor: int | None = None
        self._unit = TextUnit.CHARACTER
        self._is_extended = False
        self._grown: list[tuple[CaretState, Passage]] = []
        """For each `grow` that `shrink` can undo, the state before and the selection after."""
        self.put(offset)

    @property
    def selecting(self) -> bool:
        """True if there is a selection."""
        return self._anchor is not None

    @property
    def selection(self) -> Passage | None:
        """The selected passage without white space at its ends, unless it is all white space; `None` without one."""
        if self._anchor is None:
            return None
        first, last = sorted((self._anchor, self.offset))
        start = self.units.unit_at(self._unit, first).start
        return self._trimmed(Passage(start, self.units.unit_at(self._unit, last).end))

    @property
    def sentence(self) -> Passage:
        """The sentence at the caret, which a label marks if nothing is selected."""
        return self.units.unit_at(TextUnit.SENTENCE, self.offset)

    @property
    def passage(self) -> Passage:
        """The selection, or the sentence at the caret."""
        return self.selection or self.sentence

    @property
    def anchor(self) -> int:
        """The fixed end of the selection; the caret's offset if nothing is selected."""
        return self.offset if self._anchor is None else self._anchor

    @property
    def is_selection_new(self) -> bool:
        """True if a selection by character was begun and not extended yet."""
        return (
            self.selecting
            and self._unit is TextUnit.CHARACTER
            and not self._is_extended
            and self._anchor == self.offset
        )

    @property
    def state(self) -> CaretState:
        """The caret and the selection, for `restore`."""
        return CaretState(self.offset, self._anchor, self._unit, self._is_extended)

    def restore(self, state: CaretState) -> None:
        """Restore an earlier state."""
        self.offset, self._anchor, self._unit, self._is_extended = state

    # Moving

    def put(self, offset: int) -> None:
        """Move to the character that contains an offset."""
        self.offset = self.units.unit_at(TextUnit.CHARACTER, max(0, offset)).start

    def move(self, unit: TextUnit, *, forward: bool) -> None:
        """Move to the start of the next or previous unit; with a selection by character, its end to the edge of a unit.

        If there is no such unit, move to the text's last or first character.
        """
        if self._move_selection_end(unit, forward=forward):
            return
        find = self.units.next_start if forward else self.units.previous_start
        found = find(unit, self.offset)
        if found is not None:
            self.offset = found
        else:
            self.put(max(0, len(self._article.text) - 1) if forward else 0)

    def move_to_end(self, unit: TextUnit) -> None:
        """Move to the last character of this unit, or of the next one if it is there already."""
        self._is_extended = True
        end = self.units.next_end(unit, self.units.unit_at(TextUnit.CHARACTER, self.offset).end)
        if end is not None:
            self.put(end - 1)

    def _move_selection_end(self, unit: TextUnit, *, forward: bool) -> bool:
        """Move the end of a selection by character to the edge of a larger unit.

        Returns:
            True if it moved; False if the caret moves as it does without a selection.
        """
        anchor = self._anchor
        if anchor is None or self._unit is not TextUnit.CHARACTER or unit is TextUnit.CHARACTER:
            return False
        if forward and self.offset >= anchor:
            self._extend_by(unit)
            return True
        if not forward and self.offset > anchor:
            end = self.units.previous_end(unit, self.offset)
            if end is not None and end > anchor:
                self.put(end - 1)
                return True
        return False

    def _extend_by(self, unit: TextUnit) -> None:
        """Extend the selection to the end of the next unit; at first, of the unit that it began in."""
        if self._is_extended:
            self.move_to_end(unit)
            return
        self._is_extended = True
        end = self.units.next_end(unit, self.offset)
        if end is not None:
            self.put(end - 1)

    # Selecting

    def select(self, unit: TextUnit) -> None:
        """Begin a selection by character or by sentence at the caret, or change the unit of the present one."""
        if self._anchor is None:
            self._anchor = self.offset
            self._is_extended = False
        self._unit = unit

    def select_towards(self, offset: int) -> None:
        """Select the characters between the caret and an offset, as shift with an arrow key does."""
        target = self.units.unit_at(TextUnit.CHARACTER, max(0, offset)).start
        if target == self.offset:
            return
        self._unit = TextUnit.CHARACTER
        self._is_extended = True
        if target > self.offset:
            self._anchor = self.offset
            self.offset = self._previous_character(target)
        else:
            self._anchor = self._previous_character(self.offset)
            self.offset = target

    def select_passage(self, passage: Passage) -> None:
        """Select a passage, with the caret at its end."""
        self.select_between(passage.start, max(passage.start, passage.end - 1))

    def select_between(self, start: int, end: int) -> None:
        """Select from the character at one offset to that at another, with the caret on the latter."""
        self._unit, self._is_extended = TextUnit.CHARACTER, True
        self.put(start)
        self._anchor = self.offset
        self.put(end)

    def extend_to(self, passage: Passage) -> None:
        """Extend the selection, or one that begins at the caret, to include a passage.

        If the passage is on the anchor's other side, the ends are swapped first.

        Example, with the anchor at `|` and the caret at `^`: in `one |two three^ four`, extending to "four" selects
        "two three four", and extending to "one" selects "one two three".
        """
        self._is_extended = True
        anchor = self.offset if self._anchor is None else self._anchor
        forward = passage.start >= anchor if self.offset >= anchor else passage.end - 1 > anchor
        if forward != (self.offset >= anchor):
            anchor = self.offset
        self._anchor = anchor
        self.put(passage.end - 1 if forward else passage.start)

    def select_unit(self, unit: TextUnit) -> None:
        """Select the unit at the caret; extend a selection to whole units; if it is whole units, add the next one."""
        passage = self.units.unit_at(unit, self.offset)
        selection = self.selection
        if selection and not self.is_selection_new:
            passage = self.units.expand_to(unit, selection)
            end = self.units.next_end(unit, selection.end) if passage == selection else None
            passage = Passage(passage.start, end or passage.end)
        self.select_passage(passage)

    def select_word_with_punctuation(self) -> None:
        """Select the word at the caret with the characters around it up to white space: `“law,` for `law`."""
        text, (start, end) = self._article.text, self.units.unit_at(TextUnit.WORD, self.offset)
        while start and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        self.select_passage(Passage(start, end))

    def grow(self) -> bool:
        """Select the next larger unit, from word to section; return whether there is one."""
        before = self.state
        larger = self.units.grow(self.selection or Passage(self.offset, self.offset))
        while larger and self._trimmed(larger) == self.selection:
            larger = self.units.grow(larger)
        if larger is None:
            return False
        if not self._grown or self._grown[-1][1] != self.selection:
            self._grown.clear()
        self.select_passage(larger)
        self._grown.append((before, self.selection or larger))
        return True

    def shrink(self) -> bool:
        """Undo `grow`, or else select the next smaller unit at the caret; return whether anything was done."""
        selection = self.selection
        if selection is None:
            return False
        if self._grown and self._grown[-1][1] == selection:
            self.restore(self._grown.pop()[0])
            return True
        smaller = self.units.shrink(selection, self.offset)
        if smaller:
            self.select_passage(smaller)
        return smaller is not None

    def swap_ends(self) -> None:
        """Move to the other end of the selection."""
        if self._anchor is not None:
            self._anchor, self.offset = self.offset, self._anchor

    def clear_selection(self) -> None:
        """Select nothing."""
        self._anchor = None
        self._unit = TextUnit.CHARACTER

    def _previous_character(self, offset: int) -> int:
        previous = self.units.previous_start(TextUnit.CHARACTER, offset)
        return offset if previous is None else previous

    def _trimmed(self, passage: Passage) -> Passage:
        """Return a passage without white space at its ends; unchanged if it is all white space."""
        text, (start, end) = self._article.text, passage
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        return Passage(start, end) if start < end else passage
