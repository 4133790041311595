import json
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from core.sample_notebook import reviewable
from formats.markdown_text import block_quotes
from formats.notebooks import AT, EXPORTED, annotated, article, export
from pactreader.core.anchoring.description import describe
from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.annotation import Anchor, Annotation
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.notebooks.placed_annotations import PlacedAnnotations
from pactreader.core.printable_text import printable
from pactreader.formats.writers import ExportedArticle
from pactreader.formats.writers.markdown_writer import write_markdown, write_markdown_collection

SYNTAX = st.sampled_from(
    [*"\\`*_[]<>~^|$&#+-.!:=%()1a \t\n\"'/@{}é한🙂\u00a0\u3000", "&amp;", "http://x.y/%20", "    "]
)
TEXTS = st.one_of(st.lists(SYNTAX, max_size=24).map("".join), st.text(max_size=60)).map(printable)


def without_blank_lines(text: str) -> str:
    """Normalise blank lines, as an export does to a quote."""
    return re.sub(r"\n{2,}", "\n\n", text.strip("\n"))


def start_markers(markdown: str) -> list[str]:
    return re.findall(r"<!-- *pactreader:(?:highlight|note) id=(\S+)", markdown, re.IGNORECASE)


def end_markers(markdown: str) -> list[str]:
    """Return the ids at the ends of lines that are no code."""
    found: list[str] = []
    for token in MarkdownIt("commonmark").parse(markdown):
        content = token.content if token.type == "inline" else ""
        for child in token.children or ():
            if child.type == "code_inline":
                words = r"\s+".join(map(re.escape, child.content.split()))
                content = re.sub(rf"{child.markup}\s*{words}\s*{child.markup}", "`", content)
        found += re.findall(r"(?:^|\s)\\*\^([\w%:+-]+)[ \t]*$", content, re.MULTILINE)
    return found


def test_an_export_names_author_date_address_and_chapter() -> None:
    book = Article.assemble(
        [Piece(BlockKind.PARAGRAPH, "It was a dark night.", places=((0, "1. *The* Storm"),))],
        title="A book",
    )._replace(
        author="Doe, Jane",
        date="2026-11-01",
        url="https://example.org/book",
        tags=("sea", "1: ships"),
    )
    annotation = Annotation("k3x9f2", "doubt", describe(book.text, 0, 20), "", (), AT, AT)

    written = export([annotation], book)

    front_matter = written.split("---")[1]
    assert yaml_of(front_matter)["author"] == "Doe, Jane"
    assert yaml_of(front_matter)["published"] == "2026-11-01"
    assert yaml_of(front_matter)["url"] == "https://example.org/book"
    assert yaml_of(front_matter)["tags"] == '[sea, "1: ships"]'
    assert "— Doubt · 1. \\*The\\* Storm, ¶ 1 ^k3x9f2" in written

    notebook = Notebook(book, [annotation])
    same = [ExportedArticle(PlacedAnnotations.of(notebook), "3f2a9c41")] * 2
    two = "".join(write_markdown_collection(same, 2, exported=EXPORTED))
    assert two.count("# A book\n\nDoe, Jane · 2026-11-01 · https\\://example.org/book\n") == 2


def yaml_of(front_matter: str) -> dict[str, str]:
    """Return the fields of one line each; values in quotation marks are parsed as JSON strings."""
    rows = (line.split(": ", 1) for line in front_matter.strip().split("\n"))
    return {key: json.loads(value) if value.startswith('"') else value for key, value in rows}


def test_a_whole_export() -> None:
    of = article(
        "A title",
        "The agreement remains vague on what constitutes aggression.",
        title="Russia-North Korea Pact",
    )
    passage = of.block_text(of.blocks[1])
    start = of.blocks[1].start
    annotation = Annotation(
        "k3x9f2",
        "doubt",
        describe(of.text, start, start + len(passage)),
        "Who decides what counts as aggression?",
        ("law", "ambiguity"),
        AT,
        "2026-11-23T17:52:40.000Z",
    )
    assert export([annotation], of) == (
        """---
title: "Russia-North Korea Pact"
source: /tmp/a.txt
article: 3f2a9c41
exported: 2026-11-23T18:04:11Z
pactreader: 1
---

# Russia-North Korea Pact

<!-- pactreader:highlight id=k3x9f2 label=doubt created=2026-11-23T17:40:02Z modified=2026-11-23T17:52:40Z -->

> The agreement remains vague on what constitutes aggression.

Who decides what counts as aggression?

Tags: #law #ambiguity

— Doubt · ¶ 2 ^k3x9f2

<!-- pactreader:end -->
"""
    )


def test_the_author_of_what_was_taken_in_is_named_and_cannot_forge_a_marker() -> None:
    taken_in = annotated("Some")._replace(author="Ada *L.* -->\n^k3x9f2")
    exported = export([taken_in], article("Some text"))
    assert "— Doubt · ¶ 1 · Ada \\*L.\\* \\-\\-> \\^k3x9f2 ^k3x9f2" in exported
    assert "author=Ada%20%2AL.%2A%20--%3E%0A%5Ek3x9f2 " in exported
    assert start_markers(exported) == end_markers(exported) == ["k3x9f2"]


def test_a_plain_export_has_no_comments_and_no_ids() -> None:
    annotations = [annotated("Some text", note="Mine", tags=("a",)), Annotation("z9", "", None, "On it all")]
    plain = export(annotations, article("Some text"), plain=True)
    assert "<!--" not in plain
    assert "k3x9f2" not in plain
    assert "3f2a9c41" not in plain
    assert plain.endswith("> Some text\n\nMine\n\nTags: #a\n\n— Doubt · ¶ 1\n")
    assert "On it all\n\n— On the whole article\n" in plain


def test_notes_on_the_article_come_before_highlights() -> None:
    exported = export(
        [annotated("Some"), Annotation("zz", "", None, "On it all", (), AT, AT)], article("Some text")
    )
    assert start_markers(exported) == ["zz", "k3x9f2"]
    assert "<!-- pactreader:note id=zz created=2026-11-23T17:40:02Z" in exported


def test_headings_are_written_once_above_their_highlights() -> None:
    of = Article.assemble(
        [
            Piece(BlockKind.HEADING, "A title", 1),
            Piece(BlockKind.PARAGRAPH, "before"),
            Piece(BlockKind.HEADING, "First #1", 2),
            Piece(BlockKind.HEADING, "Inner", 3),
            Piece(BlockKind.PARAGRAPH, "one two"),
            Piece(BlockKind.HEADING, "Empty", 2),
            Piece(BlockKind.HEADING, "Second", 2),
            Piece(BlockKind.PARAGRAPH, "three"),
        ],
        title="A title",
    )
    found = [
        describe(of.text, of.text.index(word), of.text.index(word) + 3)
        for word in ("bef", "one", "two", "three")
    ]
    annotations = [Annotation(f"a{n}", "term", anchor, "", (), AT, AT) for n, anchor in enumerate(found)]
    lines = [line for line in export(annotations, of).splitlines() if line.startswith(("#", ">"))]
    assert lines == [
        "# A title",
        "> bef",
        "## First \\#1",
        "### Inner",
        "> one",
        "> two",
        "## Second",
        "> thr",
    ]


def test_other_headings_of_level_1_are_below_the_title() -> None:
    of = Article.assemble(
        [Piece(BlockKind.HEADING, "Part", 1), Piece(BlockKind.PARAGRAPH, "one")], title="A title"
    )
    anchor = describe(of.text, len("Part\n\n"), len(of.text))
    assert "# A title\n\n## Part\n" in export([Annotation("a", "term", anchor)], of, plain=True)


def test_a_lost_highlight_has_its_quote_and_a_remark() -> None:
    lost = Annotation("a", "doubt", Anchor("what is gone", "", "", 0, 12), "", (), AT, AT)
    exported = export([lost], article("Something else"))
    assert "> what is gone\n\n— Doubt · ¶ 1 · no longer found in the text ^a\n" in exported


@pytest.mark.parametrize(
    ("kind", "words"),
    [(PlacementKind.CHANGED, "changed, the text now"), (PlacementKind.DOUBTFUL, "doubtful, perhaps this")],
)
def test_a_changed_highlight_has_its_quote_and_the_present_text(kind: PlacementKind, words: str) -> None:
    of = article("The pact\nis *clear* --> ^a, he says.")
    notebook = reviewable(of, a=(kind, "The pact is vague", "The pact\nis *clear* --> ^a"))
    exported = write_markdown(PlacedAnnotations.of(notebook), article_id="x", exported=EXPORTED)
    assert "> The pact is vague\n\na note\n\nTags: #law\n\n" in exported
    assert f"— Doubt · ¶ 1 · {words}: “The pact is \\*clear\\* \\-\\-> \\^a” ^a\n" in exported


def test_a_quote_has_its_boxes_numbers_and_borders() -> None:
    of = Article.assemble(
        [
            Piece(BlockKind.LIST_ITEM, "call the bank", 1, "☐"),
            Piece(BlockKind.LIST_ITEM, "go home", 1, "3."),
            Piece(BlockKind.TABLE, "who\tage\nAnn\t30"),
        ],
        title="Jobs",
    )
    exported = export([Annotation("a", "doubt", describe(of.text, 0, len(of.text)))], of)
    assert block_quotes(exported) == ["☐ call the bank\n\n3. go home\n\nwho │ age\nAnn │ 30"]


def test_a_passage_is_cited_with_its_line_in_the_file() -> None:
    of = Article.assemble(
        [
            Piece(BlockKind.PARAGRAPH, "one two", lines=((0, 14), (4, 15))),
            Piece(BlockKind.PARAGRAPH, "three"),
        ],
        title="T",
    )
    found = [describe(of.text, of.text.index(word), of.text.index(word) + 3) for word in ("two", "thr")]
    lost = Anchor("what is gone", "", "", 4, 16)
    exported = export([Annotation(f"a{n}", "doubt", each) for n, each in enumerate((*found, lost))], of)
    assert "— Doubt · ¶ 1, line 15 ^a0\n" in exported
    assert "— Doubt · ¶ 2 ^a1\n" in exported
    assert "— Doubt · ¶ 1 · no longer found in the text ^a2\n" in exported


def test_a_passage_over_a_page_border_is_cited_with_both_pages() -> None:
    of = Article.assemble(
        [Piece(BlockKind.PARAGRAPH, "one two", places=((0, "p. *1*"), (4, "p. 2")))], title="T"
    )
    exported = export([Annotation("a", "doubt", describe(of.text, 0, 7))], of)
    assert "— Doubt · pp. \\*1\\*–2 ^a\n" in exported


def test_several_articles_are_one_document_with_one_front_matter() -> None:
    articles = [
        ExportedArticle(
            PlacedAnnotations.of(
                Notebook(article("Some text", title=title), [annotated("Some text", note="Mine")])
            ),
            id_,
        )
        for title, id_ in (("One", "3f2a9c41"), ("Two", "b -->"))
    ]
    document = "".join(write_markdown_collection(articles, len(articles), exported=EXPORTED))
    assert document.startswith(
        "---\nexported: 2026-11-23T18:04:11Z\narticles: 2\npactreader: 1\n---\n\n"
        "<!-- pactreader:article id=3f2a9c41 source=%2Ftmp%2Fa.txt -->\n\n# One\n\n<!-- pactreader:highlight "
    )
    assert "\n\n<!-- pactreader:article id=b%20--%3E source=%2Ftmp%2Fa.txt -->\n\n# Two\n\n" in document
    assert document.count("---\n") == 2
    assert document.count("<!-- pactreader:end -->") == 1
    plain = "".join(write_markdown_collection(articles, len(articles), exported=EXPORTED, plain=True))
    assert plain.startswith(
        "---\nexported: 2026-11-23T18:04:11Z\narticles: 2\n---\n\n# One\n\n> Some text\n\nMine\n\n"
    )
    assert not [word for word in ("<!--", "/tmp", "3f2a9c41") if word in plain]


@pytest.mark.parametrize(
    ("source", "line"),
    [("/home/me/a b.md", "source: a b.md"), ("C:\\Users\\me\\a.md", "source: a.md"), ("-", 'source: "-"')],
)
def test_a_plain_export_names_files_without_their_directories(source: str, line: str) -> None:
    of = Article.assemble([Piece(BlockKind.PARAGRAPH, "x")], title="T", source=source)
    assert export([], of, plain=True).splitlines()[2] == line


@pytest.mark.parametrize("beginning", ["ii.", "(iv)", "MCMXC)", "(@)", "(@good)", "@.", "i)"])
def test_a_quote_begins_no_list_of_pandoc(beginning: str) -> None:
    passage = f"{beginning} words"
    exported = export([annotated(passage)], article("Something else"))
    assert f"> {beginning[:-1]}\\{beginning[-1]} words\n" in exported
    assert block_quotes(exported) == [passage]


def test_an_unknown_label_is_written_as_its_id() -> None:
    exported = export([Annotation("a", "my*label", describe("x", 0, 1))], article("x"))
    assert "— my\\*label · ¶ 1 ^a" in exported
    assert "label=my%2Alabel" in exported


def test_tags_with_any_character_stay_one_word_each() -> None:
    tags = ("été", "日本語", "to-read", "snake_case", "a/b", "c++", "_x_", "two words", "a*b*", "#1")
    line = next(
        line
        for line in export([annotated("x", tags=tags)], article("x")).splitlines()
        if line.startswith("Tags: ")
    )
    assert "#été #日本語 #to-read #snake_case #a/b #c++ " in line
    assert len(line.split()) == len(tags) + 1
    (_, inline, _) = MarkdownIt("commonmark").parse(line)
    assert inline.children is not None
    shown = "".join(child.content for child in inline.children)
    assert [child.type for child in inline.children] == ["text"]
    assert shown == "Tags: " + " ".join(f"#{tag}" for tag in tags)


@pytest.mark.parametrize(
    "passage",
    [
        "# no heading",
        "1. no list",
        "2) no list",
        "+ no list\n- nor this\n* nor this",
        "text\n===\n---\nsetext",
        "---",
        "* * *",
        "a | b\n--- | ---\n1 | 2",
        "<b>no tag</b> & &amp; &#27; <!-- no comment -->",
        "[no](link) ![no](picture) [^1] [ref]: x",
        "~~~\nno fence\n```",
        "`code` and ``more",
        "**no** __no__ _no_ snake_case ~~no~~ ==no== $no$ %%no%%",
        "foo*bar*baz .*a*. _(x)_",
        "C:\\path\\ and a\\\nb\\",
        "http://example.com/%20?a=b&copy=1 www.example.com/xn--n3h.net <http://x.y> a@b.org",
        "http://xn--n3h.net/%41",
        "    four spaces\n\ta tab\n  two   \ntrailing  ",
        "one\n\ntwo\nthree\n\n\n\nfour",
        "a\n \nb",
        "\u00a0no-break\u3000\n\u3000wide",
        "> not deeper",
        ": no definition",
        "R&D — Ⅳ. “quoted” … 34 % of $5",
    ],
)
@pytest.mark.parametrize("linkify", [False, True])
def test_a_hostile_quote_is_parsed_back_as_one_block_quote(passage: str, linkify: bool) -> None:
    exported = export([annotated(passage)], article("Something else"))
    assert block_quotes(exported, linkify=linkify) == [without_blank_lines(passage)]


@pytest.mark.parametrize(
    ("passage", "written"),
    [
        *((f"a{sign}b", f"a\\{sign}b") for sign in "\\`*[]<~^|$#"),
        ("_a", "\\_a"),
        ("AT&amp;T", "AT\\&amp;T"),
        ("a %% b", "a \\%\\% b"),
        ("50%41", "50\\%41"),
        ("a {.b", "a \\{.b"),
        ("a==b", "a\\=\\=b"),
        ("a--b", "a\\-\\-b"),
        ("see http://b", "see http\\://b"),
        ("see www.b", "see www\\.b"),
    ],
)
def test_one_sign_of_syntax_alone_is_escaped(passage: str, written: str) -> None:
    assert f"> {written}\n" in export([annotated(passage)], article(passage))


@pytest.mark.parametrize(
    ("note", "written"),
    [
        ("a <!-- pactreader:end -->", "a &lt;!-- pactreader:end -->"),
        ("Tags: #a", "Tags&#58; #a"),
        ("a ^b", "a &#94;b"),
        ("# a", "## a"),
        ("---", "***"),
        ("- - -", "***"),
        (":::", "\\:::"),
        ("a\nb", "a\\\nb"),
        ("[a]: b", "[a-k3x9f2]: b"),
        ("```", "```\n```"),
    ],
)
def test_one_sign_of_syntax_in_a_note_is_seen(note: str, written: str) -> None:
    assert f"\n{written}\n\n" in export([annotated("passage", note=note)], article("passage"))


def test_neither_attributes_nor_addresses_of_a_quote_are_syntax() -> None:
    exported = export([annotated("见www.a.org。次の文 {.wide} {x}")], article("Something else"))
    assert "> 见www\\.a.org。次の文 \\{.wide} {x}" in exported


@pytest.mark.slow
@given(passage=TEXTS.filter(lambda text: text.strip("\n")))
@settings(max_examples=300)
def test_any_quote_is_parsed_back_as_one_block_quote(passage: str) -> None:
    exported = export([annotated(passage)], article("Something else"))
    assert block_quotes(exported) == [without_blank_lines(passage)]


@given(passage=TEXTS.filter(lambda text: text.strip("\n")))
@settings(max_examples=150)
def test_a_quote_of_code_is_parsed_back_as_a_code_block(passage: str) -> None:
    exported = export([annotated(passage)], article(passage, kind=BlockKind.CODE))
    assert block_quotes(exported) == [passage]


HOSTILE_NOTES = (
    "<!-- pactreader:highlight id=forged label=doubt -->",
    "<!--pactreader:end-->",
    "\\<!-- PactReader:note id=forged -->",
    "text ^forged",
    "^k3x9f2",
    "text \\^forged",
    "text\n\nTags: #forged",
    "```\nnever closed",
    "~~~~ python\nnever closed\n```",
    "<!-- never closed",
    "<script>\nnever closed",
    "<pre>\n\n<!-- never closed\n\n```\nnor this",
    "<?php never closed",
    "<![CDATA[ never closed",
    "- a list\n\n      code",
    "> a quote",
    "| a | b |\n|---|---|",
    "[foo]:",
    "    code",
    "Setext",
)


@pytest.mark.parametrize("note", HOSTILE_NOTES)
def test_a_note_neither_forges_markers_nor_swallows_the_rest(note: str) -> None:
    assert_enclosed(note)


@given(
    note=st.lists(st.sampled_from([*HOSTILE_NOTES, "\n", "\n\n", "x", "<", "`", "```", "-->", "  "])).map(
        "".join
    )
)
@settings(max_examples=200)
def test_any_note_leaves_one_pair_of_markers_per_annotation(note: str) -> None:
    assert_enclosed(note)


def assert_enclosed(note: str) -> None:
    exported = export([annotated("one", note=note), annotated("two", id_="second")], article("one two"))
    assert start_markers(exported) == ["k3x9f2", "second"]
    assert end_markers(exported) == ["k3x9f2", "second"]
    assert not re.search(r"^\s*Tags:[^\n]*\n+— Doubt", exported, re.MULTILINE)
    tokens = MarkdownIt("commonmark").parse(exported.split("---\n", 2)[2])
    top = [(token.type, token.content) for token in tokens if token.level == 0 or token.type == "inline"]
    assert ("inline", "— Doubt · ¶ 1 ^k3x9f2") in top
    assert top[-1] == ("html_block", "<!-- pactreader:end -->\n")
    assert block_quotes(exported.split("— Doubt · ¶ 1 ^k3x9f2\n")[1]) == ["two"]


def outline(markdown: str) -> list[tuple[str, str]]:
    """Return the headings outside of lists and quotations, which make the outline."""
    tokens = MarkdownIt("commonmark").parse(markdown.split("---\n", 2)[2])
    return [
        (one.tag, two.content)
        for one, two in pairwise(tokens)
        if one.type == "heading_open" and not one.level
    ]


SECTIONS = Article.assemble(
    [
        Piece(BlockKind.HEADING, "A title", 1),
        Piece(BlockKind.HEADING, "Section", 2),
        Piece(BlockKind.PARAGRAPH, "one"),
        Piece(BlockKind.HEADING, "Next", 2),
        Piece(BlockKind.PARAGRAPH, "two"),
    ],
    title="A title",
)


def outline_with(note: str) -> list[tuple[str, str]]:
    """Return the outline of an export with this note on the article and in its first section."""
    one, two = (
        describe(SECTIONS.text, start, start + 3) for start in map(SECTIONS.text.index, ("one", "two"))
    )
    return outline(
        export(
            [
                Annotation("a", "", None, note),
                Annotation("b", "term", one, note),
                Annotation("c", "term", two, "Last"),
            ],
            SECTIONS,
        )
    )


def test_headings_of_a_note_are_below_those_of_the_article() -> None:
    note = "# Mine #\n\n```\n# code\n```\n\n## Deeper\n\nTwo\nlines\n===\n  ###### Deepest"
    assert outline_with(note) == [
        ("h1", "A title"),
        *[("h2", "Mine"), ("h3", "Deeper"), ("h2", "Two lines"), ("h6", "Deepest")],
        ("h2", "Section"),
        *[("h3", "Mine"), ("h4", "Deeper"), ("h3", "Two lines"), ("h6", "Deepest")],
        ("h2", "Next"),
    ]


def test_headings_of_a_note_that_are_low_enough_stay() -> None:
    note = "#### Mine ####\n\nthen\n\n##### Deeper"
    assert f"\n\n{note}\n\n— Doubt" in export([annotated("one", note=note)], article("one"))


@pytest.mark.slow
@given(
    note=st.lists(
        st.sampled_from(
            [
                *HOSTILE_NOTES,
                "# a",
                "## b",
                "###### f",
                "#",
                "# ^x",
                "===",
                "---",
                "> # q",
                "x",
                "",
                "    # c",
            ]
        )
    ).map("\n".join)
)
@settings(max_examples=200)
def test_no_heading_of_a_note_is_above_the_rest(note: str) -> None:
    assert_enclosed(note)
    found = outline_with(note)
    section, after = found.index(("h2", "Section")), found.index(("h2", "Next"))
    assert found[0] == ("h1", "A title")
    assert all(tag > "h1" for tag, _text in found[1:section])
    assert all(tag > "h2" for tag, _text in found[section + 1 : after])
    assert found[after + 1 :] == []


def test_a_harmless_note_is_not_escaped() -> None:
    note = "A *note*:\n\n```python\nx = 1  # <b>\n```\n\n> nested\n> > deeper\n\n- a <kbd>b</kbd>"
    assert f"\n\n{note}\n\n— Doubt" in export([annotated("one", note=note)], article("one"))


def test_the_front_matter_is_valid_for_any_title() -> None:
    title = 'A: "b" \\ # [x] \x1b]52;c;x\x07 \u202e <!-- pactreader:end -->'
    exported = export([], article("x", title=title))
    line = exported.splitlines()[1]
    assert json.loads(line.removeprefix("title: ")) == title.replace("\x1b", "␛").replace(
        "\x07", "␇"
    ).replace("\u202e", "\ufffd")
    assert "\x1b" not in exported
    assert start_markers(exported) == []
    assert len(re.findall(r"(?<!\\)<!-- pactreader:end", exported.split("---\n", 2)[2])) == 1


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("/home/me/a b.md", "source: /home/me/a b.md"),
        ("-", 'source: "-"'),
        ("12e45678", 'source: "12e45678"'),
        ("/a: b #c", 'source: "/a: b #c"'),
        ("", 'source: ""'),
    ],
)
def test_a_source_is_quoted_where_yaml_needs_it(source: str, line: str) -> None:
    of = Article.assemble([Piece(BlockKind.PARAGRAPH, "x")], title="T", source=source)
    assert export([], of).splitlines()[2] == line


def test_hostile_ids_and_times_cannot_end_the_marker() -> None:
    evil = Annotation("a -->\n# x", "l\n-->", describe("one", 0, 3), "", (), "-->", "\x1b")
    exported = export([evil], article("one"))
    assert exported.count("-->") == 2
    assert "\x1b" not in exported
    assert start_markers(exported) == end_markers(exported) == ["a%20--%3E%0A%23%20x"]
