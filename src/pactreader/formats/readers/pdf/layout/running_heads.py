"""Running heads, feet and page numbers, which are no part of the text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from pactreader.formats.readers.pdf.layout.lines import Line
from pactreader.formats.readers.pdf.layout.medians import median

_MARGIN: Final = 0.1
"""The share of the page's height at its top and at its foot where running heads stand."""
_WIDE_MARGIN: Final = 0.25
"""The share where page numbers stand, if nothing is further out: LaTeX sets them 12 % above the edge on letter paper, 17 %
on A4 if it believes that that is letter paper."""
_MIN_PAGES: Final = 0.12
"""The least share of the pages that have the same running head."""
_MIN_COUNTED: Final = 2
"""The number of page numbers in a row from which they cannot be there by chance."""
_MIN_KNOWN: Final = 0.5
"""The least share of the rows at one height that recur or have a page number, for all of them to be running heads."""
_MAX_SIZE: Final = 1.25
"""The greatest size of running heads, in sizes of the text. Titles that heads repeat, and those of slides, are larger."""
_APART: Final = 1.6
"""The least distance of running heads from the text, in sizes of its letters. In a text set loosely it is that of lines."""
_SAME_BASELINE: Final = 0.3
"""The greatest distance between the baselines of one row, in sizes of the letters."""
_OF: Final = r"\s?(?:/|of|von|de|sur|di|van|из|共)\s?[0-9]{1,4}"
"""The number of pages behind that of a page."""
_NUMERAL: Final = r"(?P<number>[0-9]{1,4}|[ivxlc]{1,7})"
_PAGE_NUMBER: Final = re.compile(
    rf"(?:page|seite|página|pagina|стр\.|с\.|p\.|s\.|第)?[\W_]{{0,3}}{_NUMERAL}"
    rf"(?:{_OF})?(?:页|頁|[^\w.,;:!?]{{0,3}})",
    re.IGNORECASE,
)
"""`12`, `– xi –`, `Page 3 of 10`, `3 / 10`."""
_NUMBERED: Final = re.compile(
    r"(?P<left>[0-9]{1,4}|[ivxlc]{1,7})[\s|·•–-].*\w{3}.*|.*\w{3}.*[\s|·•–-](?P<right>[0-9]{1,4}|[ivxlc]{1,7})",
    re.IGNORECASE,
)
"""Words with a number at one of the ends: `36 Chapter 2. Tides`, `Results 37`."""
_PRINTED: Final = re.compile(
    r"(?=.*\b\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\D{1,6}\d{1,2}[:.]\d\d\b)"  # `11/30/26, 5:34 PM`, `30.11.2026, 17:34`
    rf"(?=.*(?:^|\s)\d{{1,4}}{_OF}(?:\s|$))"
    r".*\b(?:https?|file)://",
    re.IGNORECASE,
)
"""The head and the foot of a page that a browser printed: the time, the address and the number of the page, and the title."""
_NUMBERS: Final = re.compile(r"\d+|\b[ivxlc]+\b")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class _Row(NamedTuple):
    """The lines at one height of a page."""

    lines: list[Line]
    is_outermost: bool = False
    """True if nothing on the page is further out."""
    is_apart: bool = False
    """True if there is more space between it and what is further in than between the lines of a text."""
    is_alone: bool = False
    """True if nothing is further in."""

    @property
    def text(self) -> str:
        return " ".join([line.text for line in self.lines])

    @property
    def key(self) -> tuple[bool, str]:
        """The words, which running heads have in common, with the side of the page."""
        line = self.lines[0]
        return line.baseline > line.page_height / 2, _NUMBERS.sub("0", self.text.casefold()).strip("0 ")

    @property
    def page_number(self) -> int | None:
        found = _PAGE_NUMBER.fullmatch(self.text)
        return _value(found["number"]) if found else None

    @property
    def outer_number(self) -> int | None:
        """The number at one of its ends, beside words."""
        found = _NUMBERED.fullmatch(self.text)
        return _value(found["left"] or found["right"]) if found else None

    @property
    def height(self) -> tuple[int, int]:
        """The height on the page, which running heads have in common, and the page's height."""
        return round(self.lines[0].baseline), round(self.lines[0].page_height)

    def is_within(self, margin: float) -> bool:
        """Return whether it stands in a margin, which is a share of the page's height."""
        line = self.lines[0]
        return not margin * line.page_height < line.baseline < (1 - margin) * line.page_height


def without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without running heads, feet and page numbers. No page loses all of its words."""
    rows = [
        row for _page, group in groupby(lines, lambda line: line.page) for row in _outer_rows(list(group))
    ]
    pages = Counter([line.page for line in lines])
    body_size = median([line.size for line in lines]) if lines else 0.0
    small = [row for row in rows if max(line.size for line in row.lines) <= _MAX_SIZE * body_size]
    dropped = _lines_of([*_page_numbers(rows), *_at_one_height(small, len(pages)), *_of_browsers(small)])
    repeated = _lines_of(_repeated(small, len(pages)))
    left = pages - Counter([line.page for line in lines if id(line) in dropped | repeated])
    return [
        line for line in lines if id(line) not in dropped and not (id(line) in repeated and left[line.page])
    ]


def _lines_of(rows: Iterable[_Row]) -> set[int]:
    return {id(line) for row in rows for line in row.lines}


def _outer_rows(lines: Sequence[Line]) -> Iterable[_Row]:
    """Yield the rows of a page in its upper and lower margin, the outermost ones of both first."""
    for is_top in (True, False):
        rows: list[list[Line]] = []
        for line in sorted(lines, key=lambda each: each.baseline, reverse=is_top):
            if rows and abs(line.baseline - rows[-1][0].baseline) <= _SAME_BASELINE * line.size:
                rows[-1].append(line)
            else:
                rows.append([line])
                if not _Row([line]).is_within(_WIDE_MARGIN):
                    break
        for index, row in enumerate(rows):
            first, following = row[0], rows[index + 1][0] if index + 1 < len(rows) else None
            if _Row(row).is_within(_WIDE_MARGIN) and (first.baseline > first.page_height / 2) == is_top:
                is_apart = following is not None and (
                    abs(first.baseline - following.baseline) > _APART * following.size
                )
                yield _Row(sorted(row, key=lambda each: each.left), not index, is_apart, following is None)


def _at_one_height(rows: Sequence[_Row], pages: int) -> Iterable[_Row]:
    """Yield the outermost rows that stand at one height of many pages, if they recur or have page numbers that count on.

    Each section has its own words there.
    """
    heads = [row for row in rows if row.is_outermost and (row.is_apart or row.is_alone)]
    keys = Counter([row.key for row in heads])
    distances = Counter(
        [number - row.lines[0].page for row in heads if (number := row.outer_number) is not None]
    )
    heights: dict[tuple[int, int], list[_Row]] = defaultdict(list)
    for row in heads:
        heights[row.height].append(row)
    for group in heights.values():
        counted = [
            (number := row.outer_number) is not None and distances[number - row.lines[0].page] > _MIN_COUNTED
            for row in group
        ]
        known = [is_counted or keys[row.key] > 1 for row, is_counted in zip(group, counted, strict=True)]
        above_text = sum(row.is_apart for row in group)
        least = _MIN_KNOWN * len(group)
        if (
            len(group) >= max(3, _MIN_PAGES * pages)
            and sum(known) >= least
            and (above_text >= least or (above_text and sum(counted) >= least))
        ):
            yield from group


def _repeated(rows: Sequence[_Row], pages: int) -> Iterable[_Row]:
    """Yield the rows whose words many pages have there."""
    alike: dict[tuple[bool, str], list[_Row]] = defaultdict(list)
    for row in rows:
        if row.is_within(_MARGIN) and row.key[1]:
            alike[row.key].append(row)
    for group in alike.values():
        if len({row.lines[0].page for row in group}) >= max(2, _MIN_PAGES * pages):
            yield from group


def _page_numbers(rows: Sequence[_Row]) -> Iterable[_Row]:
    """Yield the rows that are page numbers: in the margin, or as far above the foot as TeX sets them, if they count on."""
    numbered = [(row, number) for row in rows if (number := row.page_number) is not None]
    distances = Counter([number - row.lines[0].page for row, number in numbered])
    for row, number in numbered:
        counts_on = number == row.lines[0].page + 1 or distances[number - row.lines[0].page] > 1
        if row.is_within(_MARGIN) or (row.is_outermost and counts_on):
            yield row


def _of_browsers(rows: Sequence[_Row]) -> Iterable[_Row]:
    """Yield the rows that browsers print above and below a page, also if it is the only one."""
    outermost = [row for row in rows if row.is_outermost and row.is_within(_MARGIN)]
    for _page, group in groupby(outermost, lambda row: row.lines[0].page):
        pair = list(group)
        if len(pair) > 1 and _PRINTED.match(" ".join([row.text for row in pair])):
            yield from pair


def _value(numeral: str) -> int:
    """Return the number that a numeral means, in Arabic digits or as a Roman one."""
    if numeral.isdecimal():
        return int(numeral)
    values = [_ROMAN[letter] for letter in numeral.casefold()]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
