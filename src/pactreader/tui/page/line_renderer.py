"""Rendering of the page's lines: margin marks, styled text, highlights, hits, caret, selection and tags."""

import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from pactreader.core.article import Article, Block, BlockKind, Passage
from pactreader.core.hits import NO_HITS, Hits
from pactreader.core.links import links_between
from pactreader.core.notebooks.annotation_index import Highlight
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.text_changes.changed_passages import ChangeKind
from pactreader.core.text_changes.unread_changes import ComparisonState, UnreadChanges
from pactreader.core.text_units import TextUnit
from pactreader.tui.page.caret import Caret
from pactreader.tui.page.line import Line
from pactreader.tui.page.painter import Layer, Painter
from pactreader.tui.page.typesetting import Layout
from pactreader.tui.page.viewport import Viewport

_CACHED_WINDOWS: Final = 10
"""The number of windows of rendered lines that are cached."""
_CHANGED_MARK: Final = "|"
"""The sign in the right margin of lines with words that are new or changed since the article was last read: a change
bar, as manuals have it."""
_REMOVED_MARK: Final = "-"
"""The sign of a line from which words were removed."""
_READ_MARK: Final = "'"
"""The sign of a line whose changes have been read."""
_MARK_ORDER: Final = (_CHANGED_MARK, _REMOVED_MARK, _READ_MARK)
"""The signs of changes, the one first that is drawn on a line with several."""
_NO_PASSAGE: Final = Passage(0, 0)
_DOUBTFUL_MARK: Final = ":"
"""The sign in the margin of a passage that may be that of an annotation, in the colour of its label."""
_LOST_MARK: Final = "."
"""The sign in the margin of the line that a lost annotation was on."""


class Overlay(NamedTuple):
    """The parts of a line that depend on the caret."""

    tint: Passage
    """The passage that a label key would mark now; empty if a selection or a highlight is the target."""
    layers: Sequence[Layer]
    """The styles of the selection and of the caret."""
    caret_past_end: bool
    """True if the caret is on the space or newline that the line breaks at."""


class LineRenderer:
    """A renderer of single lines of a viewport."""

    def __init__(self, notebook: Notebook, viewport: Viewport, painter: Painter) -> None:
        self.painter = painter
        self._notebook = notebook
        self._article = notebook.article
        self._viewport = viewport

    def render(self, line: Line, hits: Hits, overlay: Overlay | None) -> Strip:
        """Render a line as wide as the viewport.

        Args:
            line: The line.
            hits: The passages found by a search, in order and without overlaps.
            overlay: The parts that depend on the caret; `None` for a line that the caret does not touch.
        """
        painter, viewport = self.painter, self._viewport
        width, left = viewport.width, viewport.left
        if not self._article.blocks or (line.blank and not line.lead and not overlay):
            return Strip([Segment(" " * width, painter.base)], width)
        block = self._article.blocks[line.block]
        highlights = [
            h
            for h in self._notebook.highlights_in_block(line.block)
            if h.start < line.end and h.end > line.start
        ]
        style = painter.block_style(self._article, block, line)
        marks = [*self._unpainted_marks(line), *map(self._label_mark, highlights)]
        segments = self._margin(marks, left)
        segments.append(Segment(line.lead, painter.muted if block.kind is not BlockKind.HEADING else style))
        segments += painter.segments(line, style, self._layers(line, block, highlights, hits, overlay))
        used = left + line.columns[-1]
        if overlay and overlay.caret_past_end:
            segments.append(Segment(" ", painter.caret))
            used += 1
        if block.kind is BlockKind.CODE and (fill := left + viewport.layout.measure - used) > 0:
            segments.append(Segment(" " * fill, style))
            used += fill
        segments.append(Segment(" " * max(0, width - used), painter.base))
        return Strip(segments, max(used, width)).crop(0, width)

    def with_change_mark(self, line: Line, strip: Strip, changes: UnreadChanges) -> Strip:
        """Return a rendered line with the mark of its changes in the right margin."""
        marks = [
            self._change_mark(index, changes) for index in _changes_on_line(changes, line, self._article)
        ]
        if not marks:
            return strip
        column = self._viewport.left + self._viewport.layout.measure + 1
        mark = min(marks, key=lambda segment: _MARK_ORDER.index(segment.text))
        after = strip.crop(column + 1, strip.cell_length)
        return Strip.join([strip.crop(0, column), Strip([mark], 1), after]).crop(0, strip.cell_length)

    def _change_mark(self, index: int, changes: UnreadChanges) -> Segment:
        if changes.is_read(index):
            return Segment(_READ_MARK, self.painter.muted)
        if changes.all[index].kind is ChangeKind.REMOVED:
            return Segment(_REMOVED_MARK, self.painter.muted)
        return Segment(_CHANGED_MARK, self.painter.changed)

    def with_tags(self, line: Line, strip: Strip, tags: Sequence[tuple[int, str]]) -> Strip:
        """Return a rendered line faded, with tags drawn over the first cells of the passages they stand for.

        Args:
            line: The line.
            strip: The line as rendered without tags.
            tags: The tags, with the offsets at which they are drawn, in order.
        """
        painter, left = self.painter, self._viewport.left
        strip = Strip(Segment.apply_style(strip, post_style=painter.faded), strip.cell_length)
        parts: list[Strip] = []
        done, style = 0, painter.adjacent_tag
        for offset, tag in tags[bisect_left(tags, (line.start, "")) :]:
            if offset >= line.end:
                break
            column = line.cell_of(offset)
            if column is None or left + column < done:
                continue
            start = left + column
            end = min(start + len(tag), strip.cell_length)
            is_adjacent = start == done and style is painter.tag
            style = painter.adjacent_tag if is_adjacent else painter.tag
            parts += [strip.crop(done, start), Strip([Segment(tag[: end - start], style)], end - start)]
            done = end
        return Strip.join([*parts, strip.crop(done, strip.cell_length)])

    def _layers(
        self,
        line: Line,
        block: Block,
        highlights: Sequence[Highlight],
        hits: Hits,
        overlay: Overlay | None,
    ) -> list[Layer]:
        """Return the styles laid over a line's text, the topmost last."""
        painter, labels = self.painter, self._notebook.labels
        layers = painter.spans(block, line)
        links = links_between(self._article, line.start, line.end)
        layers += [Layer(link.start, link.end, painter.link) for link in links]
        if overlay:
            layers.append(Layer(*overlay.tint, painter.tint))
        layers += [
            Layer(h.start, h.end, painter.highlight(labels.get(h.annotation.label).colour))
            for h in highlights
        ]
        layers += [Layer(*hit, painter.found) for hit in hits.touching(line.start, line.end)]
        if overlay:
            layers += overlay.layers
        return layers

    def _unpainted_marks(self, line: Line) -> Iterator[Segment]:
        """Yield the mark of lost annotations that were on a line, and the marks of the doubtful ones on it."""
        if self._notebook.has_lost_between(line.start, self._next_line_start(line)):
            yield Segment(_LOST_MARK, self.painter.muted)
        for doubtful in self._notebook.doubtful_in_block(line.block):
            if doubtful.start < line.end and doubtful.end > line.start:
                label = self._notebook.labels.get(doubtful.annotation.label)
                yield Segment(_DOUBTFUL_MARK, self.painter.mark(label.colour))

    def _next_line_start(self, line: Line) -> int:
        """Return the offset at which the line after one begins; after the last line, that beyond any offset."""
        text, blocks = self._article.text, self._article.blocks
        if line.end < blocks[line.block].end:
            return line.end + text[line.end].isspace()
        return blocks[line.block + 1].start if line.block + 1 < len(blocks) else sys.maxsize

    def _label_mark(self, highlight: Highlight) -> Segment:
        label = self._notebook.labels.get(highlight.annotation.label)
        return Segment(label.mark, self.painter.mark(label.colour))

    def _margin(self, marks: Sequence[Segment], left: int) -> list[Segment]:
        """Return the cells left of the text: the marks, each once, the newest nearest to the text."""
        painter, gutter = self.painter, self._viewport.gutter
        gap = 2 if gutter >= 4 else 1
        width = max(1, gutter - gap)
        newest = list(dict.fromkeys(reversed(marks)))[:width][::-1]
        separator = " " if len(newest) * 2 - 1 <= width else ""
        segments: list[Segment] = []
        for number, mark in enumerate(newest):
            if number and separator:
                segments.append(Segment(separator, painter.base))
            segments.append(mark)
        used = sum(len(segment.text) for segment in segments)
        return [Segment(" " * (left - gap - used), painter.base), *segments, Segment(" " * gap, painter.base)]


class PageRenderer:
    """A renderer of the lines in view, with a cache of those that the caret does not touch.

    So a key costs only the lines that it changes.
    """

    def __init__(self, notebook: Notebook, caret: Caret, viewport: Viewport) -> None:
        self.hits: Hits = NO_HITS
        """The passages found by a search, in order and without overlaps. Call `invalidate` after a change."""
        self.changes = UnreadChanges(ComparisonState.PENDING)
        """The changes since the article was last read. Call `invalidate` after a change."""
        self.tags: Sequence[tuple[int, str]] = ()
        """The tags, with the offsets at which they are drawn, in order."""
        self.caret_lines = range(0)
        """The lines in view that the caret, the tint or the selection touch, as of the last `update_caret_lines`."""
        self._notebook = notebook
        self._article = notebook.article
        self._caret = caret
        self._viewport = viewport
        self._renderer: LineRenderer | None = None
        self._strips: dict[int, Strip] = {}
        """The cached lines, which have no overlay, by line number."""
        self._strips_source: tuple[Layout | None, int] = (None, -1)
        """The layout and the revision of the notebook that they were rendered from."""

    def set_painter(self, painter: Painter) -> None:
        """Render with another palette."""
        self._renderer = LineRenderer(self._notebook, self._viewport, painter)
        self.invalidate()

    def invalidate(self) -> None:
        """Clear the cache of rendered lines."""
        self._strips.clear()

    def update_caret_lines(self) -> range:
        """Update `caret_lines`, and return the former ones."""
        before = self.caret_lines
        if not self._article.text:
            self.caret_lines = range(0)
            return before
        layout, passage, offset = self._viewport.layout, self._caret.passage, self._caret.offset
        shown = self._viewport.passage
        start = max(shown.start, min(passage.start, offset))
        end = min(shown.end + 1, max(passage.end, offset + 1))
        self.caret_lines = layout.lines_between(start, end) if start < end else range(0)
        return before

    def render(self, y: int) -> Strip:
        """Render a line of the page. The painter must be set, and the viewport fitted to its size."""
        renderer, layout = self._renderer, self._viewport.layout
        assert renderer is not None
        source = (layout, self._notebook.revision)
        if self._strips_source != source:
            self._strips_source = source
            self.invalidate()
        line = layout.line(y)
        if y in self.caret_lines:
            strip = self._rendered(renderer, line, self._overlay(renderer.painter, line))
        elif kept := self._strips.get(y):
            strip = kept
        else:
            if len(self._strips) > _CACHED_WINDOWS * self._viewport.height + 100:
                self.invalidate()
            strip = self._strips[y] = self._rendered(renderer, line, None)
        return renderer.with_tags(line, strip, self.tags) if self.tags else strip

    def _rendered(self, renderer: LineRenderer, line: Line, overlay: Overlay | None) -> Strip:
        return renderer.with_change_mark(line, renderer.render(line, self.hits, overlay), self.changes)

    def _overlay(self, painter: Painter, line: Line) -> Overlay:
        caret = self._caret
        layers: list[Layer] = []
        if selection := caret.selection:
            style = painter.current if self._is_hit(selection) else painter.selection
            layers.append(Layer(*selection, style))
        if self._article.text:
            end = caret.units.unit_at(TextUnit.CHARACTER, caret.offset).end
            layers.append(Layer(caret.offset, end, painter.caret))
        return Overlay(self._tint(), layers, self._is_caret_past_end(line))

    def _is_hit(self, passage: Passage) -> bool:
        index = self.hits.index_from(passage.start)
        return index < len(self.hits) and self.hits[index] == passage

    def _tint(self) -> Passage:
        caret, notebook = self._caret, self._notebook
        sentence = caret.sentence
        if caret.selecting or notebook.annotation_at(caret.offset) or notebook.annotation_on(sentence):
            return _NO_PASSAGE
        return sentence

    def _is_caret_past_end(self, line: Line) -> bool:
        offset = self._caret.offset
        layout = self._viewport.layout
        if offset < line.end or line.blank or not layout.is_near(offset):
            return False
        return layout.line(layout.line_at(offset))[:3] == line[:3]


def _changes_on_line(changes: UnreadChanges, line: Line, article: Article) -> Iterator[int]:
    """Yield the indices of the changes on a line; a removal is on the line of its place."""
    if line.blank and not line.lead:
        return
    for index in changes.touching(line.start, line.end):
        start, end = changes.all[index].present
        if start == end:
            last = article.blocks[line.block].end
            is_here = line.start <= start < line.end or (
                start == line.end and not article.text[start:last].strip()
            )
        else:
            is_here = start < line.end and end > line.start
        if is_here:
            yield index
