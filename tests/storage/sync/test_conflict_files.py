"""Other copies of the library: found where synchronisers leave them, and brought in whole."""

import shutil

import pytest

from pactreader.core.errors import LibraryError, UsageError
from storage.library_driver import LibraryDriver, an_article, notes, with_head

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
    """A library in two places, each with something that the other does not have."""
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


def test_what_synchronisers_leave_is_found_and_nothing_else(tmp_path):
    reader = LibraryDriver(tmp_path)
    reader.mark()
    for name in (*LEFT_BY_SYNCHRONISERS, *OTHERS[1:]):
        (tmp_path / name).write_text("{}")
    assert [path.name for path in reader.library.merger.conflict_files()] == sorted(LEFT_BY_SYNCHRONISERS)


def test_a_copy_is_found_beside_the_file_that_a_link_leads_to(tmp_path):
    (tmp_path / "synced").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "library.json").symlink_to(tmp_path / "synced" / "library.json")
    reader = LibraryDriver(tmp_path / "home")
    reader.mark()
    copy = tmp_path / "synced" / LEFT_BY_SYNCHRONISERS[0]
    copy.write_text("{}")
    assert reader.library.merger.conflict_files() == [copy]


def test_a_merge_says_what_it_did_and_a_second_one_does_nothing(apart):
    here, there = apart
    assert here.library.merger.merge(there.file).in_words == (
        "1 new annotation, 1 annotation with two versions. Their cards show both until you choose."
    )
    content = here.file.read_bytes()
    assert (
        here.library.merger.merge(there.file.parent).in_words == "It had nothing that was not here already."
    )
    assert here.file.read_bytes() == content
    here.library.refresh(here.entry, here.notebook)
    assert set(notes(here.notebook)) == {here.marked, there.new}
    (other,) = here.notebook[here.marked].conflicts
    assert {other.note, here.notebook[here.marked].note} == {"here", "there"}


def test_both_end_with_the_same_whoever_merges_first(apart):
    here, there = apart
    there.open()
    there.library.merger.merge(here.file)
    here.library.merger.merge(there.file)
    for reader in (here, there):
        reader.reopen()
    assert list(here.notebook) == list(there.notebook)


def test_what_a_synchroniser_left_is_put_away_once_it_is_merged(apart):
    here, there = apart
    copy = here.file.with_name(LEFT_BY_SYNCHRONISERS[0])
    shutil.copy(there.file, copy)
    ((path, merged),) = here.library.merger.merge_conflict_files()
    assert path == copy
    assert merged.changes
    assert here.library.merger.conflict_files() == []
    assert (here.paths.backups / f"merged-{copy.name}").read_bytes() == there.file.read_bytes()


def test_the_text_of_a_new_article_comes_along(tmp_path):
    here = LibraryDriver(tmp_path / "here")
    here.mark()
    article = an_article("Something else.", title="Else", source="/else.txt")
    there = LibraryDriver(tmp_path / "there", article)
    there.library.register(there.entry, article)
    there.mark()
    assert here.library.merger.merge(tmp_path / "there").in_words == "1 new article, 1 new annotation."
    (entry,) = [one for one in here.library.articles() if one.title == "Else"]
    assert here.library.stored_text(entry).text == "Something else."


def test_a_damaged_copy_gives_what_can_be_read_of_it(apart):
    here, there = apart
    content = there.file.read_bytes()
    there.file.write_bytes(content[: content.rindex(b'\n"')])
    merged = here.library.merger.merge(there.file)
    assert "is damaged" in merged.notice
    assert merged.changes


@pytest.mark.parametrize("content", ["hello", "{}", "", "\0\0", '{"_default": {"1": {"a": 1}}}'])
def test_what_is_no_library_is_not_merged(tmp_path, content):
    reader = LibraryDriver(tmp_path)
    reader.mark()
    before = reader.file.read_bytes()
    (tmp_path / "other").write_text(content)
    with pytest.raises(LibraryError, match="is no PactReader library"):
        reader.library.merger.merge(tmp_path / "other")
    assert reader.file.read_bytes() == before


def test_a_copy_of_a_later_version_waits_for_a_later_pactreader(tmp_path):
    reader = LibraryDriver(tmp_path)
    (tmp_path / "other").write_text(with_head({}).replace('"version": 2', '"version": 3'))
    with pytest.raises(LibraryError, match="later PactReader"):
        reader.library.merger.merge(tmp_path / "other")


def test_the_library_is_not_merged_with_itself(tmp_path):
    reader = LibraryDriver(tmp_path)
    reader.mark()
    with pytest.raises(UsageError, match="is the library itself"):
        reader.library.merger.merge(tmp_path)
