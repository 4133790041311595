"""The reader of plain text: paragraphs, a title, headings, lists, quotations, tables and drawn lines."""

from array import array
from dataclasses import replace
from operator import sub
from typing import Final

from pactreader.core.article import BLOCK_SEPARATOR, Article, Block, BlockKind, Piece, SourceLines
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.formats.decoding import decode_pages
from pactreader.formats.language_detection import guess_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.plain_text.chunks import SIGN
from pactreader.formats.readers.plain_text.drawn_lines import MAX_ROW
from pactreader.formats.readers.plain_text.heading_parser import HeadingParser
from pactreader.formats.readers.plain_text.headings import MAX_HEADING
from pactreader.formats.readers.plain_text.titles import MAX_HEAD, divide_title, field_title, is_title

_GAP: Final = lazy_pattern(r" {3,}|\t+")
_PARAGRAPH_BREAK: Final = lazy_pattern(BLOCK_SEPARATOR)
_SIGNED: Final = lazy_pattern(rf"\s|{SIGN}")
_SIGNED_PARAGRAPH: Final = lazy_pattern(rf"{BLOCK_SEPARATOR}(?:{_SIGNED.pattern})")


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
    if blocks := _one_line_paragraphs(plain):
        if len(blocks) > 1 and is_title(Piece(blocks[0].kind, plain[: blocks[0].end])):
            blocks[0] = blocks[0]._replace(kind=BlockKind.HEADING, level=1)
        fields = [[plain[block.start : block.end]] for block in blocks[:MAX_HEAD]]
        headings = (
            " ".join(plain[block.start : block.end].split())
            for block in blocks
            if block.kind is BlockKind.HEADING
        )
        first = 1 + len(text) - len(text.lstrip("\n"))
        starts = array("I", [block.start for block in blocks])
        return Article(
            field_title(fields) or next(headings, title),
            plain,
            tuple(blocks),
            source=source,
            language=language,
            warning=warning,
            source_lines=SourceLines(starts, range(first, first + 2 * len(blocks), 2)),
        )
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


def _one_line_paragraphs(text: str) -> list[Block]:
    """Return the blocks of a text that consists of paragraphs on one line each; none for any other text.

    Most large texts do, and this is three times as fast as parsing them in general.
    """
    breaks = [found.start() for found in _PARAGRAPH_BREAK.finditer(text)]
    if not text or "\t" in text or "\f" in text or text.count("\n") != len(BLOCK_SEPARATOR) * len(breaks):
        return []
    if _SIGNED.match(text) or _SIGNED_PARAGRAPH.search(text):
        return []
    starts = [0, *(end + len(BLOCK_SEPARATOR) for end in breaks)]
    ends = [*breaks, len(text)]
    if any(text[end - 1].isspace() for end in ends):
        return []
    blocks = [Block(BlockKind.PARAGRAPH, start, end) for start, end in zip(starts, ends, strict=True)]
    headings = HeadingParser(text, margin=0)
    lengths = map(sub, ends, starts)
    for index in [index for index, length in enumerate(lengths) if length <= MAX_ROW]:
        line = text[starts[index] : ends[index]]
        if "   " in line:
            return []
        following = text[ends[index] + len(BLOCK_SEPARATOR) : ends[index] + MAX_HEADING]
        if heading := headings.find([line], following):
            if "  " in line:
                return []
            blocks[index] = Block(BlockKind.HEADING, starts[index], ends[index], heading.level)
    return blocks
