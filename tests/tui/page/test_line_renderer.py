from itertools import groupby

import pytest

from core.sample_notebook import reviewable
from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.core.hits import NO_HITS, Passages
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.text_changes.changed_passages import ChangedPassage, ChangeKind
from pactreader.core.text_changes.unread_changes import ComparisonState, UnreadChanges
from pactreader.tui.page.caret import Caret
from pactreader.tui.page.line_renderer import LineRenderer, PageRenderer
from pactreader.tui.page.painter import Painter
from pactreader.tui.page.viewport import Viewport
from pactreader.tui.themes import DARK_THEME, palette_of


def renderer_for(text):
    """Return a renderer for an article of one paragraph, and its first line."""
    article = Article.assemble([Piece(BlockKind.PARAGRAPH, text)], title="", source="")
    viewport = Viewport(article, measure=72, top=0)
    viewport.fit(80, 10)
    palette = palette_of(DARK_THEME)
    renderer = LineRenderer(Notebook(article), viewport, Painter(palette, palette.background))
    return renderer, viewport.layout.line(viewport.layout.line_at(0))


def styled_parts(strip):
    """Return the texts of runs of one style, without the spaces around them."""
    parts = ["".join(s.text for s in same) for _, same in groupby(strip, key=lambda segment: segment.style)]
    return [part.strip() for part in parts if part.strip()]


def test_an_address_is_styled_as_a_link():
    renderer, line = renderer_for("See https://un.org/a, or not.")
    assert styled_parts(renderer.render(line, NO_HITS, None)) == ["See", "https://un.org/a", ", or not."]


def test_adjacent_tags_differ_in_style():
    renderer, line = renderer_for("a conflict of interest")
    plain = renderer.render(line, NO_HITS, None)
    tagged = renderer.with_tags(line, plain, [(0, "cw"), (2, "ci"), (11, "fj")])
    assert tagged.cell_length == plain.cell_length
    assert styled_parts(tagged) == ["cw", "ci", "nflict", "fj", "interest"]


def margins(article, **kinds):
    """Return what is drawn left of each line of an article whose annotations have these placements."""
    viewport = Viewport(article, measure=24, top=0)
    viewport.fit(40, 12)
    palette = palette_of(DARK_THEME)
    painter = Painter(palette, palette.background, colourful=False)
    renderer = LineRenderer(reviewable(article, **kinds), viewport, painter)
    layout = viewport.layout
    lines = (layout.line(y) for y in range(1, layout.height - 1))
    return [renderer.render(line, NO_HITS, None).text[: viewport.left].strip() for line in lines]


PARAGRAPHS = Article.assemble(
    [
        Piece(BlockKind.PARAGRAPH, "The pact is vague on what it calls an aggression."),
        Piece(BlockKind.PARAGRAPH, "Who decides?"),
    ],
    title="",
)


def test_a_doubtful_passage_has_a_mark_on_each_of_its_lines():
    doubtful = (PlacementKind.DOUBTFUL, "vague on the whole", "vague on what it calls")
    assert margins(PARAGRAPHS, a=doubtful) == [":", ":", "", "", ""]
    changed = (PlacementKind.CHANGED, "Who says so?", "Who decides?")
    assert margins(PARAGRAPHS, a=doubtful, b=changed) == [":", ":", "", "", "!"]


def test_a_lost_passage_has_one_mark_where_it_was():
    was = (PlacementKind.LOST, "And who is to judge? Nobody.", "what it calls")
    assert margins(PARAGRAPHS, a=was) == ["", ".", "", "", ""]
    at_the_break = (PlacementKind.LOST, "gone", " what it calls")
    assert margins(PARAGRAPHS, a=at_the_break) == [".", "", "", "", ""]
    beyond = (PlacementKind.LOST, "gone", "?")
    assert margins(PARAGRAPHS, a=beyond) == ["", "", "", "", "."]
    between = (PlacementKind.LOST, "gone", "\nWho")
    assert margins(PARAGRAPHS, a=between) == ["", "", ".", "", ""]


def test_changed_lines_are_marked_until_they_are_read():
    article = Article.assemble(
        [Piece(BlockKind.PARAGRAPH, f"Line {n}.") for n in range(4)], title="", source=""
    )
    viewport = Viewport(article, measure=40, top=0)
    viewport.fit(60, 10)
    palette = palette_of(DARK_THEME)
    renderer = PageRenderer(Notebook(article), Caret(article), viewport)
    renderer.set_painter(Painter(palette, palette.background))
    new, changed = article.blocks[1], article.blocks[3]
    place = Passage(article.blocks[2].start, article.blocks[2].start)
    renderer.changes = UnreadChanges(
        ComparisonState.CHANGED,
        "",
        [
            ChangedPassage(ChangeKind.NEW, Passage(0, 0), Passage(new.start, new.end)),
            ChangedPassage(ChangeKind.REMOVED, Passage(0, 9), place),
            ChangedPassage(ChangeKind.CHANGED, Passage(9, 10), Passage(changed.end - 1, changed.end)),
        ],
    )

    def margin():
        return "".join(renderer.render(y).text[viewport.left + 40 + 1] for y in range(8))

    assert margin() == "   | - |"
    renderer.changes.mark_read([0, 1])
    renderer.invalidate()
    assert margin() == "   ' ' |"


def style_of_hits(painter, selected):
    """Return the styles of two hits, the second of which is selected or another passage is."""
    article = Article.assemble([Piece(BlockKind.PARAGRAPH, "A hay and a needle, a needle in it.")], title="")
    viewport = Viewport(article, measure=72, top=0)
    viewport.fit(80, 10)
    caret = Caret(article)
    caret.select_passage(selected)
    renderer = PageRenderer(Notebook(article), caret, viewport)
    renderer.set_painter(painter)
    renderer.hits = Passages([Passage(12, 18), Passage(22, 28)])
    renderer.update_caret_lines()
    strip = renderer.render(viewport.layout.line_at(0))
    first, last = (
        next(iter(strip.crop(viewport.left + at + 1, viewport.left + at + 2))).style for at in (12, 22)
    )
    return first, last


@pytest.mark.parametrize("colourful", [True, False])
def test_the_current_hit_differs_from_the_others(colourful):
    palette = palette_of(DARK_THEME)
    painter = Painter(palette, palette.background, colourful=colourful)

    first, current = style_of_hits(painter, Passage(22, 28))
    assert first == painter.base + painter.found
    assert current == painter.base + painter.found + painter.current
    assert style_of_hits(painter, Passage(22, 27))[1] == painter.base + painter.found + painter.selection
    if not colourful:
        assert current.reverse
        assert not first.reverse
