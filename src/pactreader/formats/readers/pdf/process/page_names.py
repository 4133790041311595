"""Pages as sentences name them."""

from collections.abc import Iterator, Sequence
from typing import Final

from pactreader.formats.readers.pdf.process.messages import PageName

_MAX_RANGES: Final = 8
"""The most pages or ranges of pages that are named; the others are counted."""


def named_pages(pages: Sequence[PageName]) -> str:
    """Return some pages, in order, as a sentence names them.

    The pages with the labels 3, 5, 6, 7 → `pp. 3, 5–7`.
    """
    ranges = list(_ranges(pages))
    named = ", ".join(
        first.label if first == last else f"{first.label}–{last.label}"
        for first, last in ranges[:_MAX_RANGES]
    )
    rest = sum(last.page - first.page + 1 for first, last in ranges[_MAX_RANGES:])
    more = f" and {rest:,} more" if rest else ""
    return f"{'p.' if len(pages) == 1 else 'pp.'} {named}{more}"


def _ranges(pages: Sequence[PageName]) -> Iterator[tuple[PageName, PageName]]:
    """Yield the first and the last page of each run of successive pages."""
    first = 0
    for at, page in enumerate(pages):
        if at + 1 == len(pages) or pages[at + 1].page != page.page + 1:
            yield pages[first], page
            first = at + 1
