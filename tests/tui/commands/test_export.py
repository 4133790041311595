"""Copying of passages as the page shows them, and of PDFs while the user wants to quit."""

from threading import Event

import pytest

from app_driver import AppDriver, run_story
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.formats.pdf_copy import PdfCopy
from pactreader.tui.session import notes_export

pytestmark = pytest.mark.slow

JOBS = Article.assemble(
    [
        Piece(BlockKind.LIST_ITEM, "Call the bank. Ask for Ann.", 1, "☐"),
        Piece(BlockKind.LIST_ITEM, "Pay the rent.", 1, "3."),
        Piece(BlockKind.TABLE, "who\tage\nAnn\t30"),
    ],
    title="Jobs",
    source="/articles/jobs.md",
)


def test_a_copied_passage_has_the_boxes_numbers_and_borders_of_the_page(tmp_path, monkeypatch):
    copied: list[str] = []

    async def copy_all(driver: AppDriver) -> None:
        monkeypatch.setattr(driver.app, "copy", lambda text: copied.append(text) or "the clipboard")
        await driver.press("y", ")", "y", "1", "y", ")", "y", "}", ")", "y")
        await driver.press("g", "1", "tab", "v", "y")

    run_story(tmp_path, copy_all, article=JOBS)
    assert copied[:5] == ["☐ Call the bank.", "Ask for Ann.", "Ask for Ann.", "3. Pay the rent.", "Ann │ 30"]
    assert copied[5:] == ["☐ Call the bank."]


def test_quitting_while_a_copy_is_written_is_warned_of_once(tmp_path, monkeypatch):
    may_end = Event()

    def write() -> PdfCopy:
        may_end.wait(20)
        return PdfCopy(b"", 1, 0)

    monkeypatch.setattr(notes_export, "copy_for", lambda *_arguments, **_keywords: write)

    async def quit_early(driver: AppDriver) -> None:
        await driver.press("E")
        await driver.type(".pdf")
        await driver.press("enter", "q")
        assert "The copy is not written yet: q again quits without it." in driver.footer
        may_end.set()
        await driver.wait_until(lambda: "1 annotation written to" in driver.footer)

    run_story(tmp_path, quit_early, article=JOBS)
