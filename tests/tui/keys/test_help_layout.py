from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pactreader.core.labels import LABELS
from pactreader.tui.commands import all_commands
from pactreader.tui.keys.help_layout import Row, key_padding, lay_out, lines, search, sections
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import Group
from pactreader.tui.keys.screen_state import ScreenState

KEYMAP = Keymap(all_commands(LABELS))


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
            on_conflict=conflicted,
            has_unsaved=True,
            can_undo=True,
            can_redo=True,
        )


def words(state, keymap=KEYMAP):
    return "\n".join(row.words for section in sections(keymap, state) for row in section)


def shown_as(command):
    return command.short or command.title.removesuffix("…")


@pytest.mark.parametrize("state", list(states()), ids=str)
def test_every_command_that_works_here_is_listed_once(state):
    rows = [row for section in sections(KEYMAP, state) for row in section]
    listed = [row.words for row in rows if not row.is_heading]
    here = [one for one in KEYMAP if one.keys and one.works_in(state)]
    wanted = {shown_as(one) for one in here if state.has_conflicts or one.group is not Group.CONFLICTS}
    always = {shown_as(one) for one in here if not one.momentary}
    assert always & wanted <= set(listed) <= wanted


@pytest.mark.parametrize("state", list(states()), ids=str)
@pytest.mark.parametrize("width", [24, 55, 75, 115, 200])
def test_the_help_fits_any_width(state, width):
    grid = lay_out(sections(KEYMAP, state), width)
    for line in lines(grid):
        assert len(line) * grid.width <= max(width + 1, grid.width)
        for row in line:
            assert key_padding(row) + cell_len(row.keys) + 1 + cell_len(row.words) <= grid.width


@pytest.mark.parametrize(
    "state", [ScreenState(), ScreenState(in_notes=True, has_cards=True)], ids=["article", "notes"]
)
def test_the_keys_of_a_pane_are_seen_at_once_on_80_by_24(state):
    assert len(lines(lay_out(sections(KEYMAP, state), 75))) <= 24 - 5


def test_forty_more_commands_are_listed_too():
    more = [
        KEYMAP["undo"]._replace(id=f"extra-{n}", keys=("z",), short=f"extra command {n}") for n in range(40)
    ]
    found = words(ScreenState(), Keymap([*KEYMAP, *more]))
    assert all(f"extra command {n}" in found for n in range(40))


def test_the_help_has_what_works_in_the_focused_pane():
    article, notes = words(ScreenState()), words(ScreenState(in_notes=True, has_cards=True))
    assert "pick words" in article
    assert "pick words" not in notes
    assert "filter" in notes
    assert "filter" not in article
    assert "other end" not in article
    assert "other end" in words(ScreenState(selecting=True))
    assert "Two versions" not in article
    assert "Two versions" in words(ScreenState(has_conflicts=True))
    assert notes.startswith("In the notes")


def test_keys_that_go_together_share_a_row_and_their_modifier():
    rows = {row.words: row.keys for section in sections(KEYMAP, ScreenState()) for row in section}
    assert rows["half a page"] == "ctrl+d/u"
    assert rows["as usual"] == "shift+←↓↑→"
    assert rows["move the caret"] == "←↓↑→ hjkl"
    assert rows["back, forward"] == "< >"
    assert rows["label it"] == "1-5"


def test_words_that_do_not_fit_go_on_in_the_next_line():
    (column,) = lay_out([[Row("f", "pick the words in view")]], 20).columns
    assert column == [Row("f", "pick the"), Row("", "words in"), Row("", "view")]


def test_a_word_finds_commands_by_title_help_and_key():
    assert [keys for keys, *_ in search("a bookmark", KEYMAP)][-2:] == ['"', "'"]
    assert any(title == "Pick words" for _, title, _ in search("tag words", KEYMAP))
    assert ("F", "Pick a highlight") in [(keys, title) for keys, title, _ in search("F", KEYMAP)]
    assert any(title == "Theme" for _, title, _ in search("theme", KEYMAP))
    assert search("no such thing", KEYMAP) == []


@given(st.lists(st.integers(1, 14), min_size=1, max_size=9), st.integers(1, 4))
def test_columns_hold_every_row_in_order_and_end_with_no_heading(sizes, count):
    wanted = [
        [Row("", f"heading {number}", is_heading=True), *(Row("k", f"{number}.{row}") for row in range(size))]
        for number, size in enumerate(sizes)
    ]
    filled = lay_out(wanted, 25 * count).columns
    assert len(filled) <= count
    rows = [row for column in filled for row in column if row != Row("", "")]
    assert rows == [row for section in wanted for row in section]
    assert all(column[-1].keys for column in filled)
    assert all(column[0] != Row("", "") for column in filled)
