"""The parts around the text of an article: bylines and breadcrumbs before it, links to other articles behind it."""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from pactreader.formats.readers.html.elements import NOTE
from pactreader.formats.readers.web_page.bylines import name_in
from pactreader.formats.readers.web_page.candidates import text_of
from pactreader.formats.readers.web_page.dates import without_date
from pactreader.formats.readers.web_page.metadata import PageMetadata
from pactreader.formats.readers.web_page.page_nodes import Node

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LEAVES: Final = frozenset({"p", "li", "a", "dt", "dd", "address", "time", "label", *_HEADINGS})
"""Elements that are looked at as one line."""
_CONTENT: Final = frozenset(
    {"pre", "table", "blockquote", "figure", "math", "video", "audio", "iframe", "details"}
)
"""Elements that are never around an article."""
_LINK_DENSITY: Final = 0.7
"""The share of a line's text from which it is a link."""
_SHORT: Final = 80
"""The length in code points up to which a line may be a byline."""
_MOST_LINES: Final = 500
"""The number of lines that are looked at before and behind an article."""
_FEWEST_LINKS: Final = 3
_KEPT_SHARE: Final = 0.5
"""The share of an article's text that must be left."""
_SOURCES: Final = re.compile(
    r"\b(?:see also|references|external|resources|links|sources|reading|bibliography|notes|footnotes|siehe auch|weblinks|"
    r"einzelnachweise|literatur|voir aussi|liens|véase)\b",
    re.IGNORECASE,
)
"""Headings of lists of links that belong to an article."""
_LABELS: Final = re.compile(
    r"\b(?:(?:last\s+)?(?:updated|modified|edited)|published|posted|written|page|story|author|by|on|at|in|date"
    r"|\d+\s*(?:min(?:ute)?s?|sec(?:ond)?s?)(?:\s+read)?|read(?:ing)?(?:\s+time)?|\d+\s+(?:comments?|shares?|views?|responses?)"
    r"|share(?:\s+(?:this(?:\s+\w+)?|on\s+\w+))?|filed under|tags?)\b",
    re.IGNORECASE,
)
"""Words around the names and dates of a byline."""
_NAME: Final = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}")


class _Line(NamedTuple):
    """A line of the article that is looked at."""

    node: Node | None
    """The element; `None` for a text without one."""
    kind: str
    """`text`, `link`, `heading`, `byline`, `picture` or `note`."""


def around_article(tops: Sequence[Node], removed: Container[Node], metadata: PageMetadata) -> list[Node]:
    """Return the nodes before and behind the text of an article that do not belong to it.

    Args:
        tops: The nodes of the article.
        removed: Those in it that were removed.
        metadata: What the page says of the article.
    """
    return [*_before(tops, removed, metadata), *_behind(tops, removed, metadata)]


def _before(tops: Sequence[Node], removed: Container[Node], metadata: PageMetadata) -> list[Node]:
    """Return the bylines before the first text, and the links above its heading, such as breadcrumbs."""
    found: list[Node] = []
    links: list[Node] = []
    for line in islice(_lines(tops, removed, metadata, reverse=False), _MOST_LINES):
        if line.kind == "heading":
            found += links
            links = []
        elif line.kind in {"picture", "note"}:
            continue
        elif line.kind == "byline" and line.node:
            found.append(line.node)
        elif line.kind == "link" and line.node and line.node.length <= _SHORT:
            links.append(line.node)
        else:
            break
    return found


def _behind(tops: Sequence[Node], removed: Container[Node], metadata: PageMetadata) -> list[Node]:
    """Return the links to other articles behind the last text, with their headings."""
    found: list[Node] = []
    section: list[Node] = []
    links = 0
    for line in islice(_lines(tops, removed, metadata, reverse=True), _MOST_LINES):
        if line.kind == "text" or line.node is None:
            break
        if line.kind == "note" or (line.kind == "picture" and not section):
            continue
        section.append(line.node)
        links += line.kind == "link"
        if line.kind == "heading":
            if links and _SOURCES.search(text_of(line.node)):
                section = []
                break
            found += section
            section = []
    found += section
    length = sum(top.length for top in tops)
    taken = sum(node.length for node in found)
    return found if (links >= _FEWEST_LINKS or not links) and taken < _KEPT_SHARE * length else []


def _lines(
    tops: Sequence[Node], removed: Container[Node], metadata: PageMetadata, *, reverse: bool
) -> Iterator[_Line]:
    """Yield the lines of an article from its beginning, or from its end."""
    stack: list[Node | str] = list(tops if reverse else reversed(tops))
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            if not each.isspace():
                yield _Line(None, "text")
        elif each in removed:
            continue
        elif each.name == "img":
            yield _Line(each, "picture")
        elif each.name in _CONTENT:
            yield _Line(each, "text")
        elif each.name in _LEAVES or each.phrasing:
            if not each.length:
                stack += each.content if reverse else reversed(each.content)
            else:
                yield _Line(each, _kind(each, metadata))
        else:
            stack += each.content if reverse else reversed(each.content)


def _kind(node: Node, metadata: PageMetadata) -> str:
    if node.element is not None and NOTE in node.element.attrib:
        return "note"
    if node.length <= _SHORT and _is_byline(text_of(node), metadata):
        return "byline"
    if node.link_density < _LINK_DENSITY and _is_heading(node):
        return "heading"
    if node.link_density >= _LINK_DENSITY:
        return "link"
    return "text"


def _is_heading(node: Node) -> bool:
    return node.name in _HEADINGS or any(
        child.name in _HEADINGS and child.length == node.length for child in node.children
    )


def _is_byline(text: str, metadata: PageMetadata) -> bool:
    """Return whether a line is nothing but a name and a date with the words around them."""
    name = name_in(text)
    if name != text and _NAME.fullmatch(name) and name.istitle():
        return True
    rest = without_date(text)
    if metadata.author:
        rest = re.sub(re.escape(metadata.author), "", rest, flags=re.IGNORECASE)
    return not any(map(str.isalpha, _LABELS.sub("", rest)))
