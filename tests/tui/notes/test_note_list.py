from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.core.labels import LABELS
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.query import parse_query
from pactreader.tui.notes.note_list import NoteList, Order

WORDS = [f"word{n}" for n in range(30)]
ARTICLE = Article.assemble([Piece(BlockKind.PARAGRAPH, " ".join(WORDS))], title="t")
IDS = [label.id for label in LABELS]
MARKS = st.lists(
    st.tuples(st.integers(0, 29), st.sampled_from(IDS), st.sampled_from(["", "why", "law"])), max_size=12
)
FILTERS = st.sampled_from(
    ["", "word1", "label:doubt", "has:note", "-has:note", "law", "zzz", "is:exact", "label:"]
)


def notebook_of(marks) -> Notebook:
    ticks = count()
    made = Notebook(ARTICLE, now=lambda: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=next(ticks)))
    for number, label, note in marks:
        start = ARTICLE.text.index(WORDS[number])
        made.apply(made.highlight((start, start + len(WORDS[number])), label, note=note))
    made.apply(made.note_on_article("On all of it"))
    return made


def listed(note_list: NoteList) -> list[str]:
    return [note_list.nth(index).id for index in range(len(note_list))]


@given(MARKS, FILTERS, st.integers(0, 3))
def test_a_filter_lists_just_what_matches_in_every_order(marks, typed, turns):
    notebook = notebook_of(marks)
    note_list = NoteList(notebook)
    note_list.set_filter(typed)
    for _ in range(turns):
        note_list.next_order()
    query = parse_query(typed)
    wanted = [one for one in notebook if query.matches(one, notebook.placement(one.id))]
    assert sorted(listed(note_list)) == sorted(one.id for one in wanted)
    assert len(note_list) == len(wanted)
    assert all(note_list.index(id_) == index for index, id_ in enumerate(listed(note_list)))
    assert all((one.id in note_list) == (one in wanted) for one in notebook)
    found = [notebook[id_] for id_ in listed(note_list)]
    if note_list.order is Order.POSITION:
        assert found == wanted
    elif note_list.order is Order.TIME:
        assert [one.modified for one in found] == sorted((one.modified for one in wanted), reverse=True)
    else:
        assert [one.label for one in found] == sorted(
            (one.label for one in wanted), key=lambda label: IDS.index(label) if label else len(IDS)
        )


@given(MARKS, FILTERS, st.integers(0, 2), st.integers(0, len(ARTICLE.text)))
def test_the_annotation_at_an_offset_is_the_last_one_begun(marks, typed, turns, offset):
    notebook = notebook_of(marks)
    note_list = NoteList(notebook)
    note_list.set_filter(typed)
    for _ in range(turns):
        note_list.next_order()
    starts = {id_: placement.start for id_ in listed(note_list) if (placement := notebook.placement(id_))}
    begun = [start for start in starts.values() if start <= offset]
    index = note_list.index_at(offset)
    assert (index >= 0) == bool(begun)
    if begun:
        assert starts[note_list.nth(index).id] == max(begun)


def test_what_no_longer_matches_stays_until_the_next_filter():
    notebook = notebook_of([(1, "doubt", ""), (2, "doubt", ""), (3, "term", "")])
    note_list = NoteList(notebook)
    note_list.set_filter("label:doubt")
    first, second = listed(note_list)
    notebook.apply(notebook.relabel(first, "term"))
    assert listed(note_list) == [first, second]
    notebook.apply(notebook.remove(second))
    assert listed(note_list) == [first]
    note_list.set_filter("label:doubt")
    assert listed(note_list) == []


EDITS = st.lists(
    st.tuples(st.sampled_from(["label", "move", "add", "remove", "undo"]), st.integers(0, 29)), max_size=8
)


@given(MARKS, FILTERS, EDITS)
def test_after_edits_it_lists_what_matches_or_was_listed(marks, typed, edits):
    notebook = notebook_of(marks)
    note_list = NoteList(notebook)
    note_list.set_filter(typed)
    matches = parse_query(typed).matches
    wanted = set(listed(note_list))
    for edit, number in edits:
        start = ARTICLE.text.index(WORDS[number])
        passage = Passage(start, start + len(WORDS[number]))
        id_ = next((one.id for one in list(notebook)[number % max(1, len(notebook)) :]), "")
        edits_of_one = {
            "label": lambda id_=id_: notebook.relabel(id_, "term"),
            "move": lambda id_=id_, to=passage: notebook.reshape(id_, to),
            "remove": lambda id_=id_: notebook.remove(id_),
        }
        if edit in edits_of_one:
            is_possible = id_ and (edit == "remove" or notebook[id_].anchor)
            change = edits_of_one[edit]() if is_possible else None
        else:
            change = notebook.undo() if edit == "undo" else notebook.highlight(passage, "doubt")
        if change:
            notebook.apply(change)
        present = {one.id for one in notebook if matches(one, notebook.placement(one.id))}
        wanted = {one.id for one in notebook} & (wanted | present)
        assert listed(note_list) == [one.id for one in notebook if one.id in wanted]
        assert [note_list.index(one) for one in listed(note_list)] == list(range(len(note_list)))


def test_an_edit_compares_only_what_it_changes_with_the_filter(monkeypatch):
    notebook = notebook_of([(number, "doubt", "law") for number in range(30)])
    note_list = NoteList(notebook)
    note_list.set_filter("law")
    before = listed(note_list)
    compared = []
    monkeypatch.setattr(
        "pactreader.core.query.Query.matches", lambda _query, one, *_rest: compared.append(one) or False
    )

    change = notebook.highlight(Passage(0, 5), "term")
    notebook.apply(change)

    assert listed(note_list) == before
    assert len(compared) == 1


def test_a_query_that_is_not_understood_is_explained():
    note_list = NoteList(notebook_of([]))
    note_list.set_filter("has:color")
    assert "has: knows note" in note_list.problem
    assert len(note_list) == 0
    note_list.set_filter("")
    assert note_list.problem == ""
    assert len(note_list) == 1


def test_until_the_last_step_the_former_filter_lists():
    notebook = notebook_of([(number, IDS[0], "law") for number in range(30)] * 4)
    note_list = NoteList(notebook)
    note_list.set_filter("word3")
    before = listed(note_list)

    steps = note_list.filter_in_steps("word2")
    next(steps)
    assert (note_list.filter, listed(note_list)) == ("word3", before)
    notebook.apply(notebook.highlight((0, 5), IDS[1], note="word2"))
    assert sum(1 for _ in steps) > 1

    assert note_list.filter == "word2"
    assert len(note_list) == 4 * 11 + 1
