from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.alignment.text_alignment import Alignment

TEXTS = st.lists(
    st.sampled_from(["one", "Two", "two", "of", ".", "\n", "\n\n", "日本", "’", " "]), max_size=30
).map(" ".join)


def replaced(former: str, text: str) -> list[tuple[str, str]]:
    """Return the removed and the new words of each change."""
    return [
        (former[slice(*change.former)].strip(), text[slice(*change.present)].strip())
        for change in Alignment(former, text).changes
    ]


@given(TEXTS, TEXTS)
def test_applying_the_changes_to_the_former_text_gives_the_present_one(former, text):
    pieces = []
    end = 0
    for change in Alignment(former, text).changes:
        pieces += (former[end : change.former.start], text[slice(*change.present)])
        end = change.former.end

    assert "".join([*pieces, former[end:]]) == text


@given(TEXTS, TEXTS)
def test_counterparts_are_in_the_order_of_the_former_text(former, text):
    alignment = Alignment(former, text)
    counterparts = [alignment.counterpart(offset) for offset in range(len(former) + 1)]

    assert counterparts == sorted(counterparts)
    assert all(0 <= each <= len(text) for each in counterparts)


def test_equal_texts_have_no_changes():
    assert replaced("One.\n\nTwo.", "One.\n\nTwo.") == []


def test_a_replaced_word_is_one_change():
    assert replaced("The vague treaty holds.", "The clear treaty holds.") == [("vague", "clear")]


@pytest.mark.parametrize(
    ("former", "text", "new"),
    [
        ("The cat sat. The dog ran.", "The cat sat. The cow lay. The dog ran.", "The cow lay."),
        ("One a.\n\nOne b.", "One a.\n\nOne c.\n\nOne b.", "One c."),
    ],
)
def test_a_new_sentence_begins_where_sentences_begin(former, text, new):
    assert replaced(former, text) == [("", new)]
    assert replaced(text, former) == [(new, "")]


def test_lines_that_moved_are_removed_and_new():
    lines = [f"Line {index} says something of its own." for index in range(6)]
    former, text = "\n".join(lines), "\n".join([*lines[1:], lines[0]])

    assert replaced(former, text) == [(lines[0], ""), ("", lines[0])]


def test_a_removed_passage_has_its_place_as_counterpart():
    former, text = "Before it. Removed words here. Behind it.", "Before it. Behind it."

    assert Alignment(former, text).counterpart(former.index("words")) in range(10, 12)


@pytest.mark.slow
def test_five_thousand_changed_lines_of_a_book_are_aligned():
    random = Random(1)
    words = [f"word{index}" for index in range(5_000)]
    lines = [" ".join(random.choices(words, k=60)) for _ in range(6_000)]
    changed = [f"{line[:40]} new {line[40:]}" if index < 5_000 else line for index, line in enumerate(lines)]

    assert len(Alignment("\n".join(lines), "\n".join(changed)).changes) >= 5_000


@pytest.mark.parametrize("end", [". ", "。", " "], ids=["sentences", "unspaced sentences", "words alone"])
def test_changed_words_of_a_long_line_are_found(end):
    random = Random(2)
    words = [f"word{index}" for index in range(5_000)]
    sentences = [" ".join(random.choices(words, k=12)) for _ in range(2_000)]
    changed = [f"new {one}" if index % 100 == 7 else one for index, one in enumerate(sentences)]

    assert replaced(end.join(sentences), end.join(changed)) == [("", "new")] * 20
