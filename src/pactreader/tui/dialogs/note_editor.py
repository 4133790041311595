"""Where a note is typed: a few lines below the article, a draft kept within a second."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.timer import Timer
from textual.widgets import Static, TextArea
from textual.widgets.text_area import Edit, EditResult

from pactreader.core.errors import LockedError, PactReaderError
from pactreader.core.printable_text import printable, unix_line_ends
from pactreader.tui.dialogs.dialog import Dialog
from pactreader.tui.dialogs.line_input import JOINERS
from pactreader.tui.keys.key_names import shown_key
from pactreader.tui.keys.registry import EDITOR_COMMANDS
from pactreader.tui.terminal.external_editor import edit

_DRAFT_AFTER: Final = 0.5
"""Seconds from a key to the draft of what was typed."""
_DRAFT_AGAIN_AFTER: Final = 2.0
"""Seconds until a draft that could not be kept is tried again."""
_LOCK_RETRY: Final = 0.5
"""Seconds until a note is saved again that another process kept from it."""
_INDENT: Final = "    "
_SAVE, _EXTERNAL, *_ = EDITOR_COMMANDS
_KEYS: Final = f"{shown_key(_SAVE.keys[0])} save   {shown_key(_EXTERNAL.keys[0])} open in $EDITOR"


class _NoteArea(TextArea):
    """What is typed into.

    Its commands have priority, as other bindings would come after letters that are typed right behind them.
    """

    BINDINGS = [  # noqa: RUF012 - Textual's declaration
        Binding(",".join(command.keys), command.binding, command.title, priority=True)
        for command in EDITOR_COMMANDS
    ]

    def edit(self, edit: Edit) -> EditResult:
        """Take in what is typed or pasted, without what a terminal would obey."""
        edit.text = printable(unix_line_ends(edit.text))
        return super().edit(edit)

    def on_key(self, event: Key) -> None:
        """Take in what Textual takes for no letter."""
        if event.character in JOINERS:
            event.stop()
            self.insert(event.character)

    def action_indent(self) -> None:
        """Indent by what makes a list an inner one."""
        self.insert(_INDENT)


SHEET_LINES: Final = 12
"""Lines of the screen that the editor takes at the most."""


class NoteEditor(Dialog):
    """A note being written. It closes only when what was typed is safe."""

    AUTO_FOCUS = "TextArea"

    def __init__(
        self,
        *,
        about: str,
        note: str,
        hints: str = "",
        save: Callable[[str], None],
        keep_draft: Callable[[str], None],
        editor_file: Callable[[], Path],
    ) -> None:
        """Args:
        about: What the note is about: the passage, on one line.
        note: What the editor begins with.
        hints: What there is to say about that.
        save: Saves the note; raises PactReaderError if it is not saved, and the editor stays open.
        keep_draft: Keeps what is typed so far.
        editor_file: Says in which file an editor may have it; raises PactReaderError if there can be none.
        """
        super().__init__()
        self._about = about
        self._area = _NoteArea(printable(note), soft_wrap=True, show_line_numbers=False, id="note")
        self._safe: str | None = self.typed
        """What was typed and is on the disk, saved or as a draft; `None` if that is not sure."""
        self._hints = hints
        self._save = save
        self._keep_draft = keep_draft
        self._editor_file = editor_file
        self._draft_timer: Timer | None = None
        self._draft_failed = False
        self._kept: str | None = None
        """What could not be saved but is kept as a draft, once the reader was told."""

    def compose(self) -> ComposeResult:
        """What the note is about, the note, the keys."""
        with Vertical(id="sheet"):
            yield Static(Content(self._about), id="about")
            yield self._area
            yield Static(Content("   ".join(filter(None, (self._hints, _KEYS)))), id="says")

    def on_mount(self) -> None:
        """Go on writing where the note ends."""
        self._area.move_cursor(self._area.document.end)

    @property
    def typed(self) -> str:
        """What is typed so far, without white space at its end."""
        return self._area.text.rstrip()

    def on_text_area_changed(self) -> None:
        """Keep a draft, not of every key but never later than that."""
        if self._draft_timer is None and self.typed != self._safe:
            self._draft_timer = self.set_timer(_DRAFT_AFTER, self._draft)

    def save_draft(self) -> None:
        """Have on the disk what is typed, at once; also when the screen is no more.

        Raises:
            NotSavedError: It is not.
        """
        typed = self.typed
        if typed != self._safe:
            self._keep_draft(typed)
            self._safe = typed

    def _draft(self) -> bool:
        self._draft_timer = None
        try:
            self.save_draft()
        except PactReaderError as error:
            self._say(error)
            self._draft_failed = True
            self._draft_timer = self.set_timer(_DRAFT_AGAIN_AFTER, self._draft)
            return False
        if self._draft_failed:
            self._draft_failed = False
            self._show("What is typed is kept as a draft now. esc saves it.")
        return True

    def _say(self, error: PactReaderError) -> None:
        self._show(error.one_line, warning=True)

    def _show(self, words: str, *, warning: bool = False) -> None:
        hints = self.query_one("#says", Static)
        hints.update(Content(words))
        hints.set_class(warning, "-warning")

    def action_save(self) -> None:
        """Save and close; if it cannot be saved, say why and stay: asked again, close, as the draft is kept."""
        if self._save_typed():
            self.close()

    async def action_save_and_quit(self) -> None:
        """Save and quit, or as above."""
        if self._save_typed():
            self.close()
            await self.app.action_quit()

    def _save_typed(self) -> bool:
        """Whether what was typed is safe: saved, or after a warning kept as a draft."""
        if self._draft_timer:
            self._draft_timer.stop()
            self._draft_timer = None
        warned, self._kept = self._kept, None
        try:
            self._save(self.typed)
        except PactReaderError as error:
            if warned == self.typed:
                return True
            self._safe = None  # what kept the note from the disk may have taken its draft too
            if self._draft():
                self._kept = self.typed
                then = "It is kept as a draft: esc again closes."
            else:
                then = "It is not even kept as a draft, so it stays open."
            self._say(PactReaderError(error.message, f"{error.hint} {then}"))
            if isinstance(error, LockedError):
                self._wait_for_others(self.typed)
            return False
        self._safe = self.typed
        return True

    def _wait_for_others(self, typed: str) -> None:
        """Save and close once nobody else is writing, unless the reader goes on writing first."""

        def again() -> None:
            if self.typed == typed and self.is_current:
                self._kept = None
                self.action_save()

        self.set_timer(_LOCK_RETRY, again)

    def action_external_editor(self) -> None:
        """Let the reader's own editor have the note for a while."""
        self._draft()
        try:
            path = self._editor_file()
            with self.app.suspend():
                edited, trouble = edit(self.typed, path)
        except SuspendNotSupported:
            self._say(PactReaderError("This terminal cannot hand over to another editor."))
            return
        except PactReaderError as error:
            self._say(error)
            return
        if trouble:
            self._say(trouble)
        if edited is not None:
            document = self._area.document
            self._area.replace(edited, document.start, document.end)  # which can be undone
            self._area.move_cursor(document.end)
            if self._draft():
                path.unlink(missing_ok=True)
