"""One sitting with the library: the article that is read, its notebook, and what is kept of both."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.core.annotation import Anchor, timestamp
from pactreader.core.article import Article
from pactreader.core.errors import PactReaderError
from pactreader.core.notebook import Change, Notebook
from pactreader.core.printable_text import printable_line
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.reading_state import Draft, ReadingPosition, ReadingState, WindowState
from pactreader.storage.schema.records import ArticleEntry

if TYPE_CHECKING:
    from pactreader.core.query import Query
    from pactreader.tui.dialogs.library_browser import ArticleSummary, LibraryNote

_PATIENCE: Final = 0.3
"""Seconds that the screen stands still for another process that is writing; then the reader is told."""
_AT_ONCE: Final = 300_000
"""Bytes of a library that the first frame waits for: some five hundred annotations, a few milliseconds."""

OpenArticle = Callable[[ArticleEntry, Library], Article]
"""Reads the article of an entry, or raises PactReaderError."""


class Opened(NamedTuple):
    """An article of the library that can be turned to."""

    entry: ArticleEntry
    notebook: Notebook


class ReadingSession:
    """The only one on the screen that saves."""

    def __init__(self, *, paths: Paths, library: Library, article: Article, open_entry: OpenArticle) -> None:
        """Args:
        paths: Where the desk is.
        library: Where the notebook is; it stays open.
        article: What is read first.
        open_entry: Reads another article.

        Raises:
            PactReaderError: The library cannot be read.
        """
        self._paths = paths
        self._library = library
        self._open_entry = open_entry
        self._reading_state = ReadingState(paths)
        self.notebook = library.empty_notebook(article)
        """The article and what is known of it."""
        self._entry: ArticleEntry | None = None
        self._lately = self._reading_state.lately_read(article.source)
        if self._lately is None or _size(paths.library) <= _AT_ONCE:
            self.load()
        self._window = self._reading_state.window()

    @property
    def loaded(self) -> bool:
        """Whether the notebook holds its annotations.

        Those in a large library come right after the first frame, if the place in the article is known without it.
        """
        return self._entry is not None

    @property
    def entry(self) -> ArticleEntry:
        """The article in the library, once the notebook is loaded."""
        assert self._entry is not None
        return self._entry

    @property
    def article_title(self) -> str:
        """What the article is called."""
        return self._entry.called if self._entry else self.notebook.article.title

    @property
    def reading(self) -> ReadingPosition | None:
        """Where the reader left off in the article; `None` if that is not known."""
        return self._reading_state.reading(self._entry.id) if self._entry else self._lately

    @property
    def window(self) -> WindowState:
        """How the window looked last."""
        return self._window

    def load(self) -> None:
        """Have the notebook hold its annotations.

        Raises:
            PactReaderError: The library cannot be read.
        """
        entry = self._library.entry_for(self.notebook.article)
        self._library.load(entry, self.notebook)
        self._library.patience = _PATIENCE
        self._entry = entry

    def read_other(self, article_id: str) -> Opened:
        """Have another article of the library ready, with its notebook.

        Raises:
            PactReaderError: It cannot be read.
        """
        article = self._open_entry(self._library.find(article_id), self._library)
        notebook = self._library.empty_notebook(article)
        entry = self._library.entry_for(article)
        self._library.load(entry, notebook)
        return Opened(entry, notebook)

    def turn_to(self, opened: Opened) -> None:
        """Have another article in the place of this one."""
        self._entry, self.notebook = opened

    # Annotations

    def save(self, change: Change) -> Change:
        """Put a change on the disk, then take it into the notebook, with what has come from elsewhere.

        Returns:
            The change as it was saved.

        Raises:
            NotSavedError: It is not on the disk, and the notebook is as it was.
        """
        if not change.edits:  # an undo that leaves everything alone: what it would undo stays on record
            self.notebook.apply(change)
            return change
        saved = self._library.save(self.entry, change)
        self.notebook.apply(saved)
        with suppress(PactReaderError):  # what cannot be read now is said when it is looked for
            self._library.refresh(self.entry, self.notebook)
        return saved

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Wait for nobody, for a while."""
        self._library.patience = 0
        try:
            yield
        finally:
            self._library.patience = _PATIENCE

    def ensure_saved(self) -> None:
        """See that all that was saved is in the file, also if somebody took that away.

        Raises:
            NotSavedError: It is not.
        """
        if self.loaded:
            self._library.ensure_saved()

    def merge_copies(self) -> str:
        """Bring in the copies that lie beside the library.

        Returns:
            What came of it, in a sentence or two.

        Raises:
            PactReaderError: One of them is not merged. Those before it are.
        """
        said = []
        if not self._library.copies():
            return "There is no other copy of the library beside it."
        try:
            for path, merged in self._library.merge_copies():
                said += [f"{printable_line(path.name)}: {merged.in_words}", merged.notice]
                if change := merged.changes.get(self.entry.id):
                    self.notebook.apply(change)
        finally:
            self._library.refresh(self.entry, self.notebook)
        return " ".join(filter(None, said))

    # The desk

    def draft(self, annotation_id: str) -> str | None:
        """What was being typed on an annotation, or as a new note on the article."""
        draft = self._reading_state.draft(self.entry.id, annotation_id)
        return draft.note if draft else None

    def take_from_editors(self) -> None:
        """Make drafts of what editors had written when PactReader was killed.

        Raises:
            NotSavedError: One could not be kept; what the editor wrote is still where it put it.
        """
        notes = self.notebook
        self._reading_state.take_from_editors(
            self.entry.id, saved=lambda each: notes[each].note if each in notes else ""
        )

    def unfinished(self) -> str | None:
        """What was being typed when PactReader stopped: the oldest draft.

        Returns:
            The id of its annotation; empty for a new note on the article, `None` if there is no draft.

        Raises:
            NotSavedError: It has no annotation any more, and could not be made a new note.
        """
        draft = next(iter(self._reading_state.drafts(self.entry.id)), None)
        if draft is None:
            return None
        if draft.annotation and draft.annotation not in self.notebook:
            self.keep_draft("", draft.note)
            self.drop_draft(draft.annotation)
            return ""
        return draft.annotation

    def keep_draft(self, annotation_id: str, note: str) -> None:
        """Keep what is being typed.

        Raises:
            NotSavedError: It is not kept.
        """
        self._reading_state.keep_draft(
            Draft(self.entry.id, annotation_id, note, timestamp(datetime.now(UTC)))
        )

    def drop_draft(self, annotation_id: str) -> None:
        """Forget a draft whose note is saved."""
        self._reading_state.drop_draft(self.entry.id, annotation_id)

    def editor_file(self, annotation_id: str) -> Path:
        """Where the reader's own editor may have what is being typed.

        Raises:
            NotSavedError: There is no place for it.
        """
        return self._reading_state.editor_file(self.entry.id, annotation_id)

    def bookmarks(self) -> dict[str, Anchor]:
        """The bookmarks in this article, by their letters."""
        return self._reading_state.bookmarks(self.entry.id)

    def keep_bookmarks(self, bookmarks: Mapping[str, Anchor]) -> None:
        """Keep the bookmarks in this article.

        Raises:
            NotSavedError: They are not kept.
        """
        self._reading_state.keep_bookmarks(self.entry.id, bookmarks)

    def keep_reading(self, *, top: int, caret: int, progress: float) -> None:
        """Keep where the reader is.

        Args:
            top: The offset at the window's top line, in code points.
            caret: The caret's offset, in code points.
            progress: How much was read, from 0 to 1.
        """
        source, now = self.notebook.article.source, timestamp(datetime.now(UTC))
        self._reading_state.keep_reading(ReadingPosition(self.entry.id, source, top, caret, progress, now))

    def keep_window(self, window: WindowState) -> None:
        """Keep how the window looks."""
        if window != self._window:
            self._window = window
            self._reading_state.keep_window(window)

    # The library

    def articles(self) -> "list[ArticleSummary]":
        """Every article of the library, also those forgotten.

        Raises:
            PactReaderError: It cannot be read.
        """
        from pactreader.tui.dialogs.library_browser import ArticleSummary  # noqa: PLC0415 - not for the first frame

        counts, readings = self._library.highlight_counts(), self._reading_state.readings()
        return [
            ArticleSummary(
                entry.id,
                entry.called,
                entry.source,
                counts[entry.id],
                readings[entry.id].progress if entry.id in readings else None,
                readings[entry.id].read_at if entry.id in readings else "",
                bool(entry.forgotten),
            )
            for forgotten in (False, True)
            for entry in self._library.articles(forgotten=forgotten)
        ]

    def index_notes(self) -> Iterator[None]:
        """Have every note of the library ready to be searched, bit by bit."""
        return self._library.index_notes()

    def search_notes(self, query: "Query") -> "Iterator[LibraryNote]":
        """The notes of the library that a query finds."""
        from pactreader.tui.dialogs.library_browser import LibraryNote  # noqa: PLC0415 - not for the first frame

        found = self._library.search_notes(query)
        return (LibraryNote(one.entry.id, one.entry.called, one.annotation) for one in found)

    def rename_article(self, article_id: str, name: str) -> None:
        """Have an article called something else; nothing typed, by its own title.

        Raises:
            PactReaderError: It is called as before.
        """
        renamed = self._library.rename(article_id, name)
        if renamed.id == self.entry.id:
            self._entry = renamed

    def forget_article(self, article_id: str, *, forgotten: bool) -> None:
        """Show an article no more, or again.

        Raises:
            PactReaderError: That is not done.
        """
        if not forgotten:
            self._library.unarchive(article_id)
        elif article_id == self.entry.id:
            raise PactReaderError("This is the article that you are reading.", "Open another one first.")
        else:
            self._library.archive(article_id)

    # What goes out

    def export_path(self) -> Path:
        """Where an export goes unless the reader says otherwise: a file in the working directory."""
        from pactreader.formats.writers.markdown_writer import export_name  # noqa: PLC0415 - not for the first frame

        return Path(export_name(self.notebook.article.title))

    def export(self, typed: str, *, only: Collection[str] = (), replace: bool) -> int:
        """Write the notebook as Markdown, whole or not at all.

        Args:
            typed: The path, as the reader typed it.
            only: The ids of the annotations that are wanted; none for all.
            replace: Whether a file of that name may be replaced.

        Returns:
            How many annotations were written.

        Raises:
            FileExistsError: There is a file of that name, which may not be replaced.
            PactReaderError: The file cannot be written.
        """
        from pactreader.formats.writers.markdown_writer import write_markdown  # noqa: PLC0415 - not for the first frame
        from pactreader.storage.journal.atomic_write import atomic_write  # noqa: PLC0415

        markdown = write_markdown(
            self.notebook, article_id=self.entry.id, exported=datetime.now(UTC), only=only
        )
        try:
            path = Path(typed).expanduser()
            if path.is_dir():
                raise PactReaderError("That is a directory.", "A file in it needs a name.")
            if replace or not path.exists():
                atomic_write(path, markdown.encode(), mode=self._paths.mode_for(path))
                return len(only) or len(self.notebook)
        except (OSError, RuntimeError) as error:  # the latter: a home directory that nobody has
            why = getattr(error, "strerror", None) or str(error)
            raise PactReaderError(f"It could not be written: {why}.", "Try another place.") from error
        raise FileExistsError(typed)


def _size(path: Path) -> int:
    """The bytes of a file; 0 if there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
