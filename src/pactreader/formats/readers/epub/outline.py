"""The outline of a book: the offsets of its contents and chapters."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from typing import Final

from pactreader.core.article_outline import ContentsEntry, Places
from pactreader.formats.readers.epub.contents import BookEntry

_MIN_CHAPTERS: Final = 2
"""The number of entries from which a level of the contents can be that of chapters; one alone is the book's title."""


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


def places_of(contents: Sequence[ContentsEntry], beginnings: Container[int]) -> Places:
    """Return the chapters of a book, by which passages are cited.

    Most documents begin with a chapter, so its level in the contents is the one that they have most often; the entries of
    that level and of the parts above are places. If no two documents begin with an entry, chapters are at the first level
    that has two. Where a part begins with its first chapter, that is the place.

    Args:
        contents: The table of contents.
        beginnings: The offsets of documents.
    """
    levels = Counter(entry.level for entry in contents if entry.offset in beginnings)
    if levels.total() < _MIN_CHAPTERS:
        levels = Counter(entry.level for entry in contents)
        several = (level for level in sorted(levels) if levels[level] >= _MIN_CHAPTERS)
        deepest = next(several, max(levels, default=0))
    else:
        deepest = max(levels, key=lambda level: (levels[level], -level))
    labels = {entry.offset: entry.title for entry in contents if entry.level <= deepest}
    offsets = sorted(labels)
    return Places(offsets, [labels[offset] for offset in offsets])
