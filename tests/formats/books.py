"""Books in EPUB, made by code."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from pactreader.core.article import Article
from pactreader.formats.origin import Origin
from pactreader.formats.readers.epub_reader import read_epub

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
_TYPES = {"ncx": "application/x-dtbncx+xml", "svg": "image/svg+xml", "png": "image/png"}


def document(body: str, *, head: str = "") -> str:
    """Return a document of a book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"><head><title>File</title>{head}</head><body>{body}</body></html>'
    )


def navigation(list_: str, *, before: str = "") -> str:
    """Return a navigation document with a list of contents."""
    return document(f'{before}<nav epub:type="toc"><h1>Contents</h1>{list_}</nav>')


def ncx(points: str) -> str:
    """Return an NCX with its points."""
    return (
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{points}</navMap></ncx>'
    )


def point(title: str, target: str, inner: str = "") -> str:
    """Return a point of an NCX."""
    return f'<navPoint><navLabel><text>{escape(title)}</text></navLabel><content src="{target}"/>{inner}</navPoint>'


def package(
    names: Iterable[str],
    *,
    metadata: str = "",
    spine: Iterable[str] = (),
    aside: Iterable[str] = (),
    language: str = "en",
) -> str:
    """Return a package document.

    Args:
        names: The files of the book, relative to it; `nav.xhtml` is the navigation document.
        metadata: The elements of the metadata.
        spine: The names in reading order.
        aside: Those of them that are no part of the main text.
        language: The language.
    """
    items = "".join(
        f'<item id="f{index}" href="{name}" media-type="{_TYPES.get(name.rpartition(".")[2], "application/xhtml+xml")}"'
        f' properties="{"nav" if name == "nav.xhtml" else ""}"/>'
        for index, name in enumerate(names)
    )
    number = {name: index for index, name in enumerate(names)}
    aside = set(aside)
    references = "".join(
        f'<itemref idref="f{number[name]}" linear="{"no" if name in aside else "yes"}"/>' for name in spine
    )
    return (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"<dc:language>{language}</dc:language>{metadata}</metadata>"
        f"<manifest>{items}</manifest><spine>{references}</spine></package>"
    )


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive of files by their names; the first one is not compressed."""
    written = BytesIO()
    with ZipFile(written, "w") as zipped:
        for index, (name, content) in enumerate(files.items()):
            zipped.writestr(name, content, ZIP_DEFLATED if index else ZIP_STORED)
    return written.getvalue()


def book(
    documents: Mapping[str, str | bytes],
    *,
    title: str = "The book",
    metadata: str = "",
    nav: str = "",
    ncx: str = "",
    spine: Iterable[str] | None = None,
    aside: Iterable[str] = (),
    files: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return an EPUB.

    Args:
        documents: The bodies of documents by their names, or whole documents.
        title: The title in the metadata; empty for none.
        metadata: More elements of the metadata.
        nav: The navigation document.
        ncx: The NCX.
        spine: The names in reading order; all documents if not given.
        aside: Those of them that are no part of the main text.
        files: More files by their paths in the archive, or other contents of these.
    """
    inner = {
        name: content if isinstance(content, bytes) or content.startswith("<?xml") else document(content)
        for name, content in documents.items()
    }
    order = list(documents) if spine is None else list(spine)
    inner |= {"nav.xhtml": nav} if nav else {}
    inner |= {"toc.ncx": ncx} if ncx else {}
    metadata += f"<dc:title>{escape(title)}</dc:title>" if title else ""
    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": package(list(inner), metadata=metadata, spine=order, aside=aside),
            **{f"OEBPS/{name}": content for name, content in inner.items()},
            **(files or {}),
        }
    )


def read(data: bytes) -> Article:
    """Read an EPUB named `book.epub`."""
    return read_epub(data, Origin("book.epub", "book", "/articles/book.epub"))


def blocks(article: Article) -> list[tuple[str, str]]:
    """Return the kinds and texts of an article's blocks."""
    return [(block.kind.value, article.block_text(block)) for block in article.blocks]
