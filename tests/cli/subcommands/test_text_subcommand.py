"""`pactreader text`: an article's text as it is read, for other programs."""

import json
from pathlib import Path
from time import process_time

import pytest

from cli.command_line import HOSTILE, Run, mark_words, write_article
from pactreader.cli.subcommands import text_subcommand
from pactreader.core.article import Article, BlockKind, Piece

MARKDOWN = """# A title

One *word* and a [link](https://example.org). Two.

3. three
   - four

> > Quoted.
"""


def test_the_text_is_printed_as_it_is_read(run: Run) -> None:
    words = "A line of a paragraph that is broken where the window of its author ended."
    Path("a.txt").write_text(f"A title\n\n{words}\n{words}\n{words}\n", "utf-8")
    assert run("text", "a.txt").out == f"A title\n\n{words} {words} {words}\n"


def test_json_has_all_that_was_read(run: Run) -> None:
    Path("a.md").write_text(MARKDOWN, "utf-8")
    printed = json.loads(run("text", "a.md", "--json").out)

    assert list(printed) == [
        "version",
        "title",
        "source",
        "language",
        "encoding",
        "warning",
        "text",
        "blocks",
        "sentences",
        "places",
        "contents",
    ]
    text = printed["text"]
    assert (printed["version"], printed["title"], printed["language"]) == (1, "A title", "en")
    assert (printed["source"], printed["encoding"], printed["warning"]) == (
        str(Path("a.md").resolve()),
        "UTF-8",
        "",
    )
    assert all(
        list(block) == ["kind", "text", "start", "end", "level", "marker", "quoted", "line", "spans"]
        and text[block["start"] : block["end"]] == block["text"]
        for block in printed["blocks"]
    )
    assert [
        (block["kind"], block["text"], block["level"], block["marker"], block["quoted"])
        for block in printed["blocks"]
    ] == [
        ("heading", "A title", 1, "", 0),
        ("paragraph", "One word and a link. Two.", 0, "", 0),
        ("list-item", "three", 1, "3.", 0),
        ("list-item", "four", 2, "•", 0),
        ("quotation", "Quoted.", 0, "", 2),
    ]
    assert [
        (span["kind"], text[span["start"] : span["end"]], span["target"])
        for span in printed["blocks"][1]["spans"]
    ] == [("emphasis", "word", ""), ("link", "link", "https://example.org")]
    assert [text[start:end] for start, end in printed["sentences"]] == [
        "A title",
        "One word and a link.",
        "Two.",
        "three",
        "four",
        "Quoted.",
    ]


def test_blocks_have_their_lines_where_the_format_has_any(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article.assemble(
        [
            Piece(BlockKind.PARAGRAPH, "one two", lines=((0, 4), (4, 5))),
            Piece(BlockKind.PARAGRAPH, "three"),
            Piece(BlockKind.CODE, "four\nfive", lines=((0, 9), (5, 10))),
        ],
        title="T",
    )
    monkeypatch.setattr(text_subcommand, "open_source", lambda *_arguments, **_named: article)
    blocks = json.loads(run("text", "a", "--json").out)["blocks"]
    assert [block["line"] for block in blocks] == [4, None, 9]


def test_another_encoding_is_named(run: Run) -> None:
    Path("a.txt").write_bytes("Соглашение между двумя странами подписано.".encode("cp1251"))
    outcome = run("text", "a.txt")
    assert outcome.out == "Соглашение между двумя странами подписано.\n"
    assert "Windows-1251" in outcome.err
    printed = json.loads(run("text", "a.txt", "--json").out)
    assert printed["encoding"] == "Windows-1251"
    assert "Windows-1251" in printed["warning"]
    chosen = json.loads(run("text", "a.txt", "--json", "--encoding", "koi8-r").out)
    assert (chosen["encoding"], chosen["warning"]) == ("koi8-r", "")


def test_nothing_is_written(run: Run, home: Path) -> None:
    Path("a.txt").write_text("Some text.", "utf-8")
    assert run("text", "a.txt", "--json").code == 0
    assert not home.exists()
    entry_id = mark_words(home, write_article("b.txt", "Other text."), "text")
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    Path("b.txt").unlink()
    outcome = run("text", entry_id)
    assert outcome.out == "Other text.\n"
    assert "This is its text as you read it last." in outcome.err
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_no_control_sequence_is_printed(run: Run) -> None:
    Path("a.md").write_text(f"# {HOSTILE}\n\n[x](a{HOSTILE}) `{HOSTILE}`\n", "utf-8")
    for words in ([], ["--json"]):
        assert not {"\x1b", "\x07", "\x9b", "\x7f", "\u202e"} & set(run("text", "a.md", *words).out)


@pytest.mark.parametrize("text", ["A word. " * 125_000, "a" * 3_000_000, "A line.\n\n" * 30_000])
def test_a_large_text_takes_a_moment(run: Run, text: str) -> None:
    Path("a.txt").write_text(text, "utf-8")
    before = process_time()
    assert run("text", "a.txt", "--json").code == 0
    assert process_time() - before < 10


def test_what_cannot_be_read_is_an_error(run: Run) -> None:
    outcome = run("text", "no/such.md")
    assert (outcome.code, outcome.out) == (1, "")
    assert "There is no file" in outcome.err
