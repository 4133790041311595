"""The reading session: the open article with its notebook, and their storage."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.core.annotation import Anchor, Annotation, timestamp
from pactreader.core.article import Article
from pactreader.core.errors import NotSavedError, PactReaderError
from pactreader.storage.library import Library
from pactreader.storage.state.reading_state import ReadingPosition, ReadingState, WindowState

if TYPE_CHECKING:
    from pactreader.core.anchoring.locator import Locator
    from pactreader.core.fetched_page import FetchedPage
    from pactreader.core.notebooks.embedded_import import EmbeddedImport
    from pactreader.core.notebooks.notebook import Notebook
    from pactreader.storage.event_log import EventLog
    from pactreader.storage.paths import Paths
    from pactreader.storage.schema.records import ArticleEntry
    from pactreader.storage.state.drafts import Draft, Drafts
    from pactreader.tui.session.open_identity import OpenIdentity
    from pactreader.tui.session.reload.article_reload import ReloadedArticle

_LOCK_TIMEOUT: Final = 0.3
"""Seconds that a save waits for another process that is writing, while the screen is frozen."""
_SMALL_LIBRARY: Final = 300_000
"""Bytes up to which a library is loaded while keys wait: some five hundred annotations in a few milliseconds."""

OpenArticle = Callable[["ArticleEntry", Library], Article]
"""A function that reads the article of an entry, or raises PactReaderError."""


class SourceReaders(NamedTuple):
    """Functions that read an article in the way in which it was read before. They raise PactReaderError."""

    read_file: Callable[[str, Library], Article]
    """Reads the file at a path."""
    read_page: Callable[["FetchedPage", Library], Article]
    """Reads a page that was just fetched."""


class LoadedNotebook(NamedTuple):
    """The article of the library that an opened one is, and a notebook with its annotations."""

    entry: "ArticleEntry"
    is_identified: bool
    """False if the article has to be compared with those of the library."""
    notebook: "Notebook"


class OpenedArticle(NamedTuple):
    """An article of the library with its notebook loaded, to switch to."""

    entry: "ArticleEntry"
    notebook: "Notebook"
    text_changed: bool
    """True if its text differs from the one that was read last."""
    is_identified: bool
    """False if the article has to be compared with those of the library."""


class ReadingSession:
    """The open article with its notebook, the library and the reading state."""

    def __init__(
        self, *, paths: "Paths", library: Library, article: Article, open_article: OpenArticle
    ) -> None:
        """Open an article; its notebook is empty until it is loaded.

        Args:
            paths: The directories of the reading state.
            library: The open library; the caller closes it.
            article: The first article.
            open_article: A function that reads another article.
        """
        self.paths = paths
        self.library = library
        self._open_article = open_article
        self.reading_state = ReadingState(paths)
        self.notebook = library.empty_notebook(article)
        """The notebook of the open article."""
        self._entry: ArticleEntry | None = None
        self.text_changed = False
        """True if the text differs from the one that was read last."""
        self.is_identified = False
        """True once it is certain which article of the library the open one is, or that only the user can tell."""
        self._loading = Lock()
        """Held while the notebook is loaded."""
        self._prepared: LoadedNotebook | None = None
        """The notebook that was loaded, until it is shown."""
        self._recent_position = self.reading_state.recent_position(article.source)
        self._window = self.reading_state.window()

    @cached_property
    def drafts(self) -> "Drafts":
        """The drafts of notes."""
        from pactreader.storage.state.drafts import Drafts

        return Drafts(self.paths)

    @cached_property
    def event_log(self) -> "EventLog":
        """The log of warnings and faults."""
        from pactreader.storage.event_log import EventLog

        return EventLog(self.paths.log_file)

    @cached_property
    def identity(self) -> "OpenIdentity":
        """The identity of the open article."""
        from pactreader.tui.session.open_identity import OpenIdentity

        return OpenIdentity(self)

    @property
    def loaded(self) -> bool:
        """True once the notebook has its annotations, which it gets after the first frame."""
        return self._entry is not None

    @property
    def is_quickly_loaded(self) -> bool:
        """True if the library is so small that a key can wait until it is loaded."""
        return _size(self.paths.library) <= _SMALL_LIBRARY

    @property
    def entry(self) -> "ArticleEntry":
        """The open article's entry in the library. It must not be used before the notebook is loaded."""
        assert self._entry is not None
        return self._entry

    @property
    def _known_id(self) -> str:
        """The id of the open article; while the notebook is not loaded, that under which its position was stored."""
        if self._entry:
            return self._entry.id
        return self._recent_position.article if self._recent_position else ""

    @property
    def article_title(self) -> str:
        """The title of the open article, or the name that the user gave it."""
        return self._entry.display_title if self._entry else self.notebook.article.title

    @property
    def locator(self) -> "Locator":
        """The finder of passages in the open article's text, also while the notebook is not loaded."""
        from pactreader.core.anchoring.locator import Locator
        from pactreader.storage.texts.text_store import StoredTexts

        if self.loaded:
            return self.notebook.locator
        article = self.notebook.article
        return Locator(
            article.text, StoredTexts(self.paths.texts), known_hash=lambda: article.known_text_hash
        )

    @property
    def position(self) -> ReadingPosition | None:
        """The stored position in the open article; `None` if there is none."""
        if self._entry is None:
            return self._recent_position
        # The article may have another id since it was joined, or merged from another computer.
        return next(filter(None, map(self.reading_state.position, self.library.ids_of(self._entry.id))), None)

    @property
    def window(self) -> WindowState:
        """The stored state of the window."""
        return self._window

    def load(self) -> None:
        """Load the annotations into the notebook. Those whose text has changed are pending then.

        Raises:
            PactReaderError: The library cannot be read.
        """
        self.take(self.prepare())

    def prepare(self) -> LoadedNotebook:
        """Identify the open article and load its annotations, without showing them: in any thread, which has the library
        until then.

        Raises:
            PactReaderError: The library cannot be read.
        """
        with self._loading:
            if self._prepared is None:
                article = self.notebook.article
                self.library.read_packed()
                entry, is_identified = self.library.identity.identify(article)
                notebook = self._loaded_notebook(entry, article)
                self._prepared = LoadedNotebook(entry, is_identified, notebook)
            return self._prepared

    def take(self, loaded: LoadedNotebook) -> None:
        """Show the annotations that were loaded. Those whose text has changed are pending then."""
        self.is_identified = loaded.is_identified
        self._take_notebook(loaded.entry, loaded.notebook)
        self.library.lock_timeout = _LOCK_TIMEOUT
        self._prepared = None

    def loaded_notebook(self) -> "Notebook":
        """Return the notebook, which is loaded now if the user quit before that.

        Raises:
            PactReaderError: The library cannot be read.
        """
        if not self.loaded:
            self.load()
        return self.notebook

    def load_as(self, entry: "ArticleEntry") -> None:
        """Load the annotations of an article of the library into the notebook. They may be pending then.

        Raises:
            PactReaderError: The library cannot be read.
        """
        self._take_notebook(entry, self._loaded_notebook(entry, self.notebook.article))

    def _loaded_notebook(self, entry: "ArticleEntry", article: Article) -> "Notebook":
        notebook = self.library.empty_notebook(article)
        self.library.notebooks.load(entry, notebook)
        return notebook

    def _take_notebook(self, entry: "ArticleEntry", loaded: "Notebook") -> None:
        self.notebook.become(loaded)
        self.library.notebooks.follow(self.notebook, loaded)
        self.text_changed = self.has_changed(entry)
        self._entry = entry

    def take_as(self, entry: "ArticleEntry") -> bool:
        """Take the open article as another one of the library, and return whether its notebook was loaded anew.

        Raises:
            PactReaderError: The library cannot be read.
        """
        is_other = entry.id != self.entry.id
        if is_other:
            self.load_as(entry)
        self.text_changed = self.has_changed(entry)
        self._entry = entry
        return is_other

    def has_changed(self, entry: "ArticleEntry") -> bool:
        """Return whether the text of an entry differs from the one that was read last."""
        return self.library.saved_text_hash(entry) not in {"", entry.text_hash}

    def open_other(self, article_id: str) -> OpenedArticle:
        """Read another article of the library and load its notebook.

        Raises:
            PactReaderError: It cannot be read.
        """
        chosen = self.library.find(article_id)
        return self.with_notebook(self._open_article(chosen, self.library), chosen)

    def with_notebook(self, article: Article, chosen: "ArticleEntry | None" = None) -> OpenedArticle:
        """Load the notebook of another article.

        Args:
            article: The article.
            chosen: Its entry, if the user chose it in the library; `None` if its source was opened.

        Raises:
            PactReaderError: The library cannot be read.
        """
        entry, is_identified = self.library.identity.identify(article, chosen)
        notebook = self.library.empty_notebook(article)
        self.library.notebooks.load(entry, notebook)
        return OpenedArticle(entry, notebook, self.has_changed(entry), is_identified)

    def switch_to(self, opened: OpenedArticle) -> None:
        """Make another article the open one."""
        self._entry, self.notebook, self.text_changed, self.is_identified = opened

    def take_in(self, reloaded: "ReloadedArticle") -> None:
        """Make another version of the open article the open one. Annotations may be pending after it.

        If the former one was only its beginning, it has to be identified after it. Another way of reading is the same article. A text that is no edited version, or known to be another article's, may be another article, which has to be
        found out as when a file is opened.

        Raises:
            PactReaderError: The library cannot be read. The former version is still the open one.
        """
        article, identity = reloaded.article, self.library.identity
        if reloaded.is_completion:
            self._take_in_whole(reloaded)
            return
        if reloaded.is_other_reading or identity.is_version(
            article, self.entry, is_edited=reloaded.is_edited
        ):
            entry = identity.read_again(article, self.entry)
        else:
            entry, self.is_identified = identity.identify(article)
        self.notebook.change_article(article, reloaded.locator)
        self.take_as(entry)

    def _take_in_whole(self, reloaded: "ReloadedArticle") -> None:
        """Make the whole of an article, whose beginning is open, the open one.

        What was marked meanwhile gets anchors in the whole text. If these cannot be saved, they are found by their words.
        """
        from pactreader.core.notebooks.redescription import Redescription

        notebook, article = self.notebook, reloaded.article
        notebook.change_article(article, reloaded.locator)
        redescription = notebook.redescription(reloaded.place_anchors(notebook.anchors_without_hash))
        with suppress(NotSavedError):
            if redescription != Redescription():
                self.library.save_redescription(redescription)
                notebook.apply_redescription(redescription)
        with suppress(PactReaderError):  # it is told once the article is compared with the others
            entry, self.is_identified = self.library.identity.identify_whole(article, self.entry)
            self.take_as(entry)

    def keep_beginning(self) -> None:
        """Save the entry of an article whose text is not whole, as it is closed. A failure is ignored."""
        with suppress(PactReaderError), self.without_waiting():
            self.library.register(self.entry, self.notebook.article)

    def renew(self, article: Article) -> None:
        """Keep an article that was read or fetched anew in place of the open one, whose text it has.

        Raises:
            PactReaderError: It could not be kept; the former one still is.
        """
        if self.is_identified:
            self._entry = self.library.identity.read_again(article, self.entry)
            self.notebook.article = article
            self.library.register(self.entry, article)

    # Annotations

    def new_embedded(self) -> "EmbeddedImport":
        """Return the annotations in the file of the open article that were never taken in.

        Raises:
            PactReaderError: The library cannot be read.
        """
        from pactreader.core.notebooks.embedded_import import find_new

        self.library.notebooks.refresh(self.entry, self.notebook)
        known = self.library.origins(self.entry.id)
        return find_new(self.notebook.article.embedded, self.notebook, known)

    def refresh(self) -> None:
        """Apply the changes of other windows. The library monitor reports a file that cannot be read."""
        with suppress(PactReaderError):
            self.library.notebooks.refresh(self.entry, self.notebook)

    @contextmanager
    def without_waiting(self) -> Iterator[None]:
        """Make saves in a block fail at once, without waiting, if another process holds the library's lock."""
        self.library.lock_timeout = 0
        try:
            yield
        finally:
            self.library.lock_timeout = _LOCK_TIMEOUT

    def ensure_saved(self) -> None:
        """Write the library again if its file lacks what was saved.

        Raises:
            NotSavedError: It cannot be written.
        """
        if self.loaded:
            self.library.ensure_saved()

    def rename_article(self, article_id: str, name: str) -> None:
        """Rename an article; an empty name restores its own title.

        Raises:
            PactReaderError: The name could not be saved, and is unchanged.
        """
        renamed = self.library.rename(article_id, name)
        if renamed.id == self.entry.id:
            self._entry = renamed

    def archive_article(self, article_id: str) -> None:
        """Archive an article, so that lists leave it out.

        Raises:
            PactReaderError: It is the open one, or that could not be saved; it is still listed.
        """
        if article_id == self.entry.id:
            raise PactReaderError("This is the article that you are reading.", "Open another one first.")
        self.library.archive(article_id)

    # Reading state and drafts

    def adopt_state(self) -> None:
        """Take over the bookmarks and drafts that were saved for other ids of the open article.

        It had another id if it was joined in another window or on another computer, or if a crash came before it was
        known which article it is.

        Raises:
            NotSavedError: Something could not be saved; it is where it was.
        """
        article_id = self.entry.id
        aliases = [one for one in self.library.ids_of(article_id) if one != article_id]
        self.identity.adopt_bookmarks(aliases)
        for alias in aliases:
            self.reading_state.discard_bookmarks(alias)
            self._recover_editor_files(alias)
        self.drafts.adopt(article_id, aliases, self.notebook)

    def recover_editor_files(self) -> None:
        """Turn the files that external editors have left after a crash into drafts.

        Raises:
            NotSavedError: A draft could not be saved; the editor's file is kept.
        """
        self._recover_editor_files(self.entry.id)

    def _recover_editor_files(self, article_id: str) -> None:
        notebook = self.notebook
        self.drafts.recover_editor_files(
            article_id, saved_note=lambda each: notebook[each].note if each in notebook else ""
        )

    def unfinished_note(self) -> "Draft | None":
        """Return the oldest draft; `None` if there is none.

        It is on an annotation of the notebook, on a highlight that was not saved, or a new note on the article. A draft
        on an annotation that is another article's now is left for that one.

        Raises:
            NotSavedError: The draft's annotation is gone, and saving the draft for a new note failed.
        """
        drafts = self.drafts.for_article(self.entry.id)
        draft = next((one for one in drafts if not self._is_elsewhere(one.annotation)), None)
        if draft is None or not draft.annotation or draft.annotation in self.notebook or draft.anchor:
            return draft
        waiting = self.drafts.get(self.entry.id)
        if waiting:  # it is offered first, and this one later
            return waiting
        return self.move_draft(draft, "")

    def _is_elsewhere(self, annotation_id: str) -> bool:
        """Return whether an annotation is in the notebook of another article."""
        return annotation_id not in self.notebook and self.library.has_annotation(annotation_id)

    def move_draft(self, draft: "Draft", annotation_id: str) -> "Draft":
        """Save a draft for another annotation, or with an empty id for a new note on the article, and return it.

        Raises:
            NotSavedError: It was not saved; the draft is where it was.
        """
        moved = draft._replace(annotation=annotation_id, label="", anchor=None)
        self.drafts.save(moved)
        self.drafts.discard(self.entry.id, draft.annotation)
        return moved

    def save_draft(self, annotation_id: str, note: str, unsaved: Annotation | None = None) -> None:
        """Save the text of the note editor as a draft.

        Args:
            annotation_id: The id of the annotation; empty for a new note on the article.
            note: The text.
            unsaved: The annotation, if it is a highlight that the library does not have; the draft keeps its passage.

        Raises:
            NotSavedError: It was not saved.
        """
        from pactreader.storage.state.drafts import Draft

        label, anchor = (unsaved.label, unsaved.anchor) if unsaved else ("", None)
        now = timestamp(datetime.now(UTC))
        self.drafts.save(Draft(self.entry.id, annotation_id, note, now, label, anchor))

    def save_position(self, *, top: int, caret: int, progress: float) -> None:
        """Store the position in the open article, if it is known which one of the library it is.

        Args:
            top: The offset at the window's top line, in code points.
            caret: The caret's offset, in code points.
            progress: The share that was read, from 0 to 1.
        """
        from pactreader.core.text_positions import describe_position

        article_id = self._known_id
        if not article_id:
            return
        article, now = self.notebook.article, timestamp(datetime.now(UTC))
        anchors: tuple[Anchor | None, Anchor | None] = None, None
        if self.library.kept.keeps_text(article):  # else its words are not kept either
            anchors = describe_position(article, top), describe_position(article, caret)
        self.reading_state.save_position(
            ReadingPosition(article_id, article.source, top, caret, progress, now, *anchors, *article.options)
        )

    def save_window(self, window: WindowState) -> None:
        """Store the state of the window, if it changed."""
        if window != self._window:
            self._window = window
            self.reading_state.save_window(window)


def _size(path: Path) -> int:
    """Return the size of a file in bytes; 0 if there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
