"""The metadata of the article in a page: title, authors, date, language, address and keywords."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from pactreader.core.printable_text import printable_line
from pactreader.formats.language_detection import parse_language
from pactreader.formats.readers.web_page import json_ld
from pactreader.formats.readers.web_page.bylines import find_byline, find_date, name_in, text_in
from pactreader.formats.readers.web_page.dates import iso_date

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST: Final = 1_000
"""The greatest length of a value in code points; what is longer is cut."""
_TITLES: Final = (
    "dc:title", "dc.title", "dcterms.title", "dcterm:title", "og:title", "weibo:article:title", "weibo:webpage:title",
    "title", "twitter:title", "parsely-title", "citation_title",
)  # fmt: skip
_AUTHORS: Final = (
    "dc:creator", "dc.creator", "dcterms.creator", "dcterm:creator", "author", "parsely-author", "article:author",
    "citation_author", "sailthru.author", "byl", "og:author",
)  # fmt: skip
_DATES: Final = (
    "article:published_time", "parsely-pub-date", "og:published_time", "datepublished", "citation_publication_date",
    "citation_date", "dc.date.issued", "dcterms.issued", "dc:date", "dc.date", "dcterms.date", "dcterms.created",
    "article:published", "sailthru.date", "pubdate", "publish-date", "publish_date", "date",
)  # fmt: skip
_SITES: Final = ("og:site_name", "application-name", "twitter:app:name:iphone")
_ADDRESS: Final = re.compile(r"(?:https?:)?//|www\.", re.IGNORECASE)
_COUNT: Final = re.compile(r"^\(\d{1,3}\+?\)\s+")
"""The number of unread messages, which some sites put before a title."""
_POST: Final = re.compile(
    r"(?P<author>[^:\"“]{1,80}) on (?:X|Twitter|Threads|Bluesky|Facebook|Instagram|LinkedIn): [\"“](?P<title>.+?)[\"”](?: / X)?"
)
"""The title of a post in a social network."""
_SEPARATOR: Final = re.compile(r"\s+[|\-–—·•:»\\/>]\s+|\s*::\s*|\s+\[(?=[^\[\]]+\]$)")


_DAY: Final = len("2024-05-01")
_MOST_TAGS: Final = 20
_MOST_AUTHORS: Final = 10


class PageMetadata(NamedTuple):
    """The metadata of the article in a page. All texts are printable and on one line; what it does not say is empty."""

    title: str = ""
    author: str = ""
    date: str = ""
    """The day of its publication in ISO 8601."""
    language: str = ""
    """ISO 639-1 code."""
    url: str = ""
    tags: tuple[str, ...] = ()
    byline: "_Element | None" = None
    """The element that names the author, if nothing else does."""


@dataclass(frozen=True, slots=True)
class _Page:
    """The parts of a page that describe it."""

    values: Mapping[str, list[str]]
    """The contents of its `meta` elements, by the names in lower case."""
    items: list[json_ld.Item]
    article: json_ld.Item
    root: "_Element"

    def first(self, names: Iterable[str]) -> str:
        """Return the content of the first of some `meta` elements; empty if there are none."""
        return next((_line(value) for name in names for value in self.values.get(name, ())), "")


def page_metadata(root: "_Element", address: str = "") -> PageMetadata:
    """Return what a page says of its article.

    Args:
        root: The page.
        address: The address that it came from; empty if that is not known.
    """
    items = json_ld.described_items(
        each.text for each in root.iter("script") if each.text and "ld+json" in each.get("type", "").lower()
    )
    page = _Page(_meta_values(root), items, json_ld.described_article(items), root)
    author, byline = _author(page)
    return PageMetadata(
        title=_title(page, address, author),
        author=author,
        date=_date(page)[:_DAY],
        language=_language(page),
        url=_canonical(page, address),
        tags=_tags(page),
        byline=byline,
    )


def _line(text: str) -> str:
    return printable_line(unescape(text[:_LONGEST]))


def _meta_values(root: "_Element") -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = meta.get("content", "").strip()
        names = f"{meta.get('property', '')} {meta.get('name', '')} {meta.get('itemprop', '')}"
        for name in names[:_LONGEST].lower().split() if content else ():
            values.setdefault(name, []).append(content)
    return values


def _title(page: _Page, address: str, author: str) -> str:
    element = next(page.root.iter("title"), None)
    window = _line(element.text or "") if element is not None else ""
    described = _line(json_ld.text_of_item(page.article, "headline", "name"))
    title = described or page.first(_TITLES) or window
    if post := _POST.fullmatch(_COUNT.sub("", title)):
        return post["title"]
    headings = [text for each in page.root.iter("h1") if (text := text_in(each))]
    if not title:
        return headings[0] if len(headings) == 1 else ""
    host = urlsplit(_canonical(page, address) or address).hostname or ""
    sites = {
        page.first(_SITES),
        _line(json_ld.site_name(page.items)),
        host,
        *host.removeprefix("www.").split(".")[:1],
    }
    sites |= set(author.split(", "))
    return without_site(_COUNT.sub("", title), sites, headings)


def without_site(title: str, sites: Iterable[str], headings: Iterable[str]) -> str:
    """Return a page's title without the name of its site at either end: `A title | The site` → `A title`.

    Args:
        title: The title.
        sites: The names by which the site is known.
        headings: The page's main headings. One that is a part of the title is all of it.
    """
    breaks = list(_SEPARATOR.finditer(title))
    if not breaks:
        return title
    first, last = breaks[0], breaks[-1]
    names = {key_of(name) for name in sites} - {""}
    if key_of(title[last.end() :]) in names:
        return title[: last.start()]
    if key_of(title[: first.start()]) in names:
        return title[first.end() :]
    keys = {key_of(heading) for heading in headings}
    for part in (title[: last.start()], title[: first.start()], title[first.end() :]):
        if key_of(part) in keys:
            return part
    return title


def base_address(root: "_Element", address: str) -> str:
    """Return the address that a page's links are relative to: that of its `base` element, or its own."""
    for element in root.iter("base"):
        if href := printable_line(element.get("href", "")):
            try:
                return urljoin(address, href)
            except ValueError:
                break
    return address


def key_of(text: str) -> str:
    """Return the letters and digits of a text, by which names are compared."""
    return "".join(filter(str.isalnum, text.casefold()))


def _author(page: _Page) -> "tuple[str, _Element | None]":
    """Return the authors, and the element that names them if nothing else does."""
    names = [name_in(name) for name in json_ld.names_of(page.article.get("author", ""), page.items)]
    if not any(names):
        named = (each for key in _AUTHORS for each in page.values.get(key, ()))
        names = [name_in(_line(each)) for each in named if not _ADDRESS.match(each)][:_MOST_AUTHORS]
    if not any(names) and (post := _POST.fullmatch(_COUNT.sub("", page.first(_TITLES)))):
        names = [post["author"]]
    joined = ", ".join(dict.fromkeys(filter(None, names)))
    return (joined, None) if joined else find_byline(page.root)


def _date(page: _Page) -> str:
    described = (
        json_ld.text_of_item(page.article, key) for key in ("datePublished", "dateCreated", "uploadDate")
    )
    named = (value for name in _DATES for value in page.values.get(name, ()))
    return next(filter(None, map(iso_date, (*described, *named))), "") or find_date(page.root)


def _language(page: _Page) -> str:
    html = page.root if page.root.tag == "html" else next(page.root.iter("html"), page.root)
    declared = [
        html.get("lang", ""),
        html.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        html.get("xml:lang", ""),
    ]
    body = next(page.root.iter("body"), None)
    declared.append(body.get("lang", "") if body is not None else "")
    equivalent = (
        each.get("content", "")
        for each in page.root.iter("meta")
        if each.get("http-equiv", "").lower() == "content-language"
    )
    named = (page.first(("og:locale", "dc.language", "language", "inlanguage")),)
    return next((code for each in (*declared, *equivalent, *named) if (code := parse_language(each))), "")


def _canonical(page: _Page, address: str) -> str:
    """Return the address that a page gives itself: on the host that it came from, if that is known."""
    links = (
        each.get("href", "")
        for each in page.root.iter("link")
        if "canonical" in each.get("rel", "").lower().split()
    )
    for written in (*links, page.first(("og:url",))):
        try:
            url = urljoin(address, printable_line(written))
            parts = urlsplit(url)
            known = urlsplit(address).hostname
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname and known in {None, parts.hostname}:
            return url
    return address


def _tags(page: _Page) -> tuple[str, ...]:
    """Return the keywords; none if there are so many that they say nothing."""
    keywords = page.article.get("keywords", ())
    described = keywords if isinstance(keywords, list) else [keywords]
    for values in (page.values.get("article:tag", ()), described, page.values.get("keywords", ())):
        texts = (value for value in values if isinstance(value, str))
        tags = dict.fromkeys(tag for value in texts for each in value.split(",") if (tag := _line(each)))
        if tags:
            return tuple(tags) if len(tags) <= _MOST_TAGS else ()
    return ()
