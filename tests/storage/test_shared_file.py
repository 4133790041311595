"""A file shared by two open windows and a plain TinyDB program, with interrupted writes."""

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from tinydb import TinyDB

from effort import rounds
from pactreader.core.article import Passage
from pactreader.core.notebooks.notebook import Notebook
from storage.library_driver import LibraryDriver, World, an_article, documents, notes, plain_tinydb


class Window(LibraryDriver):
    """A window that stays open and refreshes its notebook after each change."""

    def do(self, change):
        change = self.library.save(self.entry, change)
        self.notebook.apply(change)
        self.look()
        return change

    def look(self):
        return self.library.notebooks.refresh(self.entry, self.notebook)


def notes_with_conflicts(annotation):
    """Return the notes of an annotation and its conflicts, with `None` for a removed one."""
    if annotation is None:
        return {None}
    return {annotation.note, *(other and other.note for other in annotation.conflicts)}


class Shared(RuleBasedStateMachine):
    """Two windows and a plain TinyDB program on one file.

    The model has the acknowledged notes of each annotation. A note must be visible until a later one that replaces it
    is acknowledged, and never again after that.
    """

    def __init__(self):
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        world = World()
        self.windows = [Window(self.home, world=world), Window(self.home, world=world)]
        self.written = 0
        self.replaced = {}
        """The notes of each annotation by its id, with `True` for those that were replaced."""
        self.snapshot = None

    def teardown(self):
        shutil.rmtree(self.home)

    which = st.integers(0, 1)

    def acknowledged(self, annotation_id, text, replaced):
        known_notes = self.replaced.setdefault(annotation_id, {})
        known_notes.update(dict.fromkeys(replaced, True))
        known_notes[text] = False

    def some(self, which, data):
        known = sorted(annotation.id for annotation in self.windows[which].notebook)
        return data.draw(st.sampled_from(known)) if known else None

    def text(self):
        self.written += 1
        return f"text {self.written}"

    @rule(which=which, start=st.integers(0, 30))
    def mark(self, which, start):
        made = self.windows[which].do(
            self.windows[which].notebook.highlight(Passage(start, start + 3), "doubt")
        )
        self.acknowledged(made.edits[0].id, "", ())

    @rule(which=which, data=st.data())
    def write(self, which, data):
        marked = self.some(which, data)
        if marked:
            window, text = self.windows[which], self.text()
            before = window.notebook[marked].note
            window.do(window.notebook.write_note(marked, text))
            self.acknowledged(marked, text, {before})

    @rule(which=which, data=st.data())
    def remove(self, which, data):
        marked = self.some(which, data)
        if marked:
            window = self.windows[which]
            before = notes_with_conflicts(window.notebook[marked])
            window.do(window.notebook.remove(marked))
            self.acknowledged(marked, None, before)

    @rule(which=which, data=st.data())
    def choose(self, which, data):
        """Resolve a conflict, and write a new note, as the model compares notes."""
        window = self.windows[which]
        conflicted = sorted(window.notebook.conflicted)
        if conflicted:
            marked, text = data.draw(st.sampled_from(conflicted)), self.text()
            chosen = window.notebook[marked]
            other = chosen.conflicts[0]
            window.library.save(window.entry, change := window.notebook.resolve_with_current(marked))
            window.notebook.apply(change)
            window.do(window.notebook.write_note(marked, text))
            self.acknowledged(marked, text, {chosen.note, other and other.note})

    @rule(which=which)
    def look(self, which):
        self.windows[which].look()

    @rule(which=which)
    def close_and_open_again(self, which):
        self.windows[which].reopen()

    @rule(which=which)
    def open_again_without_closing(self, which):
        self.windows[which].open()

    @precondition(lambda self: self.windows[0].file.exists())
    @rule(torn=st.binary(max_size=30))
    def an_interrupted_write(self, torn):
        file = self.windows[0].file
        content = file.read_bytes().rstrip()
        file.write_bytes(content.removesuffix(b"\n}}") + b",\n" + torn.replace(b'"', b""))
        self.windows[1].look()

    @precondition(lambda self: self.windows[0].file.exists())
    @rule()
    def a_stock_tinydb_reads_the_file(self):
        with TinyDB(self.windows[0].file) as database:
            self.snapshot = database.storage.read()

    @precondition(lambda self: self.snapshot)
    @rule(data=st.data(), first=which, editing=st.booleans())
    def tinydb_writes_the_file_as_it_read_it(self, data, first, editing):
        """Write the file as it was when it was read: the open windows must restore later changes."""
        for window in self.windows:
            window.look()
        tables = json.loads(json.dumps(self.snapshot))
        living = [
            record
            for record in tables["records"].values()
            if record["kind"] == "annotation" and not record.get("deleted")
        ]
        if editing and living:
            record = data.draw(st.sampled_from(sorted(living, key=lambda record: record["id"])))
            record["note"] = self.text()
            self.acknowledged(record["id"], record["note"], ())
        with TinyDB(self.windows[0].file) as database:
            database.storage.write(tables)
        self.windows[first].look()
        self.windows[1 - first].look()

    @rule()
    def both_windows_show_the_model(self):
        for window in self.windows:
            window.look()
        one, two = self.windows
        assert list(one.notebook) == list(two.notebook)
        assert len({annotation.id for annotation in one.notebook}) == len(one.notebook)
        for annotation_id, known_notes in self.replaced.items():
            wanted = {text for text, is_replaced in known_notes.items() if not is_replaced}
            assert notes_with_conflicts(one.notebook.get(annotation_id)) == wanted
        assert set(notes(one.notebook)) <= set(self.replaced)
        if one.file.exists():
            assert plain_tinydb(one.file) == notes(one.notebook)
            ids = [(record["kind"], record["id"]) for record in documents(one.file)]
            assert len(ids) == len(set(ids))


Shared.TestCase.settings = settings(max_examples=rounds(60, 1_500), stateful_step_count=30)
test_concurrent_windows_lose_nothing = pytest.mark.slow(Shared.TestCase)


def test_a_window_sees_the_other_ones_changes(tmp_path):
    one, two = Window(tmp_path), Window(tmp_path)
    marked = one.mark()
    assert two.look() == 1
    assert two.look() == 0
    two.note(marked, "noted")
    assert one.look() == 1
    assert notes(one.notebook) == notes(two.notebook) == {marked: "noted"}


def test_a_refresh_reads_nothing_if_nothing_was_written(tmp_path, monkeypatch):
    window = Window(tmp_path)
    window.mark()
    monkeypatch.setattr(Path, "open", lambda *_arguments, **_options: 1 / 0)
    monkeypatch.setattr(Notebook, "merge_remote", lambda *_arguments: 1 / 0)
    assert window.look() == 0


def test_edits_of_one_annotation_in_two_windows_conflict(tmp_path):
    one, two = Window(tmp_path), Window(tmp_path)
    marked = one.mark()
    two.look()
    one.note(marked, "one")
    two.note(marked, "two")
    one.look()
    for window in (one, two):
        assert notes_with_conflicts(window.notebook[marked]) == {"one", "two"}
    one.do(one.notebook.resolve_with_both(marked))
    two.look()
    assert sorted(two.notebook[marked].note.split("\n\n")) == ["one", "two"]
    assert not two.notebook.conflicted


def test_a_removal_and_an_edit_in_two_windows_conflict(tmp_path):
    one, two = Window(tmp_path), Window(tmp_path)
    marked = one.mark()
    two.look()
    one.do(one.notebook.remove(marked))
    two.note(marked, "two")
    one.look()
    assert notes_with_conflicts(one.notebook[marked]) == {"two", None}
    one.do(one.notebook.resolve_with_other(marked))
    two.look()
    assert marked not in two.notebook


def test_a_note_is_an_edit_of_what_the_user_saw(tmp_path):
    one, two = Window(tmp_path), Window(tmp_path)
    marked = one.mark()
    two.look()
    seen = two.notebook[marked]
    one.note(marked, "one")
    two.look()
    two.do(two.notebook.write_note(marked, "two", seen=seen))
    assert notes_with_conflicts(two.notebook[marked]) == {"one", "two"}


def test_a_choice_can_be_undone(tmp_path):
    one, two = Window(tmp_path), Window(tmp_path)
    marked = one.mark()
    two.look()
    one.note(marked, "one")
    two.note(marked, "two")
    other = two.notebook[marked].conflicts[0].note
    two.do(two.notebook.resolve_with_other(marked))
    assert notes_with_conflicts(two.notebook[marked]) == {other}
    two.do(two.notebook.undo())
    assert notes_with_conflicts(two.notebook[marked]) == {"one", "two"}
    one.look()
    assert notes_with_conflicts(one.notebook[marked]) == {"one", "two"}


def test_an_id_chosen_by_two_windows_becomes_two(tmp_path):
    one, two = Window(tmp_path), Window(tmp_path)
    for window, ids in ((one, "abcdef"), (two, "abghij")):
        window.notebook = Notebook(window.article, new_id=iter(ids).__next__)
        window.library.notebooks.load(window.entry, window.notebook)
    first, second = one.mark(0, 3), two.mark(4, 7)
    assert first != second
    one.look()
    assert set(notes(one.notebook)) == set(notes(two.notebook)) == {first, second}


def test_an_article_of_two_computers_has_the_notes_of_both(tmp_path):
    one = LibraryDriver(tmp_path / "one", an_article("A text.", source="/a"))
    two = LibraryDriver(tmp_path / "two", an_article("A text, lightly edited.", source="/a"))
    marked, other = one.mark(0, 3), two.mark(2, 6)
    assert one.entry.id != two.entry.id
    one.library.merger.merge(two.paths.library)
    one.reopen()
    assert set(notes(one.notebook)) == {marked, other}
    assert len(one.library.articles()) == 1
    one.note(other, "x")
    one.reopen()
    assert notes(one.notebook) == {marked: "", other: "x"}
