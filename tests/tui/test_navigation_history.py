from hypothesis import given
from hypothesis import strategies as st

from pactreader.tui.navigation_history import NavigationHistory, Position


def position(caret: int) -> Position:
    return Position(caret, max(0, caret - 5))


def test_back_and_forward_return_the_pushed_positions():
    history = NavigationHistory()
    history.push(position(10))
    history.push(position(20))

    assert history.back(position(30)) == position(20)
    assert history.back(position(20)) == position(10)
    assert history.back(position(10)) is None
    assert history.forward(position(10)) == position(20)
    assert history.forward(position(20)) == position(30)
    assert history.forward(position(30)) is None


def test_pushing_drops_the_positions_to_go_forward_to():
    history = NavigationHistory()
    history.push(position(10))
    history.back(position(20))
    history.push(position(11))

    assert history.forward(position(40)) is None
    assert history.back(position(40)) == position(11)


def test_the_current_position_is_skipped():
    history = NavigationHistory()
    history.push(position(10))
    history.push(position(20))

    assert history.back(position(20)) == position(10)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=50, unique=True))
def test_all_the_way_back_and_forward_ends_where_it_began(carets):
    history = NavigationHistory()
    for caret in carets[:-1]:
        history.push(position(caret))
    here = position(carets[-1])
    passed = []
    while found := history.back(here):
        passed.append(here := found)
    assert passed == [position(caret) for caret in reversed(carets[:-1])]
    while found := history.forward(here):
        here = found
    assert here == position(carets[-1])
