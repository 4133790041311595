import pytest
from lxml import html

from pactreader.formats.readers.html.tree import parse_html


@pytest.mark.parametrize(
    ("markup", "body"),
    [
        ("<!doctype html><title>T</title><nav>a</nav><main>b</main>", "<nav>a</nav><main>b</main>"),
        ("<title>T</title><header>a</header>b<p>c", "<header>a</header>b<p>c</p>"),
        ("<meta charset=utf-8><article><p>a</p></article>b<p>c</p>", "<article><p>a</p></article>b<p>c</p>"),
        ("<title>T</title><script>x</script><main>a", "<main>a</main>"),
        ("<head><title>T</title></head><body>a <nav>b</nav></body>", "a <nav>b</nav>"),
    ],
)
def test_the_body_begins_where_the_head_ends(markup, body):
    tree = parse_html(markup)
    assert tree is not None
    assert html.tostring(tree.find("body"), encoding="unicode") == f"<body>{body}</body>"
    assert not {each.tag for each in tree.iterfind("head/*")} & {"nav", "main", "header", "article"}


@pytest.mark.parametrize("markup", ["<title>T</title>", "<meta charset=utf-8>", "", " \n"])
def test_a_page_without_content_stays_one(markup):
    tree = parse_html(markup)
    assert tree is None or not "".join(tree.itertext("p", "nav"))
