"""Random keys pressed fast in every situation: the program does not end, and every highlight is saved."""

import random

import pytest

from app_driver import ARTICLE, LONG, AppDriver, run_story
from effort import rounds
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.labels import LABELS
from pactreader.tui.commands import all_commands

pytestmark = pytest.mark.slow

KEYS = sorted({key for command in all_commands(LABELS) for key in command.keys} - {"q", "ctrl+q", "ctrl+z"})
LETTERS = "aeiostw1 #:-/"
SIZES = [(120, 40), (80, 24), (60, 20), (30, 8), (3, 3), (200, 60)]
ARTICLES = {
    "empty": Article.assemble([], title="", source="/articles/empty.txt"),
    "a heading": Article.assemble([Piece(BlockKind.HEADING, "A pact", 1)], title="", source="/articles/h.md"),
    "one word": Article.assemble(
        [Piece(BlockKind.PARAGRAPH, "x" * 3000)], title="", source="/articles/w.txt"
    ),
    "no Latin": Article.assemble(
        [
            Piece(BlockKind.PARAGRAPH, "條約は曖昧である。" * 60),
            Piece(BlockKind.TABLE, "國\t軍\n俄\t1"),
            Piece(BlockKind.CODE, "\tif x:\n\n\t\ty"),
            Piece(BlockKind.PARAGRAPH, "هذا نص عربي قصير. " * 20),
        ],
        title="條約",
        source="/articles/pact.md",
    ),
    "short": ARTICLE,
    "long": LONG,
}


@pytest.mark.parametrize("article", ARTICLES)
def test_no_keys_end_it_or_lose_anything(tmp_path, monkeypatch, article):
    monkeypatch.chdir(tmp_path)
    chance = random.Random(article)
    highlights = 0

    async def story(driver: AppDriver) -> None:
        nonlocal highlights
        for number in range(rounds(200, 5_000)):
            typed_into = driver.app.screen is not driver.screen
            key = chance.choice(LETTERS if typed_into and chance.random() < 0.5 else KEYS)
            driver.post(key)
            if not number % 60:
                await driver.pilot.resize_terminal(*chance.choice(SIZES))
            if not number % 10:
                await driver.pilot.pause()
                assert driver.app.is_running
        await driver.pilot.pause()
        highlights = driver.screen.notebook.highlight_count

    run_story(tmp_path / "home", story, article=ARTICLES[article])
    seen = []

    async def again(driver: AppDriver) -> None:
        seen.append(driver.screen.notebook.highlight_count)

    run_story(tmp_path / "home", again, article=ARTICLES[article])
    assert seen == [highlights]
