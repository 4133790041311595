"""The details that a file has beside its characters: title and date, page labels, outline, names and links."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.core.article import Span, SpanKind
from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.pdf.characters.pdfium_text import PdfiumText
from pactreader.formats.readers.pdf.document.block_titles import BlockTitles
from pactreader.formats.readers.pdf.document.destinations import Destination, read_names, read_outline
from pactreader.formats.readers.pdf.document.metadata import read_metadata
from pactreader.formats.readers.pdf.document.page_links import PageLink, read_links
from pactreader.formats.readers.pdf.document.pdfium_strings import utf16_text
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock
from pactreader.formats.readers.pdf.process.messages import OutlineEntry
from pactreader.formats.readers.pdf.text_positions import BlockPosition, TextPositions

if TYPE_CHECKING:
    import pypdfium2

_FIRST_ENTRIES: Final = 100
"""The greatest number of entries of the outline while not all pages are read: the first ones lead to these."""
_MAX_LABEL: Final = 20
"""The greatest length of a page label in code points. Labels are numbers; it is cited as `p. 12`."""
_LINE: Final = re.compile(r"[^\s-][^\n-]*")
"""A line as pdfium has it, which ends at a line feed; or a part of one behind a hyphen, as pdfium writes no line feed where it
joins a word."""
_MAX_LINES: Final = 2_000
"""The greatest number of lines of a page that places are looked for in."""
_MAX_GAP: Final = 2
"""The greatest number of code points between two parts of a link: a space, or the further letters of a ligature."""
_ABOVE: Final = 2.0
"""The distance in PDF units by which a line may be above the place that leads to it: places are rounded."""
_COLUMN: Final = 100.0
"""The distance to the left or right of a place up to which a line may begin as well as at it: centred headings do."""
_ASIDE: Final = 0.25
"""The weight of a distance to the side beyond that, in comparison with one downwards."""


class _LineStart(NamedTuple):
    character: int
    """The index of the line's first character on the page."""
    x: float
    y: float


class DocumentDetails:
    """The details of an open file. Its pages are read one by one, while they are open; then the blocks of its text are completed."""

    def __init__(self, document: "pypdfium2.PdfDocument", data: bytes) -> None:
        """Read what concerns the whole file.

        Args:
            document: The file.
            data: Its bytes.
        """
        self._document = document
        self.metadata = read_metadata(document, data)
        """Its title, author, date, language and keywords; empty where it says nothing of worth."""
        self._outline = read_outline(document)
        self._links: dict[int, list[PageLink]] = {}
        self._line_starts: dict[int, list[_LineStart]] = {}

    @property
    def outline_titles(self) -> tuple[str, ...]:
        """The titles of the outline, printable."""
        return tuple(item.title for item in self._outline)

    @property
    def _is_whole(self) -> bool:
        """True if all pages are read."""
        return len(self._document) - 1 in self._line_starts

    def label(self, index: int) -> str:
        """Return the label of a page: as the file has it, `iv`, or its number."""
        from pypdfium2 import raw

        label = printable_line(utf16_text(raw.FPDF_GetPageLabel, self._document, index))
        return label if 0 < len(label) <= _MAX_LABEL else str(index + 1)

    def read_page(
        self, page: "pypdfium2.PdfPage", text_page: "pypdfium2.PdfTextpage", index: int, text: str
    ) -> None:
        """Read the links on a page, and where its lines begin.

        Args:
            page: The page.
            text_page: Its characters.
            index: Its index.
            text: Its characters as pdfium counts them, a code point each.
        """
        links = read_links(self._document, page, text_page, text)
        if links:
            self._links[index] = links
        self._line_starts[index] = list(_line_starts(text_page, text))

    def complete(self, blocks: Sequence[LaidOutBlock], positions: TextPositions) -> list[LaidOutBlock]:
        """Return the blocks with links as spans, and with the names of places in them as anchors.

        The names that the file has come when all pages are read, as they take long.

        Args:
            blocks: The blocks.
            positions: The positions of the pages' characters in them.
        """
        spans: dict[int, list[Span]] = defaultdict(list)
        destinations = read_names(self._document) if self._is_whole else {}
        for page, links in self._links.items():
            for start, end, target in links:
                if isinstance(target, Destination):
                    destinations.setdefault(target.name, target)
                    url = f"#{target.name}"
                else:
                    url = target
                for position, length in positions.slices(page, start, end):
                    link = Span(position.offset, position.offset + length, SpanKind.LINK, url)
                    spans[position.block].append(link)
        anchors: dict[int, list[str]] = defaultdict(list)
        for name, destination in destinations.items():
            if place := self._position(destination, positions):
                anchors[place.block].append(name)
        completed = list(blocks)
        for index in spans.keys() | anchors.keys():
            block = blocks[index]
            piece = block.piece._replace(
                spans=_with_links(block, spans[index]) if index in spans else block.piece.spans,
                anchors=(*block.piece.anchors, *anchors.get(index, ())),
            )
            completed[index] = block._replace(piece=piece)
        return completed

    def outline(self, blocks: Sequence[LaidOutBlock], positions: TextPositions) -> tuple[OutlineEntry, ...]:
        """Return the outline, as far as the blocks have what it leads to; empty if it has a single entry.

        Args:
            blocks: The blocks.
            positions: The positions of the pages' characters in them.
        """
        titles = BlockTitles(blocks)
        entries: list[OutlineEntry] = []
        following: BlockPosition | None = None
        items = self._outline if self._is_whole else self._outline[:_FIRST_ENTRIES]
        for item in reversed(items):
            if destination := item.destination(self._document):
                found = self._position(destination, positions)
                following = titles.find(item.title, destination.page, found) if found else None
            if following:
                entries.append(OutlineEntry(item.title, item.level, *following))
        return tuple(entries[::-1]) if len(entries) > 1 else ()

    def _position(self, destination: Destination, positions: TextPositions) -> BlockPosition | None:
        page, x, y = destination
        lines = self._line_starts.get(page)
        if lines is None:  # it was not read, or not yet
            return None
        if y is None or not lines:
            return positions.beginning(page)
        below = [line for line in lines if line.y <= y + _ABOVE]

        def distance(line: _LineStart) -> float:
            aside = max(0.0, abs(line.x - x) - _COLUMN) if x is not None else 0.0
            return y - line.y + _ASIDE * aside

        return positions.at(page, min(below, key=distance).character if below else lines[-1].character)


def _line_starts(text_page: "pypdfium2.PdfTextpage", text: str) -> Iterator[_LineStart]:
    """Yield the beginnings of the lines of a page."""
    firsts = [found.start() for found in islice(_LINE.finditer(text), _MAX_LINES)]
    last = math.nan
    for first, (x, y) in zip(firsts, PdfiumText(text_page).origins(firsts), strict=True):
        if y != last:
            last = y
            yield _LineStart(first, x, y)


def _with_links(block: LaidOutBlock, links: list[Span]) -> tuple[Span, ...]:
    """Return the spans of a block with its links, those of several lines or parts as one."""
    joined: list[Span] = []
    for link in sorted(links):
        if joined and link.target == joined[-1].target and link.start - joined[-1].end <= _MAX_GAP:
            joined[-1] = joined[-1]._replace(end=max(link.end, joined[-1].end))
        else:
            joined.append(link)
    return tuple(sorted((*block.piece.spans, *joined), key=lambda span: span.start))
