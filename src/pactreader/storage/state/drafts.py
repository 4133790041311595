"""Drafts of notes, and the files for an external editor.

A draft is a file in the state directory that is replaced atomically. Unlike the other files there, it is the user's
only copy: a failed save raises an error, and a damaged draft is renamed, never deleted.
"""

from collections.abc import Callable, Collection, Container
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from pactreader.core.annotation import Anchor, timestamp
from pactreader.core.errors import NotSavedError
from pactreader.core.printable_text import printable, unix_line_ends
from pactreader.storage.journal.atomic_write import damaged_name, make_directory
from pactreader.storage.paths import Paths
from pactreader.storage.save_errors import not_saved
from pactreader.storage.schema.records import is_id
from pactreader.storage.state.state_files import parse_state, state_file_name, state_files, write_state

_EDITOR_SUFFIX: Final = ".md"
"""The suffix of the files for external editors, by which they recognise Markdown."""


class Draft(NamedTuple):
    """An unsaved note."""

    article: str
    """The id of the article's entry."""
    annotation: str
    """The id of the annotation; empty for a new note on the article."""
    note: str
    at: str
    """The time of the last change, UTC, ISO 8601."""
    label: str = ""
    """The id of the label of a highlight that is not saved, for which the note is; else empty."""
    anchor: Anchor | None = None
    """The anchor of that highlight."""


class Drafts:
    """The drafts of notes: at most one for each annotation, and one for a new note on each article."""

    def __init__(self, paths: Paths, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._directory = paths.drafts
        self._now = now

    def get(self, article_id: str, annotation_id: str = "") -> Draft | None:
        """Return the draft of an annotation or, without its id, of a new note on the article; `None` if there is none.

        A damaged draft is renamed.
        """
        return self._read(self._path(article_id, annotation_id))

    def for_article(self, article_id: str) -> list[Draft]:
        """Return all drafts of an article, the oldest first.

        A draft in a file of another name, such as the conflict file of a synchroniser, is moved to its own file. While
        there is one already, it waits for a later call.
        """
        drafts: list[Draft] = []
        for path in state_files(self._directory):
            draft = self._read(path)
            if draft and draft.article == article_id and (own := self._in_own_file(path, draft)):
                drafts.append(own)
        return sorted(drafts, key=lambda draft: draft.at)

    def adopt(self, article_id: str, former_ids: Collection[str], annotations: Container[str]) -> None:
        """Move drafts of other articles to an article that they belong to now. One that has a draft there already waits.

        Args:
            article_id: The id of the article.
            former_ids: The ids of articles that are a part of it now.
            annotations: The ids of its annotations; drafts on them may have the id of an article they were split from.
        """
        for path in state_files(self._directory):
            draft = self._read(path)
            if (
                draft
                and draft.article != article_id
                and (draft.article in former_ids or draft.annotation in annotations)
            ):
                self._in_own_file(path, draft._replace(article=article_id))

    def save(self, draft: Draft) -> None:
        """Save a draft, synced on return.

        Raises:
            NotSavedError: The draft is not saved.
        """
        try:
            write_state(self._path(draft.article, draft.annotation), draft)
        except OSError as error:
            raise not_saved("The draft could not be kept", error, self._directory) from error

    def discard(self, article_id: str, annotation_id: str = "") -> None:
        """Delete a draft and its editor file, if possible, after the note was saved or given up."""
        path = self._path(article_id, annotation_id)
        with suppress(OSError):
            path.unlink(missing_ok=True)
            path.with_suffix(_EDITOR_SUFFIX).unlink(missing_ok=True)

    def editor_file(self, article_id: str, annotation_id: str = "") -> Path:
        """Return the path of the note's file for an external editor, and create its directory.

        The path of a note is always the same, so that an editor can find its backup file after a crash.

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
        """Save the editor files that remain from a killed process as drafts, and delete the files.

        A file that is older than the draft, or has the same text as the draft or the saved note, is deleted only.

        Args:
            article_id: The id of the article.
            saved_note: A function from an annotation's id to its saved note, which is empty if there is none.

        Raises:
            NotSavedError: A draft could not be saved; its editor file is not deleted.
        """
        for path in self._directory.glob(f"*{_EDITOR_SUFFIX}"):
            article, _, annotation = path.stem.partition(".")
            if article != article_id or (annotation and not is_id(annotation)):
                continue
            try:
                written_at = timestamp(datetime.fromtimestamp(path.stat().st_mtime, UTC))
                note = _normalised(path.read_text("utf-8", errors="replace"))
            except OSError:
                continue
            draft = self.get(article, annotation)
            known, known_at = (draft.note, draft.at) if draft else (_normalised(saved_note(annotation)), "")
            if note and note != known and written_at >= known_at:
                self.save(
                    (draft or Draft(article, annotation, "", ""))._replace(note=note, at=written_at),
                )
            with suppress(OSError):
                path.unlink()

    def _in_own_file(self, path: Path, draft: Draft) -> Draft | None:
        """Return a draft after moving it to its own file; `None` if it stays in another one for now."""
        if draft.annotation and not is_id(draft.annotation):
            draft = draft._replace(annotation="")
        own_path = self._path(draft.article, draft.annotation)
        if path == own_path:
            return draft
        if own_path.exists():
            return None
        with suppress(NotSavedError, OSError):
            self.save(draft)
            path.unlink()
            return draft
        return None

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


def _normalised(note: str) -> str:
    """Return a note as the note editor has it: printable, with Unix line ends, without trailing white space."""
    return printable(unix_line_ends(note)).rstrip()
