"""Config files for the tests of settings."""

import pytest

from pactreader.settings.config_file import read_settings


@pytest.fixture
def read_config(tmp_path):
    """A function from the text of a file to its settings and the messages about its problems."""

    def read_config(text):
        path = tmp_path / "config.toml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        found, problems = read_settings(path)
        return found, [problem.message for problem in problems]

    return read_config
