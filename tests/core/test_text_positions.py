"""Positions as anchors: found again in a text that changed before, at or behind them."""

import pytest

from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.text_positions import describe_position, placed_position

PARAGRAPHS = [
    f"Paragraph {number} is here. It says little, and is {number} words long." for number in range(30)
]


def of_paragraphs(*paragraphs):
    return Article.assemble([Piece(BlockKind.PARAGRAPH, one) for one in paragraphs], title="t")


ARTICLE = of_paragraphs(*PARAGRAPHS)
EDITED = of_paragraphs("New.", "A long new paragraph. " * 300, *PARAGRAPHS, "The end.")
SHIFT = len(EDITED.text) - len(ARTICLE.text) - len("\n\nThe end.")


@pytest.mark.parametrize("has_former_text", [True, False])
def test_every_position_is_found_behind_new_text(has_former_text):
    former = {ARTICLE.text_hash: ARTICLE.text} if has_former_text else {}
    locator = Locator(EDITED.text, former)
    for offset in range(0, len(ARTICLE.text) + 1, 7):
        anchor = describe_position(ARTICLE, offset)
        assert placed_position(offset, anchor, locator.place(anchor)) == offset + SHIFT


def test_a_position_in_an_unchanged_text_stays():
    locator = Locator(ARTICLE.text)
    for offset in range(0, len(ARTICLE.text) + 1, 7):
        anchor = describe_position(ARTICLE, offset)
        assert placed_position(offset, anchor, locator.place_at_once(anchor)) == offset


def test_the_quote_is_in_one_block_and_has_a_length():
    for offset in range(len(ARTICLE.text)):
        anchor = describe_position(ARTICLE, offset)
        assert "\n" not in anchor.exact
        assert 40 <= len(anchor.exact) <= 120
        assert anchor.exact == anchor.exact.strip()
        assert anchor.text_hash == ARTICLE.text_hash


def test_a_position_is_kept_inside_a_shorter_passage():
    offset = ARTICLE.text.index("\n\n") - 1
    anchor = describe_position(ARTICLE, offset)
    changed = Placement(PlacementKind.CHANGED, 10, 20, 0.6)
    assert placed_position(anchor.start, anchor, changed) == 10
    assert placed_position(offset, anchor, changed) == 20
    assert placed_position(0, anchor, Placement(PlacementKind.LOST, 0, 0, 0.0)) == 0


def test_an_article_without_text_has_no_anchor():
    assert describe_position(of_paragraphs(), 0) is None
