from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.tui.page.viewport import Viewport

WORDS = st.lists(st.sampled_from(["a", "pact", "條約", "ambiguity", "👩‍🔬"]), min_size=1, max_size=60)


def articles(paragraphs):
    """Return a strategy of articles of at least so many paragraphs."""
    return st.lists(WORDS.map(" ".join), min_size=paragraphs, max_size=12).map(
        lambda texts: Article.assemble(
            [Piece(BlockKind.PARAGRAPH, text) for text in texts], title="", source="/articles/pact.txt"
        )
    )


ARTICLES, LONG_ARTICLES = articles(1), articles(8)
SIZES = st.tuples(st.integers(1, 120), st.integers(5, 50))


def viewport_at(article, top):
    return Viewport(article, measure=72, top=top)


@given(ARTICLES, st.data(), st.lists(SIZES, min_size=2, max_size=6))
def test_the_text_on_top_stays_there_in_every_size(article, data, sizes):
    viewport = viewport_at(article, 0)
    viewport.fit(*sizes[0])
    viewport.scroll_to(data.draw(st.integers(0, 100)))
    seen = viewport.top_offset
    for size in sizes[1:]:
        viewport.fit(*size)
        assert viewport.top_offset == seen


@given(ARTICLES, SIZES, st.integers(-50, 500), st.integers(0, 10))
def test_scrolling_ends_at_the_page_end_plus_the_given_lines(article, size, line, beyond):
    viewport = viewport_at(article, 0)
    viewport.fit(*size)
    viewport.scroll_to(line, beyond=beyond)
    assert 0 <= viewport.top <= max(0, viewport.layout.height - viewport.height + beyond)


@given(LONG_ARTICLES, st.tuples(st.integers(1, 120), st.integers(5, 10)), st.integers(2, 100))
def test_restoring_the_top_offset_restores_the_window(article, size, line):
    viewport = viewport_at(article, 0)
    viewport.fit(*size)
    viewport.scroll_to(line)
    left = viewport.top_offset, viewport.passage
    again = viewport_at(article, viewport.top_offset)
    again.fit(*size)
    assert (again.top_offset, again.passage) == left
    viewport.scroll_to(0)
    viewport.scroll_to(viewport.line_of_top(left[0]))
    assert (viewport.top_offset, viewport.passage) == left


@given(ARTICLES, SIZES, st.data())
def test_moving_down_and_up_again_returns_to_the_offset(article, size, data):
    viewport = viewport_at(article, 0)
    viewport.fit(*size)
    offset = viewport.nearest_text(data.draw(st.integers(0, viewport.layout.height - 2)), 1, 0)
    lines = data.draw(st.integers(1, 5))
    below = viewport.offset_below(offset, lines, 0)
    there = viewport.layout.line_at(below) - viewport.layout.line_at(offset)
    assert below == offset or there >= lines
    assert viewport.offset_below(below, -there, 0) == offset


def test_a_blank_line_leads_to_the_nearest_line_with_text():
    article = Article.assemble(
        [Piece(BlockKind.PARAGRAPH, "One."), Piece(BlockKind.PARAGRAPH, "Two.")], title="", source=""
    )
    viewport = viewport_at(article, 0)
    viewport.fit(40, 10)
    between = viewport.layout.line_at(0) + 1
    assert viewport.nearest_text(between, 1, 2) == article.text.index("o.")
    assert viewport.nearest_text(between, -1, 2) == article.text.index("e.")
    assert viewport.nearest_text(viewport.layout.height, 1, 0) is None


def long_viewport(top=0):
    article = Article.assemble(
        [Piece(BlockKind.PARAGRAPH, f"Paragraph {n} is here. " * 9) for n in range(9_000)], title=""
    )
    viewport = viewport_at(article, top)
    viewport.fit(60, 20)
    return article, viewport


def test_far_text_is_approached_without_counting_the_lines_between():
    article, viewport = long_viewport()
    for far, before in ((article.blocks[5_000].start, 0), (article.blocks[100].start, 5_000)):
        assert viewport.approach(far)
        y = viewport.layout.line_at(far)
        assert y == (viewport.bottom if before == 0 else viewport.top - 1)
        assert not viewport.layout.is_near(article.blocks[before].start)
    assert not viewport.approach(viewport.top_offset)


def test_a_window_in_the_middle_has_the_lines_of_one_that_was_scrolled_there():
    article, viewport = long_viewport()
    viewport.scroll_to(viewport.layout.line_at(article.blocks[700].start) + 1)
    _, other = long_viewport(viewport.top_offset)
    assert (other.passage, other.top_offset) == (viewport.passage, viewport.top_offset)
    other.scroll_to(other.top - 30)
    viewport.scroll_to(viewport.top - 30)
    assert other.passage == viewport.passage


def test_a_window_ends_with_the_page_wherever_its_lines_are_counted_from():
    article, viewport = long_viewport()
    viewport.approach(len(article.text) - 1)
    viewport.scroll_to(viewport.layout.last)
    assert viewport.bottom == viewport.layout.last + 1
    assert viewport.passage.end == len(article.text)


def test_counted_lines_are_kept_while_the_measure_is_the_same():
    article, viewport = long_viewport()
    assert viewport.layout.height
    viewport.fit(120, 20)
    assert not viewport.layout.is_counted, "the lines are longer"
    viewport.scroll_to(viewport.layout.last - 2_000)
    viewport.fit(130, 30)
    assert viewport.layout.height
    viewport.fit(110, 30)
    assert viewport.layout.is_counted

    other = viewport_at(article, viewport.top_offset)
    other.counted = viewport.layout
    other.fit(100, 30)
    assert other.layout.is_counted
    assert (other.top_offset, other.passage) == (viewport.top_offset, viewport.passage)
