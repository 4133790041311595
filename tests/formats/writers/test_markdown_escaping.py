"""Notes as parts of a Markdown export."""

import re
import shutil
import subprocess
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from formats.markdown_text import token_text
from formats.notebooks import annotated, article, export
from pactreader.formats.writers.markdown_escaping import (
    escape_note,
    keep_lines,
    note_markdown,
    separate_labels,
)


def html(markdown: str) -> str:
    return MarkdownIt("commonmark").render(markdown)


def test_lines_of_a_note_stay_lines() -> None:
    note = "Check the source.\nAsk Maria.\nCompare with 2019"
    (_, inline, _) = MarkdownIt("commonmark").parse(keep_lines(note))
    assert token_text(inline.children or ()) == note


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("- one\n- two\n  lines\n\n> quoted\n> lines", "- one\n- two\\\n  lines\n\n> quoted\\\n> lines"),
        ("two spaces  \nbackslash\\\nend\\\\\nhere", "two spaces  \nbackslash\\\nend\\\\\\\nhere"),
        ("text <br>\nnext", "text <br>\nnext"),
        ("| verse\n|   goes on\nno verse\nend", "| verse  \n|   goes on  \nno verse\\\nend"),
        ("> [!note]\n> words\n> more", "> [!note]\n> words\\\n> more"),
        ("::: warning\nwords\nmore\n:::", "::: warning\nwords\\\nmore\n:::"),
    ],
)
def test_only_line_breaks_that_would_be_lost_are_marked(note: str, kept: str) -> None:
    assert keep_lines(note) == kept


@pytest.mark.parametrize(
    "note",
    [
        "```\na\nb\n```",
        "    a\n    b",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "$$\na\nb\n$$",
        "`a\nb`",
        "$a\n+ b$",
        '<b\ntitle="x">y</b>',
        "[a](<b>\n'title')",
        "<div>\na\nb\n</div>",
        "Term\n: definition",
        "# a\n# b",
        "a\n\nb",
    ],
)
def test_what_is_no_line_of_a_paragraph_stays(note: str) -> None:
    assert keep_lines(note) == note


@given(
    st.lists(st.sampled_from(["a", "`", "``", "\n", "\\", "  ", "<b", ">", "$", "> ", "- ", "|"])).map(
        "".join
    )
)
@settings(max_examples=200)
def test_a_note_with_its_lines_says_the_same(note: str) -> None:
    kept = keep_lines(note)
    assert re.sub(r" *(<br />)?\n", "\n", html(kept)) == re.sub(r" *(<br />)?\n", "\n", html(note))
    assert keep_lines(kept) == kept


@pytest.mark.parametrize(
    ("note", "separated"),
    [
        ("x[^1] y[^2]\n\n[^1]: z", "x[^1-K] y[^2]\n\n[^1-K]: z"),
        (
            "[Law] and [that][law], [LAW][]\n\n[law]: x",
            "[Law][Law-K] and [that][law-K], [LAW][LAW-K]\n\n[law-K]: x",
        ),
        ("![pic][p]\n\n> [p]: x", "![pic][p-K]\n\n> [p-K]: x"),
        ("[a](b) `[a]` \\[a] ``[a][a]`` [a]\n\n[a]: x", "[a](b) `[a]` \\[a] ``[a][a]`` [a][a-K]\n\n[a-K]: x"),
        ("```\n[a]: y\n[^1]: z\n```\n\n[a]: x", "```\n[a]: y\n[^1]: z\n```\n\n[a-K]: x"),
        ("- [ ] task\n- [x] done", "- [ ] task\n- [x] done"),
    ],
)
def test_labels_are_those_of_one_note(note: str, separated: str) -> None:
    assert separate_labels(note, "K") == separated


def test_links_of_two_notes_go_where_each_says() -> None:
    notes = ("See [law].\n\n[law]: https://a.example", "See [law].\n\n[law]: https://b.example", "No [law].")
    exported = export(
        [annotated("one", id_=f"id{index}", note=note) for index, note in enumerate(notes)], article("one")
    )
    rendered = html(exported)
    assert rendered.count('See <a href="https://a.example">law</a>.') == 1
    assert rendered.count('See <a href="https://b.example">law</a>.') == 1
    assert "No [law]." in rendered


@pytest.mark.parametrize(
    "code", ["`x ^2`", "`x ^y\nz`", "```\nx ^2\n```", "    x ^2", "> ```\n> x ^id\n> ```"]
)
def test_a_caret_in_code_stays_a_caret(code: str) -> None:
    assert note_markdown(code, "K", under=1) == code


def test_a_caret_in_text_is_no_marker() -> None:
    assert note_markdown("`a` text ^forged", "K", under=1) == "`a` text &#94;forged"


@pytest.mark.parametrize(
    ("note", "escaped"),
    [
        ("---\nkey: value\n---", "***\nkey: value\n---"),
        ("a\n\n---\nb", "a\n\n***\nb"),
        ("text <!-- never closed", "text &lt;!-- never closed"),
        ("<!-- a --> <!-- b", "<!-- a --> &lt;!-- b"),
        ("`<!--` stays", "`<!--` stays"),
        ("::: warning\nx", "\\::: warning\nx"),
        ("x\n\n:::", "x\n\n\\:::"),
        ("```js a title\nx\n\ny\n```", "```js\nx\n\ny\n```"),
    ],
)
def test_a_block_of_pandoc_alone_is_none(note: str, escaped: str) -> None:
    assert escape_note(note) == escaped


PANDOC_NOTES = (
    *("---\nkey: value\n---", "---\nx: y\n...", "text <!-- open", "<!-- open", "- <!-- open\n\nx", "<!-->"),
    *("```\nopen", "> ```\n> open", "```js a title\nx\n\ny\n```", "~~~~ py\nopen\n```", "``open"),
    *(
        "::: w\nx",
        "x\n\n:::",
        "[^1]: n\n\nx[^1]",
        "[a]: http://x\n\n[a]",
        "-----\nx\n\n-----",
        "$$\nopen",
        "a\\",
    ),
)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@pytest.mark.parametrize("note", PANDOC_NOTES)
@pytest.mark.parametrize("other", ["x", "<!-- a -->", "```\nx\n```", "[^1]: m\n\nx[^1]"])
def test_notes_stay_theirs_for_pandoc(note: str, other: str) -> None:
    exported = export(
        [annotated("one", note=note), annotated("two", id_="second", note=other)], article("one two")
    )
    plain = subprocess.run(
        ["pandoc", "-f", "markdown", "-t", "markdown_strict", "--wrap=none"],
        input=exported,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = plain.stdout.splitlines()
    ends = [
        lines.index(line) for line in ("> one", "— Doubt · ¶ 1 ^k3x9f2", "> two", "— Doubt · ¶ 1 ^second")
    ]
    assert ends == sorted(ends)
    assert plain.stderr == ""


@pytest.mark.parametrize(
    "note",
    [
        "`" * 300_000,
        "[" * 300_000,
        "`a``" * 70_000,
        "<!--" * 70_000,
        "[a]: b\n\n" + "[a] " * 70_000,
        "a ^b\n" * 20_000,
    ],
    ids=["backticks", "brackets", "odd backticks", "comments", "links", "carets"],
)
def test_a_large_note_takes_a_moment(note: str) -> None:
    before = process_time()
    note_markdown(note, "K", under=1)
    assert process_time() - before < 20
