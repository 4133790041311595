"""The reader of web pages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.reading_options import WHOLE_OPTION
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
from pactreader.formats.readers.web_page.page_decoding import decode_page
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
    markup = without_embedded_files(decoded.text)
    url = origin.url or saved.url or address_saved_from(decoded.text)
    reading = _Reading([], PageMetadata(url=url))
    tree = parse_html(markup)
    if tree is not None:
        held = list(
            tree.iter()
        )  # lxml frees an element that no one holds in a time proportional to its depth
        metadata = page_metadata(tree, url)
        _normalize(tree, metadata)
        words = shown_words(tree)
        refuse_wall(tree, origin.name, words)
        base = base_address(tree, url or metadata.url)
        reading = (
            _Reading(_walk(tree, metadata, base), metadata)
            if whole
            else _read_article(tree, markup, metadata, base, words)
        )
        del held
    pieces, metadata, warning = reading
    article = Article.assemble(
        _with_title(pieces, metadata),
        title=metadata.title or origin.title,
        source=origin.source,
        author=metadata.author,
        date=metadata.date,
        warning=f"{warning} {decoded.warning}".strip(),
    )
    language = origin.options.language or metadata.language or guess_language(article.text)
    return article._replace(
        encoding=decoded.encoding, language=language, url=metadata.url, tags=metadata.tags
    )


class _Reading(NamedTuple):
    """The blocks and metadata read from a page."""

    pieces: list[Piece]
    metadata: PageMetadata
    warning: str = ""


def _normalize(tree: "_Element", metadata: PageMetadata) -> None:
    """Bring a page to the form that is walked: with what is streamed in its place, and without what is hidden."""
    place_streamed_parts(tree)
    normalize(tree, address=metadata.url)
    drop_hidden_elements(tree)


def _walk(tree: "_Element", metadata: PageMetadata, base: str) -> list[Piece]:
    return list(HtmlWalker(base=base, address=metadata.url).walk_normalized(tree))


def _read_article(tree: "_Element", markup: str, metadata: PageMetadata, base: str, words: int) -> _Reading:
    """Read the article or the thread in a page, or all of a page that has none; the tree is taken apart for it.

    Args:
        tree: The page.
        markup: The same as text.
        metadata: What it says of its article.
        base: The address that its links are relative to.
        words: The number of words that it shows.
    """
    if thread := find_thread(tree, markup):
        metadata = metadata._replace(
            author=metadata.author or thread.author, date=metadata.date or thread.date
        )
        return _Reading(_walk(thread.article, metadata, base), metadata)
    article = find_article(tree, metadata)
    pieces = [] if article is None else _walk(article, metadata, base)
    shown = word_count(" ".join(piece.text for piece in pieces))
    if shown >= FEWEST_WORDS:
        warning = f"Shown: {shown * 100 // max(words, 1)} % of the page's words. {WHOLE_OPTION} shows all."
        return _Reading(pieces, metadata, warning if shown < _SMALL_SHARE * words else "")
    if shown >= words:
        return _Reading(pieces, metadata)
    page = tree if article is None else parse_html(markup)
    if page is None:
        return _Reading(pieces, metadata)
    held = list(page.iter())
    if page is not tree:
        _normalize(page, metadata)
    for element in list(page.iter(*_AROUND_TEXT)):
        make_empty(element)
    whole = _walk(page, metadata, base)
    del held
    return _Reading(max(pieces, whole, key=len), metadata)


def _with_title(pieces: Sequence[Piece], metadata: PageMetadata) -> list[Piece]:
    """Return the blocks of an article with its title and, below it, its byline, as front matter is shown.

    The title is a heading of the first level that begins the article or, with its words, the first heading or one of the
    first level. Without one, it is put first.
    """
    if not metadata.title:
        return list(pieces)
    shown = list(pieces)
    headings = [index for index, each in enumerate(shown) if each.kind is BlockKind.HEADING]
    candidates = [index for index in headings if index == headings[0] or shown[index].level == 1]
    at = next((index for index in candidates if _is_title(shown[index], metadata.title, index)), -1)
    if at < 0:
        at = 0
        shown.insert(0, Piece(BlockKind.HEADING, metadata.title, 1))
    shown[at] = shown[at]._replace(level=1)
    shown[at + 1 : at + 1] = byline_block(metadata.author, metadata.date)
    return shown


def _is_title(heading: Piece, title: str, index: int) -> bool:
    return (index == 0 and heading.level == 1) or key_of(heading.text) == key_of(title)
