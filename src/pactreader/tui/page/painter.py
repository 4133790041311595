"""Turns laid-out lines into styled segments: how headings, emphasis, code and highlights look."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from pactreader.core.article import Article, Block, BlockKind, SpanKind
from pactreader.tui.page.line import Line
from pactreader.tui.themes import Palette


class Layer(NamedTuple):
    """A style on `[start, end)` of the text."""

    start: int
    end: int
    style: Style


class Painter:
    """The styles of one palette, on one ground.

    Where colours cannot be trusted (`NO_COLOR`, 16 colours), highlights are underlined and selections reversed.
    """

    def __init__(self, palette: Palette, ground: Color, *, colourful: bool = True) -> None:
        self.palette = palette
        self.colourful = colourful
        self.base = Style(color=palette.text.rich_color, bgcolor=ground.rich_color)
        self.muted = Style(color=palette.muted.rich_color, bgcolor=ground.rich_color)
        self.warned = self.base + Style(color=palette.warning.rich_color)
        self.tint = Style(bgcolor=palette.tint.rich_color) if colourful else Style()
        # Links and rules too: their own colour is readable on the page alone.
        text = palette.text.rich_color
        on_selection = Style(color=text, bgcolor=palette.selection.rich_color)
        self.selection = on_selection if colourful else Style(reverse=True)
        on_found = Style(color=text, bgcolor=palette.found.rich_color)
        self.found = on_found if colourful else Style(bold=True, underline=True)
        self.found_tick = Style(color=palette.accent.rich_color, bold=True)
        self.caret = Style(color=ground.rich_color, bgcolor=palette.text.rich_color, bold=True)
        self.faded = Style(color=palette.muted.rich_color, bold=False)
        accent = Style(color=palette.accent.rich_color, bgcolor=ground.rich_color, bold=True)
        self.tag = accent if colourful else Style(reverse=True, bold=True)
        self.tag_beside = accent + Style(underline=True) if colourful else Style(underline=True, bold=True)
        """For a tag right behind another: they would be read as one."""
        self.link = Style(color=palette.accent.rich_color, underline=True)
        code_ground = Style(bgcolor=palette.tint.rich_color)
        self._spans = {
            SpanKind.EMPHASIS: Style(italic=True),
            SpanKind.STRONG: Style(bold=True),
            SpanKind.CODE: code_ground,
            SpanKind.LINK: self.link,
            SpanKind.STRUCK: Style(strike=True),
        }
        self._heading = self.base + Style(bold=True)
        self._low_heading = self.base + Style(bold=True, italic=True)
        self._code = self.base + code_ground
        self._highlights: dict[str, Style] = {}
        self._marks: dict[str, Style] = {}

    def highlight(self, colour: str) -> Style:
        """What a highlight of a label's colour looks like."""
        if colour not in self._highlights:
            text, ink = self.palette.text.rich_color, self.palette.ink(colour)
            behind = Style(color=text, bgcolor=ink.behind.rich_color)
            self._highlights[colour] = behind if self.colourful else Style(underline=True)
        return self._highlights[colour]

    def mark(self, colour: str) -> Style:
        """What a label's mark and name look like."""
        if colour not in self._marks:
            self._marks[colour] = self.base + Style(color=self.palette.ink(colour).mark.rich_color, bold=True)
        return self._marks[colour]

    def of_block(self, article: Article, block: Block, line: Line) -> Style:
        """The style that a line of a block begins with."""
        if block.kind is BlockKind.HEADING:
            return self._heading if block.level <= 2 else self._low_heading
        if block.kind is BlockKind.CODE:
            return self._code
        if block.kind is BlockKind.RULE:
            return self.muted
        if block.kind is BlockKind.TABLE and line.start < article.text.find("\n", block.start, block.end):
            return self._heading
        return self.base

    def spans(self, block: Block, line: Line) -> list[Layer]:
        """The inline styles on a line."""
        return [
            Layer(span.start, span.end, self._spans[span.kind])
            for span in block.spans
            if span.start < line.end and span.end > line.start
        ]

    def segments(self, line: Line, style: Style, layers: Iterable[Layer]) -> list[Segment]:
        """The text of a line, without its lead: a style, and layers on it, the last one on top."""
        drawn = line.drawn
        slices = [(*line.slice(start, end), layer) for start, end, layer in layers]
        if not slices and not line.fillers:
            return [Segment("".join(drawn), style)] if drawn else []
        cuts = {0, len(drawn)}
        for i, j, _ in slices:
            cuts |= {i, j}
        for filler in line.fillers:
            cuts |= {filler, filler + 1}
        edges = sorted(cuts)
        segments: list[Segment] = []
        for first, last in pairwise(edges):
            own = style
            if first not in line.fillers:
                for i, j, layer in slices:
                    if i <= first and last <= j:
                        own += layer
            segments.append(Segment("".join(drawn[first:last]), own))
        return segments
