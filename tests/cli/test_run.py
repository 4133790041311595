"""Running the program: imports, exit codes, errors and the log."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.command_line import HOSTILE, Run, mark_words, paths_in, write_article
from pactreader import SUBCOMMANDS
from pactreader.core.article import Article
from pactreader.core.errors import NotSavedError
from pactreader.core.printable_text import printable
from pactreader.formats.sources import bundled_article
from pactreader.storage.library import Library
from pactreader.storage.library_merger import LibraryMerger
from pactreader.storage.parsed_articles import ParsedArticles
from pactreader.storage.paths import Paths


def test_ctrl_c_ends_a_subcommand_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Paths, "find", interrupt)
    outcome = run("library")
    assert (outcome.code, outcome.out, outcome.err) == (130, "", "")


def python(code: str, *words: str, **environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_starting_imports_little() -> None:
    heavy = "{'textual', 'rich', 'tinydb', 'markdown_it', 'platformdirs', 'sentencex', 'logging'}"
    assert python(f"import sys, pactreader.cli; print({heavy} & set(sys.modules))") == "set()\n"


@pytest.mark.slow
def test_only_reading_imports_textual(home: Path) -> None:
    article_id = mark_words(home, bundled_article(), "Seoul", note="`code`")
    config = paths_in(home).settings
    config.parent.mkdir()
    config.write_text('theme = "nord"\nlabels.doubt.key = "9"\nkeys.pick = "F9"\n', "utf-8")
    shutil.copytree(home, home.parent / "copy")
    words = {
        "library": [[], ["--json"]],
        "notes": [[], ["--json"], ["code"]],
        "export": [[], ["--all", "-o", str(home.parent / "out")], [article_id]],
        "text": [[article_id], [article_id, "--json"]],
        "diff": [[article_id], [article_id, "--json"]],
        "merge": [[str(home.parent / "copy")]],
        "doctor": [[], ["--repair"], ["--backups"]],
        "settings": [[]],
        "paths": [[]],
    }
    assert words.keys() == set(SUBCOMMANDS)
    for name, cases in words.items():
        lines = [[name, *rest] for rest in cases]
        code = f"""
import sys
from pactreader.cli import run
for words in {lines!r}:
    assert run(words) == 0, words
assert not {{"textual", "rich"}} & set(sys.modules), [m for m in sys.modules if "textual" in m]
"""
        python(code)


def test_an_article_that_was_read_before_is_exported_without_readers_and_without_the_window(
    home: Path,
) -> None:
    article_id = mark_words(home, bundled_article(), "Seoul")
    ParsedArticles(paths_in(home).parsed).store(bundled_article())

    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pactreader", "export", article_id],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    assert "\n> Seoul\n" in done.stdout
    unneeded = ("pactreader.formats.readers", "pactreader.tui", "pactreader.storage.kept_screens")
    assert [name for name in unneeded if name in done.stderr] == []


def test_a_pipe_that_closes_early_is_no_error(home: Path) -> None:
    mark_words(home, write_article("a.txt", "word " * 50_000), "word " * 40_000)
    with subprocess.Popen(
        [sys.executable, "-m", "pactreader", "export"],
        env={**os.environ, "PYTHONUNBUFFERED": ""},  # unbuffered, Python takes half a write for a whole one
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_that_cannot_be_written_is_an_error(home: Path, unbuffered: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pactreader", "paths"],
            check=False,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("pactreader: Standard output cannot be written: ")
    assert len(done.stderr.splitlines()) == 2


def test_reading_without_a_terminal_is_an_error(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pactreader"],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("pactreader: Reading needs a terminal: standard error is redirected.\n")


def test_no_control_character_is_printed(run: Run, home: Path) -> None:
    article = Article.assemble([], title=f"T{HOSTILE}\nforged", source=f"/tmp/{HOSTILE}\nforged")
    with Library(paths_in(home)) as library:
        entry = library.entry_for(article)
        library.register(entry, article)
        library.save(entry, library.notebook(entry, article).note_on_article(f"{HOSTILE}\r\nnote"))
    for words in (["library"], ["notes"], ["export", "--all"], ["library", "--json"], ["notes", "--json"]):
        outcome = run(*words)
        assert "click" in outcome.out
        assert printable(outcome.out) == outcome.out
    assert run("library", "--json").out.isascii()
    assert len(run("library").out.splitlines()) == 2


def test_a_fault_is_logged_without_the_users_words(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = write_article("a.txt", "A private article.")
    mark_words(home, article, "private", note="My secret", tags="hidden")

    def fail(self: Library, note: str = "My secret") -> None:
        raise RuntimeError(f"{note} in “A private article.”")

    monkeypatch.setattr(Library, "articles", fail)
    with pytest.raises(RuntimeError):
        run("library")

    log = paths_in(home).log_file.read_text("utf-8")
    assert " FAULT RuntimeError\n" in log
    assert "  at pactreader.cli.subcommands.library_subcommand:" in log
    assert not [word for word in ("secret", "private", "hidden", "a.txt") if word in log]


def test_a_recovered_library_is_logged_without_the_users_words(run: Run, home: Path) -> None:
    mark_words(home, write_article("a.txt", "A private article."), "private", note="My secret", tags="hidden")
    file = home / "library.json"
    file.write_bytes(file.read_bytes()[:-30])
    run("notes")

    log = paths_in(home).log_file.read_text("utf-8")
    assert log.endswith(" WARNING library recovered\n")
    assert not [word for word in ("secret", "private", "hidden", "a.txt") if word in log]


def test_a_failed_save_is_logged(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark_words(home, write_article("a.txt", "A private article."), "private")

    def fail(*_arguments: object, **_options: object) -> None:
        raise NotSavedError("“A private article.” is not saved.", "Make room.")

    monkeypatch.setattr(LibraryMerger, "merge", fail)
    assert run("merge", "copy").code == 1

    assert paths_in(home).log_file.read_text("utf-8").endswith(" WARNING not saved: NotSavedError\n")


def test_an_error_of_the_user_is_not_logged(run: Run, home: Path) -> None:
    assert run("no/such.txt").code == 1
    assert run("export", "nothing").code == 1
    assert not paths_in(home).log_file.exists()
