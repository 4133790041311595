"""Highlights of an article that changed: accepted, attached and reviewed with keys."""

from pathlib import Path

import pytest

from app_driver import AppDriver, run_story, selected_text
from changed_articles import article, mark, place_at
from pactreader.core.anchoring.placement import PlacementKind

OLD = article("The pact is vague. Who decides?", "It was signed in June.", "Seoul is silent.")
NEW = article("The pact is not vague. Who decides?", "It was signed in July.", "Tokyo has spoken.")
PLACEMENTS = {
    "The pact is vague.": (PlacementKind.CHANGED, "The pact is not vague."),
    "It was signed in June.": (PlacementKind.DOUBTFUL, "It was signed in July."),
    "Seoul is silent.": (PlacementKind.LOST, "Tokyo has spoken."),
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home in which an article was marked before it changed to `NEW`."""
    mark(tmp_path, OLD, *PLACEMENTS, note="Why?")
    place_at(monkeypatch, NEW, PLACEMENTS)
    return tmp_path


def quotes(driver: AppDriver) -> list[str]:
    assert all(one[1:] == ("doubt", "Why?", ()) for one in driver.annotations())
    return [quote for quote, *_ in driver.annotations()]


def test_the_review_accepts_leaves_undoes_and_attaches(home: Path) -> None:
    async def story(driver: AppDriver) -> None:
        await driver.press("R")
        assert "Review 1 of 3 · changed · ! Doubt · ¶ 2" in driver.seen
        assert "“The pact is vague.”" in driver.seen
        assert "“The pact is not vague.”" in driver.seen
        assert selected_text(driver) == "The pact is not vague."
        await driver.press("enter")
        assert quotes(driver)[0] == "The pact is not vague."
        assert "Review 1 of 2 · doubtful" in driver.seen
        assert selected_text(driver) == "It was signed in July."
        await driver.press("u")
        assert "Review 1 of 3 · changed" in driver.seen
        assert quotes(driver) == list(PLACEMENTS)
        await driver.press("Y", "down")
        assert "Review 2 of 2 · lost" in driver.seen
        await driver.press("enter")
        assert "H attaches it to a passage" in driver.seen
        await driver.press("H", "escape")
        assert "Review 2 of 2 · lost" in driver.seen
        await driver.press("H", "{", "enter")
        assert "Review 1 of 1 · doubtful" in driver.seen
        await driver.press("enter")
        assert "Everything is reviewed." in driver.footer
        assert quotes(driver) == ["The pact is not vague.", *["It was signed in July."] * 2]
        await driver.press("u", "u", "u", "R")
        assert "Review 1 of 3" in driver.seen

    run_story(home, story, article=NEW)


def test_the_reviewed_highlight_stays_under_the_keys(home: Path) -> None:
    async def story(driver: AppDriver) -> None:
        await driver.press("R", "down")
        session, first = driver.app.session, next(iter(driver.app.session.notebook))
        change = session.notebook.accept((first.id,))
        session.notebook.apply(session.library.save(session.entry, change))
        await driver.press("Y")
        assert quotes(driver) == ["The pact is not vague.", "It was signed in July.", "Seoul is silent."]

    run_story(home, story, article=NEW)


def test_the_card_of_a_lost_highlight_is_current_in_the_review(home: Path) -> None:
    async def story(driver: AppDriver) -> None:
        await driver.press("G", "1", "R", "down", "down")
        assert "Review 3 of 3 · lost" in driver.seen
        assert driver.screen.notes_panel.current.anchor.exact == "Seoul is silent."

    run_story(home, story, article=NEW)


def test_the_review_fits_a_narrow_screen(home: Path) -> None:
    async def story(driver: AppDriver) -> None:
        await driver.press("R", "down")
        lines = driver.seen.split("\n")
        seen = [line.strip() for line in lines]
        assert [seen.index(line) for line in ("“It was signed in June.”", "Is it here?")]
        assert any("It was signed in July." in line and line.startswith(" :") for line in lines)
        assert any(line.endswith("esc end") for line in seen)
        await driver.press("escape")
        assert selected_text(driver) == ""

    run_story(home, story, article=NEW, size=(60, 20))


def test_all_changes_are_accepted_at_once_and_undone_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = {quote: (PlacementKind.CHANGED, words) for quote, (_, words) in list(PLACEMENTS.items())[:2]}
    mark(tmp_path, OLD, *both, note="Why?")
    place_at(monkeypatch, NEW, both)

    async def story(driver: AppDriver) -> None:
        await driver.press("R", "A")
        assert quotes(driver) == ["The pact is not vague.", "It was signed in July."]
        await driver.press("u")
        assert quotes(driver) == list(both)

    run_story(tmp_path, story, article=NEW)


def test_a_doubtful_passage_is_asked_about_and_passed_by(home: Path) -> None:
    async def story(driver: AppDriver) -> None:
        await driver.press("]", "]")
        assert "That was the last highlight." in driver.footer
        assert "3 highlights" in driver.title
        await driver.press("}")
        assert "Is it here?" in driver.seen
        assert "Y yes, it is" in driver.seen
        await driver.press("Y")
        assert quotes(driver)[1] == "It was signed in July."
        await driver.press("x")
        assert "Removed “It was signed in July.”" in driver.footer

    run_story(home, story, article=NEW)


def test_a_label_key_on_a_doubtful_passage_makes_a_highlight(home: Path) -> None:
    async def story(driver: AppDriver) -> None:
        await driver.press("]", "}", "1")
        assert [one[:2] for one in driver.annotations()][1:3] == [
            ("It was signed in June.", "doubt"),
            ("It was signed in July.", "key-point"),
        ]

    run_story(home, story, article=NEW)


def test_a_lost_card_is_attached_to_the_selection(home: Path) -> None:
    async def story(driver: AppDriver) -> None:
        await driver.press("tab", "G")
        assert "H attach it to a passage" in driver.seen
        await driver.press("r")
        assert "H attaches it to another one" in driver.footer
        await driver.press("tab", "V", "tab", "H")
        assert quotes(driver)[2] == "Tokyo has spoken."
        assert "not in the text now" not in driver.seen

    run_story(home, story, article=NEW)


def test_choosing_a_passage_can_be_cancelled(home: Path) -> None:
    async def story(driver: AppDriver) -> None:
        await driver.press("tab", "G", "H")
        assert "enter attaches “Seoul is silent.”" in driver.footer
        await driver.press("v", "escape")
        assert "attach it here" in driver.footer
        await driver.press("escape")
        assert "It is left as it was." in driver.footer
        assert quotes(driver) == list(PLACEMENTS)

    run_story(home, story, article=NEW)


def test_an_accepted_change_that_is_not_saved_is_queued(home: Path) -> None:
    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("R", "enter")
        assert "It is not saved yet, and is tried again." in driver.seen
        assert "not saved" in driver.title
        driver.save_again()
        await driver.press("escape", "ctrl+s")
        assert quotes(driver)[0] == "The pact is not vague."

    run_story(home, story, article=NEW)


def test_there_may_be_nothing_to_review(tmp_path: Path) -> None:
    async def story(driver: AppDriver) -> None:
        await driver.press("R")
        assert "There is nothing to review" in driver.footer
        await driver.press("Y")
        assert "R goes through what is changed" in driver.footer

    run_story(tmp_path, story, article=NEW)


def test_chosen_cards_are_accepted_by_one_change(home: Path) -> None:
    async def story(driver: AppDriver) -> None:
        await driver.press("tab", "*", "Y")
        assert quotes(driver) == ["The pact is not vague.", "It was signed in July.", "Seoul is silent."]
        assert "Done: accept 2 passages." in driver.footer
        await driver.press("u")
        assert quotes(driver) == list(PLACEMENTS)

    run_story(home, story, article=NEW)
