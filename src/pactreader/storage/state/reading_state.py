"""The reading state: reading positions, bookmarks, the texts that were last read, and the state of the window.

Each is a small file in the state directory that is replaced atomically. Positions, last read texts and the window's state may be
lost without harm: damaged files and failed writes are ignored. A failed save of bookmarks raises an error.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from heapq import nlargest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pactreader.core.annotation import Anchor
from pactreader.core.reading_options import ReadingOptions
from pactreader.storage.state.state_files import (
    read_anchor,
    read_state,
    state_file_name,
    state_files,
    write_state,
)

if TYPE_CHECKING:
    from pactreader.core.article import Passage
    from pactreader.storage.paths import Paths

_RECENT: Final = 16
"""The number of files, newest on the disk first, in which the last reading position is searched: a position's own time
decides, as times on the disk may differ a little from it."""
_HASHES: Final = "text_hashes"
"""The key of the texts' hashes by letter in a file of bookmarks. Version 0.1.0 leaves out a bookmark with a field more
than it knows, and writes the file again without it."""

_WAY_DIGITS: Final = 8
"""The number of digits of a hash that name a way of reading in the name of a file."""


class ReadingPosition(NamedTuple):
    """The position at which the user last was in an article."""

    article: str
    """The id of the article's entry."""
    source: str
    """The source of the article, as in `Article`."""
    top: int
    """The offset of the first visible line, in code points."""
    caret: int
    """The offset of the caret, in code points."""
    progress: float
    """The share of the article that was read, from 0 to 1."""
    read_at: str
    """The time of the last reading, UTC, ISO 8601."""
    top_anchor: Anchor | None = None
    """The anchor of the first visible line; `None` in the files of version 0.1.0."""
    caret_anchor: Anchor | None = None
    """The anchor of the caret, likewise."""
    read_as: str = ""
    """The user's choice of a format, as in `ReadingOptions`."""
    read_language: str = ""
    """The user's choice of a language."""
    read_encoding: str = ""
    """The user's choice of an encoding."""

    @property
    def options(self) -> ReadingOptions:
        """The user's choices by which the article was read. They are in its entry too, which takes longer to load."""
        return ReadingOptions(self.read_as, self.read_language, self.read_encoding)


class LastReadText(NamedTuple):
    """The text of an article that the user has read, and which changes of the text after it have been read since."""

    base: str
    """The hash of the text as it was last read. What has changed since then is marked until it is read."""
    opened: str
    """The hash of the text that was opened last."""
    read: "tuple[Passage, ...]" = ()
    """The passages of the text that was opened last, in code points, whose changes since the base have been read."""


class WindowState(NamedTuple):
    """The state of the window."""

    theme: str = ""
    """The name of the theme; empty if none was chosen."""
    panel: bool = True
    """True if the notes panel was open."""


class LastArticle(NamedTuple):
    """The article that was open when the program was quit last, with what tells that nothing was written since then."""

    source: str
    """The source of the article, as in `Article`."""
    file: str
    """The stamp of the file at that source, from `_stamp`."""
    library: str
    """The stamp of the library file."""


class ReadingState:
    """The reading positions, bookmarks, last read texts and window state in the state directory."""

    def __init__(self, paths: "Paths") -> None:
        self._positions = paths.positions
        self._recent_list = paths.recent
        self._bookmarks = paths.bookmarks
        self._last_read = paths.last_read
        self._window = paths.window
        self._last_article = paths.last_article
        self._library = paths.library

    def files_of(self, article_id: str, options: ReadingOptions) -> list[Path]:
        """Return the paths of all files that decide how an article, read by some choices, is shown."""
        name = state_file_name(article_id)
        last_read = self._last_read / _last_read_name(article_id, options)
        return [self._positions / name, self._bookmarks / name, last_read, self._window]

    # Positions

    def position(self, article_id: str) -> ReadingPosition | None:
        """Return the reading position in an article; `None` if there is none."""
        return read_state(ReadingPosition, self._positions / state_file_name(article_id))

    def positions(self) -> dict[str, ReadingPosition]:
        """Return all reading positions by the id of the article."""
        return {position.article: position for position in self.each_position() if position}

    def each_position(self) -> Iterator[ReadingPosition | None]:
        """Yield all reading positions, one after the other, so that the caller can pause; `None` for a damaged one."""
        return (read_state(ReadingPosition, path) for path in state_files(self._positions))

    def last_read_id(self) -> str | None:
        """Return the id of the article that was read last; `None` if there is none."""
        last = max(self.recent_positions(), key=lambda position: position.read_at, default=None)
        return last.article if last else None

    def last_position(self) -> ReadingPosition | None:
        """Return the reading position in the article that was read last, if its file is the place to read it from.

        That is certain only if neither its file nor the library was written since the program was quit: the article
        may be archived, joined with another one or deleted, or the file may be another article now. Then, or if it
        came from elsewhere, `None` is returned and the library has to be asked.
        """
        last = max(self.recent_positions(), key=lambda position: position.read_at, default=None)
        found = read_state(LastArticle, self._last_article) if last else None
        if last is None or found is None or found.source != last.source:
            return None
        return last if found == self._last_article_at(last.source) else None

    def save_last_article(self, source: str) -> None:
        """Save that the article of a source was open when the program was quit. A failure is ignored."""
        with suppress(OSError):
            write_state(self._last_article, self._last_article_at(source))

    def _last_article_at(self, source: str) -> LastArticle:
        return LastArticle(source, _stamp(Path(source)), _stamp(self._library))

    def recent_position(self, source: str) -> ReadingPosition | None:
        """Return the reading position of an article by its source, if it is one of the 16 read last; else `None`.

        The library is not needed for it.
        """
        return next((position for position in self.recent_positions() if position.source == source), None)

    def save_position(self, position: ReadingPosition) -> None:
        """Save a reading position in place of the former one of the article. A failure is ignored."""
        from pactreader.storage.journal.atomic_write import atomic_write

        with suppress(OSError):
            names = self._recent_names()
            path = self._positions / state_file_name(position.article)
            write_state(path, position)
            if names[:1] == [path.name]:
                os.utime(self._recent_list)
            else:
                names = [path.name, *(name for name in names if name != path.name)][:_RECENT]
                atomic_write(self._recent_list, json.dumps(names).encode("ascii"))

    def recent_positions(self) -> list[ReadingPosition]:
        """Return the reading positions in the files that were written last, at most 16."""
        paths = (self._positions / name for name in self._recent_names())
        return [found for path in paths if (found := read_state(ReadingPosition, path))]

    def _recent_names(self) -> list[str]:
        """Return the names of the files of positions that were written last, the latest first.

        They are listed in a file, as looking at ten thousand files takes a third of a start. It does not count if any of
        them was written after it, as by an earlier version of the program.
        """
        if _modified(self._recent_list) >= _modified(self._positions):
            with suppress(OSError, ValueError, TypeError, RecursionError):
                names = json.loads(self._recent_list.read_bytes())
                return [name for name in names if Path(name).name == name][:_RECENT]
        return [path.name for path in nlargest(_RECENT, state_files(self._positions), key=_modified)]

    # Bookmarks

    def bookmarks(self, article_id: str) -> dict[str, Anchor]:
        """Return the anchors of the bookmarks in an article by letter, without damaged ones."""
        try:
            found: Any = json.loads((self._bookmarks / state_file_name(article_id)).read_bytes())
            hashes = found.pop(_HASHES, None)
            anchors = {letter: read_anchor(fields) for letter, fields in found.items()}
        except (OSError, ValueError, AttributeError, TypeError, RecursionError):
            return {}
        known = hashes if isinstance(hashes, dict) else {}
        return {
            letter: anchor._replace(text_hash=str(known.get(letter) or anchor.text_hash))
            for letter, anchor in anchors.items()
            if anchor
        }

    def save_bookmarks(self, article_id: str, bookmarks: Mapping[str, Anchor]) -> None:
        """Save the bookmarks in an article in place of all former ones.

        Raises:
            NotSavedError: The bookmarks are not saved; the former ones are unchanged.
        """
        from pactreader.storage.journal.atomic_write import atomic_write, make_directory
        from pactreader.storage.save_errors import not_saved

        path = self._bookmarks / state_file_name(article_id)
        content = {
            **{letter: anchor[:-1] for letter, anchor in bookmarks.items()},
            _HASHES: {letter: anchor.text_hash for letter, anchor in bookmarks.items()},
        }
        try:
            make_directory(path.parent)
            atomic_write(path, json.dumps(content).encode("ascii"))
        except OSError as error:
            raise not_saved("The bookmark could not be kept", error, path) from error

    def discard_bookmarks(self, article_id: str) -> None:
        """Delete the bookmarks in an article, if possible."""
        with suppress(OSError):
            (self._bookmarks / state_file_name(article_id)).unlink(missing_ok=True)

    # The texts that were last read

    def last_read_text(
        self, article_id: str, options: ReadingOptions = ReadingOptions()
    ) -> LastReadText | None:
        """Return which text of an article was last read by some choices; `None` if that is not known."""
        return _read_last_read(self._last_read / _last_read_name(article_id, options))

    def save_last_read_text(
        self, article_id: str, last_read: LastReadText, options: ReadingOptions = ReadingOptions()
    ) -> None:
        """Save which text of an article was last read by some choices. A failure is ignored."""
        with suppress(OSError):
            write_state(self._last_read / _last_read_name(article_id, options), last_read)

    # The window

    def window(self) -> WindowState:
        """Return the state of the window when it was last closed."""
        return read_state(WindowState, self._window) or WindowState()

    def save_window(self, window: WindowState) -> None:
        """Save the state of the window. A failure is ignored."""
        with suppress(OSError):
            write_state(self._window, window)


def _last_read_name(article_id: str, options: ReadingOptions) -> str:
    """Return the name of the file with the last read text: each way of reading an article has a text of its own."""
    if not any(options):
        return state_file_name(article_id, "")
    from pactreader.core.article import text_hash_of

    return state_file_name(article_id, text_hash_of("\n".join(options))[:_WAY_DIGITS])


def _read_last_read(path: Path) -> LastReadText | None:
    """Return the last read text in a file; `None` if the file cannot be read or is damaged."""
    from pactreader.core.article import Passage

    try:
        found: Any = json.loads(path.read_bytes())
        texts = found["base"], found["opened"]
        read = tuple(Passage(start, end) for start, end in found["read"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    is_valid = all(isinstance(text, str) for text in texts) and all(
        isinstance(offset, int) for passage in read for offset in passage
    )
    return LastReadText(*texts, read) if is_valid else None


def _modified(path: Path) -> int:
    """Return the time of a file's last write in nanoseconds; 0 if it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _stamp(path: Path) -> str:
    """Return what changes whenever a file is written, also in a copy of the directory: its size and time; empty if it is
    gone.
    """
    try:
        status = path.stat()
    except (OSError, ValueError):
        return ""
    return f"{status.st_size} {status.st_mtime_ns}"
