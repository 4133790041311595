import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.alignment.folding import FoldedText, fold_signs, occurrences


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“It’s” – so…", '"It\'s" - so...'),
        ("one\n  two\u00a0three", "one two three"),
        ("co\u00adop\u200bing", "cooping"),
        ("cafe\u0301", "café"),
        ("well -- yes--no", "well - yes-no"),
        ("plain", "plain"),
    ],
)
def test_texts_that_look_alike_are_folded_to_one(text, folded):
    assert fold_signs(text) == folded


@given(st.text("ab \n’…é-", max_size=40))
def test_folding_twice_changes_nothing_more(text):
    assert fold_signs(fold_signs(text)) == fold_signs(text)


@given(st.text("ab \n’…\u00ad", max_size=40))
def test_offsets_of_the_folded_text_lead_back_in_order(text):
    folded = FoldedText(text)

    starts = [folded.start(offset) for offset in range(len(folded.text))]
    ends = [folded.end(offset) for offset in range(1, len(folded.text) + 1)]
    assert starts == sorted(starts)
    assert all(0 <= start <= end <= len(text) for start, end in zip(starts, ends, strict=True))


def test_an_occurrence_has_the_offsets_of_the_text():
    text = "He said: “co\u00adopera\u00adtion  ends”."

    (passage,) = occurrences(text, '"cooperation ends"')

    assert text[slice(*passage)] == "“co\u00adopera\u00adtion  ends”"


def test_white_space_alone_occurs_nowhere():
    assert list(occurrences("a b", " ")) == []
