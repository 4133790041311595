"""Whichever call of the system goes wrong: what was acknowledged is there, and what failed is not shown."""

import errno
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from effort import rounds
from pactreader.core.errors import NotSavedError, PactReaderError
from pactreader.storage import text_store
from pactreader.storage.journal import atomic_write, file_lock, journal_file
from pactreader.storage.journal.file_contents import FileState, read_contents
from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.paths import Paths
from pactreader.storage.recovery import repair
from pactreader.storage.recovery.repair import restore
from pactreader.storage.text_store import stored_text
from storage.library_driver import (
    FaultyOs,
    Killed,
    LibraryDriver,
    an_article,
    notes,
    notes_on_disk,
    plain_tinydb,
)

CODES = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EMFILE)


class Witness(LibraryDriver):
    """A reader who remembers what was acknowledged, and what was asked for since and may be there."""

    def __init__(self, home, acknowledged):
        self.home = home
        self.paths = Paths.find(home / "mine", {})
        self.article = an_article()
        self.options = {}
        self.notebook = None
        self.acknowledged = dict(acknowledged)
        """Notes by the ids of their annotations; `None` for one that was removed."""
        self.maybe = {}
        """What else they can be, as that was asked for and has failed."""
        self.promises = []
        """What else holds from now on."""
        self.attempts = []
        """What to do to have it hold, and what that is."""
        self.operations = 0

    @property
    def is_open(self):
        return self.notebook is not None

    def do(self, change):
        if change:
            outcome = {id_: annotation.note if annotation else None for id_, annotation in change.result}
            self.ask(outcome, lambda: self.library.save(self.entry, change))
            self.notebook.apply(change)
        return change

    def ask(self, outcome, act):
        """Do what makes this of annotations."""
        self.operations += 1
        for annotation_id, note in outcome.items():
            self.maybe.setdefault(annotation_id, set()).add(note)
        act()
        self.acknowledged |= outcome
        for annotation_id in outcome:
            del self.maybe[annotation_id]

    def promise(self, act, holds):
        """Do what has something else hold."""
        self.operations += 1
        self.attempts.append((act, holds))
        act()
        self.promises.append(holds)

    def lost(self, found):
        """What was acknowledged and is not as it was, and what came from nowhere."""
        return [
            annotation_id
            for annotation_id in self.acknowledged.keys() | self.maybe.keys() | found.keys()
            if found.get(annotation_id)
            not in {self.acknowledged.get(annotation_id), *self.maybe.get(annotation_id, ())}
        ]


def another_article():
    return an_article("Another article.", source="/elsewhere.txt")


# What is there before


def nothing(home):
    return {}


def a_library(home):
    reader = LibraryDriver(home / "mine")
    first, second = reader.mark(0, 3), reader.mark(4, 18)
    reader.note(first, "a note")
    reader.note(second, "x" * 300)
    reader.do(reader.notebook.remove(reader.mark(19, 25)))
    reader.library.close()
    return notes(reader.notebook)


def a_library_and_another_copy(home):
    known = a_library(home)
    shutil.copytree(home / "mine", home / "other")
    reader = LibraryDriver(home / "other")
    reader.note(next(iter(reader.notebook)).id, "from elsewhere")
    reader.mark(8, 11)
    LibraryDriver(home / "other", another_article()).mark(0, 7)
    return known


def a_library_of_version_1(home):
    known = a_library(home)
    path = home / "mine" / "library.json"
    tables = json.loads(path.read_bytes())
    tables["meta"]["1"]["version"] = 1
    for record in tables["records"].values():
        del record["rev"], record["past"]
    path.write_text(json.dumps(tables))
    return known


def a_backup_and_a_newer_library(home):
    known = a_library(home)
    reader = LibraryDriver(home / "mine")
    reader.library.back_up_daily()
    return known | {reader.mark(8, 11): ""}


def a_torn_library_with_a_backup(home):
    known = a_backup_and_a_newer_library(home)
    path = home / "mine" / "library.json"
    lines = path.read_bytes().split(b"\n")
    damaged = next(line for line in lines if next(iter(known)).encode() in line)
    content = path.read_bytes().replace(damaged, damaged[:-9])
    path.write_bytes(content + b',\n"99":{"kind":"annot')
    return known


# What is done


def add(reader):
    yield lambda: reader.mark(4, 7)
    yield lambda: reader.do(reader.notebook.note_on_article("on all of it"))
    yield lambda: reader.mark(8, 11)


def edit(reader):
    first, second = list(reader.acknowledged)[:2]
    yield lambda: reader.note(first, "one")
    yield lambda: reader.note(first, "two")
    yield lambda: reader.note(second, "three")


def delete(reader):
    first, second = list(reader.acknowledged)[:2]
    yield lambda: reader.do(reader.notebook.remove(first))
    yield lambda: reader.do(reader.notebook.remove(second))


def undo(reader):
    for _ in range(3):
        yield lambda: reader.do(reader.notebook.undo())
    yield lambda: reader.do(reader.notebook.redo())


def rewrite(reader):
    yield from edit(reader)
    yield reader.library.close
    yield lambda: reader.mark(4, 7)


def many_edits(reader):
    second = list(reader.acknowledged)[1]
    for number in range(12):
        yield lambda number=number: reader.note(second, f"{number}" * 300)


def open_and_add(reader):
    for _ in range(2):
        yield lambda: None if reader.is_open else reader.open()
    yield lambda: reader.mark(4, 7) if reader.is_open else None


def merge(reader):
    theirs = {}
    for article in (an_article(), another_article()):
        theirs |= notes_on_disk(reader.home / "other", article)
    for _ in range(2):
        yield lambda: reader.ask(theirs, lambda: reader.library.merger.merge(reader.home / "other"))


def back_up(reader):
    def is_there():
        made = [path.read_bytes() for path in reader.paths.backups.glob("library-*-daily.json")]
        return any(content.startswith(before) for content in made)

    def make():
        reader.library.back_up_daily()

    before = reader.file.read_bytes()
    for _ in range(2):
        yield lambda: reader.promise(make, is_there)
    yield lambda: reader.mark(4, 7)


def restore_one(reader):
    backup = next(reader.paths.backups.glob("*.json"))
    known = dict(reader.acknowledged)
    outcome = dict.fromkeys(known) | plain_tinydb(backup)

    def act():
        reader.ask(outcome, lambda: restore(reader.paths, backup.name))

    def is_stored():
        """What is replaced is among the backups."""
        files = [reader.file, *reader.paths.backups.glob("library-*.json")]
        found = (read_contents(file.read_bytes()) for file in files)
        kept = (one.tables["records"].values() for one in found if one.state is FileState.WHOLE)
        return any(known.keys() <= {record["id"] for record in records} for records in kept)

    reader.promises.append(is_stored)
    yield act
    yield act


def keep_a_text(reader):
    article = an_article("A text that was never opened before.", source="/new.txt")

    def keep():
        reader.library.register(reader.library.entry_for(article), article)

    def is_stored():
        kept = stored_text(reader.paths.texts, article.text_hash, article.source)
        known = {entry.source for entry in LibraryDriver(reader.home / "mine").library.articles()}
        return kept and kept.blocks == article.blocks and article.source in known

    for _ in range(2):
        yield lambda: reader.promise(keep, is_stored)


class Story(NamedTuple):
    prepare: Callable[[Path], dict[str, str]]
    """Makes what is there before. Returns the notes by the ids of their annotations."""
    steps: Callable[[Witness], Iterable[Callable[[], object]]]
    opens: bool = False
    """Whether opening the library is a part of it."""
    spare_bytes: int = 1 << 30
    """What edits may add before the file is written whole."""


STORIES = {
    "the first change": Story(nothing, add),
    "add": Story(a_library, add),
    "edit": Story(a_library, edit),
    "delete": Story(a_library, delete),
    "undo": Story(a_library, undo),
    "written whole at the end": Story(a_library, rewrite),
    "written whole after many edits": Story(a_library, many_edits, spare_bytes=0),
    "migration": Story(a_library_of_version_1, edit),
    "merge": Story(a_library_and_another_copy, merge),
    "a damaged file": Story(a_torn_library_with_a_backup, open_and_add, opens=True),
    "a backup": Story(a_library, back_up),
    "a backup put back": Story(a_backup_and_a_newer_library, restore_one),
    "a text kept": Story(a_library, keep_a_text),
}


class LibraryBrowser:
    """Tells one story again and again, each time with another fault, and writes down what is wrong after it."""

    def __init__(self, directory, story, monkeypatch, tally=lambda **_numbers: None):
        self.story = story
        self.monkeypatch = monkeypatch
        self._tally = tally
        self.complaints = []
        self._directory = directory
        self._template = directory / "template"
        self._template.mkdir(parents=True)
        monkeypatch.setattr(journal_file, "_REPEATED_BYTES", story.spare_bytes)
        self._acknowledged = story.prepare(self._template)
        self.calls = FaultyOs(0, "once")
        self.tell(self.calls)
        assert not self.complaints, self.complaints
        self.calls = self.calls.calls

    def tell_with_every_fault(self, way, codes):
        """As many faults as calls, or as many more as it takes for each to fail with every code."""
        for nth, name in enumerate(self.calls, 1):
            if name == "write" or way in {"once", "for ever", "kill"}:  # the others are about a write
                for turn in range(codes):
                    self.tell(FaultyOs(nth, way, CODES[(nth + turn) % len(CODES)]))

    def tell(self, fault):
        home = self._directory / "home"
        shutil.copytree(self._template, home)
        witness = Witness(home, self._acknowledged)
        locks = []
        native_lock = file_lock._native_lock
        with self.monkeypatch.context() as patched:
            patched.setattr(
                file_lock, "_native_lock", lambda *a, **o: locks.append(native_lock(*a, **o)) or locks[-1]
            )
            if not self.story.opens:
                witness.open()
            steps = list(self.story.steps(witness))
            for module in (journal_file, atomic_write, file_lock):
                patched.setattr(module, "os", fault)
            try:
                for step in steps:
                    self._take(step, witness, fault)
            except Killed:
                witness.notebook = None
                fault.end()
                for lock in locks:
                    lock.release(force=True)
        self._judge(witness, fault)
        shutil.rmtree(home)

    def _take(self, step, witness, fault):
        shown = witness.is_open and notes(witness.notebook)
        try:
            step()
        except PactReaderError as error:
            self._expect(fault.struck_at, fault, f"failed by itself: {error}")
            self._expect(os.strerror(fault.code) in str(error), fault, f"the reason is not said: {error}")
            now = witness.is_open and notes(witness.notebook)
            self._expect(shown == now, fault, "what failed is shown")

    def _judge(self, witness, fault):
        file = witness.file
        try:
            stock = plain_tinydb(file) if file.exists() else {}
        except ValueError:
            was_torn = fault.struck_at == "write" and (fault.kills or fault.way == "torn for ever")
            was_damaged = self.story.opens and (fault.kills or fault.lasts)
            self._expect(was_torn or was_damaged, fault, "no TinyDB opens it")
            stock = None
        if not fault.kills and not fault.lasts:
            left = [path.name for path in witness.home.rglob("*.new")]
            self._expect(not left, fault, f"left behind: {left}")
            witness.maybe.clear()
        found = self._found(witness.home)
        if not witness.is_open:
            witness.open()
        remembered = {annotation.id: annotation.note for _, annotation in witness.library.annotations()}
        self._expect(remembered == found, fault, f"{remembered} is in memory, {found} on the disk")
        self._expect(stock in (None, found), fault, f"other programs find {stock}")
        lost = witness.lost(found)
        self._expect(not lost, fault, f"{lost} of {witness.acknowledged} is {found}")
        broken = sum(not holds() for holds in witness.promises)
        self._expect(not broken, fault, "a promise is broken")
        self._tally(
            operations=witness.operations,
            faults=1 if fault.struck_at else 0,
            acknowledged=len(witness.acknowledged) + len(witness.promises),
            lost=len(lost) + broken,
        )
        self._go_on(witness, fault)

    def _found(self, home):
        """What is found by who opens the library now."""
        copy = self._directory / "copy"
        shutil.copytree(home, copy)
        try:
            articles = an_article(), another_article()
            return {id_: note for one in articles for id_, note in notes_on_disk(copy / "mine", one).items()}
        finally:
            shutil.rmtree(copy)

    def _go_on(self, witness, fault):
        """The fault is over: what the same window saves from now on is there."""
        for act, holds in witness.attempts:
            act()
            self._expect(holds(), fault, "a promise is broken afterwards")
        witness.library.refresh(witness.entry, witness.notebook)
        more = witness.mark(26, 30)
        witness.note(more, "more")
        witness.library.close()
        found = plain_tinydb(witness.file)
        self._expect(not witness.lost(found), fault, f"afterwards {found} of {witness.acknowledged}")
        shown = notes(witness.notebook)
        self._expect(shown.items() <= found.items(), fault, f"afterwards {shown} is shown of {found}")
        left = [path.name for path in witness.file.parent.glob("*.new")]
        self._expect(not left, fault, f"left behind for good: {left}")

    def _expect(self, holds, fault, complaint):
        if not holds:
            where = f"call {fault.nth} of {len(self.calls)}, {fault.struck_at}" if fault.struck_at else ""
            self.complaints.append(f"{fault.way} {errno.errorcode[fault.code]} {where}: {complaint}")


@pytest.mark.parametrize("way", FaultyOs.WAYS)
@pytest.mark.parametrize("name", STORIES)
def test_whichever_call_of_the_system_goes_wrong_nothing_acknowledged_is_lost(
    tmp_path, monkeypatch, tally, name, way
):
    shelf = LibraryBrowser(tmp_path, STORIES[name], monkeypatch, tally)
    shelf.tell_with_every_fault(way, rounds(1, len(CODES)))
    assert not shelf.complaints, "\n".join(shelf.complaints)


def careless_tail(self, tail):
    """What could not be written is not taken back."""
    descriptor = atomic_write.open_in_place(self._path)
    atomic_write.write_at(descriptor, tail, self._memory.end)
    stamp = journal_file._Stamp.from_status(atomic_write.os.fstat(descriptor))
    atomic_write.sync(descriptor)
    atomic_write.os.close(descriptor)
    return stamp


def deaf_tail(self, tail, *, write_tail=JournalFile._write_tail):
    """What could not be written counts as written."""
    try:
        return write_tail(self, tail)
    except OSError:
        return journal_file._Stamp.from_status(self._path.stat())


def hasty_write(descriptor, content, offset):
    """Nobody looks how much was written."""
    atomic_write.os.lseek(descriptor, offset, os.SEEK_SET)
    atomic_write.os.write(descriptor, content)


def write_in_place(path, content, *, mode=0o600):
    """The only copy is overwritten."""
    descriptor = atomic_write.os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, mode)
    atomic_write.write_at(descriptor, content, 0)
    written = atomic_write.os.fstat(descriptor)
    atomic_write.os.close(descriptor)
    return written


def keep_what_failed(self, tables):
    """What took its name, and failed then, stays."""
    self._write_whole(tables)


CARELESS = [
    ("add", "once", JournalFile, "_write_tail", careless_tail),
    ("add", "torn", JournalFile, "_write_tail", careless_tail),
    ("edit", "once", JournalFile, "_write_tail", deaf_tail),
    ("undo", "for ever", JournalFile, "_write_tail", deaf_tail),
    ("delete", "short", journal_file, "write_at", hasty_write),
    ("a backup", "short", atomic_write, "write_at", hasty_write),
    ("the first change", "once", JournalFile, "_change_whole", keep_what_failed),
    ("written whole at the end", "kill", journal_file, "atomic_write", write_in_place),
    ("delete", "torn for ever", JournalFile, "_write_tail", deaf_tail),
    ("migration", "kill", journal_file, "atomic_write", write_in_place),
    ("a damaged file", "short and kill", journal_file, "atomic_write", write_in_place),
    ("a backup put back", "kill", repair, "atomic_write", write_in_place),
    ("a text kept", "short and kill", text_store, "atomic_write", write_in_place),
]


@pytest.mark.parametrize(
    ("name", "way", "where", "what", "careless"),
    CARELESS,
    ids=[f"{name}, {way}, {careless.__name__}" for name, way, *_, careless in CARELESS],
)
def test_the_faults_find_what_is_careless(tmp_path, monkeypatch, name, way, where, what, careless):
    monkeypatch.setattr(where, what, careless)
    shelf = LibraryBrowser(tmp_path, STORIES[name], monkeypatch)
    shelf.tell_with_every_fault(way, 1)
    assert shelf.complaints


def test_after_a_failed_sync_the_file_is_not_trusted_again(tmp_path, monkeypatch):
    reader = LibraryDriver(tmp_path)
    reader.mark()
    inode = reader.file.stat().st_ino
    change = reader.notebook.highlight((4, 7), "doubt")

    def fail(_descriptor):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(atomic_write.os, "fsync", fail)
        with pytest.raises(NotSavedError, match="Input/output error"):
            reader.do(change)
    assert notes_on_disk(tmp_path) == notes(reader.notebook)
    reader.do(change)
    assert reader.file.stat().st_ino != inode
    assert notes_on_disk(tmp_path) == notes(reader.notebook)


def test_a_full_disk_is_met_before_the_file_is_touched(tmp_path, monkeypatch):
    reader = LibraryDriver(tmp_path)
    reader.mark()
    before = reader.file.read_bytes()

    def fail(_descriptor, _content):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(atomic_write.os, "write", fail)
        with pytest.raises(NotSavedError, match="No space left on device"):
            reader.mark(4, 7)
    assert reader.file.read_bytes() == before
    reader.mark(4, 7)
    assert plain_tinydb(reader.file) == notes(reader.notebook)


def test_a_disk_whose_directories_cannot_be_synced_is_written_to(tmp_path, monkeypatch):
    reader = LibraryDriver(tmp_path)

    def fsync(descriptor, fsync=os.fsync):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        fsync(descriptor)

    monkeypatch.setattr(atomic_write.os, "fsync", fsync)
    marked = reader.mark()
    reader.note(marked, "x")
    reader.library.close()
    assert plain_tinydb(reader.file) == {marked: "x"}
