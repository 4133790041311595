import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.alignment.line_alignment import clauses, equal_clauses, equal_lines

TEXTS = st.lists(
    st.sampled_from(
        ["The pact was signed in June", "and it holds", ", ", ". ", "\n\n", "条约已经签署", "。", " "]
    ),
    max_size=30,
).map("".join)


def equal_passages(matches, former):
    return [former[match.start : match.end] for match in matches]


@given(TEXTS)
def test_clauses_are_the_whole_text(text):
    assert "".join(clauses(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If so, stop! Else…", ["If so, ", "stop! ", "Else…"]),
        ("条约已经签署，但没有公布。", ["条约已经签署，", "但没有公布。"]),
        ("one\ntwo", ["one\n", "two"]),
        ("", []),
    ],
)
def test_clauses_end_with_their_signs_and_white_space(text, expected):
    assert clauses(text) == expected


@given(TEXTS, TEXTS)
def test_matches_are_equal_and_in_the_order_of_both_texts(former, present):
    for equal in (equal_lines, equal_clauses):
        end = present_end = 0
        for match in equal(former, present):
            assert former[match.start : match.end] == present[match.present_start : match.present_end]
            assert end <= match.start < match.end
            assert present_end <= match.present_start
            end, present_end = match.end, match.present_end


def test_a_long_clause_is_found_between_changed_ones():
    former = "They met in May, and the pact was signed in the capital, he said."
    present = "Both met in June, and the pact was signed in the capital, she said."

    assert equal_passages(equal_clauses(former, present), former) == [
        "and the pact was signed in the capital, ",
    ]


def test_a_short_clause_is_matched_beside_equal_ones_only():
    former = "Here, it is. There is another long sentence, it is."
    present = "It is over, it is. Nothing else is here at all, so that."

    assert equal_passages(equal_clauses(former, present), former) == []
