"""A directory of the cache: nothing in it is read that anybody else may have written."""

import os
import sys

import pytest

from pactreader.storage.cache_directory import CacheDirectory

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


@pytest.fixture
def directory(tmp_path):
    return CacheDirectory(tmp_path / "cache" / "screens", most_files=3, most_bytes=100)


def is_read(directory, name="one"):
    try:
        return directory.read(name) == b"kept"
    except OSError:
        return False


def is_written(directory, name="one"):
    try:
        directory.write(name, b"kept")
    except OSError:
        return False
    return True


def test_what_was_written_is_read_and_closed_to_others(directory):
    directory.write("one", b"former")
    directory.write("one", b"kept")

    assert is_read(directory)
    assert [path.name for path in directory.path.iterdir()] == ["one"]
    assert directory.path.stat().st_mode & 0o777 == 0o700
    assert (directory.path / "one").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_that_others_may_use_is_not_read(directory, mode):
    directory.write("one", b"kept")

    (directory.path / "one").chmod(mode)

    assert not is_read(directory)


def test_neither_links_nor_pipes_nor_directories_are_read(directory, tmp_path):
    directory.write("one", b"kept")
    path = directory.path / "one"

    target = path.rename(tmp_path / "elsewhere")
    path.symlink_to(target)
    assert not is_read(directory)
    path.unlink()
    os.mkfifo(path, 0o600)
    assert not is_read(directory)
    path.unlink()
    path.mkdir(0o700)
    assert not is_read(directory)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_a_file_of_another_user_is_not_read(directory):
    directory.write("one", b"kept")

    os.chown(directory.path / "one", 12345, 12345)

    assert not is_read(directory)


def test_a_directory_that_others_may_use_is_not_used(directory, tmp_path):
    directory.write("one", b"kept")

    directory.path.chmod(0o755)
    assert not is_read(directory)
    assert not is_written(directory, "two")
    directory.path.chmod(0o700)
    assert is_read(directory)
    target = directory.path.rename(tmp_path / "elsewhere")
    directory.path.symlink_to(target)
    assert not is_read(directory)
    assert not is_written(directory, "two")
    assert [path.name for path in target.iterdir()] == ["one"]


def test_a_planted_link_is_replaced_and_not_followed(directory, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"theirs")
    directory.write("two", b"kept")
    for name in ("one", f"one.{os.getpid()}.new"):
        (directory.path / name).symlink_to(elsewhere)

    directory.write("one", b"kept")

    assert is_read(directory)
    assert elsewhere.read_bytes() == b"theirs"


@pytest.mark.parametrize(("size", "kept"), [(10, ["3", "4", "5"]), (50, ["4", "5"]), (101, [])])
def test_the_files_used_last_are_kept_within_the_limits(directory, size, kept):
    for number in range(1, 6):
        directory.write(str(number), b"x" * size)
        for path in directory.path.iterdir():
            os.utime(path, (0, path.stat().st_mtime - 60))

    assert sorted(path.name for path in directory.path.iterdir()) == kept


def test_a_file_that_is_too_large_is_not_read(directory):
    directory.write("one", b"kept")
    (directory.path / "one").write_bytes(b"x" * 101)

    with pytest.raises(OSError, match="too large"):
        directory.read("one")
