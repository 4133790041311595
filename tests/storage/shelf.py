"""A library on a shelf of its own: an article, a notebook, and what other programs see of the file."""

import json
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from tinydb import TinyDB

from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.core.notebook import Change
from pactreader.storage.library import Library
from pactreader.storage.places import Places

TEXT = "Kim met the envoy. Nobody said why. Что это значит? 北朝鮮は何も言わない。"


def an_article(text=TEXT, *, title="The pact", source="/articles/pact.txt"):
    pieces = [Piece(BlockKind.PARAGRAPH, paragraph) for paragraph in text.split("\n\n")]
    return Article.assemble(pieces, title=title, source=source)


class World:
    """A clock that goes on by a millisecond when it is looked at, and ids one after the other: the same every time."""

    def __init__(self):
        self._ticks = count()
        self._ids = count()

    def now(self):
        return datetime(2026, 11, 25, tzinfo=UTC) + timedelta(milliseconds=next(self._ticks))

    def new_id(self):
        return f"id{next(self._ids)}"


class Reader:
    """Somebody who has one article open and changes its notebook as the program does: save, then take in."""

    def __init__(self, directory: Path, article: Article | None = None, *, world: World | None = None):
        self.places = Places.find(directory, {})
        self.article = article or an_article()
        self.options = {"now": world.now, "new_id": world.new_id} if world else {}
        self.open()

    def open(self):
        self.library = Library(self.places, **self.options)
        self.entry = self.library.adopt(self.article)
        self.notebook = self.library.notebook(self.entry, self.article)

    def reopen(self):
        self.library.close()
        self.open()

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
        return self.places.library


_HOLDER = """
import sys
from pathlib import Path
from pactreader.storage.tail_file import TailFile
with TailFile(Path(sys.argv[1])).changing():
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_window_that_writes(file: Path):
    """Another process that holds the lock of a library file as long as this lasts: its process id."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", _HOLDER, str(file)], **pipes) as other:
        assert other.stdout.readline().strip() == b"held"
        yield other.pid
        other.stdin.close()


def documents(path, table="records"):
    """The documents of a table that any program with a stock TinyDB finds."""
    with TinyDB(path, access_mode="r") as database:
        return database.table(table).all()


def plain_tinydb(path):
    """The annotations that any program with a stock TinyDB finds: their notes, by their ids."""
    kept = [one for one in documents(path) if one.get("kind") == "annotation" and not one.get("deleted")]
    return {one["id"]: one["note"] for one in kept}


def notes(notebook):
    return {annotation.id: annotation.note for annotation in notebook}


def notes_on_disk(directory, article=None):
    """What a reader finds who opens the library now."""
    return notes(Reader(directory, article).notebook)


class FaultyOs:
    """`os`, whose n-th call from now on goes wrong: it fails, or writes only a few bytes and then fails."""

    WATCHED = ("open", "write", "fsync", "fstat", "ftruncate", "replace", "unlink", "lseek", "close", "stat")

    def __init__(self, real, nth, kind):
        self.real = real
        self.left = nth
        self.kind = kind

    @property
    def struck(self):
        return self.left <= 0

    def __getattr__(self, name):
        function = getattr(self.real, name)
        if name not in self.WATCHED:
            return function

        def watched(*arguments, **options):
            self.left -= 1
            if self.left == 0 or (self.left < 0 and self.kind == "for ever"):
                if name == "write" and self.kind == "short":
                    return function(arguments[0], bytes(arguments[1])[:5])
                if name == "write" and self.kind == "torn":
                    function(arguments[0], bytes(arguments[1])[:5])
                if name == "close":
                    function(*arguments)
                raise OSError(5, "Input/output error")
            return function(*arguments, **options)

        return watched


def with_head(records, **more):
    meta = {"1": {"format": "pactreader-library", "version": 2}}
    return json.dumps({"meta": meta, **more, "records": records})
