"""The external editor: the user's text outlives a failure to read it."""

import sys
from pathlib import Path

import pytest

from pactreader.tui.terminal import external_editor

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the editor is a shell command")


def test_a_file_that_cannot_be_read_back_is_kept(tmp_path, monkeypatch):
    path = tmp_path / "note.md"
    monkeypatch.setenv("VISUAL", "true")

    def fail(_path: Path) -> str:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(external_editor, "_read_back", fail)
    edited, error = external_editor.edit("typed", path)

    assert edited is None
    assert error is not None
    assert path.read_text("utf-8") == "typed"


def test_an_editor_that_cannot_be_started_leaves_no_file(tmp_path, monkeypatch):
    path = tmp_path / "note.md"
    monkeypatch.setenv("VISUAL", "no-such-editor")

    edited, error = external_editor.edit("typed", path)

    assert edited is None
    assert error is not None
    assert not path.exists()
