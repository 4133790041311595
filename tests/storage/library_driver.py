"""A driver for a library with one article, helpers to read its file as other programs do, and a failing `os`."""

import errno
import json
import os
import stat
import subprocess
import sys
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from tinydb import TinyDB

from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.core.notebooks.changes import Change
from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.recovery.backups import Backups
from pactreader.storage.recovery.record_recovery import recovery_from

TEXT = "Kim met the envoy. Nobody said why. Что это значит? 北朝鮮は何も言わない。"


def an_article(text=TEXT, *, title="The pact", source="/articles/pact.txt"):
    pieces = [Piece(BlockKind.PARAGRAPH, paragraph) for paragraph in text.split("\n\n")]
    return Article.assemble(pieces, title=title, source=source)


class World:
    """A clock that advances a millisecond at each call, and numbered ids, so that tests are reproducible."""

    def __init__(self):
        self._ticks = count()
        self._ids = count()

    def now(self):
        return datetime(2026, 11, 25, tzinfo=UTC) + timedelta(milliseconds=next(self._ticks))

    def new_id(self):
        return f"id{next(self._ids)}"


class LibraryDriver:
    """An open library and the notebook of one article. Changes are saved and then applied, as in the program."""

    def __init__(self, directory: Path, article: Article | None = None, *, world: World | None = None):
        self.paths = Paths.find(directory, {})
        self.article = article or an_article()
        self.options = {"now": world.now, "new_id": world.new_id} if world else {}
        self.open()

    def open(self, *, packed: bool = True):
        """Open the library as a window does, with packed records, or as a subcommand, with decoded ones."""
        self.library = Library(self.paths, **self.options)
        if packed:
            self.library.read_packed()
        self.entry = self.library.entry_for(self.article)
        self.notebook = self.library.notebook(self.entry, self.article)

    def reopen(self):
        self.library.close()
        self.open(packed=False)

    def do(self, change: Change | None) -> Change | None:
        if change:
            self.library.save(self.entry, change)
            self.notebook.apply(change)
        return change

    def mark(self, start=0, end=3, label="doubt"):
        return self.do(self.notebook.highlight(Passage(start, end), label)).edits[0].id

    def note(self, annotation_id, note):
        self.do(self.notebook.write_note(annotation_id, note))

    @property
    def file(self) -> Path:
        return self.paths.library


_HOLDER = """
import sys
from pathlib import Path
from pactreader.storage.journal.journal_file import JournalFile
with JournalFile(Path(sys.argv[1])).changing():
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_window_that_writes(file: Path):
    """Start another process that holds the lock of a library file, and yield its process id."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", _HOLDER, str(file)], **pipes) as other:
        assert other.stdout.readline().strip() == b"held"
        yield other.pid
        other.stdin.close()


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def documents(path, table="records"):
    """Return the documents of a table as a plain TinyDB reads them."""
    with TinyDB(path, access_mode="r") as database:
        return database.table(table).all()


def recovering_journal(path):
    """Open the journal of a library file with recovery, as a library does."""
    return JournalFile(path, recover=recovery_from(Backups(path.parent / "backups")))


def plain_tinydb(path):
    """Return the notes of the annotations by id, as a plain TinyDB reads them."""
    kept = [one for one in documents(path) if one.get("kind") == "annotation" and not one.get("deleted")]
    return {one["id"]: one["note"] for one in kept}


def notes(notebook):
    return {annotation.id: annotation.note for annotation in notebook}


def notes_on_disk(directory, article=None):
    """Open the library and return the notes of its annotations by id."""
    return notes(LibraryDriver(directory, article).notebook)


class Killed(BaseException):
    """The simulated end of a process: no code of the program may run after it."""


class FaultyOs:
    """A replacement of `os` of which the n-th call fails."""

    WATCHED = (
        "open",
        "write",
        "fsync",
        "fstat",
        "ftruncate",
        "replace",
        "unlink",
        "lseek",
        "close",
        "stat",
        "chmod",
    )
    WAYS = ("once", "for ever", "short", "torn", "torn for ever", "kill", "short and kill")
    """Ways to fail. A short write returns the length of the written part; a torn one writes a part and raises an error."""

    def __init__(self, nth, way, code=errno.EIO):
        self.nth = nth
        self.way = way
        self.code = code
        self.struck_at = ""
        """The name of the call that failed."""
        self.calls = []
        """The names of the calls, in order."""
        self._open = set()

    @property
    def kills(self):
        return "kill" in self.way

    @property
    def lasts(self):
        return "for ever" in self.way

    def __getattr__(self, name):
        if name not in self.WATCHED:
            return getattr(os, name)
        return partial(self._watched, name)

    def end(self):
        """Close all open files, as the system does when a process ends."""
        for descriptor in self._open:
            with suppress(OSError):
                os.close(descriptor)

    def _watched(self, name, *arguments, **options):
        self.calls.append(name)
        if len(self.calls) == self.nth:
            self.struck_at = name
            return self._strike(name, *arguments)
        if self.struck_at and self.kills:
            raise Killed
        if self.struck_at and self.lasts:
            self._fail(name, *arguments)
        return self._do(name, *arguments, **options)

    def _strike(self, name, *arguments):
        if name == "write" and self.way not in {"once", "for ever", "kill"}:
            descriptor, content = arguments
            some = 1 + len(self.calls) * 7919 % max(1, len(content) - 1)
            written = os.write(descriptor, bytes(content)[:some])
            if self.way == "short":
                return written
        if self.kills:
            raise Killed
        return self._fail(name, *arguments)

    def _fail(self, name, *arguments):
        if name == "close":
            self._do(name, *arguments)
        raise OSError(self.code, os.strerror(self.code))

    def _do(self, name, *arguments, **options):
        if name == "fsync":
            return None  # slow, and without effect in these tests, as no power is cut
        result = getattr(os, name)(*arguments, **options)
        if name == "open":
            self._open.add(result)
        elif name == "close":
            self._open.discard(*arguments)
        return result


def with_head(records, **more):
    meta = {"1": {"format": "pactreader-library", "version": 2}}
    return json.dumps({"meta": meta, **more, "records": records})
