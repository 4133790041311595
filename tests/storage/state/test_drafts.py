"""Drafts: typed text is never lost, neither in the program nor in an external editor."""

import os
import stat
from datetime import datetime

import pytest

from pactreader.core.annotation import Anchor
from pactreader.core.errors import NotSavedError
from pactreader.storage.paths import Paths
from pactreader.storage.state.drafts import Draft, Drafts

DRAFT = Draft("3f2a9c41", "k3x9f2aa", "Who\ud800 decides?\n\n北", "2026-11-23T18:00:01.000Z")


@pytest.fixture
def drafts(state_paths):
    return Drafts(state_paths)


def test_looking_for_drafts_creates_nothing(drafts, tmp_path):
    assert drafts.for_article("3f2a9c41") == []
    assert drafts.get("3f2a9c41") is None
    drafts.discard("3f2a9c41")
    assert list(tmp_path.iterdir()) == []


def test_drafts_are_separate_and_come_back(drafts, state_paths):
    whole = Draft(DRAFT.article, "", "On all of it", "2026-11-23T17:00:00.000Z")
    elsewhere = Draft("0a0a0a0a", "", "Another article", "2026-11-23T17:00:00.000Z")
    for draft in (DRAFT, whole, elsewhere):
        drafts.save(draft)
    again = Drafts(state_paths)
    assert again.get(DRAFT.article, DRAFT.annotation) == DRAFT
    assert again.get(DRAFT.article) == whole
    assert again.for_article(DRAFT.article) == [whole, DRAFT]
    again.discard(DRAFT.article, DRAFT.annotation)
    assert drafts.for_article(DRAFT.article) == [whole]


def test_a_draft_keeps_the_passage_of_an_unsaved_highlight(drafts):
    anchor = Anchor("vague", "is ", ".", 8, 13, "530abc13c92a52567625819670b82dee")
    draft = DRAFT._replace(label="doubt", anchor=anchor)
    drafts.save(draft)
    assert drafts.get(DRAFT.article, DRAFT.annotation) == draft
    editor_file_left(drafts, "Nobody decides.", at="2026-11-23T18:00:02.000Z")
    drafts.recover_editor_files(DRAFT.article, saved_note=lambda _: "")
    recovered = drafts.get(DRAFT.article, DRAFT.annotation)
    assert (recovered.note, recovered.anchor, recovered.label) == ("Nobody decides.", anchor, "doubt")


def test_a_damaged_draft_is_put_aside_and_never_deleted(drafts, state_paths):
    for content in ("typed", "typed again"):
        drafts.save(DRAFT)
        (path,) = [one for one in state_paths.drafts.iterdir() if ".damaged-" not in one.name]
        path.write_text(content)
        assert drafts.for_article(DRAFT.article) == []
    drafts.save(DRAFT)
    assert drafts.for_article(DRAFT.article) == [DRAFT]
    aside = [one for one in state_paths.drafts.iterdir() if ".damaged-" in one.name]
    assert {one.read_text() for one in aside} == {"typed", "typed again"}


def editor_file_left(drafts, note, *, at, article=DRAFT.article, annotation=DRAFT.annotation):
    """Write an editor file as it remains when PactReader is killed."""
    path = drafts.editor_file(article, annotation)
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
def test_an_editor_file_newer_than_the_draft_replaces_it(drafts, written, at, note):
    drafts.save(DRAFT)
    path = editor_file_left(drafts, written, at=at)
    drafts.recover_editor_files(DRAFT.article, saved_note=lambda _: "")
    assert drafts.get(DRAFT.article, DRAFT.annotation).note == note
    assert not path.exists()


@pytest.mark.parametrize(("saved", "count"), [("As it was.", 0), ("As it is.", 1)])
def test_an_editor_file_as_saved_makes_no_draft(drafts, saved, count):
    path = editor_file_left(drafts, "As it was.\n", at="2026-11-23T18:00:02.000Z")
    drafts.recover_editor_files(DRAFT.article, saved_note={DRAFT.annotation: saved}.get)
    assert len(drafts.for_article(DRAFT.article)) == count
    assert not path.exists()


def test_other_files_of_editors_are_left_alone(drafts, state_paths):
    other = editor_file_left(drafts, "Another.", at="2026-11-23T18:00:02.000Z", article="3f2a9c41x")
    foreign = state_paths.drafts / f"{DRAFT.article}.no id.md"
    foreign.write_text("Not ours.")
    drafts.recover_editor_files(DRAFT.article, saved_note=lambda _: "")
    assert drafts.for_article(DRAFT.article) == []
    assert other.exists()
    assert foreign.exists()


def test_an_editor_file_stays_until_its_draft_is_saved(drafts, state_paths):
    path = editor_file_left(drafts, "Nobody decides.", at="2026-11-23T18:00:02.000Z")
    (state_paths.drafts / f"{DRAFT.article}.{DRAFT.annotation}.json").mkdir()
    with pytest.raises(NotSavedError):
        drafts.recover_editor_files(DRAFT.article, saved_note=lambda _: "")
    assert path.read_text() == "Nobody decides."


def test_discarding_a_draft_removes_its_editor_file(drafts):
    path = editor_file_left(drafts, "Nobody decides.", at="2026-11-23T18:00:02.000Z", annotation="")
    drafts.discard(DRAFT.article)
    assert not path.exists()


def test_a_draft_that_cannot_be_saved_is_reported(tmp_path):
    (tmp_path / "home").write_text("a file where the directory should be")
    drafts = Drafts(Paths.find(tmp_path / "home", {}))
    drafts.discard(DRAFT.article)
    with pytest.raises(NotSavedError, match="The draft could not be kept"):
        drafts.save(DRAFT)


def test_draft_files_are_private(drafts, state_paths):
    old = os.umask(0)
    try:
        drafts.save(DRAFT)
    finally:
        os.umask(old)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in state_paths.state.rglob("*")}
    assert set(modes.values()) == {0o600, 0o700}
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items())


@pytest.mark.parametrize("hostile", ["../../x", "a/b", "", ".", "a\x00b", "x" * 100])
def test_no_id_leads_out_of_the_drafts_directory(drafts, hostile, tmp_path):
    with pytest.raises(ValueError, match="no ids"):
        drafts.save(Draft(hostile, "", "x", ""))
    assert list(tmp_path.iterdir()) == []


def test_a_draft_of_no_annotation_is_offered_as_a_new_note(drafts, state_paths):
    drafts.save(DRAFT)
    path = state_paths.drafts / "3f2a9c41.k3x9f2aa.json"
    path.write_text(path.read_text().replace('"k3x9f2aa"', '"no id/.."'))

    (draft,) = drafts.for_article(DRAFT.article)

    assert (draft.annotation, draft.note) == ("", DRAFT.note)
    assert drafts.get(DRAFT.article) == draft
    assert not path.exists()


def test_a_conflict_file_of_a_draft_waits_for_its_turn(drafts, state_paths):
    drafts.save(DRAFT)
    own = state_paths.drafts / "3f2a9c41.k3x9f2aa.json"
    copy = own.with_name("3f2a9c41.k3x9f2aa.sync-conflict-1.json")
    copy.write_text(own.read_text().replace("decides", "decided"))

    assert drafts.for_article(DRAFT.article) == [DRAFT]
    drafts.discard(DRAFT.article, DRAFT.annotation)
    (other,) = drafts.for_article(DRAFT.article)

    assert "decided" in other.note
    assert drafts.get(DRAFT.article, DRAFT.annotation) == other
    assert not copy.exists()


def test_drafts_follow_their_article_and_their_annotation(drafts):
    joined, split = DRAFT._replace(annotation=""), DRAFT._replace(article="7f7f7f7f")
    elsewhere = Draft("0a0a0a0a", "", "Another article", DRAFT.at)
    for draft in (joined, split, elsewhere):
        drafts.save(draft)
    drafts.adopt("5c5c5c5c", [DRAFT.article], {DRAFT.annotation})
    here = [one._replace(article="5c5c5c5c") for one in (joined, split)]
    assert sorted(drafts.for_article("5c5c5c5c"), key=lambda one: one.annotation) == here
    assert drafts.for_article(DRAFT.article) == drafts.for_article("7f7f7f7f") == []
    assert drafts.for_article("0a0a0a0a") == [elsewhere]


def test_an_adopted_draft_replaces_none(drafts):
    own = DRAFT._replace(article="5c5c5c5c", note="Mine.")
    for draft in (own, DRAFT):
        drafts.save(draft)
    drafts.adopt("5c5c5c5c", [DRAFT.article], ())
    assert drafts.for_article("5c5c5c5c") == [own]
    drafts.discard("5c5c5c5c", own.annotation)
    drafts.adopt("5c5c5c5c", [DRAFT.article], ())
    assert drafts.for_article("5c5c5c5c") == [DRAFT._replace(article="5c5c5c5c")]
