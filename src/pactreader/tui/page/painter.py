"""The styles of the page, and lines divided into styled segments."""

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
    """The styles of one palette, on one background.

    On a terminal with few or no colours (`NO_COLOR`, 16 colours), highlights are underlined and selections reversed.
    """

    def __init__(self, palette: Palette, background: Color, *, colourful: bool = True) -> None:
        self.palette = palette
        self.colourful = colourful
        self.base = Style(color=palette.text.rich_color, bgcolor=background.rich_color)
        self.muted = Style(color=palette.muted.rich_color, bgcolor=background.rich_color)
        self.changed = self.base + Style(color=palette.changed.rich_color, bold=True)
        """The style of the mark of an unread change."""
        self.warned = self.base + Style(color=palette.warning.rich_color)
        self.tint = Style(bgcolor=palette.tint.rich_color) if colourful else Style()
        # The colour of links and rules may be unreadable on these backgrounds, so they set the text's colour too.
        text = palette.text.rich_color
        on_selection = Style(color=text, bgcolor=palette.selection.rich_color)
        self.selection = on_selection if colourful else Style(reverse=True)
        on_found = Style(color=text, bgcolor=palette.found.rich_color)
        self.found = on_found if colourful else Style(bold=True, underline=True)
        """The style of the hits of a search but the current one."""
        on_current = Style(color=background.rich_color, bgcolor=palette.accent.rich_color, bold=True)
        self.current = on_current if colourful else Style(reverse=True, bold=True, underline=True)
        """The style of the current hit: after the caret, the strongest on the screen."""
        self.found_tick = Style(color=palette.accent.rich_color, bold=True)
        self.caret = Style(color=background.rich_color, bgcolor=palette.text.rich_color, bold=True)
        self.faded = Style(color=palette.muted.rich_color, bold=False)
        accent = Style(color=palette.accent.rich_color, bgcolor=background.rich_color, bold=True)
        self.tag = accent if colourful else Style(reverse=True, bold=True)
        self.adjacent_tag = accent + Style(underline=True) if colourful else Style(underline=True, bold=True)
        """The style of a tag directly after another, to tell the two apart."""
        new = palette.label_colours("green").mark
        self.removed = Style(color=palette.warning.rich_color, strike=True, bold=not colourful)
        """The style of the words of a quote that are not in the text now."""
        self.added = Style(color=new.rich_color, underline=True, bold=not colourful)
        """The style of the words of a passage that are not in its quote."""
        self.link = Style(color=palette.accent.rich_color, underline=True)
        code = Style(bgcolor=palette.tint.rich_color)
        self._spans = {
            SpanKind.EMPHASIS: Style(italic=True),
            SpanKind.STRONG: Style(bold=True),
            SpanKind.CODE: code,
            SpanKind.LINK: self.link,
            SpanKind.STRUCK: Style(strike=True),
            SpanKind.MARKED: Style(underline=True),
        }
        self._heading = self.base + Style(bold=True)
        self._low_heading = self.base + Style(bold=True, italic=True)
        self._code = self.base + code
        self._highlights: dict[str, Style] = {}
        self._marks: dict[str, Style] = {}

    def highlight(self, colour: str) -> Style:
        """Return the style of a highlight, by the colour of its label."""
        if colour not in self._highlights:
            background = self.palette.label_colours(colour).background
            tinted = Style(color=self.palette.text.rich_color, bgcolor=background.rich_color)
            self._highlights[colour] = tinted if self.colourful else Style(underline=True)
        return self._highlights[colour]

    def mark(self, colour: str) -> Style:
        """Return the style of a label's mark and name, by the label's colour."""
        if colour not in self._marks:
            mark = self.palette.label_colours(colour).mark
            self._marks[colour] = self.base + Style(color=mark.rich_color, bold=True)
        return self._marks[colour]

    def block_style(self, article: Article, block: Block, line: Line) -> Style:
        """Return the style of a line of a block, without inline styles."""
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
        """Return the inline styles of a block that touch a line."""
        return [
            Layer(span.start, span.end, self._spans[span.kind])
            for span in block.spans
            if span.start < line.end and span.end > line.start
        ]

    def segments(self, line: Line, style: Style, layers: Iterable[Layer]) -> list[Segment]:
        """Return the text of a line after its lead, in a style with layers over it, the topmost last."""
        drawn = line.drawn
        slices = [(*line.slice(start, end), layer) for start, end, layer in layers]
        if not slices and not line.fillers:
            return [Segment("".join(drawn), style)] if drawn else []
        cuts = {0, len(drawn)}
        for i, j, _ in slices:
            cuts |= {i, j}
        for filler in line.fillers:
            cuts |= {filler, filler + 1}
        segments: list[Segment] = []
        for first, last in pairwise(sorted(cuts)):
            layered = style
            if first not in line.fillers:
                for i, j, layer in slices:
                    if i <= first and last <= j:
                        layered += layer
            segments.append(Segment("".join(drawn[first:last]), layered))
        return segments
