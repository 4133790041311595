from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pactreader.tui.keys.help_layout import COLUMN, KEYS, WORDS, Row, about, chart, charted_ids, columns
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import COMMANDS, LABEL, ScreenState

LINES = 24 - 5
"""Lines for the chart on a screen of 24: without the frame, the labels, the line to type into and the help's own keys."""


def states():
    for in_notes, selecting, reshaping, conflicted in product([False, True], repeat=4):
        yield ScreenState(
            in_notes=in_notes,
            selecting=selecting and not in_notes,
            selection_is_fresh=selecting and not in_notes,
            reshaping=reshaping and selecting and not in_notes,
            on_link=not in_notes,
            has_target=True,
            has_highlights=True,
            has_cards=True,
            has_conflicts=conflicted,
            has_versions=conflicted,
            has_unsaved=True,
            can_undo=True,
            can_redo=True,
        )


def test_every_command_with_a_key_is_in_the_chart_once():
    wanted = [command.id for command in COMMANDS if command.keys and not command.id.startswith(LABEL)]
    assert sorted(charted_ids()) == sorted([*wanted, "label"])


@pytest.mark.parametrize("state", list(states()), ids=str)
def test_the_chart_is_one_screen_of_80_by_24(state):
    filled = columns(chart(Keymap(), state), (80 - 4 + 1) // COLUMN)
    assert max(map(len, filled)) <= LINES
    for row in (row for column in filled for row in column):
        assert cell_len(row.words) <= WORDS - max(0, cell_len(row.keys) - KEYS), row


def test_the_chart_has_what_works_where_the_reader_is():
    def words(state: ScreenState) -> str:
        return "\n".join(row.words for section in chart(Keymap(), state) for row in section)

    article, notes = words(ScreenState()), words(ScreenState(in_notes=True, has_cards=True))
    assert "pick words" in article
    assert "pick words" not in notes
    assert "filter" in notes
    assert "filter" not in article
    assert "other end" not in article
    assert "other end" in words(ScreenState(selecting=True))
    assert "Two versions" not in article
    assert "Two versions" in words(ScreenState(has_conflicts=True))


def test_keys_that_go_together_share_a_row_and_what_they_have_in_common():
    rows = {row.words: row.keys for section in chart(Keymap(), ScreenState()) for row in section}
    assert rows["half a page"] == "ctrl+d/u"
    assert rows["as usual"] == "shift+←↓↑→"
    assert rows["or hjkl"] == "←↓↑→"
    assert rows["back, forward"] == "< >"
    assert rows["label it"] == "1-5"


def test_a_word_finds_commands_by_title_help_and_key():
    assert [keys for keys, *_ in about("a bookmark", Keymap())][-2:] == ['"', "'"]
    assert any(title == "Pick words" for _, title, _ in about("tag words", Keymap()))
    assert ("F", "Pick a highlight") in [(keys, title) for keys, title, _ in about("F", Keymap())]
    assert any(title == "Theme" for _, title, _ in about("theme", Keymap()))
    assert about("no such thing", Keymap()) == []


@given(st.lists(st.integers(1, 14), min_size=1, max_size=9), st.integers(1, 4))
def test_columns_hold_every_row_in_its_order_and_no_heading_alone_at_the_foot(sizes, count):
    sections = [
        [Row("", f"heading {number}"), *(Row("k", f"{number}.{row}") for row in range(size))]
        for number, size in enumerate(sizes)
    ]
    filled = columns(sections, count)
    assert len(filled) <= count
    rows = [row for column in filled for row in column if row != Row("", "")]
    assert rows == [row for section in sections for row in section]
    assert all(column[-1].keys for column in filled)
    assert all(column[0] != Row("", "") for column in filled)
