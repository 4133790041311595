"""Conflicts: both versions of a note are shown, and a key resolves the conflict."""

import json
import shutil

import pytest

from app_driver import ARTICLE, SENTENCES, AppDriver, run_story
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths

pytestmark = pytest.mark.slow


def elsewhere(home, note, *, remove=False):
    """Write a note on the only highlight in another window, or remove it there."""
    with Library(Paths.find(home, {})) as library:
        entry = library.entry_for(ARTICLE)
        notebook = library.notebook(entry, ARTICLE)
        (annotation,) = notebook
        change = notebook.remove(annotation.id) if remove else notebook.write_note(annotation.id, note)
        library.save(entry, change)


def with_conflict(tmp_path, then, **options):
    """Make a conflict: write a note, and meanwhile another one on the same highlight in another window."""

    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1", "a")
        await driver.type("mine")
        elsewhere(tmp_path, "theirs", **options)
        await driver.press("escape")
        await driver.pilot.pause()
        assert "its card shows both versions" in driver.footer
        await then(driver)

    run_story(tmp_path, story)


def the_note(driver):
    ((_quote, _label, note, _tags),) = driver.annotations()
    return note


def test_both_versions_are_on_the_card_with_the_keys_that_choose(tmp_path):
    async def then(driver: AppDriver) -> None:
        assert "1 to choose" in driver.seen
        for words in ("mine", "Elsewhere it is:", "theirs", "K keep the upper", "O take the lower", "B both"):
            assert words in driver.seen
        await driver.press("K")
        assert "theirs" not in driver.seen
        assert "to choose" not in driver.seen
        assert the_note(driver) == "mine"
        await driver.press("K")
        assert "no note was changed in two places" in driver.footer

    with_conflict(tmp_path, then)


def test_taking_the_other_version_can_be_undone(tmp_path):
    async def then(driver: AppDriver) -> None:
        await driver.press("tab", "O")
        assert the_note(driver) == "theirs"
        assert "mine" not in driver.seen
        await driver.press("u")
        assert "mine" in driver.seen
        assert "theirs" in driver.seen

    with_conflict(tmp_path, then)


def test_both_are_joined(tmp_path):
    async def then(driver: AppDriver) -> None:
        await driver.press("B")
        assert the_note(driver) == "mine\n\ntheirs"

    with_conflict(tmp_path, then)


def test_what_was_removed_elsewhere_is_asked_about(tmp_path):
    async def then(driver: AppDriver) -> None:
        assert "Removed elsewhere." in driver.seen
        assert "O remove it" in driver.seen
        await driver.press("O")
        assert driver.annotations() == []

    with_conflict(tmp_path, then, remove=True)


def test_a_key_goes_to_what_there_is_to_choose(tmp_path):
    async def then(driver: AppDriver) -> None:
        await driver.press("G", "K")
        assert "C goes to where there is" in driver.footer
        await driver.press("C")
        assert driver.screen.article_view.caret.offset == ARTICLE.text.index(SENTENCES[0])
        await driver.press("K")
        assert the_note(driver) == "mine"

    with_conflict(tmp_path, then)


def test_what_another_window_does_is_seen_without_a_key(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1")
        elsewhere(tmp_path, "from elsewhere")
        await driver.pilot.pause(0.7)
        assert "from elsewhere" in driver.seen
        assert "1 annotation changed elsewhere." in driver.footer
        await driver.press("u")
        assert "Not undone" in driver.footer
        assert the_note(driver) == "from elsewhere"
        records = json.loads(driver.paths.library.read_bytes())["records"].values()
        assert all(one["edits"] for one in records if one["kind"] == "change"), "what it would undo is kept"

    run_story(tmp_path, story)


def test_a_copy_that_a_synchroniser_left_is_offered_merged_and_undone(tmp_path):
    async def first(driver: AppDriver) -> None:
        await driver.press("}", "1", ")", "2")

    async def story(driver: AppDriver) -> None:
        await driver.pilot.pause()
        assert (
            "The library was changed elsewhere too: library.sync-conflict-1.json. M merges" in driver.footer
        )
        await driver.press("M")
        await driver.wait_until(lambda: "library.sync-conflict-1.json: 1 new annotation." in driver.footer)
        assert "3 highlights" in driver.title
        await driver.press("M")
        await driver.wait_until(lambda: "no other copy" in driver.footer)
        await driver.press("u")
        assert "Undone: merge library.sync-conflict-1.json" in driver.footer
        assert "2 highlights" in driver.title

    run_story(tmp_path / "here", first)
    shutil.copytree(tmp_path / "here", tmp_path / "there")

    async def there(driver: AppDriver) -> None:
        await driver.press("}", ")", ")", "3")

    run_story(tmp_path / "there", there)
    shutil.copy(tmp_path / "there" / "library.json", tmp_path / "here" / "library.sync-conflict-1.json")
    run_story(tmp_path / "here", story)


def test_library_notices_are_shown_at_the_start(tmp_path):
    async def first(driver: AppDriver) -> None:
        await driver.press("}", "1")

    async def after_damage(driver: AppDriver) -> None:
        await driver.pilot.pause()
        assert "The library was damaged: 2 records of it could be read." in driver.footer
        assert "The damaged file is kept as library.damaged-" in driver.footer

    async def after_a_flipped_bit(driver: AppDriver) -> None:
        await driver.pilot.pause(0.2)
        assert "Not as they were written: 1 annotation, changed by another program" in driver.footer

    async def of_a_later_version(driver: AppDriver) -> None:
        await driver.pilot.pause()
        assert "was written by a later PactReader: it can be read here, and not changed." in driver.footer
        await driver.press(")", "2")
        assert "open for reading only" in driver.footer

    run_story(tmp_path, first)
    file = tmp_path / "library.json"
    content = file.read_bytes()
    file.write_bytes(content[: content.rindex(b'\n"3"') + 30])
    shutil.rmtree(tmp_path / "backups", ignore_errors=True)
    run_story(tmp_path, after_damage)
    file.write_bytes(content.replace(b'"label":"key-point"', b'"label":"kex-point"', 1))
    run_story(tmp_path, after_a_flipped_bit)
    file.write_bytes(content.replace(b'"version":2', b'"version":7'))
    run_story(tmp_path, of_a_later_version)
