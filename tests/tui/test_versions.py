"""A note that was changed in two places: both versions are seen, and a key chooses."""

import json
import shutil

from app_driver import ARTICLE, SENTENCES, AppDriver, read
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths


def elsewhere(home, note, *, remove=False):
    """Another window writes a note on the only highlight, or removes it."""
    with Library(Paths.find(home, {})) as library:
        entry = library.entry_for(ARTICLE)
        notebook = library.notebook(entry, ARTICLE)
        (annotation,) = notebook
        change = notebook.remove(annotation.id) if remove else notebook.write_note(annotation.id, note)
        library.save(entry, change)


def with_two_versions(tmp_path, then, **options):
    """A reader writes a note, and another window one on the same highlight meanwhile."""

    async def story(reader: AppDriver) -> None:
        await reader.press("}", "1", "a")
        await reader.type("mine")
        elsewhere(tmp_path, "theirs", **options)
        await reader.press("escape")
        await reader.pilot.pause()
        assert "its card shows both versions" in reader.footer
        await then(reader)

    read(tmp_path, story)


def the_note(reader):
    ((_quote, _label, note, _tags),) = reader.annotations()
    return note


def test_both_versions_are_on_the_card_with_the_keys_that_choose(tmp_path):
    async def then(reader: AppDriver) -> None:
        assert "1 to choose" in reader.seen
        for words in ("mine", "Elsewhere it is:", "theirs", "K keep the upper", "O take the lower", "B both"):
            assert words in reader.seen
        await reader.press("K")
        assert "theirs" not in reader.seen
        assert "to choose" not in reader.seen
        assert the_note(reader) == "mine"
        await reader.press("K")
        assert "no note was changed in two places" in reader.footer

    with_two_versions(tmp_path, then)


def test_taking_the_other_version_can_be_undone(tmp_path):
    async def then(reader: AppDriver) -> None:
        await reader.press("tab", "O")
        assert the_note(reader) == "theirs"
        assert "mine" not in reader.seen
        await reader.press("u")
        assert "mine" in reader.seen
        assert "theirs" in reader.seen

    with_two_versions(tmp_path, then)


def test_both_are_joined(tmp_path):
    async def then(reader: AppDriver) -> None:
        await reader.press("B")
        assert the_note(reader) == "mine\n\ntheirs"

    with_two_versions(tmp_path, then)


def test_what_was_removed_elsewhere_is_asked_about(tmp_path):
    async def then(reader: AppDriver) -> None:
        assert "Removed elsewhere." in reader.seen
        assert "O remove it" in reader.seen
        await reader.press("O")
        assert reader.annotations() == []

    with_two_versions(tmp_path, then, remove=True)


def test_a_key_goes_to_what_there_is_to_choose(tmp_path):
    async def then(reader: AppDriver) -> None:
        await reader.press("G", "K")
        assert "C goes to where there is" in reader.footer
        await reader.press("C")
        assert reader.screen.article_view.caret.offset == ARTICLE.text.index(SENTENCES[0])
        await reader.press("K")
        assert the_note(reader) == "mine"

    with_two_versions(tmp_path, then)


def test_what_another_window_does_is_seen_without_a_key(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("}", "1")
        elsewhere(tmp_path, "from elsewhere")
        await reader.pilot.pause(0.7)
        assert "from elsewhere" in reader.seen
        assert "1 annotation changed elsewhere." in reader.footer
        await reader.press("u")
        assert "Not undone" in reader.footer
        assert the_note(reader) == "from elsewhere"
        records = json.loads(reader.paths.library.read_bytes())["records"].values()
        assert all(one["edits"] for one in records if one["kind"] == "change"), "what it would undo is kept"

    read(tmp_path, story)


def test_a_copy_that_a_synchroniser_left_is_offered_merged_and_undone(tmp_path):
    async def first(reader: AppDriver) -> None:
        await reader.press("}", "1", ")", "2")

    async def story(reader: AppDriver) -> None:
        await reader.pilot.pause()
        assert (
            "The library was changed elsewhere too: library.sync-conflict-1.json. M merges" in reader.footer
        )
        await reader.press("M")
        assert "library.sync-conflict-1.json: 1 new annotation." in reader.footer
        assert "3 highlights" in reader.title
        await reader.press("M")
        assert "no other copy" in reader.footer
        await reader.press("u")
        assert "Undone: merge library.sync-conflict-1.json" in reader.footer
        assert "2 highlights" in reader.title

    read(tmp_path / "here", first)
    shutil.copytree(tmp_path / "here", tmp_path / "there")

    async def there(reader: AppDriver) -> None:
        await reader.press("}", ")", ")", "3")

    read(tmp_path / "there", there)
    shutil.copy(tmp_path / "there" / "library.json", tmp_path / "here" / "library.sync-conflict-1.json")
    read(tmp_path / "here", story)


def test_library_notices_are_shown_at_the_start(tmp_path):
    async def first(reader: AppDriver) -> None:
        await reader.press("}", "1")

    async def after_damage(reader: AppDriver) -> None:
        await reader.pilot.pause()
        assert "The library was damaged: 2 records of it could be read." in reader.footer
        assert "The damaged file is kept as library.damaged-" in reader.footer

    async def after_a_flipped_bit(reader: AppDriver) -> None:
        await reader.pilot.pause(0.2)
        assert "Not as they were written: 1 annotation, changed by another program" in reader.footer

    async def of_a_later_version(reader: AppDriver) -> None:
        await reader.pilot.pause()
        assert "was written by a later PactReader: it can be read here, and not changed." in reader.footer
        await reader.press(")", "2")
        assert "open for reading only" in reader.footer

    read(tmp_path, first)
    file = tmp_path / "library.json"
    content = file.read_bytes()
    file.write_bytes(content[: content.rindex(b'\n"3"') + 30])
    shutil.rmtree(tmp_path / "backups", ignore_errors=True)
    read(tmp_path, after_damage)
    file.write_bytes(content.replace(b'"label":"key-point"', b'"label":"kex-point"', 1))
    read(tmp_path, after_a_flipped_bit)
    file.write_bytes(content.replace(b'"version":2', b'"version":7'))
    read(tmp_path, of_a_later_version)
