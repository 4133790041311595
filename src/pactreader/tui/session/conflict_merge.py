"""The merging of conflict files in the window, in a thread, while keys are handled."""

from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Final

from pactreader.core.errors import PactReaderError
from pactreader.core.printable_text import printable_line
from pactreader.tui.session.daemon_thread import run_in_daemon_thread

if TYPE_CHECKING:
    from pactreader.storage.library_merger import PreparedMerge
    from pactreader.storage.sync.merge_report import MergeResult
    from pactreader.tui.app import PactReaderApp

_INTERVAL: Final = 0.2
"""Seconds between two updates of the progress."""


class _StoppedError(Exception):
    """The user stopped the merge."""


class ConflictMerge:
    """The merging of the conflict files beside the library. Each is compared in a thread, and then saved at once."""

    def __init__(self, app: "PactReaderApp") -> None:
        self._app = app
        self._stopped: Event | None = None
        """Set to stop the merge that runs; `None` if none does."""
        self._progress = 0, 0
        """The number of compared records, and of all, of the present file."""

    @property
    def is_running(self) -> bool:
        """True while files are merged."""
        return self._stopped is not None

    def start(self) -> None:
        """Merge the files, and tell the user what was in them."""
        if not self.is_running:
            self._stopped = Event()
            self._app.run_worker(self._run(self._stopped), group="merge")

    def stop(self) -> None:
        """Stop merging. Files that were merged stay so, the others are left as they are."""
        if self._stopped:
            self._stopped.set()

    async def _run(self, stopped: Event) -> None:
        merger = self._app.session.library.merger
        timer = self._app.set_interval(_INTERVAL, self._show_progress)
        sentences: list[str] = []
        failed = False
        try:
            for path in merger.conflict_files():
                self._progress = 0, 0
                prepare = partial(
                    merger.prepare, path, merger.state(), on_progress=partial(self._note, stopped)
                )
                merged = self._save(await run_in_daemon_thread(prepare))
                sentences += [f"{printable_line(path.name)}: {merged.summary}", merged.notice]
        except _StoppedError:
            sentences.append("Stopped: the rest is not merged.")
        except PactReaderError as error:
            failed = True
            sentences.append(f"Not merged: {error.one_line}")
        finally:
            timer.stop()
            self._stopped = None
            self._app.reading_screen.title_bar.show_activity("")
        text = " ".join(filter(None, sentences))
        message = text or "There is no other copy of the library beside it."
        self._app.reading_screen.show_message(message, warning=failed)

    def _save(self, prepared: "PreparedMerge") -> "MergeResult":
        """Save a merge, and show what it changed in the open article.

        Raises:
            PactReaderError: It is not saved.
        """
        session = self._app.session
        try:
            merged = session.library.merger.save_conflict_file(prepared)
            if change := merged.changes.get(session.entry.id):
                session.notebook.apply(change)
        finally:
            session.library.notebooks.refresh(session.entry, session.notebook)
            self._app.reading_screen.show_notebook()
        return merged

    def _note(self, stopped: Event, done: int, total: int) -> None:
        """Note the progress in the thread, and end it if the user stopped it."""
        self._progress = done, total
        if stopped.is_set():
            raise _StoppedError

    def _show_progress(self) -> None:
        done, total = self._progress
        share = f" {100 * done // total} %" if total else ""
        key = self._app.keymap.key("let-go")
        self._app.reading_screen.title_bar.show_activity(f"merging{share} · {key} stops it")
