"""The package document of a book: its metadata and its documents in reading order."""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.core.errors import UnreadableError
from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.article_metadata import ArticleMetadata
from pactreader.formats.readers.epub.xml import attribute, local_name, parse_xml
from pactreader.formats.readers.zip_archive import ZipArchive, normal_path

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_FIELD: Final = 500
"""The greatest length of a field of the metadata in code points."""
_UNKNOWN_DATE: Final = "0101-01-01"
"""The date that calibre writes into books whose date it does not know."""
_MAX_FALLBACKS: Final = 5
_DATE: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=\Z|T|\s)")
_DOCUMENTS: Final = frozenset(
    {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"}
)
_DOCUMENT_SUFFIXES: Final = (".xhtml", ".html", ".htm", ".xml")


class Package(NamedTuple):
    """A package document."""

    directory: str
    """The path of the directory that it is in; empty for the root of the archive."""
    metadata: ArticleMetadata
    spine: Sequence[str]
    """The paths of the documents in reading order, those beside the main text at the end."""
    others: frozenset[str]
    """The paths of documents that are not in the reading order."""
    navigation: str
    """The path of the navigation document; empty if there is none."""
    ncx: str
    """The path of the NCX; empty if there is none."""


def read_package(archive: ZipArchive, book: str) -> Package:
    """Parse the package document of a book.

    Args:
        archive: The book's files.
        book: The book's name for messages; printable.

    Raises:
        UnreadableError: It has none, or one without documents.
    """
    path, root = _find_package(archive)
    if root is None:
        raise UnreadableError(
            f"{book} is no EPUB: it has no package document that says what is in it.",
            "Open it in the program that made it, and save it as EPUB, text or Markdown.",
        )
    directory = posixpath.dirname(path)
    items = {
        attribute(item, "id"): item
        for item in root.iter()
        if local_name(item) == "item" and attribute(item, "href")
    }
    paths = {key: _item_path(archive, directory, item) for key, item in items.items()}
    references = [
        each for each in root.iter() if local_name(each) == "itemref" and attribute(each, "idref") in paths
    ]
    references.sort(key=lambda each: attribute(each, "linear").lower() == "no")
    spine = list(dict.fromkeys(paths[_fallback(items, attribute(each, "idref"))] for each in references))
    documents = [paths[key] for key, item in items.items() if _is_document(item)]
    if not spine:
        spine = documents
    if not spine:
        raise UnreadableError(f"{book} has no text in it.", "Give it a book with some text in it.")
    navigation = (paths[key] for key, item in items.items() if "nav" in attribute(item, "properties").split())
    return Package(
        directory,
        _metadata(root),
        spine,
        frozenset(documents).difference(spine),
        next(navigation, ""),
        _ncx_path(root, items, paths),
    )


def _find_package(archive: ZipArchive) -> "tuple[str, _Element | None]":
    """Return the path and root of the package document, named in `container.xml` or known by its suffix."""
    root = parse_xml(archive.read("META-INF/container.xml"))
    named = (
        normal_path(attribute(each, "full-path"))
        for each in (root.iter() if root is not None else ())
        if local_name(each) == "rootfile"
    )
    for path in (*named, *(path for path in archive.paths if path.lower().endswith(".opf"))):
        root = parse_xml(archive.read(path))
        if root is not None and local_name(root) == "package":
            return archive.find(path), root
    return "", None


def _item_path(archive: ZipArchive, directory: str, item: "_Element") -> str:
    path = normal_path(posixpath.join(directory, attribute(item, "href").partition("#")[0]))
    return archive.find(path) or path


def _is_document(item: "_Element") -> bool:
    media_type = attribute(item, "media-type").lower()
    return media_type in _DOCUMENTS or (
        not media_type and attribute(item, "href").lower().endswith(_DOCUMENT_SUFFIXES)
    )


def _fallback(items: "Mapping[str, _Element]", key: str) -> str:
    """Return the key of an item, or that of the first document in its chain of fallbacks, as for a picture."""
    found = key
    for _ in range(_MAX_FALLBACKS):
        if found not in items or _is_document(items[found]):
            break
        found = attribute(items[found], "fallback")
    return found if found in items else key


def _ncx_path(root: "_Element", items: "Mapping[str, _Element]", paths: Mapping[str, str]) -> str:
    named = (attribute(each, "toc") for each in root.iter() if local_name(each) == "spine")
    typed = (
        key
        for key, item in items.items()
        if attribute(item, "media-type").lower() == "application/x-dtbncx+xml"
    )
    by_suffix = (key for key, path in paths.items() if path.lower().endswith(".ncx"))
    return next((paths[key] for key in (*named, *typed, *by_suffix) if key in paths), "")


def _metadata(root: "_Element") -> ArticleMetadata:
    elements = [each for each in root.iter() if _is_dublin_core(each)]
    refined = {
        (attribute(each, "refines").removeprefix("#"), attribute(each, "property")): _text(each)
        for each in root.iter()
        if local_name(each) == "meta" and attribute(each, "refines")
    }

    def property_of(element: "_Element", name: str) -> str:
        return refined.get((attribute(element, "id"), name), "") or attribute(element, name)

    def values(name: str) -> list[str]:
        return [text for each in elements if local_name(each) == name and (text := _text(each))]

    titles = [each for each in elements if local_name(each) == "title" and _text(each)]
    titles.sort(key=lambda each: property_of(each, "title-type") not in {"main", ""})
    creators = [each for each in elements if local_name(each) == "creator" and _text(each)]
    authors = [each for each in creators if property_of(each, "role") in {"", "aut"}] or creators
    dates = [each for each in elements if local_name(each) == "date" and _text(each)]
    dates.sort(key=lambda each: _date_rank(attribute(each, "event").lower()))
    addresses = (each for each in (*values("identifier"), *values("source")) if _is_web_address(each))
    return ArticleMetadata(
        title=_text(titles[0]) if titles else "",
        author=", ".join(dict.fromkeys(map(_text, authors))),
        date=_iso_date(_text(dates[0])) if dates else "",
        language=next(iter(values("language")), ""),
        url=next(addresses, ""),
        tags=_tags(values("subject")),
    )


def _is_dublin_core(element: "_Element") -> bool:
    return str(element.tag).lower().startswith(("{http://purl.org/dc/", "dc:"))


def _text(element: "_Element") -> str:
    return printable_line("".join(map(str, element.itertext()))[: 4 * _MAX_FIELD])[:_MAX_FIELD]


def _date_rank(event: str) -> int:
    """Return the rank of a date by its event; that of a conversion or a change is the last."""
    return {"publication": 0, "original-publication": 0, "": 1, "issued": 1}.get(event, 2)


def _iso_date(written: str) -> str:
    """Return a date without its time: `2009-05-01T00:00:00Z` → `2009-05-01`; empty for one that is unknown."""
    match = _DATE.match(written)
    date = match[0] if match else written
    return "" if date == _UNKNOWN_DATE else date


def _is_web_address(written: str) -> bool:
    return written.lower().startswith(("http://", "https://")) and " " not in written


def _tags(subjects: Iterable[str]) -> tuple[str, ...]:
    """Return the keywords of a book, which stand in an element each or in one with semicolons."""
    found = (printable_line(each) for subject in subjects for each in subject.split(";"))
    return tuple(dict.fromkeys(filter(None, found)))
