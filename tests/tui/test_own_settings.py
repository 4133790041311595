"""The user's settings and their effects on the screen."""

import re

import pytest

from app_driver import ARTICLE, run_story
from pactreader.core.labels import LABELS, Label, Labels
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.tui.themes import DARK_THEME, LIGHT_THEME

pytestmark = pytest.mark.slow

OWN = """\
theme = "pactreader-light"
measure = 40
[panel]
side = "left"
width = 50
[labels.doubt]
name = "Zweifel"
key = "d"
colour = "#00aa00"
mark = "%"
[labels.quote]
key = "6"
[keys]
undo = "f7"
note = ""
"""


@pytest.fixture
def settings(tmp_path):
    """Return a function that writes the config file."""

    def write(text):
        path = Paths.find(tmp_path, {}).settings
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    return write


def test_every_setting_shows_on_the_screen(tmp_path, settings):
    settings(OWN)

    async def story(driver):
        screen = driver.screen
        assert driver.app.theme == LIGHT_THEME.name
        assert (screen.notes_panel.region.x, screen.notes_panel.region.width) == (0, 50)
        assert screen.article_view.region.x == 50
        assert "d       Zweifel" in driver.seen
        assert "6       Quote" in driver.seen
        assert "ctrl+p  writes a note on the sentence" in driver.seen, "the key of what has none"
        assert "1-3 d 5 6 label" in driver.footer

        await driver.press("}", "d")
        assert "% Zweifel" in driver.seen
        await driver.press("4")
        assert "Nothing is on 4. ? shows the keys." in driver.footer
        await driver.press("d")
        assert "That is Zweifel already." in driver.footer
        await driver.press("x")
        assert "f7 brings it back" in driver.footer
        await driver.press("u")
        assert "Nothing is on u." in driver.footer
        await driver.press("f7", "6")
        assert "# Quote" in driver.seen
        await driver.press("question_mark")
        assert "1 Key point" in driver.seen
        assert re.search(r"1-3 d 5 6 +label it", driver.seen)
        assert re.search(r"f7 ctrl\+r +undo", driver.seen)

    run_story(tmp_path, story)


def test_the_measure_is_that_of_the_settings(tmp_path, settings):
    settings("measure = 40\n")

    async def story(driver):
        assert driver.screen.article_view._fit_layout().measure == 40

    run_story(tmp_path, story, size=(200, 30))


def test_problems_are_reported_at_the_start_and_the_rest_holds(tmp_path, settings):
    settings('theme = "nrod"\nmeasure = 7\n[keys]\npick = "q"\n[labels.doubt]\nname = "Zweifel"\n')

    async def story(driver):
        assert driver.app.theme == DARK_THEME.name
        assert "config.toml, line 2 sets measure, which must be" in driver.footer
        assert "2 more problems: `pactreader settings` lists them." in driver.footer
        await driver.press("4")
        assert "Zweifel" in driver.seen
        await driver.press("u")
        assert "config.toml" not in driver.footer

    run_story(tmp_path, story)


def test_the_drawer_comes_from_the_side_of_the_settings(tmp_path, settings):
    settings("[panel]\nside = 'left'\nwidth = 30\n")

    async def story(driver):
        await driver.press("tab")
        region = driver.screen.notes_panel.region
        assert (region.x, region.width) == (0, 30)

    run_story(tmp_path, story, size=(80, 24))


def test_a_wide_panel_leaves_the_article_its_columns(tmp_path, settings):
    settings("[panel]\nwidth = 200\n")

    async def story(driver):
        assert driver.screen.article_view.region.width >= 45

    run_story(tmp_path, story, size=(120, 30))


def test_the_theme_of_the_settings_goes_before_the_last_one(tmp_path, settings):
    async def choose(driver):
        driver.app.theme = "nord"

    async def nord(driver):
        assert driver.app.theme == "nord"

    async def dark(driver):
        assert driver.app.theme == DARK_THEME.name

    run_story(tmp_path, choose)
    run_story(tmp_path, nord)
    settings(f'theme = "{DARK_THEME.name}"\n')
    run_story(tmp_path, dark)


def test_highlights_with_an_unknown_label_are_shown(tmp_path):
    paths = Paths.find(tmp_path, {})
    own = Labels((*LABELS, Label("hunch", "6", "Hunch", "#", "orange")))
    with Library(paths, labels=own) as library:
        notebook = library.notebook(library.entry_for(ARTICLE), ARTICLE)
        library.save(library.entry_for(ARTICLE), notebook.highlight((8, 12), "hunch"))

    async def story(driver):
        assert "1 highlight" in driver.title
        assert "- hunch" in driver.seen
        await driver.press("]", "2")
        assert "+ Evidence" in driver.seen

    run_story(tmp_path, story)


def test_the_palette_shows_the_keys_of_the_settings(tmp_path, settings):
    settings('[keys]\nexport = "f9"\n')

    async def story(driver):
        await driver.press("ctrl+p", *"Export")
        assert "f9" in driver.seen

    run_story(tmp_path, story)
