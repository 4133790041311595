"""The reader of plain text: paragraphs, a title, headings, lists, quotations, tables and drawn lines."""

from typing import Final

from pactreader.core.article import BLOCK_SEPARATOR, Article, BlockKind, SourceLines
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.formats.decoding import decode_pages
from pactreader.formats.language_detection import guess_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.plain_text.one_line_paragraphs import parse_one_line_paragraphs
from pactreader.formats.readers.plain_text.titles import MAX_HEAD, divide_title, field_title, is_title

_LARGE: Final = 1_000_000
"""The code points from which a text is large. Parsing them takes a tenth of a second."""
_BEGINNING: Final = 65_536
"""The least code points of a beginning: some dozens of pages."""
_GAP: Final = lazy_pattern(r" {3,}|\t+")


def read_text(data: bytes, origin: Origin) -> Article:
    """Read a plain text file. If it is large, and wanted in parts, the article has its beginning.

    Raises:
        UnreadableError: It is not text, or it is empty.
    """
    text, encoding, warning = decode_pages(data, origin.name, origin.options.encoding)
    article, rest = _parse_paragraphs(text, origin.title), None
    if article is None:
        end = _end_of_beginning(text) if origin.setup.in_parts else None
        article = _parse_lines(text[:end], origin.title)
        if end:
            from pactreader.formats.readers.text_rest import TextRest  # few texts are large

            rest = TextRest(read_text, data, origin)
    return article._replace(
        source=origin.source,
        language=origin.options.language or guess_language(text),
        warning=warning,
        encoding=encoding,
        rest=rest,
    )


def _end_of_beginning(text: str) -> int | None:
    """Return the offset at which the beginning of a large text ends, at a blank line or else a line's end.

    `None` if the text is not large, or has none.
    """
    if len(text) < _LARGE:
        return None
    breaks = (text.find(each, _BEGINNING, 2 * _BEGINNING) for each in (BLOCK_SEPARATOR, "\n"))
    return next((end for end in breaks if end > 0 and not text[:end].isspace()), None)


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
    article = _parse_paragraphs(text, title) or _parse_lines(text, title)
    return article._replace(source=source, language=language or guess_language(text), warning=warning)


def _parse_paragraphs(text: str, title: str) -> Article | None:
    """Return the article of a text whose paragraphs stand on one line each; `None` for any other text."""
    plain = text.strip("\n")
    blocks = parse_one_line_paragraphs(plain)
    if blocks is None:
        return None
    starts, ends = blocks.columns.starts, blocks.columns.ends
    fields = [[plain[block.start : block.end]] for block in blocks[:MAX_HEAD]]
    headings = (
        " ".join(plain[starts[number] : ends[number]].split())
        for number in blocks.numbers_of(BlockKind.HEADING)
    )
    first_line = 1 + len(text) - len(text.lstrip("\n"))
    lines = SourceLines(starts, range(first_line, first_line + 2 * len(blocks), 2))
    return Article(field_title(fields) or next(headings, title), plain, blocks, source_lines=lines)


def _parse_lines(text: str, title: str) -> Article:
    """Return the article of any text."""
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
    fields = [chunk.lines for chunk in chunks[:MAX_HEAD]]
    return Article.assemble(pieces, title=field_title(fields) or next(headings, title))
