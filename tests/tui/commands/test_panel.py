"""The notes panel: filter, order, and commands for several selected cards."""

import pytest

from app_driver import AppDriver, run_story

pytestmark = pytest.mark.slow


async def mark_sentences(driver: AppDriver) -> None:
    """Highlight three sentences: as a doubt, a term and a doubt."""
    await driver.press("}", "4", ")", "5", "}", "4")


def test_only_the_doubts_are_shown_and_then_all_again(tmp_path):
    async def story(driver: AppDriver) -> None:
        await mark_sentences(driver)
        await driver.press("tab", "/", *"label:do")
        assert "2 of 3" in driver.seen
        assert "Term" not in driver.seen
        await driver.press("enter")
        assert "1 of 2 with label:do" in driver.line(1)
        await driver.press("up", "up", "enter")
        assert driver.screen.article_view.has_focus
        await driver.press("tab", "escape")
        assert "All notes are shown again." in driver.footer
        assert "= Term" in driver.seen
        await driver.press("escape")
        assert driver.screen.article_view.has_focus

    run_story(tmp_path, story)


def test_a_filter_without_cards_says_how_to_undo_it(tmp_path):
    async def story(driver: AppDriver) -> None:
        await mark_sentences(driver)
        await driver.press("tab", "/", *"zzz")
        assert "0 of 3" in driver.seen
        await driver.press("enter")
        assert "esc shows all" in driver.footer
        assert "Nothing is like that" in driver.seen
        await driver.press("escape", "/", *"doub")
        assert "0 of 3, label:doubt has some" in driver.seen
        await driver.press(*"t label:doubt")
        await driver.press("escape")
        assert " with " not in driver.line(1)
        await driver.press("/", *"has:colour")
        assert "has: knows note, tags, versions." in driver.seen

    run_story(tmp_path, story)


def test_a_card_that_gets_another_label_stays_before_the_reader(tmp_path):
    async def story(driver: AppDriver) -> None:
        await mark_sentences(driver)
        await driver.press("tab", "/", *"label:doubt", "enter", "1")
        assert "* Key point" in driver.seen
        assert "! Doubt" in driver.seen

    run_story(tmp_path, story)


def test_the_order_is_turned_and_said(tmp_path):
    async def story(driver: AppDriver) -> None:
        await mark_sentences(driver)
        await driver.press("tab", "S")
        assert "By time: those changed last on top." in driver.footer
        assert "by time" in driver.line(1)
        await driver.press("home")
        assert driver.screen.notes_panel.current.anchor.exact.startswith("Moreover")
        await driver.press("S", "home")
        assert driver.screen.notes_panel.current.label == "doubt"
        await driver.press("end")
        assert driver.screen.notes_panel.current.label == "term"
        await driver.press("S")
        assert "by" not in driver.line(1)

    run_story(tmp_path, story)


def test_several_are_relabelled_tagged_and_removed_each_by_one_change(tmp_path):
    async def story(driver: AppDriver) -> None:
        await mark_sentences(driver)
        await driver.press("tab", "home", "v", "v")
        assert "2 chosen" in driver.line(1)
        assert driver.seen.count("x▌") == 2
        await driver.press("3")
        assert "label 2 highlights as Question" in driver.footer
        assert [label for _, label, *_ in driver.annotations()] == ["question", "question", "doubt"]
        await driver.press("t", *"law x", "enter", "t", *"-x", "enter")
        assert [tags for *_, tags in driver.annotations()] == [("law",), ("law",), ()]
        await driver.press("x")
        assert len(driver.annotations()) == 1
        await driver.press("u", "u", "u", "u")
        assert [label for _, label, *_ in driver.annotations()] == ["doubt", "term", "doubt"]
        assert [tags for *_, tags in driver.annotations()] == [(), (), ()]
        await driver.press("*")
        assert "3 chosen" in driver.line(1)
        await driver.press("escape")
        assert "chosen" not in driver.line(1)
        assert driver.screen.notes_panel.has_focus

    run_story(tmp_path, story)


def test_only_those_that_are_chosen_are_exported(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    async def story(driver: AppDriver) -> None:
        await mark_sentences(driver)
        await driver.press("tab", "home", "v", "E")
        assert "Export 1 annotation as Markdown to" in driver.seen
        await driver.press("enter")
        assert "1 annotation written" in driver.footer

    run_story(tmp_path, story)
    (written,) = tmp_path.glob("*.md")
    markdown = written.read_text()
    assert markdown.count("pactreader:highlight") == 1
    assert "\nannotations: 1 of 3\n" in markdown


def test_a_highlight_that_the_filter_hides_is_told_of(tmp_path):
    async def story(driver: AppDriver) -> None:
        await mark_sentences(driver)
        await driver.press("tab", "/", *"label:term", "enter", "tab", "g", "1")
        assert "not among the notes with label:term" in driver.footer

    run_story(tmp_path, story)


def test_a_cancelled_filter_without_hits_keeps_the_card(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("1", "}", "2", "}", "3", "g", "tab", "down")
        current = driver.screen.notes_panel.current_id
        await driver.press("/", *"zzz", "escape")
        assert current
        assert driver.screen.notes_panel.current_id == current
        assert "go there" in driver.footer

    run_story(tmp_path, story)


def test_cards_that_a_filter_hides_are_not_acted_on(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("1", "}", "3", "g", "tab", "v", "/", *"label:question", "enter")
        assert "relabel all" not in driver.footer
        await driver.press("x", "escape", "escape")
        assert [label for _, label, *_ in driver.annotations()] == ["key-point"]

    run_story(tmp_path, story)
