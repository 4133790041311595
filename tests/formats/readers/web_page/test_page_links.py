import pytest

from pactreader.core.article import SpanKind
from pactreader.core.reading_options import ReadingOptions
from pactreader.formats.origin import Origin
from pactreader.formats.readers.web_page_reader import read_whole_page

TEXT = "<p>They lay still for nine weeks, and the islands learned again what an island is.</p>"


@pytest.mark.parametrize(
    ("url", "saved_from", "target"),
    [
        ("https://example.org/a/", "", "https://example.org/a/b"),
        ("", "<!-- saved from url=(0022)https://example.org/a/ -->", "https://example.org/a/b"),
        ("", "", "https://example.org/b"),
    ],
)
def test_a_link_is_relative_to_where_the_page_was_and_not_to_where_it_says_it_is(url, saved_from, target):
    head = "<title>The ferries</title><link rel=canonical href=https://example.org/a>"
    page = (
        f"<!doctype html>{saved_from}<html lang=en><head>{head}</head><body><p><a href=b>Next</a></p>{TEXT}"
    )
    article = read_whole_page(page.encode(), Origin("page", "page", "/page", ReadingOptions(), url=url))
    assert article.url == "https://example.org/a"
    [link] = (span for block in article.blocks for span in block.spans if span.kind is SpanKind.LINK)
    assert link.target == target
