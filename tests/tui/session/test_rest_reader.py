"""Articles whose beginning is shown while the rest is read."""

import pytest

from app_driver import AppDriver, run_story
from articles_in_parts import PARAGRAPHS, beginning_of, whole_article
from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.article import Article
from pactreader.core.article_rest import ReadingProgress
from pactreader.core.errors import UnreadableError
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.state.reading_state import ReadingState
from pactreader.tui.dialogs.library_browser import Location

pytestmark = pytest.mark.slow

WHOLE = whole_article()


def texts_stored(driver: AppDriver) -> list[str]:
    return [path.name for path in driver.paths.texts.glob("*.json.gz")]


async def is_whole(driver: AppDriver, whole: Article = WHOLE) -> None:
    """Wait until the whole article is shown, identified and stored."""
    await driver.wait_until(lambda: driver.app.session.notebook.article is whole)
    await driver.wait_until(lambda: driver.app.session.is_identified and texts_stored(driver))
    await driver.pilot.pause()


def test_the_rest_takes_its_place_behind_the_beginning(tmp_path):
    beginning, rest = beginning_of(WHOLE)

    async def story(driver: AppDriver) -> None:
        await driver.wait_until(lambda: "reading p. 120 of 900" in driver.title)
        assert "%" not in driver.title
        assert texts_stored(driver) == []
        await driver.press("j", "j")
        position = driver.screen.panes.position
        rest.tell(ReadingProgress(900, 900, is_layout=True))
        await driver.wait_until(lambda: "putting 900 pages together" in driver.title)
        rest.end()
        await is_whole(driver)
        assert driver.screen.panes.position == position
        assert "together" not in driver.title
        assert "%" in driver.title
        await driver.press("G")
        assert PARAGRAPHS[-1] in driver.seen

    run_story(tmp_path, story, article=beginning)


def test_esc_stops_reading_and_says_how_to_read_on(tmp_path):
    beginning, rest = beginning_of(WHOLE)

    async def story(driver: AppDriver) -> None:
        await driver.press("escape")
        await driver.wait_until(lambda: "Only the beginning" in driver.footer)
        assert "ctrl+l reads all of it" in driver.footer
        assert "reading" not in driver.title
        assert rest.is_stopped
        await driver.press("j", "E")
        assert "ctrl+l reads all of it" in driver.footer

    run_story(tmp_path, story, article=beginning)


def test_a_failure_is_told_and_what_was_read_stays(tmp_path):
    beginning, rest = beginning_of(WHOLE)

    async def story(driver: AppDriver) -> None:
        rest.fail(UnreadableError("The file is damaged.", "Copy it again."))
        await driver.wait_until(lambda: "The file is damaged." in driver.footer)
        assert "Only the beginning is shown" in driver.footer
        assert PARAGRAPHS[0] in driver.seen
        await driver.press("j", "1")
        assert len(driver.annotations()) == 1

    run_story(tmp_path, story, article=beginning)


def test_contents_tell_that_they_are_those_of_what_is_read_so_far(tmp_path):
    beginning, _rest = beginning_of(WHOLE)

    async def story(driver: AppDriver) -> None:
        await driver.press("c", "p", "9", "9")
        assert "Nothing in what is read so far is like that." in driver.seen

    run_story(tmp_path, story, article=beginning)


def test_a_narrow_window_leaves_the_page_out_while_it_shows_the_progress(tmp_path):
    beginning, _rest = beginning_of(WHOLE)

    async def story(driver: AppDriver) -> None:
        await driver.wait_until(lambda: "reading" in driver.title)
        assert driver.title.rstrip().endswith("reading p. 120 of 900 · esc stops it · 0 highlights")

    run_story(tmp_path, story, article=beginning, size=(58, 20))


def test_quitting_stops_reading(tmp_path):
    beginning, rest = beginning_of(WHOLE)

    async def story(driver: AppDriver) -> None:
        await driver.wait_until(lambda: driver.app.rest_reader.is_running)

    run_story(tmp_path, story, article=beginning)
    assert rest.is_stopped


@pytest.mark.parametrize("is_prefix", [True, False])
def test_what_is_marked_meanwhile_is_saved_at_once_and_named_with_its_text_later(tmp_path, is_prefix):
    # The last paragraph of the beginning is marked: its context is longer in the whole text.
    texts = PARAGRAPHS[:6] if is_prefix else ("A running head.", *PARAGRAPHS[:6])
    beginning, rest = beginning_of(WHOLE, *texts)

    async def story(driver: AppDriver) -> None:
        notebook = driver.app.session.notebook
        await driver.press("G", "1")
        ((quote, label, _note, _tags),) = driver.annotations()
        assert quote == "It says little."
        (saved,) = notebook
        assert saved.anchor.text_hash == saved.anchor.suffix == ""
        rest.end()
        await is_whole(driver)
        with Library(driver.paths) as library:
            (entry,) = library.articles()
            ((_entry, anchored),) = library.annotations()
        assert entry.text_hash == anchored.anchor.text_hash == WHOLE.text_hash
        assert anchored.anchor.suffix.startswith("\n\nParagraph 6")
        start = WHOLE.text.index("It says little.\n\nParagraph 6")
        assert (anchored.anchor.start, anchored.label) == (start, label)
        assert notebook.placement_counts == {PlacementKind.EXACT: 1}
        await driver.press("u")
        assert driver.annotations() == []
        await driver.press("ctrl+r")
        assert len(driver.annotations()) == 1
        assert notebook.by_index(0).anchor == anchored.anchor

    run_story(tmp_path, story, article=beginning)


def test_a_note_and_its_label_are_undone_one_by_one_afterwards_also_by_another_run(tmp_path):
    beginning, rest = beginning_of(WHOLE)

    async def mark(driver: AppDriver) -> None:
        await driver.press("1", "2")
        rest.end()
        await is_whole(driver)

    async def undo(driver: AppDriver) -> None:
        await driver.press("u")
        ((_quote, label, _note, _tags),) = driver.annotations()
        assert label == "key-point"
        assert all(one.anchor.text_hash == WHOLE.text_hash for one in driver.app.session.notebook)
        await driver.press("u")
        assert driver.annotations() == []

    run_story(tmp_path, mark, article=beginning)
    run_story(tmp_path, undo, article=WHOLE)


def test_what_is_marked_before_quitting_is_found_by_the_next_opening(tmp_path):
    first, _ = beginning_of(WHOLE)
    second, rest = beginning_of(WHOLE)

    async def mark(driver: AppDriver) -> None:
        await driver.press("G", "1")

    async def look(driver: AppDriver) -> None:
        notebook = driver.app.session.notebook
        assert notebook.highlight_count == 1
        rest.end()
        await is_whole(driver)
        assert notebook.placement_counts == {PlacementKind.EXACT: 1}
        assert notebook.by_index(0).anchor.text_hash == WHOLE.text_hash
        with Library(driver.paths) as library:
            assert len(library.articles()) == 1

    run_story(tmp_path, mark, article=first)
    run_story(tmp_path, look, article=second)


def read_to_the_end(tmp_path, keys=("G",)) -> None:
    async def read(driver: AppDriver) -> None:
        await driver.press(*keys)

    run_story(tmp_path, read, article=WHOLE)


def stored_caret(paths: Paths) -> int:
    with Library(paths) as library:
        (entry,) = library.articles()
    return ReadingState(paths).position(entry.id).caret


def test_highlights_of_the_rest_wait_and_are_not_lost(tmp_path):
    read_to_the_end(tmp_path, ("G", "1"))
    beginning, rest = beginning_of(WHOLE)

    async def story(driver: AppDriver) -> None:
        notebook = driver.app.session.notebook
        await driver.pilot.pause(0.2)
        assert len(notebook.pending) == notebook.highlight_count == 1
        await driver.press("E", "enter")
        assert "not read to its end yet" in driver.seen
        await driver.press("escape")
        rest.end()
        await is_whole(driver)
        assert notebook.placement_counts == {PlacementKind.EXACT: 1}
        assert "changed" not in driver.footer

    run_story(tmp_path, story, article=beginning)


def test_the_stored_position_is_gone_to_when_its_text_is_there(tmp_path):
    read_to_the_end(tmp_path)
    last = len(WHOLE.text) - 1
    beginning, rest = beginning_of(WHOLE)

    async def story(driver: AppDriver) -> None:
        assert driver.screen.panes.position.caret == 0
        rest.end()
        await is_whole(driver)
        assert driver.screen.panes.position.caret == last

    run_story(tmp_path, story, article=beginning)


def test_who_moves_in_the_beginning_stays_there_and_keeps_the_stored_position_until_all_is_read(tmp_path):
    read_to_the_end(tmp_path)
    last = len(WHOLE.text) - 1

    async def quit_early(driver: AppDriver) -> None:
        await driver.press("j", "j")
        driver.app.save_position()

    async def stay(driver: AppDriver) -> None:
        await driver.press("j", "j")
        here = driver.screen.panes.position.caret
        rest.end()
        await is_whole(driver)
        assert driver.screen.panes.position.caret == here > 0
        await driver.press("g")

    run_story(tmp_path, quit_early, article=beginning_of(WHOLE)[0])
    assert stored_caret(Paths.find(tmp_path, {})) == last
    beginning, rest = beginning_of(WHOLE)
    run_story(tmp_path, stay, article=beginning)
    assert stored_caret(Paths.find(tmp_path, {})) == 0


def test_the_whole_waits_until_a_note_is_closed(tmp_path):
    beginning, rest = beginning_of(WHOLE)

    async def story(driver: AppDriver) -> None:
        await driver.press("a")
        await driver.type("Why?")
        rest.end()
        await driver.wait_until(lambda: not driver.app.rest_reader.is_running)
        await driver.pilot.pause(0.1)
        assert driver.app.session.notebook.article is beginning
        await driver.press("ctrl+s")
        await is_whole(driver)
        ((_quote, _label, note, _tags),) = driver.annotations()
        assert note == "Why?"

    run_story(tmp_path, story, article=beginning)


def test_a_text_of_the_library_is_known_again_by_its_likeness_once_it_is_whole(tmp_path):
    read_to_the_end(tmp_path, ("G", "1"))
    other = whole_article("A cover page.", *PARAGRAPHS, file_hash="e" * 32, source="/articles/again.txt")
    beginning, rest = beginning_of(other)

    async def story(driver: AppDriver) -> None:
        await driver.press("j", "2")
        rest.end()
        await driver.wait_until(lambda: driver.app.session.is_identified)
        await driver.wait_until(lambda: driver.app.session.notebook.highlight_count == 2)
        with Library(driver.paths) as library:
            assert len(library.articles()) == 1

    run_story(tmp_path, story, article=beginning)


def test_an_anchor_that_was_asked_for_is_shown_when_its_text_is_there(tmp_path):
    read_to_the_end(tmp_path)
    beginning, rest = beginning_of(WHOLE)

    async def story(driver: AppDriver) -> None:
        await driver.wait_until(lambda: "Page 50 is shown as soon as it is read." in driver.footer)
        assert driver.screen.panes.position.caret == 0
        assert "There is no" not in driver.footer
        rest.end()
        await is_whole(driver)
        assert driver.screen.panes.position.caret == WHOLE.anchors["page=50"]

    run_story(tmp_path, story, article=beginning, anchor="page=50")


def test_an_annotation_that_was_chosen_is_gone_to_when_its_text_is_there(tmp_path):
    read_to_the_end(tmp_path, ("G", "1", "g"))
    beginning, rest = beginning_of(WHOLE)

    async def story(driver: AppDriver) -> None:
        (chosen,) = driver.app.session.notebook
        driver.app.opener.go_to_annotation(chosen.id)
        assert driver.screen.panes.position.caret == 0
        rest.end()
        await is_whole(driver)
        assert driver.screen.panes.position.caret == chosen.anchor.start

    run_story(tmp_path, story, article=beginning)


def test_opening_another_article_stops_reading_and_keeps_what_was_marked(tmp_path):
    other = whole_article("Another one.", file_hash="e" * 32, source="/articles/other.txt")
    beginning, rest = beginning_of(WHOLE)
    stops: list[bool] = []
    rest.stop = lambda: stops.append(True)  # which the thread sees only later

    async def read_other(driver: AppDriver) -> None:
        await driver.press("j")

    async def story(driver: AppDriver) -> None:
        await driver.press("1")
        driver.app.opener.open(Location(other_id(driver)))
        await driver.wait_until(lambda: driver.screen.article.source == other.source)
        assert stops
        rest.fail(UnreadableError("The file is damaged.", "Copy it again."))
        await driver.pilot.pause(0.1)
        assert "damaged" not in driver.footer
        assert "reading" not in driver.title
        assert len(driver.annotations()) == 1

    def other_id(driver: AppDriver) -> str:
        with Library(driver.paths) as library:
            return next(entry.id for entry in library.articles() if entry.source == other.source)

    run_story(tmp_path, read_other, article=other)
    run_story(tmp_path, story, article=beginning)


def test_hits_are_found_in_what_is_read_so_far_and_then_in_all_of_it(tmp_path):
    beginning, rest = beginning_of(WHOLE)

    async def story(driver: AppDriver) -> None:
        view = driver.screen.article_view
        await driver.press("/", "4", "4", "enter")
        assert "There is no “44” in what is read so far." in driver.footer
        await driver.press("/", *"here", "enter")
        assert len(view.hits) == 6
        rest.end()
        await driver.wait_until(lambda: not driver.app.rest_reader.is_running)
        assert driver.app.session.notebook.article is beginning, "as the hit is selected"
        await driver.press("1")
        await is_whole(driver)
        assert len(view.hits) == 60

    run_story(tmp_path, story, article=beginning)


def test_a_draft_that_a_crash_has_left_is_restored_when_all_is_read(tmp_path):
    beginning, rest = beginning_of(WHOLE)

    async def crash(driver: AppDriver) -> None:
        driver.app.session.save_draft("", "Half a thought")

    async def story(driver: AppDriver) -> None:
        await driver.pilot.pause(0.1)
        assert "Half a thought" not in driver.seen
        rest.end()
        await driver.wait_until(lambda: "Half a thought" in driver.seen)

    run_story(tmp_path, crash, article=beginning_of(WHOLE)[0])
    Paths.find(tmp_path, {}).library.unlink()
    run_story(tmp_path, story, article=beginning)


def test_a_full_disk_does_not_keep_the_rest_from_being_read(tmp_path):
    beginning, rest = beginning_of(WHOLE)

    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("1")
        assert "not saved" in driver.title
        rest.end()
        await is_whole(driver)
        driver.save_again()
        await driver.press("ctrl+s")
        (marked,) = driver.app.session.notebook
        assert marked.anchor.text_hash == WHOLE.text_hash
        assert len(driver.annotations()) == 1

    run_story(tmp_path, story, article=beginning)
