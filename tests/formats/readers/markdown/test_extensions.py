"""What GitHub, Obsidian and pandoc add to Markdown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effort import rounds
from formats.markdown_blocks import read, rows, styled, texts
from pactreader.core.article import BlockKind, SpanKind
from pactreader.core.links import resolve_target
from pactreader.core.printable_text import printable
from pactreader.formats.readers.markdown_reader import parse_markdown, parse_note


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("10<sup>6</sup> in 2<sup>10</sup>, H<sub>2</sub>O", "10⁶ in 2¹⁰, H₂O"),
        ("2^10^ and H~2~O, x~i+1~", "2¹⁰ and H₂O, xᵢ₊₁"),
        ("the 1<sup>st</sup>, M<sup>me</sup>", "the 1ˢᵗ, Mᵐᵉ"),
        ("<sup>14</sup>C, e<sup>−x</sup>", "¹⁴C, e⁻ˣ"),
        ("a<sup>q</sup>, a<sub>Z</sub>, a<sup>q*r</sup>, a^q\\ r^", "a^q, a_Z, a^(q*r), a^(q r)"),
        (
            "so<sup>[1]</sup> Acme<sup>®</sup> <sup>small print, Quite long</sup>",
            "so[1] Acme® small print, Quite long",
        ),
        ("see<sup>1,2</sup>", "see¹,²"),
        ("see<sup>1–3</sup>, 10<sup>６</sup>, x<sup>∞</sup>, a<sup>n→∞</sup>", "see¹⁻³, 10⁶, x^∞, a^(n→∞)"),
        ("2<sup>ème</sup>", "2ème"),
        ("SO~4~^2-^, *x*^2^, **v**~0~, $x$^2^, end.^3^ ^14^C", "SO₄²⁻, x², v₀, $x$², end.³ ¹⁴C"),
        ("^X^C and yes!^_^", "^X^C and yes!^_^"),
        ("x^2 and y^2, ~5 or ~6, ^C and ^D, a^ b^", "x^2 and y^2, ~5 or ~6, ^C and ^D, a^ b^"),
    ],
)
def test_superscripts_and_subscripts_are_never_letters_on_the_line(markdown, text):
    assert texts(markdown) == [text]


def test_styles_inside_a_superscript_keep_their_words():
    assert styled("a<sup>**Q**</sup> *b*", SpanKind.STRONG) == ["Q"]
    assert styled("a<sup>**Q**</sup> *b*", SpanKind.EMPHASIS) == ["b"]
    assert styled("so<sup>[7](x)</sup>", SpanKind.LINK) == ["⁷"]


@pytest.mark.parametrize(
    "formula",
    [
        "$f^*(t) = g^*(t)$",
        "$$x*y*z$$",
        r"$\{x \mid x > 0\}$",
        r"\(a_1 + b_2\)",
        r"\[c*d*e = 1\]",
        "$$\n\\int_0^1 x*y*z\n$$",
        "$a < b$",
        "$x_*$th and $y_*$s",
        "the $k$-means of $a*b*$,",
        "$`x*y*z`$",
    ],
)
def test_a_formula_in_a_paragraph_is_shown_letter_by_letter(formula):
    shown = formula.replace("`", "")
    assert texts(f"In *line* {formula} it is.") == [f"In line {shown} it is."]
    assert styled(f"In *line* {formula} it is.", SpanKind.EMPHASIS) == ["line"]


@pytest.mark.parametrize(
    "prose",
    [
        "It costs $5 or $6.",
        "From $1,000 to $2,000 ($20 more).",
        "Between US$5 and A$6, or 5$ and 6$.",
        "Set $HOME and $PATH to $HOME/$USER.",
        "$ 5 and 6 $",
    ],
)
def test_prices_and_variables_are_text(prose):
    assert texts(f"{prose} *Really.*") == [f"{prose} Really."]
    assert styled(f"{prose} *Really.*", SpanKind.CODE) == []


@pytest.mark.parametrize(
    ("written", "text"), [(r"\[1\] and \(see below\)", "[1] and (see below)"), (r"\[x\]", "[x]")]
)
def test_escaped_brackets_are_brackets(written, text):
    assert texts(written) == [text]


@pytest.mark.parametrize(
    ("markdown", "formula"),
    [
        (
            "$$\n\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}\n$$",
            "\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}",
        ),
        ("$$ x*y*z $$", "x*y*z"),
        ("$$\nx\n$$ {#eq:1}", "x"),
        ("\\[\na = b\n  + c\n\\]", "a = b\n  + c"),
        ("\\begin{align*}\nx &= 1\n\\end{align*}", "\\begin{align*}\nx &= 1\n\\end{align*}"),
        ("$$\na = b \\\\\n\nc = d\n$$", "a = b \\\\\n\nc = d"),
    ],
)
def test_a_displayed_formula_is_shown_line_by_line(markdown, formula):
    assert rows(f"Then\n{markdown}\nand") == [
        ("paragraph", "", 0, "Then"),
        ("code", "", 0, formula),
        ("paragraph", "", 0, "and"),
    ]


def test_a_formula_that_is_not_closed_is_text():
    assert texts("$$\na *b*\n\n$$ c") == ["$$ a b", "$$ c"]
    assert texts("$$\na *b*\n\n$$ c") == ["$$ a b", "$$ c"]
    assert texts("$$\na *b*\n\nc $x$ d\n\n$$e$$") == ["$$ a b", "c $x$ d", "e"]


@pytest.mark.parametrize(
    "written",
    [
        'Send "HELLO:<user name>" to <host>:<port>, or call Vec<T> and List<String>.',
        "If a<b and b>c, press <Enter>, <Menu> or <Select>.",
        "for <i> of <n>, </nope>, <your-name> and <title>",
        "SELECT * FROM <table> WHERE <td> = <menu> AND <section>",
        "Map<String, List<T>> m = new HashMap<>();",
        "std::vector<std::string>, ssh <user@host>, curl <host:port> and <user:password>",
    ],
)
def test_a_word_in_angle_brackets_that_is_no_element_stays(written):
    assert texts(written) == [written]


def test_a_placeholder_that_begins_a_block_stays():
    assert texts("<host>\n\n<user name>\nand more\n\n<div>a <b c></div>") == [
        "<host>",
        "<user name> and more",
        "a <b c>",
    ]


def test_elements_are_no_placeholders():
    assert texts("<b>x</b>, <span class=a>y</span>, z<br>w, <my-tag a=b>v</my-tag>, <u>t</u>") == [
        "x, y, z\nw, v, t"
    ]


def test_numbers_of_a_list_count_from_the_first():
    markers = [marker for _, marker, *_ in rows("1. a\n1. b\n\n   c\n7. d\n\nx\n\n3) e\n3) f\n")]
    assert markers == ["1.", "2.", "", "3.", "", "3)", "4)"]


@pytest.mark.parametrize(
    ("markdown", "strong"),
    [
        ("**注意：**请先备份", "注意："),
        ("这是**“引用”**的词", "“引用”"),
        ("彼は**「行く」**と言った", "「行く」"),
        ("이것은**(강조)**입니다", "(강조)"),
        ("a **b:** c", "b:"),
        ("看 **完了。**Next", "完了。"),
        ("看**完。**（再）", "完。"),
    ],
)
def test_strong_words_may_touch_letters_of_scripts_without_spaces(markdown, strong):
    assert styled(markdown, SpanKind.STRONG) == [strong]
    assert "*" not in read(markdown).text


def test_signs_of_emphasis_in_latin_words_are_as_before():
    assert texts("**Note:**text a * b *c*") == ["**Note:**text a * b c"]


def test_an_alert_has_its_kind_as_its_heading_line():
    assert rows("> [!WARNING]\n> Never run *this*.\n\n> [!note]\n>\n> - x") == [
        ("quotation", "", 1, "Warning"),
        ("quotation", "", 1, "Never run this."),
        ("quotation", "", 1, "Note"),
        ("list-item", "•", 1, "x"),
    ]
    assert styled("> [!WARNING]\n> x", SpanKind.STRONG) == ["Warning"]


def test_a_callout_may_have_a_title_and_fold():
    assert rows("> [!tip]- Keep *it* short\n> Nobody reads on.\n> > [!my-kind]+\n> > in") == [
        ("quotation", "", 1, "Tip: Keep it short"),
        ("quotation", "", 1, "Nobody reads on."),
        ("quotation", "", 2, "My kind"),
        ("quotation", "", 2, "in"),
    ]


@pytest.mark.parametrize("quotation", ["> [!x](y) z", "> a [!NOTE]", "> [!] x", "> [! x] y", "> \\[!NOTE] x"])
def test_other_quotations_are_no_callouts(quotation):
    assert len(read(quotation).blocks) == 1


def test_a_term_and_its_definitions_are_blocks():
    assert rows("Bridge\n: A *way* over.\n: A card game.\n\nFord\n\n:   One.\n\n    Two.\n") == [
        ("paragraph", "", 0, "Bridge"),
        ("list-item", "", 0, "A way over."),
        ("list-item", "", 0, "A card game."),
        ("paragraph", "", 0, "Ford"),
        ("list-item", "", 0, "One."),
        ("list-item", "", 0, "Two."),
    ]
    assert styled("Bridge\n: Over.", SpanKind.STRONG) == ["Bridge"]


def test_marked_and_struck_words_lose_their_signs():
    assert texts("==marked *so*== and ~struck~ and ~~too~~") == ["marked so and struck and too"]
    assert styled("==marked *so*== x", SpanKind.MARKED) == ["marked so"]
    assert styled("==marked *so*== x", SpanKind.EMPHASIS) == ["so"]
    assert styled("~struck~ and ~~too~~", SpanKind.STRUCK) == ["struck", "too"]


@pytest.mark.parametrize("text", ["a == b and c == d", "x==y", "=== three ===", "== a=="])
def test_signs_of_equality_are_text(text):
    assert texts(f"It is {text}") == [f"It is {text}"]


def test_divisions_between_colons_show_their_content():
    markdown = "::: {.wide #here}\nPlain.\n\n:::: warning Careful *now*\n- item\n::::\n:::\n\n:::tip[Try]\nIt.\n:::\nEnd."
    assert rows(markdown) == [
        ("paragraph", "", 0, "Plain."),
        ("quotation", "", 1, "Warning: Careful now"),
        ("list-item", "•", 1, "item"),
        ("quotation", "", 1, "Tip: Try"),
        ("quotation", "", 1, "It."),
        ("paragraph", "", 0, "End."),
    ]
    assert read(markdown).anchors == {"here": 0}


def test_a_grid_table_is_shown_as_it_is_drawn():
    grid = "+---+---+\n| a | b |\n+===+:=:+\n| * | * |\n+---+---+"
    assert rows(f"x\n\n{grid}\n\n+ y")[1:] == [("code", "", 0, grid), ("list-item", "•", 0, "y")]


def test_lines_behind_vertical_bars_stay_lines():
    article = read("| The *first*\n|   line\n\n| a | b |\n|---|\n| c |\n\nx |\n| y")
    assert [article.block_text(block) for block in article.blocks] == [
        "| The first\n|   line",
        "| a | b |\n|---|\n| c |",
        "x | | y",
    ]
    assert article.source_lines.at(article.text.index("line")) == 2


@pytest.mark.parametrize(
    ("opening", "heading"),
    [
        ('::: {.callout-tip title="Try *it*"}', "Tip: Try it"),
        ("::: {.callout-note #n title=Short}", "Note: Short"),
        (":::{admonition} Any title", "Any title"),
        (":::{admonition}", "Admonition"),
    ],
)
def test_the_callouts_of_quarto_and_myst_have_their_titles(opening, heading):
    assert rows(f"{opening}\nText.\n:::")[0] == ("quotation", "", 1, heading)


def test_colons_that_end_nothing_stay():
    assert texts("a\n:::\nb :::") == ["a", ":::", "b :::"]


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("## Words {#my-words}", "#my-words"),
        ('## Words {: #w .x key="a b"}', "#w"),
        ('## <a id="top"></a>Words', "#top"),
        ('<a name="before"></a>\n\n## Words', "#before"),
        ('## <span id="page-0-0"></span>**Words**', "#page-0-0"),
        ('<h2 id="html">Words</h2>', "#html"),
        ("## Words", "#words"),
        ("## Words {.x}", "#words"),
    ],
)
def test_a_link_leads_to_the_heading_that_has_its_anchor(heading, target):
    article = read(f"# Doc\n\n[Go]({target})\n\n{heading}\n\nText.")
    found = resolve_target(article, target)
    assert found
    assert article.text[slice(*found)] == "Words"


@pytest.mark.parametrize("heading", ["Set {a, b}", "Use {x}", "f({#})", "Braces {"])
def test_braces_that_are_no_attributes_stay(heading):
    assert texts(f"# {heading}") == [heading]


def test_signs_that_close_a_heading_may_stand_before_its_attributes():
    assert texts("# Words # {#x}\n\n## C# {.a}") == ["Words", "C#"]


def test_formulas_in_mathml_show_their_letters():
    assert texts("so <math><mi>x</mi><mo>=</mo><mn>1</mn></math>\n\nfor <mi>") == ["so x=1", "for <mi>"]


def test_isolates_and_embeddings_of_writing_direction_are_invisible_but_overrides_are_shown():
    assert texts("a \u2068b\u2069 \u202ac\u202c \u202ed") == ["a b c \ufffdd"]


def test_a_mark_of_writing_direction_is_invisible():
    assert texts("C++&rlm; `x`&lrm; ![a&rlm;](b) <i title=x>&#x61c;y</i>\n\n<p>z&rlm;</p>") == [
        "C++ x a y",
        "z",
    ]


def test_markdown_between_html_tags_is_markdown():
    markdown = """\
<details open>
<summary>More</summary>

Some **bold** words.

- item

  <b>in</b> it

| a | b |
|---|---|
| 1 | 2 |

</details>

<table>
<tr><td>

`x` *y*

</td><td>z</td></tr>
</table>

<blockquote>

Quoted

<h3>

Head

</h3>

</blockquote>

<!-- a comment

over two blocks -->

End <!-- of --> it.
"""
    assert rows(markdown) == [
        ("paragraph", "", 0, "More"),
        ("paragraph", "", 0, "Some bold words."),
        ("list-item", "•", 0, "item"),
        ("list-item", "", 0, "in it"),
        ("table", "", 0, "a\tb\n1\t2"),
        ("table", "", 0, "x y\tz"),
        ("quotation", "", 1, "Quoted"),
        ("heading", "", 1, "Head"),
        ("paragraph", "", 0, "End  it."),
    ]


@pytest.mark.parametrize(
    "opening",
    [
        "<div>",
        "<ul><li>",
        "<table><tr><td>",
        "<pre>",
        "<b>",
        '<div class="',
        "<svg class=x>",
        "<style>",
        "<p",
        "<!x",
    ],
)
def test_an_element_that_is_never_closed_swallows_nothing(opening):
    article = read(f"{opening}\n\nOne *word*.\n\n# Head\n\nTwo.\n")
    assert "word" in article.text
    assert "Head" in article.text
    assert "Two." in article.text


def test_a_note_keeps_its_lines():
    assert parse_note("one\ntwo **x\ny**\n\n<b>z</b>").text == "one\ntwo x\ny\n\nz"


def test_the_language_that_the_user_chose_overrules_the_front_matter():
    assert parse_markdown("---\nlang: fr\n---\nx", title="t", language="de").language == "de"
    assert parse_markdown("---\nlang: fr\n---\nx", title="t").language == "fr"


def test_no_kind_of_block_loses_its_kind_in_a_list():
    kinds = [kind for kind, *_ in rows("- a\n\n  $$\n  x\n  $$\n\n  > [!NOTE]\n  > b\n\n  <pre>c</pre>\n")]
    assert kinds == [
        BlockKind.LIST_ITEM,
        BlockKind.CODE,
        BlockKind.LIST_ITEM,
        BlockKind.LIST_ITEM,
        BlockKind.CODE,
    ]


PARTS = st.sampled_from(
    [
        *"*_`~^=$[]()<>|:#-!&\\\n\n\n ",
        *("**", "==", "$$", "\n\n", "    ", "\n> ", "\n- ", "\n1. ", "\n: ", "\n::: ", "\n:::\n", "> [!NOTE] ", "[^1]: "),
        *("word", "two words", "注意：", "&#27;", "&rlm;", "\u202e", "{#id}", "\\(x\\)", "\n\\[\n", "\n$$\n", "\n| a | b |\n|---|---|\n"),
        *("<div>", "</div>", "<b>", "</b>", "<sup>", "</sup>", "<pre>", "</pre>", "<table><tr><td>", "</table>", "<!--", "-->"),
        *("<a id=x href=y>", "</a>", "<img alt=c\n src=d>", "<details>\n\n", "\n\n</details>\n\n", "<br>", "<user name>", "<svg>"),
    ]
)  # fmt: skip


@settings(max_examples=rounds(200, 20_000))
@given(st.lists(PARTS, max_size=40).map("".join))
def test_any_text_is_read_and_is_printable(markdown):
    article = read(printable(markdown))
    assert article.text == printable(article.text)
    lines = article.text.count("\n") + markdown.count("\n") + 2
    for block in article.blocks:
        assert block.start < block.end
        assert all(block.start <= span.start < span.end <= block.end for span in block.spans)
        assert list(block.spans) == sorted(block.spans, key=lambda span: (span.start, -span.end))
        assert 1 <= (article.source_lines.at(block.start) or 1) <= lines
