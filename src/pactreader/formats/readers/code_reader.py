"""The reader of what is shown line by line: source code, data, logs, diffs, and any text at the user's request."""

from array import array
from itertools import accumulate
from typing import Final

from pactreader.core.article import Article, Block, BlockKind, Blocks, SourceLines
from pactreader.formats.decoding import decode
from pactreader.formats.origin import Origin

_LANGUAGE: Final = "en"
"""The language of code, in which a line is the sentence."""


def read_code(data: bytes, origin: Origin) -> Article:
    """Read a text file line by line: the article's text is that of the file, without the last line's end.

    Raises:
        UnreadableError: It is not text, or it is empty.
    """
    decoded = decode(_without_page_breaks(data), origin.name, origin.options.encoding)
    text = decoded.text.removesuffix("\n")
    lines = text.split("\n")
    starts = array("I", accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
    return Article(
        origin.title,
        text,
        Blocks.of([Block(BlockKind.CODE, 0, len(text))]),
        source=origin.source,
        language=origin.options.language or _LANGUAGE,
        warning=decoded.warning,
        encoding=decoded.encoding,
        source_lines=SourceLines(starts, range(1, len(lines) + 1)),
    )


def _without_page_breaks(data: bytes) -> bytes:
    """Return a file with blanks for form feeds and vertical tabs, which would count as line ends of the text alone."""
    return data if b"\0" in data else data.replace(b"\f", b" ").replace(b"\v", b" ")
