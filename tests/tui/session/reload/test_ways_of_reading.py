"""Ways of reading: the article is shown line by line and back, and nothing is told as a change."""

from io import BytesIO

import pytest

from app_driver import AppDriver, run_story
from pactreader.core.article import BlockKind
from pactreader.core.reading_options import ReadingOptions
from pactreader.formats.sources import read_source
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_monitor")]

LINES = "\n".join(f"- item {n} has words,\n  and more of them" for n in range(60))
TEXT = f"A list of items\n\nIt is long.\n\n{LINES}\n"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text(TEXT)
    return path


def read(path, story, options=ReadingOptions()):
    run_story(path.parent / "home", story, article=read_source(str(path), BytesIO(), options))


def is_verbatim(driver):
    return [block.kind for block in driver.screen.article.blocks] == [BlockKind.CODE]


async def shown_line_by_line(driver: AppDriver):
    await driver.press("T")
    await driver.wait_until(lambda: is_verbatim(driver) and "T shows it as text" in driver.footer)


async def shown_as_text(driver: AppDriver):
    await driver.press("T")
    await driver.wait_until(lambda: not is_verbatim(driver) and "T shows it line by line" in driver.footer)


def kinds(driver):
    counts = driver.app.session.notebook.placement_counts
    return {kind.value: count for kind, count in counts.items() if count}


def at_caret(driver):
    return driver.screen.article.text[driver.screen.article_view.caret.offset :][:14]


def entry(path):
    with Library(Paths.find(path.parent / "home", {})) as library:
        (found,) = library.articles()
        return found


def test_the_place_is_kept_and_every_highlight_is_exact_again(path):
    async def story(driver: AppDriver) -> None:
        await driver.press(*["}"] * 20, "1")
        assert at_caret(driver).startswith("item 18 ")
        await shown_line_by_line(driver)
        assert at_caret(driver).startswith("item 18 ")
        assert set(kinds(driver)) <= {"exact", "moved"}
        await driver.press("j", "j", "2")
        await driver.wait_until(lambda: len(driver.annotations()) == 2)
        assert driver.annotations()[1][0] == "- item 19 has words,"
        await shown_as_text(driver)
        assert sum(kinds(driver).values()) == 2
        assert kinds(driver)["exact"] >= 1
        await shown_line_by_line(driver)
        await driver.press("u")
        assert [one[1] for one in driver.annotations()] == ["key-point"]
        await shown_as_text(driver)
        assert kinds(driver) == {"exact": 1}

    read(path, story)


def test_nothing_is_told_as_a_change(path):
    async def story(driver: AppDriver) -> None:
        await driver.press("1")
        for toggle in (shown_line_by_line, shown_as_text, shown_line_by_line):
            await toggle(driver)
            await driver.pilot.pause(0.2)
            assert "changed" not in driver.seen
            assert not driver.app.change_tracker.changes.all

    read(path, story)
    assert entry(path).options == ReadingOptions("code")

    async def again(driver: AppDriver) -> None:
        await driver.pilot.pause(0.2)
        assert "changed" not in driver.seen
        assert not driver.app.change_tracker.changes.all

    read(path, again)
    assert entry(path).options == ReadingOptions()


def test_a_changed_file_is_read_in_the_same_way_and_told(path):
    async def story(driver: AppDriver) -> None:
        await shown_line_by_line(driver)
        path.write_text(TEXT.replace("It is long.", "It is short."))
        await driver.wait_until(lambda: "The article changed on the disk" in driver.footer)
        assert is_verbatim(driver)
        assert [one.kind.value for one in driver.app.change_tracker.changes.all] == ["changed"]
        await shown_as_text(driver)
        await driver.wait_until(lambda: len(driver.app.change_tracker.changes.all) == 1)

    read(path, story)


def test_what_changed_in_one_way_is_still_told_in_the_other(path):
    async def glance(driver: AppDriver) -> None:
        await driver.pilot.pause(0.1)

    read(path, glance)
    read(path, glance, ReadingOptions("code"))
    path.write_text(TEXT.replace("item 50 has", "item 50 had"))

    async def told(driver: AppDriver) -> None:
        await driver.wait_until(lambda: len(driver.app.change_tracker.changes.all) == 1)

    read(path, told, ReadingOptions("code"))
    read(path, told)


def test_a_selection_is_not_taken_away(path):
    async def story(driver: AppDriver) -> None:
        await driver.press("v", "T")
        assert "That can be done when the selection is let go." in driver.footer
        await driver.press("escape")
        await shown_line_by_line(driver)

    read(path, story)


def test_a_deleted_file_stays_as_it_was_read(path):
    async def story(driver: AppDriver) -> None:
        path.unlink()
        await driver.wait_until(lambda: "is gone" in driver.footer)
        await driver.press("T")
        await driver.wait_until(lambda: "There is no file" in driver.footer)
        assert not is_verbatim(driver)

    read(path, story)


def test_what_a_pipe_brought_is_shown_line_by_line_too(tmp_path):
    article = read_source("-", BytesIO(TEXT.encode()))

    async def story(driver: AppDriver) -> None:
        await shown_line_by_line(driver)
        await shown_as_text(driver)

    run_story(tmp_path / "home", story, article=article)


PARAGRAPHS = "".join(
    f"<p>The {n}th paragraph, with words, says little, as all of them do.</p>" for n in range(40)
)
PAGE = (
    "<!doctype html><title>A pact</title><nav><a href=/a>Away</a> <a href=/b>Astray</a></nav>"
    f"<article><h1>A pact</h1>{PARAGRAPHS}</article><footer>All rights are reserved.</footer>"
)


async def shown_whole(driver: AppDriver):
    await driver.press("W")
    await driver.wait_until(lambda: "W shows the article in it" in driver.footer)
    assert "All rights are reserved." in driver.screen.article.text


async def shown_as_article(driver: AppDriver):
    await driver.press("W")
    await driver.wait_until(lambda: "W shows the whole page" in driver.footer)
    assert "All rights are reserved." not in driver.screen.article.text


def test_the_whole_page_is_shown_and_the_article_again_with_everything_in_its_place(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE)

    async def story(driver: AppDriver) -> None:
        await driver.press(*["}"] * 20, "1")
        here = at_caret(driver)
        await shown_whole(driver)
        assert at_caret(driver) == here
        await driver.press("G", "2")
        await driver.wait_until(lambda: len(driver.annotations()) == 2)
        assert driver.annotations()[1][0] == "All rights are reserved."
        await driver.press("ctrl+o")
        await shown_as_article(driver)
        assert at_caret(driver) == here
        assert kinds(driver) == {"exact": 1, "lost": 1}
        await shown_whole(driver)
        assert set(kinds(driver)) <= {"exact", "moved"}
        assert sum(kinds(driver).values()) == 2
        await driver.pilot.pause(0.2)
        assert "changed" not in driver.seen
        assert not driver.app.change_tracker.changes.all

    read(path, story)
    assert entry(path).options == ReadingOptions("whole")


def test_a_warning_names_the_key_for_the_whole_page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE.replace("<nav>", "<nav>" + "<p><a href=/x>Another article of others</a></p>" * 400))

    async def story(driver: AppDriver) -> None:
        assert "% of the page's words. W shows all." in driver.footer
        await shown_whole(driver)
        await driver.press("W")
        await driver.wait_until(lambda: "W shows all." in driver.footer)

    read(path, story)
