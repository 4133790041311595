"""`pactreader export`: documents printed and in files."""

import os
import stat
import sys
from io import BytesIO
from pathlib import Path

import pytest

from cli.command_line import Run, mark_words, paths_in, write_article
from pactreader.formats.sources import bundled_article, read_source
from pactreader.storage.kept_articles import KeptArticles
from pactreader.storage.schema.records import ArticleEntry

CASES = Path(__file__).parents[2] / "cases"


def test_export_prints_the_article_read_last(run: Run, home: Path) -> None:
    assert run("export").code == 1
    entry_id = mark_words(home, bundled_article(), "Seoul", note="Mine")
    out = run("export").out
    assert f"\narticle: {entry_id}\n" in out
    assert "> Seoul\n\nMine\n\n— Doubt · ¶ 5, line 9 ^" in out
    assert out.endswith("<!-- pactreader:end -->\n")
    assert run("export", "Russia").out.split("exported:")[0] == out.split("exported:")[0]
    assert "<!--" not in run("export", "--plain").out


def test_quotes_of_tasks_and_cells_have_their_marks(run: Run, home: Path) -> None:
    article = read_source(str(CASES / "export-marks.md"), BytesIO())
    mark_words(home, article, "call the bank\n\npay the rent")
    mark_words(home, article, "Ann\t30\nBob\t25")
    out = run("export", str(CASES / "export-marks.md"), "--plain").out
    assert "> ☐ call the bank\n>\n> ☑ pay the rent\n" in out
    assert "> Ann │ 30\\\n> Bob │ 25\n" in out


def test_export_replaces_no_file_unless_forced(run: Run, home: Path) -> None:
    mark_words(home, bundled_article(), "Seoul")
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


def test_a_file_that_may_not_be_replaced_is_told_before_any_article_is_read(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        mark_words(home, write_article(f"{name}.txt", f"The words of {name}."), "words")
    assert run("export", "--all", "-o", "notes/").code == 0
    read: list[str] = []

    def article(_kept: KeptArticles, entry: ArticleEntry) -> None:
        read.append(entry.title)

    monkeypatch.setattr(KeptArticles, "article", article)
    assert "a-notes.md exists" in run("export", "--all", "-o", "notes/a-notes.md").err
    assert read == []
    assert "a-notes.md exists" in run("export", "--all", "-o", "notes/").err
    assert run("export", "--all", "-o", "other.md").code == 0
    assert sorted(set(read)) == ["a", "b"]


def test_export_replaces_no_article_and_no_file_that_a_new_directory_leads_back_to(
    run: Run, home: Path
) -> None:
    article = Path("own.md")
    article.write_text("Of cats, much is said.")
    for name in ("own.md", "new/../own.md"):
        outcome = run("export", "-o", name, "--force", "own.md")
        assert (outcome.code, outcome.err) == (
            1,
            "pactreader: own.md is the article's own file, which stays as it is.\nExport to another name.\n",
        )
    Path("mine.md").write_text("precious")
    assert run("export", "-o", "new/../mine.md", "own.md").err.startswith(
        "pactreader: new/../mine.md exists."
    )
    assert (article.read_text(), Path("mine.md").read_text()) == ("Of cats, much is said.", "precious")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes")
def test_an_export_has_the_mode_of_other_files_of_its_directory(run: Run, home: Path) -> None:
    mark_words(home, bundled_article(), "Seoul")
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
        mark_words(home, write_article(f"{name}.txt", f"../The Same: Title?\n\nText {name}."), "Text")
    assert run("export", "--all", "-o", "out").out == (
        f"out{os.sep}the-same-title-notes.md\nout{os.sep}the-same-title-notes-2.md\n"
    )
    assert run("export", "a.txt", "-o", "out").code == 1
    assert run("export", "a.txt", "b.txt", "-o", "other").code == 0
    assert len(list(Path("other").iterdir())) == 2


def test_all_articles_go_to_one_stream_or_one_file_as_one_document(run: Run, home: Path) -> None:
    ids = [mark_words(home, write_article(f"{n}.txt", f"Title {n}\n\nText {n}."), "Text") for n in "ab"]
    out = run("export", "--all").out
    assert out.splitlines().count("---") == 2
    assert all(f"<!-- pactreader:article id={id_} source=" in out for id_ in ids)
    assert out.index("# Title a") < out.index("# Title b")
    assert run("export", "--all", "-o", "notes.md").out == "notes.md\n"
    printed = Path("notes.md").read_text("utf-8")
    assert [line for line in printed.splitlines() if not line.startswith("exported:")] == [
        line for line in out.splitlines() if not line.startswith("exported:")
    ]
    plain = run("export", "--all", "--plain").out
    assert str(Path.cwd()) not in plain
    assert "<!--" not in plain
    assert str(Path.cwd()) not in run("export", "a.txt", "--plain").out
    assert run("export", "--all", "-o", "notes.md").code == 1
    Path("old").mkdir()
    assert run("export", "--all", "-o", "old").out.count("\n") == 2
    assert run("export", "a.txt", "-o", f"new{os.sep}").out == f"new{os.sep}title-a-notes.md\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--all", "x"], "exclude each other"),
        (["-o", os.devnull, "--force"], "is no file that could be replaced"),
        (["-o", "a.txt/b.md"], "cannot be written"),
        (["no/such.md"], "There is no file"),
    ],
)
def test_an_impossible_export_is_reported(run: Run, home: Path, words: list[str], message: str) -> None:
    mark_words(home, write_article("a.txt", "Some text."), "Some")
    outcome = run("export", *words)
    assert (outcome.code, outcome.out) == (1, "")
    assert message in outcome.err


def test_a_title_of_several_articles_is_ambiguous(run: Run, home: Path) -> None:
    ids = [
        mark_words(home, write_article(f"{n}.txt", f"The pact, part {n}\n\nText {n}."), "Text")
        for n in (1, 2)
    ]
    outcome = run("export", "the pact")
    assert outcome.code == 1
    assert all(id_ in outcome.err for id_ in ids)


def test_all_articles_are_exported_as_of_the_last_reading(run: Run, home: Path) -> None:
    mark_words(home, write_article("a.txt", "First. The agreement is vague."), "First")
    mark_words(home, write_article("b.txt", "Second text."), "Second")
    Path("a.txt").write_text("The agreement is vague.", "utf-8")
    Path("b.txt").unlink()
    assert run("export", "--all", "--plain").out.count("— Doubt · ¶ 1, line 1\n") == 2
    assert "> First\n\n— Doubt · ¶ 1 · no longer found in the text\n" in run("export", "a.txt", "--plain").out
    for path in paths_in(home).texts.iterdir():
        path.unlink()
    assert "> First\n\n— Doubt · the text was not kept\n" in run("export", "--all", "--plain").out
