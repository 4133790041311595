"""Texts that go on in another column, on another page, or behind a table or a footnote."""

from collections.abc import Sequence
from typing import Final

from pactreader.formats.readers.hard_wraps import cells
from pactreader.formats.readers.pdf.layout.chunks import Chunk, are_in_one_column, has_room
from pactreader.formats.readers.pdf.layout.columns import INDENT
from pactreader.formats.readers.pdf.layout.markers import note_mark
from pactreader.formats.readers.pdf.layout.measures import same_size
from pactreader.formats.readers.pdf.layout.parts import Part, Role
from pactreader.formats.readers.pdf.layout.sentences import ends_sentence, goes_on

_MIN_FULL: Final = 15
"""The least width in cells of a line of prose that fills its column; that of an address or a label is narrower."""


def joined(parts: Sequence[Part]) -> list[Part]:
    """Return the parts with texts that go on in another column, or behind a table or a footnote, joined."""
    ordered: list[Part] = []
    text: Part | None = None
    note: Part | None = None
    waiting: list[Part] = []
    unfinished: Part | None = None
    beside: list[Chunk] = []
    for part in parts:
        if part.role is Role.NOTE and part.chunk:
            if note and not note_mark(part.chunk.text):
                note.rest.append(part.chunk)
            else:
                waiting.append(part)
                note = part
            continue
        if part.role is Role.FLOAT:
            waiting.append(part)
            continue
        if text and text.chunk and part.chunk:
            last = text.rest[-1] if text.rest else text.chunk
            is_text = part.role is Role.TEXT
            if is_text and _continues(text.chunk, last, part.chunk, has_floats=bool(waiting)):
                text.rest.append(part.chunk)
                continue
            if is_text and unfinished and _resumes(unfinished, beside, part.chunk):
                unfinished.rest.append(part.chunk)
                unfinished = None
                continue
            if _is_unfinished(text, last) and not are_in_one_column(last.lines[-1], part.chunk.lines[0]):
                unfinished, beside = text, []
            beside.append(part.chunk)
        ordered += [text, *waiting] if text else waiting
        waiting = []
        text = part
    return [*ordered, text, *waiting] if text else waiting


def _is_unfinished(part: Part, chunk: Chunk) -> bool:
    """Return whether a text breaks off, as one does that goes on below a box beside it."""
    line = chunk.lines[-1]
    return (
        part.role is Role.TEXT
        and not chunk.by_line
        and len(chunk.lines) > 1
        and cells(line.text) >= _MIN_FULL
        and not ends_sentence(line.text)
    )


def _resumes(part: Part, beside: Sequence[Chunk], chunk: Chunk) -> bool:
    """Return whether a chunk goes on with a text that broke off before others, which are in other columns than both."""
    if not part.chunk:
        return False
    last = part.rest[-1] if part.rest else part.chunk
    before, line = last.lines[-1], chunk.lines[0]
    return (
        line.page == before.page
        and not chunk.item
        and not any(are_in_one_column(each.lines[0], other) for each in beside for other in (before, line))
        and line.text[0].islower()
        and goes_on(before.text, line.text)
        and _are_alike(last, chunk)
        and _has_indent_of(part.chunk, last, chunk)
    )


def _continues(first: Chunk, last: Chunk, chunk: Chunk, *, has_floats: bool) -> bool:
    """Return whether a text goes on in a chunk.

    Args:
        first: The first chunk of the text.
        last: Its last chunk so far.
        chunk: The next chunk.
        has_floats: True if there is a table, a caption or a footnote between them.
    """
    before, line = last.lines[-1], chunk.lines[0]
    is_apart = not are_in_one_column(before, line)
    if not (is_apart or has_floats) or chunk.item or not _are_alike(last, chunk):
        return False
    flows = goes_on(before.text, line.text)
    if has_room(before, line, last.edge) and (not is_apart or not flows or ends_sentence(before.text)):
        return False
    return flows or (
        not _is_only_line(last)
        and cells(before.text) >= _MIN_FULL
        and _has_indent_of(first, last, chunk)
        and (not ends_sentence(before.text) or (is_apart and not line.text[0].islower()))
    )


def _is_only_line(chunk: Chunk) -> bool:
    """Return whether there is nothing else in a column, as on a slide, so that it says nothing that the line fills it."""
    return len(chunk.lines) == 1 and not chunk.gap and not chunk.gap_below


def _are_alike(last: Chunk, chunk: Chunk) -> bool:
    before, line = last.lines[-1], chunk.lines[0]
    return (
        same_size(before, line)
        and before.is_bold == line.is_bold
        and not (last.by_line or chunk.by_line)
        and not (chunk.is_centred and line.text[0].isupper())
    )


def _has_indent_of(first: Chunk, last: Chunk, chunk: Chunk) -> bool:
    """Return whether a chunk is set in as the lines of a text are, and does not begin as a new one does."""
    tolerance = INDENT * chunk.size
    if chunk.indent > chunk.body_indent + tolerance:
        return False
    indent = first.body_indent if len(first.lines) > 1 or not first.item else last.body_indent
    return abs(chunk.indent - indent) <= tolerance or (len(first.lines) == 1 and chunk.indent <= tolerance)
