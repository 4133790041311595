"""Conflict files: they are found where synchronisers leave them, and merged."""

import shutil

import pytest

from pactreader.core.errors import LibraryError, UsageError
from pactreader.storage.texts.store_files import stored_files
from pactreader.storage.texts.text_store import StoredTexts
from storage.library_driver import TEXT, LibraryDriver, an_article, notes, with_head

LEFT_BY_SYNCHRONISERS = [
    "library.sync-conflict-20261124-101112-ABCDEFG.json",
    "library (Ann's conflicted copy 2026-11-24).json",
    "library (conflicted copy 2026-11-24 101112).json",
    "library_conflict-20261124-101112.json",
]
OTHERS = [
    "library.json",
    "library.damaged-20261124T101112Z.json",
    "library.json.bak",
    "other conflicted copy.json",
]


@pytest.fixture
def apart(tmp_path):
    """Two copies of a library, each with something that the other does not have."""
    here = LibraryDriver(tmp_path / "here")
    here.marked = here.mark(0, 3)
    here.library.register(here.entry, here.article)
    here.library.close()
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    here.open()
    there = LibraryDriver(tmp_path / "there")
    here.note(here.marked, "here")
    there.note(here.marked, "there")
    there.new = there.mark(4, 7)
    there.library.close()
    return here, there


def test_conflict_files_are_found_and_nothing_else(tmp_path):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    for name in (*LEFT_BY_SYNCHRONISERS, *OTHERS[1:]):
        (tmp_path / name).write_text("{}")
    assert [path.name for path in driver.library.merger.conflict_files()] == sorted(LEFT_BY_SYNCHRONISERS)


def test_a_conflict_file_is_found_beside_the_target_of_a_link(tmp_path):
    (tmp_path / "synced").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "library.json").symlink_to(tmp_path / "synced" / "library.json")
    driver = LibraryDriver(tmp_path / "home")
    driver.mark()
    copy = tmp_path / "synced" / LEFT_BY_SYNCHRONISERS[0]
    copy.write_text("{}")
    assert driver.library.merger.conflict_files() == [copy]


def test_a_merge_reports_and_a_second_one_does_nothing(apart):
    here, there = apart
    assert here.library.merger.merge(there.file).summary == (
        "1 new annotation, 1 annotation with two versions. Their cards show both until you choose."
    )
    content = here.file.read_bytes()
    assert here.library.merger.merge(there.file.parent).summary == "It had nothing that was not here already."
    assert here.file.read_bytes() == content
    here.library.notebooks.refresh(here.entry, here.notebook)
    assert set(notes(here.notebook)) == {here.marked, there.new}
    (other,) = here.notebook[here.marked].conflicts
    assert {other.note, here.notebook[here.marked].note} == {"here", "there"}


def test_both_sides_end_the_same_whoever_merges_first(apart):
    here, there = apart
    there.open()
    there.library.merger.merge(here.file)
    here.library.merger.merge(there.file)
    for driver in (here, there):
        driver.reopen()
    assert list(here.notebook) == list(there.notebook)


def test_a_merged_conflict_file_is_moved_to_the_backups(apart):
    here, there = apart
    copy = here.file.with_name(LEFT_BY_SYNCHRONISERS[0])
    shutil.copy(there.file, copy)
    ((path, merged),) = here.library.merger.merge_conflict_files()
    assert path == copy
    assert merged.changes
    assert here.library.merger.conflict_files() == []
    assert (here.paths.backups / f"merged-{copy.name}").read_bytes() == there.file.read_bytes()


def test_the_text_of_a_new_article_is_copied(tmp_path):
    here = LibraryDriver(tmp_path / "here")
    here.mark()
    article = an_article("Something else.", title="Else", source="/else.txt")
    there = LibraryDriver(tmp_path / "there", article)
    there.library.register(there.entry, article)
    there.mark()
    assert here.library.merger.merge(tmp_path / "there").summary == "1 new article, 1 new annotation."
    (entry,) = [one for one in here.library.articles() if one.title == "Else"]
    assert here.library.kept.article(entry).text == "Something else."


def test_the_readable_records_of_a_damaged_copy_are_merged(apart):
    here, there = apart
    content = there.file.read_bytes()
    there.file.write_bytes(content[: content.rindex(b'\n"')])
    merged = here.library.merger.merge(there.file)
    assert "is damaged" in merged.notice
    assert merged.changes


@pytest.mark.parametrize("content", ["hello", "{}", "", "\0\0", '{"_default": {"1": {"a": 1}}}'])
def test_a_file_that_is_no_library_is_not_merged(tmp_path, content):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    before = driver.file.read_bytes()
    (tmp_path / "other").write_text(content)
    with pytest.raises(LibraryError, match="is no PactReader library"):
        driver.library.merger.merge(tmp_path / "other")
    assert driver.file.read_bytes() == before


def test_a_copy_of_a_later_version_is_refused(tmp_path):
    driver = LibraryDriver(tmp_path)
    (tmp_path / "other").write_text(with_head({}).replace('"version": 2', '"version": 3'))
    with pytest.raises(LibraryError, match="later PactReader"):
        driver.library.merger.merge(tmp_path / "other")


def test_the_library_is_not_merged_with_itself(tmp_path):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    with pytest.raises(UsageError, match="is the library itself"):
        driver.library.merger.merge(tmp_path)


def test_a_record_under_the_key_of_another_is_merged_too(apart):
    here, there = apart
    content = there.file.read_bytes()
    lines = [line for line in content.splitlines() if b'"kind":"annotation"' in line]
    keys = [line.split(b":")[0] for line in lines]
    there.file.write_bytes(content.replace(lines[-1], lines[-1].replace(keys[-1], keys[0], 1)))

    here.library.merger.merge(there.file)
    here.library.notebooks.refresh(here.entry, here.notebook)

    assert set(notes(here.notebook)) == {here.marked, there.new}


def test_the_former_texts_of_annotations_are_copied(tmp_path):
    texts = [TEXT, f"Once more. {TEXT}", f"And once more. {TEXT}"]
    here = LibraryDriver(tmp_path / "here", an_article(texts[0]))
    here.library.register(here.entry, here.article)
    for text in texts:
        there = LibraryDriver(tmp_path / "there", an_article(text))
        there.library.register(there.entry, there.article)
        there.mark()
        there.library.close()

    here.library.merger.merge(tmp_path / "there")

    stored = StoredTexts(here.paths.texts)
    assert {stored[one.hash] for one in stored_files(here.paths.texts)} == set(texts)
    anchors = [annotation.anchor for _, annotation in here.library.annotations()]
    assert len({anchor.text_hash for anchor in anchors}) == 3
    assert all(stored[one.text_hash][one.start : one.end] == one.exact for one in anchors)


def test_a_text_that_is_missing_here_comes_with_any_merge(tmp_path):
    here = LibraryDriver(tmp_path / "here")
    here.library.register(here.entry, here.article)
    here.mark()
    shutil.copytree(here.paths.data, tmp_path / "there")
    (path,) = here.paths.texts.iterdir()
    path.unlink()
    assert not here.library.merger.merge(tmp_path / "there").changes
    assert path.exists()


def test_a_stopped_merge_changes_nothing(apart):
    here, there = apart
    content = here.file.read_bytes()

    def stop(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        here.library.merger.merge(there.file, on_progress=stop)
    assert here.file.read_bytes() == content
    assert here.library.merger.merge(there.file).changes


def test_what_is_written_between_comparing_and_saving_is_merged_too(apart):
    here, there = apart
    merger = here.library.merger
    prepared = merger.prepare(there.file, merger.state())
    here.note(here.marked, "written meanwhile")
    assert merger.save(prepared).changes
    here.reopen()
    versions = [here.notebook[here.marked], *here.notebook[here.marked].conflicts]
    assert {each.note for each in versions} == {"written meanwhile", "there"}
