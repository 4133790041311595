"""The outline of an article: its places, as the pages of a paper or the chapters of a book, and its table of contents."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

_PAGE: Final = "p. "
_PAGES: Final = "pp. "
"""The abbreviations of page and pages in a citation (Chicago Manual of Style, 10.43)."""


def is_page(place: str) -> bool:
    """Return whether a place is a page or several, and no chapter or time."""
    return place.startswith((_PAGE, _PAGES))


class Places(NamedTuple):
    """The places of an article by which a passage is cited, by their first offsets in its text."""

    offsets: Sequence[int] = ()
    """Offsets in the text, in ascending order, in code points."""
    labels: Sequence[str] = ()
    """For each offset, the place that begins there as it is cited: `p. 12`, `Chapter 3`. Printable, on one line."""

    def at(self, offset: int) -> str:
        """Return the place at an offset of the text; empty if it has none."""
        index = bisect_right(self.offsets, offset) - 1
        return self.labels[index] if index >= 0 else ""

    def between(self, start: int, end: int) -> str:
        """Return the place of a passage; empty if it has none.

        One over the border of two pages has both: `pp. 12–13`. Of other places, as chapters, it has that of its beginning.
        """
        first, last = self.at(start), self.at(max(start, end - 1))
        if first == last or not (first.startswith(_PAGE) and last.startswith(_PAGE)):
            return first
        # A footnote stands behind the words that run on over the page.
        first, last = sorted((first, last), key=self.labels.index)
        return f"{_PAGES}{first.removeprefix(_PAGE)}–{last.removeprefix(_PAGE)}"

    def offset_of_page(self, label: str) -> int | None:
        """Return the first offset of a page by its label, in which case is ignored; `None` if there is no such page."""
        place = f"{_PAGE}{label}".casefold()
        pages = zip(self.offsets, self.labels, strict=True)
        return next((offset for offset, each in pages if each.casefold() == place), None)

    def page_of_all(self, offset: int) -> str:
        """Return the page at an offset with the number of the last one: `p. 12 of 117`; empty unless both are numbers."""
        place, last_place = self.at(offset), self.labels[-1] if self.labels else ""
        number, last = place.removeprefix(_PAGE), last_place.removeprefix(_PAGE)
        is_numbered = is_page(place) and number.isdecimal() and last.isdecimal() and int(number) <= int(last)
        return f"{place} of {last}" if is_numbered else ""


class ContentsEntry(NamedTuple):
    """An entry of a table of contents that comes with an article, as with a book."""

    title: str
    """Printable, on one line."""
    level: int
    """The depth in the table, from 1."""
    offset: int
    """The offset in the text that it leads to, in code points."""
