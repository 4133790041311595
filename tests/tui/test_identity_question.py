"""The question whether an article is the same: asked over the page, answered by a key, put off."""

import random

import pytest

from app_driver import AppDriver, run_story
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.errors import NotSavedError
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths

pytestmark = pytest.mark.slow

WORDS = random.Random(1).choices([f"word{number}" for number in range(99)], k=400)
QUESTION = "Is this the same article as “The report”?"


def report(title: str, source: str, words: list[str]) -> Article:
    pieces = [Piece(BlockKind.PARAGRAPH, " ".join(words[start : start + 40])) for start in range(0, 400, 40)]
    return Article.assemble(pieces, title=title, source=source)


@pytest.fixture
def reports(tmp_path) -> list[Article]:
    """Two reports, of which the first is marked in the library, and both files."""
    sources = [tmp_path / name for name in ("last.md", "new.md")]
    for source in sources:
        source.touch()
    first = report("The report", str(sources[0]), WORDS)
    with Library(Paths.find(tmp_path, {})) as library:
        entry = library.entry_for(first)
        library.register(entry, first)
        library.save(entry, library.notebook(entry, first).highlight((0, 5), "doubt"))
    return [first, report("The [b]new[/b] report", str(sources[1]), WORDS[:390] + ["other"] * 10)]


def titles(tmp_path) -> list[str]:
    with Library(Paths.find(tmp_path, {})) as library:
        return sorted(entry.title for entry in library.articles())


def test_yes_shows_the_notebook_of_the_other(tmp_path, reports):
    async def story(driver: AppDriver) -> None:
        assert QUESTION in driver.seen
        assert "This one: “The [b]new[/b] report”" in driver.seen
        assert "0 highlights" in driver.title, "You should see no marks of another article before you answer"
        await driver.press("y")
        assert QUESTION not in driver.seen
        assert "1 highlight " in driver.title
        assert "It is one article, with 1 highlight." in driver.footer

    run_story(tmp_path, story, article=reports[1])
    assert len(titles(tmp_path)) == 1


def test_no_is_remembered(tmp_path, reports):
    async def answer(driver: AppDriver) -> None:
        await driver.press("n", "1")
        assert "1 highlight " in driver.title
        assert "new" in driver.title

    async def open_again(driver: AppDriver) -> None:
        assert QUESTION not in driver.seen

    run_story(tmp_path, answer, article=reports[1])
    run_story(tmp_path, open_again, article=reports[1])
    assert titles(tmp_path) == ["The [b]new[/b] report", "The report"]


def test_escape_asks_again_next_time_and_keeps_what_was_marked(tmp_path, reports):
    async def put_off(driver: AppDriver) -> None:
        assert QUESTION in driver.seen
        await driver.press("x", "escape", "1")
        assert "1 highlight " in driver.title

    async def answer(driver: AppDriver) -> None:
        assert QUESTION in driver.seen
        await driver.press("y")
        assert "2 highlights" in driver.title

    run_story(tmp_path, put_off, article=reports[1])
    run_story(tmp_path, answer, article=reports[1], size=(60, 20))


def test_an_answer_that_cannot_be_saved_can_be_given_again(tmp_path, reports):
    async def story(driver: AppDriver) -> None:
        library = driver.app.session.library

        def fail(*_arguments: object) -> None:
            raise NotSavedError("The disk is full.", "Make room.")

        library.register = fail
        await driver.press("n")
        assert QUESTION in driver.seen
        assert "The disk is full." in driver.seen
        del library.register
        await driver.press("n")
        assert QUESTION not in driver.seen

    run_story(tmp_path, story, article=reports[1])
