import pytest

from app_driver import LONG, AppDriver, here, run_story
from pactreader.tui.terminal import desktop

pytestmark = pytest.mark.slow


def test_a_link_inside_is_followed_and_come_back_from(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("enter")
        assert "no link at the caret" in driver.footer
        await driver.press("L")
        tag = driver.line(4).lstrip()
        await driver.press("escape", "}", "w", "w")
        assert "follow the link" in driver.footer
        await driver.press("enter")
        assert here(driver) == "The summary"
        await driver.press("ctrl+o")
        assert here(driver).startswith("summary says")
        assert tag

    run_story(tmp_path, story, article=LONG)


@pytest.mark.parametrize(("has_browser", "said"), [(True, "is opened outside"), (False, "no browser")])
def test_an_address_is_shown_first_and_opened_by_a_second_enter(tmp_path, monkeypatch, has_browser, said):
    opened = []

    def open_outside(address: str) -> bool:
        opened.append(address)
        return has_browser

    monkeypatch.setattr(desktop, "open_address", open_outside)

    async def story(driver: AppDriver) -> None:
        await driver.press("/", *"https", "enter", "escape", "enter")
        assert "https://un.org/a" in driver.footer
        await driver.press("j", "k")
        assert opened == []
        await driver.press("/", *"https", "enter", "escape", "enter", "enter")
        assert opened == ["https://un.org/a"]
        assert said in driver.footer

    run_story(tmp_path, story, article=LONG)


def test_a_link_to_a_file_that_is_not_there_leads_nowhere(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("/", *"notes.md", "enter", "escape", "enter")
        assert "notes.md leads to no file that is there." in driver.footer

    run_story(tmp_path, story, article=LONG)


def test_a_picked_link_is_followed(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("L", "f")
        assert here(driver) == "The summary"
        await driver.press("L")
        assert "no link in view" in driver.footer

    run_story(tmp_path, story, article=LONG)
