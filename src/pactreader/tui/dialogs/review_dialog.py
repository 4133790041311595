"""The review of changed, doubtful and lost annotations, at the bottom of the screen."""

from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Annotation
from pactreader.core.citations import cite
from pactreader.core.printable_text import printable_line
from pactreader.core.wording import pluralise
from pactreader.tui.dialogs.dialog import Dialog, hint_lines
from pactreader.tui.keys.key_names import shown_key
from pactreader.tui.notes.difference_rows import Rows, Versions, compared_rows, cut_rows
from pactreader.tui.page.painter import Painter
from pactreader.tui.page.typesetting import truncate, wrap_text
from pactreader.tui.themes import palette_of

if TYPE_CHECKING:
    from pactreader.tui.commands.review import Review

_TWO_COLUMNS: Final = 76
"""The least width of the dialog in cells for the two versions to stand beside each other."""
_SEPARATOR: Final = " │ "
_SHARE: Final = 0.6
"""The share of the screen that the dialog may cover."""
_OTHER_LINES: Final = 5
"""Lines of the dialog besides the versions: its border, two above them and two of hints."""
_PRESENT_HEADINGS: Final = {
    PlacementKind.CHANGED: "The text now:",
    PlacementKind.DOUBTFUL: "Is it here?",
    PlacementKind.LOST: "Not in the text now.",
}
_NEXT_KEYS: Final = ("down", "j", "n", "space")
_PREVIOUS_KEYS: Final = ("up", "k", "p")
_ALL_KEY: Final = "A"


class _VersionRows(Widget):
    """The two versions of a quote."""

    def __init__(self) -> None:
        super().__init__(id="versions")
        self._rows: list[Strip] = []

    def show(self, rows: list[Strip]) -> None:
        """Show these lines."""
        self._rows = rows
        self.styles.height = len(rows)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Render a line."""
        return self._rows[y] if y < len(self._rows) else Strip.blank(self.size.width)


class ReviewDialog(Dialog):
    """The dialog that shows an annotation's quote beside the text as it is now, while the page shows the passage.

    It closes when nothing is left to review or the user ends it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "End", priority=True)]

    def __init__(self, review: "Review") -> None:
        """Create the dialog for a review."""
        super().__init__()
        self._review = review
        self._about = Static(id="about")
        self._versions = _VersionRows()
        self._hints = Static(id="hints")
        self._actions = self._actions_by_key()

    def _actions_by_key(self) -> Mapping[str, Callable[[], str | None]]:
        """Return the functions of the keys: the dialog's own ones, and those of the commands of the same effect."""
        review = self._review
        actions: dict[str, Callable[[], str | None]] = {
            "enter": review.accept,
            **dict.fromkeys(_NEXT_KEYS, lambda: review.step(1)),
            **dict.fromkeys(_PREVIOUS_KEYS, lambda: review.step(-1)),
            _ALL_KEY: review.accept_changed,
        }
        commands = {
            "accept": review.accept,
            "attach": self._choose_passage,
            "remove": review.remove,
            "undo": review.undo,
        }
        for command_id, action in commands.items():
            actions |= dict.fromkeys(review.keymap[command_id].keys, action)
        return actions

    def compose(self) -> ComposeResult:
        """Yield the heading, the versions and the hints."""
        with Vertical(id="bottom"):
            yield self._about
            yield self._versions
            yield self._hints

    def on_mount(self) -> None:
        """Show the current annotation, and subscribe to changes of the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._show())
        self._show()

    def on_resize(self) -> None:
        """Lay out again."""
        self._show()

    def close(self) -> None:
        """End the review, and close the dialog."""
        if self.is_active:
            self._review.end()
        super().close()

    def on_key(self, event: events.Key) -> None:
        """Run the action of a key, and show the current annotation."""
        typed = event.character if event.is_printable else None
        action = self._actions.get(typed or event.key) or self._actions.get(event.key)
        if action is None or not self.is_active:
            return
        event.stop()
        message = action()
        if message is None:
            return
        if self._review.current is None:
            self.close()
        else:
            self._show(message)

    def _choose_passage(self) -> None:
        """Close the dialog, and let the user choose another passage."""
        self.close()
        self._review.choose_passage()

    # Drawing

    def _show(self, message: str = "") -> None:
        """Show the current annotation in the dialog and on the page.

        Args:
            message: A sentence to show in place of its note.
        """
        annotation = self._review.current
        placement = self._review.notebook.placement(annotation.id) if annotation else None
        if annotation is None or placement is None:
            return
        width = max(1, self.app.size.width - 2)
        note = printable_line(annotation.note[: width * 2])
        lines = (self._heading(annotation, placement), message or note)
        self._about.update(Content("\n".join(truncate(line, width) for line in lines if line)))
        rows = self._rows(annotation, placement, width)
        self._versions.show(rows)
        self._hints.update(Content("\n".join(hint_lines(self._key_hints(placement), width))))
        self._review.show(len(rows) + _OTHER_LINES)

    def _heading(self, annotation: Annotation, placement: Placement) -> str:
        """Return the number, kind, label and place of an annotation."""
        notebook = self._review.notebook
        label = notebook.labels.get(annotation.label)
        return " · ".join(
            (
                f"Review {self._review.index + 1} of {len(self._review.ids)}",
                placement.kind.value,
                f"{label.mark} {label.name}",
                *cite(notebook.article, placement.start, placement.end),
            )
        )

    def _rows(self, annotation: Annotation, placement: Placement, width: int) -> list[Strip]:
        """Return the lines of the versions: in two columns or, on a narrow screen, one below the other."""
        palette = palette_of(self.app.current_theme)
        painter = Painter(palette, palette.panel, colourful=self._review.colourful)
        room = max(3, int(self.app.size.height * _SHARE) - _OTHER_LINES)
        heading = _PRESENT_HEADINGS[placement.kind]
        if width < _TWO_COLUMNS:
            former, present = self._quotes(annotation, placement, width, (room - 1) // 2, painter)
            lines = [*former, [Segment(heading, painter.warned)], *present]
            return [Strip(line).adjust_cell_length(width, painter.base) for line in lines]
        measure = (width - len(_SEPARATOR)) // 2
        former, present = self._quotes(annotation, placement, measure, room - 1, painter)
        left: Rows = [[Segment("As you marked it:", painter.muted)], *former]
        right: Rows = [[Segment(heading, painter.warned)], *present]
        separator = Strip([Segment(_SEPARATOR, painter.muted)])
        strips = []
        for pair in zip_longest(left, right, fillvalue=()):
            one, other = (Strip(line).adjust_cell_length(measure, painter.base) for line in pair)
            strips.append(Strip.join([one, separator, other]))
        return strips

    def _quotes(
        self, annotation: Annotation, placement: Placement, measure: int, most: int, painter: Painter
    ) -> Versions:
        """Return at most so many lines of each version. A lost one has no present version, but what can be done."""
        quote = annotation.anchor.exact if annotation.anchor else ""
        if placement.kind is PlacementKind.LOST:
            former = compared_rows(quote, quote, measure, painter).former
            words = (
                f"The page shows where it was. {self._review.keymap.key('attach')} attaches it to a passage."
            )
            present: Rows = [[Segment(line, painter.muted)] for line in wrap_text(words, measure)]
        else:
            text = self._review.notebook.article.text[placement.start : placement.end]
            former, present = compared_rows(quote, text, measure, painter)
            if max(len(former), len(present)) > most:
                former, present = compared_rows(quote, text, measure, painter, context=measure)
        return Versions(*(cut_rows(rows, most, measure, painter) for rows in (former, present)))

    def _key_hints(self, placement: Placement) -> Iterator[str]:
        """Yield the keys and their effects."""
        review, key = self._review, self._review.keymap.key
        if placement.kind is PlacementKind.CHANGED:
            yield "enter accept"
        elif placement.kind is PlacementKind.DOUBTFUL:
            yield "enter yes, it is"
        yield f"{key('attach')} {'attach' if placement.kind is PlacementKind.LOST else 'elsewhere'}"
        yield f"{shown_key('down')} leave it"
        yield f"{shown_key('up')} back"
        yield f"{key('remove')} remove"
        if (changed := len(review.changed_ids)) > 1:
            yield f"{_ALL_KEY} accept {pluralise(changed, 'change')}"
        if review.changes_made:
            yield f"{key('undo')} undo"
        yield "esc end"
