"""The layout: from the characters of pages to blocks in reading order.

`fragments` are what stands on a line without a wide gap, `reading_order` makes columns of them, `lines` their lines with
their `line_text`, of which `running_heads` are dropped; `blocks` are made of the others by `line_joining`.
"""

from collections.abc import Sequence

from pactreader.formats.readers.pdf.characters.page_characters import PageCharacters
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock
from pactreader.formats.readers.pdf.layout.blocks import blocks_of
from pactreader.formats.readers.pdf.layout.bullets import with_drawn_bullets
from pactreader.formats.readers.pdf.layout.lines import lines_of
from pactreader.formats.readers.pdf.layout.places import with_places
from pactreader.formats.readers.pdf.layout.running_heads import without_running_heads


def lay_out(pages: Sequence[PageCharacters], outline_titles: Sequence[str] = ()) -> list[LaidOutBlock]:
    """Return the blocks of some successive pages, from the first one on.

    Args:
        pages: The pages.
        outline_titles: The titles of the outline, in its order.
    """
    lines = with_drawn_bullets(without_running_heads(lines_of(pages)), pages)
    labels = {page.page: page.label for page in pages}
    return with_places(blocks_of(lines, outline_titles), labels)
