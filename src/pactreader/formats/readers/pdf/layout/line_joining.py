"""Joining of lines to the text of a block, with the characters that it was made of."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from pactreader.core.article import BlockKind, Piece, Span
from pactreader.formats.readers.hard_wraps import soft_break_text
from pactreader.formats.readers.line_end_hyphens import HYPHENS, LineEndHyphens
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock, Run
from pactreader.formats.readers.pdf.layout.lines import Line

_ADDRESS: Final = re.compile(r"(?:https?|ftp)://|^[(<\[]?(?:www\.|doi:|doi\.org/|10\.\d{4,}/)", re.IGNORECASE)
"""The beginning of an address on the web."""
_INNER_END: Final = re.compile(r"[/_?=&#%~+:-]$")
"""The signs within an address at which a line ends."""
_INNER_BEGINNING: Final = re.compile(r"[/_?=&#%~][\w/%]|\.[a-z0-9]{2}")
"""Those with which the next line begins."""
_REST: Final = re.compile(r"[a-z0-9][\w-]*[./]\w")
"""The rest of an address behind a full stop."""


class LineText(NamedTuple):
    """A text with the characters that it was made of and its styles: a line or a part of one, or lines joined."""

    text: str
    runs: tuple[Run, ...] = ()
    spans: tuple[Span, ...] = ()

    def slice(self, start: int, end: int) -> "LineText":
        """Return the text between two offsets."""
        text = self.text[start:end]
        runs = [
            _cut(run, start, end) for run in self.runs if run.offset < end and start < run.offset + run.length
        ]
        spans = [
            span._replace(start=max(span.start - start, 0), end=min(span.end, end) - start)
            for span in self.spans
            if span.start < end and start < span.end
        ]
        return LineText(text, tuple(runs), tuple(spans))

    def stripped(self, start: int = 0) -> "LineText":
        """Return the text from an offset on without white space at its ends."""
        text = self.text[start:]
        return self.slice(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))

    def block(self, kind: BlockKind, level: int = 0, marker: str = "") -> LaidOutBlock:
        """Return a block of this text; without places and anchors, which are added to all blocks at the end."""
        return LaidOutBlock(Piece(kind, self.text, level, marker, spans=self.spans), self.runs)


def text_of(line: Line) -> LineText:
    """Return the text of a line."""
    return LineText(line.text, line.runs, line.spans)


def join(texts: Sequence[LineText], hyphens: LineEndHyphens) -> LineText:
    """Join lines of a paragraph: with spaces if the script has spaces, and without the hyphens of divided words.

    An address that goes on on the next line is joined as it is: `https://example.org/a-` and `file` have a hyphen.
    """
    parts: list[LineText] = []
    is_in_address = False
    for index, part in enumerate(texts[:-1]):
        after = texts[index + 1].text
        before = part.text
        is_in_address = _is_in_address(before, after, begins_in_it=is_in_address)
        if is_in_address:
            parts += (part, LineText(""))
            continue
        found = hyphens.join(before, after) if before and before[-1] in HYPHENS else None
        kept, separator = found or (before, soft_break_text(before, after))
        parts += (part if kept == before else part.slice(0, len(kept)), LineText(separator))
    return concatenate([*parts, *texts[-1:]])


def _is_in_address(before: str, after: str, *, begins_in_it: bool) -> bool:
    """Return whether a line ends in the middle of an address."""
    last = before[before.rfind(" ") + 1 :]
    if not (_ADDRESS.search(last) or (begins_in_it and last == before)):
        return False
    if _INNER_END.search(before):
        return bool(after[:1] and (after[0].isalnum() or after[0] in "/_?=&#%~"))
    return bool(_INNER_BEGINNING.match(after)) or (last[-1] == "." and bool(_REST.match(after)))


def join_as_lines(texts: Sequence[LineText]) -> LineText:
    """Join lines that stay lines."""
    parts: list[LineText] = []
    for part in texts:
        parts += (part, LineText("\n"))
    return concatenate(parts[:-1])


def concatenate(parts: Sequence[LineText]) -> LineText:
    """Join texts as they are."""
    offset = 0
    runs: list[Run] = []
    spans: list[Span] = []
    for text, own_runs, own_spans in parts:
        runs += [Run(at + offset, page, first, length) for at, page, first, length in own_runs]
        spans += [span.shifted(offset) for span in own_spans]
        offset += len(text)
    return LineText("".join([part.text for part in parts]), tuple(runs), tuple(spans))


def _cut(run: Run, start: int, end: int) -> Run:
    before = max(0, start - run.offset)
    after = max(0, run.offset + run.length - end)
    return Run(run.offset + before - start, run.page, run.first + before, run.length - before - after)
