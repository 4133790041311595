from unicodedata import bidirectional, category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.printable_text import printable, printable_line, unix_line_ends

BIDI_CONTROLS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def is_executed(character: str) -> bool:
    """Return whether a terminal executes a character instead of showing it."""
    return (
        category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or bidirectional(character) in BIDI_CONTROLS
        or character in "\u061c\u200e\u200f"
    )


@given(st.text(st.characters()))
def test_no_control_character_is_left_and_offsets_stay(text):
    shown = printable(text)

    assert not [c for c in shown if is_executed(c) and c not in "\n\t"]
    assert len(shown) == len(text)
    assert [b for a, b in zip(text, shown, strict=True) if not is_executed(a)] == [
        a for a in text if not is_executed(a)
    ]


@given(st.text(st.characters()))
def test_printable_is_idempotent(text):
    assert printable(printable(text)) == printable(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "␛[2J"),
        ("a\x07b", "a␇b"),
        ("a\x7fb", "a␡b"),
        ("a\x9bb", "a\ufffdb"),
        ("a\u202eb", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
        ("a\u2028b\u2029c\x85d\fe", "a\nb\nc\nd\ne"),
        ("한국어 \N{FAMILY} é", "한국어 \N{FAMILY} é"),
    ],
)
def test_control_characters_become_visible(text, shown):
    assert printable(text) == shown


@given(st.text(st.characters()))
def test_a_line_is_one_line(text):
    line = printable_line(text)

    assert line == line.strip()
    assert not set(line) & set("\n\t\r")


def test_line_ends_become_line_feeds():
    assert unix_line_ends("a\r\nb\rc\n") == "a\nb\nc\n"
