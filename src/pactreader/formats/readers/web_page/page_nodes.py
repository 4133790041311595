"""The nodes of a page with the measures of their text, each counted once from the leaves up."""

import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.web_page.class_names import (
    UNLIKELY_ROLES,
    class_names,
    class_weight,
    is_unlikely,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

SKIPPED: Final = frozenset(
    """
    script style template link meta noscript head title base svg canvas select option datalist map
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""Elements whose text is never the article's."""
_PHRASING: Final = frozenset(
    """
    abbr audio b bdo br button cite code data datalist dfn em embed i img input kbd label mark math meter
    noscript object output progress q ruby samp script select small span strong sub sup textarea time
    var wbr font u s tt big strike nobr picture
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""Elements of a line of text."""
_PHRASING_AROUND_SUCH: Final = frozenset({"a", "del", "ins"})
_MAKE_BLOCKS: Final = frozenset({"blockquote", "dl", "div", "img", "ol", "p", "pre", "table", "ul"})
"""Elements that make an element around them more than a paragraph."""
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CONTAINERS: Final = _HEADINGS | {"div", "section", "header"}
"""Elements that are nothing without text."""
_KEPT_AROUND: Final = frozenset({"table", "pre", "code"})
"""Elements in which no name makes an element unlikely."""
_COMMAS: Final = re.compile("[,\u060c\ufe50\ufe10\ufe11\u2e41\u2e34\u2e32\uff0c]")
"""The commas of all scripts."""
_MAX_LINK_DENSITY: Final = 0.25
"""The share of a paragraph's text in links from which the element around it stays one of its own."""
_SHORTEST_PROSE: Final = 80
"""The length in code points from which a paragraph is more than a line."""
_SAME_PAGE: Final = 0.3
"""The weight of the text of links within the page, which belongs to the article more often than that of others."""


class Node:
    """An element of a page that may be part of the article, or a paragraph that a `div` has without an element for it."""

    __slots__ = (
        "commas",
        "content",
        "element",
        "has_block",
        "length",
        "link_length",
        "name",
        "names",
        "parent",
        "phrasing",
        "prose",
        "score",
    )

    def __init__(self, element: "_Element | None", name: str, names: str, parent: "Node | None") -> None:
        self.element = element
        """The element; `None` for a paragraph without one."""
        self.name = name
        """The element's name, or `p` for a `div` that is a paragraph."""
        self.names = names
        """Its class and its id in lower case."""
        self.parent = parent
        self.content: list[str | Node] = []
        """The texts and the nodes in it, in order."""
        self.length = 0
        """The length of its text in code points, with one blank in place of each run of white space."""
        self.link_length = 0.0
        """The length of the text of its links."""
        self.commas = 0
        self.prose = 0
        """The length of its paragraphs that are more than a line, without those of links."""
        self.phrasing = False
        """True if it is part of a line of text."""
        self.has_block = False
        """True if there is a block in it."""
        self.score: float | None = None
        """The score as a candidate; `None` before it is one."""

    @property
    def link_density(self) -> float:
        """The share of its text that is in links, from 0 to 1."""
        return self.link_length / self.length if self.length else 0.0

    @property
    def children(self) -> "Iterator[Node]":
        """The nodes in it."""
        return (each for each in self.content if not isinstance(each, str))

    @property
    def weight(self) -> int:
        """The weight that its class and its id have, as `class_weight`."""
        return class_weight(self.element) if self.element is not None else 0

    @property
    def _is_prose(self) -> bool:
        return self.length >= _SHORTEST_PROSE and self.link_density < _MAX_LINK_DENSITY

    def measure(self) -> None:
        """Measure what is in it, whose own measures are complete."""
        for each in self.content:
            if isinstance(each, str):
                if not each.isspace():
                    self.length += _length(each)
                    self.commas += each.count(",") if each.isascii() else len(_COMMAS.findall(each))
                continue
            self.length += each.length
            self.link_length += each.link_length
            self.commas += each.commas
            self.prose += each.prose
            self.has_block = self.has_block or each.has_block or each.name in _MAKE_BLOCKS
        if self.name == "a":
            href = self.element.get("href", "") if self.element is not None else ""
            self.link_length = self.length * (_SAME_PAGE if len(href) > 1 and href[0] == "#" else 1)
        if self.name in {"p", "pre"}:
            self.prose = self.length if self._is_prose else 0
        self.phrasing = self.name in _PHRASING or (
            self.name in _PHRASING_AROUND_SUCH and all(child.phrasing for child in self.children)
        )


class NodeBuilder:
    """A builder of the nodes of one page."""

    def __init__(self, *, leave_out_unlikely: bool, dropped: Container["_Element"] = ()) -> None:
        """Create a builder.

        Args:
            leave_out_unlikely: True to leave out elements whose names say that they are not the article.
            dropped: Elements to leave out in any case.
        """
        self._leave_out_unlikely = leave_out_unlikely
        self._dropped = dropped
        self.removed: list[_Element] = []
        """The elements that were left out."""
        self.nodes: list[Node] = []
        """All nodes, each behind those in it."""

    def build(self, root: "_Element") -> Node:
        """Return the node of an element, with all nodes in it."""
        from lxml import etree

        top = Node(None, "#document", "", None)
        node, kept_around = top, 0
        left_out: _Element | None = None
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = element.tag
            if event == "start":
                names = class_names(element)
                if name in SKIPPED or element in self._dropped:
                    left_out = element
                elif not kept_around and self._leave_out_unlikely and _is_unlikely(element, name, names):
                    self.removed.append(element)
                    left_out = element
                else:
                    kept_around += name in _KEPT_AROUND
                    node = Node(element, name, names, node)
                    _add(node, element.text)
                    continue
                walk.skip_subtree()
                continue
            if element is left_out:
                left_out = None
            else:
                kept_around -= name in _KEPT_AROUND
                assert node.parent is not None
                parent = node.parent
                if self._finish(node):
                    _add(parent, node)
                node = parent
            if element is not root:
                _add(node, element.tail)
        top.measure()
        return next(top.children, top)

    def _finish(self, node: Node) -> bool:
        """Complete a node, and return whether there is anything in it."""
        if node.name == "p" and _has_two_breaks(node):
            _divide(node)
        paragraphs = [each for each in node.children if each.element is None] if node.name == "div" else []
        for each in paragraphs:
            each.measure()
        node.measure()
        if node.name in _CONTAINERS and not node.length and all(map(_is_nothing, node.children)):
            return False
        if node.name == "div":
            only = _only_paragraph(node)
            if only and node.link_density < _MAX_LINK_DENSITY:
                node.name, only.name = "p", "span"
            elif not node.has_block:
                node.name = "p"
                node.prose = node.length if node.length >= _SHORTEST_PROSE else 0
        self.nodes += paragraphs
        self.nodes.append(node)
        return True


def _add(node: Node, each: "str | Node | None") -> None:
    """Add a text or a complete node to a node.

    In a `div`, each run of text and phrasing elements is a paragraph, which two line breaks end.
    """
    if not each:
        return
    if isinstance(each, Node):
        in_line, is_blank = each.phrasing, each.name == "br"
    else:
        in_line, is_blank = True, each.isspace()
    if node.name == "div" and in_line:
        last = node.content[-1] if node.content else None
        if not isinstance(last, Node) or last.element is not None or _ends_with_two_breaks(last):
            if is_blank:
                node.content.append(each)
                return
            last = Node(None, "p", "", node)
            node.content.append(last)
        node = last
    node.content.append(each)
    if isinstance(each, Node):
        each.parent = node


def _has_two_breaks(node: Node) -> bool:
    breaks = 0
    for each in node.content:
        if isinstance(each, str):
            breaks = breaks if each.isspace() else 0
        else:
            breaks = breaks + 1 if each.name == "br" else 0
            if breaks == 2:
                return True
    return False


def _divide(node: Node) -> None:
    """Make a paragraph that is divided by two line breaks at a time an element with several ones."""
    content, node.content, node.name = node.content, [], "div"
    for each in content:
        _add(node, each)


def _ends_with_two_breaks(paragraph: Node) -> bool:
    breaks = 0
    for each in reversed(paragraph.content):
        if isinstance(each, Node):
            if each.name != "br":
                return False
            breaks += 1
            if breaks == 2:
                return True
        elif not each.isspace():
            return False
    return False


def _is_unlikely(element: "_Element", name: str, names: str) -> bool:
    if name in {"body", "html", "a", "dt"}:
        return False
    if name in _HEADINGS:  # whose own name is often “header”
        names = names.replace("header", "")
    if names and is_unlikely(names):
        return True
    return element.get("role", "") in UNLIKELY_ROLES


def _is_nothing(node: Node) -> bool:
    return node.name in {"br", "hr"}


def _length(text: str) -> int:
    return len(" ".join(text.split())) if "\n" in text or "  " in text else len(text)


def _only_paragraph(node: Node) -> Node | None:
    """Return the paragraph that is all there is in a node; `None` if there is more."""
    only: Node | None = None
    for each in node.content:
        if isinstance(each, str):
            if not each.isspace():
                return None
        elif only or each.name != "p":
            return None
        else:
            only = each
    return only
