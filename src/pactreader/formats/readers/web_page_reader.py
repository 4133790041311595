"""The reader of web pages."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.formats.language_detection import guess_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.byline_block import byline_block
from pactreader.formats.readers.html.normalization.constructs import normalize
from pactreader.formats.readers.html.tree import parse_html
from pactreader.formats.readers.html.walker import HtmlWalker
from pactreader.formats.readers.web_page.article_finder import find_article
from pactreader.formats.readers.web_page.metadata import (
    PageMetadata,
    base_address,
    key_of,
    page_metadata,
)
from pactreader.formats.readers.web_page.page_decoding import decode_page, without_control_references
from pactreader.formats.readers.web_page.saved_pages import (
    address_saved_from,
    saved_page,
    without_embedded_files,
)
from pactreader.formats.readers.web_page.threads import find_thread
from pactreader.formats.readers.web_page.visibility import (
    drop_hidden_elements,
    make_empty,
    place_streamed_parts,
    shown_words,
    word_count,
)
from pactreader.formats.readers.web_page.walls import FEWEST_WORDS, refuse_wall

if TYPE_CHECKING:
    from lxml.etree import _Element

_SMALL_SHARE: Final = 1 / 3
"""The share of a page's words below which the reader is told that there are more."""
_AROUND_TEXT: Final = ("nav", "footer", "button", "form")
"""Elements that a page without an article is shown without."""


def read_web_page(data: bytes, origin: Origin) -> Article:
    """Read the article in a web page; the whole page if there is next to no article in it.

    Raises:
        UnreadableError: It is not text, it is empty, or it is not the page that was asked for.
    """
    return _read(data, origin, whole=False)


def read_whole_page(data: bytes, origin: Origin) -> Article:
    """Read everything in a web page that a browser would show.

    Raises:
        UnreadableError: It is not text, it is empty, or it is not the page that was asked for.
    """
    return _read(data, origin, whole=True)


def _read(data: bytes, origin: Origin, *, whole: bool) -> Article:
    saved = saved_page(data, origin)
    decoded = decode_page(saved.data, origin.name, origin.options.encoding or saved.charset)
    markup = without_control_references(without_embedded_files(decoded.text))
    metadata = PageMetadata(url=origin.url or saved.url or address_saved_from(decoded.text))
    pieces: list[Piece] = []
    warning = decoded.warning
    tree = _shown_tree(markup)
    # lxml frees an element that no one holds in a time proportional to its depth.
    held = list(tree.iter()) if tree is not None else []
    if tree is not None:
        metadata = page_metadata(tree, metadata.url)
        normalize(tree, address=metadata.url)
        drop_hidden_elements(tree)
        words = shown_words(tree)
        refuse_wall(tree, origin.name, words)
        walker = HtmlWalker(base=base_address(tree, metadata.url))
        if whole:
            pieces = list(walker.walk_normalized(tree))
        else:
            pieces, metadata = _article_pieces(tree, markup, metadata, walker)
            shown = _word_count(pieces)
            if shown < FEWEST_WORDS and words > shown:
                pieces = max(pieces, _without_article(markup, metadata), key=_word_count)
            elif shown < _SMALL_SHARE * words:
                warning = f"Shown: {shown * 100 // words} % of the page's words; W or --whole shows all. {warning}".strip()
    del held
    article = Article.assemble(
        _with_title(pieces, metadata),
        title=metadata.title or origin.title,
        source=origin.source,
        author=metadata.author,
        date=metadata.date,
        warning=warning,
    )
    language = origin.options.language or metadata.language or guess_language(article.text)
    return replace(
        article, encoding=decoded.encoding, language=language, url=metadata.url, tags=metadata.tags
    )


def _shown_tree(markup: str) -> "_Element | None":
    """Return the tree of a page with its streamed parts in their places; `None` if there is nothing in it."""
    tree = parse_html(markup)
    if tree is not None:
        place_streamed_parts(tree)
    return tree


def _article_pieces(
    tree: "_Element", markup: str, metadata: PageMetadata, walker: HtmlWalker
) -> tuple[list[Piece], PageMetadata]:
    """Return the blocks of the article in a page, and its metadata, which a thread completes."""
    thread = find_thread(tree, markup)
    if thread is None:
        return list(walker.walk_normalized(find_article(tree, metadata))), metadata
    metadata = metadata._replace(author=metadata.author or thread.author, date=metadata.date or thread.date)
    return list(walker.walk_normalized(thread.article)), metadata


def _without_article(markup: str, metadata: PageMetadata) -> list[Piece]:
    """Return the blocks of a page that has no article, without what is around its text."""
    tree = _shown_tree(markup)
    if tree is None:
        return []
    normalize(tree, address=metadata.url)
    drop_hidden_elements(tree)
    for element in list(tree.iter(*_AROUND_TEXT)):
        make_empty(element)
    return list(HtmlWalker(base=base_address(tree, metadata.url)).walk_normalized(tree))


def _word_count(pieces: Sequence[Piece]) -> int:
    return word_count(" ".join(piece.text for piece in pieces))


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
    return [*head, *byline_block(metadata.author, metadata.date), *rest]
