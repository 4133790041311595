"""The library: articles keep their identity, and notebooks are loaded as they were saved."""

import json
import os
import subprocess
import sys

import pytest

from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.article import Article, BlockKind, Passage, Piece, Span, SpanKind
from pactreader.core.errors import NotSavedError, PactReaderError
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.notebooks.placed_annotations import PlacedAnnotations
from pactreader.storage.articles import article_entries
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.schema import undo_history
from pactreader.storage.schema.records import ArticleEntry
from storage.library_driver import TEXT, LibraryDriver, an_article, documents, notes


def open_library(directory, **options):
    return Library(Paths.find(directory, {}), **options)


def test_a_notebook_comes_back_with_its_history(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked = driver.mark(0, 18)
    driver.note(marked, "Which envoy?")
    driver.do(driver.notebook.tag(marked, ("people", "北")))
    driver.do(driver.notebook.relabel(marked, "question"))
    driver.do(driver.notebook.note_on_article("A note on all of it"))
    driver.do(driver.notebook.undo())
    before = list(driver.notebook)
    driver.reopen()
    assert list(driver.notebook) == before
    driver.do(driver.notebook.redo())
    assert [annotation.note for annotation in driver.notebook] == ["A note on all of it", "Which envoy?"]
    for _ in range(5):
        driver.reopen()
        driver.do(driver.notebook.undo())
    assert len(driver.notebook) == 0
    assert driver.notebook.undo() is None


def test_an_abandoned_change_is_not_redone_after_a_restart(tmp_path):
    driver = LibraryDriver(tmp_path)
    driver.do(driver.notebook.note_on_article("abandoned"))
    driver.do(driver.notebook.undo())
    driver.do(driver.notebook.note_on_article("kept"))
    driver.do(driver.notebook.undo())
    driver.reopen()
    driver.do(driver.notebook.redo())
    assert [annotation.note for annotation in driver.notebook] == ["kept"]
    assert driver.notebook.redo() is None


def test_a_removed_annotation_leaves_a_tombstone_without_its_content(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    driver.note(marked, "secret")
    driver.do(driver.notebook.remove(marked))
    (tombstone,) = [one for one in documents(driver.file) if one["id"] == marked]
    assert tombstone.keys() == {"kind", "id", "article", "deleted", "created", "modified", "rev", "past"}
    assert tombstone["deleted"] is True
    assert list(driver.library.annotations()) == []
    driver.do(driver.notebook.undo())
    assert [annotation.note for _, annotation in driver.library.annotations()] == ["secret"]


def test_opening_writes_nothing_and_registering_lists_an_article(tmp_path):
    library = open_library(tmp_path / "home")
    entry = library.entry_for(an_article())
    assert not (tmp_path / "home").exists()
    assert library.entry_for(an_article()) == entry
    library.register(entry, an_article())
    assert open_library(tmp_path / "home").articles() == [entry]
    size = (tmp_path / "home" / "library.json").stat().st_size
    library.register(library.entry_for(an_article()), an_article())
    assert (tmp_path / "home" / "library.json").stat().st_size == size


def test_the_first_note_registers_its_article(tmp_path):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    assert [one["kind"] for one in documents(driver.file)] == ["article", "annotation", "change"]
    driver.mark()
    assert [one["kind"] for one in documents(driver.file)].count("article") == 1


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
    (entry,) = open_library(tmp_path).articles()
    assert (entry.id, entry.source, entry.title) == (first.entry.id, "/b.txt", "The pact")


def test_articles_with_nothing_in_common_are_never_one(tmp_path):
    library = open_library(tmp_path)
    one = library.entry_for(an_article("Text", source="/one"))
    library.register(one, an_article("Text", source="/one"))
    library.register(
        library.entry_for(an_article("Changed", source="/one")), an_article("Changed", source="/one")
    )
    another = library.entry_for(an_article("Text", source="/two"))
    assert another.id == one.id, "a text that it had"
    empty = [library.entry_for(Article.assemble([], title="", source=source)) for source in ("/3", "/4")]
    assert empty[0].id != empty[1].id


def test_an_article_is_found_by_its_id_or_a_part_of_its_title(tmp_path):
    library = open_library(tmp_path)
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
    library = open_library(tmp_path)
    entry = library.entry_for(an_article("Text", title="Ärger"))
    assert library.find(entry.id[:4]) == library.find(entry.id[:7].upper()) == entry
    with pytest.raises(PactReaderError, match="no article"):
        library.find(entry.id[:3])
    other = library.entry_for(an_article("Other", title=f"About {entry.id[:4]}", source="/other"))
    with pytest.raises(PactReaderError, match=f"{entry.id}.*{other.id}"):
        library.find(entry.id[:4])


def test_a_title_sends_no_control_characters_to_the_terminal(tmp_path):
    library = open_library(tmp_path)
    for number in range(2):
        library.entry_for(an_article(str(number), title="\x1b]52;c;x\x07\u202e same", source=f"/{number}"))
    with pytest.raises(PactReaderError) as refused:
        library.find("same")
    assert not set("\x1b\x07\u202e") & set(str(refused.value))


def test_annotations_come_article_by_article_in_reading_order(tmp_path):
    one = LibraryDriver(tmp_path, an_article(source="/one"))
    two = LibraryDriver(tmp_path, an_article("Another text here.", title="Two", source="/two"))
    late, other, early = one.mark(9, 12), two.mark(), one.mark(0, 3)
    everything = list(one.library.annotations())
    assert [annotation.id for _, annotation in everything] == [early, late, other]
    assert [entry.title for entry, _ in everything] == ["The pact", "The pact", "Two"]
    assert [annotation.id for _, annotation in one.library.annotations(two.entry.id)] == [other]
    assert list(one.library.annotations("nobody")) == []


def test_annotations_whose_article_is_lost_are_still_listed(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    lines = driver.file.read_text().split("\n")
    driver.file.write_text("\n".join(line for line in lines if '"kind":"article"' not in line))
    ((entry, annotation),) = open_library(tmp_path).annotations()
    assert (entry.id, entry.title, annotation.id) == (driver.entry.id, "", marked)


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
    driver = LibraryDriver(tmp_path)
    driver.mark()
    driver.library.close()
    tables = json.loads(driver.file.read_bytes())
    key, record = next((k, one) for k, one in tables["records"].items() if one["kind"] == "annotation")
    tables["records"][key] = record | damage
    driver.file.write_text(json.dumps(tables))
    again = LibraryDriver(tmp_path)
    assert list(again.library.annotations()) == []
    other = again.mark(4, 7)
    again.note(other, "x")
    again.library.close()
    assert json.loads(again.file.read_bytes())["records"][key] == record | damage


def test_a_used_id_is_not_given_again(tmp_path):
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


def test_what_the_library_returns_belongs_to_the_caller(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    change = driver.notebook.tag(marked, ("law",))
    edit = change.edits[0]
    extra = {"later": [1]}
    edits = (edit._replace(after=edit.after._replace(extra=extra)),)
    driver.do(change._replace(edits=edits))
    ((_, given),) = driver.library.annotations()
    given.extra["later"].append(2)
    extra["later"].append(3)
    ((_, again),) = driver.library.annotations()
    assert again.extra == {"later": [1]}


def test_only_the_newest_changes_survive_compaction(tmp_path, monkeypatch):
    monkeypatch.setattr(undo_history, "MAX_CHANGES", 5)
    driver = LibraryDriver(tmp_path)
    marked = [driver.mark(number, number + 1) for number in range(9)]
    driver.note(marked[0], "so that the file is written whole")
    driver.reopen()
    kept = [one for one in documents(driver.file) if one["kind"] == "change"]
    assert [one["number"] for one in kept] == [6, 7, 8, 9, 10]
    assert len(driver.notebook) == 9
    undone = 0
    while driver.do(driver.notebook.undo()):
        undone += 1
    assert undone == 5
    assert set(notes(driver.notebook)) == set(marked[:5])


def test_a_text_is_stored_with_its_blocks(tmp_path):
    pieces = [
        Piece(BlockKind.HEADING, "Über 전", 2),
        Piece(BlockKind.LIST_ITEM, "see here", 1, "•", 1, (Span(4, 8, SpanKind.LINK, "https://x.org"),)),
        Piece(BlockKind.TABLE, "a\tb"),
    ]
    article = Article.assemble(
        pieces, title="T", source="/a.md", language="de", author="A", date="2026-01-02"
    )
    library = open_library(tmp_path)
    entry = library.entry_for(article)
    assert library.kept.article(entry) is None
    library.register(entry, article)
    found = open_library(tmp_path).kept.article(entry)
    for name in ("title", "text", "blocks", "source", "language", "author", "date"):
        assert getattr(found, name) == getattr(article, name)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x1f\x8b\x08\x00broken"])
def test_a_damaged_stored_text_is_none(tmp_path, content):
    library = open_library(tmp_path)
    entry = library.entry_for(an_article())
    library.register(entry, an_article())
    (tmp_path / "texts" / f"{entry.text_hash}.json.gz").write_bytes(content)
    assert library.kept.article(entry) is None
    for text_hash in ("../library", "", "0" * 32):
        assert library.kept.article(entry._replace(text_hash=text_hash)) is None


def edited(driver, text):
    """Open the driver's article again, from its source with another text."""
    driver.library.close()
    return LibraryDriver(driver.paths.data, an_article(text))


def test_an_entry_keeps_the_hashes_of_its_texts(tmp_path, monkeypatch):
    driver = LibraryDriver(tmp_path)
    hashes = [driver.article.text_hash]
    for number in range(4):
        driver.library.register(driver.entry, driver.article)
        driver = edited(driver, f"{TEXT} Version {number}.")
        hashes.append(driver.article.text_hash)
    assert (driver.entry.text_hashes, driver.entry.text_hash) == (tuple(hashes), hashes[-1])
    driver.library.register(driver.entry, driver.article)
    back = edited(driver, TEXT)
    assert (back.entry.text_hashes, back.entry.text_hash) == ((*hashes[1:], hashes[0]), hashes[0])
    monkeypatch.setattr(article_entries, "_LONGEST_HISTORY", 2)
    assert edited(driver, f"{TEXT} More.").entry.text_hashes[0] == hashes[-1]


def test_a_notebook_has_the_former_texts_of_its_article(tmp_path, monkeypatch):
    driver = LibraryDriver(tmp_path)
    driver.library.register(driver.entry, driver.article)
    driver.mark()
    other = LibraryDriver(tmp_path, an_article("Another text here.", title="Two", source="/two"))
    other.library.register(other.entry, other.article)
    loaded = {}
    monkeypatch.setattr(Notebook, "use_former_texts", lambda _self, texts: loaded.update(texts))
    edited(driver, f"Once more. {TEXT}")
    assert loaded == {driver.article.text_hash: TEXT}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (TEXT, {None, PlacementKind.EXACT}),
        (f"Once more. {TEXT}", {None, PlacementKind.MOVED}),
        ("Once more. Kim met the envoy. Nothing else.", {None, PlacementKind.MOVED, PlacementKind.LOST}),
    ],
    ids=["unchanged", "moved", "lost"],
)
def test_annotations_to_be_read_are_those_of_the_notebook(tmp_path, text, kinds):
    driver = LibraryDriver(tmp_path)
    driver.library.register(driver.entry, driver.article)
    for start in (32, 0, 4):
        driver.mark(start, start + 3)
    driver.do(driver.notebook.note_on_article("Mine"))
    driver.do(driver.notebook.remove(driver.mark(8, 11)))
    article = an_article(text)

    placed = driver.library.placed_annotations(driver.entry, article)
    assert placed == PlacedAnnotations.of(driver.library.notebook(driver.entry, article))
    assert {placement and placement.kind for _annotation, placement in placed.annotations} == kinds
    unread = driver.library.placed_annotations(driver.entry, None)
    assert [annotation.note for annotation, _placement in unread.annotations] == ["Mine", "", "", ""]
    assert {placement for _annotation, placement in unread.annotations} == {None}
    assert unread.article.title == "The pact"


def test_articles_are_annotated_while_an_annotation_can_be_read(tmp_path):
    one = LibraryDriver(tmp_path, an_article(source="/one"))
    marked = one.mark()
    two = LibraryDriver(tmp_path, an_article("Another text here.", title="Two", source="/two"))
    two.mark()
    one.do(one.notebook.remove(marked))
    assert [entry.title for entry in open_library(tmp_path).annotated()] == ["Two"]
    lines = two.file.read_text().split("\n")
    two.file.write_text("\n".join(line for line in lines if '"kind":"article"' not in line))
    assert open_library(tmp_path).annotated() == [ArticleEntry(two.entry.id)]


def test_removing_and_undoing_keeps_the_text_of_an_anchor(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    driver.library.register(driver.entry, driver.article)
    driver = edited(driver, f"Once more. {TEXT}")
    driver.do(driver.notebook.remove(marked))
    driver.reopen()
    driver.do(driver.notebook.undo())
    driver.reopen()
    assert driver.notebook[marked].anchor.text_hash == an_article().text_hash


def test_an_article_is_read_where_nothing_can_be_written(tmp_path, monkeypatch):
    def refuse(*_arguments):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "mkdir", refuse)
    library = open_library(tmp_path / "home" / "deep")
    article = an_article()
    entry = library.entry_for(article)
    assert len(library.notebook(entry, article)) == 0
    with pytest.raises(NotSavedError, match="could not be written: Read-only file system"):
        library.register(entry, article)
    library.close()


def test_reading_imports_neither_the_lock_nor_platformdirs():
    code = "import sys, pactreader.storage.library; print({'filelock', 'platformdirs', 'gzip'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_a_renamed_article_is_listed_and_found_by_its_name(tmp_path):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    library = open_library(tmp_path)
    library.rename(driver.entry.id, "Putin in Pyongyang")
    assert [entry.display_title for entry in driver.library.articles()] == ["Putin in Pyongyang"]
    assert library.find("pyongyang").id == library.find("the pact").id == driver.entry.id
    driver.reopen()
    assert driver.entry.display_title == "Putin in Pyongyang", "opening it again does not take its name away"
    for own in ("", "The pact"):
        library.rename(driver.entry.id, own)
        assert [(entry.display_title, entry.name) for entry in open_library(tmp_path).articles()] == [
            ("The pact", "")
        ]


def test_an_archived_article_is_back_when_it_is_opened_again(tmp_path):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    library = open_library(tmp_path)
    library.archive(driver.entry.id)
    assert library.articles() == list(library.annotations()) == []
    assert [entry.id for entry in library.articles(archived=True)] == [driver.entry.id]
    with pytest.raises(PactReaderError, match="knows no article"):
        library.find("pact")
    assert library.find(driver.entry.id).archived
    driver.reopen()
    driver.library.register(driver.entry, driver.article)
    assert [entry.id for entry in open_library(tmp_path).articles()] == [driver.entry.id]
    assert len(driver.notebook) == 1


def test_archiving_and_renaming_are_merged(tmp_path):
    driver = LibraryDriver(tmp_path / "one")
    driver.mark()
    other = LibraryDriver(tmp_path / "two")
    other.mark()
    library = open_library(tmp_path / "one")
    library.rename(driver.entry.id, "Another name")
    library.archive(driver.entry.id)
    library.close()
    there = open_library(tmp_path / "two")
    there.merger.merge(tmp_path / "one")
    assert [entry.display_title for entry in there.articles(archived=True)] == ["Another name"]
    there.unarchive(other.entry.id)
    assert [entry.display_title for entry in there.articles()] == ["Another name"]


def test_a_name_that_is_not_saved_is_not_shown(tmp_path, monkeypatch):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(NotSavedError):
        driver.library.rename(driver.entry.id, "Another name")
    assert [entry.display_title for entry in driver.library.articles()] == ["The pact"]


def test_highlights_are_counted_by_article(tmp_path):
    driver = LibraryDriver(tmp_path)
    removed = driver.mark()
    driver.mark(0, 3)
    driver.do(driver.notebook.note_on_article("Not in the text"))
    driver.do(driver.notebook.remove(removed))
    assert driver.library.highlight_counts() == {driver.entry.id: 1}


def failing(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")


def test_the_same_file_read_otherwise_is_no_change_of_the_article(tmp_path):
    library = open_library(tmp_path)
    former = an_article("One. Two.")._replace(file_hash="a" * 32)
    library.register(library.entry_for(former), former)
    reread = library.entry_for(an_article("One.\n\nTwo.")._replace(file_hash="a" * 32))
    edited = library.entry_for(an_article("One. Three.")._replace(file_hash="b" * 32))

    assert (library.is_reread(reread), library.is_reread(edited)) == (True, False)
    assert library.saved_text_hash(reread) == reread.text_hash
    assert library.saved_text_hash(edited) == former.text_hash


def test_a_text_that_stands_on_other_lines_of_its_file_is_stored_anew(tmp_path):
    library = open_library(tmp_path)
    for line in (1, 5):
        piece = Piece(BlockKind.PARAGRAPH, "One.", lines=((0, line),))
        article = Article.assemble([piece], title="t", source="/a.txt")._replace(file_hash=str(line) * 32)
        entry = library.entry_for(article)
        library.register(entry, article)

        stored = library.kept.article(entry)
        assert stored is not None
        assert stored.source_lines.at(0) == line


def test_a_text_that_was_written_ahead_is_not_written_again(tmp_path):
    library = open_library(tmp_path)
    before = an_article("One.")._replace(file_hash="a" * 32)
    library.register(library.entry_for(before), before)
    changed = an_article("Two.")._replace(file_hash="b" * 32)
    library.kept.store_text(changed)
    written = {path: path.stat().st_ino for path in (tmp_path / "texts").rglob("*") if path.is_file()}
    library.register(library.entry_for(changed), changed)

    assert len(written) == 2
    assert {path: path.stat().st_ino for path in written} == written
