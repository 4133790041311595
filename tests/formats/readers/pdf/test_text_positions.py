from pactreader.core.article import BlockKind, Piece
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock, Run
from pactreader.formats.readers.pdf.text_positions import BlockPosition, TextPositions

BLOCKS = [
    LaidOutBlock(Piece(BlockKind.PARAGRAPH, "cats sleep"), (Run(0, 0, 20, 4), Run(5, 0, 30, 5))),
    LaidOutBlock(Piece(BlockKind.PARAGRAPH, "and dogs"), (Run(0, 0, 40, 3), Run(4, 2, 10, 4))),
]
"""Two blocks on the first page, the second of which goes on on the third."""
POSITIONS = TextPositions(BLOCKS)


def test_a_character_is_found_in_its_block():
    assert POSITIONS.at(0, 20) == BlockPosition(0, 0)
    assert POSITIONS.at(0, 34) == BlockPosition(0, 9)
    assert POSITIONS.at(2, 13) == BlockPosition(1, 7)


def test_for_one_that_is_not_in_the_text_the_next_one_is_found():
    assert POSITIONS.at(0, 0) == BlockPosition(0, 0)
    assert POSITIONS.at(0, 24) == BlockPosition(0, 5)
    assert POSITIONS.at(0, 99) == POSITIONS.at(1, 0) == BlockPosition(1, 4)
    assert POSITIONS.at(2, 99) is None


def test_a_page_begins_where_its_first_character_is():
    assert POSITIONS.beginning(0) == BlockPosition(0, 0)
    assert POSITIONS.beginning(1) == POSITIONS.beginning(2) == BlockPosition(1, 4)
    assert POSITIONS.beginning(3) is None


def test_successive_characters_may_be_in_several_places():
    assert list(POSITIONS.slices(0, 22, 41)) == [
        (BlockPosition(0, 2), 2),
        (BlockPosition(0, 5), 5),
        (BlockPosition(1, 0), 1),
    ]
    assert list(POSITIONS.slices(0, 24, 30)) == []
    assert list(POSITIONS.slices(1, 0, 99)) == []
