"""Footnotes as items with the label of their references, whatever a page makes of them."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Final

from pactreader.core.links import FOOTNOTE_PREFIX
from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.html.elements import NOTE
from pactreader.formats.readers.html.normalization.inline_notes import find_inline_notes
from pactreader.formats.readers.html.normalization.linked_notes import Footnote, find_linked_notes
from pactreader.formats.readers.html.normalization.loose_notes import find_loose_notes
from pactreader.formats.readers.html.normalization.note_marks import (
    drop_back_links,
    drop_leading_mark,
    leading_mark,
)
from pactreader.formats.readers.html.tree_editing import drop, fill

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_HIDDEN: Final = 3
"""The number of elements around a footnote that may hide it until its reference is clicked."""
_MAX_SERIES: Final = 20
_BETWEEN: Final = re.compile(r"\s*[,;–-]\s*")
"""The text between the references of a series."""
_TABLE_PARTS: Final = ("table", "tbody", "tr", "td", "th")


def normalize_footnotes(root: "_Element") -> None:
    """Give footnotes a label and make their references links to it, as `[1]` leads to the item `[1]`."""
    notes = find_linked_notes(root)
    notes += find_loose_notes(root, notes)
    notes += find_inline_notes(root, notes)
    if not notes:
        return
    notes += _others_in_lists(notes)
    notes = _in_order(root, notes)
    for note, label in zip(notes, _labels(notes), strict=True):
        _write_note(note, label)
        for reference in note.references:
            _write_reference(reference, label)
    _dissolve_lists(notes)


def _others_in_lists(notes: list[Footnote]) -> list[Footnote]:
    """Return the items without a reference in lists of footnotes."""
    known = {note.element for note in notes}
    lists = dict.fromkeys(parent for note in notes if (parent := _list_of(note.element)) is not None)
    found: list[Footnote] = []
    for parent in lists:
        items = [item for item in parent if item.tag == "li"]
        if 2 * sum(item in known for item in items) >= len(items):
            found += [
                Footnote(item, str(number)) for number, item in enumerate(items, 1) if item not in known
            ]
    return found


def _list_of(element: "_Element") -> "_Element | None":
    parent = element.getparent()
    return parent if element.tag == "li" and parent is not None and parent.tag in {"ol", "ul"} else None


def _in_order(root: "_Element", notes: list[Footnote]) -> list[Footnote]:
    """Return footnotes in the order of their first references; those without any come last."""
    wanted = {reference for note in notes for reference in note.references}
    wanted |= {note.element for note in notes}
    places = {element: index for index, element in enumerate(root.iter("*")) if element in wanted}
    last = len(places) and max(places.values()) + 1

    def place(note: Footnote) -> tuple[int, int]:
        own = places.get(note.element, last)
        return (min((places.get(each, own) for each in note.references), default=last), own)

    return sorted(notes, key=place)


def _labels(notes: list[Footnote]) -> list[str]:
    """Return the labels of footnotes: their marks, or numbers in order if two have the same or one has none."""
    marks = [printable_line(note.mark) for note in notes]
    if all(marks) and len({mark.casefold() for mark in marks}) == len(marks):
        return marks
    return [str(number) for number in range(1, len(notes) + 1)]


def _write_note(note: Footnote, label: str) -> None:
    """Make the item of a footnote."""
    element = note.element
    places = {name for reference in note.references for name in _names_around(reference)}
    own = leading_mark(element)
    if own and (own == note.mark.lower() or not note.mark):
        drop_leading_mark(element, own)
    drop_back_links(element, places)
    term = element.getprevious()
    if element.tag == "dd" and term is not None and term.tag == "dt":
        drop(term)
    if element.tag == "tr":
        for cell in element.iter("td", "th"):
            cell.tag = "div"
    for each in (element, *islice(element.iterancestors(), _MAX_HIDDEN)):
        for name in ("style", "hidden", "aria-hidden"):
            each.attrib.pop(name, None)
    element.tag = "dd"
    element.set(NOTE, label)
    for part in note.more:
        if part.tag in {"p", "div"}:
            part.tag = "dd"
            part.set(NOTE, "")


def _names_around(reference: "_Element") -> Iterable[str]:
    """Yield the names of the places from which a reference leads to its footnote."""
    for element in (reference, *islice(reference.iterancestors(), 3)):
        for name in (element.get("id"), element.get("name")):
            if name:
                yield name
    for inner in (*reference.iter("*"), reference.getprevious()):
        if inner is not None and (name := inner.get("id") or inner.get("name")):
            yield name


def _write_reference(reference: "_Element", label: str) -> None:
    """Make the link to a footnote."""
    _drop_brackets(reference)
    parent = reference.getparent()
    name = reference.get("name") if reference.tag == "a" else None
    fill(reference, "a", f"[{label}]")
    reference.set("href", f"{FOOTNOTE_PREFIX}{label}")
    if name:
        reference.set("name", name)
    while parent is not None and parent.tag in {"sup", "small"}:
        parent.tag, parent = "span", parent.getparent()


def _drop_brackets(reference: "_Element") -> None:
    """Drop the square brackets around a reference that are none of it."""
    previous, parent = reference.getprevious(), reference.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else None
    last = _last_of_series(reference)
    if not before or not before.rstrip().endswith("[") or not (last.tail or "").lstrip().startswith("]"):
        return
    before = before.rstrip()[:-1]
    if previous is not None:
        previous.tail = before
    elif parent is not None:
        parent.text = before
    last.tail = (last.tail or "").lstrip()[1:]


def _last_of_series(reference: "_Element") -> "_Element":
    """Return the last of some links with nothing but commas and dashes between them."""
    last = reference
    for following in islice(reference.itersiblings("*"), _MAX_SERIES):
        if following.tag != "a" or not last.tail or not _BETWEEN.fullmatch(last.tail):
            break
        last = following
    return last


def _dissolve_lists(notes: list[Footnote]) -> None:
    """Take footnotes out of the lists and tables that have nothing but them."""
    kept: set[_Element] = set()
    for note in notes:
        parent = note.element.getparent()
        while parent is not None and parent not in kept and parent.tag in {"ol", "ul", "dl", *_TABLE_PARTS}:
            if parent.tag in {"ol", "ul"} and any(child.tag == "li" for child in parent):
                kept.add(parent)
                break
            parent.tag, parent = "div", parent.getparent()
