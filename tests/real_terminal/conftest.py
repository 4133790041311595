"""A home directory for every test. Without `termios` there are no pseudo-terminals, and no tests."""

import sys
from pathlib import Path

import pytest

collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []


def pytest_collection_modifyitems(items):
    """Leave the tests of this folder out of the fast lane."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


if sys.platform != "win32":
    import signal

    from real_terminal.home import Home

    # Under `nohup` and in the background of a shell these are ignored, which programs inherit.
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)

    @pytest.fixture
    def home(tmp_path):
        return Home(tmp_path)
