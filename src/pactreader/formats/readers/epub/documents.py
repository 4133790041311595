"""The documents of a book, put together to one tree."""

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.epub.links import BookLinks
from pactreader.formats.readers.epub.package import Package
from pactreader.formats.readers.epub.xml import decode_xml, plain_markup
from pactreader.formats.readers.html.tree import parse_html
from pactreader.formats.readers.zip_archive import ZipArchive

if TYPE_CHECKING:
    from lxml.etree import _Element

_PROGRAMS: Final = frozenset({"script", "style"})
_PAGE: Final = 200
"""The length of a document's text in code points up to which the picture is what it is about."""
_HEAD: Final = re.compile(r"<head\b", re.IGNORECASE)
_HEAD_END: Final = re.compile(r"</head\s*>", re.IGNORECASE)
_SAMPLE: Final = 4_096
"""The length of a document's beginning in code points that tells a picture from a text."""
_MAX_PAGE_NUMBER: Final = 40
"""The greatest length of a page's number in code points, with the white space around it."""
_MAX_PREFIXES: Final = 20
_PREFIX: Final = re.compile(r"xmlns:([A-Za-z_][\w.-]{0,40})\s*=")


class BookTree:
    """The documents of a book in one tree: a `section` each, with ids and links that are unique in the book.

    So footnotes are found also where they stand in another document than their references.
    """

    def __init__(self, archive: ZipArchive, package: Package, links: BookLinks) -> None:
        """Read the documents in reading order, and behind them the others that links lead to.

        Raises:
            UnreadableError: One is larger than any book.
        """
        from lxml import etree

        self.root: _Element = etree.Element("body")
        self.missing: list[str] = []
        """The names of documents that are missing or damaged."""
        self.names: list[str] = []
        """The names of the documents in order."""
        self.pictures = 0
        """The number of documents without text, as that of a picture is."""
        self.length = 0
        """The length of the text of all documents in code points."""
        self._archive, self._links = archive, links
        for path in chain(package.spine, links.linked):  # which grows meanwhile
            self._add(path)

    @property
    def is_of_pictures(self) -> bool:
        """True if most of the documents are pictures."""
        count = len(self.names)
        return 2 * self.pictures > count and self.length < _PAGE * count

    def _add(self, path: str) -> None:
        from lxml import etree

        name = self._links.name(path)
        data = self._archive.read(path)
        if data is None:
            self.missing.append(name)
            return
        section = etree.SubElement(self.root, "section", id=name)
        self.names.append(name)
        body = parse_document(data)
        if body is None:
            self.pictures += 1
            return
        drawings = [_as_picture(drawing) for drawing in _outermost(body, "svg")]
        length = _text_length(body)
        self.length += length
        self.pictures += not length
        for picture, title, words in drawings:
            picture.set("alt", printable_line(title or ("" if length else words)))
        self._rename(body, path)
        body.tag = "div"
        section.append(body)

    def _rename(self, body: "_Element", path: str) -> None:
        """Make the ids and links of a document unique in the book."""
        name = self._links.name
        for element in body.xpath("descendant-or-self::*[@id]"):
            element.set("id", name(path, element.get("id")))
        for element in body.iter("a", "area"):
            if anchor := element.get("name"):
                element.set("name", name(path, anchor))
            target = self._links.target(element.get("href", ""), path) if element.get("href") else None
            if target:
                element.set("href", f"#{target.replace('%', '%25')}")
            elif target is not None:
                del element.attrib["href"]
        for image in body.iter("img"):
            if "://" not in image.get("src", ""):
                image.attrib.pop("src", None)


def parse_document(data: bytes) -> "_Element | None":
    """Parse a document in XHTML, well-formed or not; `None` if there is nothing in it, or it is a picture."""
    markup = _without_prefixes(_without_head(plain_markup(decode_xml(data))))
    tree = parse_html(markup) if "\0" not in markup[:_SAMPLE] else None
    if tree is None:
        return None
    body = tree.find("body")
    body = tree if body is None else body
    for element in body.iter("object"):  # what stands in it is there for readers that cannot show it
        element.tag = "span"
    if "pagebreak" in markup:
        _empty_page_breaks(body)
    for switch in list(body.iter("switch")):
        if switch.find("default") is not None:
            for case in switch.findall("case"):
                switch.remove(case)
    return body


def _without_head(markup: str) -> str:
    """Return markup without its head, whose title is no part of the text."""
    start = _HEAD.search(markup)
    end = _HEAD_END.search(markup, start.end()) if start else None
    return markup[: start.start()] + markup[end.end() :] if start and end else markup


def _without_prefixes(markup: str) -> str:
    """Return markup without the prefixes of elements' namespaces, as in `<m:math>` and `<svg:svg>`."""
    declared = islice(dict.fromkeys(found[1] for found in _PREFIX.finditer(markup)), _MAX_PREFIXES)
    prefixes = [prefix for prefix in declared if f"<{prefix}:" in markup]
    return re.sub(rf"<(/?)(?:{'|'.join(map(re.escape, prefixes))}):", r"<\1", markup) if prefixes else markup


def _empty_page_breaks(body: "_Element") -> None:
    """Drop the numbers of printed pages, which stand inside sentences, but not the names that links lead to."""
    for element in body.iter():
        kinds = element.get("epub:type", "").split()
        is_break = "pagebreak" in kinds or element.get("role") == "doc-pagebreak"
        if is_break and not len(element) and len(element.text or "") <= _MAX_PAGE_NUMBER:
            element.text = None


def _text_length(body: "_Element") -> int:
    """Return the length of a document's text in code points."""
    return sum(
        (len(element.text.strip()) if element.text and element.tag not in _PROGRAMS else 0)
        + (len(element.tail.strip()) if element.tail else 0)
        for element in body.iter()
    )


def _outermost(body: "_Element", name: str) -> "list[_Element]":
    """Return the elements of a name that are in no other one of that name."""
    from lxml import etree

    walk = etree.iterwalk(body, events=("start",), tag=name)
    found = []
    for _, element in walk:
        found.append(element)
        walk.skip_subtree()
    return found


def _as_picture(drawing: "_Element") -> "tuple[_Element, str, str]":
    """Turn a drawing in SVG to a picture; return it with the drawing's title and the words in the drawing."""
    titles = [drawing.get("aria-label", "")]
    titles += ["".join(map(str, each.itertext())) for each in drawing.iterchildren("title", "desc")]
    words = ["".join(map(str, each.itertext())) for each in _outermost(drawing, "text")]
    anchor = drawing.get("id")
    drawing.clear(keep_tail=True)
    drawing.tag = "img"
    if anchor:
        drawing.set("id", printable_line(anchor))
    return drawing, " ".join(titles).strip(), " ".join(words)
