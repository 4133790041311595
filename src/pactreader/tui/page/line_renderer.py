"""Draws lines from edge to edge: marks in the margin, the text with all that lies over it, tags."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from pactreader.core.article import BlockKind, Passage
from pactreader.core.links import links_between
from pactreader.core.notebook import Notebook
from pactreader.tui.page.line import Line
from pactreader.tui.page.painter import Layer, Painter
from pactreader.tui.page.viewport import Viewport


class Overlay(NamedTuple):
    """What the caret lays over a line."""

    tint: Passage
    """What a label would mark now."""
    layers: Sequence[Layer]
    """The selection, and the caret."""
    caret_behind: bool
    """Whether the caret stands on the space or line feed that the line breaks at."""


class LineRenderer:
    """Draws the lines of a viewport."""

    def __init__(self, notebook: Notebook, viewport: Viewport, painter: Painter) -> None:
        """Args:
        notebook: The article and its highlights.
        viewport: Says where lines stand.
        painter: Knows how everything looks.
        """
        self._notebook = notebook
        self._article = notebook.article
        self._viewport = viewport
        self.painter = painter
        """Knows how everything looks."""

    def strip(self, line: Line, hits: Sequence[Passage], overlay: Overlay | None) -> Strip:
        """A line.

        Args:
            line: What stands on it.
            hits: What was found in the article: passages in their order, which do not overlap.
            overlay: What the caret lays over it, if it is near.
        """
        painter, viewport = self.painter, self._viewport
        width, left, measure = viewport.width, viewport.left, viewport.layout.measure
        if not self._article.blocks or (line.blank and not line.lead and not overlay):
            return Strip([Segment(" " * width, painter.base)], width)
        block = self._article.blocks[line.block]
        highlights = [
            h for h in self._notebook.in_block(line.block) if h.start < line.end and h.end > line.start
        ]
        labels = self._notebook.labels
        style = painter.of_block(self._article, block, line)
        layers = painter.spans(block, line)
        links = links_between(self._article, line.start, line.end)
        layers += [Layer(link.start, link.end, painter.link) for link in links]
        if overlay:
            layers.append(Layer(*overlay.tint, painter.tint))
        layers += [
            Layer(h.start, h.end, painter.highlight(labels.of(h.annotation.label).colour)) for h in highlights
        ]
        layers += [Layer(*hit, painter.found) for hit in _on_line(hits, line)]
        if overlay:
            layers += overlay.layers
        segments = self._margin([h.annotation.label for h in highlights], left)
        segments.append(Segment(line.lead, painter.muted if block.kind is not BlockKind.HEADING else style))
        segments += painter.segments(line, style, layers)
        used = left + line.columns[-1]
        if overlay and overlay.caret_behind:
            segments.append(Segment(" ", painter.caret))
            used += 1
        if block.kind is BlockKind.CODE and (fill := left + measure - used) > 0:
            segments.append(Segment(" " * fill, style))
            used += fill
        segments.append(Segment(" " * max(0, width - used), painter.base))
        return Strip(segments, max(used, width)).crop(0, width)

    def tagged(self, line: Line, strip: Strip, tags: Sequence[tuple[int, str]]) -> Strip:
        """A line of which only the tags stand out, each over the first cells of what wears it.

        Args:
            line: What stands on it.
            strip: The line as it is without tags.
            tags: Offsets that wear a tag, in their order, and what it says.
        """
        painter, left = self.painter, self._viewport.left
        strip = Strip(Segment.apply_style(strip, post_style=painter.faded), strip.cell_length)
        parts: list[Strip] = []
        done, style = 0, painter.tag_beside
        for offset, tag in tags[bisect_left(tags, (line.start, "")) :]:
            if offset >= line.end:
                break
            column = line.cell_of(offset)
            if column is None or left + column < done:
                continue
            start = left + column
            end = min(start + len(tag), strip.cell_length)
            is_beside = start == done and style is painter.tag
            style = painter.tag_beside if is_beside else painter.tag
            parts += [strip.crop(done, start), Strip([Segment(tag[: end - start], style)], end - start)]
            done = end
        return Strip.join([*parts, strip.crop(done, strip.cell_length)])

    def _margin(self, labels: Sequence[str], left: int) -> list[Segment]:
        """The cells left of the text: a mark for each label of the line, the newest nearest to the text."""
        painter, gutter = self.painter, self._viewport.gutter
        gap = 2 if gutter >= 4 else 1
        room = max(1, gutter - gap)
        newest = list(dict.fromkeys(reversed(labels)))[:room][::-1]
        apart = " " if len(newest) * 2 - 1 <= room else ""
        segments: list[Segment] = []
        for number, label in enumerate(newest):
            if number and apart:
                segments.append(Segment(apart, painter.base))
            shown = self._notebook.labels.of(label)
            segments.append(Segment(shown.mark, painter.mark(shown.colour)))
        used = sum(len(segment.text) for segment in segments)
        return [Segment(" " * (left - gap - used), painter.base), *segments, Segment(" " * gap, painter.base)]


def _on_line(hits: Sequence[Passage], line: Line) -> Iterator[Passage]:
    """The hits that have a part on a line."""
    for index in range(bisect_right(hits, line.start, key=_end), len(hits)):
        if hits[index].start >= line.end:
            return
        yield hits[index]


def _end(passage: Passage) -> int:
    return passage.end
