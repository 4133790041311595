"""The likeness of texts: tokens of every script, shares of shingles, and their estimates from sketches."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.likeness import Sketch, is_edited, likeness, shingle_hashes, words_of


def words(seed, count):
    return random.Random(seed).choices([f"word{number}" for number in range(500)], k=count)


def graphemes(seed, count, first):
    """Return a text of characters from a block of Unicode."""
    chosen = random.Random(seed)
    return "".join(chr(first + chosen.randrange(400)) for _ in range(count))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("“L’État”, don't!", ["l", "état", "don", "t"]),
        ("北朝鮮は。", ["北", "朝", "鮮", "は"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("한국 text", ["한", "국", "text"]),
        ("e\u0301te\u0301 co\u00adop", ["été", "coop"]),
        ("…—!", []),
    ],
)
def test_tokens_are_words_or_grapheme_clusters(text, tokens):
    assert words_of(text) == tokens


def test_both_texts_have_their_share():
    text = words(1, 1_000)
    found = likeness(" ".join(text), " ".join(text[:250]))
    assert found.present == 1
    assert 0.2 < found.former < 0.3
    assert (found.smaller, found.greater) == (found.former, 1)


def test_two_words_changed_leave_a_chinese_text_alike():
    text = graphemes(1, 400, 0x4E00)
    assert likeness(text, text[:100] + "北京" + text[102:300] + "首都" + text[302:]).is_revision
    assert not likeness(text, graphemes(2, 400, 0x4E00)).needs_question


def test_an_excerpt_needs_a_question_and_chance_does_not():
    book = words(1, 20_000)
    assert likeness(" ".join(book), " ".join(book[500:800])).needs_question
    few_words = [f"w{number}" for number in range(30)]
    common = [" ".join(random.Random(seed).choices(few_words, k=k)) for seed, k in ((1, 20_000), (2, 300))]
    found = likeness(*common)
    assert 0.35 < found.greater < 0.6, "a long text of few words has many shingles of any other"
    assert not found.needs_question


@given(
    st.integers(0, 50),
    st.sampled_from([(0, 300), (0, 3_000), (250, 600), (1_000, 9_000), (4_000, 9_000)]),
)
def test_a_sketch_estimates_both_shares(seed, kept):
    start, end = kept
    text = words(seed, 9_000)
    former, present = " ".join(text), " ".join(text[start:end] + words(seed + 1_000, 60))
    exact = likeness(former, present)
    estimate = Sketch.of(former).likeness(Sketch.of(present))
    assert estimate.former == pytest.approx(exact.former, abs=0.25)
    assert estimate.present == pytest.approx(exact.present, abs=0.4)


def test_the_same_words_have_the_same_sketch():
    one = Sketch.of("# The pact\n\nIt is *vague*, they say.")
    assert one.has_same_words(Sketch.of("The Pact. It is vague, they say"))
    assert not one.has_same_words(Sketch.of("The pact is vague, they say"))
    assert not Sketch.of("…").has_same_words(Sketch.of("!"))


def test_hashes_are_the_same_on_every_computer():
    assert shingle_hashes(["the", "pact", "is"]) == {18_156_535_559_092_489_065}


@pytest.mark.parametrize(
    ("former", "present", "expected"),
    [
        ("One idea stands here. Another one there.", "Two ideas stand here. Another one there.", True),
        ("One idea.", "One idea.\n\n" + " ".join(words(1, 500)), True),
        ("One idea stands here. Another one there.", "One idea stands here.", True),
        ("Alpha report. Alpha has one idea.", "Beta memo. Beta is something else.", False),
        ("北朝鮮は何も言わない。", "北朝鮮は何かを言った。", True),
        (" ".join(words(1, 400)), " ".join(words(1, 400) + words(2, 900)), True),
        (" ".join(words(1, 400)), " ".join(words(2, 400)), False),
        ("…", "!", False),
    ],
    ids=["edited", "grown", "cut", "another", "chinese", "long", "long, another", "signs"],
)
def test_an_edited_text_is_told_from_another(former, present, expected):
    assert is_edited(former, present) is expected
