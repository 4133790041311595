"""The import contracts between packages, and the modules that are imported on starting."""

import subprocess
import sys
from pathlib import Path

from importlinter import cli

import pactreader

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


def test_the_first_frame_waits_for_no_module_that_it_does_not_need():
    code = (
        "import sys, pactreader.tui.app; from pactreader.formats.sources import bundled_article; bundled_article(); "
        "print([m for m in ('textual.widgets._text_area', 'textual.widgets._markdown', 'markdown_it',"
        " 'filelock', 'importlib.metadata', 'lxml', 'pypdfium2', 'pypdf', 'pactreader.formats.readers.pdf', 'email', 'csv', 'charset_normalizer', 'icu4py', 'sentencex', 'urllib.request', 'http', 'pactreader.core.web_addresses', 'pactreader.formats.fetching', 'pactreader.tui.dialogs.note_editor') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_no_marker_of_unfinished_work_is_left():
    words = ("TODO", "FIXME", "XXX", "raise NotImplementedError")
    found = [
        f"{path}: {word}"
        for path in SOURCE.rglob("*.py")
        for word in words
        if word in path.read_text("utf-8")
    ]

    assert found == []
