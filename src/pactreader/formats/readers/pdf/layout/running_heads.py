"""Running heads, feet and page numbers, which are no part of the text."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from pactreader.formats.readers.pdf.layout.lines import Line

_MARGIN: Final = 0.1
"""The share of the page's height at its top and at its foot where running heads stand."""
_MIN_PAGES: Final = 0.12
"""The least share of the pages that have the same running head: chapters of a book have their own."""
_PAGE_NUMBER: Final = re.compile(
    r"(?:page|seite|p\.|s\.|стр\.)?\W{0,3}(?:\d{1,4}|[ivxlc]{1,7})(?:\W{1,3}\d{1,4}|\s(?:of|von|de|sur|di|van|из)\s\d{1,4})?\W{0,3}",
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"\d+|\b[ivxlc]+\b")


def without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without running heads, feet and page numbers."""
    pages = len({line.page for line in lines})
    seen: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        if _is_in_margin(line):
            seen[_key(line)].add(line.page)
    least = max(2, _MIN_PAGES * pages)
    return [
        line
        for line in lines
        if not (_is_in_margin(line) and (len(seen[_key(line)]) >= least or _PAGE_NUMBER.fullmatch(line.text)))
    ]


def _is_in_margin(line: Line) -> bool:
    return not _MARGIN * line.page_height < line.baseline < (1 - _MARGIN) * line.page_height


def _key(line: Line) -> str:
    return _NUMBERS.sub("0", line.text.casefold())
