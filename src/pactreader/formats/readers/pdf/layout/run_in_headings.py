"""Headings with numbers on the first line of their text: `2.1. Results. We found …`."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pactreader.core.article import SpanKind
from pactreader.formats.readers.pdf.layout.line_joining import text_of
from pactreader.formats.readers.pdf.layout.lines import Cell, Line

_NUMBER: Final = re.compile(r"(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){1,3}\.?\s+")
_MAX_LENGTH: Final = 100
"""The greatest length of such a heading in code points."""
_ENDS: Final = ".:?!"


def with_run_in_headings(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, where a heading and the text behind it are lines of their own."""
    return [part for line in lines for part in _parts(line)]


def _parts(line: Line) -> Iterator[Line]:
    end = 0 if line.is_bold else _end_of_heading(line)
    if not end:
        yield line
        return
    text = text_of(line)
    middle = line.left + (line.right - line.left) * end / len(line.text)
    heading, rest = text.slice(0, end).stripped(), text.slice(end, len(line.text)).stripped()
    yield line._replace(
        text=heading.text,
        runs=heading.runs,
        spans=heading.spans,
        cells=(Cell(0, len(heading.text), line.left, middle),),
        right=middle,
        is_bold=True,
    )
    yield line._replace(
        text=rest.text,
        runs=rest.runs,
        spans=rest.spans,
        cells=(Cell(0, len(rest.text), middle, line.right),),
    )


def _end_of_heading(line: Line) -> int:
    """Return the offset behind a numbered heading in bold type that a line begins with; 0 if there is none."""
    if not line.spans or not line.text[0].isalnum():
        return 0
    number = _NUMBER.match(line.text)
    bold = next((span for span in line.spans if span.kind is SpanKind.STRONG), None)
    if not number or not bold or bold.start > number.end() or not number.end() < bold.end <= _MAX_LENGTH:
        return 0
    is_run_in = line.text[bold.end - 1] in _ENDS and bool(line.text[bold.end :].strip())
    return bold.end if is_run_in else 0
