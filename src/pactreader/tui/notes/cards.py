"""Cards of annotations in the notes panel: label, quote, note and tags."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Annotation
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.citations import cite
from pactreader.core.labels import Label, Labels
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.printable_text import printable, printable_line
from pactreader.core.wording import pluralise
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.page.line_breaking import WIDTHS, Script, clusters_of
from pactreader.tui.page.painter import Painter
from pactreader.tui.page.typesetting import Layout, truncate, wrap_text

_QUOTE_LINES: Final = 3
_ELLIPSIS: Final = "…”"
_NOTE_LINES: Final = 12
"""Lines of a note on a card that is not current; the current card shows the whole note."""
_PLACE_CELLS: Final = 16
"""The cells that the page or chapter of a passage may take."""
_EDGE_CELLS: Final = 3
"""The cells of a card's left bar and margins."""
_INTRODUCTIONS: Final = {PlacementKind.CHANGED: "Now:", PlacementKind.DOUBTFUL: "Is it here?"}
"""The words between a quote and the passage that it is placed at, if they differ."""
_REVIEW_KEYS: Final = {
    PlacementKind.CHANGED: {"accept": "accept the change", "attach": "it is elsewhere"},
    PlacementKind.DOUBTFUL: {"accept": "yes, it is", "attach": "no, elsewhere"},
    PlacementKind.LOST: {"attach": "attach it to a passage"},
}
"""The effects of the commands that the current card offers, by their ids."""
_MARKUP: Final = lazy_pattern(r"[*_`#>|~\[\]<\\&+-]|^\s*\d+[.)]\s|^\s{4}")
"""A character of Markdown in a line. A note without any is not parsed, so that the parser need not be imported."""

_Row = list[Segment]


def draw_card(
    annotation: Annotation,
    notebook: Notebook,
    width: int,
    painter: Painter,
    keymap: Keymap,
    *,
    is_current: bool,
) -> list[Strip]:
    """Draw a card, without the empty line below it.

    Args:
        annotation: The annotation.
        notebook: The notebook that it is in.
        width: Cells of every line.
        painter: The styles for the card's background.
        keymap: The keymap, for the keys that resolve a conflict.
        is_current: True to show the whole note, however long it is.
    """
    placement = notebook.placement(annotation.id)
    label = notebook.labels.get(annotation.label)
    measure = max(1, width - _EDGE_CELLS)
    limit = None if is_current else _NOTE_LINES
    if annotation.anchor is None:
        rows = [[Segment("On the whole article", _accent(painter, bold=True))]]
    else:
        rows = [_heading(label, placement, notebook.article, measure, painter)]
        rows += _quote_and_placement(annotation.anchor.exact, placement, notebook.article, measure, painter)
    rows += _note(annotation.note, measure, painter, limit=limit)
    rows += _author(annotation.author, measure, painter)
    rows += _tags(annotation.tags, measure, painter)
    if annotation.conflicts:
        rows += _conflict(annotation, measure, painter, notebook.labels, limit=limit)
        rows += _conflict_keys(annotation, painter, keymap)
    elif placement and is_current:
        rows += _key_rows(_REVIEW_KEYS.get(placement.kind, {}), painter, keymap)
    bar = Segment("▌", painter.mark(label.colour) if annotation.anchor else _accent(painter, bold=True))
    edge = [bar, Segment(" ", painter.base)]
    return [Strip([*edge, *row]).adjust_cell_length(width, painter.base) for row in rows]


def _heading(
    label: Label, placement: Placement | None, article: Article, measure: int, painter: Painter
) -> _Row:
    """Return the line with the label on the left, and the page or paragraph or the state of the placement on the right."""
    where, style = _place(placement, article, painter)
    name = f"{label.mark} {label.name}"
    gap = max(1, measure - cell_len(name) - cell_len(where))
    return [
        Segment(name, painter.mark(label.colour)),
        Segment(" " * gap, painter.base),
        Segment(where, style),
    ]


def _place(placement: Placement | None, article: Article, painter: Painter) -> tuple[str, Style]:
    """Return the page or paragraph or the state of a placement, `…` while it is pending, with its style."""
    if placement is None:
        return "…", painter.muted
    cited = cite(article, placement.start, placement.end)
    passage = " · ".join(truncate(part, _PLACE_CELLS) for part in cited)
    return {
        PlacementKind.LOST: ("not in the text now", painter.warned),
        PlacementKind.DOUBTFUL: (f"doubtful {passage}", painter.warned),
        PlacementKind.EXACT: (passage, painter.muted),
    }.get(placement.kind, (f"{placement.kind} {passage}", painter.muted))


def _quote_and_placement(
    exact: str, placement: Placement | None, article: Article, measure: int, painter: Painter
) -> Iterator[_Row]:
    """Yield the lines of a quote and, if it was changed or is doubtful, of the passage that it is placed at."""
    if placement is None or placement.kind not in _INTRODUCTIONS:
        yield from _quote(exact, measure, painter)
        return
    from pactreader.tui.notes.difference_rows import compared_rows, cut_rows

    present = article.text[placement.start : placement.end]
    versions = compared_rows(exact, present, measure, painter, context=measure)
    yield from cut_rows(versions.former, _QUOTE_LINES, measure, painter)
    yield [Segment(_INTRODUCTIONS[placement.kind], painter.warned)]
    yield from cut_rows(versions.present, _QUOTE_LINES, measure, painter)


def _quote(exact: str, measure: int, painter: Painter) -> Iterable[_Row]:
    """Return the lines of a quoted passage, cut to `_QUOTE_LINES`."""
    style = painter.base + Style(italic=True)
    most = measure * (_QUOTE_LINES + 1)
    is_long = len(exact) > most
    lines = wrap_text(
        f"“{printable_line(exact[:most])}" if is_long else f"“{printable_line(exact)}”", measure
    )
    if is_long or len(lines) > _QUOTE_LINES:
        lines = lines[:_QUOTE_LINES]
        lines[-1] = _beginning(lines[-1], measure - len(_ELLIPSIS)) + _ELLIPSIS
    return ([Segment(line, style)] for line in lines)


def _beginning(line: str, cells: int) -> str:
    """Return as many whole grapheme clusters from the start of a line as fit so many cells."""
    clusters = clusters_of(line, Script.COMPLEX)
    ends = list(accumulate(map(WIDTHS.__getitem__, clusters)))
    return "".join(clusters[: bisect_right(ends, max(0, cells))]).rstrip()


def _note(note: str, measure: int, painter: Painter, *, limit: int | None) -> list[_Row]:
    """Return the lines of a note with its Markdown rendered, at most `limit` of them."""
    note = printable(note).strip("\n")
    if not note.strip():
        return []
    article = _note_article(note)
    layout = Layout(article, measure)
    rows: list[_Row] = []
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
    """Return a note as an article, so that it is laid out like the page."""
    if any(_MARKUP.search(line) for line in note.split("\n")):
        from pactreader.formats.readers.markdown_reader import parse_note

        return parse_note(note)
    paragraphs = (part.strip("\n") for part in note.split("\n\n"))
    return Article.assemble([Piece(BlockKind.PARAGRAPH, part) for part in paragraphs], title="")


def _author(author: str, measure: int, painter: Painter) -> list[_Row]:
    """Return the line with the author of an annotation of another program; none if it is the user's."""
    name = printable_line(author)
    return [[Segment(truncate(f"— {name}", measure), painter.muted)]] if name else []


def _tags(tags: Iterable[str], measure: int, painter: Painter) -> list[_Row]:
    line = " ".join(f"#{printable_line(tag)}" for tag in tags)
    return [[Segment(part, _accent(painter))] for part in wrap_text(line, measure)] if line else []


def _conflict(
    annotation: Annotation, measure: int, painter: Painter, labels: Labels, *, limit: int | None
) -> list[_Row]:
    """Return the lines that show how the annotation's first conflict differs from it."""
    other = annotation.conflicts[0]
    if other is None:
        return [[Segment("Removed elsewhere.", painter.warned)]]
    label = "" if other.label == annotation.label else f" {labels.name(other.label)}"
    rows = [[Segment(line, painter.warned)] for line in wrap_text(f"Elsewhere it is{label}:", measure)]
    if other.anchor and annotation.anchor and other.anchor.exact != annotation.anchor.exact:
        rows += _quote(other.anchor.exact, measure, painter)
    rows += _note(other.note, measure, painter, limit=limit) or [[Segment("without a note", painter.muted)]]
    rows += _tags(other.tags, measure, painter)
    return rows


def _conflict_keys(annotation: Annotation, painter: Painter, keymap: Keymap) -> Iterable[_Row]:
    """Return the lines with the keys that resolve the conflict."""
    if len(annotation.conflicts) > 1:
        others = pluralise(len(annotation.conflicts) - 1, "more version")
        yield [Segment(f"and {others}, after this one", painter.muted)]
    if annotation.conflicts[0] is None:
        choices = {"version-keep": "keep it", "version-take": "remove it"}
    else:
        choices = {"version-keep": "keep the upper", "version-take": "take the lower", "version-join": "both"}
    yield from _key_rows(choices, painter, keymap)


def _key_rows(choices: Mapping[str, str], painter: Painter, keymap: Keymap) -> Iterator[_Row]:
    """Yield a line for each command that a card offers: its key, and its effect."""
    for command_id, words in choices.items():
        key = Segment(f"{keymap.key(command_id)} ", _accent(painter, bold=True))
        yield [key, Segment(words, painter.muted)]


def _accent(painter: Painter, *, bold: bool | None = None) -> Style:
    return painter.base + Style(color=painter.palette.accent.rich_color, bold=bold)
