"""Changes of a file are reported once it has rested."""

import os

import pytest

from pactreader.tui.session.reload.file_changes import REST, FileChange, FileChanges, is_monitorable


class Clock:
    seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("one")
    return path


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def changes(path, clock):
    return FileChanges(str(path), now=clock)


def rested(changes, clock):
    """Return the change after the file has rested."""
    changes.check()
    clock.seconds += 2 * REST
    return changes.check()


def test_an_unchanged_file_has_no_change(changes, clock):
    assert rested(changes, clock) is None
    assert not changes.is_pending


def test_a_half_written_file_is_not_reported_until_it_rests(path, changes, clock):
    for text in ("two", "two and", "two and a half"):
        path.write_text(text)
        assert changes.check() is None
        clock.seconds += REST * 0.9
    clock.seconds += REST
    assert changes.check() is FileChange.WRITTEN


def test_a_file_that_is_replaced_is_written(path, changes, clock):
    new = path.with_name("new")
    new.write_text("one")
    os.utime(new, ns=(0, path.stat().st_mtime_ns))
    new.replace(path)
    assert rested(changes, clock) is FileChange.WRITTEN


def test_a_change_is_reported_until_it_is_accepted(path, changes, clock):
    path.write_text("other")
    assert rested(changes, clock) is FileChange.WRITTEN
    assert changes.check() is FileChange.WRITTEN
    assert changes.accept()
    assert changes.check() is None


def test_a_change_while_the_file_is_read_is_not_accepted(path, changes, clock):
    path.write_text("other")
    assert rested(changes, clock) is FileChange.WRITTEN
    path.write_text("yet another")
    assert not changes.accept()
    assert rested(changes, clock) is FileChange.WRITTEN


def test_a_file_that_is_removed_to_be_written_again_is_not_gone(path, changes, clock):
    path.unlink()
    assert changes.check() is None
    path.write_text("again")
    clock.seconds += REST
    assert rested(changes, clock) is FileChange.WRITTEN


def test_a_removed_file_is_gone_and_written_when_it_returns(path, changes, clock):
    path.unlink()
    assert rested(changes, clock) is FileChange.GONE
    changes.accept()
    assert rested(changes, clock) is None
    path.write_text("one")
    assert rested(changes, clock) is FileChange.WRITTEN


def test_links_are_followed(path, clock):
    link, other = path.with_name("link"), path.with_name("b.txt")
    link.symlink_to(path)
    other.write_text("two")
    changes = FileChanges(str(link), now=clock)
    link.unlink()
    link.symlink_to(other)
    assert rested(changes, clock) is FileChange.WRITTEN


def test_only_files_and_what_may_become_one_are_monitored(path, tmp_path):
    assert is_monitorable(str(path))
    assert is_monitorable(str(tmp_path / "gone.txt"))
    assert not is_monitorable(str(tmp_path))
    assert not is_monitorable("/dev/null")
    assert not is_monitorable("-")
    assert not is_monitorable("russia-north-korea-pact.txt")
