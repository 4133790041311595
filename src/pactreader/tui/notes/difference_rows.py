"""Lines of a quote as it was marked and as it is now, with the words marked in which they differ."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.printable_text import printable_line
from pactreader.core.text_changes.word_differences import around_changes, compare_words
from pactreader.tui.page.painter import Layer, Painter
from pactreader.tui.page.typesetting import Layout

_MAX_LENGTH: Final = 10_000
"""The most code points of a quote that are compared and shown."""
_ELLIPSIS: Final = "…”"

Rows = list[list[Segment]]
"""Lines of styled segments."""


class Versions(NamedTuple):
    """The lines of the two versions of a quote."""

    former: Rows
    """The quote as it was marked, with the words that are gone struck through."""
    present: Rows
    """The passage as it is now, with the words that are new underlined."""


def compared_rows(
    former: str, present: str, measure: int, painter: Painter, *, context: int | None = None
) -> Versions:
    """Lay out two versions of a quote.

    Args:
        former: The quote as it was marked.
        present: The passage as it is now.
        measure: Cells of a line.
        painter: The styles.
        context: Code points around each difference to which the rest is cut; `None` for all of both texts.
    """
    runs = compare_words(printable_line(former[:_MAX_LENGTH]), printable_line(present[:_MAX_LENGTH]))
    if context is not None:
        runs = around_changes(runs, context)
    return Versions(
        _quoted_rows([(run.former, run.changed) for run in runs], measure, painter, painter.removed),
        _quoted_rows([(run.present, run.changed) for run in runs], measure, painter, painter.added),
    )


def cut_rows(rows: Rows, count: int, measure: int, painter: Painter) -> Rows:
    """Return the first `count` lines of a quote, with an ellipsis if there are more."""
    if len(rows) <= count:
        return rows
    last = Strip(rows[count - 1])
    kept = last.crop(0, min(last.cell_length, measure - len(_ELLIPSIS)))
    return [*rows[: count - 1], [*kept, Segment(_ELLIPSIS, painter.base + Style(italic=True))]]


def _quoted_rows(
    parts: Sequence[tuple[str, bool]], measure: int, painter: Painter, changed_style: Style
) -> Rows:
    """Return the lines of a text in quotation marks, given in parts, of which the changed ones have a style."""
    text, layers = "“", []
    for part, changed in parts:
        if changed:
            layers.append(Layer(len(text), len(text) + len(part.rstrip()), changed_style))
        text += part
    article = Article.assemble([Piece(BlockKind.PARAGRAPH, f"{text}”")], title="")
    layout = Layout(article, measure)
    lines = map(layout.line, range(1, layout.height - 1))
    style = painter.base + Style(italic=True)
    return [painter.segments(line, style, layers) for line in lines]
