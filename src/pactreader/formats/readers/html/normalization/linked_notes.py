"""Footnotes to which the page has links."""

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

from pactreader.formats.readers.html.elements import BLOCKS, HEADINGS
from pactreader.formats.readers.html.normalization.note_marks import (
    is_bracketed,
    leading_mark,
    mark_of,
)
from pactreader.formats.readers.html.tree_editing import enclosing, short_text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_MARK: Final = 24
_NAMED_REFERENCE: Final = re.compile(
    r"(?<![a-z0-9])(?:doc-noteref|noteref|footnote-?_?ref(?:erence)?|fn-?ref|footnote-?anchor|footnote-?link"
    r"|easy-footnote|endnote-?ref|note-?ref|sdfootnoteanc|sdendnoteanc|footnote-hovercard-target)(?![a-z0-9])"
)
"""The class, role or type of a reference."""
_CONTAINER: Final = re.compile(
    r"(?<![a-z0-9])(?:footnotes?|endnotes?|rearnotes?|doc-endnotes?|doc-footnotes?|doc-bibliography|references?"
    r"|reflist|bibliography|biblist|citations?|fn-group|fn|ftn\d*|fn\d+|notes|footnotebody|footnotetext"
    r"|msofootnotetext|msoendnotetext|ltx_biblist|ltx_bibitem|sdfootnote|sdendnote|sdfootnote\d+|sdendnote\d+)(?![a-z0-9])"
)
"""The class, id, role or type of a footnote, or of an element with footnotes."""
_MAX_ANCESTORS: Final = 4
"""The number of elements around a footnote among which one with footnotes is looked for."""
_PARAGRAPHS: Final = frozenset({"p", "div", "td", "font", "blockquote"})
"""Elements whose lines can be footnotes."""
_MAX_BACK_LINKS: Final = 20
_SECTIONS: Final = frozenset(
    {"body", "article", "main", "section", "html", "ol", "ul", "dl", "table", "tbody", "nav"}
)
"""Elements that are too large to be one footnote, unless a link leads to them."""


@dataclass(slots=True, eq=False)
class Footnote:
    """A footnote that has been found."""

    element: "_Element"
    """The block of the footnote, or its first one."""
    mark: str
    """The number or sign that the page gives it; empty if it has none."""
    references: "list[_Element]" = field(default_factory=list)
    more: "list[_Element]" = field(default_factory=list)
    """Its other blocks."""


class _Place(NamedTuple):
    """An element that links can lead to."""

    order: int
    """The number of the element in the tree."""
    element: "_Element"


class _Page(NamedTuple):
    """The places of a page, and the numbers of items."""

    places: dict[str, _Place]
    numbers: "dict[_Element, dict[_Element, int]]"
    """The numbers of the items of lists, by list."""


def find_linked_notes(root: "_Element") -> list[Footnote]:
    """Return the footnotes of a tree that links in the text before them lead to.

    A link is a reference if it has a number or sign, and the block that it leads to begins with the same, or stands in
    a list of footnotes, or leads back. A link with a number that leads to a heading or an equation is none.
    """
    links: list[tuple[int, _Element, str]] = []
    page = _Page({}, {})
    places = page.places
    for index, element in enumerate(root.iter("*")):
        if not element.attrib:
            continue
        is_link = element.tag == "a"
        for name in (element.get("id"), element.get("name") if is_link else None):
            if name:
                places.setdefault(name, _Place(index, element))
        if is_link and (element.get("href") or "").startswith("#"):
            links.append((index, element, unquote((element.get("href") or "")[1:])))
    _split_paragraphs([places[name].element for _, _, name in links if name in places])
    found: dict[_Element, Footnote] = {}
    for index, link, name in links:
        place = places.get(name)
        if place is None or enclosing(link, "pre", "template") is not None:
            continue
        written = short_text_of(link, _MAX_MARK)
        is_named = _is_named_reference(link)
        mark = mark_of(written)
        if not (mark or is_named) or (place.order < index and not is_named):
            continue
        note = _note_at(place.element)
        if note is None or note in _around(link) or not _is_reference(link, written or "", mark, note, page):
            continue
        footnote = found.setdefault(note, Footnote(note, mark))
        footnote.references.append(link)
    return _without_containers(list(found.values()))


def _split_paragraphs(targets: "list[_Element]") -> None:
    """Split paragraphs whose lines are footnotes, each of which begins with the target of a link, into divisions."""
    by_parent: dict[_Element, dict[_Element, None]] = {}
    for target in targets:
        parent = target.getparent()
        before = target.getprevious()
        begins = before is None or (before.tag == "br" and (before.tail or "").strip() in {"", "["})
        if target.tag == "a" and parent is not None and parent.tag in _PARAGRAPHS and begins:
            by_parent.setdefault(parent, {})[target] = None
    for parent, firsts in by_parent.items():
        if len(firsts) < 2:
            continue
        division = None
        children = list(parent)
        for before, child in zip([None, *children], children, strict=False):
            if child in firsts:
                division = child.makeelement("div", {})
                child.addprevious(division)
                if before is not None:
                    division.text, before.tail = before.tail, None
            if division is not None:
                division.append(child)
        parent.tag = "div" if parent.tag in {"p", "font"} else parent.tag


def _around(link: "_Element") -> "set[_Element]":
    return set(islice(link.iterancestors(), 12))


def _is_named_reference(link: "_Element") -> bool:
    """Return whether the page itself calls a link a reference to a footnote."""
    for element in (link, *islice(link.iterancestors(), 2)):
        names = " ".join(
            value.lower()
            for key, value in element.attrib.items()
            if key in {"class", "role", "rel"} or key.endswith("type")
        )
        if _NAMED_REFERENCE.search(names):
            return "back" not in names
    return False


def _is_reference(link: "_Element", written: str, mark: str, note: "_Element", page: _Page) -> bool:
    """Return whether a link that leads to a block is a reference, and the block a footnote."""
    if _is_named_reference(link):
        return True
    leads_back = _leads_back(note, link, page.places)
    in_container = _in_container(note)
    own = leading_mark(note)
    is_same = own == mark.lower() or (not own and _number_in_list(note, page.numbers) == mark)
    if is_same and (leads_back or in_container):
        return True
    is_raised = enclosing(link, "sup") is not None or (next(iter(link.iter("sup")), None) is not None)
    stands_out = is_raised or is_bracketed(written) or _has_brackets(link)
    return (leads_back and (stands_out or in_container)) or (stands_out and (is_same or in_container))


def _note_at(target: "_Element") -> "_Element | None":
    """Return the block of the footnote that a link leads to; `None` if it leads to something else."""
    if target.tag in HEADINGS or enclosing(target, *HEADINGS) is not None:
        return None
    block = target if target.tag in BLOCKS else enclosing(target, *BLOCKS)
    if block is None or (block is not target and block.tag in _SECTIONS):
        block = _next_block(target)
    elif short_text_of(block, 0) is not None:
        block = _next_block(block)
    if block is None:
        return None
    if block.tag in {"td", "th"}:
        block = block.getparent()
    elif block.tag == "dt":
        block = next(block.itersiblings("dd"), None)
    if block is None or block.tag in HEADINGS or block.tag in _SECTIONS - {"section"} or block.tag == "pre":
        return None
    return _whole(block)


def _next_block(element: "_Element") -> "_Element | None":
    """Return the block that follows an empty element, with nothing but white space between them."""
    if (element.tail or "").strip():
        return None
    following = element.getnext()
    return following if following is not None and following.tag in BLOCKS else None


def _whole(block: "_Element") -> "_Element":
    """Return the element of a footnote that its first paragraph is in."""
    parent = block.getparent()
    while (
        block.tag in {"p", "div"}
        and parent is not None
        and parent.tag in {"li", "div", "aside", "dd"}
        and block.getprevious() is None
        and not (parent.text or "").strip()
        and (parent.tag == "li" or _CONTAINER.fullmatch((parent.get("id") or "").lower()) is not None)
    ):
        block, parent = parent, parent.getparent()
    return block


def _leads_back(note: "_Element", link: "_Element", places: dict[str, _Place]) -> bool:
    """Return whether a footnote has a link to the place of a reference."""
    own = {link, *islice(link.iterancestors(), 3), *islice(link.iter("*"), _MAX_BACK_LINKS)}
    before = link.getprevious()
    if before is not None:
        own.add(before)
    for back in islice(note.iter("a"), _MAX_BACK_LINKS):
        href = back.get("href") or ""
        place = places.get(unquote(href[1:])) if href.startswith("#") else None
        if place is not None and (place.element in own or place.element.getparent() in own):
            return True
    return False


def _in_container(note: "_Element") -> bool:
    """Return whether the page says that a block is a footnote, or stands among footnotes."""
    return any(
        _CONTAINER.search(value.lower())
        for element in (note, *islice(note.iterancestors(), _MAX_ANCESTORS))
        if element.tag not in {"body", "html"}
        for key, value in element.attrib.items()
        if key in {"class", "id", "role"} or key.endswith("type")
    )


def _number_in_list(note: "_Element", numbers: "dict[_Element, dict[_Element, int]]") -> str:
    """Return the number of an item in its list; empty if it has none."""
    parent = note.getparent()
    if note.tag != "li" or parent is None or parent.tag != "ol":
        return ""
    if value := note.get("value"):
        return str(value)
    if parent not in numbers:
        start = parent.get("start") or "1"
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1
        items = (child for child in parent if child.tag == "li")
        numbers[parent] = {item: number for number, item in enumerate(items, first)}
    return str(numbers[parent][note])


def _has_brackets(link: "_Element") -> bool:
    """Return whether the text around a link puts it, or a series of such links, in square brackets."""
    previous, parent = link.getprevious(), link.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else None
    behind = (link.tail or "").strip()
    return (before or "").strip().endswith(("[", ",", "–", "-")) and behind.startswith(("]", ",", "–", "-"))


def _without_containers(notes: list[Footnote]) -> list[Footnote]:
    """Return footnotes without those that have others in them."""
    elements = {note.element for note in notes}
    outer = {ancestor for element in elements for ancestor in islice(element.iterancestors(), 8)}
    return [note for note in notes if note.element not in outer]
