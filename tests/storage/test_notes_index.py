"""The notes index: it finds saved annotations at once, and none that are removed or of archived articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.query import parse_query
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from storage.library_driver import LibraryDriver, an_article


def notes_found(library: Library, typed: str) -> list[tuple[str, str]]:
    for _ in library.notes.update():
        pass
    return [
        (
            one.entry.display_title,
            one.annotation.note or (one.annotation.anchor.exact if one.annotation.anchor else ""),
        )
        for one in library.notes.search(parse_query(typed))
    ]


def test_notes_quotes_and_tags_are_found_in_reading_order(tmp_path):
    one = LibraryDriver(tmp_path, an_article("First. Second.", title="One", source="/one"))
    two = LibraryDriver(tmp_path, an_article("Third café.", title="Two", source="/two"))
    two.note(two.mark(0, 11), "Why?")
    second = one.mark(7, 14)
    one.mark(0, 6)
    one.do(one.notebook.tag(second, ("law",)))
    library = Library(one.paths)
    assert notes_found(library, "") == [("Two", "Why?"), ("One", "First."), ("One", "Second.")]
    assert notes_found(library, "CAFE") == [("Two", "Why?")]
    assert notes_found(library, "#law") == [("One", "Second.")]
    assert notes_found(library, "has:note") == [("Two", "Why?")]
    assert notes_found(library, "-has:note -#law") == [("One", "First.")]


def test_a_changed_note_is_found_as_it_is_now(tmp_path):
    driver = LibraryDriver(tmp_path)
    library = Library(driver.paths)
    assert notes_found(library, "envoy") == []
    marked = driver.mark(0, 18)
    assert notes_found(library, "envoy") == [("The pact", "Kim met the envoy.")]
    driver.note(marked, "Which one?")
    assert notes_found(library, "which") == [("The pact", "Which one?")]
    driver.do(driver.notebook.remove(marked))
    assert notes_found(library, "envoy") == []
    driver.do(driver.notebook.undo())
    driver.library.close()
    assert notes_found(library, "envoy which") == [("The pact", "Which one?")]


def test_notes_of_an_archived_article_are_not_found(tmp_path):
    driver = LibraryDriver(tmp_path)
    driver.mark(0, 18)
    library = Library(driver.paths)
    library.archive(driver.entry.id)
    assert notes_found(library, "envoy") == []
    library.unarchive(driver.entry.id)
    assert notes_found(library, "envoy") == [("The pact", "Kim met the envoy.")]


@pytest.mark.slow
@given(st.lists(st.text("abc #é\n", max_size=8), max_size=6), st.text("abcé #", max_size=4))
def test_the_index_finds_what_the_query_matches(tmp_path_factory, written, typed):
    driver = LibraryDriver(tmp_path_factory.mktemp("library"))
    for note in written:
        if note.strip():
            driver.do(driver.notebook.note_on_article(note))
    query = parse_query(typed)
    library = Library(Paths.find(driver.paths.data, {}))
    expected = sorted(one.note for one in driver.notebook if query.matches(one, None))
    assert sorted(note for _, note in notes_found(library, typed)) == expected
