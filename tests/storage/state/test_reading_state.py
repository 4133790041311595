"""The reading state: positions, bookmarks and the state of the window are restored."""

import json
import os
import stat

import pytest

from pactreader.core.anchoring.description import describe
from pactreader.core.annotation import Anchor
from pactreader.core.article import Passage
from pactreader.core.errors import NotSavedError
from pactreader.core.reading_options import ReadingOptions
from pactreader.storage.paths import Paths
from pactreader.storage.state.reading_state import LastReadText, ReadingPosition, ReadingState, WindowState

POSITION = ReadingPosition("3f2a9c41", "/articles/pact.txt", 120, 130, 0.25, "2026-11-23T18:00:00.000Z")


@pytest.fixture
def reading_state(state_paths):
    return ReadingState(state_paths)


def test_reading_an_empty_state_creates_nothing(reading_state, tmp_path):
    assert reading_state.position("3f2a9c41") is None
    assert reading_state.positions() == {}
    assert reading_state.last_read_id() is None
    assert reading_state.window() == WindowState()
    assert list(tmp_path.iterdir()) == []


def test_each_article_has_its_own_position(reading_state, state_paths):
    other = ReadingPosition("0a0a0a0a", "-", 0, 0, 1, "2026-11-23T17:00:00.000Z")
    reading_state.save_position(POSITION)
    reading_state.save_position(other)
    again = ReadingState(state_paths)
    assert again.position(POSITION.article) == POSITION
    assert again.positions() == {POSITION.article: POSITION, other.article: other}
    assert again.last_read_id() == POSITION.article, "what was read last, not what was written last"


def test_a_position_comes_back_with_its_anchors(reading_state, state_paths):
    anchor = describe("The pact is vague. Who decides\ud800?", 4, 18, "530abc13c92a52567625819670b82dee")
    anchored = POSITION._replace(top_anchor=anchor, caret_anchor=anchor._replace(text_hash=""))
    reading_state.save_position(anchored)
    assert ReadingState(state_paths).position(POSITION.article) == anchored


@pytest.mark.parametrize("anchor", [7, [], ["x"], ["a", "b", "c", 1, "2", ""], {"exact": "a"}])
def test_a_damaged_anchor_costs_no_position(reading_state, state_paths, anchor):
    reading_state.save_position(POSITION)
    path = state_paths.positions / f"{POSITION.article}.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"caret_anchor": anchor}))
    assert reading_state.position(POSITION.article) == POSITION


def test_files_of_version_0_1_0_are_read(reading_state, state_paths):
    reading_state.save_position(POSITION)
    reading_state.save_bookmarks(POSITION.article, {})
    fields = {"article": POSITION.article, "source": POSITION.source, "top": 120, "caret": 130}
    (state_paths.positions / f"{POSITION.article}.json").write_text(
        json.dumps({**fields, "progress": 0.25, "read_at": POSITION.read_at})
    )
    (state_paths.bookmarks / f"{POSITION.article}.json").write_text('{"t": ["vague", "is ", ".", 12, 17]}')
    assert reading_state.position(POSITION.article) == POSITION
    assert reading_state.bookmarks(POSITION.article) == {"t": Anchor("vague", "is ", ".", 12, 17)}


def test_version_0_1_0_reads_the_files(reading_state, state_paths):
    anchor = describe("The pact is vague.", 4, 8, "530abc13c92a52567625819670b82dee")
    reading_state.save_position(POSITION._replace(top_anchor=anchor, caret_anchor=anchor))
    reading_state.save_bookmarks(POSITION.article, {"t": anchor})
    position = json.loads((state_paths.positions / f"{POSITION.article}.json").read_bytes())
    types = {"article": str, "source": str, "top": int, "caret": int, "progress": float, "read_at": str}
    assert all(isinstance(position[name], type_) for name, type_ in types.items())
    bookmarks = json.loads((state_paths.bookmarks / f"{POSITION.article}.json").read_bytes())
    assert {one: value for one, value in bookmarks.items() if isinstance(value, list)} == {
        "t": list(anchor[:-1])
    }, "it leaves out a bookmark with more fields, and loses it"


def test_bookmarks_come_back_and_belong_to_their_article(reading_state, state_paths):
    anchor = describe("The pact is vague. Who decides\ud800?", 0, 18, "530abc13c92a52567625819670b82dee")
    bookmarks = {"a": anchor, "Я": anchor._replace(text_hash="")}
    reading_state.save_bookmarks(POSITION.article, bookmarks)
    assert ReadingState(state_paths).bookmarks(POSITION.article) == bookmarks
    assert reading_state.bookmarks("0a0a0a0a") == {}
    reading_state.save_bookmarks(POSITION.article, {})
    assert reading_state.bookmarks(POSITION.article) == {}


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", "\x00" * 50, '{"b": ["x"]}', '{"b": 1}', "[" * 99_999, '{"text_hashes": 7}'],
)
def test_damaged_bookmarks_are_left_out(reading_state, state_paths, content):
    reading_state.save_bookmarks(POSITION.article, {})
    (state_paths.bookmarks / f"{POSITION.article}.json").write_text(content)
    assert reading_state.bookmarks(POSITION.article) == {}


def test_a_damaged_bookmark_costs_no_other(reading_state, state_paths):
    anchor = describe("The pact is vague.", 4, 8)
    reading_state.save_bookmarks(POSITION.article, {"a": anchor})
    path = state_paths.bookmarks / f"{POSITION.article}.json"
    path.write_text(path.read_text()[:-1] + ', "b": [1, 2, 3, 4, 5]}')
    assert reading_state.bookmarks(POSITION.article) == {"a": anchor}


def test_bookmarks_that_cannot_be_saved_are_reported(reading_state, state_paths):
    state_paths.state.mkdir(parents=True)
    state_paths.bookmarks.write_text("in the way")
    with pytest.raises(NotSavedError):
        reading_state.save_bookmarks(POSITION.article, {})


def test_the_last_read_text_comes_back_and_its_texts_are_known(reading_state, state_paths):
    last_read = LastReadText("a" * 32, "b" * 32, (Passage(3, 9), Passage(12, 12)))
    reading_state.save_last_read_text(POSITION.article, last_read)
    reading_state.save_last_read_text("0a0a0a0a", LastReadText("c" * 32, "c" * 32))
    again = ReadingState(state_paths)
    assert again.last_read_text(POSITION.article) == last_read
    assert again.last_read_text("0b0b0b0b") is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"base": "a", "opened": 1, "read": []}',
        '{"base": "a", "opened": "b", "read": [[1]]}',
        '{"base": "a", "opened": "b", "read": [["1", 2]]}',
        "[" * 99_999,
    ],
)
def test_a_damaged_last_read_text_is_ignored(reading_state, state_paths, content):
    reading_state.save_last_read_text(POSITION.article, LastReadText("a" * 32, "a" * 32))
    (state_paths.last_read / f"{POSITION.article}.json").write_text(content)
    assert reading_state.last_read_text(POSITION.article) is None


def test_the_window_comes_back(reading_state, state_paths):
    reading_state.save_window(WindowState("pact-light", panel=False))
    assert ReadingState(state_paths).window() == WindowState("pact-light", panel=False)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", "{}", '{"article": 1}', "\x00" * 50, "[" * 99_999]
)
def test_a_damaged_position_or_window_is_ignored(reading_state, state_paths, content):
    reading_state.save_position(POSITION)
    reading_state.save_window(WindowState("x"))
    (state_paths.positions / f"{POSITION.article}.json").write_text(content)
    state_paths.window.write_text(content)
    assert reading_state.position(POSITION.article) is None
    assert reading_state.positions() == {}
    assert reading_state.last_read_id() is None
    assert reading_state.window() == WindowState()
    reading_state.save_position(POSITION)
    assert reading_state.last_read_id() == POSITION.article


def test_a_position_that_cannot_be_written_is_dropped(tmp_path):
    (tmp_path / "home").write_text("a file where the directory should be")
    reading_state = ReadingState(Paths.find(tmp_path / "home", {}))
    reading_state.save_position(POSITION)
    reading_state.save_last_read_text(POSITION.article, LastReadText("a" * 32, "a" * 32))
    reading_state.save_window(WindowState())


def test_state_files_are_private(reading_state, state_paths):
    old = os.umask(0)
    try:
        reading_state.save_position(POSITION)
    finally:
        os.umask(old)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in state_paths.state.rglob("*")}
    assert set(modes.values()) == {0o600, 0o700}
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items())


@pytest.mark.parametrize("hostile", ["../../x", "a/b", "", ".", "a\x00b", "x" * 100])
def test_no_id_leads_out_of_the_state_directory(reading_state, hostile, tmp_path):
    with pytest.raises(ValueError, match="no ids"):
        reading_state.save_position(POSITION._replace(article=hostile))
    with pytest.raises(ValueError, match="no ids"):
        reading_state.save_bookmarks(hostile, {})
    assert list(tmp_path.iterdir()) == []


def test_each_way_of_reading_has_a_last_read_text(reading_state, state_paths):
    one, other = LastReadText("a" * 32, "b" * 32), LastReadText("c" * 32, "c" * 32)
    code = ReadingOptions("code")
    reading_state.save_last_read_text(POSITION.article, one)
    assert reading_state.last_read_text(POSITION.article, code) is None
    reading_state.save_last_read_text(POSITION.article, other, code)
    reading_state.save_last_read_text(POSITION.article, one, ReadingOptions("\n../", "de", "shift_jis"))
    again = ReadingState(state_paths)
    assert again.last_read_text(POSITION.article) == one
    assert again.last_read_text(POSITION.article, code) == other
    names = {path.name.split(".")[0] for path in state_paths.last_read.iterdir()}
    assert names == {POSITION.article}, "so the cleaner of texts knows whose they are"


def test_a_position_has_the_choices_by_which_it_was_read(reading_state, state_paths):
    options = ReadingOptions("code", "de", "cp1252")
    position = POSITION._replace(read_as="code", read_language="de", read_encoding="cp1252")
    reading_state.save_position(position)
    found = ReadingState(state_paths).recent_position(POSITION.source)
    assert found == position
    assert found.options == options
    assert POSITION.options == ReadingOptions()


def test_the_articles_read_last_are_known_without_a_look_at_the_files_of_all(state_paths, monkeypatch):
    reading_state = ReadingState(state_paths)
    for number in range(20):
        reading_state.save_position(POSITION._replace(article=f"{number:08}", source=f"/{number}"))
    reading_state.save_position(POSITION._replace(article="00000003", source="/3"))
    monkeypatch.setattr("pactreader.storage.state.reading_state.state_files", lambda _directory: 1 / 0)
    again = ReadingState(state_paths)
    assert again.recent_position("/3").article == "00000003"
    assert again.recent_position("/19").article == "00000019"
    assert again.recent_position("/4") is None, "not one of the last"


@pytest.mark.parametrize("content", [None, b"", b"[1]", b'{"a": 1}', b'["../../x.json"]', b"7"])
def test_a_damaged_or_old_list_of_what_was_read_last_does_not_count(state_paths, content):
    reading_state = ReadingState(state_paths)
    reading_state.save_position(POSITION)
    if content is None:  # another program, or version, has written a position after it
        os.utime(state_paths.recent, ns=(0, 0))
    else:
        state_paths.recent.write_bytes(content)
    assert ReadingState(state_paths).recent_position("/gone") is None
    reading_state.save_position(POSITION._replace(article="aaaa0000", source="/b"))
    assert ReadingState(state_paths).recent_position("/b").article == "aaaa0000"
