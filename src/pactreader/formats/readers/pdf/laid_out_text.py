"""The text of a PDF with the characters of its pages that it was made of."""

from collections.abc import Sequence
from typing import NamedTuple

from pactreader.core.article import Piece


class Run(NamedTuple):
    """Successive code points of a text that are successive characters of a page, one each.

    What the layout adds, as a space between two lines or between two words, belongs to no run; nor does what it drops,
    as a hyphen at the end of a line.
    """

    offset: int
    """The offset of the first code point in the block's text."""
    page: int
    """The index of the page."""
    first: int
    """The index of the first character on the page, as pdfium counts them."""
    length: int


class LaidOutBlock(NamedTuple):
    """A block of the text. Its places and its links are complete, its anchors those of its pages: `page=12`."""

    piece: Piece
    runs: Sequence[Run]
    """In the order of their offsets."""
