"""A reader of an example of a binary format: a signature, and a text in reverse."""

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.formats.origin import Origin


def read_reversed(data: bytes, origin: Origin) -> Article:
    text = data.removeprefix(b"\0REV")[::-1].decode()
    return Article.assemble([Piece(BlockKind.PARAGRAPH, text)], title=origin.title, source=origin.source)
