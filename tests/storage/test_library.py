"""The library: articles that stay the same article, and notebooks that come back as they were left."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from pactreader.core.article import Article, BlockKind, Passage, Piece, Span, SpanKind
from pactreader.core.errors import NotSavedError, PactReaderError
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.schema import undo_history
from storage.library_driver import TEXT, LibraryDriver, an_article, documents, notes


def a_library(directory, **options):
    return Library(Paths.find(directory, {}), **options)


def test_a_notebook_comes_back_with_its_history(tmp_path):
    reader = LibraryDriver(tmp_path)
    marked = reader.mark(0, 18)
    reader.note(marked, "Which envoy?")
    reader.do(reader.notebook.tag(marked, ("people", "北")))
    reader.do(reader.notebook.relabel(marked, "question"))
    reader.do(reader.notebook.note_on_article("A note on all of it"))
    reader.do(reader.notebook.undo())
    before = list(reader.notebook)
    reader.reopen()
    assert list(reader.notebook) == before
    reader.do(reader.notebook.redo())
    assert [annotation.note for annotation in reader.notebook] == ["A note on all of it", "Which envoy?"]
    for _ in range(5):
        reader.reopen()
        reader.do(reader.notebook.undo())
    assert len(reader.notebook) == 0
    assert reader.notebook.undo() is None


def test_what_was_undone_before_something_else_was_done_is_not_redone_after_a_restart(tmp_path):
    reader = LibraryDriver(tmp_path)
    reader.do(reader.notebook.note_on_article("abandoned"))
    reader.do(reader.notebook.undo())
    reader.do(reader.notebook.note_on_article("kept"))
    reader.do(reader.notebook.undo())
    reader.reopen()
    reader.do(reader.notebook.redo())
    assert [annotation.note for annotation in reader.notebook] == ["kept"]
    assert reader.notebook.redo() is None


def test_a_removed_annotation_leaves_a_tombstone_without_what_it_said(tmp_path):
    reader = LibraryDriver(tmp_path)
    marked = reader.mark()
    reader.note(marked, "secret")
    reader.do(reader.notebook.remove(marked))
    (tombstone,) = [one for one in documents(reader.file) if one["id"] == marked]
    assert tombstone.keys() == {"kind", "id", "article", "deleted", "created", "modified", "rev", "past"}
    assert tombstone["deleted"] is True
    assert list(reader.library.annotations()) == []
    reader.do(reader.notebook.undo())
    assert [annotation.note for _, annotation in reader.library.annotations()] == ["secret"]


def test_opening_an_article_writes_nothing_and_keeping_it_lists_it(tmp_path):
    library = a_library(tmp_path / "home")
    entry = library.entry_for(an_article())
    assert not (tmp_path / "home").exists()
    assert library.entry_for(an_article()) == entry
    library.register(entry, an_article())
    assert a_library(tmp_path / "home").articles() == [entry]
    size = (tmp_path / "home" / "library.json").stat().st_size
    library.register(library.entry_for(an_article()), an_article())
    assert (tmp_path / "home" / "library.json").stat().st_size == size


def test_the_first_note_brings_its_article_in(tmp_path):
    reader = LibraryDriver(tmp_path)
    reader.mark()
    assert [one["kind"] for one in documents(reader.file)] == ["article", "annotation", "change"]
    reader.mark()
    assert [one["kind"] for one in documents(reader.file)].count("article") == 1


def test_an_article_is_the_same_by_its_source_or_by_its_text(tmp_path):
    first = LibraryDriver(tmp_path, an_article(source="/a.txt"))
    first.mark()
    edited = LibraryDriver(tmp_path, an_article(TEXT + " More.", title="New title", source="/a.txt"))
    assert edited.entry.id == first.entry.id
    edited.mark()
    moved = LibraryDriver(tmp_path, an_article(TEXT + " More.", source="/b.txt"))
    assert moved.entry.id == first.entry.id
    assert len(moved.notebook) == 2
    moved.mark()
    piped = LibraryDriver(tmp_path, an_article(TEXT + " More.", source="-"))
    assert piped.entry.id == first.entry.id
    assert piped.entry.source == "/b.txt", "standard input is no place to find it again"
    other_pipe = LibraryDriver(tmp_path, an_article("Quite another text.", source="-"))
    assert other_pipe.entry.id != first.entry.id
    (entry,) = a_library(tmp_path).articles()
    assert (entry.id, entry.source, entry.title) == (first.entry.id, "/b.txt", "The pact")


def test_articles_with_nothing_in_common_are_never_one(tmp_path):
    library = a_library(tmp_path)
    one = library.entry_for(an_article("Text", source="/one"))
    library.register(one, an_article("Text", source="/one"))
    library.register(
        library.entry_for(an_article("Changed", source="/one")), an_article("Changed", source="/one")
    )
    another = library.entry_for(an_article("Text", source="/two"))
    assert another.id != one.id
    empty = [library.entry_for(Article.assemble([], title="", source=source)) for source in ("/3", "/4")]
    assert empty[0].id != empty[1].id


def test_an_article_is_found_by_its_id_or_a_part_of_its_title(tmp_path):
    library = a_library(tmp_path)
    titles = ["The Pact", "The Pact Revisited", "Überblick"]
    entries = [
        library.entry_for(an_article(title, title=title, source=f"/{number}"))
        for number, title in enumerate(titles)
    ]
    assert library.find(entries[1].id) == entries[1]
    assert library.find("überBLICK") == entries[2]
    assert library.find("revisited") == entries[1]
    assert library.find("the pact") == entries[0], "a whole title wins"
    with pytest.raises(PactReaderError, match="no article “nothing”"):
        library.find("nothing")
    with pytest.raises(PactReaderError) as refused:
        library.find("pac")
    assert all(entry.id in refused.value.message for entry in entries[:2])
    assert entries[2].id not in refused.value.message


def test_an_article_is_found_by_the_beginning_of_its_id(tmp_path):
    library = a_library(tmp_path)
    entry = library.entry_for(an_article("Text", title="Ärger"))
    assert library.find(entry.id[:4]) == library.find(entry.id[:7].upper()) == entry
    with pytest.raises(PactReaderError, match="no article"):
        library.find(entry.id[:3])
    other = library.entry_for(an_article("Other", title=f"About {entry.id[:4]}", source="/other"))
    with pytest.raises(PactReaderError, match=f"{entry.id}.*{other.id}"):
        library.find(entry.id[:4])


def test_a_title_from_the_file_says_nothing_to_the_terminal(tmp_path):
    library = a_library(tmp_path)
    for number in range(2):
        library.entry_for(an_article(str(number), title="\x1b]52;c;x\x07\u202e same", source=f"/{number}"))
    with pytest.raises(PactReaderError) as refused:
        library.find("same")
    assert not set("\x1b\x07\u202e") & set(str(refused.value))


def test_annotations_come_article_by_article_in_the_order_of_their_text(tmp_path):
    one = LibraryDriver(tmp_path, an_article(source="/one"))
    two = LibraryDriver(tmp_path, an_article("Another text here.", title="Two", source="/two"))
    late, other, early = one.mark(9, 12), two.mark(), one.mark(0, 3)
    everything = list(one.library.annotations())
    assert [annotation.id for _, annotation in everything] == [early, late, other]
    assert [entry.title for entry, _ in everything] == ["The pact", "The pact", "Two"]
    assert [annotation.id for _, annotation in one.library.annotations(two.entry.id)] == [other]
    assert list(one.library.annotations("nobody")) == []


def test_annotations_whose_article_is_lost_are_still_given(tmp_path):
    reader = LibraryDriver(tmp_path)
    marked = reader.mark()
    lines = reader.file.read_text().split("\n")
    reader.file.write_text("\n".join(line for line in lines if '"kind":"article"' not in line))
    ((entry, annotation),) = a_library(tmp_path).annotations()
    assert (entry.id, entry.title, annotation.id) == (reader.entry.id, "", marked)


@pytest.mark.parametrize(
    "damage",
    [
        {"id": "../../../etc/passwd"},
        {"id": 7},
        {"id": ""},
        {"note": None},
        {"label": ["doubt"]},
        {"tags": "law"},
        {"tags": ["law", 1]},
        {"tags": None},
        {"created": 5},
        {"anchor": {}},
        {"anchor": "text"},
        {"anchor": {"exact": "Kim", "prefix": "", "suffix": "", "start": -1, "end": 3}},
        {"anchor": {"exact": "Kim", "prefix": "", "suffix": "", "start": True, "end": 3}},
        {"anchor": {"exact": 1, "prefix": "", "suffix": "", "start": 0, "end": 3}},
        {"article": ["a"]},
        {"unknown": json.loads("[" * 600 + "]" * 600)},
    ],
)
def test_a_record_that_cannot_be_read_is_left_alone(tmp_path, damage):
    reader = LibraryDriver(tmp_path)
    reader.mark()
    reader.library.close()
    tables = json.loads(reader.file.read_bytes())
    key, record = next((k, one) for k, one in tables["records"].items() if one["kind"] == "annotation")
    tables["records"][key] = record | damage
    reader.file.write_text(json.dumps(tables))
    again = LibraryDriver(tmp_path)
    assert list(again.library.annotations()) == []
    other = again.mark(4, 7)
    again.note(other, "x")
    again.library.close()
    assert json.loads(again.file.read_bytes())["records"][key] == record | damage


def test_an_id_that_is_taken_is_not_given_again(tmp_path):
    ids = iter("abacbd")
    paths = Paths.find(tmp_path, {})
    library = Library(paths, new_id=lambda: next(ids))
    article = an_article()
    entry = library.entry_for(article)
    notebook = library.notebook(entry, article)
    for _ in range(2):
        change = notebook.highlight(Passage(0, 3), "doubt")
        library.save(entry, change)
        notebook.apply(change)
    found = [one["id"] for one in documents(paths.library) if one["kind"] != "article"]
    assert len(found) == len(set(found)) == 4


def test_what_the_library_gives_is_nobody_elses(tmp_path):
    reader = LibraryDriver(tmp_path)
    marked = reader.mark()
    change = reader.notebook.tag(marked, ("law",))
    edit = change.edits[0]
    extra = {"later": [1]}
    edits = (edit._replace(after=replace(edit.after, extra=extra)),)
    reader.do(replace(change, edits=edits))
    ((_, given),) = reader.library.annotations()
    given.extra["later"].append(2)
    extra["later"].append(3)
    ((_, again),) = reader.library.annotations()
    assert again.extra == {"later": [1]}


def test_only_the_newest_changes_are_kept_when_the_file_is_written_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(undo_history, "MAX_CHANGES", 5)
    reader = LibraryDriver(tmp_path)
    marked = [reader.mark(number, number + 1) for number in range(9)]
    reader.note(marked[0], "so that the file is written whole")
    reader.reopen()
    kept = [one for one in documents(reader.file) if one["kind"] == "change"]
    assert [one["number"] for one in kept] == [6, 7, 8, 9, 10]
    assert len(reader.notebook) == 9
    undone = 0
    while reader.do(reader.notebook.undo()):
        undone += 1
    assert undone == 5
    assert set(notes(reader.notebook)) == set(marked[:5])


def test_a_text_is_kept_with_its_blocks(tmp_path):
    pieces = [
        Piece(BlockKind.HEADING, "Über 전", 2),
        Piece(BlockKind.LIST_ITEM, "see here", 1, "•", 1, (Span(4, 8, SpanKind.LINK, "https://x.org"),)),
        Piece(BlockKind.TABLE, "a\tb"),
    ]
    article = Article.assemble(
        pieces, title="T", source="/a.md", language="de", author="A", date="2026-01-02"
    )
    library = a_library(tmp_path)
    entry = library.entry_for(article)
    assert library.stored_text(entry) is None
    library.register(entry, article)
    found = a_library(tmp_path).stored_text(entry)
    for name in ("title", "text", "blocks", "source", "language", "author", "date"):
        assert getattr(found, name) == getattr(article, name)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x1f\x8b\x08\x00broken"])
def test_a_kept_text_that_is_damaged_is_none(tmp_path, content):
    library = a_library(tmp_path)
    entry = library.entry_for(an_article())
    library.register(entry, an_article())
    (tmp_path / "texts" / f"{entry.text_hash}.json.gz").write_bytes(content)
    assert library.stored_text(entry) is None
    for text_hash in ("../library", "", "0" * 32):
        assert library.stored_text(replace(entry, text_hash=text_hash)) is None


def test_where_nothing_can_be_written_an_article_is_read_all_the_same(tmp_path, monkeypatch):
    def refuse(*_arguments):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "mkdir", refuse)
    library = a_library(tmp_path / "home" / "deep")
    article = an_article()
    entry = library.entry_for(article)
    assert len(library.notebook(entry, article)) == 0
    with pytest.raises(NotSavedError, match="could not be written: Read-only file system"):
        library.register(entry, article)
    library.close()


def test_reading_needs_neither_the_lock_nor_the_platforms_directories():
    code = "import sys, pactreader.storage.library; print({'filelock', 'platformdirs', 'gzip'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_an_article_is_called_what_the_reader_calls_it(tmp_path):
    reader = LibraryDriver(tmp_path)
    reader.mark()
    library = a_library(tmp_path)
    library.rename(reader.entry.id, "Putin in Pyongyang")
    assert [entry.display_title for entry in reader.library.articles()] == ["Putin in Pyongyang"]
    assert library.find("pyongyang").id == library.find("the pact").id == reader.entry.id
    reader.reopen()
    assert reader.entry.display_title == "Putin in Pyongyang", "opening it again does not take its name away"
    for own in ("", "The pact"):
        library.rename(reader.entry.id, own)
        assert [(entry.display_title, entry.name) for entry in a_library(tmp_path).articles()] == [
            ("The pact", "")
        ]


def test_a_forgotten_article_is_not_shown_and_is_back_with_its_notes_when_it_is_opened_again(tmp_path):
    reader = LibraryDriver(tmp_path)
    reader.mark()
    library = a_library(tmp_path)
    library.archive(reader.entry.id)
    assert library.articles() == list(library.annotations()) == []
    assert [entry.id for entry in library.articles(archived=True)] == [reader.entry.id]
    with pytest.raises(PactReaderError, match="knows no article"):
        library.find("pact")
    assert library.find(reader.entry.id).archived
    reader.reopen()
    reader.library.register(reader.entry, reader.article)
    assert [entry.id for entry in a_library(tmp_path).articles()] == [reader.entry.id]
    assert len(reader.notebook) == 1


def test_forgetting_and_renaming_travel_to_a_copy(tmp_path):
    reader = LibraryDriver(tmp_path / "one")
    reader.mark()
    other = LibraryDriver(tmp_path / "two")
    other.mark()
    library = a_library(tmp_path / "one")
    library.rename(reader.entry.id, "Another name")
    library.archive(reader.entry.id)
    library.close()
    there = a_library(tmp_path / "two")
    there.merger.merge(tmp_path / "one")
    assert [entry.display_title for entry in there.articles(archived=True)] == ["Another name"]
    there.unarchive(other.entry.id)
    assert [entry.display_title for entry in there.articles()] == ["Another name"]


def test_a_name_that_is_not_saved_is_not_there(tmp_path, monkeypatch):
    reader = LibraryDriver(tmp_path)
    reader.mark()
    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(NotSavedError):
        reader.library.rename(reader.entry.id, "Another name")
    assert [entry.display_title for entry in reader.library.articles()] == ["The pact"]


def test_highlights_are_counted_by_article(tmp_path):
    reader = LibraryDriver(tmp_path)
    removed = reader.mark()
    reader.mark(0, 3)
    reader.do(reader.notebook.note_on_article("Not in the text"))
    reader.do(reader.notebook.remove(removed))
    assert reader.library.highlight_counts() == {reader.entry.id: 1}


def failing(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")
