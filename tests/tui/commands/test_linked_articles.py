"""Links to other files: they open as articles, and the way back leads back to the place that they were left at."""

from io import BytesIO

import pytest

from app_driver import AppDriver, run_story
from pactreader.formats.sources import read_source
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths

pytestmark = pytest.mark.slow

FILL = "\n\n".join(f"Paragraph {n} says little." for n in range(40))
FIRST = f"# First\n\n{FILL}\n\nSee [the second](docs/second.md#the-end) or [outside](../outside.md).\n"
SECOND = f"# Second\n\n{FILL}\n\n## The end\n\nBack to [the first](../first.md), or [nowhere](#nothing).\n"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "notes"
    (folder / "docs").mkdir(parents=True)
    (folder / "first.md").write_text(FIRST)
    (folder / "docs" / "second.md").write_text(SECOND)
    (tmp_path / "outside.md").write_text("# Outside\n\nIt is elsewhere.\n")
    return folder


def read(path, home, story):
    run_story(home, story, article=read_source(str(path), BytesIO()))


def at_caret(driver):
    return driver.screen.article.text[driver.screen.article_view.caret.offset :].split("\n")[0]


async def follow(driver: AppDriver, words: str) -> None:
    await driver.press("/", *words, "enter", "escape", "enter")


def test_a_link_opens_the_file_at_its_anchor_and_the_way_back_leads_to_the_link(folder, tmp_path):
    async def story(driver: AppDriver) -> None:
        await follow(driver, "the second")
        assert "Second" in driver.title
        assert at_caret(driver) == "The end"
        await driver.press("g", "ctrl+o")
        assert at_caret(driver) == "The end"
        await driver.press("ctrl+o")
        assert "First" in driver.title
        assert at_caret(driver).startswith("d or outside")
        await driver.press("ctrl+o")
        assert at_caret(driver) == "First"
        await driver.press("ctrl+o")
        assert "nowhere to go back to" in driver.footer
        await driver.press(">", ">")
        assert "Second" in driver.title
        assert at_caret(driver) == "The end"
        await driver.press(">")
        assert at_caret(driver) == "Second"
        await driver.press(">")
        assert "nowhere to go forward to" in driver.footer

    read(folder / "first.md", tmp_path / "home", story)


def test_keys_typed_at_once_reach_the_opened_article(folder, tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("/", *"the second", "enter", "escape")
        for key in ("enter", "1", "ctrl+o", "2"):
            driver.post(key)
        await driver.wait_until(lambda: len(driver.annotations()) == 2)
        quotes = {label: quote for quote, label, _, _ in driver.annotations()}
        assert quotes["key-point"] == "The end"
        assert quotes["evidence"].startswith("See the second")

    read(folder / "first.md", tmp_path / "home", story)
    with Library(Paths.find(tmp_path / "home", {})) as library:
        assert {entry.title for entry in library.articles()} == {"First", "Second"}


def test_a_file_elsewhere_is_shown_the_first_time(folder, tmp_path):
    async def story(driver: AppDriver) -> None:
        await follow(driver, "outside")
        assert "First" in driver.title
        assert str(tmp_path / "outside.md")[-20:] in driver.footer
        assert "enter opens this file" in driver.footer
        await driver.press("escape")
        await follow(driver, "outside")
        await driver.press("enter")
        assert "Outside" in driver.title
        await driver.press("ctrl+o")
        assert "First" in driver.title
        await follow(driver, "outside")
        assert "Outside" in driver.title

    read(folder / "first.md", tmp_path / "home", story)


def test_a_missing_anchor_is_told(folder, tmp_path):
    (folder / "first.md").write_text("Go [on](docs/second.md#not-there), or [on here](first.md#gone).\n")

    async def story(driver: AppDriver) -> None:
        await driver.press("enter", "w", "enter")
        assert "Second" in driver.title
        assert "no “not-there” in this article" in driver.footer
        await driver.press("ctrl+o")
        await follow(driver, "on here")
        assert "no “gone” in this article" in driver.footer

    read(folder / "first.md", tmp_path / "home", story)


def test_a_file_that_cannot_be_read_leaves_the_article_open(folder, tmp_path):
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
    (folder / "first.md").write_text("See ![a picture](picture.png).\n")

    async def story(driver: AppDriver) -> None:
        await follow(driver, "picture")
        assert "picture.png" in driver.footer
        assert "a picture" in driver.seen
        assert driver.screen.context.panes.history.former is None

    read(folder / "first.md", tmp_path / "home", story)


def test_an_article_that_was_changed_meanwhile_opens_where_it_was_left(folder, tmp_path):
    async def story(driver: AppDriver) -> None:
        await follow(driver, "the second")
        (folder / "first.md").write_text(FIRST.replace("Paragraph 7", "A new one.\n\nParagraph 7"))
        await driver.press("ctrl+o")
        assert "First" in driver.title
        await driver.wait_until(lambda: at_caret(driver).startswith("d or outside"))

    read(folder / "first.md", tmp_path / "home", story)


def test_an_article_that_is_gone_is_come_back_to_as_it_was_read(folder, tmp_path):
    async def story(driver: AppDriver) -> None:
        await follow(driver, "the second")
        (folder / "first.md").unlink()
        await driver.press("ctrl+o")
        assert at_caret(driver).startswith("d or outside")

    read(folder / "first.md", tmp_path / "home", story)


def test_the_way_back_leads_to_the_article_before_one_from_the_library(folder, tmp_path):
    async def story(driver: AppDriver) -> None:
        await follow(driver, "the second")
        await driver.press("o", *"first", "enter")
        await driver.pilot.pause()
        assert "First" in driver.title
        await driver.press("ctrl+o")
        assert "Second" in driver.title
        assert at_caret(driver) == "The end"
        await driver.press("ctrl+o")
        assert "First" in driver.title

    read(folder / "first.md", tmp_path / "home", story)
