"""What is read: an article is its text and the blocks that slice it."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple, Self

BLOCK_SEPARATOR = "\n\n"


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    QUOTATION = "quotation"
    CODE = "code"
    TABLE = "table"
    RULE = "rule"


class SpanKind(StrEnum):
    """How a few words inside a block are set."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    LINK = "link"
    STRUCK = "struck"


class Passage(NamedTuple):
    """A half-open slice `[start, end)` of an article's text, in code points."""

    start: int
    end: int


class Span(NamedTuple):
    """An inline style on `[start, end)` of the article's text, in code points."""

    start: int
    end: int
    kind: SpanKind
    target: str = ""
    """Where a link leads; empty for other kinds."""


class Block(NamedTuple):
    """A slice `[start, end)` of the article's text with a kind; a tuple, as an archive has a hundred thousand."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """A heading's level, 1 to 6; for every other kind the number of lists around it."""
    marker: str = ""
    """What stands before a list item's first line (`•`, `3.`, `[1]`); empty on an item's later paragraphs."""
    quoted: int = 0
    """How many quotations are around the block. A `QUOTATION` is a paragraph with one or more."""
    spans: tuple[Span, ...] = ()
    """Inline styles, by start; they may nest."""


class Piece(NamedTuple):
    """A block before it has a place: what a format's reader hands to `Article.assemble`."""

    kind: BlockKind
    text: str
    level: int = 0
    marker: str = ""
    quoted: int = 0
    spans: tuple[Span, ...] = ()
    """As in `Block`, but counted from the beginning of this piece's text."""


@dataclass(frozen=True, eq=False)
class Article:
    """A title, a source, a language, a text and the blocks of the text.

    A table's text holds a row a line, its cells parted by a tab. A rule's text is `* * *`. No block is empty.
    """

    title: str
    text: str
    """The blocks' texts joined by a blank line. Everything that points into an article points into this."""
    blocks: tuple[Block, ...]
    source: str = ""
    """An absolute path, `-` for standard input, or the name of the bundled article."""
    language: str = "en"
    """ISO 639-1 code, for the sentence boundaries."""
    author: str = ""
    date: str = ""
    warning: str = ""
    """What the reader should know about how it was read (say, that invalid UTF-8 was replaced)."""

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
        """An article of these pieces, in their order. Pieces without text are left out."""
        texts: list[str] = []
        blocks: list[Block] = []
        start = 0
        for kind, text, level, marker, quoted, spans in pieces:
            if not text:
                continue
            end = start + len(text)
            placed = (
                tuple(Span(s.start + start, s.end + start, s.kind, s.target) for s in spans) if spans else ()
            )
            blocks.append(Block(kind, start, end, level, marker, quoted, placed))
            texts.append(text)
            start = end + len(BLOCK_SEPARATOR)
        return cls(
            title=title,
            text=BLOCK_SEPARATOR.join(texts),
            blocks=tuple(blocks),
            source=source,
            language=language,
            author=author,
            date=date,
            warning=warning,
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    @cached_property
    def text_hash(self) -> str:
        """What tells this text from another: the first 32 hexadecimal digits of its SHA-256."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    @cached_property
    def _heading_indexes(self) -> list[int]:
        return [index for index, block in enumerate(self.blocks) if block.kind is BlockKind.HEADING]

    def block_index(self, offset: int) -> int:
        """The index of the block at an offset; between two blocks, of the one before."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def block_at(self, offset: int) -> Block:
        """The block at an offset; between two blocks, the one before.

        Raises:
            IndexError: The article has no blocks.
        """
        return self.blocks[self.block_index(offset)]

    def block_text(self, block: Block) -> str:
        """The text of a block."""
        return self.text[block.start : block.end]

    def paragraph_number(self, offset: int) -> int:
        """What stands behind the ¶ sign: the number of the block at an offset, counted from 1."""
        return self.block_index(offset) + 1

    def headings_above(self, offset: int) -> list[Block]:
        """The headings that an offset stands under, outermost first; on a heading, with that heading."""
        found: list[Block] = []
        position = bisect_right(self._heading_indexes, self.block_index(offset))
        level = 7
        while position and level > 1:
            position -= 1
            block = self.blocks[self._heading_indexes[position]]
            if block.level < level:
                found.append(block)
                level = block.level
        return found[::-1]

    @property
    def headings(self) -> list[Block]:
        """The headings, in their order."""
        return [self.blocks[index] for index in self._heading_indexes]

    def heading_after(self, index: int) -> int | None:
        """The index of the first heading behind a block; `None` if there is none."""
        position = bisect_right(self._heading_indexes, index)
        return self._heading_indexes[position] if position < len(self._heading_indexes) else None

    def section(self, index: int) -> range:
        """The blocks of the section that a block is in: from its heading to the next one of that level or higher.

        Before the first heading, from the top to that heading.
        """
        indexes, blocks = self._heading_indexes, self.blocks
        position = bisect_right(indexes, index)
        if not position:
            return range(indexes[0] if indexes else len(blocks))
        first = indexes[position - 1]
        following = (at for at in indexes[position:] if blocks[at].level <= blocks[first].level)
        return range(first, next(following, len(blocks)))

    def progress(self, offset: int) -> float:
        """How far an offset is into the text, from 0 to 1."""
        return min(1.0, offset / len(self.text)) if self.text else 0.0
