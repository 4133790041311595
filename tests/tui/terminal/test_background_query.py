import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pactreader.tui.terminal.background_query import AnswerFilter

LIGHT = "\x1b]11;rgb:fbfb/f8f8/f2f2\x1b\\"
DARK = "\x1b]11;rgb:15/17/1c\x07"
ATTRIBUTES = "\x1b[?62;22c"


def filtered(pieces: list[str]) -> tuple[str, AnswerFilter]:
    answers = AnswerFilter()
    typed = "".join(map(answers.feed, pieces))
    return typed + answers.flush(), answers


@pytest.mark.parametrize(
    ("answer", "is_light"),
    [
        (LIGHT, True),
        (DARK, False),
        ("\x1b]11;rgba:ffff/ffff/ffff/ffff\x07", True),
        ("\x1b]11;rgb:f/0/0\x07", False),
        ("\x1b]11;rgb:0/f/0\x07", True),
        ("\x1b]11;#ffffff\x07", None),
        ("", None),
    ],
)
def test_the_answer_tells_if_the_background_is_light(answer, is_light):
    typed, answers = filtered([answer + ATTRIBUTES])
    assert answers.is_light is is_light
    assert answers.is_complete
    assert typed == ""


@given(
    st.text("ab/1;:\x1b[]?cRr\x07\\", max_size=8),
    st.text("jk \x1b[A", max_size=8),
    st.sampled_from(["", LIGHT, DARK]),
    st.lists(st.integers(1, 5), max_size=40),
)
@example("", "\x1b", LIGHT, [1] * 30)
@example("", "\x1b[A", LIGHT, [1] * 40)
@example("q", "", "", [])
def test_typed_text_around_split_answers_is_kept(before, after, colour, cuts):
    if "\x1b]11;" in before or "\x1b[?" in before:
        return
    whole = before + colour + ATTRIBUTES + after
    pieces, start = [], 0
    for cut in cuts:
        pieces.append(whole[start : start + cut])
        start += cut
    typed, answers = filtered([*pieces, whole[start:]])
    assert answers.is_complete
    assert typed == before + after


def test_a_held_escape_is_flushed():
    answers = AnswerFilter()
    assert answers.feed("j\x1b") == "j"
    assert answers.flush() == "\x1b"
    assert answers.feed("k") == "k"
