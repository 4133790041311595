import json

import pytest

from formats.readers.web_page.pages import ARTICLE, page, read


def described(**item) -> str:
    item = {"@context": "https://schema.org", "@type": "NewsArticle", **item}
    return f'<script type="application/ld+json">{json.dumps(item)}</script>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>The vote</title>", "", "The vote"),
        (
            "<title>The vote | The Gazette</title><meta property='og:site_name' content='The Gazette'>",
            "",
            "The vote",
        ),
        ("<title>The Gazette: news - The vote</title>", "<h1>The vote</h1>", "The vote"),
        ("<title>a</title><meta property='og:title' content='The vote &amp; after'>", "", "The vote & after"),
        ("<title>a</title>" + described(headline="The vote"), "", "The vote"),
        ("<title>(3) The vote</title>", "", "The vote"),
        ("<title>Left - right</title>", "", "Left - right"),
        ("", "<h1>The vote</h1>", "The vote"),
        ("", "", "A name"),
    ],
)
def test_the_title_is_known_without_the_name_of_the_site(head, body, title):
    assert read(page(f"{body}<article>{ARTICLE}</article>", head)).title == title


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        (described(author={"@type": "Person", "name": "Jane Doe"}), "", "Jane Doe"),
        (described(author=[{"name": "Jane Doe"}, {"name": "John Roe"}]), "", "Jane Doe, John Roe"),
        ("<meta name='author' content='By Jane Doe'>", "", "Jane Doe"),
        ("<meta property='article:author' content='https://example.org/jane'>", "", ""),
        ("", "<p class='byline'>By Jane Doe</p>", "Jane Doe"),
        ("", "<p class='byline'>May 1, 2024</p><a rel='author' href='/j'>Jane Doe</a>", "Jane Doe"),
        ("", "<h1>The vote</h1><p>by Jane Doe</p>", "Jane Doe"),
    ],
)
def test_the_author_is_known(head, body, author):
    assert read(page(f"{body}<article>{ARTICLE}</article>", head)).author == author


def test_the_items_of_a_graph_refer_to_each_other():
    graph = {"@graph": [{"@id": "#j", "name": "Jane Doe"}, {"@type": "BlogPosting", "author": {"@id": "#j"}}]}
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert read(page(ARTICLE, head)).author == "Jane Doe"


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        (described(datePublished="2024-05-01T10:30:00.123Z"), "", "2024-05-01"),
        ("<meta property='article:published_time' content='2024-05-01'>", "", "2024-05-01"),
        ("", "<time datetime='2024-05-01'>then</time>", "2024-05-01"),
        ("", "<p class='posted'>Posted on May 1st, 2024</p>", "2024-05-01"),
        ("", "<h1>The vote</h1><p>1. Mai 2024</p>", "2024-05-01"),
        ("<meta name='date' content='2024-15-99'>", "", ""),
    ],
)
def test_the_date_is_known(head, body, date):
    assert read(page(f"{body}<article>{ARTICLE}</article>", head)).date == date


def test_language_address_and_tags_are_known():
    head = (
        "<link rel='canonical' href='/vote'><meta property='article:tag' content='Votes'>"
        "<meta property='article:tag' content='Towns'>"
    )
    markup = page(ARTICLE, head).replace("<html>", "<html lang='de-AT'>")
    article = read(markup, "https://example.org/vote?utm_source=a")
    assert (article.language, article.url, article.tags) == (
        "de",
        "https://example.org/vote",
        ("Votes", "Towns"),
    )


def test_a_canonical_address_on_another_host_is_not_believed():
    head = "<link rel='canonical' href='https://elsewhere.example/vote'>"
    assert read(page(ARTICLE, head), "https://example.org/a").url == "https://example.org/a"


def test_title_and_byline_stand_first_and_once():
    head = described(headline="The vote", author={"name": "Jane Doe"}, datePublished="2024-05-01")
    article = read(page(f"<article><h1>The vote</h1>{ARTICLE}</article>", head))
    assert article.text.startswith("The vote\n\nJane Doe · 2024-05-01\n\nThe council met")
    assert article.text.count("The vote") == 1


@pytest.mark.parametrize(
    "script", ["", "{", "[1, null, {}]", '{"@type": ["NewsArticle"], "author": [[]]}', "[" * 90_000]
)
def test_damaged_descriptions_are_no_trouble(script):
    head = f'<title>The vote</title><script type="application/ld+json">{script}</script>'
    assert read(page(ARTICLE, head)).title == "The vote"
