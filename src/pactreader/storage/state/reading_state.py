"""The reading state: reading positions, bookmarks and the window, as the user left them.

Each is a small file of its own in the state directory, replaced whole. Positions and the window may be lost without
harm: a damaged file is ignored, and a failed write is not reported. A bookmark that cannot be saved is.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path
from typing import Any, Final

from pactreader.core.annotation import Anchor
from pactreader.storage.journal.atomic_write import atomic_write, make_directory
from pactreader.storage.paths import Paths
from pactreader.storage.save_errors import not_saved
from pactreader.storage.state.state_files import read_state, state_file_name, state_files, write_state

_RECENT: Final = 16
"""Files that are read to find the article read last: their times on the disk may be a little wrong, not a lot."""


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """The position to which an article was read."""

    article: str
    """The id of the article's entry."""
    source: str
    """The article's source, as in `Article`."""
    top: int
    """The offset of the text at the window's top line, in code points."""
    caret: int
    """The caret's offset, in code points."""
    progress: float
    """The share of the article that was read, from 0 to 1."""
    read_at: str
    """UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class WindowState:
    """The look of the window."""

    theme: str = ""
    """The name of the theme; empty if none was chosen."""
    panel: bool = True
    """True if the notes panel stood beside the article."""


class ReadingState:
    """The reading positions, the bookmarks and the window's state."""

    def __init__(self, paths: Paths) -> None:
        self._positions = paths.positions
        self._bookmarks = paths.bookmarks
        self._window = paths.window

    # Positions

    def position(self, article_id: str) -> ReadingPosition | None:
        """Return the reading position in an article; `None` if there is none."""
        return read_state(ReadingPosition, self._positions / state_file_name(article_id))

    def positions(self) -> dict[str, ReadingPosition]:
        """Return every reading position, by the articles' ids."""
        found = (read_state(ReadingPosition, path) for path in state_files(self._positions))
        return {position.article: position for position in found if position}

    def last_read_id(self) -> str | None:
        """Return the id of the article that was read last; `None` if none was."""
        last = max(self._recent(), key=lambda position: position.read_at, default=None)
        return last.article if last else None

    def recent_position(self, source: str) -> ReadingPosition | None:
        """Return the reading position of the article with a source, if it was read lately, without the library."""
        return next((position for position in self._recent() if position.source == source), None)

    def save_position(self, position: ReadingPosition) -> None:
        """Save a reading position, in the place of the article's former one."""
        with suppress(OSError):
            write_state(self._positions / state_file_name(position.article), position)

    def _recent(self) -> list[ReadingPosition]:
        paths = nlargest(_RECENT, state_files(self._positions), key=_modified)
        return [found for path in paths if (found := read_state(ReadingPosition, path))]

    # Bookmarks

    def bookmarks(self, article_id: str) -> dict[str, Anchor]:
        """Return the anchors of the bookmarks in an article, by their letters; damaged ones are left out."""
        try:
            found: Any = json.loads((self._bookmarks / state_file_name(article_id)).read_bytes())
            return {letter: Anchor(*fields) for letter, fields in found.items() if _is_anchor(fields)}
        except (OSError, ValueError, AttributeError, RecursionError):
            return {}

    def save_bookmarks(self, article_id: str, bookmarks: Mapping[str, Anchor]) -> None:
        """Save the bookmarks in an article, in the place of all the former ones.

        Raises:
            NotSavedError: They are as they were.
        """
        path = self._bookmarks / state_file_name(article_id)
        try:
            make_directory(path.parent)
            atomic_write(path, json.dumps(bookmarks).encode("ascii"))
        except OSError as error:
            raise not_saved("The bookmark could not be kept", error, path) from error

    # The window

    def window(self) -> WindowState:
        """Return the state of the window when it was closed last."""
        return read_state(WindowState, self._window) or WindowState()

    def save_window(self, window: WindowState) -> None:
        """Save the state of the window."""
        with suppress(OSError):
            write_state(self._window, window)


def _is_anchor(fields: Any) -> bool:
    """Return whether a value is a list of the fields of an anchor."""
    types = (str, str, str, int, int)
    return isinstance(fields, list) and len(fields) == len(types) and all(map(isinstance, fields, types))


def _modified(path: Path) -> int:
    """Return the time of a file's last write in nanoseconds; 0 if it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
