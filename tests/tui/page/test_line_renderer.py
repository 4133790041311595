from itertools import groupby

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.notebook import Notebook
from pactreader.tui.page.line_renderer import LineRenderer
from pactreader.tui.page.painter import Painter
from pactreader.tui.page.viewport import Viewport
from pactreader.tui.themes import DARK_THEME, palette_of


def drawing_of(text):
    """A paragraph, ready to be drawn, and its first line."""
    article = Article.assemble([Piece(BlockKind.PARAGRAPH, text)], title="", source="")
    viewport = Viewport(article, measure=72, top=0)
    viewport.fit(80, 10)
    palette = palette_of(DARK_THEME)
    drawing = LineRenderer(Notebook(article), viewport, Painter(palette, palette.background))
    return drawing, viewport.layout.line(viewport.layout.line_at(0))


def parts_of(strip):
    """The texts that look the same, without the spaces around them."""
    parts = ["".join(s.text for s in same) for _, same in groupby(strip, key=lambda segment: segment.style)]
    return [part.strip() for part in parts if part.strip()]


def test_an_address_looks_like_the_link_that_it_is():
    drawing, line = drawing_of("See https://un.org/a, or not.")
    assert parts_of(drawing.render(line, (), None)) == ["See", "https://un.org/a", ", or not."]


def test_a_tag_right_behind_another_is_told_apart_from_it():
    drawing, line = drawing_of("a conflict of interest")
    plain = drawing.render(line, (), None)
    tagged = drawing.with_tags(line, plain, [(0, "cw"), (2, "ci"), (11, "fj")])
    assert tagged.cell_length == plain.cell_length
    assert parts_of(tagged) == ["cw", "ci", "nflict", "fj", "interest"]
