"""Fixtures of the storage tests."""

import os

import pytest

from pactreader.storage.recovery import library_check


@pytest.fixture
def no_retry_pause(monkeypatch):
    """No pause before a check reads a damaged file again."""
    monkeypatch.setattr(library_check, "_RETRY_SECONDS", 0)


@pytest.fixture
def no_sync(monkeypatch):
    """No syncs to the disk, for tests that write thousands of files and cut no power."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
