"""Lines of pages as the layout finds them, made by hand.

    pages = TypesetPages()
    pages.line("It was a dark night, and the rain fell on the", full=True)
    pages.line("roofs of the town.")
    pages.blocks()

A line is as wide as its letters, half a size each, or reaches the right of its column if it is `full`.
"""

from collections.abc import Sequence

from pactreader.core.article import Piece, Span, SpanKind
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock, Run
from pactreader.formats.readers.pdf.layout.blocks import blocks_of
from pactreader.formats.readers.pdf.layout.lines import Cell, Line

PAGE_WIDTH, PAGE_HEIGHT = 612.0, 792.0
LEFT, RIGHT = 72.0, 472.0
SIZE, LEADING = 10.0, 12.0


class TypesetPages:
    """Pages that are being set from the top, line by line."""

    def __init__(self) -> None:
        """Begin the first page."""
        self.lines: list[Line] = []
        self._characters = [""]
        self._column = 0
        self._left, self._right = LEFT, RIGHT
        self._baseline = 720.0

    def page(self) -> None:
        """Begin the next page."""
        self._characters.append("")
        self.column(LEFT, RIGHT, number=0)

    def column(self, left: float, right: float, number: int | None = None) -> None:
        """Begin the next column of the page."""
        self._left, self._right, self._baseline = left, right, 720.0
        self._column = self._column + 1 if number is None else number

    def move_to(self, baseline: float) -> None:
        """Go on further down, at a height above the lower end of the page."""
        self._baseline = baseline

    def line(
        self,
        text: str,
        *,
        indent: float = 0,
        full: bool = False,
        centred: bool = False,
        gap: float = 1,
        size: float = SIZE,
        bold: bool = False,
        italic: bool = False,
        monospaced: bool = False,
        bullet: bool = False,
        cells: Sequence[float] = (),
    ) -> None:
        """Set a line.

        Args:
            text: Its text, with tabs between its cells.
            indent: Its indent.
            full: True if it reaches the right of the column.
            centred: True if it stands in the middle of the column.
            gap: The distance to the line above in leadings.
            size: The size of its letters.
            bold: True if it is bold.
            italic: True if it is in italics.
            monospaced: True if it is in a monospaced font.
            bullet: True if a bullet is drawn before it.
            cells: The lefts of its cells behind the first one, from the left of the column.
        """
        self._baseline -= gap * LEADING
        width = size / 2
        left = self._left + indent
        if centred:
            left = (self._left + self._right - width * len(text)) / 2
        starts = [0, *(index + 1 for index, letter in enumerate(text) if letter == "\t")]
        lefts = [left, *(self._left + each for each in cells)]
        ends = [*(start - 1 for start in starts[1:]), len(text)]
        placed = tuple(
            Cell(start, end, x, x + width * (end - start))
            for start, end, x in zip(starts, ends, lefts, strict=True)
        )
        page = len(self._characters) - 1
        text = text.replace("\t", " ")
        runs = (Run(0, page, len(self._characters[-1]), len(text)),)
        self._characters[-1] += text
        self.lines.append(
            Line(
                text,
                runs,
                (Span(0, len(text), SpanKind.STRONG),) if bold else (),
                placed,
                page,
                self._column,
                left,
                self._right if full else placed[-1].right,
                self._baseline,
                size,
                bold,
                italic,
                monospaced,
                self._left,
                self._right,
                PAGE_WIDTH,
                PAGE_HEIGHT,
                left - 15 if bullet else None,
            )
        )

    def prose(
        self, *lines: str, indent: float = 0, first: float = 0, gap: float = 1, size: float = SIZE
    ) -> None:
        """Set a paragraph, all of whose lines but the last are full.

        Args:
            *lines: Its lines.
            indent: The indent of its lines.
            first: The indent of its first line, which is added to that.
            gap: The distance to the line above in leadings.
            size: The size of its letters.
        """
        for index, text in enumerate(lines):
            self.line(
                text,
                indent=indent if index else indent + first,
                full=index + 1 < len(lines),
                gap=1 if index else gap,
                size=size,
            )

    def pieces(self, outline: Sequence[str] = ()) -> list[Piece]:
        """Return the pieces that the layout makes of the lines, after a check of their characters."""
        return [self._checked(block).piece for block in blocks_of(self.lines, outline)]

    def texts(self, outline: Sequence[str] = ()) -> list[str]:
        """Return the texts of the pieces."""
        return [piece.text for piece in self.pieces(outline)]

    def _checked(self, block: LaidOutBlock) -> LaidOutBlock:
        for offset, page, first, length in block.runs:
            drawn = self._characters[page][first : first + length]
            assert block.piece.text[offset : offset + length] == drawn
        return block
