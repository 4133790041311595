"""Failing system calls: acknowledged changes are kept, and failed ones are not shown."""

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
from pactreader.storage.journal import atomic_write, file_lock, file_tail, journal_file
from pactreader.storage.journal.file_contents import FileState, read_contents
from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.paths import Paths
from pactreader.storage.recovery import repair
from pactreader.storage.recovery.repair import restore
from pactreader.storage.texts.text_store import stored_text
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
    """A driver that records the acknowledged notes, and those of failed changes, which may be on the disk or not."""

    def __init__(self, home, acknowledged):
        self.home = home
        self.paths = Paths.find(home / "mine", {})
        self.article = an_article()
        self.options = {}
        self.notebook = None
        self.acknowledged = dict(acknowledged)
        """The acknowledged notes by annotation id; `None` for a removed annotation."""
        self.maybe = {}
        """The notes of failed changes by annotation id, any of which may be on the disk."""
        self.promises = []
        """Checks of acknowledged operations, which must hold from then on."""
        self.attempts = []
        """Operations, with the checks that hold after them."""
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
        """Do an operation after which annotations have these notes, by id."""
        self.operations += 1
        for annotation_id, note in outcome.items():
            self.maybe.setdefault(annotation_id, set()).add(note)
        act()
        self.acknowledged |= outcome
        for annotation_id in outcome:
            del self.maybe[annotation_id]

    def promise(self, act, holds):
        """Do an operation after which a check holds."""
        self.operations += 1
        self.attempts.append((act, holds))
        act()
        self.promises.append(holds)

    def lost(self, found):
        """Return the ids of annotations whose note is neither the acknowledged one nor that of a failed change."""
        return [
            annotation_id
            for annotation_id in self.acknowledged.keys() | self.maybe.keys() | found.keys()
            if found.get(annotation_id)
            not in {self.acknowledged.get(annotation_id), *self.maybe.get(annotation_id, ())}
        ]


def another_article():
    return an_article("Another article.", source="/elsewhere.txt")


# Initial files


def an_empty_directory(home):
    return {}


def a_library_with_notes(home):
    driver = LibraryDriver(home / "mine")
    first, second = driver.mark(0, 3), driver.mark(4, 18)
    driver.note(first, "a note")
    driver.note(second, "x" * 300)
    driver.do(driver.notebook.remove(driver.mark(19, 25)))
    driver.library.close()
    return notes(driver.notebook)


def a_library_and_another_copy(home):
    known = a_library_with_notes(home)
    shutil.copytree(home / "mine", home / "other")
    driver = LibraryDriver(home / "other")
    driver.note(next(iter(driver.notebook)).id, "from elsewhere")
    driver.mark(8, 11)
    LibraryDriver(home / "other", another_article()).mark(0, 7)
    return known


def a_library_of_version_1(home):
    known = a_library_with_notes(home)
    path = home / "mine" / "library.json"
    tables = json.loads(path.read_bytes())
    tables["meta"]["1"]["version"] = 1
    for record in tables["records"].values():
        del record["rev"], record["past"]
    path.write_text(json.dumps(tables))
    return known


def a_backup_and_a_newer_library(home):
    known = a_library_with_notes(home)
    driver = LibraryDriver(home / "mine")
    driver.library.back_up_daily()
    return known | {driver.mark(8, 11): ""}


def a_torn_library_with_a_backup(home):
    known = a_backup_and_a_newer_library(home)
    path = home / "mine" / "library.json"
    lines = path.read_bytes().split(b"\n")
    damaged = next(line for line in lines if next(iter(known)).encode() in line)
    content = path.read_bytes().replace(damaged, damaged[:-9])
    path.write_bytes(content + b',\n"99":{"kind":"annot')
    return known


# Steps


def add(driver):
    yield lambda: driver.mark(4, 7)
    yield lambda: driver.do(driver.notebook.note_on_article("on all of it"))
    yield lambda: driver.mark(8, 11)


def edit(driver):
    first, second = list(driver.acknowledged)[:2]
    yield lambda: driver.note(first, "one")
    yield lambda: driver.note(first, "two")
    yield lambda: driver.note(second, "three")


def delete(driver):
    first, second = list(driver.acknowledged)[:2]
    yield lambda: driver.do(driver.notebook.remove(first))
    yield lambda: driver.do(driver.notebook.remove(second))


def undo(driver):
    for _ in range(3):
        yield lambda: driver.do(driver.notebook.undo())
    yield lambda: driver.do(driver.notebook.redo())


def rewrite(driver):
    yield from edit(driver)
    yield driver.library.close
    yield lambda: driver.mark(4, 7)


def many_edits(driver):
    second = list(driver.acknowledged)[1]
    for number in range(12):
        yield lambda number=number: driver.note(second, f"{number}" * 300)


def open_and_add(driver):
    for _ in range(2):
        yield lambda: None if driver.is_open else driver.open()
    yield lambda: driver.mark(4, 7) if driver.is_open else None


def merge(driver):
    theirs = {}
    for article in (an_article(), another_article()):
        theirs |= notes_on_disk(driver.home / "other", article)
    for _ in range(2):
        yield lambda: driver.ask(theirs, lambda: driver.library.merger.merge(driver.home / "other"))


def back_up(driver):
    def is_there():
        made = [path.read_bytes() for path in driver.paths.backups.glob("library-*-daily.json")]
        return any(content.startswith(before) for content in made)

    def make():
        driver.library.back_up_daily()

    before = driver.file.read_bytes()
    for _ in range(2):
        yield lambda: driver.promise(make, is_there)
    yield lambda: driver.mark(4, 7)


def restore_one(driver):
    backup = next(driver.paths.backups.glob("*.json"))
    known = dict(driver.acknowledged)
    outcome = dict.fromkeys(known) | plain_tinydb(backup)

    def act():
        driver.ask(outcome, lambda: restore(driver.paths, backup.name))

    def is_stored():
        """Return whether the replaced file is among the backups."""
        files = [driver.file, *driver.paths.backups.glob("library-*.json")]
        found = (read_contents(file.read_bytes()) for file in files)
        kept = (one.tables["records"].values() for one in found if one.state is FileState.WHOLE)
        return any(known.keys() <= {record["id"] for record in records} for records in kept)

    driver.promises.append(is_stored)
    yield act
    yield act


def keep_a_text(driver):
    article = an_article("A text that was never opened before.", source="/new.txt")

    def keep():
        driver.library.register(driver.library.entry_for(article), article)

    def is_stored():
        kept = stored_text(driver.paths.texts, article.text_hash, article.source)
        known = {entry.source for entry in LibraryDriver(driver.home / "mine").library.articles()}
        return kept and kept.blocks == article.blocks and article.source in known

    for _ in range(2):
        yield lambda: driver.promise(keep, is_stored)


class Scenario(NamedTuple):
    prepare: Callable[[Path], dict[str, str]]
    """Creates the initial files, and returns the notes by annotation id."""
    steps: Callable[[Witness], Iterable[Callable[[], object]]]
    opens: bool = False
    """True if the steps open the library."""
    spare_bytes: int = 1 << 30
    """The size in bytes of edits after which the file is rewritten."""


SCENARIOS = {
    "the first change": Scenario(an_empty_directory, add),
    "add": Scenario(a_library_with_notes, add),
    "edit": Scenario(a_library_with_notes, edit),
    "delete": Scenario(a_library_with_notes, delete),
    "undo": Scenario(a_library_with_notes, undo),
    "written whole at the end": Scenario(a_library_with_notes, rewrite),
    "written whole after many edits": Scenario(a_library_with_notes, many_edits, spare_bytes=0),
    "migration": Scenario(a_library_of_version_1, edit),
    "merge": Scenario(a_library_and_another_copy, merge),
    "a damaged file": Scenario(a_torn_library_with_a_backup, open_and_add, opens=True),
    "a backup": Scenario(a_library_with_notes, back_up),
    "a backup put back": Scenario(a_backup_and_a_newer_library, restore_one),
    "a text kept": Scenario(a_library_with_notes, keep_a_text),
}


class FaultRunner:
    """The runs of a scenario, each with another fault, and complaints about their results."""

    def __init__(self, directory, scenario, monkeypatch, tally=lambda **_numbers: None):
        self.scenario = scenario
        self.monkeypatch = monkeypatch
        self._tally = tally
        self.complaints = []
        self._directory = directory
        self._template = directory / "template"
        self._template.mkdir(parents=True)
        monkeypatch.setattr(journal_file, "_MIN_REPEATED_BYTES", scenario.spare_bytes)
        self._acknowledged = scenario.prepare(self._template)
        self.calls = FaultyOs(0, "once")
        self.run(self.calls)
        assert not self.complaints, self.complaints
        self.calls = self.calls.calls

    def run_with_every_fault(self, way, codes):
        """Run the scenario once for each system call, in which that call fails, and with a number of error codes."""
        for nth, name in enumerate(self.calls, 1):
            if name == "write" or way in {"once", "for ever", "kill"}:  # the others are about a write
                for turn in range(codes):
                    self.run(FaultyOs(nth, way, CODES[(nth + turn) % len(CODES)]))

    def run(self, fault):
        home = self._directory / "home"
        shutil.copytree(self._template, home)
        witness = Witness(home, self._acknowledged)
        locks = []
        native_lock = file_lock._native_lock
        with self.monkeypatch.context() as patched:
            patched.setattr(
                file_lock, "_native_lock", lambda *a, **o: locks.append(native_lock(*a, **o)) or locks[-1]
            )
            if not self.scenario.opens:
                witness.open()
            steps = list(self.scenario.steps(witness))
            for module in (journal_file, file_tail, atomic_write, file_lock):
                patched.setattr(module, "os", fault)
            try:
                for step in steps:
                    self._run_step(step, witness, fault)
            except Killed:
                witness.notebook = None
                fault.end()
                for lock in locks:
                    lock.release(force=True)
        self._check(witness, fault)
        shutil.rmtree(home)

    def _run_step(self, step, witness, fault):
        shown = witness.is_open and notes(witness.notebook)
        try:
            step()
        except PactReaderError as error:
            self._expect(fault.struck_at, fault, f"failed by itself: {error}")
            self._expect(os.strerror(fault.code) in str(error), fault, f"the reason is not said: {error}")
            now = witness.is_open and notes(witness.notebook)
            self._expect(shown == now, fault, "what failed is shown")

    def _check(self, witness, fault):
        file = witness.file
        try:
            stock = plain_tinydb(file) if file.exists() else {}
        except ValueError:
            was_torn = fault.struck_at == "write" and (fault.kills or fault.way == "torn for ever")
            was_damaged = self.scenario.opens and (fault.kills or fault.lasts)
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
        self._check_afterwards(witness, fault)

    def _found(self, home):
        """Open a copy of the library and return its notes by annotation id."""
        copy = self._directory / "copy"
        shutil.copytree(home, copy)
        try:
            articles = an_article(), another_article()
            return {id_: note for one in articles for id_, note in notes_on_disk(copy / "mine", one).items()}
        finally:
            shutil.rmtree(copy)

    def _check_afterwards(self, witness, fault):
        """Check that the same window saves changes after the fault."""
        for act, holds in witness.attempts:
            act()
            self._expect(holds(), fault, "a promise is broken afterwards")
        witness.library.notebooks.refresh(witness.entry, witness.notebook)
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


@pytest.mark.slow
@pytest.mark.parametrize("way", FaultyOs.WAYS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_no_failing_system_call_loses_acknowledged_changes(tmp_path, monkeypatch, tally, name, way):
    runner = FaultRunner(tmp_path, SCENARIOS[name], monkeypatch, tally)
    runner.run_with_every_fault(way, rounds(1, len(CODES)))
    assert not runner.complaints, "\n".join(runner.complaints)


def tail_without_rollback(self, tail):
    """A broken version of `_write_tail`: a failed write is not undone."""
    descriptor = atomic_write.open_in_place(self._path)
    atomic_write.write_at(descriptor, tail, self._memory.end)
    stamp = file_tail.FileStamp.from_status(atomic_write.os.fstat(descriptor))
    atomic_write.sync(descriptor)
    atomic_write.os.close(descriptor)
    return stamp


def tail_that_ignores_errors(self, tail, *, write_tail=JournalFile._write_tail):
    """A broken version of `_write_tail`: a failed write is acknowledged."""
    try:
        return write_tail(self, tail)
    except OSError:
        return file_tail.FileStamp.from_status(self._path.stat())


def write_without_a_loop(descriptor, content, offset):
    """A broken version of `write_at`: a short write is not continued."""
    atomic_write.os.lseek(descriptor, offset, os.SEEK_SET)
    atomic_write.os.write(descriptor, content)


def write_in_place(path, content, *, mode=0o600):
    """A broken version of `atomic_write`: the file is written in place."""
    descriptor = atomic_write.os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, mode)
    atomic_write.write_at(descriptor, content, 0)
    written = atomic_write.os.fstat(descriptor)
    atomic_write.os.close(descriptor)
    return written


def change_without_rollback(self, tables):
    """A broken version of `_change_whole`: a replaced file is kept although its sync failed."""
    self._write_whole(tables)


CARELESS = [
    ("add", "once", JournalFile, "_write_tail", tail_without_rollback),
    ("add", "torn", JournalFile, "_write_tail", tail_without_rollback),
    ("edit", "once", JournalFile, "_write_tail", tail_that_ignores_errors),
    ("undo", "for ever", JournalFile, "_write_tail", tail_that_ignores_errors),
    ("delete", "short", file_tail, "write_at", write_without_a_loop),
    ("a backup", "short", atomic_write, "write_at", write_without_a_loop),
    ("the first change", "once", JournalFile, "_change_whole", change_without_rollback),
    ("written whole at the end", "kill", journal_file, "atomic_write", write_in_place),
    ("delete", "torn for ever", JournalFile, "_write_tail", tail_that_ignores_errors),
    ("migration", "kill", journal_file, "atomic_write", write_in_place),
    ("a damaged file", "short and kill", journal_file, "atomic_write", write_in_place),
    ("a backup put back", "kill", repair, "atomic_write", write_in_place),
    ("a text kept", "short and kill", atomic_write, "atomic_write", write_in_place),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "way", "where", "what", "careless"),
    CARELESS,
    ids=[f"{name}, {way}, {careless.__name__}" for name, way, *_, careless in CARELESS],
)
def test_broken_code_fails_the_fault_tests(tmp_path, monkeypatch, name, way, where, what, careless):
    monkeypatch.setattr(where, what, careless)
    runner = FaultRunner(tmp_path, SCENARIOS[name], monkeypatch)
    runner.run_with_every_fault(way, 1)
    assert runner.complaints


def test_a_file_with_a_failed_sync_is_replaced_by_the_next_change(tmp_path, monkeypatch):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    inode = driver.file.stat().st_ino
    change = driver.notebook.highlight((4, 7), "doubt")

    def fail(_descriptor):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(atomic_write.os, "fsync", fail)
        with pytest.raises(NotSavedError, match="Input/output error"):
            driver.do(change)
    assert notes_on_disk(tmp_path) == notes(driver.notebook)
    driver.do(change)
    assert driver.file.stat().st_ino != inode
    assert notes_on_disk(tmp_path) == notes(driver.notebook)


def test_a_full_disk_fails_before_the_file_is_changed(tmp_path, monkeypatch):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    before = driver.file.read_bytes()

    def fail(_descriptor, _content):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(atomic_write.os, "write", fail)
        with pytest.raises(NotSavedError, match="No space left on device"):
            driver.mark(4, 7)
    assert driver.file.read_bytes() == before
    driver.mark(4, 7)
    assert plain_tinydb(driver.file) == notes(driver.notebook)


def test_a_disk_whose_directories_cannot_be_synced_is_written_to(tmp_path, monkeypatch):
    driver = LibraryDriver(tmp_path)

    def fsync(descriptor, fsync=os.fsync):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        fsync(descriptor)

    monkeypatch.setattr(atomic_write.os, "fsync", fsync)
    marked = driver.mark()
    driver.note(marked, "x")
    driver.library.close()
    assert plain_tinydb(driver.file) == {marked: "x"}
