from datetime import UTC, datetime, timedelta
from itertools import count, pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.sample_notebook import ARTICLE, applied, clock, ids, notebook, passage, quotes, reviewable
from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.annotation import Annotation
from pactreader.core.article import Passage
from pactreader.core.notebooks.changes import Change
from pactreader.core.notebooks.notebook import Notebook

LABEL_IDS = st.sampled_from(["key-point", "evidence", "question", "doubt", "term"])


def test_nothing_changes_before_a_change_is_applied():
    book = notebook()

    change = book.highlight(passage("Seoul"), "doubt")

    assert len(book) == 0
    book.apply(change)
    assert quotes(book) == ["Seoul"]


def test_the_last_label_is_the_one_used_last():
    book = notebook()
    assert book.last_label == "key-point"
    first = applied(book, book.highlight(passage("pact"), "term"))
    applied(book, book.write_note(first, "a note"))
    assert book.last_label == "term"
    applied(book, book.relabel(first, "doubt"))
    assert book.last_label == "doubt"


def test_one_undo_takes_back_a_change_of_several_annotations():
    book = notebook()
    marks = [applied(book, book.highlight(passage(words), "term")) for words in ("vague", "weapons", "Seoul")]
    note = applied(book, book.note_on_article("On all of it"))
    before = list(book)

    changes = (
        lambda: book.relabel_all([*marks[:2], note, "gone"], "doubt"),
        lambda: book.tag_all([marks[0], note], ("law", "arms"), ()),
        lambda: book.tag_all([*marks, note], ("x",), ("law",)),
        lambda: book.remove_all([marks[0], note]),
    )
    for change in changes:
        book.apply(change())

    assert [(one.label, one.tags) for one in book] == [("doubt", ("x",)), ("term", ("x",))]
    book.apply(book.undo())
    assert [one.tags for one in book] == [("arms", "x"), ("arms", "x"), ("x",), ("x",)]
    for _ in changes[1:]:
        book.apply(book.undo())
    assert [(one.label, one.tags) for one in book] == [(one.label, one.tags) for one in before]


def test_a_change_of_several_leaves_out_those_already_so():
    book = notebook()
    one, other = (
        applied(book, book.highlight(passage(words), label))
        for words, label in (("vague", "term"), ("Seoul", "doubt"))
    )

    assert [edit.id for edit in book.relabel_all([one, other], "term").edits] == [other]
    assert book.relabel_all([one], "term").edits == ()
    assert book.tag_all([one, other], (), ("law",)).edits == ()
    assert book.relabel_all([one, other], "term").title == "label 1 highlight as Term"


def test_accepting_describes_the_passage_anew_and_keeps_the_rest():
    book = reviewable(
        changed=(PlacementKind.CHANGED, "The pact is clear.", "The pact is vague."),
        doubtful=(PlacementKind.DOUBTFUL, "arms flow", "weapons flow"),
        lost=(PlacementKind.LOST, "Tokyo has", "Seoul has"),
        moved=(PlacementKind.MOVED, "warned", "warned"),
    )
    before = {one.id: one for one in book}

    change = book.accept(["changed", "doubtful", "lost", "gone"])
    book.apply(change)

    assert change.title == "accept 2 passages"
    assert quotes(book) == ["The pact is vague.", "weapons flow", "Tokyo has", "warned"]
    assert book.placement("changed").kind is book.placement("doubtful").kind is PlacementKind.EXACT
    assert list(book.unconfirmed) == ["lost"]
    accepted = book["changed"]
    assert accepted.anchor.text_hash == ARTICLE.text_hash
    assert accepted == before["changed"]._replace(anchor=accepted.anchor, modified=accepted.modified)
    assert accepted.modified > before["changed"].modified

    book.apply(book.undo())
    assert book["changed"].anchor == before["changed"].anchor
    assert book.placement("changed").kind is PlacementKind.CHANGED
    assert set(book.unconfirmed) == {"changed", "doubtful", "lost"}


def test_emptying_removes_only_a_note_on_the_article():
    book = notebook()
    on_article = applied(book, book.note_on_article("x"))
    on_passage = applied(book, book.highlight(passage("pact"), "term"))
    applied(book, book.write_note(on_article, ""))
    applied(book, book.write_note(on_passage, ""))

    assert on_article not in book
    assert on_passage in book


def test_a_change_has_a_title_on_one_line():
    book = notebook()
    change = book.highlight(passage("The pact is vague. Who decides?\n\nMoreover"), "doubt")
    assert (
        change.title == "highlight “The pact is vague. Who decides? Moreove…” as Doubt"
        or change.title.startswith("highlight “The pact is vague.")
    )
    assert change.title.endswith("as Doubt")
    assert "\n" not in change.title


def test_redo_survives_a_restart_until_another_change():
    book = notebook()
    changes: dict[str, Change] = {}

    def do(change: Change) -> None:
        book.apply(change)
        changes[change.id] = change

    do(book.highlight(passage("pact"), "term"))
    do(book.highlight(passage("Seoul"), "term"))
    do(book.undo())
    again = Notebook(ARTICLE, list(book), changes.values(), now=clock(), new_id=ids())
    assert again.redo().id == book.redo().id
    do(book.highlight(passage("weapons"), "doubt"))
    again = Notebook(ARTICLE, list(book), changes.values(), now=clock(), new_id=ids())

    assert book.redo() is None
    assert again.redo() is None
    assert again.undo().id == book.undo().id


def test_undo_skips_what_was_edited_elsewhere_since():
    book = notebook()
    ids_ = [applied(book, book.highlight(passage(words), "term")) for words in ("vague", "Seoul")]
    applied(book, book.relabel_all(ids_, "doubt"))
    elsewhere = book[ids_[1]]._replace(note="Why?", modified="2027-01-01T00:00:00.000Z")
    book.merge_remote({ids_[1]: elsewhere}, ())

    change = book.undo()

    assert (change.undone, change.skipped) == (True, 1)
    assert [(id_, one.label) for id_, one in change.result] == [(ids_[0], "term")]
    book.apply(change)
    assert [(one.label, one.note) for one in book] == [("term", ""), ("doubt", "Why?")]


class Undoing(RuleBasedStateMachine):
    """Edit, undo, redo and restart in any order, and compare the notebook with a list of its states."""

    def __init__(self) -> None:
        super().__init__()
        self.book = notebook()
        self.saved: dict[str, Change] = {}
        self.states = [self.state()]
        self.now = 0

    def state(self) -> list[tuple[object, ...]]:
        return [(a.id, a.label, a.anchor, a.note, a.tags) for a in self.book]

    def do(self, change: Change) -> None:
        self.book.apply(change)
        self.saved[change.id] = change
        self.now += 1
        self.states[self.now :] = [self.state()]

    @rule(start=st.integers(0, len(ARTICLE.text) - 2), length=st.integers(1, 40), label=LABEL_IDS)
    def highlight(self, start: int, length: int, label: str) -> None:
        self.do(self.book.highlight(Passage(start, min(len(ARTICLE.text), start + length)), label))

    @rule(note=st.text(min_size=1, max_size=5))
    def note_on_article(self, note: str) -> None:
        self.do(self.book.note_on_article(note))

    @precondition(lambda self: len(self.book))
    @rule(data=st.data(), label=LABEL_IDS, note=st.text(max_size=5))
    def edit(self, data: st.DataObject, label: str, note: str) -> None:
        target = data.draw(st.sampled_from([a.id for a in self.book]))
        edits = [
            lambda: self.book.relabel(target, label),
            lambda: self.book.write_note(target, note),
            lambda: self.book.tag(target, (label,)),
            lambda: self.book.remove(target),
        ]
        self.do(data.draw(st.sampled_from(edits))())

    @rule()
    def undo(self) -> None:
        change = self.book.undo()
        assert (change is None) == (self.now == 0)
        if change:
            self.book.apply(change)
            self.saved[change.id] = change
            self.now -= 1

    @rule()
    def redo(self) -> None:
        change = self.book.redo()
        assert (change is None) == (self.now == len(self.states) - 1)
        if change:
            self.book.apply(change)
            self.saved[change.id] = change
            self.now += 1

    @rule()
    def restart(self) -> None:
        self.book = Notebook(
            ARTICLE, list(self.book), self.saved.values(), now=self.book._now, new_id=self.book._new_id
        )

    @invariant()
    def is_what_it_was(self) -> None:
        assert self.state() == self.states[self.now]

    @invariant()
    def looks_up_what_it_lists(self) -> None:
        listed = {
            (index, h.annotation.id)
            for h in self.book.highlights()
            for index in range(len(ARTICLE.blocks))
            if h.start < ARTICLE.blocks[index].end and h.end > ARTICLE.blocks[index].start
        }
        found = {
            (index, h.annotation.id)
            for index in range(len(ARTICLE.blocks))
            for h in self.book.highlights_in_block(index)
        }
        assert listed <= found


TestUndoing = pytest.mark.slow(Undoing.TestCase)
TestUndoing.settings = settings(max_examples=60, stateful_step_count=25)


def test_times_of_modification_grow_whatever_the_clock_does():
    moments = iter(
        datetime(2026, 11, 23, 12, tzinfo=UTC) - timedelta(hours=number // 3) for number in count()
    )
    book = Notebook(ARTICLE, now=lambda: next(moments), new_id=ids())
    seen = []

    def do(change: Change | None) -> None:
        assert change is not None
        book.apply(change)
        ((_, annotation),) = change.result
        seen.append(annotation.modified if annotation else change.at)

    do(book.highlight(passage("Seoul"), "doubt"))
    (marked,) = (annotation.id for annotation in book)
    for number in range(3):
        do(book.write_note(marked, str(number)))
        do(book.relabel(marked, "term"))
        do(book.tag(marked, (str(number),)))
    do(book.remove(marked))
    for _ in range(11):
        do(book.undo())
    for _ in range(11):
        do(book.redo())

    assert all(earlier < later for earlier, later in pairwise(seen))
    assert seen[1] == "2026-11-23T12:00:00.001Z"


def test_an_invalid_time_of_modification_is_ignored():
    for strange in ("", "yesterday", "9999-12-31T23:59:59.999Z", "2026-11-23"):
        book = notebook(Annotation("a", "doubt", None, "note", modified=strange))

        applied(book, book.write_note("a", "other"))

        assert book["a"].modified.startswith("2026-11-23T")
