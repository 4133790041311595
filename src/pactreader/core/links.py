"""Links in an article and their targets."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum, auto
from functools import cache
from typing import Final, NamedTuple
from urllib.parse import unquote, urljoin

from pactreader.core.addresses import is_web_address
from pactreader.core.article import Article, Block, Passage, SpanKind
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.core.page_anchors import anchor_in_pdf, page_anchor, page_in

FOOTNOTE_PREFIX: Final = "#^"
"""The prefix of the target of a footnote reference; the footnote's label follows."""

_MAX_URL: Final = 2_000
"""The greatest length of a URL in code points, and so how far from a passage those are looked for that overlap it."""
_BARE_URL: Final = lazy_pattern(rf"(?<![A-Za-z0-9])(?:https?://|mailto:)[^\s<>\"`]{{1,{_MAX_URL}}}")
"""A URL in the text, with what may follow it in a sentence. A letter before it is none of it: `请看https://example.org`."""
_TYPOGRAPHY: Final = "“”„«»‘’‹›…—\u3000-\u303f\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
"""Quotation marks, dashes, and the punctuation of East Asian texts, which are no part of a URL."""
_EAST_ASIAN: Final = (
    "\u1100-\u11ff\u3040-\u30fa\u30fc-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
"""Letters of the scripts of Chinese, Japanese and Korean."""
_SENTENCE_PUNCTUATION: Final = ".,:;!?*_'~([{|"
"""Signs that end no URL, as they belong to the sentence or the markup around it."""
_EXTERNAL: Final = lazy_pattern(r"(?:https?://|mailto:)\S+\Z", re.IGNORECASE)
"""A target that is safe to open with another program: it neither runs nor reads a local file."""
_SCHEME: Final = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")
FILE_SCHEME: Final = "file:"
_TOP: Final = frozenset({"", "top"})
"""The names that lead to the beginning of any page."""
_TEXT_DIRECTIVE: Final = ":~:"
"""The beginning of the part of a fragment that quotes words for a browser to highlight (URL Fragment Text Directives)."""


class Link(NamedTuple):
    """A link on `[start, end)` of the text, in code points."""

    start: int
    end: int
    target: str


class LinkKind(Enum):
    """The kind of a link's target."""

    INTERNAL = auto()
    """A heading or footnote of the article itself."""
    EXTERNAL = auto()
    """A web page or an e-mail address."""
    FILE = auto()
    """The path of a file, relative to the article's own or in full, or a `file:` URL."""
    OTHER = auto()
    """Another scheme, which is not opened as that could be unsafe."""


def link_kind(target: str) -> LinkKind:
    """Return the kind of a link's target."""
    if target.startswith("#"):
        return LinkKind.INTERNAL
    if _EXTERNAL.match(target):
        return LinkKind.EXTERNAL
    is_path = bool(target) and not _SCHEME.match(target)
    return LinkKind.FILE if is_path or target.lower().startswith(FILE_SCHEME) else LinkKind.OTHER


def followed_target(article: Article, target: str) -> str:
    """Return a link's target as it is followed: an address on the web in full, a place in the article itself as `#name`.

    In an article from the web, a relative target leads to a page there; else to a file, and is returned as it is.
    """
    base = article.page.url if article.page else article.source
    if is_web_address(base) and not target.startswith("#"):
        with suppress(ValueError):  # brackets that are no address of IPv6
            target = urljoin(base, target)
    elif target.startswith("//"):
        target = f"https:{target}"
    address, sign, name = target.partition("#")
    if sign and is_web_address(address):
        from pactreader.core.web_addresses import canonical_address  # texts need none

        own = {
            canonical_address(each) for each in (base, article.source, article.url) if is_web_address(each)
        }
        if canonical_address(address) in own:
            return f"#{name}"
    return target


def links_between(article: Article, start: int, end: int) -> list[Link]:
    """Return the links that overlap `[start, end)`, in order: those of the markup, and bare URLs outside of them."""
    found: list[Link] = []
    for block in article.blocks[article.block_index(start) : article.block_index(max(start, end - 1)) + 1]:
        marked = [Link(s.start, s.end, s.target) for s in block.spans if s.kind is SpanKind.LINK and s.target]
        first, last = max(block.start, start - _MAX_URL), min(block.end, end + _MAX_URL)
        bare = _bare_urls(article.text, first, last)
        found += marked
        found += (one for one in bare if not any(one.start < m.end and m.start < one.end for m in marked))
    return sorted(link for link in found if link.start < end and start < link.end)


def _bare_urls(text: str, start: int, end: int) -> Iterator[Link]:
    """Yield the bare URLs in `[start, end)` of a text."""
    while hit := _BARE_URL.search(text, start, end):
        url = _without_what_follows(hit.group())
        if url:
            yield Link(hit.start(), hit.start() + len(url), url)
        start = hit.start() + (len(url) or hit.group().index(":") + 1)


def _without_what_follows(url: str) -> str:
    """Return a URL without the part of the sentence that follows it; empty if nothing but the scheme is left.

    A closing bracket belongs to it if it opens in it: `…/Pact_(disambiguation)`, but `(see https://example.org)`.
    """
    scheme = url.index(":") + 1
    if not url.isascii() and (found := _without_text().match(url)):
        url = found[0]
    opened: list[str] = []
    for offset, sign in enumerate(url):
        if sign in "([{":
            opened.append(sign)
        elif sign in ")]}" and (not opened or opened.pop() + sign not in {"()", "[]", "{}"}):
            url = url[:offset]
            break
    url = url.rstrip(_SENTENCE_PUNCTUATION)
    return url if url[scheme:].strip("/") else ""


@cache
def _without_text() -> re.Pattern[str]:
    """Return a pattern for a URL up to the sentence around it, which begins with typography or with a letter.

    The latter is a letter of a script without spaces directly after a Latin one, as in `…/docs에서`. A part that begins
    with such a letter may have any: `/wiki/朝鲜2024年`.
    """
    part = rf"[/=?&#_.%:-][{_EAST_ASIAN}][^/?&#{_TYPOGRAPHY}]*"
    return re.compile(rf"(?:{part}|[^{_EAST_ASIAN}{_TYPOGRAPHY}]|(?<![A-Za-z0-9)])[{_EAST_ASIAN}])*")


def link_at(article: Article, offset: int) -> Link | None:
    """Return the link that covers an offset."""
    return next(iter(links_between(article, offset, offset + 1)), None)


def resolve_target(article: Article, target: str) -> Passage | None:
    """Return the block that an internal target points to; `None` if there is none.

    It is the footnote, or the block that its author named so. Headings also have GitHub's anchors: in lower case,
    without punctuation, spaces as hyphens, repeated ones numbered. `## What now?` is `#what-now`, a second one
    `#what-now-1`. Where no anchor is the same, that of another program may be meant, which differs in hyphens and
    the number at its beginning. No name, or `top`, is the beginning of the article (HTML, 7.4.6.4). A page that begins
    inside of a block is the rest of the block; it is also led to as in an address of a PDF.
    """
    name = unquote(target.removeprefix("#")).partition(_TEXT_DIRECTIVE)[0]
    if target.startswith(FOOTNOTE_PREFIX):
        marker = f"[{target.removeprefix(FOOTNOTE_PREFIX)}]"
        notes = (block for block in article.blocks if block.marker == marker)
        return _passage(next(notes, None))
    offset = article.anchors.get(name)
    if offset is None and page_anchor(1) in article.anchors:
        name = anchor_in_pdf(name)
        offset = article.anchors.get(name, article.places.offset_of_page(page_in(name)))
    if offset is not None:
        return Passage(offset, article.block_at(offset).end)
    used: Counter[str] = Counter()
    for heading in article.headings:
        slug = _slug(article.block_text(heading))
        number, used[slug] = used[slug], used[slug] + 1
        if name.casefold() == (f"{slug}-{number}" if number else slug):
            return _passage(heading)
    alike = _words(name)
    same = (
        each
        for each in article.headings
        if alike in (words := _words(article.block_text(each)), _unnumbered(words))
    )
    is_top = name.casefold() in _TOP and article.blocks
    found = next(same, None) if alike else None
    return _passage(found or (article.blocks[0] if is_top else None))


def _words(text: str) -> str:
    """Return the words of a heading or its anchor, joined by hyphens: the part in which all programs agree."""
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")


def _unnumbered(words: str) -> str:
    """Return the words without the number before them, as pandoc does: `2-1-scope` → `scope`."""
    return re.sub(r"^[\d-]+", "", words)


def _slug(text: str) -> str:
    return re.sub(r"[^\w\- ]", "", text.casefold()).replace(" ", "-")


def _passage(block: Block | None) -> Passage | None:
    return Passage(block.start, block.end) if block else None
