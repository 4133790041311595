from itertools import groupby

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.notebook import Notebook
from pactreader.tui.page.drawing import Drawing
from pactreader.tui.page.painting import Painter
from pactreader.tui.page.viewport import Viewport
from pactreader.tui.themes import DARK_THEME, palette_of


def test_a_tag_right_behind_another_is_told_apart_from_it():
    article = Article.assemble([Piece(BlockKind.PARAGRAPH, "a conflict of interest")], title="", source="")
    viewport = Viewport(article, measure=72, top=0)
    viewport.fit(80, 10)
    palette = palette_of(DARK_THEME)
    drawing = Drawing(Notebook(article), viewport, Painter(palette, palette.background))
    line = viewport.layout.line(viewport.layout.line_at(0))
    plain = drawing.strip(line, (), None)
    tagged = drawing.tagged(line, plain, [(0, "cw"), (2, "ci"), (11, "fj")])
    assert tagged.cell_length == plain.cell_length
    parts = ["".join(s.text for s in same) for _, same in groupby(tagged, key=lambda segment: segment.style)]
    assert [part.strip() for part in parts if part.strip()] == ["cw", "ci", "nflict", "fj", "interest"]
