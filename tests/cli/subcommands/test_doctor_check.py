"""`pactreader doctor`: problems are reported, and nothing is changed."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.command_line import HOSTILE, Run, mark_words, paths_in
from pactreader.core.printable_text import printable
from pactreader.formats.sources import bundled_article
from pactreader.storage.library import Library


def change_records(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], object]:
    """Change the records as another program might."""

    def damage(file: Path) -> None:
        tables = json.loads(file.read_bytes())
        change(tables["records"])
        file.write_text(json.dumps(tables), encoding="ascii")

    return damage


def replace_bytes(old: bytes, new: bytes) -> Callable[[Path], object]:
    """Replace some bytes of the file."""
    return lambda file: file.write_bytes(file.read_bytes().replace(old, new, 1))


def remove_checksums(records: dict[str, Any]) -> None:
    for record in records.values():
        del record["rev"], record["past"]


def kept_text_file(file: Path) -> Path:
    (text,) = (file.parent / "texts").iterdir()
    return text


def test_a_sound_library_is_well(run: Run, home: Path) -> None:
    outcome = run("doctor")
    assert (outcome.code, outcome.err, home.exists()) == (0, "", False)
    assert "There is no library yet" in outcome.out
    mark_words(home, bundled_article(), "Seoul has warned Russia", note="Since when?")
    outcome = run("doctor")
    assert (outcome.code, outcome.err) == (0, "")
    assert str(home / "library.json") in outcome.out
    assert "It holds 1 article, 1 annotation and 3 changes" in outcome.out
    assert outcome.out.endswith("All is well.\n")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (
            replace_bytes(b"Since when?", b"Since wien?"),
            "The annotation ID of “TITLE” (key 2) is not as it was",
        ),
        (replace_bytes(b'"created"', b'"createt"'), "The annotation ID of “TITLE” (key 2) cannot be read"),
        (replace_bytes(b'\n"3":', b'\n"2":'), "The annotation ID of “TITLE” (key 2) is hidden"),
        (replace_bytes(b'\n"3":', b'\n"q":'), "The key “q” of a record is no number"),
        (replace_bytes(b'\n"3":{', b'\n"3":['), "Line 4 cannot be read"),
        (lambda file: file.write_bytes(file.read_bytes()[:-5]), "The file is damaged"),
        (lambda file: file.write_bytes(b""), "The file is empty"),
        (lambda file: file.write_bytes(b"\0" * 512), "nothing but NUL bytes"),
        (lambda file: file.write_bytes(b"hello"), "no PactReader library"),
        (replace_bytes(b'"records"', b'"recordr"'), "not in the shape of a library"),
        (
            change_records(lambda records: records.pop("1")),
            "belongs to an article that the library does not",
        ),
        (lambda file: kept_text_file(file).unlink(), "The text of the article ARTICLE “TITLE” is not kept"),
        (
            lambda file: kept_text_file(file).write_bytes(b"x"),
            "The kept text of the article ARTICLE “TITLE” is damaged",
        ),
        pytest.param(
            lambda file: file.chmod(0o644),
            "library.json is open to others",
            marks=pytest.mark.skipif(os.name == "nt", reason="modes say nothing there"),
        ),
    ],
)
def test_a_problem_is_reported_and_nothing_changed(
    run: Run, home: Path, damage: Callable[[Path], object], message: str
) -> None:
    article_id = mark_words(home, bundled_article(), "Seoul has warned Russia", note="Since when?")
    with Library(paths_in(home)) as library:
        ((_entry, annotation),) = library.annotations()
    file = home / "library.json"
    damage(file)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_mode) for path in home.rglob("*")}
    content = file.read_bytes()
    outcome = run("doctor")
    assert outcome.code == 1
    named = message.replace("ID", annotation.id).replace("ARTICLE", article_id)
    assert named.replace("TITLE", bundled_article().title) in outcome.out
    assert "All is well" not in outcome.out
    assert outcome.err.startswith("pactreader: Something is wrong with the library.\nNothing was changed.")
    assert {path: (path.stat().st_mtime_ns, path.stat().st_mode) for path in home.rglob("*")} == before
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (remove_checksums, "Without a checksum: 5 records"),
        (lambda records: records.update({"9": {"kind": "later"}}), "Of a kind not known here: 1 record,"),
    ],
)
def test_harmless_findings_are_no_problem(
    run: Run, home: Path, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    mark_words(home, bundled_article(), "Seoul has warned Russia", note="Since when?")
    change_records(change)(home / "library.json")
    outcome = run("doctor")
    assert outcome.code == 0
    assert message in outcome.out


def test_replaced_lines_are_harmless(run: Run, home: Path) -> None:
    mark_words(home, bundled_article(), "Seoul has warned Russia")
    file = home / "library.json"
    *before, line, end = file.read_bytes().split(b"\n")
    file.write_bytes(b"\n".join([*before, line + b",", line, end]))
    outcome = run("doctor")
    assert outcome.code == 0
    assert "Replaced by later ones: 1 line, harmless until the next tidy-up." in outcome.out


def test_a_check_prints_no_control_character(run: Run, home: Path) -> None:
    mark_words(home, bundled_article(), "Seoul has warned Russia")
    hostile = {"kind": "annotation", "id": HOSTILE, "article": HOSTILE, "rev": "x"}
    change_records(lambda records: records.update({"9": hostile, HOSTILE: {}}))(home / "library.json")
    outcome = run("doctor")
    assert outcome.code == 1
    assert outcome.out == printable(outcome.out)
    assert "app.quit" in outcome.out


def test_a_library_of_a_later_version_needs_an_update(run: Run, home: Path) -> None:
    mark_words(home, bundled_article(), "Seoul has warned Russia")
    replace_bytes(b'"version":2', b'"version":3')(home / "library.json")
    outcome = run("doctor")
    assert outcome.code == 1
    assert "a later PactReader (file version 3)" in outcome.out
    assert outcome.err.endswith("Update PactReader to change it.\n")


def test_a_missing_library_is_reported_with_its_backups(run: Run, home: Path) -> None:
    mark_words(home, bundled_article(), "Seoul has warned Russia")
    with Library(paths_in(home)) as library:
        library.back_up_daily()
    (home / "library.json").unlink()
    outcome = run("doctor")
    assert outcome.code == 1
    assert "`pactreader doctor --restore` brings the newest back." in outcome.err
    assert run("doctor", "--restore").code == 0
    assert run("doctor").code == 0


def test_a_former_text_is_named_with_what_it_is_for(run: Run, home: Path) -> None:
    article = bundled_article()
    mark_words(home, article, "Seoul has warned Russia")
    former = kept_text_file(home / "library.json")
    mark_words(home, article._replace(text=f"{article.text} More."), "More.")
    content = former.read_bytes()

    former.write_bytes(b"x")
    damaged = run("doctor")
    former.unlink()
    missing = run("doctor")
    former.write_bytes(content)

    on = f"that 1 annotation of “{article.title}” was made on"
    assert damaged.code == 1
    assert f"The kept text {on} is damaged: passages are found by their quotes" in damaged.out
    assert missing.code == 0
    assert f"The text {on} is not kept" in missing.out
    assert "made on" not in run("doctor").out
