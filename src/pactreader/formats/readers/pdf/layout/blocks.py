"""The blocks of lines: headings, paragraphs, lists, footnotes, captions, tables and code."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from pactreader.core.article import BlockKind
from pactreader.formats.readers.line_end_hyphens import LineEndHyphens
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock
from pactreader.formats.readers.pdf.layout.chunks import Chunk, Chunker, has_room
from pactreader.formats.readers.pdf.layout.code import code_of
from pactreader.formats.readers.pdf.layout.columns import in_columns
from pactreader.formats.readers.pdf.layout.contents_entries import contents_of
from pactreader.formats.readers.pdf.layout.headings import Headings, is_one_heading
from pactreader.formats.readers.pdf.layout.line_joining import LineText, join, join_as_lines, text_of
from pactreader.formats.readers.pdf.layout.lines import Line
from pactreader.formats.readers.pdf.layout.list_levels import ListLevels
from pactreader.formats.readers.pdf.layout.markers import items_of, note_mark
from pactreader.formats.readers.pdf.layout.measures import Measures
from pactreader.formats.readers.pdf.layout.notes import captions_of, footnotes_of
from pactreader.formats.readers.pdf.layout.quotations import is_quotation
from pactreader.formats.readers.pdf.layout.sentences import ends_sentence, goes_on
from pactreader.formats.readers.pdf.layout.tables import tables_of


class _Role(Enum):
    HEADING = auto()
    TEXT = auto()
    NOTE = auto()
    FLOAT = auto()
    """A caption or a table, which may stand within a paragraph."""
    DONE = auto()
    """Blocks that are made already: code, a table of contents."""


@dataclass(slots=True, eq=False)
class _Part:
    role: _Role
    chunk: Chunk | None = None
    blocks: Sequence[LaidOutBlock] = ()
    level: int = 0
    rest: list[Chunk] = field(default_factory=list)
    """The chunks in other columns and on other pages in which a text goes on."""


def blocks_of(lines: Sequence[Line], outline_titles: Sequence[str] = ()) -> list[LaidOutBlock]:
    """Return the blocks of lines in reading order; without places and anchors.

    Args:
        lines: The lines of all pages, without running heads and page numbers.
        outline_titles: The titles of the outline, in its order.
    """
    return _BlockMaker(in_columns(lines), outline_titles).blocks() if lines else []


class _BlockMaker:
    def __init__(self, lines: Sequence[Line], outline_titles: Sequence[str]) -> None:
        self._lines = lines
        self._outline_titles = outline_titles
        self._measures = Measures(lines)
        self._hyphens = LineEndHyphens("\n".join([line.text for line in lines]))
        self._list = ListLevels()
        self._is_below_heading = False
        """True if the last block was a heading: an abstract below one is set in on both sides, and no quotation."""

    def blocks(self) -> list[LaidOutBlock]:
        """Return the blocks."""
        return [block for part in self._in_order(self._parts()) for block in self._blocks_of(part)]

    def _parts(self) -> Iterator[_Part]:
        """Yield the parts of the document in the order of their lines."""
        parts = self._merged_parts()
        chunks = [part.chunk for part in parts if part.chunk]
        footnotes = footnotes_of(chunks, self._measures)
        captions = captions_of(chunks)
        text = [chunk for chunk in chunks if id(chunk) not in footnotes and id(chunk) not in captions]
        headings = Headings(text, self._outline_titles, self._measures)
        for part in parts:
            if chunk := part.chunk:
                if id(chunk) in footnotes:
                    part.role = _Role.NOTE
                elif id(chunk) in captions:
                    part.role = _Role.FLOAT
                elif level := headings.level(chunk):
                    part.role, part.level = _Role.HEADING, level
                elif id(chunk) in headings.authors:
                    chunk.by_line = True
            yield part

    def _merged_parts(self) -> list[_Part]:
        """Return the parts, where large type on successive lines is one chunk."""
        parts: list[_Part] = []
        for part in self._undetermined_parts():
            if (
                parts
                and parts[-1].chunk
                and part.chunk
                and is_one_heading(parts[-1].chunk, part.chunk, self._measures)
            ):
                parts[-1].chunk.lines += part.chunk.lines
                parts[-1].chunk.gap_below = part.chunk.gap_below
                parts[-1].chunk.by_line = False
            else:
                parts.append(part)
        return parts

    def _undetermined_parts(self) -> Iterator[_Part]:
        lines, measures = self._lines, self._measures
        code = code_of(lines, measures)
        contents = contents_of(lines, self._hyphens)
        tables = tables_of(lines, measures)
        chunker = Chunker(lines, items_of(lines), measures)
        index = start = 0
        while index < len(lines):
            found: tuple[int, _Part] | None = None
            if index in code:
                found = code[index].end, _Part(_Role.DONE, blocks=[code[index].text.block(BlockKind.CODE)])
            elif index in contents:
                found = contents[index].end, _Part(_Role.DONE, blocks=contents[index].blocks)
            elif index in tables:
                found = (
                    tables[index].end,
                    _Part(_Role.FLOAT, blocks=[tables[index].text.block(BlockKind.TABLE)]),
                )
            if found:
                yield from (_Part(_Role.TEXT, chunk) for chunk in chunker.chunks(start, index))
                index, part = found
                yield part
                start = index
            else:
                index += 1
        yield from (_Part(_Role.TEXT, chunk) for chunk in chunker.chunks(start, index))

    def _in_order(self, parts: Iterator[_Part]) -> list[_Part]:
        """Return the parts with texts that go on in another column, or behind a table or a footnote, joined."""
        ordered: list[_Part] = []
        text: _Part | None = None
        note: _Part | None = None
        waiting: list[_Part] = []
        for part in parts:
            if part.role is _Role.NOTE and part.chunk:
                if note and not note_mark(part.chunk.text):
                    note.rest.append(part.chunk)
                else:
                    waiting.append(part)
                    note = part
                continue
            if part.role is _Role.FLOAT:
                waiting.append(part)
                continue
            if text and text.chunk and part.role is _Role.TEXT and part.chunk:
                last = text.rest[-1] if text.rest else text.chunk
                if self._continues(text.chunk, last, part.chunk, bool(waiting)):
                    text.rest.append(part.chunk)
                    continue
            ordered += [text, *waiting] if text else waiting
            waiting = []
            text = part
        return [*ordered, text, *waiting] if text else waiting

    def _continues(self, first: Chunk, last: Chunk, chunk: Chunk, has_floats: bool) -> bool:
        """Return whether a text goes on in a chunk, behind what stands between them."""
        before, line = last.lines[-1], chunk.lines[0]
        is_apart = (before.page, before.column) != (line.page, line.column)
        if not (is_apart or has_floats) or chunk.item or abs(before.size - line.size) > 0.07 * before.size:
            return False
        if (
            before.is_bold != line.is_bold
            or last.by_line
            or chunk.by_line
            or (chunk.is_centred and line.text[0].isupper())
        ):
            return False
        flows = goes_on(before.text, line.text)
        if has_room(before, line, last.edge) and not (flows and not ends_sentence(before.text)):
            return False
        if flows:
            return True
        tolerance = 0.4 * line.size
        if len(chunk.lines) > 1 and line.left > chunk.lines[1].left + tolerance:
            return False
        indent = first.body_indent if len(first.lines) > 1 or not first.item else last.body_indent
        if abs(chunk.indent - indent) > tolerance and (len(first.lines) > 1 or chunk.indent > tolerance):
            return False
        return is_apart or not ends_sentence(before.text)

    def _blocks_of(self, part: _Part) -> Iterator[LaidOutBlock]:
        if not part.chunk:
            if part.role is _Role.DONE:
                self._list.end()
            yield from part.blocks
            return
        chunk = part.chunk
        is_below_heading, self._is_below_heading = self._is_below_heading, part.role is _Role.HEADING
        text = self._text([line for each in (chunk, *part.rest) for line in each.lines], chunk.by_line)
        if part.role is _Role.HEADING:
            self._list.end()
            yield text.block(BlockKind.HEADING, part.level)
        elif part.role is _Role.NOTE:
            mark = note_mark(text.text)
            if mark:
                yield text.stripped(mark.length).block(BlockKind.LIST_ITEM, 1, mark.marker)
            else:
                yield text.block(BlockKind.PARAGRAPH)
        elif part.role is _Role.FLOAT:
            yield text.block(BlockKind.PARAGRAPH)
        elif item := chunk.item:
            level, marker = self._list.item(chunk)
            yield text.stripped(item.length).block(BlockKind.LIST_ITEM, level, marker)
        elif level := self._list.later_paragraph(chunk):
            yield text.block(BlockKind.LIST_ITEM, level)
        elif not is_below_heading and is_quotation(chunk, self._measures):
            block = text.block(BlockKind.QUOTATION)
            yield block._replace(piece=block.piece._replace(quoted=1))
        else:
            yield text.block(BlockKind.PARAGRAPH)

    def _text(self, lines: Sequence[Line], by_line: bool) -> LineText:
        texts = [text_of(line) for line in lines]
        return join_as_lines(texts) if by_line else join(texts, self._hyphens)
