from pactreader.core.reading_options import ReadingOptions
from pactreader.formats.origin import Origin
from pactreader.formats.readers.web_page_reader import read_whole_page

HEAD = "<html lang=en><title>The ferries</title><meta name=author content='Ole Berg'><meta name=date content='2025-03-14T09:00:00Z'>"
TEXT = "<p>They lay still for nine weeks, and the islands learned again what an island is.</p>"


def blocks(body):
    article = read_whole_page(
        f"{HEAD}<body>{body}".encode(), Origin("page", "page", "/page", ReadingOptions())
    )
    return article.text.split("\n\n")


def test_the_title_is_not_shown_twice_and_has_the_byline_below_it():
    assert blocks(f"<nav>Home</nav><h1>The ferries</h1>{TEXT}")[:3] == [
        "Home",
        "The ferries",
        "Ole Berg · 2025-03-14",
    ]


def test_a_title_that_no_heading_has_is_put_first():
    assert blocks(f"<nav>Home</nav>{TEXT}<h2>Winter</h2>{TEXT}<h2>The ferries</h2>{TEXT}")[:3] == [
        "The ferries",
        "Ole Berg · 2025-03-14",
        "Home",
    ]
