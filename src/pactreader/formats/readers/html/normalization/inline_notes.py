"""Footnotes whose text stands in the place of their references: side notes and popups."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.html.elements import BLOCKS, NOTE
from pactreader.formats.readers.html.normalization.linked_notes import Footnote
from pactreader.formats.readers.html.normalization.note_marks import leading_mark, mark_of
from pactreader.formats.readers.html.tree_editing import (
    MAX_ANCESTORS,
    class_of,
    drop,
    enclosing,
    move_content,
    short_text_of,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOTE: Final = re.compile(
    r"(?<![\w-])(?:side-?note|margin-?note|footnote|inline-footnote|footnote-?_?_?(?:text|content|body|note|popup|tooltip)"
    r"|sidenote-?_?_?(?:text|content|body)|fn-?(?:text|content)|ltx_note_outer|modern-footnotes-footnote__note"
    r"|footnote_tooltip)(?![\w-])"
)
"""The classes of footnotes in the text."""
_MARKER: Final = re.compile(
    r"(?<![a-z0-9])(?:number|toggle|sidenote|side-note|footnote|margin-toggle|marginnote|ltx_note_mark|ref|fn)(?![a-z0-9])"
)
"""The classes of the numbers and buttons before them."""
_OWN: Final = ("d-footnote", "dt-fn")
"""The elements of scientific pages that are footnotes."""
_ELEMENTS: Final = ("span", "small", "aside", "label", "div", *_OWN)
_MARKERS: Final = ("label", "sup", "input", "a", "button", "span")
_MAX_MARKERS: Final = 4
_MAX_MARK: Final = 12
_MAX_ANCESTORS: Final = 6
_CONTAINERS: Final = frozenset({"div", "section", "article", "main", "body", "html", "td", "figure", "aside"})
"""Elements that a footnote may be put in behind one of their blocks."""


def find_inline_notes(root: "_Element", known: Sequence[Footnote]) -> list[Footnote]:
    """Take the footnotes out of the texts that they stand in, and return them. Each is put behind its block."""
    notes = {note.element for note in known}
    taken = {ancestor for note in known for ancestor in islice(note.element.iterancestors(), _MAX_ANCESTORS)}
    found: list[Footnote] = []
    last_behind: dict[_Element, _Element] = {}
    for element in list(root.iter(*_ELEMENTS)):
        if element.tag not in _OWN and not _NOTE.search(class_of(element)):
            continue
        if element in taken:
            continue
        if notes.intersection((element, *islice(element.iterancestors(), _MAX_ANCESTORS))):
            continue
        if not _is_note(element):
            continue
        block = _outer_block(element)
        if block is None:
            continue
        taken |= set(element.iter("span", "small", "div"))
        reference, mark = _take_reference(element)
        note = element.makeelement("dd", {})
        move_content(element, note)
        drop(element)
        last_behind.get(block, block).addnext(note)
        last_behind[block] = note
        found.append(Footnote(note, mark or leading_mark(note, bare=False), [reference]))
    return found


def _is_note(element: "_Element") -> bool:
    """Return whether an element has a text, and not only a reference, and stands in a text itself."""
    words = short_text_of(element, _MAX_MARK)
    if words is not None and (not words or mark_of(words)):
        return False
    return enclosing(element, "template", "pre", "nav") is None and not any(
        ancestor.get(NOTE) is not None for ancestor in islice(element.iterancestors(), _MAX_ANCESTORS)
    )


def _outer_block(element: "_Element") -> "_Element | None":
    """Return the outermost block around an element that is no part of the page; `None` if it stands in none."""
    block: _Element | None = None
    for ancestor in islice(element.iterancestors(), MAX_ANCESTORS):
        if ancestor.tag in _CONTAINERS:
            break
        if ancestor.tag in BLOCKS:
            block = ancestor
    return block


def _take_reference(element: "_Element") -> "tuple[_Element, str]":
    """Return the element of the reference before a footnote, or else a new one, and its mark."""
    mark, chosen = "", None
    here = element.getprevious()
    for _ in range(_MAX_MARKERS):
        if here is None or here.tag not in _MARKERS or (here.tail or "").strip():
            break
        words = short_text_of(here, _MAX_MARK)
        is_marker = here.tag in {"label", "input"} or _MARKER.search(class_of(here))
        if (
            words is None
            or not (is_marker or mark_of(words))
            or (words and not mark_of(words) and here.tag not in {"label", "button"})
        ):
            break
        if here.tag == "input":
            drop(here)
        else:
            if chosen is not None:
                drop(chosen)
            mark, chosen = mark_of(words) or mark, here
        here = here.getprevious()
    if chosen is None:
        chosen = element.makeelement("a", {})
        element.addprevious(chosen)
    return chosen, mark
