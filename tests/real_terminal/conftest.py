"""A home directory for every test. Without `termios` there are no pseudo-terminals, and no tests."""

import sys

import pytest

collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []

if sys.platform != "win32":
    from real_terminal.home import Home

    @pytest.fixture
    def home(tmp_path):
        return Home(tmp_path)
