import pytest

from pactreader.formats.readers.html.tree import parse_html
from pactreader.formats.readers.html.walker import HtmlWalker

CONSTRUCTS = (
    '<p>a <img alt="x{0}y"> b{0}</p>',
    "<pre><code><span class='lineno'>1</span>x{0}</code></pre>{0}",
    "<h2>Head{0}<a class='headerlink' href='#h'>¶</a></h2>{0}",
    "<p>Text<sup><a href='#f1'>1</a></sup>{0}</p><ol class='footnotes'><li id='f1'>Note{0}</li></ol>",
    "<div class='admonition note'>{0}<p>Title{0}</p>Words{0}</div>",
    "<table><caption>c{0}</caption><tr><th>{0}a<td>b{0}</table>{0}",
)


@pytest.mark.parametrize("markup", CONSTRUCTS)
@pytest.mark.parametrize(
    "control", ["\x01", "\x1b", "&#1;", "&#x1b;", "&#27", "\ufffe", "&#xffff;", "\x0c", "&#12;"]
)
def test_control_characters_are_shown_as_symbols_wherever_they_stand(markup, control):
    tree = parse_html(f"<html><body>{markup.format(control)}</body></html>")
    assert tree is not None

    text = "\n".join(piece.text for piece in HtmlWalker().walk(tree))

    assert text
    assert all(character.isprintable() or character in "\n\t" for character in text)


def test_other_references_are_what_they_mean():
    tree = parse_html("<p>&#65;&#9;&#x10ffff;&#32;&#110;&#x1b0;</p>")
    assert tree is not None
    assert "".join(tree.itertext()) == "A\t\U0010ffff nư"
