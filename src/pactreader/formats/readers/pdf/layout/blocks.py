"""The blocks of lines: headings, paragraphs, lists, footnotes, captions, tables and code."""

from collections.abc import Iterator, Sequence

from pactreader.core.article import BlockKind
from pactreader.formats.readers.line_end_hyphens import LineEndHyphens
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock
from pactreader.formats.readers.pdf.layout.columns import in_columns
from pactreader.formats.readers.pdf.layout.continuation import joined
from pactreader.formats.readers.pdf.layout.line_joining import join, join_as_lines, text_of
from pactreader.formats.readers.pdf.layout.lines import Line
from pactreader.formats.readers.pdf.layout.list_levels import ListLevels
from pactreader.formats.readers.pdf.layout.markers import note_mark
from pactreader.formats.readers.pdf.layout.measures import Measures
from pactreader.formats.readers.pdf.layout.parts import Part, Role, parts_of
from pactreader.formats.readers.pdf.layout.quotations import is_quotation
from pactreader.formats.readers.pdf.layout.run_in_headings import with_run_in_headings


def blocks_of(lines: Sequence[Line], outline_titles: Sequence[str] = ()) -> list[LaidOutBlock]:
    """Return the blocks of lines in reading order; without places and anchors.

    Args:
        lines: The lines of all pages, without running heads and page numbers.
        outline_titles: The titles of the outline, in its order.
    """
    lines = with_run_in_headings(in_columns(lines))
    return _BlockMaker(lines, outline_titles).blocks() if lines else []


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
        parts = parts_of(self._lines, self._outline_titles, self._measures, self._hyphens)
        return [block for part in joined(parts) for block in self._blocks_of(part)]

    def _blocks_of(self, part: Part) -> Iterator[LaidOutBlock]:
        if not part.chunk:
            if part.role is Role.DONE:
                self._list.end()
            yield from part.blocks
            return
        chunk = part.chunk
        is_below_heading, self._is_below_heading = self._is_below_heading, part.role is Role.HEADING
        texts = [text_of(line) for each in (chunk, *part.rest) for line in each.lines]
        text = join_as_lines(texts) if chunk.by_line else join(texts, self._hyphens)
        if part.role is Role.HEADING:
            self._list.end()
            yield text.block(BlockKind.HEADING, part.level)
        elif part.role is Role.NOTE:
            mark = note_mark(text.text)
            if mark:
                yield text.stripped(mark.length).block(BlockKind.LIST_ITEM, 1, mark.marker)
            else:
                yield text.block(BlockKind.PARAGRAPH)
        elif part.role is Role.FLOAT:
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
