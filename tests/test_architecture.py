"""The import contracts between packages, and the modules that are imported on starting."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter import cli

import pactreader
from pactreader.formats.sources import BUNDLED, bundled_article
from pactreader.storage.parsed_articles import ParsedArticles
from pactreader.storage.paths import Paths
from pactreader.storage.state.reading_state import ReadingPosition, ReadingState
from storage.library_driver import LibraryDriver

SOURCE = Path(pactreader.__file__).parent
ROOT = SOURCE.parents[1]


def test_packages_keep_their_contracts(monkeypatch):
    monkeypatch.chdir(ROOT)

    assert cli.lint_imports(no_cache=True) == cli.EXIT_STATUS_SUCCESS


def test_every_module_says_what_it_is():
    silent = [str(path) for path in SOURCE.rglob("*.py") if not path.read_text("utf-8").startswith('"""')]

    assert silent == []


def test_the_package_root_imports_nothing():
    code = (
        "import sys; before = set(sys.modules); import pactreader; print(sorted(set(sys.modules) - before))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "['pactreader']"


UNTIL_THE_FIRST_FRAME = """
import sys
import pactreader.tui.app
from pactreader.cli import run
from pactreader.cli.subcommands import read_subcommand
from pactreader.tui.session.start_sequence import StartSequence

async def stop(self):
    print(*sorted(sys.modules), file=sys.__stderr__)
    self._app.exit()

def run_app(options):
    app = pactreader.tui.app.PactReaderApp(options)
    app.run(headless=True, size=(120, 40))
    return app.session

StartSequence.begin = stop
pactreader.tui.app.run_app = run_app
read_subcommand._connect_terminal = lambda: None
sys.exit(run([]))
"""
"""A start without an argument, which prints the modules that are imported when the first frame is drawn, and quits."""
LATER = [
    "argparse",
    "csv",
    "email",
    "filelock",
    "hashlib",
    "http",
    "importlib.metadata",
    "lxml",
    "markdown_it",
    "pypdf",
    "pypdfium2",
    "secrets",
    "tinydb",
    "urllib.request",
    "charset_normalizer",
    "icu4py",
    "textual.widgets._markdown",
    "textual.widgets._text_area",
    "pactreader.core.citations",
    "pactreader.core.web_addresses",
    "pactreader.core.alignment.text_alignment",
    "pactreader.formats.article_formats",
    "pactreader.formats.content",
    "pactreader.formats.fetching",
    "pactreader.formats.readers",
    "pactreader.formats.writers",
    "pactreader.storage.articles",
    "pactreader.storage.journal.journal_file",
    "pactreader.storage.schema.records",
    "pactreader.storage.sync",
    "pactreader.tui.dialogs",
    "pactreader.tui.find_bar",
    "pactreader.tui.notes.cards",
    "pactreader.tui.session.library_monitor",
    "pactreader.tui.session.notes_export",
    "pactreader.tui.session.reload",
    "pactreader.tui.session.shutdown",
]
"""Modules and packages that the first frame of an article that was read before does without."""
MOST_MODULES = 152
"""The number of PactReader's modules that the first frame may wait for: each takes a quarter of a millisecond."""


def test_the_first_frame_waits_for_no_module_that_it_does_not_need(tmp_path):
    paths = Paths.find(tmp_path, {})
    ParsedArticles(paths.parsed).store(bundled_article())
    reading_state = ReadingState(paths)
    reading_state.save_position(ReadingPosition("0a0a0a0a", BUNDLED, 0, 0, 0, "2026-11-23T18:00:00.000Z"))
    reading_state.save_last_article(BUNDLED)
    environment = {**os.environ, "PACTREADER_HOME": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", UNTIL_THE_FIRST_FRAME],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )

    imported = done.stderr.split()
    assert "pactreader.tui.page.article_view" in imported
    assert [name for name in imported if name in LATER] == []
    assert sum(name.startswith("pactreader") for name in imported) <= MOST_MODULES


def test_a_subcommand_imports_no_other_one(tmp_path):
    code = "import sys; from pactreader.cli import run; run(['paths']); print(*sys.modules)"
    environment = {**os.environ, "PACTREADER_HOME": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )

    imported = done.stdout.splitlines()[-1].split()
    subcommands = [name for name in imported if name.endswith("_subcommand")]
    assert subcommands == ["pactreader.cli.subcommands.paths_subcommand"]
    assert not {"dataclasses", "tinydb", "hashlib"}.intersection(imported)


@pytest.mark.parametrize(
    ("command_line", "unneeded"),
    [
        ("library", {"hashlib", "threading", "pactreader.core.article", "pactreader.settings.definitions"}),
        ("notes", {"pactreader.cli.library_access", "pactreader.formats.sources"}),
        ("export --all", {"pactreader.cli.library_access", "pactreader.formats.sources"}),
    ],
)
def test_a_subcommand_imports_what_it_needs(tmp_path, command_line, unneeded):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    code = f"import sys; from pactreader.cli import run; run({command_line.split()}); print(*sys.modules)"
    environment = {**os.environ, "PACTREADER_HOME": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )

    imported = done.stdout.splitlines()[-1].split()
    assert "tinydb" in imported
    assert unneeded.union({"dataclasses", "textual"}).intersection(imported) == set()


def test_no_marker_of_unfinished_work_is_left():
    words = ("TODO", "FIXME", "XXX", "raise NotImplementedError")
    found = [
        f"{path}: {word}"
        for path in SOURCE.rglob("*.py")
        for word in words
        if word in path.read_text("utf-8")
    ]

    assert found == []
