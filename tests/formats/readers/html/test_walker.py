"""HTML becomes the blocks that its Markdown would be."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.article import Article, BlockKind, SpanKind
from pactreader.core.printable_text import printable
from pactreader.formats.readers.html.tree import parse_html
from pactreader.formats.readers.html.walker import HtmlWalker

SECONDS_A_MEGABYTE = 1.0
"""The time that a page of a megabyte may take on a slow machine, a quarter of what the tests allow."""
Rows = list[tuple[str, int, str, int, str]]


def read(html: str, **options) -> Article:
    tree = parse_html(html)
    pieces = [] if tree is None else HtmlWalker(**options).walk(tree)
    return Article.assemble(pieces, title="page")


def rows(html: str) -> Rows:
    article = read(html)
    return [
        (block.kind.value, block.level, block.marker, block.quoted, article.block_text(block))
        for block in article.blocks
    ]


def texts(html: str) -> list[str]:
    return [text for *_, text in rows(html)]


def styles(html: str, **options) -> list[tuple[str, SpanKind, str]]:
    article = read(html, **options)
    return [
        (article.text[span.start : span.end], span.kind, span.target)
        for block in article.blocks
        for span in block.spans
    ]


def test_headings_paragraphs_and_rules():
    assert rows("<h1>A <i>title</i></h1>Text\n on <div>two</div> lines<hr><p>More.<h3>Low</h3>") == [
        ("heading", 1, "", 0, "A title"),
        ("paragraph", 0, "", 0, "Text on"),
        ("paragraph", 0, "", 0, "two"),
        ("paragraph", 0, "", 0, "lines"),
        ("rule", 0, "", 0, "* * *"),
        ("paragraph", 0, "", 0, "More."),
        ("heading", 3, "", 0, "Low"),
    ]


def test_lists_have_the_markers_of_their_kinds():
    html = """<ul><li>a<ul><li>b</ul><li><p>c</p><p>d</p></ul>
    <ol start=3><li>e<li value=7>f<li>g</ol><ol type=a reversed><li>h<li>i</ol><ol type=I start=4><li>j</ol>
    <ul><li><input type=checkbox checked> k<li><input type="checkbox"> l</ul><li>alone"""
    assert rows(html) == [
        ("list-item", 1, "•", 0, "a"),
        ("list-item", 2, "◦", 0, "b"),
        ("list-item", 1, "•", 0, "c"),
        ("list-item", 1, "", 0, "d"),
        ("list-item", 1, "3.", 0, "e"),
        ("list-item", 1, "7.", 0, "f"),
        ("list-item", 1, "8.", 0, "g"),
        ("list-item", 1, "b.", 0, "h"),
        ("list-item", 1, "a.", 0, "i"),
        ("list-item", 1, "IV.", 0, "j"),
        ("list-item", 1, "☑", 0, "k"),
        ("list-item", 1, "☐", 0, "l"),
        ("list-item", 1, "•", 0, "alone"),
    ]


def test_quotations_and_definitions():
    assert rows("<blockquote>one<blockquote><p>two</blockquote><ul><li>three</ul></blockquote>four") == [
        ("quotation", 0, "", 1, "one"),
        ("quotation", 0, "", 2, "two"),
        ("list-item", 1, "•", 1, "three"),
        ("paragraph", 0, "", 0, "four"),
    ]
    assert rows("<dl><dt>Ford<dd>A way through water.</dl>") == [
        ("paragraph", 0, "", 0, "Ford"),
        ("list-item", 1, "", 0, "A way through water."),
    ]
    assert styles("<dl><dt>Ford<dd>x</dl>") == [("Ford", SpanKind.STRONG, "")]


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<pre>\nif x:\n\n    y\n</pre>", "if x:\n\n    y"),
        ("<pre><code>a &lt; <b>b</b>\n  c</code></pre>", "a < b\n  c"),
        ("<pre>a<br>  b<div>c</div><div>d</div></pre>", "a\n  b\nc\nd"),
    ],
)
def test_preformatted_text_keeps_its_lines_and_blanks(html, code):
    assert rows(html) == [("code", 0, "", 0, code)]


def test_a_table_of_data_has_a_line_a_row_and_tabs_between_cells():
    html = """<table><caption>Towns</caption><thead><tr><th>Name<th colspan=2>Size</thead>
    <tr><td>Ull<p>dorf</p></td><td><b>3</b><br>4</td><td></td></tr></table>"""
    assert rows(html) == [
        ("paragraph", 0, "", 0, "Towns"),
        ("table", 0, "", 0, "Name\tSize\t\nUll dorf\t3 4\t"),
    ]
    assert styles(html) == [("3", SpanKind.STRONG, "")]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>One<tr><td>Two</table>",
        "<table><tr><td><h2>One</h2><td>Two</table>",
        "<table><tr><td>One<td><table><tr><td>Two</table></table>",
        "<table><tr><td>One<td><ul><li>Two</ul></table>",
    ],
)
def test_a_table_that_arranges_a_page_is_read_as_its_blocks(html):
    assert texts(html) == ["One", "Two"]


def test_inline_elements_are_styles():
    html = """<b>bold</b> <em>soft</em> <code>code</code> <kbd>key</kbd> <del>old</del> <mark>new</mark>
    <a href="/x">link <img src="i.png" alt="of a cat"></a> <img src="j.png" alt="A dog"> <a name=z>place</a>"""
    assert styles(html) == [
        ("bold", SpanKind.STRONG, ""),
        ("soft", SpanKind.EMPHASIS, ""),
        ("code", SpanKind.CODE, ""),
        ("key", SpanKind.CODE, ""),
        ("old", SpanKind.STRUCK, ""),
        ("new", SpanKind.MARKED, ""),
        ("link of a cat", SpanKind.LINK, "/x"),
        ("A dog", SpanKind.LINK, "j.png"),
    ]


def test_links_are_absolute_where_a_base_is_given():
    html = '<a href="../b?c">x</a> <a href="#here">y</a> <a href="JavaScript:run()">z</a> <a href="http://[">w</a>'
    assert styles(html, base="https://a.org/d/e") == [
        ("x", SpanKind.LINK, "https://a.org/b?c"),
        ("y", SpanKind.LINK, "#here"),
        ("w", SpanKind.LINK, "http://["),
    ]


def test_styles_go_on_over_blocks_and_end_in_any_order():
    assert styles("<b>one<div>two</div></b><p>three") == [
        ("one", SpanKind.STRONG, ""),
        ("two", SpanKind.STRONG, ""),
    ]
    assert styles("<p><b>a <i>b</b> c</i>") == [("a b", SpanKind.STRONG, ""), ("b", SpanKind.EMPHASIS, "")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("10<sup>6</sup> H<sub>2</sub>O", "10⁶ H₂O"),
        ("a<br>b", "a\nb"),
        ("a <br> b", "a\nb"),
        ("<ruby>漢<rt>かん</rt></ruby>", "漢(かん)"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "漢(かん)"),
        ("say <q>yes</q>", "say “yes”"),
        ("a<wbr>b&nbsp;c", "ab\xa0c"),
        ("漢字\n漢字 and\nword", "漢字漢字 and word"),
        ('<math alttext="x^2"><mi>x</mi></math> is', "$x^2$ is"),
        ('<math><mi>x</mi><annotation encoding="application/x-tex">x_1</annotation></math>', "$x_1$"),
        ("<img src=x> <img alt='' src=y>", "[picture]"),
    ],
)
def test_inline_text(html, text):
    assert texts(f"<p>{html}</p>") == [text]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>secret()</script>",
        "<style>secret</style>",
        "<!-- secret -->",
        "<?php secret ?>",
        "<template>secret</template>",
        "<p hidden>secret</p>",
        '<p style="color:red; display : none">secret</p>',
        '<span aria-hidden="true">secret</span>',
        "<svg><title>secret</title></svg>",
        "<button>secret</button>",
        "<head><title>secret</title></head>",
    ],
)
def test_what_is_hidden_is_dropped_and_the_text_behind_it_stays(hidden):
    assert " ".join(texts(f"<div>before {hidden} after</div>")) == "before after"


def test_a_property_whose_name_ends_like_display_hides_nothing():
    assert texts('<p style="--footer-display: none">shown</p>') == ["shown"]


def test_anchors_lead_to_the_blocks_that_they_are_in_or_before():
    article = read('<a id="one"></a><h2>Head</h2><p>x <span id="two">y</span></p><p id=" ">z')
    assert {name: article.block_text(article.block_at(at)) for name, at in article.anchors.items()} == {
        "one": "Head",
        "two": "x y",
    }


def test_every_word_has_its_line():
    html = '<p\n class="x">one\ntwo <b>three</b>\n\n<pre>\nfour\n  five</pre><ul>\n<li>six</ul>'
    article = read(html, first_line=11)
    lines = {
        word: article.source_lines.at(article.text.index(word))
        for word in ("one", "two", "three", "four", "five", "six")
    }
    assert lines == {"one": 12, "two": 13, "three": 13, "four": 16, "five": 17, "six": 18}


@pytest.mark.parametrize("depth", [1_000, 5_000, 100_000])
@pytest.mark.parametrize(
    "tag", ["div", "blockquote", "ul", "b", "table", "pre", "code", "a", "h2", "dl", "aside", "mrow"]
)
def test_no_depth_loses_text(tag, depth):
    assert texts(f"<{tag}>" * depth + "deep" + f"</{tag}>" * depth) == ["deep"]


@pytest.mark.parametrize(
    "html", ["", " ", "<!-- x -->", "</p>", "<p></p>", "<table></table>", "<ol><li></ol>"]
)
def test_markup_without_text_has_no_blocks(html):
    assert rows(html) == []


CONSTRUCTS = (
    '<div class="callout note">',
    '<div class="footnotes">',
    '<span class="footnote">',
    '<span class="line">',
    '<a href="#x">1</a>',
    '<a href="#x">',
    '<p id="x">',
    '<li id="x">',
    "<sup>1</sup>",
    "<ul&nbsp;>",
    '<p<sup id="x">',
    '<table class="highlight">',
    '<td class="gutter">1</td>',
    '<span class="katex-display math">',
)
MANY = {
    "links to one place": '<p>a<sup><a href="#n">1</a></sup>' * 5_000
    + '<div class="footnotes"><p id="n">1 x</div>',
    "footnotes": "".join(f'<p>a<sup><a href="#n{i}">{i}</a></sup></p>' for i in range(3_000))
    + "<ol class='footnotes'>"
    + "".join(f'<li id="n{i}">x <a href="#r{i}">^</a></li>' for i in range(3_000))
    + "</ol>",
    "side notes": "<p>" + '<span class="sidenote">Words of a note.</span>' * 3_000,
    "callouts in callouts": '<div class="callout note">' * 1_000 + "x",
    "formulas": '<span class="katex"><math><annotation encoding="tex">x</annotation></math></span>' * 3_000,
    "lines of code": "<pre>" + '<div class="line"><span>1</span>x</div>' * 10_000,
    "code without pre": "<div class='code'><code>a\nb</code></div>" * 5_000,
    "cells": "<table>" + ("<tr>" + "<td>a" * 10) * 3_000,
    "spanning cells": "<table>" + ("<tr><th>" + "<td rowspan=1000000000 colspan=1000000000>a") * 1_000,
    "line breaks": "a<br><br>" * 20_000,
    "a long text": "<p>" + "word " * 200_000,
    "brackets": "<sup>" + "[" * 1_000_000,
    "dollars": '<span class="math">' + "$" * 1_000_000,
    "a long class": f'<pre><span class="{"line-" * 200_000}">x</span></pre>',
    "a long set of images": f'<img src="data:" srcset="{"a 1x," * 200_000}">',
    "a long description": "<img class=latex src=x alt='" + "{\\displaystyle " * 60_000 + "'>",
}
"""Pages that have very many of a thing."""


@pytest.mark.parametrize("html", MANY.values(), ids=MANY)
def test_the_time_to_read_a_page_is_proportional_to_its_size(html):
    started = time.process_time()
    read(html)
    assert time.process_time() - started < 4 * SECONDS_A_MEGABYTE * max(1, len(html) / 1e6)


NAMES = "p b a i div aside section code h3 ul ol li table tr td th pre br hr h2 blockquote sup sub dl dt dd q ruby rt span details"
WORD = "слово"
"""A word that has no letters for superscripts."""
TAGS = st.sampled_from(NAMES.split())
PARTS = st.one_of(
    TAGS.map(lambda name: f"<{name}>"),
    TAGS.map(lambda name: f"</{name}>"),
    st.sampled_from(CONSTRUCTS),
    st.sampled_from(["&#27;", "&#x202e;", "&#155;", "&rlm;", WORD, " ", "\n", "<input type=checkbox>", "< "]),
)


@given(st.lists(PARTS, max_size=40).map("".join))
def test_any_markup_is_read_and_is_printable(html):
    article = read(html, first_line=1)
    assert article.text == printable(article.text)
    assert all(span.start < span.end for block in article.blocks for span in block.spans)
    assert all(block.kind is BlockKind.CODE or article.block_text(block).strip() for block in article.blocks)
    assert "".join(article.text.split()).count(WORD) == html.count(WORD)


def test_control_characters_are_visible_also_where_a_text_is_moved():
    html = '<p>&#27;a&#x0;<span class="sidenote">Words of &#000027; a note.</span></p><div class="note">\x1b&#65534;'
    assert texts(html) == ["␛a␀[1]", "Words of ␛ a note.", "Note", "␛\ufffd"]
