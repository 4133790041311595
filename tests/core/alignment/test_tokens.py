import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.alignment.tokens import tokenise, word_count


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Don't stop.", ["don", "'", "t", "stop", "."]),
        ("Don’t stop: 日本", ["don", "'", "t", "stop", ":", "日", "本"]),
        ("가나 다", ["가", "나", "다"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("Café", ["café"]),
        ("Cafe\u0301 so\u00adon", ["café", "soon"]),
        (" \n ", []),
    ],
)
def test_words_signs_and_graphemes_are_tokens(text, keys):
    assert tokenise(text).keys == keys


@given(st.text("aB é한ที่’.\n\u00ad日", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_tokens_are_in_their_passage_without_white_space(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    tokens = tokenise(text, start, end)

    assert len(tokens.keys) == len(tokens.starts) == len(tokens.ends)
    last = start
    for first, behind in zip(tokens.starts, tokens.ends, strict=True):
        assert last <= first < behind <= end
        assert text[first:behind] == text[first:behind].strip()
        last = behind


def test_one_accent_does_not_change_the_other_tokens():
    plain, accented = "so it goes - “on”, they said ", "so it goes - “on”, they said e\u0301"

    assert tokenise(accented).keys[:-1] == tokenise(plain).keys


def test_signs_are_no_words():
    assert word_count(["one", ",", "日", "."]) == 2
