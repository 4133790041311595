"""An empty directory, and a library, for every run of a subcommand."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cli.command_line import Outcome, Run
from pactreader import cli
from pactreader.cli.subcommands import read_subcommand
from pactreader.core.notebooks.notebook import Notebook


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory to work in; everything PactReader keeps is in another."""
    monkeypatch.setenv("PACTREADER_HOME", str(tmp_path / "home"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> Outcome:
        try:
            code = cli.run(words)
        except SystemExit as left:  # argparse leaves by itself
            code = left.code
        out, err = capsys.readouterr()
        return Outcome(code=code, out=out, err=err)

    return run


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """The options that would have opened the screen."""
    started: list[dict[str, Any]] = []

    def run_app(options: dict[str, Any]) -> Notebook:
        started.append(options)
        library, article = options["library"], options["article"]
        return library.notebook(library.entry_for(article), article)

    monkeypatch.setitem(
        sys.modules, "pactreader.tui.app", SimpleNamespace(run_app=run_app, StartOptions=dict)
    )
    monkeypatch.setattr(read_subcommand, "_connect_terminal", lambda: None)
    yield started
    gc.enable()
