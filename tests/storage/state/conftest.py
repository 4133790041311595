"""Fixtures of the tests of the state directory."""

import pytest

from pactreader.storage.paths import Paths


@pytest.fixture
def state_paths(tmp_path):
    return Paths.find(tmp_path, {})
