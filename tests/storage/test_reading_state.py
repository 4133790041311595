"""The desk: reading places and the window come back, drafts are never lost."""

import os
import stat
from datetime import datetime

import pytest

from pactreader.core.anchoring import describe
from pactreader.core.errors import NotSavedError
from pactreader.storage.paths import Paths
from pactreader.storage.reading_state import Draft, ReadingPosition, ReadingState, WindowState

READING = ReadingPosition("3f2a9c41", "/articles/pact.txt", 120, 130, 0.25, "2026-11-23T18:00:00.000Z")
DRAFT = Draft("3f2a9c41", "k3x9f2aa", "Who\ud800 decides?\n\n北", "2026-11-23T18:00:01.000Z")


@pytest.fixture
def paths(tmp_path):
    return Paths.find(tmp_path, {})


@pytest.fixture
def reading_state(paths):
    return ReadingState(paths)


def test_an_empty_desk_creates_nothing(reading_state, tmp_path):
    assert reading_state.reading("3f2a9c41") is None
    assert reading_state.readings() == {}
    assert reading_state.last_read() is None
    assert reading_state.window() == WindowState()
    assert reading_state.drafts("3f2a9c41") == []
    reading_state.drop_draft("3f2a9c41")
    assert list(tmp_path.iterdir()) == []


def test_each_article_lies_open_where_it_was_left(reading_state, paths):
    other = ReadingPosition("0a0a0a0a", "-", 0, 0, 1, "2026-11-23T17:00:00.000Z")
    reading_state.keep_reading(READING)
    reading_state.keep_reading(other)
    again = ReadingState(paths)
    assert again.reading(READING.article) == READING
    assert again.readings() == {READING.article: READING, other.article: other}
    assert again.last_read() == READING.article, "what was read last, not what was written last"


def test_bookmarks_come_back_and_belong_to_their_article(reading_state, paths):
    anchor = describe("The pact is vague. Who decides\ud800?", 0, 18)
    reading_state.keep_bookmarks(READING.article, {"a": anchor, "Я": anchor})
    assert ReadingState(paths).bookmarks(READING.article) == {"a": anchor, "Я": anchor}
    assert reading_state.bookmarks("0a0a0a0a") == {}
    reading_state.keep_bookmarks(READING.article, {})
    assert reading_state.bookmarks(READING.article) == {}


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", "\x00" * 50, '{"b": ["x"]}', '{"b": 1}', "[" * 99_999]
)
def test_damaged_bookmarks_are_left_out(reading_state, paths, content):
    reading_state.keep_bookmarks(READING.article, {})
    (paths.bookmarks / f"{READING.article}.json").write_text(content)
    assert reading_state.bookmarks(READING.article) == {}


def test_a_damaged_bookmark_costs_no_other(reading_state, paths):
    anchor = describe("The pact is vague.", 4, 8)
    reading_state.keep_bookmarks(READING.article, {"a": anchor})
    path = paths.bookmarks / f"{READING.article}.json"
    path.write_text(path.read_text()[:-1] + ', "b": [1, 2, 3, 4, 5]}')
    assert reading_state.bookmarks(READING.article) == {"a": anchor}


def test_bookmarks_that_cannot_be_kept_are_said(reading_state, paths):
    paths.state.mkdir(parents=True)
    paths.bookmarks.write_text("in the way")
    with pytest.raises(NotSavedError):
        reading_state.keep_bookmarks(READING.article, {})


def test_the_window_comes_back(reading_state, paths):
    reading_state.keep_window(WindowState("pact-light", panel=False))
    assert ReadingState(paths).window() == WindowState("pact-light", panel=False)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", "{}", '{"article": 1}', "\x00" * 50, "[" * 99_999]
)
def test_a_damaged_place_is_forgotten(reading_state, paths, content):
    reading_state.keep_reading(READING)
    reading_state.keep_window(WindowState("x"))
    (paths.readings / f"{READING.article}.json").write_text(content)
    paths.window.write_text(content)
    assert reading_state.reading(READING.article) is None
    assert reading_state.readings() == {}
    assert reading_state.last_read() is None
    assert reading_state.window() == WindowState()
    reading_state.keep_reading(READING)
    assert reading_state.last_read() == READING.article


def test_drafts_are_kept_apart_and_come_back(reading_state, paths):
    whole = Draft(DRAFT.article, "", "On all of it", "2026-11-23T17:00:00.000Z")
    elsewhere = Draft("0a0a0a0a", "", "Another article", "2026-11-23T17:00:00.000Z")
    for draft in (DRAFT, whole, elsewhere):
        reading_state.keep_draft(draft)
    again = ReadingState(paths)
    assert again.draft(DRAFT.article, DRAFT.annotation) == DRAFT
    assert again.draft(DRAFT.article) == whole
    assert again.drafts(DRAFT.article) == [whole, DRAFT]
    again.drop_draft(DRAFT.article, DRAFT.annotation)
    assert reading_state.drafts(DRAFT.article) == [whole]


def test_a_damaged_draft_is_put_aside_and_never_deleted(reading_state, paths):
    for content in ("typed", "typed again"):
        reading_state.keep_draft(DRAFT)
        (path,) = [one for one in paths.drafts.iterdir() if ".damaged-" not in one.name]
        path.write_text(content)
        assert reading_state.drafts(DRAFT.article) == []
    reading_state.keep_draft(DRAFT)
    assert reading_state.drafts(DRAFT.article) == [DRAFT]
    aside = [one for one in paths.drafts.iterdir() if ".damaged-" in one.name]
    assert {one.read_text() for one in aside} == {"typed", "typed again"}


def edit(reading_state, note, *, at, article=DRAFT.article, annotation=DRAFT.annotation):
    """What an editor wrote when PactReader was killed."""
    path = reading_state.editor_file(article, annotation)
    path.write_text(note)
    os.utime(path, (datetime.fromisoformat(at).timestamp(),) * 2)
    return path


@pytest.mark.parametrize(
    ("written", "at", "note"),
    [
        ("Nobody decides.\r\n", "2026-11-23T18:00:02.000Z", "Nobody decides."),
        ("Nobody decides.", "2026-11-23T18:00:00.000Z", DRAFT.note),
        ("\n", "2026-11-23T18:00:02.000Z", DRAFT.note),
    ],
    ids=["newer", "older", "empty"],
)
def test_what_an_editor_wrote_after_the_draft_takes_its_place(reading_state, written, at, note):
    reading_state.keep_draft(DRAFT)
    path = edit(reading_state, written, at=at)
    reading_state.take_from_editors(DRAFT.article, saved=lambda _: "")
    assert reading_state.draft(DRAFT.article, DRAFT.annotation).note == note
    assert not path.exists()


@pytest.mark.parametrize(("saved", "drafts"), [("As it was.", 0), ("As it is.", 1)])
def test_what_an_editor_did_not_change_is_no_draft(reading_state, saved, drafts):
    path = edit(reading_state, "As it was.\n", at="2026-11-23T18:00:02.000Z")
    reading_state.take_from_editors(DRAFT.article, saved={DRAFT.annotation: saved}.get)
    assert len(reading_state.drafts(DRAFT.article)) == drafts
    assert not path.exists()


def test_what_editors_wrote_on_other_articles_or_under_other_names_is_left_alone(reading_state, paths):
    other = edit(reading_state, "Another.", at="2026-11-23T18:00:02.000Z", article="3f2a9c41x")
    foreign = paths.drafts / f"{DRAFT.article}.no id.md"
    foreign.write_text("Not ours.")
    reading_state.take_from_editors(DRAFT.article, saved=lambda _: "")
    assert reading_state.drafts(DRAFT.article) == []
    assert other.exists()
    assert foreign.exists()


def test_what_an_editor_wrote_stays_until_it_can_be_kept(reading_state, paths):
    path = edit(reading_state, "Nobody decides.", at="2026-11-23T18:00:02.000Z")
    (paths.drafts / f"{DRAFT.article}.{DRAFT.annotation}.json").mkdir()
    with pytest.raises(NotSavedError):
        reading_state.take_from_editors(DRAFT.article, saved=lambda _: "")
    assert path.read_text() == "Nobody decides."


def test_a_draft_that_is_dropped_takes_what_an_editor_has_of_it_along(reading_state):
    path = edit(reading_state, "Nobody decides.", at="2026-11-23T18:00:02.000Z", annotation="")
    reading_state.drop_draft(DRAFT.article)
    assert not path.exists()


def test_where_nothing_can_be_written_only_drafts_complain(tmp_path):
    (tmp_path / "home").write_text("a file where the directory should be")
    reading_state = ReadingState(Paths.find(tmp_path / "home", {}))
    reading_state.keep_reading(READING)
    reading_state.keep_window(WindowState())
    reading_state.drop_draft(DRAFT.article)
    with pytest.raises(NotSavedError, match="The draft could not be kept"):
        reading_state.keep_draft(DRAFT)


def test_the_desk_is_the_readers_alone(reading_state, paths):
    old = os.umask(0)
    try:
        reading_state.keep_reading(READING)
        reading_state.keep_draft(DRAFT)
    finally:
        os.umask(old)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in paths.state.rglob("*")}
    assert set(modes.values()) == {0o600, 0o700}
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items())


@pytest.mark.parametrize("hostile", ["../../x", "a/b", "", ".", "a\x00b", "x" * 100])
def test_no_id_leads_out_of_the_desk(reading_state, hostile, tmp_path):
    with pytest.raises(ValueError, match="no ids"):
        reading_state.keep_draft(Draft(hostile, "", "x", ""))
    assert list(tmp_path.iterdir()) == []
