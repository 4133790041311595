"""Running heads, feet and page numbers, which are no part of the text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from pactreader.formats.readers.pdf.layout.lines import Line

_MARGIN: Final = 0.1
"""The share of the page's height at its top and at its foot where running heads stand."""
_WIDE_MARGIN: Final = 0.25
"""The share where page numbers stand, if nothing is further out: LaTeX sets them 12 % above the edge on letter paper, 17 %
on A4 if it believes that that is letter paper."""
_MIN_PAGES: Final = 0.12
"""The least share of the pages that have the same running head."""
_LARGER: Final = 1.3
"""The size, in those of the lines with the same words, from which a line is the title that the others repeat."""
_SAME_BASELINE: Final = 0.3
"""The greatest distance between the baselines of one row, in sizes of the letters."""
_NUMERAL: Final = r"(?P<number>[0-9]{1,4}|[ivxlc]{1,7})"
_PAGE_NUMBER: Final = re.compile(
    rf"(?:page|seite|página|pagina|стр\.|с\.|p\.|s\.|第)?[\W_]{{0,3}}{_NUMERAL}"
    r"(?:\s?(?:/|of|von|de|sur|di|van|из|共)\s?[0-9]{1,4})?(?:页|頁|[^\w.,;:!?]{0,3})",
    re.IGNORECASE,
)
"""`12`, `– xi –`, `Page 3 of 10`, `3 / 10`."""
_NUMBERS: Final = re.compile(r"\d+|\b[ivxlc]+\b")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class _Row(NamedTuple):
    """The lines at one height of a page."""

    lines: list[Line]
    is_outermost: bool
    """True if nothing on the page is further out."""

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

    def is_within(self, margin: float) -> bool:
        """Return whether it stands in a margin, which is a share of the page's height."""
        line = self.lines[0]
        return not margin * line.page_height < line.baseline < (1 - margin) * line.page_height


def without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without running heads, feet and page numbers."""
    rows = [
        row for _page, group in groupby(lines, lambda line: line.page) for row in _outer_rows(list(group))
    ]
    pages = len({line.page for line in lines})
    dropped = {id(line) for row in [*_running_heads(rows, pages), *_page_numbers(rows)] for line in row.lines}
    return [line for line in lines if id(line) not in dropped]


def _outer_rows(lines: Sequence[Line]) -> Iterable[_Row]:
    """Yield the rows of a page in its upper and lower margin, the outermost ones of both first."""
    for is_top in (True, False):
        rows: list[list[Line]] = []
        for line in sorted(lines, key=lambda each: each.baseline, reverse=is_top):
            if rows and abs(line.baseline - rows[-1][0].baseline) <= _SAME_BASELINE * line.size:
                rows[-1].append(line)
            elif _Row([line], is_outermost=True).is_within(_WIDE_MARGIN):
                rows.append([line])
            else:
                break
        for index, row in enumerate(rows):
            if (row[0].baseline > row[0].page_height / 2) == is_top:
                yield _Row(sorted(row, key=lambda each: each.left), not index)


def _running_heads(rows: Sequence[_Row], pages: int) -> Iterable[_Row]:
    """Yield the rows whose words many pages have there, but for a title that they repeat."""
    alike: dict[tuple[bool, str], list[_Row]] = defaultdict(list)
    for row in rows:
        if row.is_within(_MARGIN) and row.key[1]:
            alike[row.key].append(row)
    for group in alike.values():
        if len({row.lines[0].page for row in group}) < max(2, _MIN_PAGES * pages):
            continue
        usual = Counter([row.lines[0].size for row in group]).most_common(1)[0][0]
        yield from (row for row in group if row.lines[0].size < _LARGER * usual)


def _page_numbers(rows: Sequence[_Row]) -> Iterable[_Row]:
    """Yield the rows that are page numbers: in the margin, or as far above the foot as TeX sets them, if they count on."""
    numbered = [(row, number) for row in rows if (number := row.page_number) is not None]
    distances = Counter([number - row.lines[0].page for row, number in numbered])
    for row, number in numbered:
        counts_on = number == row.lines[0].page + 1 or distances[number - row.lines[0].page] > 1
        if row.is_within(_MARGIN) or (row.is_outermost and counts_on):
            yield row


def _value(numeral: str) -> int:
    """Return the number that a numeral means, in Arabic digits or as a Roman one."""
    if numeral.isdecimal():
        return int(numeral)
    values = [_ROMAN[letter] for letter in numeral.casefold()]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
