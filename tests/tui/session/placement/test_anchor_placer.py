"""Placing in the background: neither the first text nor a key waits for the search, and nothing outlasts the window."""

import time
from threading import Semaphore

import pytest

from app_driver import AppDriver, run_story
from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.labels import LABELS
from pactreader.core.notebooks.notebook import Notebook
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.tui.session.placement import anchor_placer

pytestmark = pytest.mark.slow

PARAGRAPHS = 60
HIGHLIGHTED = " is here."
"""The end of every highlight."""
ENOUGH = 100
"""More searches than any test makes."""


def pact(first="A first line."):
    pieces = [first, *(f"Paragraph {n} is here. It says little." for n in range(PARAGRAPHS))]
    return Article.assemble(
        [Piece(BlockKind.PARAGRAPH, piece) for piece in pieces], title="A pact", source="/articles/pact.txt"
    )


FORMER, CHANGED = pact(), pact("A first line, and more words in it.")


@pytest.fixture
def home(tmp_path):
    """A home whose library has a highlight on every tenth paragraph of the former text."""
    with Library(Paths.find(tmp_path, {})) as library:
        entry = library.entry_for(FORMER)
        library.register(entry, FORMER)
        notebook = library.notebook(entry, FORMER)
        for block in FORMER.blocks[1::10]:
            sentence = (block.start, FORMER.text.index(".", block.start) + 1)
            highlight(library, entry, notebook, sentence)
    return tmp_path


def highlight(library, entry, notebook: Notebook, passage):
    change = notebook.highlight(passage, next(iter(LABELS)).id)
    notebook.apply(library.save(entry, change))


@pytest.fixture
def search(monkeypatch):
    """A search that has to be let go on for each anchor, and notes the quotes that it was asked for."""
    found = Locator.place
    gate, asked = Semaphore(0), []

    def place(locator, anchor):
        if anchor.exact.endswith(HIGHLIGHTED):  # not that of the position
            gate.acquire(timeout=20)
        asked.append(anchor.exact)
        return found(locator, anchor)

    monkeypatch.setattr(Locator, "place", place)
    yield gate, asked
    gate.release(ENOUGH)


def test_the_text_and_keys_do_not_wait_for_the_search(home, search, monkeypatch):
    gate, _ = search
    monkeypatch.setattr(anchor_placer, "_PROGRESS_AFTER", 0.0)
    monkeypatch.setattr(anchor_placer, "_FIRST_SLICE", 0.0)
    monkeypatch.setattr(anchor_placer, "_SLICE", 0.0)

    async def story(driver: AppDriver) -> None:
        assert "A first line, and more" in driver.seen
        assert "Key point" in driver.seen
        assert "¶" not in driver.seen
        await driver.press("]")
        assert "still being looked for" in driver.footer
        await driver.press("R")
        assert "6 highlights are still being looked for." in driver.footer
        await driver.press("tab", "enter")
        assert "This passage is still being looked for." in driver.footer
        await driver.press("r")
        assert "This passage is still being looked for." in driver.footer
        await driver.press("E", "enter")
        assert "The passages of 6 highlights are still being looked for." in driver.seen
        await driver.press("escape")
        gate.release()
        await driver.wait_until(lambda: "5 of 6 highlights to be found" in driver.title)
        gate.release(ENOUGH)
        await driver.wait_until(lambda: "The article changed since you read it: 6 moved." in driver.footer)
        assert "to be found" not in driver.title
        assert "moved ¶ 2" in driver.seen
        await driver.press("tab", "]")
        assert driver.screen.article.text[driver.screen.article_view.caret.offset :].startswith("Paragraph 0")

    run_story(home, story, article=CHANGED, placed=False)


def test_passages_in_view_are_looked_for_first(home, search):
    gate, asked = search

    async def at_the_end(driver: AppDriver) -> None:
        await driver.press("G")

    async def story(driver: AppDriver) -> None:
        gate.release(ENOUGH)
        await driver.wait_until(lambda: not driver.app.placer.is_placing)
        highlights = [quote for quote in asked if quote.endswith(HIGHLIGHTED)]
        assert highlights[:2] == ["Paragraph 50 is here.", "Paragraph 40 is here."]

    run_story(home, at_the_end, article=FORMER)
    run_story(home, story, article=CHANGED, placed=False)


def test_quitting_does_not_wait_for_the_search(home, search):
    async def story(driver: AppDriver) -> None:
        await driver.press("j")

    started = time.monotonic()
    run_story(home, story, article=CHANGED, placed=False)
    assert time.monotonic() - started < 10


def test_a_fault_in_the_search_is_logged_and_its_passage_lost(home, monkeypatch):
    def place(_locator, anchor):
        if "20" in anchor.exact:
            raise RecursionError
        return Placement(PlacementKind.CHANGED, anchor.start, anchor.end, 0.9)

    monkeypatch.setattr(Locator, "place", place)

    async def story(driver: AppDriver) -> None:
        assert "since you read it: 5 changed, 1 lost." in driver.footer
        assert "RecursionError" in driver.paths.log_file.read_text()

    run_story(home, story, article=CHANGED)


def test_what_another_window_marks_in_another_text_is_placed(home):
    async def story(driver: AppDriver) -> None:
        with Library(driver.paths) as library:
            entry = library.entry_for(CHANGED)
            library.register(entry, CHANGED)
            start = CHANGED.text.index("It says little.")
            highlight(library, entry, library.notebook(entry, CHANGED), (start, start + 15))
        await driver.wait_until(lambda: "7 highlights" in driver.title)
        await driver.wait_until(lambda: not driver.app.session.notebook.pending)
        found = next(driver.app.session.notebook.highlights())
        second = list(driver.app.session.notebook.highlights())[1]
        assert FORMER.text[found.start : found.end] == "Paragraph 0 is here."
        assert second.start == FORMER.text.index("It says little.")

    run_story(home, story, article=FORMER)


def test_undo_brings_back_a_highlight_of_the_former_text(home):
    async def remove(driver: AppDriver) -> None:
        await driver.press("]", "x")

    async def story(driver: AppDriver) -> None:
        await driver.press("u")
        await driver.wait_until(lambda: not driver.app.session.notebook.pending)
        first = next(driver.app.session.notebook.highlights())
        assert CHANGED.text[first.start : first.end] == "Paragraph 0 is here."

    run_story(home, remove, article=FORMER)
    run_story(home, story, article=CHANGED)


def test_an_unchanged_text_announces_nothing(home):
    async def story(driver: AppDriver) -> None:
        assert "changed" not in driver.footer

    run_story(home, story, article=FORMER)
    run_story(home, story, article=FORMER)
