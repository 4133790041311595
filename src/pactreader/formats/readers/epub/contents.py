"""The table of contents of a book: that of its navigation document, or else its NCX."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.epub.documents import parse_document
from pactreader.formats.readers.epub.links import BookLinks
from pactreader.formats.readers.epub.package import Package
from pactreader.formats.readers.epub.xml import attribute, local_name, parse_xml
from pactreader.formats.readers.zip_archive import ZipArchive

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_TITLE: Final = 300
"""The greatest length of a title in code points."""
_MAX_LEVEL: Final = 20
_LISTS: Final = frozenset({"ol", "ul"})


class BookEntry(NamedTuple):
    """An entry of a table of contents."""

    title: str
    """Printable, on one line."""
    level: int
    """The depth in the table, from 1."""
    target: str | None
    """The name that it leads to; empty if it leads to no document of the book, `None` if it has no link."""


def read_contents(archive: ZipArchive, package: Package, links: BookLinks) -> list[BookEntry]:
    """Return the table of contents of a book; empty if it has none."""
    for path, entries_of in ((package.navigation, _navigation_entries), (package.ncx, _ncx_entries)):
        data = archive.read(path) if path else None
        entries = [
            BookEntry(title, min(level, _MAX_LEVEL), (links.target(written, path) or "") if written else None)
            for label, level, written in (entries_of(data) if data else ())
            if (title := printable_line(label)[:_MAX_TITLE])
        ]
        if any(entry.target for entry in entries):
            return entries
    return []


def _navigation_entries(data: bytes) -> Iterator[tuple[str, int, str]]:
    """Yield title, level and link of each entry of a navigation document."""
    from lxml import etree

    body = parse_document(data)
    tables = list(body.iter("nav")) if body is not None else []
    named = [each for each in tables if _is_contents(each)]
    table = next(iter((*named, *(each for each in tables if not _types(each)))), body)
    if table is None:
        return
    level = 0
    for event, element in etree.iterwalk(table, events=("start", "end")):
        if element.tag in _LISTS:
            level += 1 if event == "start" else -1
        elif event == "start" and element.tag == "li":
            yield _item_entry(element, max(1, level))


def _item_entry(item: "_Element", level: int) -> tuple[str, int, str]:
    """Return title, level and link of an item, without those in the list in it."""
    from lxml import etree

    parts: list[str] = []
    written = ""
    for event, element in etree.iterwalk(item, events=("start", "end")):
        if event == "end":
            parts.append(element.tail or "" if element is not item else "")
        elif element is not item and (element.tag in _LISTS or element.tag == "li"):
            break
        else:
            parts += (element.text or "", element.get("alt", ""))
            written = written or (element.get("href", "") if element.tag == "a" else "")
    return "".join(parts), level, written


def _is_contents(table: "_Element") -> bool:
    return "toc" in _types(table) or table.get("role") == "doc-toc"


def _types(table: "_Element") -> list[str]:
    return str(table.get("epub:type", "")).split()


def _ncx_entries(data: bytes) -> Iterator[tuple[str, int, str]]:
    """Yield title, level and link of each entry of an NCX."""
    from lxml import etree

    root = parse_xml(data)
    if root is None:
        return
    level = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if local_name(element) != "navpoint":
            continue
        level += 1 if event == "start" else -1
        if event == "start":
            labels = [
                str(text) for child in element if local_name(child) == "navlabel" for text in child.itertext()
            ]
            links = (attribute(child, "src") for child in element if local_name(child) == "content")
            yield " ".join(labels), level, next(links, "")
