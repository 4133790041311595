"""An empty working directory and a library of its own for every test of a subcommand."""

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


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Change to an empty directory; return another one for PactReader's data."""
    monkeypatch.setenv("PACTREADER_HOME", str(tmp_path / "home"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> Outcome:
        try:
            code = cli.run(arguments)
        except SystemExit as left:  # argparse exits by itself
            code = left.code
        out, err = capsys.readouterr()
        return Outcome(code=code, out=out, err=err)

    return run


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """Replace the terminal interface; return the list of the options that it would have been started with."""
    started: list[dict[str, Any]] = []

    def run_app(options: dict[str, Any]) -> SimpleNamespace:
        started.append(options)
        library, article = options["library"], options["article"]
        notebook = library.notebook(library.entry_for(article), article)
        return SimpleNamespace(loaded_notebook=lambda: notebook, notebook=notebook)

    monkeypatch.setitem(
        sys.modules, "pactreader.tui.app", SimpleNamespace(run_app=run_app, StartOptions=dict)
    )
    monkeypatch.setattr(read_subcommand, "_connect_terminal", lambda: None)
    yield started
    gc.enable()
