"""How the reader has fewer notes before them, in another order, and chooses several."""

from collections.abc import Callable
from typing import Final

from pactreader.core.search import folded
from pactreader.tui.find_bar import FindBar
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.panes import Panes

_HINT: Final = "words, #tag, label:doubt, has:note, is:lost, -not"


class Filtering:
    """Filters at every key, sorts, chooses."""

    def __init__(self, panes: Panes, bar: FindBar, *, keymap: Keymap, say: Callable[[str], None]) -> None:
        """Args:
        panes: Where the notes are.
        bar: What is typed into; hidden until it is wanted.
        keymap: Says what to press.
        say: Says something to the reader.
        """
        self._panes = panes
        self._notes = panes.notes
        self._bar = bar
        self._keymap = keymap
        self._say = say
        self._before: str | None = None
        """What the notes were filtered by, while something is typed."""
        self.hints: Final = (
            ("↑↓", "other notes"),
            ("enter", "keeps the filter"),
            ("esc", "leaves it as it was"),
        )

    @property
    def is_open(self) -> bool:
        """Whether something is being typed."""
        return self._before is not None

    def action_filter(self) -> None:
        """Open the line to type into."""
        self._before = self._notes.note_list.filter
        self._bar.begin(self._before, hint=_HINT)
        self._bar.display = True
        self._notes.screen.set_focus(self._bar.line)

    def type(self, typed: str) -> None:
        """Show what matches what is typed so far."""
        if self._before is None:
            return
        problem = self._notes.note_list.show(typed)
        self._notes.show_listing()
        if not self._notes.chosen:
            self._notes.choose_nth(0)
        shown, whole = len(self._notes.note_list), len(self._notes.notebook)
        meant = "" if shown else self._label_called(typed)
        found = f"{shown} of {whole}{meant and f', label:{meant} has some'}" if typed.strip() else _HINT
        self._bar.show(problem or found, warning=bool(problem) or not shown)

    def _label_called(self, typed: str) -> str:
        """The id of the label that was typed as a word, if annotations have it; empty if none."""
        word = folded(typed.strip())
        in_use = {annotation.label for annotation in self._notes.notebook}
        called = (label.id for label in self._notes.notebook.labels if folded(label.name).startswith(word))
        return next((label_id for label_id in called if label_id in in_use), "")

    def step(self, count: int) -> None:
        """Choose another card while something is typed."""
        self._notes.choose_by(count)

    def take(self) -> None:
        """Keep the filter, and go to the cards."""
        self._close()
        if not len(self._notes.note_list):
            self._say(f"Nothing is like that: {self._keymap.key('let-go')} shows all notes again.")

    def let_be(self) -> None:
        """Filter as before."""
        before = self._before or ""
        self._notes.note_list.show(before)
        self._close()

    def leave(self) -> None:
        """The reader has gone elsewhere: what is shown stays."""
        self._before = None
        self._bar.display = False

    def _close(self) -> None:
        self.leave()
        self._notes.screen.set_focus(self._notes)
        self._notes.show_listing()

    def action_order(self) -> None:
        """Sort by what comes next."""
        order = self._notes.note_list.turn()
        self._notes.show_listing()
        said = {"place": "as in the text", "time": "those changed last on top", "label": "label by label"}
        self._say(f"By {order}: {said[order]}.")

    def action_choose_also(self) -> None:
        """Have the chosen card among several, and go on to the next."""
        self._notes.toggle()
        self._notes.choose_by(1)

    def action_choose_all(self) -> None:
        """Have every card that is shown among several, or none."""
        self._notes.toggle_all()
