import pytest

from pactreader.formats.readers.html.markup import clean, flatten, parse_tag, tags_in


def test_a_tag_has_a_name_and_attributes():
    tag = parse_tag("<IMG alt='a > b' Width=3 hidden\n title=\"&amp;\"/>")
    assert tag
    assert (tag.name, tag.is_end) == ("img", False)
    assert tag.attributes == {"alt": "a > b", "width": "3", "hidden": "", "title": "&"}
    assert [(each.name, each.is_end) for each in tags_in("a <b>c</b > < d <e")] == [("b", False), ("b", True)]


@pytest.mark.parametrize("text", ["<!-- x -->", "<!DOCTYPE html>", "<?php x ?>", "a", "< a>"])
def test_other_texts_are_no_tags(text):
    assert parse_tag(text) is None


@pytest.mark.parametrize(
    ("markup", "cleaned"),
    [
        ("<p>a<!-- x\ny -->b</p>", "<p>a\nb</p>"),
        ("<Script>x</SCRIPT><style\n>y</style>z", "\nz"),
        ("a <!-- never closed", "a &lt;!-- never closed"),
        ("<div>a < b <c> <i></div>", "<div>a &lt; b &lt;c> &lt;i></div>"),
        ("<b>a</b> <p>b <svg x=y>", "<b>a</b> <p>b "),
        ('<div class="', '&lt;div class="'),
        ("<![CDATA[x]]>", "&lt;![CDATA[x]]>"),
        ("İ<script>x</script>", "İ"),
    ],
)
def test_cleaned_markup_has_no_comments_scripts_and_placeholders(markup, cleaned):
    assert clean(markup) == cleaned


def test_flat_markup_has_paragraphs_only():
    assert flatten("<div><b>a</b><ul><li>b</ul>c") == "<p>a<p><p>b<p>c"


@pytest.mark.parametrize(
    "part", ["<!--", "<script>", "<a ", '<a "', "<a b='", "<", "</", "<!", "<?", "<style><!--"]
)
def test_unclosed_markup_takes_linear_time(part):
    assert clean(part * 50_000).count("\n") == 0
