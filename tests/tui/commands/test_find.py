import pytest

from app_driver import AppDriver, run_story, selected_text
from pactreader.core.article import Article, BlockKind, Piece

pytestmark = pytest.mark.slow

HAY = Article.assemble(
    [
        Piece(BlockKind.PARAGRAPH, f"Paragraph {n} holds a needle\u00a0n{n}." + " More hay." * 12)
        for n in range(40)
    ],
    title="Hay",
)


def test_hits_are_counted_selected_and_labelled_while_typing(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("/", *"needle")
        assert "1 of 40" in driver.seen
        await driver.press("space", *"n3")
        assert "1 of 11" in driver.seen
        await driver.press("down", "enter")
        assert selected_text(driver) == "needle\u00a0n3"
        assert driver.screen.article_view.has_focus
        await driver.press("n", "2")
        assert [quote for quote, *_ in driver.annotations()] == ["needle\u00a0n3"]
        assert not selected_text(driver)

    run_story(tmp_path, story, article=HAY)


def test_going_on_wraps_round_and_says_so(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("n")
        assert "Nothing was looked for" in driver.footer
        await driver.press("/", *"n39.", "enter", "n")
        assert "1 of 1" in driver.footer
        await driver.press("escape", "G", "/", *"needle", "enter", "N", "N")
        assert "39 of 40." in driver.footer
        await driver.press("escape", "g", "N")
        assert "40 of 40, from the bottom again" in driver.footer
        await driver.press("n")
        assert "1 of 40, from the top again" in driver.footer

    run_story(tmp_path, story, article=HAY)


def test_cancelling_a_search_restores_caret_and_window(tmp_path):
    async def story(driver: AppDriver) -> None:
        view = driver.screen.article_view
        await driver.press("j", "j")
        before, top = view.caret.state, view.top_offset
        await driver.press("/", *"n30.")
        assert view.top_offset > top
        assert len(view.hits) == 1
        await driver.press("escape")
        assert (view.caret.state, view.top_offset, len(view.hits)) == (before, top, 0)

    run_story(tmp_path, story, article=HAY)


def test_what_is_not_there_and_what_is_no_expression_is_said(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("/", *"zebra")
        assert "not found" in driver.seen
        await driver.press("enter")
        assert "There is no “zebra” in this article." in driver.footer
        await driver.press("/", *"re:(")
        assert "no regular expression" in driver.seen

    run_story(tmp_path, story, article=HAY)


def test_hits_are_ticked_on_the_position_bar_and_go_dark_with_escape(tmp_path):
    async def story(driver: AppDriver) -> None:
        bar = driver.screen.position_bar.region
        await driver.press("/", *"needle", "enter")
        column = [driver.line(y)[bar.x] for y in range(bar.y, bar.bottom)]
        assert "╌" in column
        await driver.press("escape")
        assert "╌" not in [driver.line(y)[bar.x] for y in range(bar.y, bar.bottom)]

    run_story(tmp_path, story, article=HAY)


def test_a_click_elsewhere_leaves_the_line_and_what_is_lit_stays(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("/", *"needle")
        await driver.pilot.click("#article", offset=(20, 3))
        await driver.pilot.pause()
        assert driver.screen.article_view.has_focus
        assert "/ needle" not in driver.seen
        assert len(driver.screen.article_view.hits) == 40
        await driver.press("n", "1")
        assert len(driver.annotations()) == 1

    run_story(tmp_path, story, article=HAY)


def test_a_letter_lays_out_nothing(tmp_path, monkeypatch):
    async def story(driver):
        await driver.press("/")
        await driver.pilot.pause()
        monkeypatch.setattr(type(driver.screen), "_refresh_layout", pytest.fail)
        await driver.type("pact")
        assert driver.screen.context.find_bar.line_input.value == "pact"
        monkeypatch.undo()

    run_story(tmp_path, story)
