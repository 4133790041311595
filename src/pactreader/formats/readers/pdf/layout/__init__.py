"""The layout: from the characters of pages to blocks in reading order."""

from collections.abc import Iterable, Sequence

from pactreader.core.article import BlockKind, Piece
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock, Run
from pactreader.formats.readers.pdf.page_characters import PageCharacters


def lay_out(pages: Sequence[PageCharacters]) -> list[LaidOutBlock]:
    """Return the blocks of some successive pages, from the first one on."""
    return [block for page in pages for block in _blocks(page)]


def _blocks(page: PageCharacters) -> Iterable[LaidOutBlock]:
    start = 0
    for line in page.text.splitlines(keepends=True):
        text = line.strip()
        if text:
            at = start + line.index(text)
            first = not start
            piece = Piece(
                BlockKind.PARAGRAPH,
                text,
                anchors=(f"page={page.page + 1}",) if first else (),
                places=((0, f"p. {page.label}"),) if first else (),
            )
            yield LaidOutBlock(piece, (Run(0, page.page, at, len(text)),))
        start += len(line)
