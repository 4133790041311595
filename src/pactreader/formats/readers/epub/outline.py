"""The outline of a book: the offsets of its contents and chapters."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from pactreader.core.article import Article, BlockKind
from pactreader.core.article_outline import ContentsEntry, Places
from pactreader.formats.readers.epub.contents import BookEntry

_ON_TITLE_PAGES: Final = frozenset({BlockKind.HEADING, BlockKind.QUOTATION, BlockKind.RULE})


def contents_of(entries: Sequence[BookEntry], anchors: Mapping[str, int]) -> tuple[ContentsEntry, ...]:
    """Return a table of contents with offsets.

    An entry without a link, as that of a part may be, leads to the first one below it; without any, it is left out.

    Args:
        entries: The table of contents.
        anchors: Offsets in the text, by the names that entries lead to.
    """
    found: list[ContentsEntry] = []
    for title, level, target in reversed(entries):
        offset = anchors.get(target) if target else None
        if offset is None and found and found[-1].level > level:
            offset = found[-1].offset
        if offset is not None:
            found.append(ContentsEntry(title, level, offset))
    return tuple(reversed(found))


def places_of(article: Article, contents: Sequence[ContentsEntry]) -> Places:
    """Return the chapters of a book, by which passages are cited, with the parts above them.

    Where a part begins with its first chapter, that is the place.
    """
    deepest = _chapter_level(article, contents)
    labels = {entry.offset: entry.title for entry in contents if entry.level <= deepest}
    offsets = sorted(labels)
    return Places(offsets, [labels[offset] for offset in offsets])


def _chapter_level(article: Article, contents: Sequence[ContentsEntry]) -> int:
    """Return the first level of a table of contents whose entries are chapters.

    An entry above others is a part, if there is no text between it and the first of these, as on a title page; and if it
    is the only one of its level, the title of the book.
    """
    counts = Counter(entry.level for entry in contents)
    above: Counter[int] = Counter()
    parts: Counter[int] = Counter()
    for entry, following in pairwise(contents):
        if following.level > entry.level:
            above[entry.level] += 1
            parts[entry.level] += not _has_text(article, entry.offset, following.offset)
    chapters = (
        level
        for level in sorted(counts)
        if not above[level] or (counts[level] > 1 and 2 * parts[level] <= above[level])
    )
    return next(chapters, 0)


def _has_text(article: Article, start: int, end: int) -> bool:
    """Return whether there is a block between two offsets that is no heading or motto."""
    if end <= start:
        return False
    indices = range(article.block_index(start), article.block_index(end))
    return any(article.blocks[index].kind not in _ON_TITLE_PAGES for index in indices)
