from collections.abc import Sequence
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.text_units import TextUnit, TextUnits
from pactreader.tui.page.line import Line
from pactreader.tui.page.line_breaking import TAB_STOP
from pactreader.tui.page.typesetting import Layout

CLUSTERS = st.sampled_from(
    [*"abcdefg", " ", " ", "  ", "\n", "\t", "—", "’", "한", "国", "。", "「", "é", "e\u0301", "🇰🇵",
     "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\xad", "\u200b", "❤\ufe0f", "supercalifragilistic"]
)  # fmt: skip
TEXTS = st.lists(CLUSTERS, min_size=1, max_size=60).map("".join)
KINDS = st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.RULE])
PIECES = st.lists(
    st.builds(
        Piece,
        KINDS,
        TEXTS,
        st.integers(0, 4),
        st.sampled_from(["", "", "•", "10.", "[note]"]),
        st.integers(0, 2),
        spans=st.just(()),
        lines=st.just(()),
        places=st.just(()),
    ),
    min_size=1,
    max_size=5,
)
PLAIN_PIECES = st.lists(
    KINDS.flatmap(lambda kind: TEXTS.map(lambda text: Piece(kind, text))), min_size=1, max_size=3
)
MEASURES = st.integers(8, 80)


def article_from(*pieces: Piece) -> Article:
    return Article.assemble(pieces, title="t")


def lines_of(layout: Layout) -> list[Line]:
    return [layout.line(y) for y in range(layout.height)]


def lines_from_the_first(layout: Layout) -> list[Line]:
    return [layout.line(y) for y in range(layout.first, layout.last + 1)]


def drawn_lines(layout: Layout) -> list[str]:
    return [(line.lead + "".join(line.drawn)).rstrip() for line in lines_of(layout)]


@given(PIECES, MEASURES)
def test_every_visible_character_is_drawn_once(pieces, measure):
    article = article_from(*pieces)
    drawn: dict[int, str] = {}
    for line in lines_of(Layout(article, measure)):
        for index, cluster in enumerate(line.drawn):
            if index not in line.fillers:
                assert line.offsets[index] not in drawn
                drawn[line.offsets[index]] = cluster

    for block in article.blocks:
        offset = block.start
        while offset < block.end:
            cluster = drawn.get(offset)
            character = article.text[offset]
            if cluster is None:
                assert character in " \n\t", f"{character!r} at {offset} is not drawn"
            elif character != "\t":
                assert article.text.startswith(cluster, offset)
            offset += len(cluster) if cluster and character != "\t" else 1


@given(PIECES, MEASURES)
def test_the_cells_of_a_line_add_up(pieces, measure):
    for line in lines_of(Layout(article_from(*pieces), measure)):
        assert line.columns[0] == cell_len(line.lead)
        assert len(line.offsets) == len(line.columns) == len(line.drawn) + 1
        for cluster, left, right in zip(line.drawn, line.columns, line.columns[1:], strict=False):
            assert right - left == cell_len(cluster)


@given(PLAIN_PIECES, st.integers(24, 80))
def test_no_line_outside_tables_is_wider_than_the_measure(pieces, measure):
    article = article_from(*[piece for piece in pieces if piece.kind is not BlockKind.TABLE])

    for line in lines_of(Layout(article, measure)):
        assert line.columns[-1] <= measure


@given(PIECES, MEASURES)
def test_characters_and_cells_map_to_each_other(pieces, measure):
    article = article_from(*pieces)
    layout = Layout(article, measure)
    for y, line in enumerate(lines_of(layout)):
        for index, cluster in enumerate(line.drawn):
            if index in line.fillers or not cluster:
                continue
            offset = line.offsets[index]
            assert layout.line_at(offset) == y
            assert line.column_of(offset) == line.columns[index]
            assert line.offset_at(line.columns[index]) == offset


@given(PIECES, MEASURES)
def test_every_caret_offset_is_on_a_line_with_text(pieces, measure):
    article = article_from(*pieces)
    layout = Layout(article, measure)
    units = TextUnits(article)
    offset: int | None = 0
    while offset is not None:
        line = layout.line(layout.line_at(offset))
        assert not line.blank
        assert line.block == article.block_index(offset)
        offset = units.next_start(TextUnit.CHARACTER, offset)


@given(PIECES, MEASURES, st.data())
def test_a_line_can_be_made_to_begin_at_an_offset(pieces, measure, data):
    article = article_from(*pieces)
    plain = Layout(article, data.draw(MEASURES))
    line = plain.line(data.draw(st.integers(0, plain.height - 1)))
    if line.blank or article.blocks[line.block].kind is BlockKind.TABLE:
        return

    layout = Layout(article, measure, begin_line_at=line.start)

    assert layout.line(layout.line_at(line.start)).start == line.start


def test_prose_is_broken_at_spaces():
    layout = Layout(article_from(Piece(BlockKind.PARAGRAPH, "The pact  is vague on aggression")), 12)

    assert drawn_lines(layout) == ["", "The pact  is", "vague on", "aggression", ""]


def test_chinese_and_japanese_break_by_kinsoku():
    layout = Layout(article_from(Piece(BlockKind.PARAGRAPH, "日本語の文章です。続く「引用」だ。")), 16)

    lines = [line for line in drawn_lines(layout) if line]
    assert "".join(lines) == "日本語の文章です。続く「引用」だ。"
    assert all(line[0] not in "。、」" and line[-1] != "「" for line in lines)


def test_korean_breaks_at_its_spaces():
    layout = Layout(article_from(Piece(BlockKind.PARAGRAPH, "러시아와 북한의 새로운 조약")), 12)

    assert drawn_lines(layout) == ["", "러시아와", "북한의", "새로운 조약", ""]


def test_code_keeps_its_lines_and_tabs():
    layout = Layout(article_from(Piece(BlockKind.CODE, "if x:\n\treturn 1\n\nend")), 40)

    assert drawn_lines(layout) == ["", "if x:", " " * TAB_STOP + "return 1", "", "end", ""]


def test_list_items_are_indented_behind_their_markers():
    layout = Layout(
        article_from(
            Piece(BlockKind.LIST_ITEM, "one two three", 1, "•"),
            Piece(BlockKind.LIST_ITEM, "ten", 1, "10."),
            Piece(BlockKind.LIST_ITEM, "nested", 2, "◦"),
        ),
        12,
    )

    assert drawn_lines(layout) == ["", "  • one two", "    three", "10. ten", "    ◦ nested", ""]


def test_quotations_have_a_bar_between_their_paragraphs_too():
    pieces = [
        Piece(BlockKind.QUOTATION, "one two ten", quoted=1),
        Piece(BlockKind.QUOTATION, "three", quoted=2),
    ]

    assert drawn_lines(Layout(article_from(*pieces), 10)) == ["", "│ one two", "│ ten", "│", "│ │ three", ""]


def test_a_table_is_set_in_columns_and_wraps_in_its_cells():
    table = "Name\tWhat they said\nKim\tA long remark to break\n한국\tshort"

    layout = Layout(article_from(Piece(BlockKind.TABLE, table)), 22)

    assert drawn_lines(layout) == [
        "",
        "Name │ What they said",
        "─────┼────────────────",
        "Kim  │ A long remark",
        "     │ to break",
        "한국 │ short",
        "",
    ]


def test_all_lines_of_a_tables_row_are_those_of_its_text():
    text = "Name\tA\nPears and plums of the best\tx y\nFig\tz"
    layout = Layout(article_from(Piece(BlockKind.TABLE, text)), 22)
    row, figs, last_cell = text.index("Pears"), text.index("Fig"), text.index("x y")

    assert drawn_lines(layout)[3:5] == ["Pears and plums  │ x y", "of the best      │"]
    assert layout.lines_between(row, figs - 1) == range(3, 5)
    assert layout.lines_between(last_cell, last_cell + 1) == range(3, 5)
    assert layout.lines_between(row, len(text)) == range(3, 6)
    assert layout.lines_between(0, 4) == range(1, 2)


def test_an_article_without_text_is_a_blank_page():
    layout = Layout(article_from(), 40)

    assert layout.height == 1
    assert layout.line(0).blank
    assert layout.line_at(0) == 0


@given(PIECES, MEASURES, st.data())
def test_lines_are_the_same_from_whichever_block_they_are_counted(pieces, measure, data):
    article = article_from(*pieces)
    plain = Layout(article, measure)
    layout = Layout(article, measure, origin=data.draw(st.integers(0, len(article.blocks) - 1)))
    offsets = st.integers(0, len(article.text) - 1)
    for offset in data.draw(st.lists(offsets, max_size=3)):
        assert layout.line(layout.line_at(offset)) == plain.line(plain.line_at(offset))

    assert lines_from_the_first(layout) == lines_of(plain)
    assert layout.height == plain.height
    for offset in data.draw(st.lists(offsets, max_size=3)):
        assert layout.line_at(offset) - layout.first == plain.line_at(offset)


@given(PIECES, MEASURES, st.data())
def test_a_moved_layout_has_the_lines_of_one_that_was_laid_out_there(pieces, measure, data):
    article = article_from(*pieces)
    blocks, offsets = st.integers(0, len(article.blocks) - 1), st.integers(0, len(article.text) - 1)
    beginning = st.none() | offsets
    former = Layout(article, measure, data.draw(beginning), origin=data.draw(blocks))
    if data.draw(st.booleans()):
        assert former.height
    else:
        former.line_at(data.draw(offsets))
    begin, origin = data.draw(beginning), data.draw(blocks)
    moved, fresh = former.moved(begin, origin=origin), Layout(article, measure, begin, origin=origin)
    assert moved.is_counted or not former.is_counted
    assert (moved.first, moved.last) == (fresh.first, fresh.last)
    assert lines_from_the_first(moved) == lines_from_the_first(fresh)


@given(PIECES, MEASURES, st.data())
def test_the_line_nearest_to_one_beyond_the_page_is_its_first_or_last(pieces, measure, data):
    article = article_from(*pieces)
    layout = Layout(article, measure, origin=data.draw(st.integers(0, len(article.blocks) - 1)))
    y = data.draw(st.integers(-100, 100))
    nearest, has_line = layout.nearest(y), layout.has_line(y)
    assert nearest == min(max(y, layout.first), layout.last)
    assert has_line == (layout.first <= y <= layout.last)


def test_laying_out_the_middle_of_a_large_article_takes_only_the_blocks_around_it():
    article = article_from(*(Piece(BlockKind.PARAGRAPH, f"Paragraph {n} is here.") for n in range(10_000)))
    layout = Layout(blocks_counted(article), 72, origin=5_000)
    taken = layout.article.blocks.taken

    for y in range(-30, 30):
        layout.line(y)
    layout.line_at(article.blocks[5_050].start)
    assert max(taken) - min(taken) < 150

    assert not layout.is_near(0)
    assert not layout.is_counted
    while not layout.count(0.001):
        pass
    assert layout.is_counted
    assert (layout.first, layout.last) == (-10_000, 10_000)


class _CountedBlocks(Sequence):
    """Blocks that remember which of them were asked for."""

    def __init__(self, blocks):
        self._blocks = blocks
        self.taken = set()

    def __len__(self):
        return len(self._blocks)

    def __getitem__(self, index):
        self.taken.add(index)
        return self._blocks[index]


def blocks_counted(article):
    return SimpleNamespace(
        text=article.text, blocks=_CountedBlocks(article.blocks), block_index=article.block_index
    )
