"""The save queue: requests for changes, retried in order until they are saved."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, ParamSpec

from textual.timer import Timer

from pactreader.core.errors import LockedError, NotSavedError
from pactreader.core.notebooks.changes import Change
from pactreader.core.wording import pluralise

if TYPE_CHECKING:
    from pactreader.tui.reading_screen import ReadingScreen
    from pactreader.tui.session.reading_session import ReadingSession

_P = ParamSpec("_P")
_LOCK_RETRY: Final = 0.25
"""Seconds until a save is retried while another process is writing the library."""
_DISK_RETRY: Final = 2.0
"""Seconds until a save is retried after the disk could not be written."""


class Request(NamedTuple):
    """A requested change, as a method of the notebook and its arguments.

    The method is called when the change is saved, as the notebook may have changed by then.
    """

    method: Callable[..., Change | None]
    arguments: tuple[Any, ...] = ()
    keywords: Mapping[str, Any] = MappingProxyType({})

    @property
    def subject(self) -> object:
        """The passage or annotation it is about: the first argument; without arguments, the method."""
        return self.arguments[0] if self.arguments else self.method

    def change(self) -> Change | None:
        """Call the method and return its change; `None` if there is nothing to do or the annotation is gone."""
        try:
            return self.method(*self.arguments, **self.keywords)
        except KeyError:
            return None


class SaveQueue:
    """The requests that are not saved yet. A newer request about the same subject replaces a queued one."""

    def __init__(self, session: "ReadingSession", screen: "ReadingScreen") -> None:
        self._session = session
        self._screen = screen
        self._queue: list[Request] = []
        self._title = ""
        """The title of the change that was last saved or tried, for messages."""
        self._timer: Timer | None = None
        self._typed_unsaved = False
        """True while a typed note or tags are not saved. They are in their dialog or a draft, not in the queue."""

    def __len__(self) -> int:
        """Return the number of queued requests."""
        return len(self._queue)

    @property
    def unsaved(self) -> int:
        """The number of unsaved changes: those in the queue, and one that is still in its dialog."""
        return len(self) + self._typed_unsaved

    def submit(
        self, method: Callable[_P, Change | None], *arguments: _P.args, **keywords: _P.kwargs
    ) -> Change | None:
        """Save the queue and then a request for a change, show the result, and tell the user if saving fails.

        Args:
            method: A method of the notebook that makes the change.
            *arguments: Its arguments, the subject first.
            **keywords: Its keyword arguments.

        Returns:
            The change as it was saved; `None` if there was nothing to do or it was not saved.
        """
        self.enqueue(Request(method, arguments, keywords))
        try:
            saved = self._save_all()
        except NotSavedError as error:
            self._report(error)
            return None
        self._screen.show_notebook()
        return saved[-1]

    def save_once(self, request: Callable[[], Change]) -> None:
        """Save and show the queue and then a change that the user did not make, which is not queued if that fails.

        Args:
            request: A function that makes the change.

        Raises:
            NotSavedError: It was not saved.
        """
        self._save_all()
        self._save(request())
        self._screen.show_notebook()

    def save_typed(self, change: Change) -> Change:
        """Save and show a change typed in a dialog. If that fails the dialog keeps it: it is not queued.

        Returns:
            The change as it was saved.

        Raises:
            NotSavedError: Nothing was saved or changed.
        """
        try:
            saved = self._save(change)
        except NotSavedError as error:
            self._session.event_log.warning("not saved", error)
            self._typed_unsaved = True
            self._screen.show_notebook()
            raise
        self._typed_unsaved = False
        self._discard_removals(edit.id for edit in saved.edits)
        self.retry_in_background()
        self._screen.show_notebook()
        return saved

    def mark_typed_saved(self) -> None:
        """Record that the text of the dialog is saved."""
        self._typed_unsaved = False

    def enqueue(self, request: Request) -> None:
        """Append a request, in place of a queued one about the same subject."""
        self.discard(request.subject)
        self._queue.append(request)

    def discard(self, subject: object) -> bool:
        """Remove the request about a subject, and return whether it was queued."""
        kept = [request for request in self._queue if request.subject != subject]
        was_queued = len(kept) < len(self._queue)
        self._queue = kept
        return was_queued

    def _discard_removals(self, annotation_ids: Iterable[str]) -> None:
        """Remove the requests to remove annotations that the user has written on since."""
        remove = self._session.notebook.remove
        for annotation_id in annotation_ids:
            removal = Request(remove, (annotation_id,))
            self._queue = [each for each in self._queue if each[:2] != removal[:2]]

    def discard_last(self) -> str:
        """Remove the newest request and return its title."""
        change = self._queue.pop().change()
        self._screen.show_notebook()
        return change.title if change else ""

    def retry(self) -> None:
        """Save the queue at the user's request, and report success or failure."""
        try:
            self._save_all()
        except NotSavedError as error:
            self._report(error)
        else:
            self._report_saved()

    def retry_in_background(self) -> None:
        """Save the queue without waiting for a lock; a disk that still cannot be written is not reported again."""
        self._timer = None
        if not self._queue:
            return
        try:
            with self._session.without_waiting():
                self._save_all()
        except LockedError as error:
            self._report(error)
        except NotSavedError as error:
            self._retry_later(error)
        else:
            self._report_saved()

    def flush(self) -> None:
        """Save the queue before quitting or switching articles.

        Raises:
            NotSavedError: Something was not saved; the message gives the number.
        """
        try:
            self._save_all()
        except NotSavedError as error:
            are = "is" if len(self) == 1 else "are"
            what = "A change" if len(self) == 1 else pluralise(len(self), "change")
            raise NotSavedError(f"{what} {are} not saved. {error.message}", error.hint) from error

    def _save_all(self) -> list[Change | None]:
        """Save the queue in order and return the changes, `None` for a request with nothing to do.

        Raises:
            NotSavedError: One was not saved; it and those after it stay in the queue.
        """
        saved: list[Change | None] = []
        while self._queue:
            change = self._queue[0].change()
            self._title = change.title if change else self._title
            saved.append(self._save(change) if change else None)
            del self._queue[0]
        return saved

    def _save(self, change: Change) -> Change:
        """Save a change to the library, then apply it to the notebook, and the changes of other windows too.

        Raises:
            NotSavedError: It was not saved, and the notebook is unchanged.
        """
        session = self._session
        if (
            change.edits
        ):  # an undo that skips every annotation is not saved, so that the library keeps the change
            change = session.library.save(session.entry, change)
        session.notebook.apply(change)
        session.refresh()
        return change

    def _report_saved(self) -> None:
        self._screen.show_notebook()
        self._screen.show_message(f"Saved: {self._title}.")

    def _report(self, error: NotSavedError) -> None:
        """Tell the user which change is not saved and why, and schedule a retry."""
        self._screen.show_notebook()
        if isinstance(error, LockedError):
            message = f"Waiting to {self._title}. {error.message}"
        else:
            self._session.event_log.warning("not saved", error)
            message = f"Not saved: {self._title}. {error.one_line} ctrl+s tries again."
        self._screen.show_message(message, warning=True)
        self._retry_later(error)

    def _retry_later(self, error: NotSavedError) -> None:
        if self._timer is None:
            seconds = _LOCK_RETRY if isinstance(error, LockedError) else _DISK_RETRY
            self._timer = self._screen.set_timer(seconds, self.retry_in_background)
