"""The article in a page.

The idea is that of Mozilla Readability, https://github.com/mozilla/readability: the element with most of the text, less
what is no prose in it; the rules are relaxed one after the other until there is enough.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.core.links import FOOTNOTE_PREFIX
from pactreader.formats.readers.html.elements import NOTE
from pactreader.formats.readers.web_page.bylines import text_in
from pactreader.formats.readers.web_page.candidates import (
    best_candidate,
    marked_article,
    score_candidates,
    with_most_prose,
    with_neighbours,
)
from pactreader.formats.readers.web_page.cleaning import Cleaner, section_names, tables_of_data
from pactreader.formats.readers.web_page.edges import around_article
from pactreader.formats.readers.web_page.metadata import PageMetadata
from pactreader.formats.readers.web_page.page_nodes import Node, NodeBuilder
from pactreader.formats.readers.web_page.visibility import make_empty

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENOUGH: Final = 500
"""The length of an article in code points from which the rules are not relaxed."""
_MOST: Final = 0.9
"""The share of the text in an element which the page marks as its article that must be found, or else it is taken whole."""
_MOST_LINKS: Final = 0.9
"""The share of a page's text in links from which there is no article."""
_LEAST_PROSE: Final = 0.4
"""The share of a page's prose that must be found, or else its article is in several parts."""
_MAX_DIFFERENCE: Final = 0.25
"""The share of a heading's letters in words that the title does not have, up to which it says the same."""
_WORD: Final = re.compile(r"\w+")


class _Rules(NamedTuple):
    """The rules by which an article is found."""

    leave_out_unlikely: bool
    """True to leave out elements whose names say that they are not the article."""
    weigh_names: bool
    """True if names count for and against an element."""
    clean: bool
    """True to remove what looks like no prose."""


_RULES: Final = (
    _Rules(leave_out_unlikely=True, weigh_names=True, clean=True),
    _Rules(leave_out_unlikely=False, weigh_names=True, clean=True),
    _Rules(leave_out_unlikely=False, weigh_names=False, clean=True),
    _Rules(leave_out_unlikely=False, weigh_names=False, clean=False),
)


class _Found(NamedTuple):
    """The article as one set of rules finds it."""

    nodes: list[Node]
    removed: "list[_Element]"
    """The elements that are not part of it."""
    length: int
    """The length of its text in code points."""


class _Finder:
    """A finder of the article in one page."""

    def __init__(self, root: "_Element", metadata: PageMetadata) -> None:
        self._root = root
        self._metadata = metadata
        self._tables = tables_of_data(root)
        self._sections = section_names(root)
        repeated = (metadata.byline, _repeated_title(root, metadata.title))
        self._dropped = {each for each in repeated if each is not None}
        self._built: dict[bool, tuple[NodeBuilder, Node]] = {}

    def find(self) -> _Found | None:
        """Return the article by the strictest rules that find enough, else the longest one that any of them find.

        `None` if the page is nothing but links.
        """
        best: _Found | None = None
        for rules in _RULES:
            if rules is _RULES[1] and not self._build(leave_out_unlikely=True)[0].removed:
                self._built[False] = self._built[True]
            found = self._find_by(rules)
            if found.length >= _ENOUGH:
                return found
            top = self._build(leave_out_unlikely=rules.leave_out_unlikely)[1]
            if not rules.leave_out_unlikely and top.link_density > _MOST_LINKS and top.prose < _ENOUGH:
                return None
            if best is None or found.length > best.length:
                best = found
        return best

    def _build(self, *, leave_out_unlikely: bool) -> tuple[NodeBuilder, Node]:
        """Return the nodes of the page, without scores."""
        if leave_out_unlikely not in self._built:
            builder = NodeBuilder(leave_out_unlikely=leave_out_unlikely, dropped=self._dropped)
            self._built[leave_out_unlikely] = builder, builder.build(self._root)
        builder, top = self._built[leave_out_unlikely]
        for node in builder.nodes:
            node.score = None
        return builder, top

    def _find_by(self, rules: _Rules) -> _Found:
        builder, top = self._build(leave_out_unlikely=rules.leave_out_unlikely)
        candidates = score_candidates(builder.nodes, weigh_names=rules.weigh_names)
        best = best_candidate(candidates) if candidates else top
        nodes = with_neighbours(best)
        cleaner = self._clean(nodes, rules)
        if cleaner.length >= _ENOUGH and sum(node.prose for node in nodes) < _LEAST_PROSE * top.prose:
            best = with_most_prose(best, top.prose)
            nodes = [best]
            cleaner = self._clean(nodes, rules)
        marked = marked_article(best, builder.nodes)
        if marked and marked.length * _MOST > cleaner.length:
            whole = self._clean([marked], rules)
            if whole.length * _MOST > cleaner.length:
                nodes, cleaner = [marked], whole
        around = around_article(nodes, set(cleaner.removed), self._metadata)
        removed = [node.element for node in (*cleaner.removed, *around) if node.element is not None]
        return _Found(nodes, [*self._dropped, *builder.removed, *removed], cleaner.length)

    def _clean(self, nodes: list[Node], rules: _Rules) -> Cleaner:
        cleaner = Cleaner(
            self._tables, self._sections, weigh_names=rules.weigh_names, conditionally=rules.clean
        )
        cleaner.clean(nodes)
        return cleaner


def find_article(root: "_Element", metadata: PageMetadata) -> "_Element | None":
    """Return an element with the article alone, for which the page's tree is taken apart.

    `None` if there is no article in it; then the tree stays as it is.

    Args:
        root: The page.
        metadata: What it says of the article. Its title and its byline are left out of the article.
    """
    notes = [each for each in root.iter("dd") if NOTE in each.attrib]
    found = _Finder(root, metadata).find()
    return _assemble(found, notes) if found else None


def _repeated_title(root: "_Element", title: str) -> "_Element | None":
    """Return the first main heading that says the same as the title; `None` if none does."""
    words = _WORD.findall(title.casefold())
    for element in root.iter("h1", "h2"):
        others = _WORD.findall(text_in(element).casefold())
        if (
            words
            and others
            and max(_share_of_new(words, others), _share_of_new(others, words)) <= _MAX_DIFFERENCE
        ):
            return element
    return None


def _share_of_new(words: Sequence[str], others: Sequence[str]) -> float:
    """Return the share of some words, by their letters, that are not among others."""
    known = set(others)
    return sum(len(word) for word in words if word not in known) / sum(map(len, words))


def _assemble(found: _Found, notes: Iterable["_Element"]) -> "_Element":
    from lxml import etree

    for element in found.removed:
        make_empty(element)
    article = etree.Element("div")
    for node in found.nodes:
        _append(article, node)
    _append_notes(article, notes)
    return article


def _append_notes(article: "_Element", notes: Iterable["_Element"]) -> None:
    """Append the footnotes that the article refers to and that stood outside of it."""
    from lxml import etree

    inside = set(article.iter("dd"))
    references = {each.get("href", "") for each in article.iter("a")}
    missing = [
        note for note in notes if note not in inside and FOOTNOTE_PREFIX + note.get(NOTE, "") in references
    ]
    if missing:
        etree.SubElement(article, "dl").extend(missing)


def _append(parent: "_Element", node: Node) -> None:
    """Append a node's element to another one; a paragraph without an element gets one."""
    from lxml import etree

    if node.element is not None:
        parent.append(node.element)
        node.element.tail = "\n"
        return
    paragraph = etree.SubElement(parent, "p")
    last: _Element | None = None
    for each in node.content:
        if isinstance(each, Node):
            assert each.element is not None
            last = each.element
            paragraph.append(last)
            last.tail = None
        elif last is None:
            paragraph.text = (paragraph.text or "") + each
        else:
            last.tail = (last.tail or "") + each
