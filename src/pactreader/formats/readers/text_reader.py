"""The reader of plain text: paragraphs, a title, headings, lists, quotations, tables and drawn lines."""

from dataclasses import replace
from typing import Final

from pactreader.core.article import Article, BlockKind, Blocks, SourceLines
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.formats.decoding import decode_pages
from pactreader.formats.language_detection import guess_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.plain_text.one_line_paragraphs import parse_one_line_paragraphs
from pactreader.formats.readers.plain_text.titles import MAX_HEAD, divide_title, field_title, is_title

_GAP: Final = lazy_pattern(r" {3,}|\t+")


def read_text(data: bytes, origin: Origin) -> Article:
    """Read a plain text file.

    Raises:
        UnreadableError: It is not text, or it is empty.
    """
    text, encoding, warning = decode_pages(data, origin.name, origin.options.encoding)
    article = parse_text(
        text, title=origin.title, source=origin.source, warning=warning, language=origin.options.language
    )
    return replace(article, encoding=encoding)


def parse_text(text: str, *, title: str, source: str = "", warning: str = "", language: str = "") -> Article:
    """Parse a plain text.

    Blank lines separate paragraphs, and hard-wrapped lines of a paragraph are joined; verse, addresses and everything
    that is drawn keep their lines. Lines too long to be hard-wrapped, and lines indented like the first line of a
    paragraph in a book, are paragraphs of their own. Running heads and feet of pages are left out.

    Args:
        text: Printable, but for form feeds, and with Unix line ends.
        title: The article's title if the text has none.
        source: The article's source.
        warning: The article's warning.
        language: Its language as an ISO 639-1 code; guessed if it is empty.
    """
    language = language or guess_language(text)
    plain = text.strip("\n")
    if blocks := parse_one_line_paragraphs(plain):
        first = 1 + len(text) - len(text.lstrip("\n"))
        article = _article_of_paragraphs(plain, blocks, first, title)
        return replace(article, source=source, language=language, warning=warning)
    # Most large texts do without these.
    from pactreader.formats.readers.plain_text.blocks import BlockParser
    from pactreader.formats.readers.plain_text.chunks import split_chunks
    from pactreader.formats.readers.plain_text.pages import join_pages

    chunks = list(split_chunks(*join_pages(text)))
    pieces = BlockParser(chunks, text).parse()
    pieces[:1] = divide_title(pieces[:2])
    if len(pieces) > 1 and is_title(pieces[0]):
        words = _GAP.sub(" ", pieces[0].text.strip())
        pieces[0] = pieces[0]._replace(kind=BlockKind.HEADING, text=words, level=1)
    headings = (" ".join(piece.text.split()) for piece in pieces if piece.kind is BlockKind.HEADING)
    return Article.assemble(
        pieces,
        title=field_title([chunk.lines for chunk in chunks[:MAX_HEAD]]) or next(headings, title),
        source=source,
        language=language,
        warning=warning,
    )


def _article_of_paragraphs(text: str, blocks: Blocks, first_line: int, title: str) -> Article:
    """Return the article of a text whose paragraphs stand on one line each, from some line of the file on."""
    starts, ends = blocks.columns.starts, blocks.columns.ends
    fields = [[text[block.start : block.end]] for block in blocks[:MAX_HEAD]]
    headings = (
        " ".join(text[starts[number] : ends[number]].split())
        for number in blocks.numbers_of(BlockKind.HEADING)
    )
    lines = SourceLines(starts, range(first_line, first_line + 2 * len(blocks), 2))
    return Article(field_title(fields) or next(headings, title), text, blocks, source_lines=lines)
