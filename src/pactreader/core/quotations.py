"""Quotations: the text of a passage with the marks that the page shows beside it."""

from typing import Final

from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Annotation
from pactreader.core.article import Article, Block, BlockKind

CELL_BORDER: Final = " │ "
"""The border between the cells of a table, as on the page."""
_BOXES: Final = "☐☑"
_INTACT: Final = frozenset({PlacementKind.EXACT, PlacementKind.MOVED})
"""The placements of passages whose words are those that were marked."""


def annotation_quotation(annotation: Annotation, article: Article, placement: Placement | None) -> str:
    """Return the quotation of an annotation's passage: as the page shows it if its words stand in the article.

    Else it is the words that were marked; for a note on the whole article, an empty text.
    """
    if annotation.anchor is None:
        return ""
    if placement is None or placement.kind not in _INTACT:
        return annotation.anchor.exact
    start, end = placement.start, placement.end
    if _is_shown_as_it_is(article, start, end):
        return annotation.anchor.exact
    shown = quotation(article, start, end)
    return annotation.anchor.exact if shown == article.text[start:end] else shown


def quotation(article: Article, start: int, end: int) -> str:
    """Return the text of `[start, end)` with the boxes and numbers of list items, and the borders between cells.

    An item has its box or number if it begins in the passage. Bullets say nothing, and are left out.

    Example:
        `☑ pay the rent` for the text `pay the rent` of a task that is done, `Ann │ 30` for a row of a table.
    """
    if start >= end or _is_shown_as_it_is(article, start, end):
        return article.text[start:end]
    parts: list[str] = []
    position = start
    for index in range(article.block_index(start), article.block_index(end - 1) + 1):
        block = article.blocks[index]
        first, last = max(position, block.start), max(position, min(end, block.end))
        text = article.text[first:last]
        if block.kind is BlockKind.TABLE:
            text = text.replace("\t", CELL_BORDER)
        mark = _mark(block) if block.start >= start else ""
        parts += (article.text[position:first], mark, text)
        position = last
    return "".join((*parts, article.text[position:end]))


def _is_shown_as_it_is(article: Article, start: int, end: int) -> bool:
    """Return whether a passage is surely without marks and without borders between cells, as most are.

    So it is behind the beginning of one block that is no table, and where there are no list items at all.
    """
    blocks = article.blocks
    if not blocks:
        return True
    index = article.block_index(start)
    columns = blocks.columns
    return (
        end <= columns.ends[index]
        and (columns.starts[index] < start or not columns.markers)
        and blocks.kind(index) is not BlockKind.TABLE
    )


def _mark(block: Block) -> str:
    """Return the box or number of a list item with the blank behind it; an empty text for any other block."""
    marker = block.marker
    return f"{marker} " if marker and (marker in _BOXES or any(map(str.isalnum, marker))) else ""
