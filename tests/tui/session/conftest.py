"""A fixture for stories in which a file changes."""

import pytest

from pactreader.tui.session.reload import file_changes, source_monitor


@pytest.fixture
def quick_monitor(monkeypatch):
    """Look at the open file often, and take it for at rest soon."""
    monkeypatch.setattr(source_monitor, "_INTERVAL", 0.02)
    monkeypatch.setattr(source_monitor, "REST", 0.02)
    monkeypatch.setattr(file_changes, "REST", 0.02)
