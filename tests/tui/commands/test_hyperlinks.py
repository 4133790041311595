import pytest

from app_driver import LONG, AppDriver, here, read
from pactreader.tui.terminal import desktop


def test_a_link_inside_is_followed_and_come_back_from(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("enter")
        assert "no link at the caret" in reader.footer
        await reader.press("L")
        tag = reader.line(4).lstrip()
        await reader.press("escape", "}", "w", "w")
        assert "follow the link" in reader.footer
        await reader.press("enter")
        assert here(reader) == "The summary"
        await reader.press("ctrl+o")
        assert here(reader).startswith("summary says")
        assert tag

    read(tmp_path, story, article=LONG)


@pytest.mark.parametrize(("has_browser", "said"), [(True, "is opened outside"), (False, "no browser")])
def test_an_address_is_shown_first_and_opened_by_a_second_enter(tmp_path, monkeypatch, has_browser, said):
    opened = []

    def open_outside(address: str) -> bool:
        opened.append(address)
        return has_browser

    monkeypatch.setattr(desktop, "open_address", open_outside)

    async def story(reader: AppDriver) -> None:
        await reader.press("/", *"https", "enter", "escape", "enter")
        assert "https://un.org/a" in reader.footer
        await reader.press("j", "k")
        assert opened == []
        await reader.press("/", *"https", "enter", "escape", "enter", "enter")
        assert opened == ["https://un.org/a"]
        assert said in reader.footer

    read(tmp_path, story, article=LONG)


def test_a_link_to_a_file_is_never_opened_outside(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("/", *"notes.md", "enter", "escape", "enter")
        assert "no address on the web" in reader.footer

    read(tmp_path, story, article=LONG)


def test_a_picked_link_is_followed(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("L", "f")
        assert here(reader) == "The summary"
        await reader.press("L")
        assert "no link in view" in reader.footer

    read(tmp_path, story, article=LONG)
