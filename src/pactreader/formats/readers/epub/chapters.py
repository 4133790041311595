"""The headings of a book's chapters."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

from pactreader.core.article import BlockKind, Piece
from pactreader.formats.readers.article_metadata import ArticleMetadata
from pactreader.formats.readers.byline_block import byline_block
from pactreader.formats.readers.epub.contents import BookEntry

_BEGINNING: Final = 4
"""The number of blocks at the beginning of a chapter among which its heading is. Pictures and mottos are before it."""
_FIRST_BLOCKS: Final = 20
"""The number of blocks at the beginning of a book among which its title is."""
_MAX_LEVEL: Final = 6
_MAX_TITLE: Final = 400
"""The greatest length of a paragraph in code points that is looked at as a title."""
_SIGNS: Final = re.compile(r"[\W_]+")


def with_chapter_headings(
    pieces: Iterable[Piece], entries: Iterable[BookEntry], documents: Container[str], *, of_pictures: bool
) -> Iterator[Piece]:
    """Yield the blocks of a book with a heading at the beginning of each document that the contents name.

    Where it has none, its first paragraphs are the heading if they have the words of the title, else the title is put
    before them.

    Args:
        pieces: The blocks of the book. One without text has the names of documents without blocks.
        entries: Its table of contents.
        documents: The names of its documents.
        of_pictures: True to yield the titles of documents without blocks, too.
    """
    by_target: dict[str, BookEntry] = {}
    for entry in entries:
        if entry.target:
            by_target.setdefault(entry.target, entry)
    for chapter in _chapters(pieces, documents):
        first = chapter[0]
        headed: set[str] = set()
        for empty in _without_blocks(first, documents) if of_pictures else ():
            if titled := _entry_of(empty, by_target):
                yield _heading(titled, empty)
                headed.update(empty)
        names = [name for name in first.anchors if name not in headed]
        chapter[0] = first._replace(anchors=names)
        yield from _with_heading(chapter, _entry_of(names, by_target))
        yield from (_titled(piece, by_target) for piece in chapter[_BEGINNING:])


def with_title(pieces: list[Piece], metadata: ArticleMetadata) -> list[Piece]:
    """Return the blocks of a book with its title, author and date before them, unless the title is among the first."""
    title = _words(metadata.title)
    if not title or any(
        f" {title} " in f" {_words(piece.text)} "
        for piece in pieces[:_FIRST_BLOCKS]
        if len(piece.text) <= _MAX_TITLE
    ):
        return pieces
    head = [Piece(BlockKind.HEADING, metadata.title, 1)]
    return [*head, *byline_block(metadata.author, metadata.date), *pieces]


def _chapters(pieces: Iterable[Piece], documents: Container[str]) -> Iterator[list[Piece]]:
    """Yield the blocks of each document that has any."""
    chapter: list[Piece] = []
    for piece in pieces:
        if chapter and any(name in documents for name in piece.anchors):
            yield chapter
            chapter = []
        chapter.append(piece)
    if chapter:
        yield chapter


def _without_blocks(piece: Piece, documents: Container[str]) -> list[Sequence[str]]:
    """Return the names in each document without blocks before a piece."""
    starts = [index for index, name in enumerate(piece.anchors) if name in documents]
    ends = [*starts[1:], *(() if piece.text else (len(piece.anchors),))]
    return [piece.anchors[start:end] for start, end in zip(starts, ends, strict=False)]


def _entry_of(names: Iterable[str], by_target: Mapping[str, BookEntry]) -> BookEntry | None:
    return next((by_target[name] for name in names if name in by_target), None)


def _with_heading(chapter: Sequence[Piece], entry: BookEntry | None) -> list[Piece]:
    """Return the first blocks of a chapter, with a heading if an entry of the contents leads to it."""
    beginning = list(chapter[:_BEGINNING])
    if entry is None or not chapter[0].text or any(piece.kind is BlockKind.HEADING for piece in beginning):
        return beginning
    title = _words(entry.title)
    words = [_words(piece.text[:_MAX_TITLE]) for piece in beginning]
    for first, last in (
        *((0, end) for end in range(1, len(words) + 1)),
        *enumerate(range(1, len(words) + 1)),
    ):
        if _is_title(" ".join(words[first:last]), title):
            titled = [_as_heading(piece, entry) for piece in beginning[first:last]]
            return [*beginning[:first], *titled, *beginning[last:]]
    return [_heading(entry, chapter[0].anchors), beginning[0]._replace(anchors=()), *beginning[1:]]


def _titled(piece: Piece, by_target: Mapping[str, BookEntry]) -> Piece:
    """Return a block as a heading if it has the words of an entry that leads to it."""
    entry = _entry_of(piece.anchors, by_target)
    return (
        _as_heading(piece, entry)
        if entry and _words(piece.text[:_MAX_TITLE]) == _words(entry.title)
        else piece
    )


def _heading(entry: BookEntry, anchors: Sequence[str]) -> Piece:
    return Piece(BlockKind.HEADING, entry.title, min(entry.level, _MAX_LEVEL), anchors=anchors)


def _as_heading(piece: Piece, entry: BookEntry) -> Piece:
    if piece.kind is not BlockKind.PARAGRAPH:
        return piece
    return piece._replace(kind=BlockKind.HEADING, level=min(entry.level, _MAX_LEVEL))


def _is_title(words: str, title: str) -> bool:
    """Return whether words are those of a title, or without the number or name of a chapter before them."""
    return bool(words) and f" {title}".endswith(f" {words}")


def _words(text: str) -> str:
    """Return the words of a title without signs and case, in which it may differ from the heading."""
    return _SIGNS.sub(" ", text.casefold()).strip()
