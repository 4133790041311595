"""The parts of an article's element that are not the article: forms, shares, lists of links, pictures of nothing.

The idea is that of Mozilla Readability, https://github.com/mozilla/readability: a part goes if it has few commas and
looks like a form, a gallery or a list of links.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from pactreader.formats.readers.html.elements import NOTE
from pactreader.formats.readers.web_page.candidates import text_of
from pactreader.formats.readers.web_page.class_names import is_share
from pactreader.formats.readers.web_page.page_nodes import Node

if TYPE_CHECKING:
    from lxml.etree import _Element

_REMOVED: Final = frozenset({"footer", "aside", "textarea", "button", "select", "link", "object", "embed"})
_SHORT: Final = 500
"""The length in code points below which what is named so is a row of buttons."""
_CONDITIONAL: Final = frozenset({"form", "fieldset", "table", "ul", "div"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TEXT_BLOCKS: Final = frozenset(
    {"span", "li", "td", "blockquote", "dl", "div", "img", "ol", "p", "pre", "table", "ul"}
)
_FEWEST_COMMAS: Final = 10
"""The number of commas from which a part is prose, whatever else is in it."""
_ADVERTISEMENT: Final = re.compile(
    r"(?:ad(?:vertising|vertisement)?|pub(?:licité)?|werb(?:ung)?|anzeige|广告|реклама|anuncio"
    r"|(?:loading|正在加载|загрузка|chargement|cargando)(?:…|\.\.\.)?)",
    re.IGNORECASE,
)
_LONGEST_ADVERTISEMENT: Final = 16
_VIDEOS: Final = re.compile(
    r"//(?:www\.)?(?:(?:dailymotion|youtube|youtube-nocookie|player\.vimeo|v\.qq|bilibili|live\.bilibili)\.com"
    r"|archive\.org|upload\.wikimedia\.org|player\.twitch\.tv)"
)


_COUNTED: Final = {"p": "paragraphs", "img": "pictures", "li": "items", "input": "inputs"}
_MAY_BE_CONTENTS: Final = frozenset({"ul", "ol", "nav", "div", "table", "section", "details", "dl"})
_FEWEST_ENTRIES: Final = 3
_CONTENTS_SHARE: Final = 0.75
"""The share of text in links within the page from which it is a table of contents."""
_FEWEST_CELLS: Final = 10
"""The number of cells that a table of data without heads has more of, in two rows and columns or more."""
_MARKS_DATA: Final = frozenset({"caption", "col", "colgroup", "tfoot", "thead", "th"})


def tables_of_data(root: "_Element") -> "set[_Element]":
    """Return the tables of a page that hold data, and so belong to the article: with heads, or with many cells."""
    return {table for table in root.iter("table") if _holds_data(table)}


def _holds_data(table: "_Element") -> bool:
    if table.get("role") in {"presentation", "none"} or table.get("datatable") == "0":
        return False
    if table.get("summary"):
        return True
    rows = columns = 0
    for element in table.iterdescendants():
        name = element.tag
        if name in _MARKS_DATA:
            return True
        if name == "table":
            return False
        if name == "tr":
            rows += 1
            columns = max(columns, len(element))
    return (
        rows > 1 and columns > 1 and (rows >= _FEWEST_CELLS or columns > 4 or rows * columns > _FEWEST_CELLS)
    )


def section_names(root: "_Element") -> set[str]:
    """Return the names by which links lead to a page's headings."""
    names: set[str] = set()
    for heading in root.iter(*_HEADINGS):
        before, parent = heading.getprevious(), heading.getparent()
        around = [each for each in (before, parent) if each is not None]
        if parent is not None and before is None and (outer := parent.getparent()) is not None:
            around.append(outer)
        for element in (heading, *islice(heading.iterdescendants(), 5), *around):
            names.update((element.get("id", ""), element.get("name", "")))
    return names - {""}


@dataclass(slots=True)
class _Counts:
    """The numbers of what is in a node that was kept, and the lengths of some of it in code points."""

    length: int = 0
    link_length: float = 0.0
    commas: int = 0
    paragraphs: int = 0
    pictures: int = 0
    items: int = 0
    inputs: int = 0
    has_video: bool = False
    headings: int = 0
    lists: int = 0
    text_blocks: int = 0
    page_links: int = 0
    """The number of links within the page."""
    page_length: int = 0
    """The length of their text."""
    has_data: bool = False
    """True if there is a table of data in it, or code."""

    def add(self, other: "_Counts") -> None:
        self.length += other.length
        self.link_length += other.link_length
        self.commas += other.commas
        self.paragraphs += other.paragraphs
        self.pictures += other.pictures
        self.items += other.items
        self.inputs += other.inputs
        self.has_video = self.has_video or other.has_video
        self.headings += other.headings
        self.lists += other.lists
        self.text_blocks += other.text_blocks
        self.has_data = self.has_data or other.has_data
        self.add_page_links(other)

    def add_page_links(self, other: "_Counts") -> None:
        self.page_links += other.page_links
        self.page_length += other.page_length


class Cleaner:
    """A cleaner of the nodes of one article."""

    def __init__(
        self,
        data_tables: "set[_Element]",
        sections: Container[str],
        *,
        weigh_names: bool,
        conditionally: bool,
    ) -> None:
        """Create a cleaner.

        Args:
            data_tables: The tables of data in the page.
            sections: The names by which links lead to its headings.
            weigh_names: True if the names of parts count.
            conditionally: True to remove what looks like no prose.
        """
        self._data_tables = data_tables
        self._sections = sections
        self._weigh_names = weigh_names
        self._conditionally = conditionally
        self.removed: list[Node] = []
        """The nodes that are not the article."""
        self.length = 0
        """The length of the text that is left, in code points."""

    def clean(self, tops: Sequence[Node]) -> None:
        """Find what is not the article in its nodes."""
        for top in tops:
            self.length += self._clean(top).length

    def _clean(self, top: Node) -> _Counts:
        """Return the counts of a node, without what is removed in it."""
        total = _Counts()
        # Each entry: a node, its counts so far, and the number of its next part.
        stack: list[tuple[Node, _Counts, int, bool]] = [(top, _Counts(), 0, False)]
        while stack:
            node, counts, index, is_kept = stack.pop()
            if not index:
                is_kept = (
                    is_kept or node.element in self._data_tables or node.name in {"pre", "code", "figure"}
                )
                if self._is_removed(node, is_top=node is top):
                    self.removed.append(node)
                    continue
            content = node.content
            while index < len(content):
                each = content[index]
                index += 1
                if isinstance(each, str):
                    text = " ".join(each.split()) if not each.isspace() else ""
                    counts.length += len(text)
                    counts.commas += text.count(",")
                else:
                    stack.append((node, counts, index, is_kept))
                    stack.append((each, _Counts(), 0, is_kept))
                    break
            else:
                self._count(node, counts)
                if node is not top and _is_contents(node, counts):
                    self.removed.append(node)
                    stack[-1][1].add_page_links(counts)
                elif (
                    node is not top
                    and self._is_no_prose(node, counts, is_kept=is_kept)
                    and not _is_in_line(node, stack[-1][0], stack[-1][2] - 1)
                ):
                    self.removed.append(node)
                elif stack:
                    stack[-1][1].add(counts)
                else:
                    total = counts
        return total

    def _is_removed(self, node: Node, *, is_top: bool) -> bool:
        """Return whether a node goes whatever is in it."""
        if is_top or node.element is None:
            return False
        if node.name in _REMOVED:
            return True
        if node.names and node.length < _SHORT and is_share(node.names):
            return True
        return node.name in {"h1", "h2"} and self._weight(node) < 0

    def _weight(self, node: Node) -> int:
        return node.weight if self._weigh_names else 0

    def _count(self, node: Node, counts: _Counts) -> None:
        """Count a node itself."""
        name = node.name
        if name == "a":
            href = node.element.get("href", "") if node.element is not None else ""
            counts.link_length = counts.length * (0.3 if len(href) > 1 and href[0] == "#" else 1)
            if href[:1] == "#" and unquote(href[1:]) in self._sections:
                counts.page_links, counts.page_length = 1, counts.length
        elif name in _COUNTED:
            setattr(counts, _COUNTED[name], getattr(counts, _COUNTED[name]) + 1)
        elif name in {"object", "embed", "iframe"}:
            source = node.element.get("src", "") if node.element is not None else ""
            counts.has_video = counts.has_video or bool(_VIDEOS.search(source))
        elif name in _HEADINGS:
            counts.headings += counts.length
        elif name in {"ul", "ol"}:
            counts.lists += counts.length
        elif (
            name == "pre"
            or (name == "dd" and node.element is not None and NOTE in node.element.attrib)
            or node.element in self._data_tables
        ):
            counts.has_data = True
        if name in _TEXT_BLOCKS:
            counts.text_blocks = max(counts.text_blocks, counts.length)

    def _is_no_prose(self, node: Node, counts: _Counts, *, is_kept: bool) -> bool:
        if not self._conditionally or is_kept or node.name not in _CONDITIONAL:
            return False
        if node.element is None or counts.has_data:
            return False
        weight = self._weight(node)
        if weight < 0:
            return True
        if counts.commas >= _FEWEST_COMMAS or counts.has_video:
            return False
        if counts.length <= _LONGEST_ADVERTISEMENT and _ADVERTISEMENT.fullmatch(text_of(node)):
            return True
        return _looks_like_no_prose(node, counts, weight)


def _is_in_line(node: Node, item: Node, index: int) -> bool:
    """Return whether a node is a part of the line of a list item: text stands beside it."""
    if node.name != "div" or not (item.name == "li" or (item.parent and item.parent.name == "li")):
        return False
    for at in (index - 1, index + 1):
        each = item.content[at] if 0 <= at < len(item.content) else ""
        if isinstance(each, str):
            if each and not each.isspace():
                return True
        elif each.length and (each.phrasing or each.element is None):
            return True
    return False


def _is_contents(node: Node, counts: _Counts) -> bool:
    """Return whether a node is a table of contents: a list of links within the page."""
    if node.name not in _MAY_BE_CONTENTS or counts.has_data or counts.page_links < _FEWEST_ENTRIES:
        return False
    return counts.page_length > _CONTENTS_SHARE * node.length


def _looks_like_no_prose(node: Node, counts: _Counts, weight: int) -> bool:
    length = counts.length
    is_list = node.name in {"ul", "ol"} or (length > 0 and counts.lists / length > 0.9)
    in_figure = _is_in_figure(node)
    link_density = counts.link_length / length if length else 0.0
    heading_density = counts.headings / length if length else 0.0
    pictures, paragraphs = counts.pictures, counts.paragraphs
    own_blocks = counts.text_blocks
    return (
        (not in_figure and pictures > 1 and paragraphs / pictures < 0.5)
        or (not is_list and counts.items - 100 > paragraphs)
        or (node.name in {"form", "fieldset"} and counts.inputs > paragraphs // 3)
        or (
            not is_list
            and not in_figure
            and heading_density < 0.9
            and length < 25
            and (not pictures or pictures > 2)
            and link_density > 0
        )
        or (not is_list and weight < 25 and link_density > 0.2)
        or (weight >= 25 and link_density > 0.5)
        or (not pictures and not own_blocks)
    )


def _is_in_figure(node: Node) -> bool:
    around = node.parent
    for _ in range(4):
        if around is None:
            return False
        if around.name == "figure":
            return True
        around = around.parent
    return False
