import subprocess
import sys
from time import process_time

import pytest

from pactreader.core.article import Article, BlockKind, SpanKind
from pactreader.core.links import links_between, resolve_target
from pactreader.core.printable_text import printable
from pactreader.formats.readers.markdown_reader import parse_markdown

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
QUOTATION, CODE, RULE, TABLE = BlockKind.QUOTATION, BlockKind.CODE, BlockKind.RULE, BlockKind.TABLE


def structure(article: Article) -> list[tuple[BlockKind, int, str, int, str]]:
    return [
        (block.kind, block.level, block.marker, block.quoted, article.block_text(block))
        for block in article.blocks
    ]


def block_texts(markdown: str) -> list[str]:
    article = parse_markdown(markdown, title="file")
    return [article.block_text(block) for block in article.blocks]


def styled(markdown: str) -> list[tuple[str, SpanKind, str]]:
    article = parse_markdown(markdown, title="file")
    return [
        (article.text[span.start : span.end], span.kind, span.target)
        for block in article.blocks
        for span in block.spans
    ]


def test_front_matter_is_shown_above_the_text() -> None:
    article = parse_markdown(
        "---\ntitle: \"A: 'b'\"\nauthors:\n  - Ann Lee\n  - 'O''Neill, Bo'\ndate: 2024-01-02\nlang: de-AT\n---\n# Other\n\nText.",
        title="file",
    )
    assert (article.title, article.author, article.date, article.language) == (
        "A: 'b'",
        "Ann Lee, O'Neill, Bo",
        "2024-01-02",
        "de",
    )
    assert structure(article) == [
        (HEADING, 1, "", 0, "A: 'b'"),
        (PARAGRAPH, 0, "", 0, "Ann Lee, O'Neill, Bo · 2024-01-02"),
        (HEADING, 1, "", 0, "Other"),
        (PARAGRAPH, 0, "", 0, "Text."),
    ]
    assert article.blocks[1].spans[0].kind is SpanKind.EMPHASIS


def test_a_title_that_is_the_first_heading_is_shown_once() -> None:
    assert block_texts('---\ntitle: One\nauthor: [Ann, "Bo, B."]\n---\n\n## One\n\nText.') == [
        "One",
        "Ann, Bo, B.",
        "Text.",
    ]


@pytest.mark.parametrize(
    "text", ["---\nno fields\n---\nText", "---\n\nText\n\n---\n", "---\ntitle: open\n\nText"]
)
def test_other_text_between_rules_is_no_front_matter(text: str) -> None:
    words = "".join(block_texts(text))
    assert all(word in words for word in text.replace("-", " ").split())


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("Text.\n\n# *First* level\n", "First level"),
        ("## Appendix A: Words\n\n# Later\n", "Appendix A: Words"),
        ('<h1 align="center">My Tool</h1>\n\n# Use\n', "My Tool"),
        ("Title\n===\n", "Title"),
        ("", "file"),
    ],
)
def test_the_title_is_the_first_heading_of_any_level(markdown: str, title: str) -> None:
    assert parse_markdown(markdown, title="file").title == title


def test_list_items_keep_levels_markers_and_blocks() -> None:
    markdown = """\
1. one

   later

       code
2. two
   - a
     - b
       - c
         - d
7) seven

- [ ] to do
- [x] done
- > quoted
"""
    assert structure(parse_markdown(markdown, title="file")) == [
        (ITEM, 1, "1.", 0, "one"),
        (ITEM, 1, "", 0, "later"),
        (CODE, 1, "", 0, "code"),
        (ITEM, 1, "2.", 0, "two"),
        (ITEM, 2, "•", 0, "a"),
        (ITEM, 3, "◦", 0, "b"),
        (ITEM, 4, "▪", 0, "c"),
        (ITEM, 5, "•", 0, "d"),
        (ITEM, 1, "7)", 0, "seven"),
        (ITEM, 1, "☐", 0, "to do"),
        (ITEM, 1, "☑", 0, "done"),
        (ITEM, 1, "•", 1, "quoted"),
    ]


def test_quotations_have_a_depth() -> None:
    assert structure(parse_markdown("> one\n>\n> > two\n>\n> - item\n", title="file")) == [
        (QUOTATION, 0, "", 1, "one"),
        (QUOTATION, 0, "", 2, "two"),
        (ITEM, 1, "•", 1, "item"),
    ]


def test_inline_styles_are_spans() -> None:
    assert styled("*a* **b *c*** `d` ~~e~~ [f *g*](http://x.y) <http://z> ![h](i.png)") == [
        ("a", SpanKind.EMPHASIS, ""),
        ("b c", SpanKind.STRONG, ""),
        ("c", SpanKind.EMPHASIS, ""),
        ("d", SpanKind.CODE, ""),
        ("e", SpanKind.STRUCK, ""),
        ("f g", SpanKind.LINK, "http://x.y"),
        ("g", SpanKind.EMPHASIS, ""),
        ("http://z", SpanKind.LINK, "http://z"),
        ("h", SpanKind.LINK, "i.png"),
    ]


def test_soft_breaks_are_joined_and_hard_breaks_kept() -> None:
    assert block_texts("one\ntwo  \nthree\\\nfour<br>five\n\n你好\n世界") == [
        "one two\nthree\nfour\nfive",
        "你好世界",
    ]


def test_code_keeps_every_line() -> None:
    assert block_texts("```py\nif x:\n\n    y\n```\n\n    a\n      b\n") == ["if x:\n\n    y", "a\n  b"]


def test_a_table_has_a_line_per_row_and_tabs_between_cells() -> None:
    markdown = "| a | *b* |\n|---|---|\n| 1<br>2 | `c` |\n| | x\\|y |\n"
    article = parse_markdown(markdown, title="file")
    assert structure(article) == [(TABLE, 0, "", 0, "a\tb\n1 2\tc\n\tx|y")]
    assert styled(markdown) == [("b", SpanKind.EMPHASIS, ""), ("c", SpanKind.CODE, "")]


def test_a_footnote_reference_is_a_link_to_it() -> None:
    article = parse_markdown("Text[^a] and [so on](x).\n\n[^a]: Note.\n", title="file")
    links = links_between(article, 0, len(article.text))
    assert [(article.text[link.start : link.end], link.target) for link in links] == [
        ("[a]", "#^a"),
        ("so on", "x"),
    ]
    found = resolve_target(article, links[0].target)
    assert found
    assert article.text[slice(*found)] == "Note."


def test_footnotes_stay_where_they_are_written() -> None:
    markdown = "Text[^a] and[^2].\n\n[^a]: Note *a*.\n\n    More.\n\n[^unused]: Kept.\n\n[^2]: Two.\n"
    assert structure(parse_markdown(markdown, title="file")) == [
        (PARAGRAPH, 0, "", 0, "Text[a] and[2]."),
        (ITEM, 1, "[a]", 0, "Note a."),
        (ITEM, 1, "", 0, "More."),
        (ITEM, 1, "[unused]", 0, "Kept."),
        (ITEM, 1, "[2]", 0, "Two."),
    ]


def test_html_tags_and_comments_are_dropped() -> None:
    markdown = """\
A <b>bold</b> <!-- secret --> word.

<div class="x>y">
<p>One &amp; <i>two</i></p><p>three<br/>four</p>
<!-- secret -->
<script>secret()</script>
</div>

<!-- never closed

but kept
"""
    found = "\n".join(block_texts(markdown))
    assert "A bold  word." in found
    assert "One & two\nthree\nfour" in found
    assert "secret" not in found
    assert "but kept" in found


def test_pictures_are_their_descriptions() -> None:
    assert block_texts('![a *cat*](cat.png) ![](x.png "named") ![](y.png)\n\n<img src="z" alt="a dog">') == [
        "a cat named [picture]",
        "a dog",
    ]


@pytest.mark.parametrize(
    "markdown",
    [
        "&#27;[31m &#x9b;x &#x202e; &#x2028;",
        "`&#27;` [a&#27;](b&#27; 'c&#27;') ![&#27;](x)",
        "# &#27;]0;x&#7;",
        "<p>&#27;&#x9b;&#x202e;</p>",
        "| &#27; |\n|---|\n| &#x9b; |",
        "x[^1]\n\n[^1]: &#27;",
        '---\ntitle: "\x1b]52;c;x\x07"\nauthor: \u202e\n---\nx',
    ],
)
def test_no_character_reference_becomes_a_control_character(markdown: str) -> None:
    article = parse_markdown(markdown, title="file")
    shown = [article.title, article.text, article.author, article.date]
    shown += [block.marker for block in article.blocks]
    shown += [span.target for block in article.blocks for span in block.spans]
    assert all(text == printable(text) for text in shown)
    assert article.blocks


@pytest.mark.parametrize("markdown", [">" * 3_000 + " deep", "- " * 300 + "deep", "> - " * 200 + "deep"])
def test_too_deep_nesting_is_shown_as_plain_text(markdown: str) -> None:
    article = parse_markdown(markdown, title="file")
    assert "deep" in article.text
    assert "nested too deeply" in article.warning


@pytest.mark.parametrize(
    "markdown", ["[" * 3_000, "*a " * 3_000, "x" + "`" * 3_000, "![" * 1_500, "<!-- " * 3_000, "|" * 3_000]
)
def test_nothing_hostile_is_lost(markdown: str) -> None:
    assert "".join(block_texts(markdown)).replace(" ", "") == markdown.replace(" ", "")


def test_a_tree_of_html_is_imported_only_for_blocks_of_html() -> None:
    code = (
        "import sys; from pactreader.formats.readers.markdown_reader import parse_markdown; "
        "parse_markdown('# a *b* <b>c</b>', title=''); print('lxml.etree' in sys.modules); "
        "parse_markdown('<p>a</p>', title=''); print('lxml.etree' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


@pytest.mark.parametrize(
    "part",
    [
        "<div>\n\n", "<div>", "<b>", "<details>\n\nx\n\n", "<!--", "<td>", "$$a\n", "$x ", "\\(", "\\[\n", "==a ", "^a",
        "a~b", ":::\n", "::: note\n", "a\n: b\n\n", "> [!x]\n\n", "<x ", "<a '\"", "# a {#b}\n", "x<sup>", "&rlm;",
    ],
)  # fmt: skip
def test_a_long_text_of_one_construct_takes_linear_time(part: str) -> None:
    def seconds(count: int) -> float:
        start = process_time()
        parse_markdown(part * count, title="file")
        return process_time() - start

    seconds(10)
    short = min(seconds(500) for _ in range(3))
    assert min(seconds(4_000) for _ in range(2)) < 30 * max(short, 0.005)  # 64 times if it were quadratic
