"""Files with any part replaced by another program: no unexpected exception is raised, and every note stays visible."""

import json
import tempfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from effort import rounds
from pactreader.core.errors import PactReaderError
from pactreader.core.query import parse_query
from pactreader.storage.journal.file_contents import FileState, read_contents
from pactreader.storage.library import Library
from pactreader.storage.recovery.library_check import check
from pactreader.storage.recovery.repair import repair
from storage.any_json import ANY_JSON, DEEP, nested
from storage.library_driver import LibraryDriver, an_article, notes

pytestmark = pytest.mark.usefixtures("no_retry_pause", "no_sync")


def driver_with_two_notes(home):
    """Return a driver of a library with two annotations and their changes."""
    driver = LibraryDriver(home, an_article("Kim met the envoy.", title="T"))
    driver.library.register(driver.entry, driver.article)
    first, second = driver.mark(0, 3), driver.mark(4, 7)
    driver.note(first, "one")
    driver.note(second, "two")
    driver.library.back_up_daily()
    return driver


def parts(value, path=()):
    """Yield the path to each part of a value, and to a missing field of each object."""
    yield path
    if isinstance(value, (dict, list)):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from parts(inner, (*path, name))
    if isinstance(value, dict):
        yield (*path, "more")


def with_part_replaced(value, path, new):
    """Return a value with one part replaced."""
    if not path:
        return new
    name, *rest = path
    items = dict(value) if isinstance(value, dict) else dict(enumerate(value))
    items[name] = with_part_replaced(items.get(name), rest, new)
    return items if isinstance(value, dict) else list(items.values())


def rekeyed(tables, old, new):
    records = {new if key == old else key: record for key, record in tables["records"].items()}
    return tables | {"records": records}


KEYS = st.sampled_from(
    ["", "x", "01", "-1", "9" * 18, "9" * 20, "9" * 5_000, "١", "²", "1_0", " 2"]
) | st.text(max_size=3)


def change_key(tables, number, key):
    return rekeyed(tables, list(tables["records"])[number], key)


def change_part(tables, table, where, new):
    """Return tables with one part of a table replaced: that at a fraction, from 0 to 1, of the list of its parts."""
    found = [path for path in parts(tables[table]) if path]
    return tables | {table: with_part_replaced(tables[table], found[int(where * len(found))], new)}


@st.composite
def changes(draw):
    """Draw a function that damages the tables of a library."""
    if draw(st.integers(0, 4)) == 0:
        return partial(change_key, number=draw(st.integers(0, 6)), key=draw(KEYS))
    table = draw(st.sampled_from(["records", "records", "records", "meta"]))
    return partial(
        change_part, table=table, where=draw(st.floats(0, 1, exclude_max=True)), new=draw(ANY_JSON)
    )


def field(kind, name, new):
    """Return a function that replaces a field of the last record of a kind."""

    def change(tables):
        key = [key for key, one in tables["records"].items() if one["kind"] == kind][-1]
        return tables | {"records": with_part_replaced(tables["records"], (key, name), new)}

    return change


EXAMPLES = {
    "a past in a past": field("annotation", "past", [[]]),
    "no note": field("annotation", "note", None),
    "no article": field("annotation", "article", None),
    "a list of articles": field("annotation", "article", ["x"]),
    "deleted, in a way": field("annotation", "deleted", "yes"),
    "not a number": field("annotation", "later", float("nan")),
    "deep": field("annotation", "later", nested(DEEP, 0)),
    "a long number": field("annotation", "created", 10**4_200),
    "the year 1": field("annotation", "modified", "0001-01-01T00:00:00+14:00"),
    "other revisions": field("annotation", "others", [{"kind": "article", "id": "b"}, [], None]),
    "a change of nothing": field("change", "edits", [None, {}, {"before": 1, "after": {"id": []}}]),
    "a change at no time": field("change", "at", {}),
    "an article of no text": field("article", "text_hash", []),
    "a long key": lambda tables: rekeyed(tables, "2", "9" * 5_000),
    "the last key": lambda tables: rekeyed(tables, "2", "9" * 18),
    "two spellings of a key": lambda tables: rekeyed(tables, "2", "01"),
    "meta of the wrong kind": lambda tables: tables | {"meta": {**tables["meta"], "0": ["x"], "x": None}},
    "no meta": lambda tables: tables | {"meta": None},
}


def with_examples(test):
    for change in EXAMPLES.values():
        test = example(change)(test)
    return test


def change_file(path, change):
    tables = json.loads(path.read_bytes())
    path.write_text(json.dumps(change(tables)))


def visible(library):
    """Return the notes of a library, those of conflicts included, by the ids of their annotations."""
    found = {}
    for _entry, annotation in library.annotations():
        revisions = (annotation, *filter(None, annotation.conflicts))
        found.setdefault(annotation.id, set()).update(revision.note for revision in revisions)
    return found


MANY = settings(
    max_examples=rounds(80, 2_000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_open_window_keeps_its_notes_visible(tmp_path, name):
    keeps_its_notes(tmp_path, EXAMPLES[name])


@pytest.mark.slow
@MANY
@given(changes())
def test_an_open_window_keeps_its_notes_visible_after_any_change(change):
    with tempfile.TemporaryDirectory() as directory:
        keeps_its_notes(Path(directory), change)


def keeps_its_notes(home, change):
    driver = driver_with_two_notes(home)
    before = notes(driver.notebook)
    change_file(driver.file, change)
    driver.library.notebooks.refresh(driver.entry, driver.notebook)
    if is_foreign_or_later(driver.file.read_bytes()):  # then nothing is recovered
        return
    assert {one.id for one in driver.notebook} >= set(before)
    seen = visible(driver.library)
    assert all(note in seen[id_] for id_, note in before.items()), seen
    marked = driver.mark(8, 11)
    assert {one.id for one in driver.notebook} >= {*before, marked}
    driver.library.close()
    again = visible(Library(driver.paths))
    assert set(again) >= {*before, marked}
    json.loads(driver.file.read_bytes())


@pytest.mark.slow
@with_examples
@MANY
@given(changes())
def test_a_file_with_anything_in_it_is_opened_and_repaired(change):
    with tempfile.TemporaryDirectory() as directory:
        driver = driver_with_two_notes(Path(directory) / "home")
        driver.library.close()
        before = notes(driver.notebook)
        change_file(driver.file, change)
        content = driver.file.read_bytes()
        other = LibraryDriver(Path(directory) / "other", an_article("Other.", source="/o"))
        other.mark()
        try:
            other.library.merger.merge(driver.file)
            check(driver.paths)
            opened = Library(driver.paths)
            list(opened.annotations())
            opened.articles()
            opened.highlight_counts()
            for _pause in opened.notes.update():
                pass
            list(opened.notes.search(parse_query("one")))
            driver.open()
            driver.mark(8, 11)
            driver.library.close()
            driver.file.write_bytes(content)
            found = check(driver.paths)
            repair(driver.paths, found)
            after = check(driver.paths)
            assert after.state is FileState.WHOLE
            assert not after.shadowed
            seen = visible(Library(driver.paths))
            assert all(note in seen[id_] for id_, note in before.items()), seen
        except PactReaderError:
            # An error is right only for a file that is not a library, or has a later version.
            assert is_foreign_or_later(content)


def is_foreign_or_later(content):
    return read_contents(content).state in {FileState.FOREIGN, FileState.LATER}
