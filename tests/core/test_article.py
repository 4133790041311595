from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.article import Article, BlockKind, Piece, Span, SpanKind

PIECES = st.lists(
    st.builds(
        Piece,
        st.sampled_from(BlockKind),
        st.text(st.characters(codec="utf-8"), max_size=30),
        st.integers(0, 6),
        quoted=st.integers(0, 3),
        spans=st.just(()),
        lines=st.lists(st.integers(1, 99), max_size=3).map(lambda lines: tuple(enumerate(lines))),
        places=st.lists(st.tuples(st.integers(0, 30), st.text()), max_size=1),
    ),
    max_size=12,
)


@given(PIECES)
def test_blocks_are_slices_separated_by_blank_lines(pieces):
    article = Article.assemble(pieces, title="t")

    texts = [article.block_text(block) for block in article.blocks]
    assert texts == [piece.text for piece in pieces if piece.text]
    assert article.text == "\n\n".join(texts)


@given(PIECES, st.data())
def test_an_offset_between_blocks_belongs_to_the_one_before(pieces, data):
    article = Article.assemble(pieces, title="t")
    if not article.blocks:
        return

    offset = data.draw(st.integers(0, len(article.text)))
    index = article.block_index(offset)
    assert article.blocks[index].start <= offset
    assert index + 1 == len(article.blocks) or offset < article.blocks[index + 1].start
    assert article.paragraph_number(offset) == index + 1


def test_spans_are_shifted_with_their_block():
    pieces = [
        Piece(BlockKind.PARAGRAPH, "First."),
        Piece(BlockKind.PARAGRAPH, "A strong word.", spans=(Span(2, 8, SpanKind.STRONG),)),
    ]

    article = Article.assemble(pieces, title="t")

    span = article.blocks[1].spans[0]
    assert article.text[span.start : span.end] == "strong"


def test_a_passage_is_cited_by_the_place_that_began_last_before_it():
    pieces = [
        Piece(BlockKind.PARAGRAPH, "Title"),
        Piece(BlockKind.PARAGRAPH, "One page and another.", places=((0, "p. 1"), (9, "p. 2"))),
        Piece(BlockKind.PARAGRAPH, "Still the second."),
    ]

    article = Article.assemble(pieces, title="t")

    cited = [article.places.at(article.text.index(words)) for words in ("Title", "One", "and", "Still")]
    assert cited == ["", "p. 1", "p. 2", "p. 2"]


def test_headings_above_an_offset_are_outermost_first():
    pieces = [
        Piece(BlockKind.HEADING, "Book", 1),
        Piece(BlockKind.HEADING, "Chapter one", 2),
        Piece(BlockKind.PARAGRAPH, "one"),
        Piece(BlockKind.HEADING, "Chapter two", 2),
        Piece(BlockKind.PARAGRAPH, "two"),
    ]
    article = Article.assemble(pieces, title="t")

    def over(words: str) -> list[str]:
        return [article.block_text(block) for block in article.headings_above(article.text.index(words))]

    assert over("one\n") == ["Book", "Chapter one"]
    assert over("two\n") == ["Book", "Chapter two"]
    assert over("Book") == ["Book"]


def test_articles_with_the_same_text_have_the_same_hash():
    one = Article.assemble([Piece(BlockKind.PARAGRAPH, "same")], title="a", source="/a")
    other = Article.assemble([Piece(BlockKind.CODE, "same")], title="b", source="/b")
    different = Article.assemble([Piece(BlockKind.PARAGRAPH, "other")], title="a", source="/a")

    assert one.text_hash == other.text_hash != different.text_hash


def test_an_offset_has_the_line_of_the_file_that_its_text_comes_from():
    pieces = [
        Piece(BlockKind.PARAGRAPH, "one two", lines=((0, 3), (4, 5))),
        Piece(BlockKind.RULE, "* * *"),
        Piece(BlockKind.PARAGRAPH, "three", lines=((0, 9),)),
    ]
    article = Article.assemble(pieces, title="t")

    found = {word: article.source_lines.at(article.text.index(word)) for word in ("one", "two", "*", "three")}
    assert found == {"one": 3, "two": 5, "*": None, "three": 9}


def test_a_format_without_lines_has_none():
    article = Article.assemble([Piece(BlockKind.PARAGRAPH, "one")], title="t")

    assert article.source_lines.at(0) is None
