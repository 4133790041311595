"""Settings written as a config file."""

import re

from pactreader.settings.config_text import CommandKeys, settings_text
from pactreader.settings.definitions import Settings

COMMANDS = (
    CommandKeys("pick", ("f",), "Pick words"),
    CommandKeys("top", ("g", "home"), "To the top"),
    CommandKeys("theme", (), "Theme…"),
)


def test_written_defaults_set_nothing_until_uncommented(read_config):
    text = settings_text(Settings(), COMMANDS, prefix="#")
    assert read_config(text) == (Settings(), [])
    assert all(line.startswith("#") or not line for line in text.splitlines())
    assert max(map(len, text.splitlines())) <= 120

    all_set = re.sub(r"(?m)^#(?=\S)", "", text)
    found, problems = read_config(all_set)
    assert problems == []
    assert found.keys == {row.id: row.keys for row in COMMANDS}
    assert found._replace(keys={}, locations={}) == Settings()
    assert settings_text(found, COMMANDS) == all_set


def test_each_written_default_is_valid_by_itself(read_config):
    text = settings_text(Settings(), COMMANDS, prefix="#")
    for line in text.splitlines():
        if re.match(r"#\S", line):
            assert read_config(line[1:])[1] == []


def test_written_settings_can_be_read_back(read_config):
    found, _ = read_config('theme = "nord"\npanel.width = 30\nlabels.quote.name = "Zit\\"at\\\\"\n')

    again, _ = read_config(settings_text(found, ()))
    assert again._replace(locations=found.locations) == found
