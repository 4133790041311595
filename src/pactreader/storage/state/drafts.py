"""Drafts: notes as they are being typed, and the files in which the user's own editor has them.

A draft is a file in the state directory, replaced whole. Unlike the rest there, it is the user's only copy: what
cannot be saved is reported, and a damaged draft is put aside, never deleted.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pactreader.core.annotation import timestamp
from pactreader.core.printable_text import printable, unix_line_ends
from pactreader.storage.journal.atomic_write import damaged_name, make_directory
from pactreader.storage.paths import Paths
from pactreader.storage.save_errors import not_saved
from pactreader.storage.schema.records import is_id
from pactreader.storage.state.state_files import parse_state, state_file_name, state_files, write_state

_EDITOR_SUFFIX: Final = ".md"
"""The suffix of the files for editors: notes are Markdown, and editors choose the highlighting by it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A note as it was being typed."""

    article: str
    """The id of the article's entry."""
    annotation: str
    """The id of the annotation; empty for a new note on the article."""
    note: str
    at: str
    """The time of the last change, UTC, ISO 8601."""


class Drafts:
    """The drafts of notes, at most one for each annotation and one for a new note on each article."""

    def __init__(self, paths: Paths, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._directory = paths.drafts
        self._now = now

    def get(self, article_id: str, annotation_id: str = "") -> Draft | None:
        """Return the draft of an annotation, or of a new note on the article. A damaged one is put aside."""
        return self._read(self._path(article_id, annotation_id))

    def for_article(self, article_id: str) -> list[Draft]:
        """Return every draft of an article, the oldest first."""
        found = [self._read(path) for path in state_files(self._directory)]
        drafts = [draft for draft in found if draft and draft.article == article_id]
        return sorted(drafts, key=lambda draft: draft.at)

    def save(self, draft: Draft) -> None:
        """Save a draft, synced on return.

        Raises:
            NotSavedError: It is not saved.
        """
        try:
            write_state(self._path(draft.article, draft.annotation), draft)
        except OSError as error:
            raise not_saved("The draft could not be kept", error, self._directory) from error

    def discard(self, article_id: str, annotation_id: str = "") -> None:
        """Remove a draft and its editor file, as the note is saved or given up.

        One that cannot be removed is offered again.
        """
        path = self._path(article_id, annotation_id)
        with suppress(OSError):
            path.unlink(missing_ok=True)
            path.with_suffix(_EDITOR_SUFFIX).unlink(missing_ok=True)

    def editor_file(self, article_id: str, annotation_id: str = "") -> Path:
        """Return the path of the file in which the user's own editor may have the note, in a directory that exists.

        The name is always the same, so an editor that crashed finds its own backup file beside it.

        Raises:
            NotSavedError: The directory cannot be created.
        """
        path = self._path(article_id, annotation_id).with_suffix(_EDITOR_SUFFIX)
        try:
            make_directory(path.parent)
        except OSError as error:
            raise not_saved("The draft could not be kept", error, self._directory) from error
        return path

    def recover_editor_files(self, article_id: str, *, saved_note: Callable[[str], str]) -> None:
        """Make drafts of the editor files that were left when PactReader was killed, and remove the files.

        A file that is older than the draft, or whose note is the draft's or the saved one, makes no draft.

        Args:
            article_id: The article.
            saved_note: Returns the saved note of an annotation by its id; empty if there is none.

        Raises:
            NotSavedError: A draft could not be saved; the file is still there.
        """
        for path in self._directory.glob(f"*{_EDITOR_SUFFIX}"):
            article, _, annotation = path.stem.partition(".")
            if article != article_id or (annotation and not is_id(annotation)):
                continue
            try:
                written_at = timestamp(datetime.fromtimestamp(path.stat().st_mtime, UTC))
                note = _as_typed(path.read_text("utf-8", errors="replace"))
            except OSError:
                continue
            draft = self.get(article, annotation)
            known, known_at = (draft.note, draft.at) if draft else (_as_typed(saved_note(annotation)), "")
            if note and note != known and written_at >= known_at:
                self.save(Draft(article, annotation, note, written_at))
            with suppress(OSError):
                path.unlink()

    def _path(self, article_id: str, annotation_id: str) -> Path:
        return self._directory / state_file_name(article_id, annotation_id)

    def _read(self, path: Path) -> Draft | None:
        try:
            draft = parse_state(Draft, path.read_bytes())
            if draft is None:
                path.rename(damaged_name(path, self._now()))
        except OSError:
            return None
        return draft


def _as_typed(note: str) -> str:
    """Return a note as the note editor would have it: with Unix line ends and without trailing white space."""
    return printable(unix_line_ends(note)).rstrip()
