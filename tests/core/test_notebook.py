from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pactreader.core.anchoring import PlacementKind
from pactreader.core.annotation import Anchor, Annotation
from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.core.changes import Change
from pactreader.core.notebook import Notebook

TEXTS = ("The pact is vague. Who decides?", "Moreover, weapons flow.", "Seoul has warned Russia.")
ARTICLE = Article.assemble([Piece(BlockKind.PARAGRAPH, text) for text in TEXTS], title="t")
LABEL_IDS = st.sampled_from(["key-point", "evidence", "question", "doubt", "term"])


def clock() -> Callable[[], datetime]:
    seconds = count()
    return lambda: datetime(2026, 11, 23, tzinfo=UTC) + timedelta(seconds=next(seconds))


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"id{next(numbers):05}"


def notebook(*annotations: Annotation) -> Notebook:
    return Notebook(ARTICLE, annotations, now=clock(), new_id=ids())


def passage(words: str) -> Passage:
    start = ARTICLE.text.index(words)
    return Passage(start, start + len(words))


def made(book: Notebook, change: Change | None) -> str:
    assert change is not None
    book.apply(change)
    return change.edits[0].id


def quotes(book: Notebook) -> list[str]:
    return [annotation.anchor.exact if annotation.anchor else "" for annotation in book]


def test_nothing_changes_before_a_change_is_applied():
    book = notebook()

    change = book.highlight(passage("Seoul"), "doubt")

    assert len(book) == 0
    book.apply(change)
    assert quotes(book) == ["Seoul"]


def test_annotations_stand_in_reading_order_with_notes_on_the_article_first():
    book = notebook()
    for words in ("Seoul", "vague", "weapons"):
        made(book, book.highlight(passage(words), "term"))
    made(book, book.note_on_article("About all of it"))

    assert quotes(book) == ["", "vague", "weapons", "Seoul"]
    assert [book.index(annotation.id) for annotation in book] == [0, 1, 2, 3]
    assert [book.by_index(index) for index in range(4)] == list(book)


def test_the_newest_of_overlapping_highlights_lies_on_top():
    book = notebook()
    below = made(book, book.highlight(passage("The pact is vague."), "term"))
    above = made(book, book.highlight(passage("vague"), "doubt"))

    assert book.annotation_at(passage("vague").start).id == above
    assert book.annotation_at(passage("The").start).id == below
    assert book.annotation_at(passage("Who").start) is None


def test_a_highlight_over_paragraphs_is_in_each_of_them():
    book = notebook()
    made(book, book.highlight(Passage(5, passage("weapons").end), "term"))

    assert [len(book.highlights_in_block(index)) for index in range(3)] == [1, 1, 0]


def test_highlights_are_met_one_after_the_other():
    book = notebook()
    first = made(book, book.highlight(passage("pact"), "term"))
    second = made(book, book.highlight(passage("Seoul"), "term"))

    assert book.highlight_after(0).annotation.id == first
    assert book.highlight_after(passage("pact").start).annotation.id == second
    assert book.highlight_after(passage("Seoul").start) is None
    assert book.highlight_before(passage("Seoul").start).annotation.id == first
    assert book.highlight_before(passage("pact").start) is None


def test_a_lost_highlight_keeps_its_place_in_the_order_but_none_in_the_text():
    anchor = Anchor("no longer there", "", "", 10, 25)
    lost = Annotation("lost", "doubt", anchor, created="2026", modified="2026")
    book = notebook(lost)
    before = made(book, book.highlight(passage("The"), "term"))
    after = made(book, book.highlight(passage("Seoul"), "term"))

    assert [annotation.id for annotation in book] == [before, "lost", after]
    assert book.placement("lost").kind is PlacementKind.LOST
    assert book.highlight_count == 3
    assert book.highlight_after(passage("The").start).annotation.id == after
    assert all(h.annotation.id != "lost" for index in range(3) for h in book.highlights_in_block(index))


def test_the_last_label_is_the_one_used_last():
    book = notebook()
    assert book.last_label == "key-point"
    first = made(book, book.highlight(passage("pact"), "term"))
    made(book, book.write_note(first, "a note"))
    assert book.last_label == "term"
    made(book, book.relabel(first, "doubt"))
    assert book.last_label == "doubt"


def test_several_annotations_are_changed_by_one_change_that_one_undo_takes_back():
    book = notebook()
    marks = [made(book, book.highlight(passage(words), "term")) for words in ("vague", "weapons", "Seoul")]
    note = made(book, book.note_on_article("On all of it"))
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


def test_what_is_so_already_is_no_part_of_a_change_of_several():
    book = notebook()
    one, other = (
        made(book, book.highlight(passage(words), label))
        for words, label in (("vague", "term"), ("Seoul", "doubt"))
    )

    assert [edit.id for edit in book.relabel_all([one, other], "term").edits] == [other]
    assert book.relabel_all([one], "term").edits == ()
    assert book.tag_all([one, other], (), ("law",)).edits == ()
    assert book.relabel_all([one, other], "term").title == "label 1 highlight as Term"


def test_an_emptied_note_on_the_article_is_removed_and_an_emptied_note_on_a_passage_is_not():
    book = notebook()
    on_article = made(book, book.note_on_article("x"))
    on_passage = made(book, book.highlight(passage("pact"), "term"))
    made(book, book.write_note(on_article, ""))
    made(book, book.write_note(on_passage, ""))

    assert on_article not in book
    assert on_passage in book


def test_a_change_says_what_it_did():
    book = notebook()
    change = book.highlight(passage("The pact is vague. Who decides?\n\nMoreover"), "doubt")
    assert (
        change.title == "highlight “The pact is vague. Who decides? Moreove…” as Doubt"
        or change.title.startswith("highlight “The pact is vague.")
    )
    assert change.title.endswith("as Doubt")
    assert "\n" not in change.title


def test_what_was_undone_can_be_redone_after_a_restart_until_something_else_is_done():
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


class Undoing(RuleBasedStateMachine):
    """Whatever is done, undone and redone, the notebook is what a list of its states says."""

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


TestUndoing = Undoing.TestCase
TestUndoing.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


def test_what_is_modified_grows_though_the_clock_stands_still_or_goes_back():
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


def test_a_time_that_is_none_stops_nobody():
    for strange in ("", "yesterday", "9999-12-31T23:59:59.999Z", "2026-11-23"):
        book = notebook(Annotation("a", "doubt", None, "note", modified=strange))

        made(book, book.write_note("a", "other"))

        assert book["a"].modified.startswith("2026-11-23T")
