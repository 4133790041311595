"""A setting that is added with one declaration: it is read, checked and explained."""

from dataclasses import dataclass

import pytest

from pactreader.settings.config_file import read_settings
from pactreader.settings.config_text import settings_text
from pactreader.settings.definitions import Setting, Settings, choice, from_row, whole_number


@dataclass(frozen=True, slots=True)
class MoreSettings(Settings):
    """The settings with two more rows."""

    tab_width: int = from_row(
        Setting("page.tab-width", whole_number(1, 16), 8, "The columns of a tab, from 1 to 16.")
    )
    hyphens: str = from_row(Setting("hyphens", choice("soft", "none"), "none"))


@pytest.fixture
def config_path(tmp_path):
    return tmp_path / "config.toml"


def test_a_new_row_is_read(config_path):
    config_path.write_text("[page]\ntab-width = 4\n", "utf-8")
    settings, problems = read_settings(config_path, MoreSettings)

    assert problems == ()
    assert (settings.tab_width, settings.hyphens) == (4, "none")
    assert settings.locations["page", "tab-width"] == "config.toml, line 2"


def test_a_new_row_is_checked(config_path):
    config_path.write_text("page.tab-width = 17\nhypens = 'soft'\nhyphens = 'hard'\n", "utf-8")
    settings, problems = read_settings(config_path, MoreSettings)

    assert (settings.tab_width, settings.hyphens) == (8, "none")
    assert [problem.message for problem in problems] == [
        "config.toml, line 1 sets page.tab-width, which must be a whole number from 1 to 16: it stays 8.",
        "config.toml, line 2 sets hypens, which is no setting: did you mean hyphens?",
        "config.toml, line 3 sets hyphens, which must be soft or none: it stays none.",
    ]


def test_a_new_row_is_explained(config_path):
    text = settings_text(MoreSettings(tab_width=4), ())

    assert '\n# The columns of a tab, from 1 to 16.\npage.tab-width = 4\nhyphens = "none"\n' in text
    config_path.write_text(text, "utf-8")
    assert read_settings(config_path, MoreSettings) == (MoreSettings(tab_width=4), ())
