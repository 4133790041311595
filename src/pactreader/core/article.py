"""Articles: a text and its blocks."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from pactreader.core.article_outline import ContentsEntry, Places
from pactreader.core.blocks import Block, BlockColumns, BlockKind, Blocks, Span, SpanKind
from pactreader.core.file_stamp import FileStamp
from pactreader.core.reading_options import ReadingOptions

if TYPE_CHECKING:
    from pactreader.core.article_rest import ArticleRest
    from pactreader.core.embedded_annotations import EmbeddedAnnotation
    from pactreader.core.fetched_page import FetchedPage

__all__ = [
    "BLOCK_SEPARATOR",
    "RULE",
    "Article",
    "Block",
    "BlockKind",
    "Blocks",
    "Passage",
    "Piece",
    "SourceLines",
    "Span",
    "SpanKind",
    "encoded_slices",
    "file_hash_of",
    "text_hash_of",
]

BLOCK_SEPARATOR: Final = "\n\n"
RULE: Final = "* * *"
"""The text of a rule."""

_SLICE: Final = 1_000_000
"""Code points that are encoded, and hashed, in one call: some three milliseconds, for which keys wait."""


class Passage(NamedTuple):
    """A half-open slice `[start, end)` of an article's text, in code points."""

    start: int
    end: int


class Piece(NamedTuple):
    """A block as a reader parses it: with its own text, before `Article.assemble` gives it offsets."""

    kind: BlockKind
    text: str
    level: int = 0
    marker: str = ""
    quoted: int = 0
    spans: tuple[Span, ...] = ()
    """Inline styles, with offsets in this text."""
    lines: Sequence[tuple[int, int]] = ()
    """Offsets in this text with the line of the file, from 1, that it comes from there on; none if the format has no lines.

    A paragraph whose second line begins at its offset 70 has `(0, 12), (70, 13)`.
    """
    anchors: Sequence[str] = ()
    """The names that links can give as `#name` to lead to it, beside those that a heading has by its words."""
    places: Sequence[tuple[int, str]] = ()
    """Offsets in this text with the place that begins there, as `Places` has them."""


class SourceLines(NamedTuple):
    """The lines of the file that an article's text comes from, by their first offsets in the text."""

    offsets: Sequence[int] = ()
    """Offsets in the text, in ascending order."""
    lines: Sequence[int] = ()
    """For each offset, the line of the file, from 1, that the text comes from there on; 0 if that is not known."""

    def at(self, offset: int) -> int | None:
        """Return the line at an offset of the text; `None` if it is not known."""
        index = bisect_right(self.offsets, offset) - 1
        return (self.lines[index] or None) if index >= 0 else None


class _Fields(NamedTuple):
    """The fields of an article, as a named tuple: a dataclass would take longer to import than the whole module."""

    title: str
    text: str
    """The blocks' texts joined by a blank line. All offsets into an article are code points of this."""
    blocks: Blocks
    source: str = ""
    """An absolute path, the address of a web page, `-` for standard input, or the name of the bundled article."""
    language: str = "en"
    """ISO 639-1 code, used for sentence boundaries."""
    author: str = ""
    date: str = ""
    """The date of its publication, in ISO 8601 if that is known."""
    url: str = ""
    """The address at which it is published on the web; empty if none is known."""
    tags: tuple[str, ...] = ()
    """The keywords that its author gave it."""
    warning: str = ""
    """A warning to the user about its decoding or parsing, such as that invalid UTF-8 was replaced."""
    encoding: str = ""
    """The name of the encoding that it was read in, such as `UTF-8`; empty if it is not known."""
    source_lines: SourceLines = SourceLines()
    """The lines of the file that its text comes from; empty if its format has none."""
    anchors: Mapping[str, int] = MappingProxyType({})
    """Offsets of the blocks that its author named for links, by name."""
    places: Places = Places()
    """The places by which passages are cited; none if its format has none."""
    contents: tuple[ContentsEntry, ...] = ()
    """The table of contents that came with it; without one, its headings are its table of contents."""
    reader: str = ""
    """The name and version of the reader that made the text, as `Markdown 1`; empty if that is not known."""
    file_hash: str = ""
    """The hash of the bytes that it was read from, from `file_hash_of`; empty if they are not known."""
    options: ReadingOptions = ReadingOptions()
    """The user's choices that it was read by."""
    content: bytes = b""
    """The bytes that it was read from, to be read in another way, if no file has them; else empty."""
    page: "FetchedPage | None" = None
    """The page of the web that it was read from; `None` if it came from elsewhere."""
    is_protected: bool = False
    """True if its file is protected by a password, so that its text is not kept unless the user wants it."""
    embedded: "tuple[EmbeddedAnnotation, ...]" = ()
    """The annotations of other programs in its file."""
    known_text_hash: str = ""
    """The hash of its text, if the store that the text came from knows it; else empty."""
    stamp: FileStamp | None = None
    """The stamp of its file as it was read; `None` if it has none, or a later write might not show in that."""
    is_unverified: bool = False
    """True if only the stamp of its file says that the file is as it was when it was parsed, and not its hash."""
    rest: "ArticleRest | None" = None
    """The rest of it, which is still being read; `None` if the text is whole."""


class Article(_Fields):
    """A title, a source, a language, a text and the text's blocks.

    A table's text has one row per line and its cells separated by tabs. A rule's text is `RULE`. No block is empty.
    """

    # Articles are compared by identity: their texts may be long.
    __eq__ = object.__eq__
    __ne__ = object.__ne__
    __hash__ = object.__hash__

    @classmethod
    def assemble(
        cls,
        pieces: Iterable[Piece],
        *,
        title: str,
        source: str = "",
        language: str = "en",
        author: str = "",
        date: str = "",
        warning: str = "",
    ) -> Self:
        """Create an article from its blocks in order, except for those without text."""
        texts: list[str] = []
        columns = BlockColumns.empty()
        offsets, lines = array("I"), array("I")
        anchors: dict[str, int] = {}
        place_offsets, labels = array("I"), list[str]()
        start = 0
        for kind, text, level, marker, quoted, spans, own_lines, names, places in pieces:
            if not text:
                continue
            end = start + len(text)
            columns.append(Block(kind, start, end, level, marker, quoted, spans), spans_from=start)
            texts.append(text)
            known_lines = own_lines or ((0, 0),)
            offsets.extend([start + offset for offset, _line in known_lines])
            lines.extend([line for _offset, line in known_lines])
            for name in names:
                anchors.setdefault(name, start)
            for offset, label in places:
                place_offsets.append(start + offset)
                labels.append(label)
            start = end + len(BLOCK_SEPARATOR)
        return cls(
            title=title,
            text=BLOCK_SEPARATOR.join(texts),
            blocks=Blocks(columns),
            source=source,
            language=language,
            author=author,
            date=date,
            warning=warning,
            source_lines=SourceLines(offsets, lines) if any(lines) else SourceLines(),
            anchors=anchors,
            places=Places(place_offsets, labels) if labels else Places(),
        )

    @cached_property
    def text_hash(self) -> str:
        """The text's hash, from `text_hash_of`; empty while the text is not whole."""
        return "" if self.rest else self.known_text_hash or text_hash_of(self.text)

    @cached_property
    def _heading_indices(self) -> "array[int]":
        return self.blocks.numbers_of(BlockKind.HEADING)

    def block_index(self, offset: int) -> int:
        """Return the index of the block at an offset; between two blocks, of the one before."""
        return self.blocks.number_at(offset)

    def block_at(self, offset: int) -> Block:
        """Return the block at an offset; between two blocks, the one before.

        Raises:
            IndexError: The article has no blocks.
        """
        return self.blocks[self.block_index(offset)]

    def block_text(self, block: Block) -> str:
        """Return the text of a block."""
        return self.text[block.start : block.end]

    def pieces(self) -> Iterator[Piece]:
        """Yield the blocks with their own texts, to be assembled with others; without the lines of the file."""
        names: dict[int, list[str]] = {}
        for name, offset in self.anchors.items():
            names.setdefault(offset, []).append(name)
        for kind, start, end, level, marker, quoted, spans in self.blocks:
            own = tuple(span.shifted(-start) for span in spans)
            text = self.text[start:end]
            yield Piece(kind, text, level, marker, quoted, own, anchors=names.get(start, ()))

    def paragraph_number(self, offset: int) -> int:
        """Return the number of the block at an offset, counted from 1, as it is shown after a ¶ sign."""
        return self.block_index(offset) + 1

    def headings_above(self, offset: int) -> list[Block]:
        """Return the headings of the sections around an offset, outermost first; on a heading, it is the last."""
        found: list[Block] = []
        position = bisect_right(self._heading_indices, self.block_index(offset))
        level = 7
        while position and level > 1:
            position -= 1
            block = self.blocks[self._heading_indices[position]]
            if block.level < level:
                found.append(block)
                level = block.level
        return found[::-1]

    @property
    def headings(self) -> list[Block]:
        """The headings in order."""
        return [self.blocks[index] for index in self._heading_indices]

    def heading_after(self, index: int) -> int | None:
        """Return the index of the first heading after a block; `None` if there is none."""
        position = bisect_right(self._heading_indices, index)
        return self._heading_indices[position] if position < len(self._heading_indices) else None

    def section(self, index: int) -> range:
        """Return the block indices of a block's section: from its heading to the next one of that level or higher.

        Blocks before the first heading are a section too.
        """
        indices, blocks = self._heading_indices, self.blocks
        position = bisect_right(indices, index)
        if not position:
            return range(indices[0] if indices else len(blocks))
        first = indices[position - 1]
        following = (i for i in indices[position:] if blocks[i].level <= blocks[first].level)
        return range(first, next(following, len(blocks)))

    def progress(self, offset: int) -> float:
        """Return the position of an offset in the text as a share, from 0 to 1."""
        return min(1.0, offset / len(self.text)) if self.text else 0.0


def text_hash_of(text: str) -> str:
    """Return the first 32 hexadecimal digits of a text's SHA-256, by which former texts are known."""
    from hashlib import sha256

    digest = sha256()
    for encoded in encoded_slices(text):
        digest.update(encoded)
    return digest.hexdigest()[:32]


def encoded_slices(text: str) -> Iterator[bytes]:
    """Yield a text in UTF-8, in slices, between which other threads can run."""
    for start in range(0, len(text), _SLICE):
        yield text[start : start + _SLICE].encode("utf-8", "surrogatepass")


def file_hash_of(data: bytes) -> str:
    """Return the first 32 hexadecimal digits of the SHA-256 of a file's content."""
    from hashlib import sha256

    return sha256(data).hexdigest()[:32]
