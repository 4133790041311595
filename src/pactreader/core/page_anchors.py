"""The anchors of pages, and the fragments in addresses of PDFs that lead to them."""

import re
from collections.abc import Mapping
from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.core.printable_text import printable_line
from pactreader.core.wording import pluralise

_PREFIX: Final = "page="
_NUMBER: Final = lazy_pattern(r"0*([0-9]{1,9})")


def page_anchor(page: int) -> str:
    """Return the name of the anchor of a page, by its number from 1: `page=12`."""
    return f"{_PREFIX}{page}"


def page_in(anchor: str) -> str:
    """Return the page in the name of an anchor as it is written there, `12` or a label such as `xii`; empty if it has none."""
    return anchor.removeprefix(_PREFIX) if anchor.startswith(_PREFIX) else ""


def page_number(anchor: str) -> int:
    """Return the number of the page that an anchor is of, from 1; 0 if it is of none."""
    found = _NUMBER.fullmatch(page_in(anchor))
    return int(found[1]) if found else 0


def anchor_in_pdf(fragment: str) -> str:
    """Return the name of the anchor that a fragment of a PDF's address leads to (RFC 8118, 3).

    `page=12&zoom=150` → `page=12`, `nameddest=intro` → `intro`; a page's label is left as it is. A fragment without these parameters is itself a name.

    Args:
        fragment: The fragment, decoded.
    """
    written = (each.partition("=") for each in re.split("[&#]", fragment))
    parameters = {name.lower(): value for name, _, value in written}
    page = parameters.get("page", "")
    if number := _NUMBER.fullmatch(page):
        return page_anchor(int(number[1]))
    return f"{_PREFIX}{page}" if page else parameters.get("nameddest") or fragment


def missing_anchor(name: str, anchors: Mapping[str, int]) -> str:
    """Return the sentence that an article has no anchor of some name.

    Args:
        name: The name, as the user gave it.
        anchors: The article's anchors.
    """
    pages = max(map(page_number, anchors), default=0)
    page = _named_page(name)
    if pages and page:
        return f"There is no page {page} in this article, which has {pluralise(pages, 'page')}."
    return f"There is no “{printable_line(name)}” in this article to go to."


def awaited_anchor(name: str) -> str:
    """Return the sentence that an anchor is not read yet, but will be gone to.

    `page=100` → "Page 100 is shown as soon as it is read."

    Args:
        name: The name, as the user gave it.
    """
    page = _named_page(name)
    return f"{f'Page {page}' if page else f'“{printable_line(name)}”'} is shown as soon as it is read."


def _named_page(name: str) -> str:
    return printable_line(page_in(anchor_in_pdf(name)))
