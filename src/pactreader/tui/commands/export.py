"""What goes out: a passage to the clipboard, the annotations to a file."""

from collections.abc import Awaitable, Callable, Collection
from pathlib import Path
from typing import Protocol

from textual.screen import Screen

from pactreader.core.errors import PactReaderError
from pactreader.core.notebook import Notebook
from pactreader.core.printable_text import pluralise, printable, printable_line
from pactreader.tui.panes import Panes


class Exporter(Protocol):
    """Whoever writes annotations to a file."""

    def export_path(self) -> Path:
        """Where an export goes unless the reader says otherwise."""

    def export(self, typed: str, *, only: Collection[str], replace: bool) -> int:
        """Write the notebook, or these annotations of it, as Markdown; how many. Raises FileExistsError or PactReaderError."""


class Outgoing:
    """Copies and exports."""

    def __init__(
        self,
        notebook: Notebook,
        panes: Panes,
        exporter: Exporter,
        *,
        copy: Callable[[str], str],
        say: Callable[[str], None],
        push: Callable[[Screen[None]], Awaitable[object]],
    ) -> None:
        """Args:
        notebook: Whose text and annotations go out.
        panes: Say what is copied.
        exporter: Writes them to a file.
        copy: Has a text on the clipboard; which one, in words.
        say: Says something to the reader.
        push: Shows a screen over this one.
        """
        self._notebook = notebook
        self._panes = panes
        self._exporter = exporter
        self._copy = copy
        self._say = say
        self._push = push

    def action_copy(self) -> None:
        """Copy the selection, the passage of the highlight, or the sentence."""
        selection, target = self._panes.selection, self._panes.target
        if selected_ids := self._panes.selected_ids:
            chosen = filter(None, map(self._notebook.get, selected_ids))
            text = "\n\n".join(one.anchor.exact if one.anchor else one.note for one in chosen)
        elif selection is None and target is not None:
            text = target.anchor.exact if target.anchor else target.note
        else:
            text = self._notebook.article.text[slice(*self._panes.article.caret.passage)]
        where = self._copy(printable(text))
        self._say(f"{pluralise(len(text.split()), 'word')} sent to {where}.")
        if selection:
            self._panes.article.clear_selection()

    async def action_export(self) -> None:
        """Ask where to export to."""
        from pactreader.tui.dialogs.prompt import Prompt  # noqa: PLC0415 - not for the first frame

        confirmed = ""
        only = frozenset(self._panes.selected_ids)

        def take(typed: str) -> None:
            nonlocal confirmed
            if not typed.strip():
                raise PactReaderError("A file needs a name.")
            try:
                count = self._exporter.export(typed.strip(), only=only, replace=typed == confirmed)
            except FileExistsError as error:
                confirmed = typed
                there = "There is a file of that name."
                raise PactReaderError(there, "enter again replaces it, esc leaves it.") from error
            self._say(f"{pluralise(count, 'annotation')} written to {printable_line(typed)}")

        hint = f"{_working_directory()}enter writes the file, esc does not"
        path = str(self._exporter.export_path())
        what = f"{pluralise(len(only), 'annotation')} as Markdown" if only else "as Markdown"
        await self._push(Prompt(f"Export {what} to", value=path, hint=hint, take=take))


def _working_directory() -> str:
    """Where a path without a directory leads, as a hint; nothing if it is gone."""
    try:
        return f"in {printable_line(str(Path.cwd()))}   "
    except OSError:
        return ""
