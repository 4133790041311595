"""The command line, as it is typed."""

import gc
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pactreader import __version__, cli
from pactreader.core.article import Article, Passage
from pactreader.core.notebook import Notebook
from pactreader.core.printable import printable
from pactreader.formats.sources import BUNDLED, bundled, read_source
from pactreader.storage.desk import Desk, Reading
from pactreader.storage.library import Library
from pactreader.storage.places import Places

HOSTILE = "\x1b]52;c;x\x07\x9b\x7f\u202e[@click=app.quit]x"


class Outcome(SimpleNamespace):
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


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


def places(home: Path) -> Places:
    return Places.find(home, {})


def mark(
    home: Path, article: Article, words: str, *, note: str = "", label: str = "doubt", tags: str = ""
) -> str:
    """Highlight some words, as a reader would; the id of their article."""
    with Library(places(home)) as library:
        entry = library.adopt(article)
        library.keep(entry, article)
        notebook = library.notebook(entry, article)
        start = article.text.index(words)
        change = notebook.highlight(Passage(start, start + len(words)), label)
        annotation_id = change.edits[0].id
        library.save(entry, change)
        notebook.apply(change)
        for changed in (
            lambda: notebook.write_note(annotation_id, note),
            lambda: notebook.tag(annotation_id, tuple(tags.split())),
        ):
            change = changed()
            library.save(entry, change)
            notebook.apply(change)
    Desk(places(home)).keep_reading(Reading(entry.id, entry.source, 0, 0, 0.34, "2026-11-23T18:04:11.000Z"))
    return entry.id


def written(name: str, text: str) -> Article:
    Path(name).write_text(text, encoding="utf-8")
    return read_source(name, BytesIO())


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What the screen was asked to show. It is shown to nobody."""
    asked: list[dict[str, Any]] = []

    def read(*, library: Library, article: Article, **others: object) -> Notebook:
        asked.append({"article": article, **others})
        return library.notebook(library.adopt(article), article)

    monkeypatch.setitem(sys.modules, "pactreader.tui.app", SimpleNamespace(read=read))
    monkeypatch.setattr(cli.reading, "_take_terminal", lambda: None)
    yield asked
    gc.enable()


# What can be typed


def test_help_shows_the_commands_and_examples(run: Run) -> None:
    outcome = run("--help")
    assert outcome.code == 0
    assert all(
        word in outcome.out
        for word in ("library", "notes", "export", "doctor", "paths", "--review", "examples:")
    )
    assert "--label" in run("notes", "--help").out


def test_the_version_is_said(run: Run) -> None:
    assert run("--version").out == f"pactreader {__version__}\n"


def test_ctrl_c_ends_it_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Places, "find", interrupt)
    outcome = run("library")
    assert (outcome.code, outcome.out, outcome.err) == (130, "", "")


@pytest.mark.parametrize(
    "words", [["--bad"], ["library", "extra"], ["export", "--format", "pdf"], ["a", "b"], ["--data-dir"]]
)
def test_what_cannot_be_typed_is_said_with_a_hint(run: Run, words: list[str]) -> None:
    outcome = run(*words)
    assert outcome.code == 2
    first, second = outcome.err.splitlines()
    assert first.startswith("pactreader: ")
    assert "--help` says what can be typed." in second


def test_paths_shows_where_everything_is_and_creates_nothing(run: Run, home: Path, tmp_path: Path) -> None:
    assert f"library   {home / 'library.json'}\n" in run("paths").out
    elsewhere = tmp_path / "elsewhere"
    assert str(elsewhere / "library.json") in run("--data-dir", str(elsewhere), "paths").out
    assert str(elsewhere / "library.json") in run("paths", "--data-dir", str(elsewhere)).out
    assert not home.exists()
    assert not elsewhere.exists()


# Reading


def test_the_first_start_opens_the_bundled_article(run: Run, reading: list[dict[str, Any]]) -> None:
    assert run().code == 0
    assert reading[0]["article"].source == BUNDLED
    assert reading[0]["first_start"] is True


def test_a_later_start_opens_what_was_read_last(run: Run, home: Path, reading: list[dict[str, Any]]) -> None:
    article = written("a.txt", "Some text.")
    mark(home, article, "Some")
    run()
    assert reading[0]["article"].source == article.source
    assert reading[0]["article"].warning == ""
    assert reading[0]["first_start"] is False


def test_an_article_whose_file_is_gone_is_read_as_it_was(
    run: Run, home: Path, reading: list[dict[str, Any]]
) -> None:
    article = written("a.txt", "Some text.")
    entry_id = mark(home, article, "Some")
    Path("a.txt").unlink()
    for words in ([], ["a.txt"], [entry_id], ["A"]):
        run(*words)
    assert [one["article"].text for one in reading] == ["Some text."] * 4
    assert "There is no file" in reading[0]["article"].warning


def test_a_file_is_read_though_it_has_the_name_of_a_command(run: Run, reading: list[dict[str, Any]]) -> None:
    written("library", "Books.")
    for words in (["./library"], ["--", "library"], ["--review", "library"]):
        assert run(*words).code == 0
    assert [one["article"].text for one in reading] == ["Books."] * 3


def test_standard_input_is_read_to_its_end(
    run: Run, reading: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"# Piped\n\nText.")))
    run("-")
    assert reading[0]["article"].title == "Piped"


def test_review_prints_the_markdown_on_quit(run: Run, home: Path, reading: list[dict[str, Any]]) -> None:
    article = written("a.txt", "Some text.")
    mark(home, article, "Some", note="Mine")
    out = run("--review", "a.txt").out
    assert "> Some\n\nMine\n\n— Doubt · ¶ 1 ^" in out
    assert run("a.txt").out == ""


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("no/such.txt", "There is no file no/such.txt."),
        ("nosuch", "There is no file nosuch. The library knows no article “nosuch”."),
        ("", "There is no file “”."),
        (".", "is a directory."),
        ("https://x.y/z", "does not fetch the web."),
        (HOSTILE, "There is no file ␛]52;c;x␇"),
    ],
)
def test_what_cannot_be_read_is_said_with_a_hint(
    run: Run, reading: list[dict[str, Any]], source: str, said: str
) -> None:
    outcome = run("--", source)
    assert outcome.code == 1
    assert outcome.out == ""
    first, _second = outcome.err.splitlines()
    assert first.startswith("pactreader: ")
    assert said in first
    assert printable(outcome.err) == outcome.err
    assert reading == []


def test_a_title_that_names_several_articles_names_none(run: Run, home: Path) -> None:
    ids = [mark(home, written(f"{n}.txt", f"The pact, part {n}\n\nText {n}."), "Text") for n in (1, 2)]
    outcome = run("export", "the pact")
    assert outcome.code == 1
    assert all(id_ in outcome.err for id_ in ids)


# library


def test_the_library_lists_what_is_known(run: Run, home: Path) -> None:
    assert "No articles yet" in run("library").out
    assert json.loads(run("library", "--json").out) == []
    entry_id = mark(home, bundled(), "Seoul")
    mark(home, bundled(), "Putin")
    assert re.search(
        rf"^{entry_id}  Russia-North Korea Pact.*\n +2 highlights · 34% read · ", run("library").out
    )
    assert json.loads(run("library", "--json").out) == [
        {
            "id": entry_id,
            "title": bundled().title,
            "source": BUNDLED,
            "highlights": 2,
            "progress": 0.34,
            "last_read": "2026-11-23T18:04:11.000Z",
        }
    ]


# notes


def test_notes_are_found_by_words_label_tag_and_article(run: Run, home: Path) -> None:
    mark(home, written("a.txt", "First text."), "First", note="On ambiguity", tags="Law été")
    mark(home, written("b.txt", "Second text."), "Second", note="Another", label="evidence")

    def quotes(*words: str) -> list[str]:
        return [row["quote"] for row in json.loads(run("notes", "--json", *words).out)]

    assert quotes() == ["First", "Second"]
    assert quotes("AMBIGUITY") == ["First"]
    assert quotes("second") == ["Second"]
    assert quotes("ete", "ambiguity") == ["First"]
    assert quotes("ambiguity", "nothing") == []
    assert quotes("--label", "evidence") == quotes("--label", "Evidence") == ["Second"]
    assert quotes("--tag", "#law") == quotes("--tag", "LAW") == ["First"]
    assert quotes("--in", "b.txt") == quotes("--in", "b") == ["Second"]
    Path("b.txt").unlink()
    assert quotes("--in", "b.txt") == ["Second"]


def test_a_note_has_every_field_in_json(run: Run, home: Path) -> None:
    entry_id = mark(home, bundled(), "Seoul", note="Mine", tags="a b")
    (row,) = json.loads(run("notes", "--json").out)
    start = bundled().text.index("Seoul")
    assert re.fullmatch(r"[0-9a-z]{8}", row.pop("id"))
    assert row.pop("created") <= row.pop("modified")
    assert row == {
        "article": entry_id,
        "title": bundled().title,
        "label": "doubt",
        "quote": "Seoul",
        "note": "Mine",
        "tags": ["a", "b"],
        "paragraph": 5,
        "start": start,
        "end": start + 5,
        "place": "exact",
        "score": 1.0,
    }


def test_notes_are_printed_for_people(run: Run, home: Path) -> None:
    assert run("notes").out == "No notes found.\n"
    article = written("a.txt", "Some\n\ntext.")
    mark(home, article, "Some\n\ntext", note="Two\nlines", tags="a b")
    mark(home, article, "text", label="key-point")
    mark(home, written("b.txt", "Another"), "other")
    assert re.sub(r"[0-9a-z]{8}$", "ID", run("notes").out, flags=re.MULTILINE) == (
        """\
Some
  Doubt · ¶ 1 · ID
    “Some text”
    Two
    lines
    #a #b
  Key point · ¶ 2 · ID
    “text”

b
  Doubt · ¶ 1 · ID
    “other”

"""
    )


def test_a_label_is_named_by_its_name_or_its_id(run: Run, home: Path) -> None:
    mark(home, written("a.txt", "Some text."), "Some", label="key-point")
    mark(home, written("b.txt", "Other text."), "Other", label="mine")
    for name in ("key-point", "Key point", "KEY POINT"):
        assert [row["quote"] for row in json.loads(run("notes", "--json", "--label", name).out)] == ["Some"]
    assert [row["quote"] for row in json.loads(run("notes", "--json", "--label", "Mine").out)] == ["Other"]
    outcome = run("notes", "--label", f"foo{HOSTILE}")
    assert (outcome.code, outcome.out, printable(outcome.err)) == (1, "", outcome.err)
    assert outcome.err.startswith("pactreader: There is no label “foo")
    assert "The labels are: key-point, evidence, question, doubt, term, mine." in outcome.err


def test_a_highlight_whose_text_changed_is_told(run: Run, home: Path) -> None:
    mark(home, written("a.txt", "What is gone."), "gone")
    written("a.txt", "What is new.")
    assert "no longer found in the text" in run("notes").out
    assert json.loads(run("notes", "--json").out)[0]["place"] == "lost"


def test_nothing_that_is_printed_is_a_control_character(run: Run, home: Path) -> None:
    article = Article.assemble([], title=f"T{HOSTILE}\nforged", source=f"/tmp/{HOSTILE}\nforged")
    with Library(places(home)) as library:
        entry = library.adopt(article)
        library.keep(entry, article)
        library.save(entry, library.notebook(entry, article).note_on_article(f"{HOSTILE}\r\nnote"))
    for words in (["library"], ["notes"], ["export", "--all"], ["library", "--json"], ["notes", "--json"]):
        outcome = run(*words)
        assert "click" in outcome.out
        assert printable(outcome.out) == outcome.out
    assert run("library", "--json").out.isascii()
    assert len(run("library").out.splitlines()) == 2


# export


def test_export_prints_the_markdown_of_the_article_read_last(run: Run, home: Path) -> None:
    assert run("export").code == 1
    entry_id = mark(home, bundled(), "Seoul", note="Mine")
    out = run("export").out
    assert f"\narticle: {entry_id}\n" in out
    assert "> Seoul\n\nMine\n\n— Doubt · ¶ 5 ^" in out
    assert out.endswith("<!-- pactreader:end -->\n")
    assert run("export", "Russia").out.split("exported:")[0] == out.split("exported:")[0]
    assert "<!--" not in run("export", "--plain").out


def test_export_goes_into_a_file_that_is_not_there_yet(run: Run, home: Path) -> None:
    mark(home, bundled(), "Seoul")
    assert run("export", "-o", "new/notes.md").out == "new/notes.md\n"
    assert "> Seoul" in Path("new/notes.md").read_text(encoding="utf-8")
    Path("mine.md").write_text("precious")
    outcome = run("export", "-o", "mine.md")
    assert (outcome.code, outcome.err) == (
        1,
        "pactreader: mine.md exists.\nGive -o another name, or --force to replace it.\n",
    )
    assert Path("mine.md").read_text() == "precious"
    assert run("export", "-o", "mine.md", "--force").code == 0
    assert "> Seoul" in Path("mine.md").read_text(encoding="utf-8")
    assert sorted(path.name for path in Path().iterdir()) == ["mine.md", "new"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes")
def test_an_export_is_as_open_as_other_files_but_not_among_the_library_s(run: Run, home: Path) -> None:
    mark(home, bundled(), "Seoul")
    mine = Path("mine.md")
    mine.touch(mode=0o640)
    old = os.umask(0o022)
    try:
        run("export", "-o", "new.md")
        run("export", "-o", "mine.md", "--force")
        run("export", "-o", str(home / "kept.md"))
    finally:
        os.umask(old)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (Path("new.md"), mine, home / "kept.md")]
    assert modes == [0o644, 0o640, 0o600]


def test_export_into_a_directory_writes_a_file_an_article(run: Run, home: Path) -> None:
    for name in ("a", "b"):
        mark(home, written(f"{name}.txt", f"../The Same: Title?\n\nText {name}."), "Text")
    assert run("export", "--all", "-o", "out").out == (
        f"out{os.sep}the-same-title-notes.md\nout{os.sep}the-same-title-notes-2.md\n"
    )
    assert run("export", "a.txt", "-o", "out").code == 1
    assert run("export", "a.txt", "b.txt", "-o", "other").code == 0
    assert len(list(Path("other").iterdir())) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--all", "x"], "exclude each other"),
        (["-o", os.devnull, "--force"], "is no file that could be replaced"),
        (["-o", "a.txt/b.md"], "cannot be written"),
        (["no/such.md"], "There is no file"),
    ],
)
def test_an_export_that_cannot_be_is_said(run: Run, home: Path, words: list[str], said: str) -> None:
    mark(home, written("a.txt", "Some text."), "Some")
    outcome = run("export", *words)
    assert (outcome.code, outcome.out) == (1, "")
    assert said in outcome.err


# doctor


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
        (replaced(b'"version":2', b'"version":3'), "a later PactReader (file version 3)"),
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
    with Library(places(home)) as library:
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
