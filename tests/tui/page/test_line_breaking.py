import regex
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pactreader.core.printable_text import printable
from pactreader.tui.page.line_breaking import (
    Script,
    break_narrow,
    break_wide,
    count_narrow,
    is_plain,
    script_of,
)

LETTERS = "ab«»”\"'.,(-"
"""Letters, and marks that a line should not begin or end with."""
PROSE = st.lists(st.text(LETTERS, min_size=1), min_size=1).map(" ".join)
EVERY_SINGLE = [
    character for character in map(chr, range(0x20, 0x10000)) if printable(character) == character
]


@given(PROSE, st.integers(3, 20))
def test_lines_are_counted_as_they_are_broken(text, width):
    assert count_narrow(text, width) == len(break_narrow(text, 0, len(text), width))


@given(st.integers(0, 25), PROSE, st.integers(3, 20))
def test_narrow_text_breaks_alike_in_every_script(indent, prose, width):
    text = " " * indent + prose
    narrow = break_narrow(text, 0, len(text), width)

    for script in (Script.SIMPLE, Script.COMPLEX):
        assert break_wide(text, 0, len(text), width, script) == narrow


def test_the_indent_of_code_is_on_the_line_of_its_first_words():
    code = "        find_the_first_of_the_words(in_text)"

    lines = [code[start:end] for start, end in break_narrow(code, 0, len(code), 20)]

    assert lines == ["        find_the_fir", "st_of_the_words(in_t", "ext)"]


@given(st.text(LETTERS + " \n", min_size=1), st.integers(3, 20))
def test_only_spaces_and_newlines_are_dropped_between_lines(text, width):
    lines = break_narrow(text, 0, len(text), width)

    assert all(end - start <= width for start, end in lines)
    assert "".join(text[start:end] for start, end in lines).replace(" ", "") == text.replace(" ", "").replace(
        "\n", ""
    )


def test_narrow_characters_are_one_cell_wide():
    for character in EVERY_SINGLE:
        if is_plain(character):
            assert cell_len(character) == 1, hex(ord(character))


def test_simple_characters_are_clusters_of_their_own():
    for character in EVERY_SINGLE:
        if script_of(character, 0, 1) is not Script.COMPLEX:
            assert cell_len(character) in {1, 2}, hex(ord(character))
            assert not regex.fullmatch(r"\X", "a" + character), hex(ord(character))
