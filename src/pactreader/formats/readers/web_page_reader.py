"""The reader of web pages."""

from collections.abc import Sequence
from dataclasses import replace

from pactreader.core.article import Article, BlockKind, Piece, Span, SpanKind
from pactreader.formats.language_detection import guess_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.html.normalization.constructs import normalize
from pactreader.formats.readers.html.tree import parse_html
from pactreader.formats.readers.html.walker import HtmlWalker
from pactreader.formats.readers.web_page.article_finder import find_article
from pactreader.formats.readers.web_page.metadata import PageMetadata, base_address, key_of, page_metadata
from pactreader.formats.readers.web_page.page_decoding import decode_page
from pactreader.formats.readers.web_page.saved_pages import (
    address_saved_from,
    saved_page,
    without_embedded_files,
)
from pactreader.formats.readers.web_page.threads import find_thread


def read_web_page(data: bytes, origin: Origin) -> Article:
    """Read the article in a web page.

    Raises:
        UnreadableError: It is not text, or it is empty.
    """
    return _read(data, origin, whole=False)


def read_whole_page(data: bytes, origin: Origin) -> Article:
    """Read everything in a web page that a browser would show.

    Raises:
        UnreadableError: It is not text, or it is empty.
    """
    return _read(data, origin, whole=True)


def _read(data: bytes, origin: Origin, *, whole: bool) -> Article:
    saved = saved_page(data, origin)
    decoded = decode_page(saved.data, origin.name, origin.options.encoding or saved.charset)
    address = origin.url or saved.url or address_saved_from(decoded.text)
    tree = parse_html(without_embedded_files(decoded.text))
    metadata = PageMetadata(url=address)
    pieces: list[Piece] = []
    if tree is not None:
        metadata = page_metadata(tree, address)
        normalize(tree, address=metadata.url)
        shown = tree
        if not whole:
            thread = find_thread(tree)
            if thread:
                metadata = metadata._replace(
                    author=metadata.author or thread.author, date=metadata.date or thread.date
                )
            shown = thread.article if thread else find_article(tree, metadata)
        pieces = list(HtmlWalker(base=base_address(tree, metadata.url)).walk(shown))
    pieces = _with_title(pieces, metadata)
    article = Article.assemble(
        pieces,
        title=metadata.title or origin.title,
        source=origin.source,
        author=metadata.author,
        date=metadata.date,
        warning=decoded.warning,
    )
    language = origin.options.language or metadata.language or guess_language(article.text)
    return replace(
        article, encoding=decoded.encoding, language=language, url=metadata.url, tags=metadata.tags
    )


def _with_title(pieces: Sequence[Piece], metadata: PageMetadata) -> list[Piece]:
    """Return the blocks of an article with its title and its byline first, as front matter is shown."""
    title = metadata.title
    if not title:
        return list(pieces)
    head = [Piece(BlockKind.HEADING, title, 1)]
    rest = list(pieces)
    first = rest[0] if rest else None
    if (
        first
        and first.kind is BlockKind.HEADING
        and (first.level == 1 or key_of(first.text) == key_of(title))
    ):
        head = [rest.pop(0)._replace(level=1)]
    byline = " · ".join(filter(None, (metadata.author, metadata.date)))
    if byline:
        emphasis = (Span(0, len(byline), SpanKind.EMPHASIS),)
        head.append(Piece(BlockKind.PARAGRAPH, byline, spans=emphasis))
    return head + rest
