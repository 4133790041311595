from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.article import Passage
from pactreader.tui.page.page_tags import LETTERS, TypedTags, make_tags


@given(count=st.integers(0, 1_500))
def test_tags_are_prefix_free_and_as_short_as_possible(count):
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


def test_tags_use_the_home_row_first():
    assert set(make_tags(8)) == set("asdfjkl") | {"g"} or set(make_tags(8)) <= set("asdfghjkl")
    assert not any(letter.isdigit() for letter in LETTERS)


@given(starts=st.sets(st.integers(0, 10_000), min_size=1, max_size=800), near=st.integers(0, 10_000))
def test_the_nearest_item_gets_the_shortest_tag_that_picks_it(starts, near):
    passages = [Passage(start, start + 1) for start in starts]
    tags = TypedTags(passages, lambda passage: abs(passage.start - near)).remaining
    assert len(tags) == len(passages)

    by_distance = sorted(tags, key=lambda passage: abs(passage.start - near))
    assert [len(tags[passage]) for passage in by_distance] == sorted(map(len, tags.values()))
    for passage in by_distance[:3] + by_distance[-3:]:
        labels = TypedTags(passages, lambda passage: abs(passage.start - near))
        for letter in tags[passage]:
            assert labels.picked is None
            assert labels.type(letter)
        assert labels.picked == passage


def test_letters_of_no_tag_are_refused_and_others_can_be_deleted():
    labels = TypedTags([Passage(n, n + 1) for n in range(30)], lambda passage: passage.start)
    last = labels.remaining[Passage(29, 30)]

    assert not labels.type("7")
    assert labels.type(last[0])
    assert all(len(rest) == 1 for rest in labels.remaining.values())
    assert labels.delete_letter()
    assert len(labels.remaining) == 30
    assert not labels.delete_letter()


@pytest.mark.parametrize("count", [0, 1])
def test_labels_for_no_item_or_one(count):
    assert len(TypedTags([Passage(n, n + 1) for n in range(count)], lambda passage: passage.start)) == count
