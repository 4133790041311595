from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pactreader.tui.terminal.keystrokes import Keystrokes

BEGIN, END = "\x1b[200~", "\x1b[201~"


def split(*texts):
    """Return the parts of texts that arrive one after the other, without empty ones."""
    keystrokes = Keystrokes()
    return [part for text in texts for part in keystrokes.split(text) if part != ""]


def test_a_letter_right_behind_the_escape_key_is_its_own_key():
    assert split("Note.\x1btlaw") == ["Note.", None, "tlaw"]
    assert split("\x1bj\x1b\x1bk") == [None, "j\x1b", None, "k"]


def test_sequences_and_their_possible_starts_are_not_split():
    for text in ("\x1b[A", "\x1b[1;3D", "\x1bOP", "\x1b]11;rgb:0/0/0\x1b\\", "\x1b\x7f", "\x1b\r"):
        assert "".join(part or "" for part in split(text)) == text


def test_an_escape_at_the_end_is_a_key_unless_a_sequence_goes_on():
    assert split("Note.\x1b", "t") == ["Note.", None, "t"]
    assert split("Note.\x1b", "[A") == ["Note.", "\x1b[A"]
    assert split("Note.\x1b") == ["Note."]
    assert split("Note.\x1b", "", "[A") == ["Note.", None, "[A"]


def test_an_escape_in_a_paste_is_replaced_by_a_symbol():
    assert split(f"{BEGIN}first \x1b[31mred\x1bx{END}j\x1bk") == [
        BEGIN,
        f"first \u241b[31mred\u241bx{END}",
        "j",
        None,
        "k",
    ]


@given(st.text("ab\x1b[201~", max_size=30), st.lists(st.integers(0, 60)))
def test_a_paste_that_arrives_in_pieces_stays_whole(pasted, cuts):
    text = BEGIN + pasted.replace(END, "") + END + "q"
    ends = [len(BEGIN), *sorted(min(max(cut, len(BEGIN)), len(text)) for cut in cuts), len(text)]
    pieces = [text[: ends[0]], *(text[a:b] for a, b in pairwise(ends))]
    found = "".join(part or "" for part in split(*pieces))
    assert found == BEGIN + pasted.replace(END, "").replace("\x1b", "\u241b") + END + "q"
