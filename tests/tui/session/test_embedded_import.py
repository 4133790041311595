"""The highlights of other programs in the open article's file are taken in once, and told."""

from pathlib import Path

import pytest

from app_driver import ARTICLE, AppDriver, run_story
from pactreader.core.embedded_annotations import EmbeddedAnnotation, EmbeddedKind
from pactreader.formats.sources import read_source
from pdf_files import PdfFile

pytestmark = pytest.mark.slow


def embedded(words: str, kind: EmbeddedKind = EmbeddedKind.HIGHLIGHT, **fields: str) -> EmbeddedAnnotation:
    start = ARTICLE.text.index(words)
    return EmbeddedAnnotation(words, kind, start, start + len(words), **fields)


MARKED = ARTICLE._replace(
    embedded=(
        embedded("weapons flow", author="Ada Lovelace", note="Whose?"),
        embedded("Who decides?", EmbeddedKind.NOTE, note="Hm"),
    ),
)
TAKEN_IN = "1 highlight and 1 note of another program were taken in from the file. u takes them back."


async def told(driver: AppDriver, words: str) -> None:
    await driver.wait_until(lambda: words in driver.footer)


def test_they_are_told_shown_taken_back_and_not_taken_in_again(tmp_path):
    async def first(driver: AppDriver) -> None:
        await told(driver, TAKEN_IN)
        assert "2 highlights" in driver.title
        assert "Whose?" in driver.seen
        assert "— Ada Lovelace" in driver.seen
        await driver.press("u")
        await told(driver, "Undone: take in 1 highlight and 1 note from the file")
        assert driver.annotations() == []

    async def second(driver: AppDriver) -> None:
        await driver.press("1")
        await driver.wait_until(lambda: len(driver.app.session.notebook) == 1)
        assert "taken in" not in driver.footer

    run_story(tmp_path, first, article=MARKED)
    run_story(tmp_path, second, article=MARKED)


def test_a_disk_that_fails_is_told_nothing_is_unsaved_and_it_is_tried_the_next_time(tmp_path):
    async def failing(driver: AppDriver) -> None:
        driver.fail_to_save()
        driver.app.opener.import_embedded()
        await told(driver, "The highlights in the file are not taken in. The disk is full. Make room")
        assert not driver.screen.context.saves.unsaved
        driver.save_again()

    async def working(driver: AppDriver) -> None:
        await told(driver, TAKEN_IN)

    async def unmarked(driver: AppDriver) -> None:
        driver.app.session.notebook.article = MARKED
        await failing(driver)

    run_story(tmp_path, unmarked)
    run_story(tmp_path, working, article=MARKED)


@pytest.mark.usefixtures("quick_monitor")
def test_what_another_program_adds_while_the_file_is_open_is_taken_in(tmp_path):
    path = tmp_path / "paper.pdf"

    def write(*marked: str) -> None:
        pdf = PdfFile()
        page = pdf.page()
        page.text(72, 700, "One is here. It is vague.")
        for words in marked:
            page.mark("Highlight", page.find(words))
        new = Path(tmp_path / "new")
        new.write_bytes(pdf.to_bytes())
        new.replace(path)

    async def story(driver: AppDriver) -> None:
        await told(driver, "1 highlight of another program was taken in from the file. u takes it back.")
        await driver.press("u")
        write("One", "vague")
        await told(driver, "1 highlight of another program was taken in")
        assert [row[0] for row in driver.annotations()] == ["vague"]

    write("One")
    run_story(tmp_path / "home", story, article=read_source(str(path), None))
