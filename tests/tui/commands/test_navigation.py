import pytest

from app_driver import LONG, AppDriver, here, run_story
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.article_outline import ContentsEntry

pytestmark = pytest.mark.slow


def test_back_restores_caret_and_window(tmp_path):
    async def story(driver: AppDriver) -> None:
        view = driver.screen.article_view
        await driver.press("/", *"Paragraph 20", "enter", "escape", "j", "j")
        left, top = view.caret.offset, view.top_offset
        await driver.press("G")
        assert here(driver) == "."
        await driver.press("ctrl+o")
        assert (view.caret.offset, view.top_offset) == (left, top)
        await driver.press("<")
        assert here(driver) == "A pact"
        await driver.press("<")
        assert "nowhere to go back to" in driver.footer
        await driver.press(">", ">")
        assert here(driver) == "."
        await driver.press(">")
        assert "nowhere to go forward to" in driver.footer

    run_story(tmp_path, story, article=LONG)


def test_a_card_that_was_gone_to_is_come_back_from(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("G", "1", "g", "}")
        await driver.press("tab", "enter")
        assert here(driver).startswith("All in all")
        await driver.press("ctrl+o")
        assert here(driver).startswith("As the summary")

    run_story(tmp_path, story, article=LONG)


def test_a_picked_highlight_is_relabelled_by_the_next_key(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("F")
        assert "no highlights yet" in driver.footer
        await driver.press("}", "1", "G", "4", "g", "F")
        assert "Highlights" in driver.seen
        assert "f  * As the summary says" in driver.seen
        await driver.press("j", "3")
        assert "Highlights" not in driver.seen
        assert here(driver).startswith("All in all")
        assert [label for _, label, *_ in driver.annotations()] == ["key-point", "question"]
        await driver.press("<")
        assert here(driver) == "A pact"

    run_story(tmp_path, story, article=LONG)


def test_of_two_highlights_that_overlap_the_picked_one_is_relabelled(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1", "v", "e", "2", "g", "F", "f", "4")
        assert sorted(label for _, label, *_ in driver.annotations()) == ["doubt", "key-point"]
        await driver.press("g", "F", "j", "5")
        assert sorted(label for _, label, *_ in driver.annotations()) == ["doubt", "term"]

    run_story(tmp_path, story, article=LONG)


def test_more_highlights_than_fit_are_paged_through(tmp_path):
    async def story(driver: AppDriver) -> None:
        for _ in range(14):
            await driver.press("}", "1")
        await driver.press("g", "F")
        assert "Paragraph 2" in driver.seen
        await driver.press("space")
        first = driver.seen
        await driver.press("pageup")
        assert driver.seen != first
        await driver.press("escape")
        assert "Highlights" not in driver.seen

    run_story(tmp_path, story, article=LONG, size=(80, 14))


def test_contents_begin_with_the_current_section(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("G", "c")
        assert "▌   The summary" in driver.seen
        await driver.press(*"A PÀCT", "enter")
        assert here(driver) == "A pact"
        await driver.press("ctrl+o")
        assert here(driver) == "."

    run_story(tmp_path, story, article=LONG)


def test_a_page_is_typed_into_the_contents(tmp_path):
    pieces = [
        Piece(BlockKind.HEADING, "12 monkeys", 1, places=((0, "p. iv"),)),
        Piece(BlockKind.PARAGRAPH, "Of the first page and the next.", places=((22, "p. A-1"),)),
        Piece(BlockKind.PARAGRAPH, "It is the twelfth.", places=((0, "p. 12"),)),
    ]
    article = Article.assemble(pieces, title="", source="/articles/paper.pdf")

    async def story(driver: AppDriver) -> None:
        for typed, found in (
            ("p12", "It is"),
            ("P. a-1", "the next"),
            ("page iv", "12 monkeys"),
            ("12", "12 m"),
        ):
            await driver.press("c", *typed, "enter")
            assert article.text[driver.screen.article_view.caret.offset :].startswith(found)
        await driver.press("c", "1", "2", "down", "enter")
        assert article.text[driver.screen.article_view.caret.offset :] == "It is the twelfth."

    run_story(tmp_path, story, article=article)


def test_without_headings_the_pages_are_the_contents(tmp_path):
    pieces = [Piece(BlockKind.PARAGRAPH, f"On {n}.", places=((0, f"p. {n}"),)) for n in range(1, 4)]
    article = Article.assemble(pieces, title="", source="/articles/paper.pdf")

    async def story(driver: AppDriver) -> None:
        await driver.press("G", "c")
        assert "▌ p. 3" in driver.seen
        await driver.press("up", "enter")
        assert driver.screen.article_view.caret.offset == article.text.index("On 2")

    run_story(tmp_path, story, article=article)


def test_of_the_contents_what_has_the_words_just_so_comes_first(tmp_path):
    titles = ("The weird and the wonderful", "Weird things", "Odds and ends")
    article = Article.assemble(
        [Piece(BlockKind.HEADING, title, 2) for title in titles], title="", source="/articles/weird.md"
    )

    async def story(driver: AppDriver) -> None:
        await driver.press("c", *"weird th", "enter")
        assert driver.screen.article_view.caret.offset == article.text.index("Weird things")

    run_story(tmp_path, story, article=article)


def test_the_contents_are_those_that_came_with_the_article(tmp_path):
    texts = ("Part one", "Chapter 1", "It was night.", "Chapter 2", "It was day.")
    plain = Article.assemble(
        [Piece(BlockKind.PARAGRAPH, text) for text in texts], title="", source="/articles/novel.epub"
    )
    night, day = plain.text.index("It was night"), plain.text.index("Chapter 2")
    entries = (("The night", 1, night), ("First chapter", 2, night), ("Second chapter", 2, day))
    article = plain._replace(contents=tuple(ContentsEntry(*entry) for entry in entries))

    async def story(driver: AppDriver) -> None:
        await driver.press("G", "c")
        assert "▌   Second chapter" in driver.seen
        await driver.press("up")
        assert "▌   First chapter" in driver.seen
        await driver.press("up")
        assert "▌ The night" in driver.seen
        await driver.press("enter")
        assert driver.screen.article_view.caret.offset == night
        await driver.press("c")
        assert "▌   First chapter" in driver.seen, "the innermost of the entries that lead here"
        await driver.press(*"second", "enter")
        assert driver.screen.article_view.caret.offset == day
        await driver.press("<", "<")
        assert driver.screen.article_view.caret.offset > day

    run_story(tmp_path, story, article=article)
