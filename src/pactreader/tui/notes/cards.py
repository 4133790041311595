"""How one annotation looks in the notes panel: label, quote, note and tags."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from re import compile as regex
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from pactreader.core.anchoring import Placement, PlacementKind
from pactreader.core.annotation import Annotation
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.labels import Label, Labels
from pactreader.core.notebook import Notebook
from pactreader.core.printable_text import printable, printable_line
from pactreader.core.wording import pluralise
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.page.line_breaking import WIDTHS, Script, clusters_of
from pactreader.tui.page.painter import Painter
from pactreader.tui.page.typesetting import Layout, wrap_text

_QUOTE_LINES: Final = 3
_CUT: Final = "…”"
_NOTE_LINES: Final = 12
"""Lines of a note shown on a card that is not chosen; the chosen one shows all."""
_EDGE: Final = 3
"""Cells that a card's left bar and its margins take."""
_MARKUP: Final = regex(r"[*_`#>|~\[\]<\\&+-]|^\s*\d+[.)]\s|^\s{4}")
"""What may be Markdown. A note without it is set as it is, and the Markdown parser stays unloaded."""


def card(
    annotation: Annotation, notebook: Notebook, width: int, painter: Painter, keymap: Keymap, *, chosen: bool
) -> list[Strip]:
    """The lines of a card, `width` cells each, without the space to the next card."""
    placement = notebook.placement(annotation.id)
    label = notebook.labels.get(annotation.label)
    mark = (
        painter.mark(label.colour)
        if placement
        else painter.base + Style(color=painter.palette.accent.rich_color, bold=True)
    )
    room = max(1, width - _EDGE)
    rows = [_heading(label, placement, notebook.article, room, painter)]
    if annotation.anchor:
        rows += _quote(annotation.anchor.exact, room, painter)
    rows += _note(annotation.note, room, painter, limit=None if chosen else _NOTE_LINES)
    rows += _tags(annotation.tags, room, painter)
    if annotation.conflicts:
        rows += _other_version(
            annotation, room, painter, notebook.labels, keymap, limit=None if chosen else _NOTE_LINES
        )
    edge = [Segment("▌", mark), Segment(" ", painter.base)]
    return [Strip([*edge, *row]).adjust_cell_length(width, painter.base) for row in rows]


def _other_version(
    annotation: Annotation, room: int, painter: Painter, labels: Labels, keymap: Keymap, *, limit: int | None
) -> list[list[Segment]]:
    """What was made of it elsewhere, as far as that is different, and the keys to choose with."""
    warned = painter.warned
    other, *more = annotation.conflicts
    if other is None:
        rows = [[Segment("Removed elsewhere.", warned)]]
        keys = _choices(keymap, "keep it", "remove it", "")
    else:
        said = "Elsewhere it is" + ("" if other.label == annotation.label else f" {labels.name(other.label)}")
        rows = [[Segment(line, warned)] for line in wrap_text(f"{said}:", room)]
        if other.anchor and annotation.anchor and other.anchor.exact != annotation.anchor.exact:
            rows += _quote(other.anchor.exact, room, painter)
        rows += _note(other.note, room, painter, limit=limit) or [[Segment("without a note", painter.muted)]]
        rows += _tags(other.tags, room, painter)
        keys = _choices(keymap, "keep the upper", "take the lower", "both")
    if more:
        rows.append([Segment(f"and {pluralise(len(more), 'more version')}, after this one", painter.muted)])
    accent = painter.base + Style(color=painter.palette.accent.rich_color, bold=True)
    for key, words in keys:
        rows.append([Segment(f"{key} ", accent), Segment(words, painter.muted)])
    return rows


def _choices(keymap: Keymap, keep: str, take: str, join: str) -> list[tuple[str, str]]:
    words = {"version-keep": keep, "version-take": take, "version-join": join}
    return [(keymap.key(command_id), word) for command_id, word in words.items() if word]


def _tags(tags: Iterable[str], room: int, painter: Painter) -> list[list[Segment]]:
    line = " ".join(f"#{printable_line(tag)}" for tag in tags)
    accent = painter.base + Style(color=painter.palette.accent.rich_color)
    return [[Segment(part, accent)] for part in wrap_text(line, room)] if line else []


def _heading(
    label: Label, placement: Placement | None, article: Article, room: int, painter: Painter
) -> list[Segment]:
    """Label on the left, paragraph on the right; or what became of the passage."""
    if placement is None:
        return [
            Segment(
                "On the whole article",
                painter.base + Style(color=painter.palette.accent.rich_color, bold=True),
            )
        ]
    paragraph = f"¶ {article.paragraph_number(placement.start)}"
    where, style = {
        PlacementKind.LOST: ("not in the text now", painter.warned),
        PlacementKind.EXACT: (paragraph, painter.muted),
    }.get(placement.kind, (f"{placement.kind} {paragraph}", painter.muted))
    name = f"{label.mark} {label.name}"
    gap = max(1, room - cell_len(name) - cell_len(where))
    return [
        Segment(name, painter.mark(label.colour)),
        Segment(" " * gap, painter.base),
        Segment(where, style),
    ]


def _quote(exact: str, room: int, painter: Painter) -> Iterable[list[Segment]]:
    """The passage in quotation marks, its beginning if it is long."""
    style = painter.base + Style(italic=True)
    most = room * (_QUOTE_LINES + 1)
    lines = wrap_text(
        f"“{printable_line(exact)}”" if len(exact) <= most else f"“{printable_line(exact[:most])}", room
    )
    if len(exact) > most or len(lines) > _QUOTE_LINES:
        lines = lines[:_QUOTE_LINES]
        lines[-1] = _shortened(lines[-1], room - len(_CUT)) + _CUT
    return ([Segment(line, style)] for line in lines)


def _shortened(line: str, room: int) -> str:
    """As much of a line as so many cells hold, in whole grapheme clusters."""
    clusters = clusters_of(line, Script.COMPLEX)
    ends = list(accumulate(map(WIDTHS.__getitem__, clusters)))
    return "".join(clusters[: bisect_right(ends, max(0, room))]).rstrip()


def _note(note: str, room: int, painter: Painter, *, limit: int | None) -> list[list[Segment]]:
    """The note, its Markdown shown as what it means."""
    note = printable(note).strip("\n")
    if not note.strip():
        return []
    article = _note_article(note)
    layout = Layout(article, room)
    rows: list[list[Segment]] = []
    for y in range(1, layout.height - 1):
        line = layout.line(y)
        block = article.blocks[line.block]
        style = painter.block_style(article, block, line)
        rows.append(
            [Segment(line.lead, painter.muted), *painter.segments(line, style, painter.spans(block, line))]
        )
    if limit is not None and len(rows) > limit:
        return [*rows[: limit - 1], [Segment(f"… {len(rows) - limit + 1} more lines", painter.muted)]]
    return rows


def _note_article(note: str) -> Article:
    """A note as an article of its own, so that the page and the panel set Markdown alike."""
    if any(_MARKUP.search(line) for line in note.split("\n")):
        from pactreader.formats.readers.markdown_reader import parse_note

        return parse_note(note)
    paragraphs = (part.strip("\n") for part in note.split("\n\n"))
    return Article.assemble([Piece(BlockKind.PARAGRAPH, part) for part in paragraphs], title="")
