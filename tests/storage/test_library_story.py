"""Random changes in two windows: both windows and the file have the result."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from effort import rounds
from pactreader.core.article import Passage
from storage.library_driver import LibraryDriver, World, notes, plain_tinydb


class TwoWindows(RuleBasedStateMachine):
    """Two windows on one article, of which one at a time makes a change. A window reloads its notebook before."""

    def __init__(self):
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        world = World()
        self.windows = [LibraryDriver(self.home, world=world), LibraryDriver(self.home, world=world)]
        self.past, self.future = [], []
        self.model = {}

    def teardown(self):
        shutil.rmtree(self.home)

    def window(self, which):
        window = self.windows[which]
        window.notebook = window.library.notebook(window.entry, window.article)
        return window

    def remember(self, model):
        self.past.append(self.model)
        self.future.clear()
        self.model = model

    which = st.integers(0, 1)

    @rule(
        which=which,
        start=st.integers(0, 30),
        length=st.integers(1, 20),
        label=st.sampled_from(["doubt", "x"]),
    )
    def highlight(self, which, start, length, label):
        window = self.window(which)
        change = window.do(window.notebook.highlight(Passage(start, start + length), label))
        self.remember(self.model | {change.edits[0].id: ""})

    @rule(which=which, note=st.text(min_size=1))
    def note_on_article(self, which, note):
        window = self.window(which)
        change = window.do(window.notebook.note_on_article(note))
        self.remember(self.model | {change.edits[0].id: note})

    @precondition(lambda self: self.model)
    @rule(which=which, data=st.data(), note=st.text(min_size=1))
    def edit(self, which, data, note):
        marked = data.draw(st.sampled_from(sorted(self.model)))
        self.window(which).note(marked, note)
        self.remember(self.model | {marked: note})

    @precondition(lambda self: self.model)
    @rule(which=which, data=st.data())
    def remove(self, which, data):
        marked = data.draw(st.sampled_from(sorted(self.model)))
        window = self.window(which)
        window.do(window.notebook.remove(marked))
        self.remember({key: note for key, note in self.model.items() if key != marked})

    @rule(which=which)
    def undo(self, which):
        window = self.window(which)
        done = window.do(window.notebook.undo())
        assert bool(done) == bool(self.past)
        if done:
            self.future.append(self.model)
            self.model = self.past.pop()

    @rule(which=which)
    def redo(self, which):
        window = self.window(which)
        done = window.do(window.notebook.redo())
        assert bool(done) == bool(self.future)
        if done:
            self.past.append(self.model)
            self.model = self.future.pop()

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
        self.windows[1].library.articles()

    @invariant()
    def windows_and_file_have_the_model(self):
        for window in self.windows:
            assert notes(window.library.notebook(window.entry, window.article)) == self.model
        if self.windows[0].file.exists():
            assert plain_tinydb(self.windows[0].file) == self.model


TwoWindows.TestCase.settings = settings(max_examples=rounds(60, 1_500), stateful_step_count=25)
test_two_windows_see_every_change = pytest.mark.slow(TwoWindows.TestCase)
