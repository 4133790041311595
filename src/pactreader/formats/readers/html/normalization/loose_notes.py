"""Footnotes without links: raised numbers in a text, and the same numbers at the beginning of blocks below it."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.html.elements import HEADINGS
from pactreader.formats.readers.html.normalization.linked_notes import Footnote
from pactreader.formats.readers.html.normalization.note_marks import leading_mark, mark_of
from pactreader.formats.readers.html.tree_editing import class_of, short_text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_TITLES: Final = frozenset(
    """
    footnotes footnote notes note references endnotes bibliography sources citations fußnoten anmerkungen
    quellen notes références notas referencias note примечания сноски литература 注释 脚注 参考文献
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""The headings of footnotes in small letters."""
_CONTAINER: Final = re.compile(r"(?<![a-z0-9])(?:footnotes|endnotes|footnotes-footer)(?![a-z0-9])")
"""The class or id of an element with footnotes."""
_POWER: Final = re.compile(r"(?:^|[\s(\d/·])[A-Za-zµμΩ]{1,2}\Z|[\d)\]}]\Z")
"""The end of a text behind which a raised number is an exponent: a unit, a variable, or a number."""
_MAX_REGIONS: Final = 300
"""The number of runs of blocks in which footnotes are looked for."""
_MAX_MARK: Final = 6
_MAX_TITLE: Final = 30


def find_loose_notes(root: "_Element", known: Sequence[Footnote]) -> list[Footnote]:
    """Return the footnotes that no link leads to."""
    references: dict[str, list[_Element]] = {}
    for raised in root.iter("sup"):
        mark = mark_of(short_text_of(raised, _MAX_MARK))
        if mark and not any(map(_leads_elsewhere, raised.iter("a"))) and not _is_exponent(raised):
            references.setdefault(mark.lower(), []).append(raised)
    if not references:
        return []
    taken = {note.element for note in known}
    found: list[Footnote] = []
    for region in islice(_regions(root), _MAX_REGIONS):
        notes = [note for note in _notes_in(region) if note.element not in taken]
        inside = {
            raised for note in notes for part in (note.element, *note.more) for raised in part.iter("sup")
        }
        for note in notes:
            note.references = [each for each in references.get(note.mark, ()) if each not in inside]
        if notes and notes[0].references and 2 * sum(bool(note.references) for note in notes) >= len(notes):
            found += notes
            taken |= {note.element for note in notes}
            for note in notes:
                references.pop(note.mark, None)
    return found


def _leads_elsewhere(link: "_Element") -> bool:
    """Return whether a link is one to a part of the page or another page, and not a button of a program."""
    href = (link.get("href") or "").strip().lower()
    return bool(href) and not href.startswith("javascript:") and href != "#"


def _is_exponent(raised: "_Element") -> bool:
    previous, parent = raised.getprevious(), raised.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else None
    if previous is not None and not before:
        before = short_text_of(previous, _MAX_MARK) or ""
    return _POWER.search((before or "")[-4:]) is not None


def _regions(root: "_Element") -> "Iterator[list[_Element]]":
    """Yield the runs of blocks in which footnotes may be: lists beside the text, and what follows a rule or a heading."""
    for aside in root.iter("aside"):
        yield from ([items] for items in aside.iter("ol"))
    for block in root.iter("div", "section", "aside"):
        if block.attrib and _CONTAINER.search(f"{class_of(block)} {(block.get('id') or '').lower()}"):
            items = next(block.iter("ol"), None)
            yield [child for child in block if child.tag != "hr"] if items is None else [items]
    for heading in root.iter(*HEADINGS):
        if (short_text_of(heading, _MAX_TITLE) or "").strip(" :").lower() in _TITLES:
            inner = heading
            parent = heading.getparent()
            while parent is not None and inner.getnext() is None and len(parent) == 1:
                inner, parent = parent, parent.getparent()
            yield list(_until_heading(inner))
    rules = list(root.iter("hr"))
    for rule in rules[-2:]:
        yield list(_until_heading(rule))
    last = next(reversed(list(root.iter("p"))), None)
    if last is not None:
        yield _marked_run(last)


def _until_heading(element: "_Element") -> "Iterator[_Element]":
    for sibling in element.itersiblings("*"):
        if sibling.tag in HEADINGS or sibling.tag == "hr":
            return
        yield sibling


def _marked_run(last: "_Element") -> "list[_Element]":
    """Return the paragraphs at the end that begin with a raised number, in order."""
    run: list[_Element] = []
    here: _Element | None = last
    while here is not None and here.tag == "p" and _begins_raised(here):
        run.append(here)
        here = here.getprevious()
    return run[::-1]


def _begins_raised(block: "_Element") -> bool:
    first = next(iter(block), None)
    return first is not None and first.tag == "sup" and not (block.text or "").strip()


def _notes_in(region: "list[_Element]") -> list[Footnote]:
    """Return the footnotes in a run of blocks: items of numbered lists, or blocks that begin with the next number."""
    notes: list[Footnote] = []
    for block in region:
        if block.tag == "ol" and not notes:
            start = block.get("start") or "1"
            first = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1
            items = (item for item in block if item.tag == "li")
            return [Footnote(item, str(number)) for number, item in enumerate(items, first)]
        mark = leading_mark(block, bare=False) if block.tag in {"p", "div", "li"} else ""
        if mark and (not notes or _follows(notes[-1].mark, mark)):
            notes.append(Footnote(block, mark))
        elif notes:
            notes[-1].more.append(block)
        elif block.tag in {"p", "ul", "ol", "table", "pre"}:
            return []
    return notes


def _follows(mark: str, following: str) -> bool:
    if mark.isdigit() and following.isdigit():
        return int(following) == int(mark) + 1
    return mark != following and not following.isdigit()
