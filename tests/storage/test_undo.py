"""Undo: the user's changes can be undone, also after a restart; later changes of other windows are kept."""

import shutil
import tempfile
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from effort import rounds
from pactreader.core.article import Passage
from pactreader.storage.schema.undo_history import MAX_CHANGES
from storage.library_driver import LibraryDriver, World, documents, notes


class Undo(RuleBasedStateMachine):
    """A user undoes and redoes while another window changes the same annotations.

    The model has the present note of each annotation, and for each change its notes before and after.
    """

    def __init__(self):
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.world = World()
        self.driver = LibraryDriver(self.home / "here", world=self.world)
        self.other = LibraryDriver(self.home / "here", world=self.world)
        self.texts = {}
        self.done, self.undone = [], []
        self.numbers = count(1)

    def teardown(self):
        shutil.rmtree(self.home)

    def text(self):
        return f"text {next(self.numbers)}"

    def look(self):
        self.driver.library.notebooks.refresh(self.driver.entry, self.driver.notebook)
        return self.driver.notebook

    def some(self, data):
        return data.draw(st.sampled_from(sorted(self.texts))) if self.texts else None

    def changed(self, **texts):
        """Add a change of the user to the model.

        Args:
            texts: The notes of the changed annotations by id; `None` for a removed annotation.
        """
        self.done.append({id_: (self.texts.get(id_), text) for id_, text in texts.items()})
        self.undone.clear()
        self.set_texts(texts)

    def set_texts(self, texts):
        self.texts = {id_: text for id_, text in (self.texts | texts).items() if text is not None}

    @rule(start=st.integers(0, 30))
    def mark(self, start):
        change = self.driver.do(self.look().highlight(Passage(start, start + 3), "doubt"))
        self.changed(**{change.edits[0].id: ""})

    @rule(data=st.data())
    def write(self, data):
        if marked := self.some(data):
            text = self.text()
            self.driver.do(self.look().write_note(marked, text))
            self.changed(**{marked: text})

    @rule(data=st.data())
    def remove(self, data):
        if marked := self.some(data):
            self.driver.do(self.look().remove(marked))
            self.changed(**{marked: None})

    @precondition(lambda self: self.driver.file.exists())
    @rule(data=st.data())
    def merge_a_copy(self, data):
        """Merge a copy in which one annotation is new and another one changed."""
        self.look()
        copy = self.home / f"copy {next(self.numbers)}"
        shutil.copytree(self.home / "here", copy)
        there = LibraryDriver(copy, world=self.world)
        new = there.mark()
        texts = {new: ""}
        if marked := self.some(data):
            texts[marked] = self.text()
            there.note(marked, texts[marked])
        merged = self.driver.library.merger.merge(copy)
        self.driver.notebook.apply(merged.changes[self.driver.entry.id])
        self.changed(**texts)

    @rule(data=st.data())
    def the_other_window_writes(self, data):
        self.other.library.notebooks.refresh(self.other.entry, self.other.notebook)
        if marked := self.some(data):
            text = self.text()
            self.other.note(marked, text)
            self.set_texts({marked: text})
            self.look()

    @rule()
    def the_other_window_marks(self):
        self.other.library.notebooks.refresh(self.other.entry, self.other.notebook)
        self.set_texts({self.other.mark(): ""})
        self.look()

    @rule()
    def undo(self):
        self.apply_undo_or_redo(self.look().undo(), self.done, self.undone, made=1)

    @rule()
    def redo(self):
        self.apply_undo_or_redo(self.look().redo(), self.undone, self.done, made=0)

    def apply_undo_or_redo(self, change, here, there, *, made):
        assert (change is None) == (not here)
        if change is None:
            return
        self.driver.do(change)
        last = here.pop()
        standing = {id_: sides for id_, sides in last.items() if self.texts.get(id_) == sides[made]}
        assert change.skipped == len(last) - len(standing)
        assert {edit.id for edit in change.edits} == set(standing)
        if standing:
            there.append(standing)
        self.set_texts({id_: sides[1 - made] for id_, sides in standing.items()})

    @precondition(lambda self: not self.other.notebook.can_undo)
    @rule()
    def close_and_open_again(self):
        """Reopen the library, while no other window has changes: after a restart the undo history includes theirs."""
        self.driver.reopen()

    @invariant()
    def the_library_has_the_expected_texts(self):
        assert notes(self.driver.notebook) == self.texts
        assert notes(LibraryDriver(self.home / "here").notebook) == self.texts


Undo.TestCase.settings = settings(max_examples=rounds(60, 1_500), stateful_step_count=25)
test_undo_keeps_the_changes_of_other_windows = pytest.mark.slow(Undo.TestCase)


def test_a_merge_is_undone_and_redone_like_any_change(tmp_path):
    here, there = LibraryDriver(tmp_path / "here"), LibraryDriver(tmp_path / "there")
    mine, theirs = here.mark(0, 3), there.mark(4, 7)
    merged = here.library.merger.merge(there.file)
    assert merged.summary == "1 new annotation."
    here.reopen()
    assert set(notes(here.notebook)) == {mine, theirs}
    change = here.do(here.notebook.undo())
    assert change.title == "merge library.json"
    assert set(notes(here.notebook)) == {mine}
    assert here.library.merger.merge(there.file).summary == "It had nothing that was not here already."
    here.reopen()
    here.do(here.notebook.redo())
    assert set(notes(here.notebook)) == {mine, theirs}


def test_a_change_undone_in_another_window_is_not_undone_twice(tmp_path):
    one = LibraryDriver(tmp_path)
    one.mark(0, 3)
    one.mark(4, 7)
    two = LibraryDriver(tmp_path)
    two.do(two.notebook.undo())
    one.library.notebooks.refresh(one.entry, one.notebook)
    one.do(one.notebook.undo())
    assert len(one.notebook) == 0
    assert one.notebook.undo() is None


@pytest.mark.slow
def test_the_last_thousand_changes_can_be_undone(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    for number in range(MAX_CHANGES + 20):
        driver.note(marked, f"text {number}")
    driver.reopen()
    changes = [one for one in documents(driver.file) if one["kind"] == "change"]
    assert len(changes) == MAX_CHANGES == 1_000
    undone = 0
    while change := driver.notebook.undo():
        driver.notebook.apply(change)
        undone += 1
    assert undone == 1_000
    assert notes(driver.notebook) == {marked: "text 19"}
