"""The editor of a note, a dialog below the article that stores a draft within a second."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
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

EDITOR_LINES: Final = 12
"""The greatest height of the editor in lines."""
_DRAFT_DELAY: Final = 0.5
"""Seconds from a key until the draft is stored."""
_DRAFT_RETRY: Final = 2.0
"""Seconds until storing a draft is retried."""
_LOCK_RETRY: Final = 0.5
"""Seconds until saving a note is retried while another process is writing the library."""
_INDENT: Final = "    "
_SAVE, _EXTERNAL, *_ = EDITOR_COMMANDS
_KEY_HINTS: Final = f"{shown_key(_SAVE.keys[0])} save   {shown_key(_EXTERNAL.keys[0])} open in $EDITOR"


class _NoteArea(TextArea):
    """The text area of the editor.

    Its bindings have priority, as others would be handled after letters typed next.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(command.keys), command.binding, command.title, priority=True)
        for command in EDITOR_COMMANDS
    ]

    def edit(self, edit: Edit) -> EditResult:
        """Insert typed or pasted text, made safe for the terminal."""
        edit.text = printable(unix_line_ends(edit.text))
        return super().edit(edit)

    def on_key(self, event: Key) -> None:
        """Insert the characters that Textual does not insert by itself."""
        if event.character in JOINERS:
            event.stop()
            self.insert(event.character)

    def action_indent(self) -> None:
        """Indent by a level of a Markdown list."""
        self.insert(_INDENT)


class NoteEditor(Dialog):
    """A dialog to edit a note. It closes only when its text is saved, as the note or, after a warning, as a draft."""

    AUTO_FOCUS = "TextArea"

    def __init__(
        self,
        *,
        title: str,
        note: str,
        message: str = "",
        save_note: Callable[[str], None],
        write_draft: Callable[[str], None],
        editor_file: Callable[[], Path],
    ) -> None:
        """Create an editor.

        Args:
            title: The line above the text, which names the passage.
            note: The first text.
            message: A message about that text.
            save_note: A function that saves the note. It raises PactReaderError if that fails, and the editor stays
                open.
            write_draft: A function that stores the draft, or raises PactReaderError.
            editor_file: A function that returns the file for an external editor, or raises PactReaderError.
        """
        super().__init__()
        self._title = title
        self._area = _NoteArea(printable(note), soft_wrap=True, show_line_numbers=False, id="note")
        self._stored: str | None = self.typed
        """The text that is saved as the note or as a draft; `None` if that is not known."""
        self._hints = Static(Content("   ".join(filter(None, (message, _KEY_HINTS)))), id="hints")
        self._save_note = save_note
        self._write_draft = write_draft
        self._editor_file = editor_file
        self._draft_timer: Timer | None = None
        self._draft_failed = False
        self._draft_told: str | None = None
        """The text that could not be saved and is kept as a draft, once the user was told so."""
        self._loss_told: str | None = None
        """The text that is not even kept as a draft, once the user was told that quitting loses it."""

    def compose(self) -> ComposeResult:
        """Yield the title, the text and the hints."""
        with Vertical(id="bottom"):
            yield Static(Content(self._title), id="about")
            yield self._area
            yield self._hints

    def on_mount(self) -> None:
        """Put the cursor at the end of the text."""
        self._area.move_cursor(self._area.document.end)

    @property
    def typed(self) -> str:
        """The text, without white space at its end."""
        return self._area.text.rstrip()

    # The draft

    def on_text_area_changed(self) -> None:
        """Schedule storing a draft, unless it is scheduled."""
        if self._draft_timer is None and self.typed != self._stored:
            self._draft_timer = self.set_timer(_DRAFT_DELAY, self._try_draft)

    def save_draft(self) -> None:
        """Store the draft at once, unless the text is saved already. It works without a screen too.

        Raises:
            NotSavedError: It was not stored.
        """
        typed = self.typed
        if typed != self._stored:
            self._write_draft(typed)
            self._stored = typed

    def _try_draft(self) -> bool:
        """Store the draft, or show the error and retry later; return whether it is stored."""
        self._draft_timer = None
        try:
            self.save_draft()
        except PactReaderError as error:
            self._show_error(error)
            self._draft_failed = True
            self._draft_timer = self.set_timer(_DRAFT_RETRY, self._try_draft)
            return False
        if self._draft_failed:
            self._draft_failed = False
            self.show_message("What is typed is kept as a draft now. esc saves it.")
        return True

    # Saving and closing

    def action_save(self) -> None:
        """Save the note and close; if that fails, show the error, and close the second time, leaving a draft."""
        if self._save():
            self.close()

    def prepare_to_quit(self) -> bool:
        """Save the note; return whether it is saved, or the user was warned before of what becomes of it."""
        told, self._loss_told = self._loss_told, None
        return self._save() or told == self.typed

    def _save(self) -> bool:
        """Save the note; return whether it is saved, or the user was warned before that it is kept as a draft."""
        if self._draft_timer:
            self._draft_timer.stop()
            self._draft_timer = None
        told, self._draft_told = self._draft_told, None
        try:
            self._save_note(self.typed)
        except PactReaderError as error:
            if told == self.typed:
                return True
            self._keep_unsaved(error)
            return False
        self._stored = self.typed
        return True

    def _keep_unsaved(self, error: PactReaderError) -> None:
        """Store the draft of a note that could not be saved, and show the error."""
        self._stored = None  # the draft may be lost by the same error
        if self._try_draft():
            self._draft_told = self.typed
            outcome = "It is kept as a draft: esc again closes."
        else:
            self._loss_told = self.typed
            outcome = "It is not even kept as a draft, so it stays open: the next ctrl+q quits and loses it."
        self._show_error(PactReaderError(error.message, f"{error.hint} {outcome}"))
        if isinstance(error, LockedError):
            self.set_timer(_LOCK_RETRY, partial(self._save_again, self.typed))

    def _save_again(self, typed: str) -> None:
        """Save and close, unless the user has changed the text since."""
        if self.typed == typed and self.is_current:
            self._draft_told = None
            self.action_save()

    def action_external_editor(self) -> None:
        """Suspend the app while the user edits the note in an external editor."""
        self._try_draft()
        try:
            path = self._editor_file()
            with self.app.suspend():
                edited, problem = edit(self.typed, path)
        except SuspendNotSupported:
            self._show_error(PactReaderError("This terminal cannot hand over to another editor."))
            return
        except PactReaderError as error:
            self._show_error(error)
            return
        if problem:
            self._show_error(problem)
        if edited is not None:
            document = self._area.document
            self._area.replace(edited, document.start, document.end)  # which can be undone
            self._area.move_cursor(document.end)
            if self._try_draft():
                path.unlink(missing_ok=True)

    # Messages

    def _show_error(self, error: PactReaderError) -> None:
        self.show_message(error.one_line, warning=True)

    def show_message(self, text: str, *, warning: bool = False) -> None:
        """Show a message in place of the hints."""
        self._hints.update(Content(text))
        self._hints.set_class(warning, "-warning")
