"""Random histories of files, windows and answers: each annotation stays in one notebook, that of the text it is on."""

import random
import shutil
from io import BytesIO
from itertools import count

import pytest

from effort import rounds
from pactreader.cli.library_access import open_entry
from pactreader.core.article import Passage
from pactreader.core.errors import PactReaderError
from pactreader.formats.sources import read_source
from pactreader.storage.articles.article_registry import texts_of
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.tui.session.reading_session import ReadingSession
from pactreader.tui.session.reload.article_reload import read_again

pytestmark = pytest.mark.usefixtures("no_sync")

WORDS = [
    f"{first}{last}" for first in ("ba", "ke", "li", "mo", "nu") for last in ("ran", "sto", "tel", "vik")
]
STEPS = 60


@pytest.fixture
def no_sync(monkeypatch):
    """No syncs to the disk, as no power is cut."""
    monkeypatch.setattr("os.fsync", lambda _descriptor: None)


class History:
    """A directory of files, two windows on them, and the notes that must be in the library."""

    def __init__(self, directory, seed):
        self.random = random.Random(seed)
        self.paths = Paths.find(directory / "home", {})
        self.files = [directory / f"{number}.txt" for number in range(4)]
        self.texts = [self.words(paragraphs) for paragraphs in (1, 1, 12, 12)]
        for path, text in zip(self.files, self.texts, strict=True):
            path.write_text(text)
        self.windows = {}
        self.notes = {}
        """The notes of all annotations by their ids, as they were acknowledged."""
        self.numbers = count()

    def words(self, paragraphs):
        return "\n\n".join(" ".join(self.random.choices(WORDS, k=25)) for _ in range(paragraphs))

    @property
    def window(self):
        return self.random.choice([*self.windows.values()]) if self.windows else None

    def show(self, number, article):
        session = ReadingSession(
            paths=self.paths, library=Library(self.paths), article=article, open_article=open_entry
        )
        if not session.loaded:
            session.load()
        self.windows[number] = session
        self.identify(session)

    def identify(self, session):
        if not session.is_identified:
            session.identity.settle(session.identity.comparison().run())
        session.library.register(session.entry, session.notebook.article)

    # What happens

    def open(self):
        path = self.random.choice(self.files)
        if path.exists():
            self.show(self.random.randrange(2), read_source(str(path), BytesIO()))

    def pipe(self):
        text = self.random.choice(self.texts) + self.random.choice(["", " more"])
        self.show(self.random.randrange(2), read_source("-", BytesIO(text.encode())))

    def open_from_library(self):
        session = self.window
        entry = self.random.choice(session.library.articles() or [None])
        if entry:
            session.switch_to(session.open_other(entry.id))
            self.identify(session)

    def reload(self):
        session = self.window
        try:
            reloaded = read_again(session.notebook.article, session.library.texts)
        except PactReaderError:
            return
        if reloaded.has_other_text:
            session.take_in(reloaded)
            self.identify(session)

    def save(self, session, change):
        if change and change.edits:
            change = session.library.save(session.entry, change)
            session.notebook.apply(change)
            for annotation_id, annotation in change.result:
                self.notes.pop(annotation_id, None)
                if annotation:
                    self.notes[annotation_id] = annotation.note
            session.refresh()

    def mark(self):
        session = self.window
        start = self.random.randrange(len(session.notebook.article.text) - 20)
        note = f"Note {next(self.numbers)}"
        self.save(session, session.notebook.highlight(Passage(start, start + 15), "doubt", note=note))

    def write(self):
        session = self.window
        if len(session.notebook):
            annotation = self.random.choice([*session.notebook])
            self.save(session, session.notebook.write_note(annotation.id, f"Note {next(self.numbers)}"))

    def undo(self):
        session = self.window
        self.save(session, session.notebook.undo())

    def answer(self):
        session = self.window
        if other := session.identity.resembled:
            session.identity.answer(other, is_same=self.random.random() < 0.5)

    def join_or_split(self):
        session, identity = self.window, self.window.library.identity
        entries = session.library.articles()
        parts = [(entry.id, part) for entry in entries for part in identity.parts(entry.id)]
        before = None
        if parts and self.random.random() < 0.5:
            before = session.identity.split(*self.random.choice(parts))
        elif len(entries) > 1:
            before = session.identity.join(*(entry.id for entry in self.random.sample(entries, 2)))
        if before and self.random.random() < 0.5:
            self.mark()
            session.identity.restore(before)

    def edit(self):
        path = self.random.choice(self.files)
        if path.exists():
            words = path.read_text().split(" ")
            words[self.random.randrange(len(words))] = f"edit{next(self.numbers)}"
            path.write_text(" ".join(words))

    def replace(self):
        self.random.choice(self.files).write_text(self.random.choice([*self.texts, self.words(9)]))

    def copy_or_move(self):
        one, other = self.random.sample(self.files, 2)
        if one.exists():
            self.random.choice([shutil.copy, shutil.move])(one, other)

    def swap(self):
        one, other = self.random.sample(self.files, 2)
        if one.exists() and other.exists():
            texts = one.read_text(), other.read_text()
            other.write_text(texts[0])
            one.write_text(texts[1])

    def step(self):
        steps = [self.open, self.pipe, self.edit, self.replace, self.copy_or_move, self.swap]
        if self.windows:
            steps += [self.mark, self.mark, self.write, self.undo, self.answer, self.reload]
            steps += [self.open_from_library, self.join_or_split]
        self.random.choice(steps)()

    # What must hold

    def check(self):
        found = {}
        with Library(self.paths) as library:
            for entry in [*library.articles(), *library.articles(archived=True)]:
                for _, one in library.annotations(entry.id):
                    assert one.id not in found, "It is in two notebooks"
                    found[one.id] = one.note
                    assert one.anchor.text_hash in texts_of(entry), "It is in the notebook of another text"
            assert found == self.notes
        for session in self.windows.values():
            session.refresh()
            session.identity.follow()
            with Library(self.paths) as library:
                text_hash = session.notebook.article.text_hash
                assert text_hash in texts_of(library.find(session.entry.id)), "It shows another notebook"


@pytest.mark.parametrize("seed", range(rounds(4, 200)))
def test_no_annotation_is_lost_or_misplaced(tmp_path, seed):
    history = History(tmp_path, seed)
    for _ in range(STEPS):
        history.step()
        history.check()
