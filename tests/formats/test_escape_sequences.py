"""Escape sequences for a terminal are no part of a text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.formats.escape_sequences import without_escape_sequences


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\x1b[1;31mfail\x1b[0m  a test", "fail  a test"),
        ("\x1b[38;2;255;0;10mred\x1b[m", "red"),
        ("\x1b[38:5:9mred\x1b[K and more", "red and more"),
        ("\x1b]8;;https://example.org\x1b\\the door\x1b]8;;\x1b\\", "the door"),
        ("\x1b]8;id=1;https://example.org\x07the door\x1b]8;;\x07", "the door"),
        ("\x1b]0;a window's title\x07text", "text"),
        ("\x1b(B\x1b[mtext\x1b[?25l", "text"),
        ("N\bNA\bAM\bME\bE", "NAME"),
        ("_\bf_\bi_\bl_\be and f\b_i\b_", "file and fi"),
        ("+\bo bullet, x\bx\bx\bx", "o bullet, x"),
        ("plain [1m text", "plain [1m text"),
    ],
)
def test_sequences_are_dropped_and_the_text_stays(text: str, plain: str) -> None:
    assert without_escape_sequences(text) == plain


@pytest.mark.parametrize("text", ["\x1b", "\x1b[", "\x1b]8;;", "\x1b]0;title\nnext", "\x1b7", "\b", "a\b\nb"])
def test_what_is_no_whole_sequence_stays(text: str) -> None:
    assert without_escape_sequences(text) == text


@given(st.text(st.characters(exclude_characters="\x1b\b")))
def test_other_texts_are_unchanged(text: str) -> None:
    assert without_escape_sequences(text) == text


@given(st.text(st.sampled_from("\x1b[];m01\x07\\\b_ab\n")))
def test_no_line_end_is_lost(text: str) -> None:
    assert without_escape_sequences(text).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "unit", ["\x1b[", "\x1b]", "\x1b]a", "\x1b[1;", "\b", "a\b", "_\b", "\x1b(", "\x1b[ "]
)
def test_the_time_is_linear(unit: str) -> None:
    started = time.monotonic()
    without_escape_sequences(unit * 1_000_000)
    assert time.monotonic() - started < 10
