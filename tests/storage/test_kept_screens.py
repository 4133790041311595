"""Kept screens: found while all that they depend on is as it was."""

import os
import sys

import pytest

from pactreader.storage.kept_screens import KeptScreen, KeptScreens, circumstances, fingerprints

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no screens are kept on Windows")
SCREEN = KeptScreen("\x1b[1;1HTōkyō ☕", [80, 24, [["TERM", "xterm"]], "utf-8"], None, is_theme_chosen=True)
LARGE = 100_000
"""Bytes of a file that is compared by its `stat`."""


@pytest.fixture
def screens(tmp_path):
    return KeptScreens(tmp_path / "cache" / "screens")


@pytest.fixture
def files(tmp_path):
    """A small file, a large one, a directory, and one that does not exist."""
    small, large, directory = (tmp_path / name for name in ("small", "large", "directory"))
    small.write_text("a")
    large.write_bytes(b"b" * LARGE)
    directory.mkdir()
    return [str(small), str(large), str(directory), str(tmp_path / "none")]


def keep(screens, files=(), source="/article.txt"):
    screens.keep(source, SCREEN, files, {})


def test_a_screen_is_found_by_the_source_that_it_is_kept_for(screens, files):
    keep(screens, files)

    assert screens.find("/article.txt") == SCREEN
    assert screens.find("") is None
    assert screens.find("/other.txt") is None


@pytest.mark.parametrize(
    "change",
    [
        lambda small, *_: small.write_text("b"),
        lambda small, *_: small.unlink(),
        lambda _small, large, *_: large.write_bytes(b"c" * LARGE),
        lambda _small, large, *_: os.utime(large, ns=(0, 0)),
        lambda _small, _large, directory, _none: (directory / "new").touch(),
        lambda *paths: paths[-1].touch(),
    ],
    ids=["written", "gone", "large one written", "other time", "new file in a directory", "there now"],
)
def test_it_is_not_found_after_a_change_of_a_file(screens, files, tmp_path, change):
    keep(screens, files)

    change(*(tmp_path / name for name in ("small", "large", "directory", "none")))

    assert screens.find("/article.txt") is None


def test_a_small_file_that_is_written_again_with_the_same_content_is_no_change(screens, files, tmp_path):
    keep(screens, files)
    (tmp_path / "small").unlink()
    (tmp_path / "small").write_text("a")

    assert screens.find("/article.txt") == SCREEN


def test_a_file_is_compared_as_it_was_when_the_screen_was_drawn(screens, files, tmp_path):
    known = fingerprints(files[:1])
    (tmp_path / "small").write_text("written meanwhile")

    screens.keep("/article.txt", SCREEN, files, known)

    assert screens.find("/article.txt") is None


def test_a_damaged_screen_is_not_found(screens):
    keep(screens)
    (path,) = screens.directory.iterdir()
    content = path.read_bytes()

    for damaged in (
        *(content[:length] for length in (0, 10, 40, len(content) - 1)),
        *(content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :] for at in range(0, len(content), 7)),
        content.replace(b"screen 1", b"screen 2"),
        b"pactreader screen 1\n00000000\n[]",
        content + b" " * (5 << 20),
    ):
        path.write_bytes(damaged)
        assert screens.find("/article.txt") is None, damaged[:50]


def test_the_screens_of_the_articles_read_last_are_kept(screens):
    for number in range(40):
        keep(screens, source=f"/{number}")

    assert len(list(screens.directory.iterdir())) == 32
    assert screens.find("/0") is None
    assert screens.find("/39") == SCREEN


def test_the_window_and_the_variables_that_decide_on_colours_are_circumstances(monkeypatch):
    before = circumstances(80, 24)

    assert circumstances(81, 24) != before
    assert circumstances(80, 25) != before
    for name in ("TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_THEME", "LC_ALL", "PACTREADER_HOME"):
        with monkeypatch.context() as environment:
            environment.setenv(name, "other")
            assert circumstances(80, 24) != before, name
    monkeypatch.setenv("EDITOR", "other")
    assert circumstances(80, 24) == before
