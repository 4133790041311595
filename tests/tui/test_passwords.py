"""Protected files in the window: asked for their passwords, which are nowhere on the disk after it."""

from io import BytesIO
from pathlib import Path

import pytest

from app_driver import AppDriver, run_story
from pactreader.core.reading_setup import ReadingSetup
from pactreader.formats.sources import read_source
from pdf_files import PdfFile

pytestmark = pytest.mark.slow

MARKDOWN = "# Links\n\nSee [the paper](paper.pdf#page=2).\n"


def protected(password: str, words: str = "Seoul has warned Russia.") -> bytes:
    pdf = PdfFile(title="A locked paper")
    pdf.page().text(72, 700, "The pact is vague.")
    pdf.page().text(72, 700, words)
    return pdf.to_bytes(password=password)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "links.md").write_text(MARKDOWN)
    (folder / "paper.pdf").write_bytes(protected("tRe9!"))
    return folder


def is_dialog(driver: AppDriver, words: str) -> bool:
    return "password:" in driver.seen and words in driver.seen


async def follow(driver: AppDriver) -> None:
    await driver.press("/", *"the paper", "enter", "escape", "enter")
    await driver.wait_until(lambda: is_dialog(driver, "paper.pdf is protected"))


def test_a_protected_file_is_opened_by_a_link_with_its_password(folder: Path, tmp_path: Path) -> None:
    async def story(driver: AppDriver) -> None:
        await follow(driver)
        await driver.press("escape")
        assert "Links" in driver.title
        await follow(driver)
        await driver.type("[b]x")
        assert "x" not in driver.seen.split("password:")[1].split("enter opens")[0]
        await driver.press("enter")
        await driver.wait_until(lambda: is_dialog(driver, "paper.pdf is another one"))
        await driver.type("tRe9!")
        await driver.press("enter")
        await driver.wait_until(lambda: "A locked paper" in driver.title)
        assert "p. 2 of 2" in driver.title
        await driver.wait_until(lambda: not driver.app.source_monitor._is_busy)  # it was written a moment ago
        await driver.press("ctrl+l")
        await driver.wait_until(lambda: "The file is as it was read." in driver.footer)
        await driver.press("ctrl+o")
        assert "Links" in driver.title
        await driver.press(">", ">")
        await driver.wait_until(lambda: "A locked paper" in driver.title)

    run_story(tmp_path / "home", story, article=read_source(str(folder / "links.md"), BytesIO()))
    written = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert written
    assert not any(b"tRe9!" in path.read_bytes() for path in written)


def test_a_file_that_gets_another_password_stays_until_the_user_gives_it(
    folder: Path, tmp_path: Path
) -> None:
    async def story(driver: AppDriver) -> None:
        driver.app.passwords.asking(lambda _name, _is_again: "tRe9!")(path, False)
        (folder / "paper.pdf").write_bytes(protected("n3w", "Seoul is silent."))
        await driver.wait_until(
            lambda: "is another one. What you read stays here. ctrl+l asks" in driver.footer
        )
        await driver.press("ctrl+l")
        await driver.wait_until(lambda: is_dialog(driver, "paper.pdf is"))
        await driver.type("n3w")
        await driver.press("enter")
        await driver.wait_until(lambda: "Seoul is silent." in driver.seen)

    path = str(folder / "paper.pdf")
    article = read_source(path, BytesIO(), setup=ReadingSetup(ask_password=lambda _name, _is_again: "tRe9!"))
    run_story(tmp_path / "home", story, article=article)
