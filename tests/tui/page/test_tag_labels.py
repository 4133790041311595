from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.article import Passage
from pactreader.tui.page.page_tags import LETTERS, TagLabels, make_tags


@given(count=st.integers(0, 1_500))
def test_no_tag_begins_another_and_no_shorter_ones_would_do(count):
    made = make_tags(count)

    assert len(set(made)) == count
    ordered = sorted(made)
    assert not any(later.startswith(earlier) for earlier, later in pairwise(ordered))
    assert [len(tag) for tag in made] == sorted(len(tag) for tag in made)
    if count <= len(LETTERS):
        assert all(len(tag) == 1 for tag in made)
    elif count <= len(LETTERS) ** 2:
        needed = -(-(count - len(LETTERS)) // (len(LETTERS) - 1))
        assert sum(len(tag) == 1 for tag in made) == len(LETTERS) - needed


def test_the_home_row_comes_first():
    assert set(make_tags(8)) == set("asdfjkl") | {"g"} or set(make_tags(8)) <= set("asdfghjkl")
    assert not any(letter.isdigit() for letter in LETTERS)


@given(starts=st.sets(st.integers(0, 10_000), min_size=1, max_size=800), near=st.integers(0, 10_000))
def test_what_is_nearest_wears_the_shortest_tag_and_typing_it_picks_it(starts, near):
    passages = [Passage(start, start + 1) for start in starts]
    worn = TagLabels(passages, lambda passage: abs(passage.start - near)).remaining
    assert len(worn) == len(passages)

    by_distance = sorted(worn, key=lambda passage: abs(passage.start - near))
    assert [len(worn[passage]) for passage in by_distance] == sorted(map(len, worn.values()))
    for passage in by_distance[:3] + by_distance[-3:]:
        picking = TagLabels(passages, lambda passage: abs(passage.start - near))
        for letter in worn[passage]:
            assert picking.picked is None
            assert picking.type(letter)
        assert picking.picked == passage


def test_a_letter_that_begins_no_tag_is_not_taken_and_one_that_was_can_be_taken_back():
    picking = TagLabels([Passage(n, n + 1) for n in range(30)], lambda passage: passage.start)
    last = picking.remaining[Passage(29, 30)]

    assert not picking.type("7")
    assert picking.type(last[0])
    assert all(len(rest) == 1 for rest in picking.remaining.values())
    assert picking.delete_letter()
    assert len(picking.remaining) == 30
    assert not picking.delete_letter()


@pytest.mark.parametrize("count", [0, 1])
def test_few_or_none(count):
    assert len(TagLabels([Passage(n, n + 1) for n in range(count)], lambda passage: passage.start)) == count
