"""The reader of EPUB 2 and 3: books of XHTML documents, without DRM."""

from collections.abc import Iterable, Iterator
from typing import Final

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.errors import UnreadableError
from pactreader.core.wording import pluralise
from pactreader.formats.language_detection import guess_language, parse_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.block_nesting import BlockNesting
from pactreader.formats.readers.epub.chapters import with_chapter_headings, with_title
from pactreader.formats.readers.epub.contents import read_contents
from pactreader.formats.readers.epub.documents import BookTree
from pactreader.formats.readers.epub.links import BookLinks
from pactreader.formats.readers.epub.outline import contents_of, places_of
from pactreader.formats.readers.epub.package import read_package
from pactreader.formats.readers.epub.protection import refuse_protected
from pactreader.formats.readers.html.walker import HtmlWalker
from pactreader.formats.readers.zip_archive import ZipArchive

_MEDIA_TYPE: Final = b"application/epub+zip"
_MAX_NAMED: Final = 3
"""The greatest number of missing documents that are named."""


def read_epub(data: bytes, origin: Origin) -> Article:
    """Read a book as one article.

    Raises:
        UnreadableError: It is no EPUB, is damaged or protected by DRM, or would fill the memory.
    """
    archive = ZipArchive(data, origin.name, "an EPUB")
    refuse_protected(archive, origin.name)
    package = read_package(archive, origin.name)
    links = BookLinks(archive, package)
    entries = read_contents(archive, package, links)
    tree = BookTree(archive, package, links)
    if not tree.names:
        raise UnreadableError(
            f"{origin.name} cannot be read: all of its documents are missing or damaged.",
            "Download or copy it once more.",
        )
    documents = frozenset(tree.names)
    pieces = with_chapter_headings(_blocks(tree), entries, documents, of_pictures=tree.is_of_pictures)
    metadata = package.metadata
    article = Article.assemble(
        with_title(_without_empty(pieces), metadata),
        title=metadata.title or origin.title,
        source=origin.source,
        author=metadata.author,
        date=metadata.date,
        warning=" ".join(_warnings(archive, tree)),
    )
    anchors = dict(article.anchors)
    for name in links.targets:
        document = name.partition("#")[0]
        if name not in anchors and document in anchors:
            anchors[name] = anchors[document]
    contents = contents_of(entries, anchors)
    return article._replace(
        language=origin.options.language or parse_language(metadata.language) or guess_language(article.text),
        url=metadata.url,
        tags=metadata.tags,
        anchors=anchors,
        contents=contents,
        places=places_of(article, contents),
    )


def _blocks(tree: BookTree) -> Iterator[Piece]:
    """Yield the blocks of all documents, and one without text if there are names behind the last."""
    nesting = BlockNesting()
    yield from HtmlWalker(nesting).walk(tree.root)
    if nesting.anchors:
        yield Piece(BlockKind.PARAGRAPH, "", anchors=tuple(nesting.anchors))


def _without_empty(pieces: Iterable[Piece]) -> list[Piece]:
    """Return blocks without the empty one at the end, whose names are given to the block before it."""
    found = list(pieces)
    if found and not found[-1].text:
        names = found.pop().anchors
        if found:
            found[-1] = found[-1]._replace(anchors=(*found[-1].anchors, *names))
    return found


def _warnings(archive: ZipArchive, tree: BookTree) -> Iterator[str]:
    if (archive.read("mimetype") or b"").strip() != _MEDIA_TYPE:
        yield "Its file `mimetype` is missing or wrong, so that other programs may not take it for an EPUB."
    if tree.missing:
        names = ", ".join(tree.missing[:_MAX_NAMED]) + (" …" if len(tree.missing) > _MAX_NAMED else "")
        yield f"{pluralise(len(tree.missing), 'document')} of it cannot be read, as missing or damaged: {names}."
    if tree.is_of_pictures:
        yield (
            f"Of its {pluralise(len(tree.names), 'document')}, {tree.pictures:,} have pictures and no text:"
            " their descriptions and titles are shown."
        )
