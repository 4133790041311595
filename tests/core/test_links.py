import pytest

from pactreader.core.article import Article, BlockKind, Piece, Span, SpanKind
from pactreader.core.fetched_page import FetchedPage
from pactreader.core.links import (
    LinkKind,
    followed_target,
    link_at,
    link_kind,
    links_between,
    resolve_target,
)

TEXT = "See the treaty, https://un.org/docs?id=1 (or http://a.org/x_(y)), and mailto:me@a.org."
START = TEXT.index("the treaty")
ARTICLE = Article.assemble(
    [
        Piece(BlockKind.HEADING, "What it says: a summary!", 1),
        Piece(
            BlockKind.PARAGRAPH,
            TEXT,
            spans=(Span(START, START + 10, SpanKind.LINK, "#notes"), Span(0, 3, SpanKind.STRONG)),
        ),
        Piece(BlockKind.HEADING, "Notes", 2),
        Piece(BlockKind.HEADING, "Notes", 2),
        Piece(BlockKind.HEADING, "Россия и КНДР", 2),
        Piece(BlockKind.LIST_ITEM, "A footnote.", marker="[1]"),
    ],
    title="t",
)


def words_and_target(link) -> tuple[str, str]:
    return ARTICLE.text[link.start : link.end], link.target


def test_links_of_the_markup_and_bare_urls_are_in_order():
    assert [words_and_target(link) for link in links_between(ARTICLE, 0, len(ARTICLE.text))] == [
        ("the treaty", "#notes"),
        ("https://un.org/docs?id=1", "https://un.org/docs?id=1"),
        ("http://a.org/x_(y)", "http://a.org/x_(y)"),
        ("mailto:me@a.org", "mailto:me@a.org"),
    ]


def test_a_link_is_found_at_each_of_its_characters():
    start = ARTICLE.text.index("the treaty")
    assert link_at(ARTICLE, start) == link_at(ARTICLE, start + 9) != None  # noqa: E711 - there is one
    assert link_at(ARTICLE, start - 1) is None
    assert link_at(ARTICLE, start + 10) is None


def test_a_url_inside_a_link_is_no_second_link():
    address = "https://a.org"
    article = Article.assemble(
        [Piece(BlockKind.PARAGRAPH, address, spans=(Span(0, len(address), SpanKind.LINK, address),))],
        title="t",
    )
    assert len(links_between(article, 0, len(address))) == 1


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("#what-it-says-a-summary", "What it says: a summary!"),
        ("#What-It-Says-A-Summary", "What it says: a summary!"),
        ("#notes", "Notes"),
        ("#россия-и-кндр", "Россия и КНДР"),
        ("#%D1%80%D0%BE%D1%81%D1%81%D0%B8%D1%8F-%D0%B8-%D0%BA%D0%BD%D0%B4%D1%80", "Россия и КНДР"),
        ("#^1", "A footnote."),
        ("#notes:~:text=words,of%20it", "Notes"),
        ("#", "What it says: a summary!"),
        ("#Top", "What it says: a summary!"),
        ("#:~:text=words", "What it says: a summary!"),
    ],
)
def test_an_internal_target_is_a_heading_or_a_footnote(target, text):
    found = resolve_target(ARTICLE, target)
    assert found
    assert ARTICLE.text[slice(*found)] == text


def test_a_repeated_heading_is_numbered():
    first, second = resolve_target(ARTICLE, "#notes"), resolve_target(ARTICLE, "#notes-1")
    assert first
    assert second
    assert first < second
    assert ARTICLE.text[slice(*second)] == "Notes"


@pytest.mark.parametrize("target", ["#nowhere", "#notes-2", "#^2", "#notes-0x", "#%"])
def test_an_unknown_target_is_none(target):
    assert resolve_target(ARTICLE, target) is None


@pytest.mark.parametrize(
    ("target", "way"),
    [
        ("#notes", LinkKind.INTERNAL),
        ("https://a.org", LinkKind.EXTERNAL),
        ("HTTP://a.org", LinkKind.EXTERNAL),
        ("mailto:me@a.org", LinkKind.EXTERNAL),
        ("notes.md", LinkKind.FILE),
        ("file:///etc/passwd", LinkKind.FILE),
        ("FILE:a.md", LinkKind.FILE),
        ("javascript:alert(1)", LinkKind.OTHER),
        ("-oProxyCommand=x", LinkKind.FILE),
        ("https://a.org --flag", LinkKind.OTHER),
        ("https://a.org\nb", LinkKind.OTHER),
        ("https://", LinkKind.OTHER),
        ("", LinkKind.OTHER),
    ],
)
def test_only_web_and_mail_are_external_and_only_paths_are_files(target, way):
    assert link_kind(target) is way


@pytest.mark.parametrize(
    ("target", "followed"),
    [
        ("#notes", "#notes"),
        ("https://www.a.org/pact#notes", "#notes"),
        ("https://a.org/pact?utm_source=mail#notes", "#notes"),
        ("pact#notes", "#notes"),
        ("https://a.org/pact", "https://a.org/pact"),
        ("https://a.org/pact/2#notes", "https://a.org/pact/2#notes"),
        ("../b/c.html", "https://www.a.org/b/c.html"),
        ("//b.org/c", "https://b.org/c"),
        ("mailto:me@a.org", "mailto:me@a.org"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("//[", "//["),
    ],
)
def test_a_target_in_a_page_of_the_web_is_followed_from_its_address(target, followed):
    page = FetchedPage(b"", "https://www.a.org/pact")
    assert followed_target(ARTICLE._replace(source="https://a.org/pact", page=page), target) == followed


@pytest.mark.parametrize(
    ("target", "followed"),
    [
        ("other.md#part", "other.md#part"),
        ("//b.org/c", "https://b.org/c"),
        ("https://a.org/pact#notes", "#notes"),
        ("https://b.org/pact#notes", "https://b.org/pact#notes"),
    ],
)
def test_a_target_in_a_file_is_followed_from_that(target, followed):
    saved = ARTICLE._replace(source="/pages/pact.html", url="https://a.org/pact")
    assert followed_target(saved, target) == followed


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("See https://en.wikipedia.org/wiki/Pact_(disambiguation) for more.", ["https://en.wikipedia.org/wiki/Pact_(disambiguation)"]),
        ("(https://a.org/b_(c))", ["https://a.org/b_(c)"]),
        ("(see https://a.org/x).", ["https://a.org/x"]),
        ("[t](https://a.org/x)rest", ["https://a.org/x"]),
        ("**https://a.org/x**, <https://b.org/y>", ["https://a.org/x", "https://b.org/y"]),
        ("https://a.org/?q=[1]&b={x}, and", ["https://a.org/?q=[1]&b={x}"]),
        ("http://[::1]:8080/x.", ["http://[::1]:8080/x"]),
        ("https://a.org’s, ‘https://b.org/’", ["https://a.org", "https://b.org/"]),
        ("https://a.org/x… https://b.org—and", ["https://a.org/x", "https://b.org"]),
        ("请看 https://example.org/docs（说明），谢谢。", ["https://example.org/docs"]),
        ("请看https://example.org/docs。谢谢", ["https://example.org/docs"]),
        ("「https://a.org/x」、https://b.org/y？", ["https://a.org/x", "https://b.org/y"]),
        ("https://example.org/docs에서 보라", ["https://example.org/docs"]),
        ("https://example.org/docsを見て", ["https://example.org/docs"]),
        ("https://zh.wikipedia.org/wiki/朝鲜2024年（见）", ["https://zh.wikipedia.org/wiki/朝鲜2024年"]),
        ("https://ru.wikipedia.org/wiki/Пакт.", ["https://ru.wikipedia.org/wiki/Пакт"]),
        ("https:// and https://), xhttps://a.org", []),
    ],
)  # fmt: skip
def test_a_bare_url_ends_where_it_ends(text, targets):
    article = Article.assemble([Piece(BlockKind.PARAGRAPH, text)], title="t")
    found = links_between(article, 0, len(text))

    assert [link.target for link in found] == targets
    assert [text[link.start : link.end] for link in found] == targets
