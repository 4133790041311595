import pytest

from formats.readers.web_page.pages import ARTICLE, SENTENCE, page, read
from pactreader.core.errors import UnreadableError
from pactreader.formats.origin import Origin
from pactreader.formats.readers.web_page_reader import read_whole_page

SCRIPT = "<script src='/app.js'></script>"


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (page("<p>Checking your browser</p>", "<title>Just a moment...</title>"), "check for robots"),
        (page(f"<div id='root'></div>{SCRIPT}"), "scripts"),
        (page(f"<noscript>You need to enable JavaScript to run this app.</noscript>{SCRIPT}"), "JavaScript"),
        (page("<p>Please log in to continue.</p>"), "log in"),
    ],
)
def test_a_page_in_the_way_is_named(markup, reason):
    with pytest.raises(UnreadableError, match=reason) as raised:
        read(markup)
    assert "browser" in raised.value.hint


@pytest.mark.parametrize("text", ["Just a moment", "Enable JavaScript", "Please log in"])
def test_an_article_about_such_pages_is_read(text):
    assert text in read(page(f"<article><p>{text}, said the page.</p>{ARTICLE}</article>{SCRIPT}")).text


def test_a_short_page_is_read_as_a_whole():
    article = read(page("<div class='menu'><p>Open from ten to five.</p></div><p>Closed on Mondays.</p>"))
    assert article.text == "Open from ten to five.\n\nClosed on Mondays."


def test_a_small_share_is_said():
    others = "".join(f"<li><a href='/{n}'>{SENTENCE}</a></li>" for n in range(40))
    markup = page(f"<article>{ARTICLE}</article><div class='sidebar'><ul>{others}</ul></div>")
    assert "% of the page's words" in read(markup).warning
    assert not read(page(f"<article>{ARTICLE}</article>")).warning


def test_the_whole_page_is_read_if_it_is_asked_for():
    markup = page(f"<nav><a href='/'>Start</a></nav><article>{ARTICLE}</article>")
    whole = read_whole_page(markup.encode(), Origin("a", "a", "a"))
    assert whole.text.startswith("Start")
    assert not read(markup).text.startswith("Start")
