"""The parts of a document: chunks with what they are, and blocks that are told from lines alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from pactreader.core.article import BlockKind
from pactreader.formats.readers.line_end_hyphens import LineEndHyphens
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock
from pactreader.formats.readers.pdf.layout.chunking import Chunker
from pactreader.formats.readers.pdf.layout.chunks import Chunk
from pactreader.formats.readers.pdf.layout.code import code_of
from pactreader.formats.readers.pdf.layout.contents_entries import contents_of
from pactreader.formats.readers.pdf.layout.headings import Headings, is_one_heading
from pactreader.formats.readers.pdf.layout.lines import Line
from pactreader.formats.readers.pdf.layout.markers import items_of
from pactreader.formats.readers.pdf.layout.measures import Measures
from pactreader.formats.readers.pdf.layout.notes import captions_of, footnotes_of
from pactreader.formats.readers.pdf.layout.sentences import goes_on
from pactreader.formats.readers.pdf.layout.tables import tables_of


class Role(Enum):
    """The role of a part."""

    HEADING = auto()
    TEXT = auto()
    NOTE = auto()
    FLOAT = auto()
    """A caption or a table, which may stand within a paragraph."""
    DONE = auto()
    """Blocks that are made already: code, a table of contents."""


@dataclass(slots=True, eq=False)
class Part:
    """A part of a document: a block, or the beginning of one."""

    role: Role
    chunk: Chunk | None = None
    blocks: Sequence[LaidOutBlock] = ()
    level: int = 0
    rest: list[Chunk] = field(default_factory=list)
    """The chunks in other columns and on other pages in which a text goes on."""


def parts_of(
    lines: Sequence[Line], outline_titles: Sequence[str], measures: Measures, hyphens: LineEndHyphens
) -> list[Part]:
    """Return the parts of a document in the order of their lines.

    Args:
        lines: The lines of all pages.
        outline_titles: The titles of the outline.
        measures: The measures of the document.
        hyphens: The hyphens at its line ends.
    """
    parts = _with_whole_headings(_undetermined_parts(lines, measures, hyphens), measures)
    chunks = [part.chunk for part in parts if part.chunk]
    footnotes = footnotes_of(chunks, measures)
    captions = captions_of(chunks)
    text = [chunk for chunk in chunks if id(chunk) not in footnotes and id(chunk) not in captions]
    headings = Headings(text, outline_titles, measures)
    for part in parts:
        if chunk := part.chunk:
            if id(chunk) in footnotes:
                part.role = Role.NOTE
            elif id(chunk) in captions:
                part.role = Role.FLOAT
            elif level := headings.level(chunk):
                part.role, part.level = Role.HEADING, level
            elif id(chunk) in headings.authors:
                chunk.by_line = not any(
                    goes_on(above.text, line.text) for above, line in pairwise(chunk.lines)
                )
    return parts


def _with_whole_headings(parts: Iterator[Part], measures: Measures) -> list[Part]:
    """Return the parts, where large type on successive lines is one chunk."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1].chunk if joined else None
        if before and part.chunk and is_one_heading(before, part.chunk, measures):
            before.lines += part.chunk.lines
            before.gap_below = part.chunk.gap_below
            before.by_line = False
        else:
            joined.append(part)
    return joined


def _undetermined_parts(lines: Sequence[Line], measures: Measures, hyphens: LineEndHyphens) -> Iterator[Part]:
    """Yield the parts, of which those that are chunks of lines are yet of an unknown role."""
    chunker = Chunker(lines, items_of(lines), measures)
    made = _made_parts(lines, measures, hyphens)
    index = start = 0
    while index < len(lines):
        if index in made:
            yield from (Part(Role.TEXT, chunk) for chunk in chunker.chunks(start, index))
            start, part = made[index]
            yield part
            index = start
        else:
            index += 1
    yield from (Part(Role.TEXT, chunk) for chunk in chunker.chunks(start, index))


def _made_parts(
    lines: Sequence[Line], measures: Measures, hyphens: LineEndHyphens
) -> dict[int, tuple[int, Part]]:
    """Return the parts that are told from lines alone, and the line behind each, by their first lines."""
    found: dict[int, tuple[int, Part]] = {}
    for start, table in tables_of(lines, measures, hyphens).items():
        found[start] = table.end, Part(Role.FLOAT, blocks=[table.text.block(BlockKind.TABLE)])
    for start, contents in contents_of(lines, hyphens).items():
        found[start] = contents.end, Part(Role.DONE, blocks=contents.blocks)
    for start, code in code_of(lines, measures).items():
        found[start] = code.end, Part(Role.DONE, blocks=[code.text.block(BlockKind.CODE)])
    return found
