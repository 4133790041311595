"""What pandoc, GitHub and Obsidian add inside of paragraphs."""

import pytest

from formats.markdown_blocks import read, styled, texts
from pactreader.core.article import SpanKind
from pactreader.core.links import resolve_target


@pytest.mark.parametrize(
    "prose",
    [
        "Pages 5~10 and 6~7.",
        "票价10~20元，30~40元。",
        "1월~3월, 5월~7월",
        "東京~大阪、京都~神戸",
        "3~5~7",
    ],
)
def test_a_tilde_from_one_value_to_another_is_text(prose):
    assert texts(prose) == [prose]
    assert styled(prose, SpanKind.STRUCK) == []


def test_single_tildes_strike_words_out_also_without_spaces():
    assert styled("~a b~ and 这是~删除~的", SpanKind.STRUCK) == ["a b", "删除"]


def test_signs_in_code_neither_begin_nor_end_marked_text():
    markdown = "==use `a=b` here== but ==open `x==y`, ==end"
    assert texts(markdown) == ["use a=b here but ==open x==y, ==end"]
    assert styled(markdown, SpanKind.MARKED) == ["use a=b here"]


def test_a_note_in_a_paragraph_has_no_caret():
    assert texts("so^[As *Ann* says, see [7](x).] and x^[2], a^[b]") == [
        "so[As Ann says, see 7.] and x^[2], a^[b]"
    ]


def test_attributes_are_not_shown():
    markdown = 'A [link](u){.cls target="_blank"}, ![pic](p.png){width=50%} and `code`{.py}, `<b>`{=html}.'
    assert texts(markdown) == ["A link, pic and code, <b>."]


@pytest.mark.parametrize("written", ["f{x} and {#id}", "a {.b}", "`x` {.py}", "[a](b){c d}", "[x]{y}"])
def test_other_braces_are_text(written):
    shown = written.replace("`", "").replace("[a](b)", "a")
    assert texts(written) == [shown]


def test_a_link_leads_to_a_text_with_attributes():
    article = read("# One\n\nsome [*small* caps]{.smallcaps #here}, []{#there}and")
    assert texts("[*small* caps]{.smallcaps #here}, []{#there}and") == ["small caps, and"]
    for target in ("#here", "#there"):
        found = resolve_target(article, target)
        assert found
        assert article.text[slice(*found)] == "some small caps, and"
