"""A whole web page, and again the article in it."""

from io import BytesIO

import pytest

from app_driver import AppDriver, run_story
from pactreader.formats.sources import read_source

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_monitor")]

PARAGRAPH = f"<p>{'The council met, and the members voted at once. ' * 5}</p>"
PAGE = f"<html><body><nav><a href='/'>Start of the site</a></nav><article>{PARAGRAPH * 5}</article></body></html>"


def test_the_whole_page_is_shown_and_again_the_article(tmp_path):
    path = tmp_path / "vote.html"
    path.write_text(PAGE)

    async def story(driver: AppDriver) -> None:
        assert "Start of the site" not in driver.screen.article.text
        await driver.press("W")
        await driver.wait_until(lambda: driver.screen.article.text.startswith("Start of the site"))
        await driver.press("W")
        await driver.wait_until(lambda: "Start of the site" not in driver.screen.article.text)

    run_story(tmp_path / "home", story, article=read_source(str(path), BytesIO()))


def test_a_text_is_no_web_page(tmp_path):
    path = tmp_path / "vote.txt"
    path.write_text("The council met.")

    async def story(driver: AppDriver) -> None:
        await driver.press("W")
        await driver.wait_until(lambda: "no web page" in driver.footer)

    run_story(tmp_path / "home", story, article=read_source(str(path), BytesIO()))
