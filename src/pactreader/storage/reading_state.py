"""The reader's desk: where each article lies open, its bookmarks, how the window looks, and drafts of notes being typed.

Each is a small file of its own in the state directory, replaced whole. Places and the window may be lost
without harm: what is damaged is ignored, and what cannot be written is let go. Drafts may not.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from heapq import nlargest
from pathlib import Path
from typing import Any, Final, TypeVar

from pactreader.core.annotation import Anchor, timestamp
from pactreader.core.printable_text import printable, unix_line_ends
from pactreader.storage.journal.atomic_write import atomic_write, damaged_name, make_directory
from pactreader.storage.paths import Paths
from pactreader.storage.save_errors import not_saved
from pactreader.storage.schema.records import is_id

_EDITED: Final = ".md"
"""The ending of what an editor has: notes are Markdown, and editors show a text as what it is called."""
_NEWEST: Final = 16
"""Files asked which article was read last: their times on the disk may be a little wrong, not a lot."""


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """How far an article was read."""

    article: str
    """The id of its entry."""
    source: str
    """Its source, as in `Article`."""
    top: int
    """The offset of the text at the window's top line, in code points."""
    caret: int
    """The caret's offset, in code points."""
    progress: float
    """How much was read, from 0 to 1."""
    read_at: str
    """UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class WindowState:
    """How the window looked."""

    theme: str = ""
    """The name of the theme; empty if none was chosen."""
    panel: bool = True
    """Whether the notes stood beside the article."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A note that was being typed."""

    article: str
    """The id of the article's entry."""
    annotation: str
    """The id of the annotation; empty for a new note on the article."""
    note: str
    at: str
    """UTC, ISO 8601."""


_ACCEPTED: Final[dict[Any, type | tuple[type, ...]]] = {str: str, int: int, bool: bool, float: (int, float)}
"""What JSON may hold for each type of field."""

_Kept = TypeVar("_Kept", ReadingPosition, WindowState, Draft)


class ReadingState:
    """What lies on the desk, in the state directory. Every id is that of an entry or an annotation."""

    def __init__(self, paths: Paths, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Args:
        paths: Where it is.
        now: The clock, for the names of damaged drafts.
        """
        self._readings = paths.readings
        self._bookmarks = paths.bookmarks
        self._drafts = paths.drafts
        self._window = paths.window
        self._now = now

    # Places

    def reading(self, article_id: str) -> ReadingPosition | None:
        """How far an article was read; `None` if that is not known."""
        return _read(ReadingPosition, self._readings / _name(article_id))

    def readings(self) -> dict[str, ReadingPosition]:
        """How far every article was read, by the articles' ids."""
        found = (_read(ReadingPosition, path) for path in _files(self._readings))
        return {reading.article: reading for reading in found if reading}

    def last_read(self) -> str | None:
        """The id of the article that was read last."""
        found = self._newest()
        return max(found, key=lambda reading: reading.read_at).article if found else None

    def lately_read(self, source: str) -> ReadingPosition | None:
        """How far the article of a source was read, if it is among those read lately: the library is not asked."""
        return next((reading for reading in self._newest() if reading.source == source), None)

    def _newest(self) -> list[ReadingPosition]:
        paths = nlargest(_NEWEST, _files(self._readings), key=_modified)
        return [reading for path in paths if (reading := _read(ReadingPosition, path))]

    def keep_reading(self, reading: ReadingPosition) -> None:
        """Remember how far an article was read."""
        with suppress(OSError):
            _write(self._readings / _name(reading.article), reading)

    # Bookmarks

    def bookmarks(self, article_id: str) -> dict[str, Anchor]:
        """The sentences that letters were put on, by those; a bookmark that is damaged is left out."""
        try:
            found: Any = json.loads((self._bookmarks / _name(article_id)).read_bytes())
            return {letter: Anchor(*fields) for letter, fields in found.items() if _is_anchor(fields)}
        except (OSError, ValueError, AttributeError, RecursionError):
            return {}

    def keep_bookmarks(self, article_id: str, bookmarks: Mapping[str, Anchor]) -> None:
        """Have the bookmarks in an article on the disk.

        Raises:
            NotSavedError: They are not.
        """
        path = self._bookmarks / _name(article_id)
        try:
            make_directory(path.parent)
            atomic_write(path, json.dumps(bookmarks).encode("ascii"))
        except OSError as error:
            raise not_saved("The bookmark could not be kept", error, path) from error

    # The window

    def window(self) -> WindowState:
        """How the window looked last."""
        return _read(WindowState, self._window) or WindowState()

    def keep_window(self, window: WindowState) -> None:
        """Remember how the window looks."""
        with suppress(OSError):
            _write(self._window, window)

    # Drafts

    def draft(self, article_id: str, annotation_id: str = "") -> Draft | None:
        """What was being typed on an annotation, or as a new note on the article. A damaged draft is put aside."""
        return self._read_draft(self._drafts / _name(article_id, annotation_id))

    def drafts(self, article_id: str) -> list[Draft]:
        """Everything that was being typed on an article, the oldest first."""
        found = [self._read_draft(path) for path in _files(self._drafts)]
        return sorted(
            (draft for draft in found if draft and draft.article == article_id), key=lambda draft: draft.at
        )

    def keep_draft(self, draft: Draft) -> None:
        """Have a draft on the disk, synced on return.

        Raises:
            NotSavedError: It is not.
        """
        try:
            _write(self._drafts / _name(draft.article, draft.annotation), draft)
        except OSError as error:
            raise not_saved("The draft could not be kept", error, self._drafts) from error

    def drop_draft(self, article_id: str, annotation_id: str = "") -> None:
        """Forget a draft, as its note is saved or given up. One that stays is offered again, no worse."""
        path = self._drafts / _name(article_id, annotation_id)
        with suppress(OSError):
            path.unlink(missing_ok=True)
            path.with_suffix(_EDITED).unlink(missing_ok=True)

    def editor_file(self, article_id: str, annotation_id: str = "") -> Path:
        """Where the reader's own editor may have what is being typed on an annotation, or as a new note.

        The name is always the same, so an editor that crashed finds there what it had put beside the file.

        Raises:
            NotSavedError: There is no directory for it.
        """
        path = (self._drafts / _name(article_id, annotation_id)).with_suffix(_EDITED)
        try:
            make_directory(path.parent)
        except OSError as error:
            raise not_saved("The draft could not be kept", error, self._drafts) from error
        return path

    def take_from_editors(self, article_id: str, *, saved: Callable[[str], str]) -> None:
        """Make drafts of what editors had written when PactReader was killed, and remove their files.

        What is older than the draft, or no other than it or the saved note, is not taken.

        Args:
            article_id: The article.
            saved: The note of an annotation as it is saved; empty if there is none.

        Raises:
            NotSavedError: A draft could not be kept; the file is still there.
        """
        for path in self._drafts.glob(f"*{_EDITED}"):
            article, _, annotation = path.stem.partition(".")
            if article != article_id or (annotation and not is_id(annotation)):
                continue
            try:
                written_at = timestamp(datetime.fromtimestamp(path.stat().st_mtime, UTC))
                note = _typed(path.read_text("utf-8", errors="replace"))
            except OSError:
                continue
            draft = self.draft(article, annotation)
            known, known_at = (draft.note, draft.at) if draft else (_typed(saved(annotation)), "")
            if note and note != known and written_at >= known_at:
                self.keep_draft(Draft(article, annotation, note, written_at))
            with suppress(OSError):
                path.unlink()

    def _read_draft(self, path: Path) -> Draft | None:
        try:
            draft = _parsed(Draft, path.read_bytes())
            if draft is None:
                path.rename(damaged_name(path, self._now()))
        except OSError:
            return None
        return draft


def _name(article_id: str, annotation_id: str = "") -> str:
    """The name of the file of an article, or of an annotation of it.

    Raises:
        ValueError: One of them is no id: it might lead out of the directory.
    """
    ids = [article_id, annotation_id] if annotation_id else [article_id]
    if not all(map(is_id, ids)):
        raise ValueError(f"no ids: {ids}")
    return f"{'.'.join(ids)}.json"


def _is_anchor(fields: Any) -> bool:
    """Whether a list holds what an anchor is made of."""
    kinds = (str, str, str, int, int)
    return isinstance(fields, list) and len(fields) == len(kinds) and all(map(isinstance, fields, kinds))


def _files(directory: Path) -> Iterator[Path]:
    """The files of a directory that are whole."""
    return (path for path in directory.glob("*.json") if ".damaged-" not in path.name)


def _typed(note: str) -> str:
    """A note as it would be, had it been typed."""
    return printable(unix_line_ends(note)).rstrip()


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _read(kind: type[_Kept], path: Path) -> _Kept | None:
    """What a file keeps; `None` if it cannot be read, or is damaged."""
    try:
        return _parsed(kind, path.read_bytes())
    except OSError:
        return None


def _parsed(kind: type[_Kept], content: bytes) -> _Kept | None:
    try:
        found: Any = json.loads(content)
        values = {one.name: found[one.name] for one in fields(kind)}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not all(isinstance(values[one.name], _ACCEPTED[one.type]) for one in fields(kind)):
        return None
    return kind(**values)


def _write(path: Path, kept: _Kept) -> None:
    make_directory(path.parent)
    atomic_write(path, json.dumps(asdict(kept)).encode("ascii"))
