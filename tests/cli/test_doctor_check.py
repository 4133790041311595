"""`pactreader doctor`: what is wrong is said, and nothing is changed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.command_line import HOSTILE, Run, mark, paths, written
from pactreader.core.printable_text import printable
from pactreader.formats.sources import bundled
from pactreader.storage.library import Library


def records_changed(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], object]:
    """Damage that another program does to the records."""

    def damage(file: Path) -> None:
        tables = json.loads(file.read_bytes())
        change(tables["records"])
        file.write_text(json.dumps(tables), encoding="ascii")

    return damage


def replaced(old: bytes, new: bytes) -> Callable[[Path], object]:
    """Damage to some bytes of the file."""
    return lambda file: file.write_bytes(file.read_bytes().replace(old, new, 1))


def without_checksums(records: dict[str, Any]) -> None:
    for record in records.values():
        del record["rev"], record["past"]


def text_of(file: Path) -> Path:
    (text,) = (file.parent / "texts").iterdir()
    return text


def test_a_sound_library_is_said_to_be_well(run: Run, home: Path) -> None:
    outcome = run("doctor")
    assert (outcome.code, outcome.err, home.exists()) == (0, "", False)
    assert "There is no library yet" in outcome.out
    mark(home, bundled(), "Seoul has warned Russia", note="Since when?")
    outcome = run("doctor")
    assert (outcome.code, outcome.err) == (0, "")
    assert str(home / "library.json") in outcome.out
    assert "It holds 1 article, 1 annotation and 3 changes" in outcome.out
    assert outcome.out.endswith("All is well.\n")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (replaced(b"Since when?", b"Since wien?"), "The annotation ID of “TITLE” (key 2) is not as it was"),
        (replaced(b'"created"', b'"createt"'), "The annotation ID of “TITLE” (key 2) cannot be read"),
        (replaced(b'\n"3":', b'\n"2":'), "The annotation ID of “TITLE” (key 2) is hidden"),
        (replaced(b'\n"3":', b'\n"q":'), "The key “q” of a record is no number"),
        (replaced(b'\n"3":{', b'\n"3":['), "Line 4 cannot be read"),
        (lambda file: file.write_bytes(file.read_bytes()[:-5]), "The file is damaged"),
        (lambda file: file.write_bytes(b""), "The file is empty"),
        (lambda file: file.write_bytes(b"\0" * 512), "nothing but NUL bytes"),
        (lambda file: file.write_bytes(b"hello"), "no PactReader library"),
        (replaced(b'"records"', b'"recordr"'), "not in the shape of a library"),
        (
            records_changed(lambda records: records.pop("1")),
            "belongs to an article that the library does not",
        ),
        (lambda file: text_of(file).unlink(), "The text of the article ARTICLE “TITLE” is not kept"),
        (
            lambda file: text_of(file).write_bytes(b"x"),
            "The kept text of the article ARTICLE “TITLE” is damaged",
        ),
        pytest.param(
            lambda file: file.chmod(0o644),
            "library.json is open to others",
            marks=pytest.mark.skipif(os.name == "nt", reason="modes say nothing there"),
        ),
    ],
)
def test_whatever_is_wrong_is_said_and_left_as_it_is(
    run: Run, home: Path, damage: Callable[[Path], object], said: str
) -> None:
    article_id = mark(home, bundled(), "Seoul has warned Russia", note="Since when?")
    with Library(paths(home)) as library:
        ((_entry, annotation),) = library.annotations()
    file = home / "library.json"
    damage(file)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_mode) for path in home.rglob("*")}
    content = file.read_bytes()
    outcome = run("doctor")
    assert outcome.code == 1
    named = said.replace("ID", annotation.id).replace("ARTICLE", article_id)
    assert named.replace("TITLE", bundled().title) in outcome.out
    assert "All is well" not in outcome.out
    assert outcome.err.startswith("pactreader: Something is wrong with the library.\nNothing was changed.")
    assert {path: (path.stat().st_mtime_ns, path.stat().st_mode) for path in home.rglob("*")} == before
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without_checksums, "Without a checksum: 5 records"),
        (lambda records: records.update({"9": {"kind": "later"}}), "Of a kind not known here: 1 record,"),
    ],
)
def test_what_is_harmless_is_said_to_be_so(
    run: Run, home: Path, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    mark(home, bundled(), "Seoul has warned Russia", note="Since when?")
    records_changed(change)(home / "library.json")
    outcome = run("doctor")
    assert outcome.code == 0
    assert said in outcome.out


def test_replaced_lines_are_harmless(run: Run, home: Path) -> None:
    mark(home, bundled(), "Seoul has warned Russia")
    file = home / "library.json"
    *before, line, end = file.read_bytes().split(b"\n")
    file.write_bytes(b"\n".join([*before, line + b",", line, end]))
    outcome = run("doctor")
    assert outcome.code == 0
    assert "Replaced by later ones: 1 line, harmless until the next tidy-up." in outcome.out


def test_a_check_prints_no_control_character(run: Run, home: Path) -> None:
    mark(home, bundled(), "Seoul has warned Russia")
    hostile = {"kind": "annotation", "id": HOSTILE, "article": HOSTILE, "rev": "x"}
    records_changed(lambda records: records.update({"9": hostile, HOSTILE: {}}))(home / "library.json")
    outcome = run("doctor")
    assert outcome.code == 1
    assert outcome.out == printable(outcome.out)
    assert "app.quit" in outcome.out


# As a program


def python(code: str, *words: str, **environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_starting_is_cheap_because_little_is_imported() -> None:
    heavy = "{'textual', 'rich', 'tinydb', 'markdown_it', 'platformdirs', 'sentencex'}"
    assert python(f"import sys, pactreader.cli; print({heavy} & set(sys.modules))") == "set()\n"


def test_only_reading_imports_textual(home: Path) -> None:
    mark(home, bundled(), "Seoul", note="`code`")
    code = """
import sys
from pactreader.cli import run
for words in (["library"], ["notes"], ["export"], ["export", "--all", "-o", sys.argv[1]], ["paths"]):
    assert run(words) == 0, words
assert not {"textual", "rich"} & set(sys.modules)
"""
    assert "> Seoul" in python(code, str(home.parent / "out"))


def test_a_pipe_that_closes_early_is_no_error(home: Path) -> None:
    mark(home, written("a.txt", "word " * 50_000), "word " * 40_000)
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
def test_output_that_cannot_be_written_is_said(home: Path, unbuffered: str) -> None:
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


def test_reading_without_a_terminal_is_said(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pactreader"],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("pactreader: Reading needs a terminal: standard error is redirected.\n")


def test_a_library_of_a_later_version_wants_a_later_pactreader_and_no_repair(run: Run, home: Path) -> None:
    mark(home, bundled(), "Seoul has warned Russia")
    replaced(b'"version":2', b'"version":3')(home / "library.json")
    outcome = run("doctor")
    assert outcome.code == 1
    assert "a later PactReader (file version 3)" in outcome.out
    assert outcome.err.endswith("Update PactReader to change it.\n")


def test_a_library_that_is_gone_is_told_with_its_backups(run: Run, home: Path) -> None:
    mark(home, bundled(), "Seoul has warned Russia")
    with Library(paths(home)) as library:
        library.back_up_daily()
    (home / "library.json").unlink()
    outcome = run("doctor")
    assert outcome.code == 1
    assert "`pactreader doctor --restore` brings the newest back." in outcome.err
    assert run("doctor", "--restore").code == 0
    assert run("doctor").code == 0
