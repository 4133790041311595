import pytest
from rich.cells import cell_len, set_cell_size

from app_driver import LONG, AppDriver, run_story, selected_text
from pactreader.core.article import Article, BlockKind, Piece

pytestmark = pytest.mark.slow


def tag_of(driver: AppDriver, words: str) -> list[str]:
    """Return the letters of the tag over some words."""
    start = driver.screen.article.text.index(words)
    return list(dict(driver.screen.article_view.tags)[start])


def test_a_phrase_is_picked_by_its_first_and_its_last_word_and_marked(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("f")
        assert "where it begins" in driver.footer
        await driver.press(*tag_of(driver, "pact is"))
        assert selected_text(driver) == "pact"
        assert "where it ends" in driver.footer
        await driver.press(*tag_of(driver, "vague"))
        assert selected_text(driver) == "pact is vague"
        await driver.press("4")
        assert driver.annotations() == [("pact is vague", "doubt", "", ())]

    run_story(tmp_path, story)


def test_after_one_tag_enter_is_the_sentence_a_label_the_word(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("f")
        await driver.press(*tag_of(driver, "warned"), "enter")
        assert selected_text(driver) == "Seoul has warned Russia."
        await driver.press("escape", "f")
        await driver.press(*tag_of(driver, "decides"), "5")
        assert driver.annotations() == [("decides", "term", "", ())]

    run_story(tmp_path, story)


def test_letting_a_pick_be_leaves_everything_as_it_was(tmp_path):
    async def story(driver: AppDriver) -> None:
        view = driver.screen.article_view
        before, page = view.caret.state, driver.seen
        await driver.press("f", "escape")
        assert (view.caret.state, driver.seen) == (before, page)
        await driver.press("f", "f", "backspace", "backspace")
        assert (view.caret.state, driver.seen) == (before, page)
        await driver.press("f", "down")
        assert view.caret.offset > before.offset
        assert "word where" not in driver.footer

    run_story(tmp_path, story)


def test_a_sentence_is_picked_by_one_letter(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("s")
        await driver.press(*tag_of(driver, "Who"), "3")
        assert driver.annotations() == [("Who decides?", "question", "", ())]

    run_story(tmp_path, story)


def test_a_highlight_is_reshaped_by_any_motion_and_kept_with_enter(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("down", "2", "r")
        assert "keep it" in driver.footer
        await driver.press("f")
        await driver.press(*tag_of(driver, "decides"), "enter")
        assert driver.annotations() == [("The pact is vague. Who decides", "evidence", "", ())]
        await driver.press("r", ".", "escape")
        assert driver.annotations() == [("The pact is vague. Who decides", "evidence", "", ())]
        await driver.press("r", ".", "4")
        assert driver.annotations() == [("The pact is vague. Who decides?", "doubt", "", ())]
        await driver.press("u", "u")
        assert driver.annotations() == [("The pact is vague.", "evidence", "", ())]

    run_story(tmp_path, story)


def test_vims_text_objects_select_what_they_name(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("down", "v", "i", "s")
        assert selected_text(driver) == "The pact is vague."
        await driver.press("i", "s")
        assert selected_text(driver) == "The pact is vague. Who decides?"
        await driver.press("i", "p")
        assert selected_text(driver).endswith("Russia.")
        await driver.press("escape", "v", "i")
        assert "paragraph" in driver.footer
        await driver.press("escape", "escape")
        assert not selected_text(driver)

    run_story(tmp_path, story)


def test_tags_lie_over_the_beginnings_of_words_and_move_nothing(tmp_path):
    article = Article.assemble([Piece(BlockKind.PARAGRAPH, "日本 a bc 한국어 defgh " * 12)], title="t")

    async def story(driver: AppDriver) -> None:
        view = driver.screen.article_view
        before = driver.line(2)
        await driver.press("f")
        tagged = driver.line(2)
        assert tagged != before
        assert cell_len(tagged) == cell_len(before)
        for offset, tag in view.tags:
            assert tag
            at = article.text.find("defgh", offset)
            if at == offset and before.find("defgh") >= 0:
                cell = cell_len(before[: before.index("defgh")])
                assert set_cell_size(tagged, cell + 5).endswith("defgh"[len(tag) :])
                break

    run_story(tmp_path, story, article=article)


def test_a_letter_after_the_tags_are_gone_is_a_command_again(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("s")
        await driver.press(*tag_of(driver, "The pact"), "escape", "j")
        assert driver.screen.article_view.caret.selection is None

    run_story(tmp_path, story)


def test_right_after_v_a_selects_around_else_it_writes_a_note(tmp_path):
    async def story(driver: AppDriver) -> None:
        view = driver.screen.article_view
        await driver.press("/", *"summary", "enter", "escape", "w", "v", "a", "w")
        assert LONG.text[slice(*view.caret.selection)] == "says,"
        await driver.press("a")
        assert "Note on “says,”" in driver.seen
        await driver.press("escape")

    run_story(tmp_path, story, article=LONG)
