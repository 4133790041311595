from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.blocks import Block, BlockKind, Blocks, Span, SpanKind

SPANS = st.lists(
    st.builds(Span, st.integers(0, 99), st.integers(0, 99), st.sampled_from(SpanKind), st.text(max_size=3)),
    max_size=3,
).map(tuple)
BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from(BlockKind),
        st.integers(0, 2**32 - 1),
        st.integers(0, 2**32 - 1),
        st.integers(0, 300),
        st.sampled_from(["", "•", "3."]),
        st.integers(0, 300),
        SPANS,
    ),
    max_size=9,
)


@given(BLOCKS)
def test_blocks_are_those_that_were_given(blocks):
    kept = Blocks.of(blocks)

    assert len(kept) == len(blocks)
    assert list(kept) == blocks
    assert [kept[index] for index in range(-len(blocks), len(blocks))] == blocks * 2


@given(BLOCKS, st.slices(9))
def test_a_slice_has_the_blocks_of_a_slice(blocks, part):
    assert list(Blocks.of(blocks)[part]) == blocks[part]


@given(BLOCKS, BLOCKS)
def test_blocks_are_equal_if_each_is(blocks, others):
    assert Blocks.of(blocks) == Blocks.of(list(blocks))
    assert (Blocks.of(blocks) == Blocks.of(others)) is (blocks == others)


@given(BLOCKS)
def test_the_blocks_of_a_kind_are_found_in_order(blocks):
    for kind in BlockKind:
        found = list(Blocks.of(blocks).numbers_of(kind))
        assert found == [number for number, block in enumerate(blocks) if block.kind is kind]
