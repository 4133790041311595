import pytest

from formats.readers.web_page.pages import ARTICLE, PARAGRAPH, SENTENCE, page, read, texts
from pactreader.core.article import BlockKind

NAVIGATION = "<nav><ul>" + "<li><a href='/n'>Section of the site</a></li>" * 12 + "</ul></nav>"


def test_the_article_is_read_without_what_is_around_it():
    article = read(
        page(
            f"{NAVIGATION}<div class='sidebar'>{PARAGRAPH}Popular</div>"
            f"<div class='content'>{ARTICLE}</div><footer>{PARAGRAPH}</footer>"
        )
    )
    assert texts(article, BlockKind.PARAGRAPH) == [(SENTENCE * 3).strip()] * 4
    assert not texts(article, BlockKind.LIST_ITEM)


@pytest.mark.parametrize(
    "kept",
    [
        "<pre>make install\nmake test</pre>",
        "<table><thead><tr><th>Year</th><th>Votes</th></tr></thead><tr><td>2024</td><td>7</td></tr></table>",
        "<h2>The vote</h2><p>It was short.</p>",
        "<ul><li>The report</li><li>The vote</li></ul>",
        "<blockquote><p>It was short.</p></blockquote>",
        "<figure><img src='a.png' alt='The hall'><figcaption>The hall at noon</figcaption></figure>",
    ],
)
def test_what_is_no_prose_but_belongs_to_the_article_is_kept(kept):
    article = read(page(f"<article>{PARAGRAPH * 2}{kept}{PARAGRAPH * 2}</article>"))
    alone = read(page(f"<article>{ARTICLE}</article>"))
    assert len(article.blocks) > len(alone.blocks)


@pytest.mark.parametrize(
    "dropped",
    [
        "<div class='share-buttons'><a href='/s'>Share this on a network</a></div>",
        "<div class='related'><h3>More stories</h3><ul><li><a href='/o'>Another story</a></li></ul></div>",
        "<form action='/n'><p>Our newsletter</p><input name='mail'><input name='name'></form>",
        "<aside><p>About the newspaper</p></aside>",
        "<div><a href='/1'>First other story</a> <a href='/2'>Second other story</a></div>",
        "<div role='dialog'>We use cookies</div>",
    ],
)
def test_what_only_stands_beside_the_article_is_not_read(dropped):
    article = read(page(f"<article>{PARAGRAPH * 2}{dropped}{PARAGRAPH * 2}</article>"))
    assert article.text == read(page(f"<article>{ARTICLE}</article>")).text


def test_text_that_line_breaks_divide_is_found():
    lines = f"{SENTENCE * 3}<br><br>" * 4
    article = read(page(f"{NAVIGATION}<div>{lines}</div>{NAVIGATION}"))
    assert article.text.count("The council met") == 12


def test_the_parts_of_an_article_in_columns_of_a_page_builder_are_put_together():
    parts = "".join(f"<div class='row'><div class='column'>{PARAGRAPH * 3}</div></div>" for _ in range(5))
    assert read(page(f"{NAVIGATION}<div>{parts}</div>")).text.count("The council met") == 45


def test_an_element_marked_as_the_article_is_taken_whole():
    parts = f"<section>{ARTICLE}</section><section>{PARAGRAPH}<p>The end.</p></section>"
    assert "The end." in read(page(f"<article>{parts}</article>")).text


def test_a_table_of_contents_is_left_out():
    links = "".join(f"<li><a href='#s{n}'>Part {n}</a></li>" for n in range(4))
    parts = "".join(f"<h2 id='s{n}'>Part {n}</h2>{PARAGRAPH}" for n in range(4))
    article = read(page(f"<article><ul>{links}</ul>{parts}</article>"))
    assert texts(article, BlockKind.HEADING) == ["Part 0", "Part 1", "Part 2", "Part 3"]
    assert not texts(article, BlockKind.LIST_ITEM)


def test_links_to_other_articles_at_the_end_are_left_out():
    links = "".join(f"<li><a href='/{n}'>Story number {n}</a></li>" for n in range(5))
    assert "Story number" not in read(page(f"<article>{ARTICLE}<h3>More</h3><ul>{links}</ul></article>")).text


def test_sources_at_the_end_are_kept():
    links = "".join(f"<li><a href='/{n}'>Report number {n}</a></li>" for n in range(5))
    assert (
        "Report number 4" in read(page(f"<article>{ARTICLE}<h3>See also</h3><ul>{links}</ul></article>")).text
    )


def test_footnotes_outside_of_the_article_are_read_with_it():
    article = read(
        page(
            f"<div class='content'><p>{SENTENCE}<a id='r1' href='#n1'><sup>1</sup></a></p>{ARTICLE}</div>"
            "<div class='sidebar-footer'><ol><li id='n1'>By seven votes. <a href='#r1'>↩</a></li></ol></div>"
        )
    )
    assert article.text.rstrip().endswith("By seven votes.")
