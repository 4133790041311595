"""The lists and quotations that a block is in."""

from dataclasses import dataclass
from typing import Final

from pactreader.core.article import RULE, BlockKind, Piece
from pactreader.formats.readers.inline_text import InlineText
from pactreader.formats.readers.list_markers import bullet, roman_numeral

_MAX_DEPTH: Final = 30
"""The greatest number of lists, and of quotations, that a block is shown in, as each takes some of the page's width."""
_LETTERS: Final = 26


@dataclass(slots=True)
class _List:
    """A list that is being parsed."""

    ordered: bool = False
    number: int = 1
    """The number of the next item."""
    step: int = 1
    style: str = "1"
    """The style of the numbers, as HTML's `type` names it: `1`, `a`, `A`, `i` or `I`."""
    marker: str = ""
    """The marker of the present item; empty after the item's first block."""


class BlockNesting:
    """The lists, quotations and heading that the next block of a document is in."""

    def __init__(self) -> None:
        self.quoted = 0
        self.heading = 0
        """The level of the present heading; 0 outside of headings."""
        self.anchors: list[str] = []
        """The names of the next block."""
        self._lists: list[_List] = []

    @property
    def prose(self) -> BlockKind:
        """The kind of a paragraph."""
        if self.heading:
            return BlockKind.HEADING
        if self._lists:
            return BlockKind.LIST_ITEM
        return BlockKind.QUOTATION if self.quoted else BlockKind.PARAGRAPH

    @property
    def in_list(self) -> bool:
        """True if there is a list around the next block."""
        return bool(self._lists)

    def open_list(self, *, ordered: bool = False, start: int = 1, step: int = 1, style: str = "1") -> None:
        """Begin a list."""
        self._lists.append(_List(ordered, start, step, style))

    def open_item(self, delimiter: str = ".") -> None:
        """Begin an item of the present list; a number has the delimiter behind it."""
        current = self._lists[-1]
        if current.ordered:
            current.marker = f"{_ordinal(current.number, current.style)}{delimiter}"
            current.number += current.step
        else:
            depth = sum(not each.ordered for each in self._lists)
            current.marker = bullet(depth)

    def renumber(self, number: int) -> None:
        """Give the next item of the present list a number."""
        self._lists[-1].number = number

    def open_note(self, marker: str) -> None:
        """Begin a list of one item with this marker, as a footnote is. Without a marker, its text is only set in."""
        self._lists.append(_List(marker=marker))

    def close_list(self) -> None:
        """End the present list."""
        self._lists.pop()

    def mark_task(self, box: str) -> bool:
        """Put a box in place of the bullet of an item that has no text yet, or behind its number.

        Return whether there is such an item.
        """
        current = self._lists[-1] if self._lists else None
        if current is None or not current.marker or not box:
            return False
        current.marker = f"{current.marker} {box}" if current.ordered else box
        return True

    def rule(self, line: int) -> Piece:
        """Create a rule from a line of the file; 0 if that is not known."""
        return self.piece(InlineText(RULE, (), ((0, line),) if line else ()), BlockKind.RULE)

    def piece(self, inline: InlineText, kind: BlockKind | None = None) -> Piece:
        """Create the next block, prose unless another kind is given. The first one of a list item gets its marker."""
        kind = kind or self.prose
        marker = ""
        anchors: tuple[str, ...] = ()
        if inline.text:
            if self._lists:
                marker, self._lists[-1].marker = self._lists[-1].marker, ""
            anchors = (*self.anchors, *inline.anchors)
            self.anchors.clear()
        else:
            self.anchors += inline.anchors
        level = self.heading if kind is BlockKind.HEADING else min(len(self._lists), _MAX_DEPTH)
        quoted = min(self.quoted, _MAX_DEPTH)
        return Piece(kind, inline.text, level, marker, quoted, tuple(inline.spans), inline.lines, anchors)


def _ordinal(number: int, style: str) -> str:
    """Return a number as the marker of a list item has it: `3`, `c`, `iii`."""
    if style in {"a", "A"} and number > 0:
        letters = ""
        while number:
            number, letter = divmod(number - 1, _LETTERS)
            letters = chr(ord("a") + letter) + letters
        return letters.upper() if style == "A" else letters
    if style in {"i", "I"} and 0 < number < 4000:
        numeral = roman_numeral(number)
        return numeral.upper() if style == "I" else numeral
    return str(number)
