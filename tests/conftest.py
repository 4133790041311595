"""`--long`: the tests that depend on chance try much more often."""

import pytest

import effort


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="try what depends on chance much more often")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("long"):
        effort.try_hard()
