"""Annotations of other programs in the file of an article become annotations of the notebook."""

from articles_in_parts import whole_article
from core.sample_notebook import applied, notebook, passage
from pactreader.core.embedded_annotations import EmbeddedAnnotation, EmbeddedKind
from pactreader.core.notebooks.embedded_import import find_new
from pactreader.core.notebooks.notebook import Notebook


def embedded(words: str, note: str = "", key: str = "k", **fields: str) -> EmbeddedAnnotation:
    kind = EmbeddedKind(fields.pop("kind", "highlight"))
    start, end = passage(words) if words else (0, 0)
    return EmbeddedAnnotation(key, kind, start, end, note, **fields)


def take_in(book: Notebook, *found: EmbeddedAnnotation, known: frozenset[str] = frozenset()) -> str:
    """Take annotations in, and return the title of the change; empty if there is nothing new."""
    imported = find_new(found, book, known)
    if not imported.new:
        return ""
    change = imported.change(book, is_used=lambda _id: False)
    book.apply(change)
    return change.title


def rows(book: Notebook) -> list[tuple[str, str, str]]:
    return [(one.anchor.exact if one.anchor else "", one.label, one.note) for one in book]


def test_they_have_passage_label_note_author_and_times():
    book = notebook()
    times = {"created": "2024-01-31T11:00:00.000Z", "modified": "2024-02-01T00:00:00.000Z"}
    take_in(book, embedded("weapons flow", "Whose?", author="Ada", colour="#00ff00", **times))
    (one,) = book
    assert rows(book) == [("weapons flow", "evidence", "Whose?")]
    assert (one.author, one.origin, one.created, one.modified) == ("Ada", "k", *times.values())


def test_those_without_times_have_the_present_one():
    book = notebook()
    take_in(book, embedded("weapons"), embedded("flow", key="l", created="2024-01-31T11:00:00.000Z"))
    times = [(one.created[:10], one.modified[:10]) for one in book]
    assert times == [("2026-11-23", "2026-11-23"), ("2024-01-31", "2024-01-31")]


def test_a_mark_that_means_something_has_that_label_whatever_its_colour():
    book = notebook()
    take_in(
        book,
        embedded("The pact", kind="strike-out", colour="#00ff00", key="a"),
        embedded("weapons", kind="squiggly", colour="#ff0000", key="b"),
        embedded("Seoul", kind="underline", colour="#00ff00", key="c"),
        embedded("Russia", "Hm", kind="note", key="d"),
    )
    assert [row[1] for row in rows(book)] == ["doubt", "question", "evidence", "key-point"]


def test_one_without_a_passage_is_a_note_on_the_article_with_its_page():
    book = notebook()
    take_in(book, embedded("", "A head", place="p. 12"))
    take_in(book, EmbeddedAnnotation("l", EmbeddedKind.NOTE, 5, 10**6, "Out of it"))
    assert rows(book) == [("", "", "p. 12: A head"), ("", "", "Out of it")]


def test_they_are_one_change_that_can_be_undone():
    book = notebook()
    found = [embedded("weapons"), embedded("flow", key="l"), embedded("Seoul", "Hm", "m", kind="note")]
    assert take_in(book, *found) == "take in 2 highlights and 1 note from the file"
    applied(book, book.undo())
    assert not rows(book)
    applied(book, book.redo())
    assert len(rows(book)) == 3


def test_what_was_taken_in_before_is_not_taken_in_again():
    book = notebook()
    assert not take_in(book, embedded("weapons"), known=frozenset("k"))
    assert take_in(book, embedded("weapons"), embedded("flow", key="l"), known=frozenset("k"))
    assert [row[0] for row in rows(book)] == ["flow"]


def test_what_is_there_already_is_not_doubled():
    book = notebook()
    applied(book, book.highlight(passage("weapons flow"), "doubt", note="Whose? Mine?"))
    applied(book, book.note_on_article("p. 1: A head"))
    assert not take_in(book, embedded("weapons flow", "Whose?"), embedded("", "A head", "l", place="p. 1"))
    assert take_in(book, embedded("weapons flow", "Another note"))
    assert take_in(book, embedded("weapons", key="l"))


def test_two_that_say_the_same_are_taken_in_once_and_those_of_two_kinds_authors_or_pages_all():
    book = notebook()
    same = [embedded("Seoul", key="a"), embedded("Seoul", key="b")]
    others = [embedded("Seoul", key="c", kind="underline"), embedded("Seoul", key="d", author="Ada")]
    pages = [embedded("", "Head", "e", place="p. 1"), embedded("", "Head", "f", place="p. 2")]
    assert take_in(book, *same, *others, *pages) == "take in 3 highlights and 2 notes from the file"


def test_the_ids_are_the_same_on_every_computer_unless_they_are_used():
    other_text = Notebook(whole_article("Of Seoul, much is said."))

    def ids(book: Notebook, key: str = "k", *, used: bool = False) -> str:
        change = find_new([embedded("Seoul", key=key)], book, ()).change(book, is_used=lambda _id: used)
        return change.edits[0].id

    assert ids(notebook()) == ids(notebook())
    assert len({ids(notebook()), ids(other_text), ids(notebook(), "l"), ids(notebook(), used=True)}) == 4


def test_the_label_used_last_is_that_of_the_user():
    book = notebook()
    applied(book, book.highlight(passage("Seoul"), "term"))
    take_in(book, embedded("weapons", colour="#00ff00"))
    assert book.last_label == "term"
