from hypothesis import given
from hypothesis import strategies as st

from pactreader.tui.navigation_history import NavigationHistory, Position


def stop(caret: int) -> Position:
    return Position(caret, max(0, caret - 5))


def test_back_goes_to_what_was_left_last_and_forward_returns():
    history = NavigationHistory()
    history.push(stop(10))
    history.push(stop(20))

    assert history.back(stop(30)) == stop(20)
    assert history.back(stop(20)) == stop(10)
    assert history.back(stop(10)) is None
    assert history.forward(stop(10)) == stop(20)
    assert history.forward(stop(20)) == stop(30)
    assert history.forward(stop(30)) is None


def test_leaving_an_earlier_place_anew_forgets_what_was_behind_it():
    history = NavigationHistory()
    history.push(stop(10))
    history.back(stop(20))
    history.push(stop(11))

    assert history.forward(stop(40)) is None
    assert history.back(stop(40)) == stop(11)


def test_a_place_where_the_reader_is_already_is_passed_over():
    history = NavigationHistory()
    history.push(stop(10))
    history.push(stop(20))

    assert history.back(stop(20)) == stop(10)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=50, unique=True))
def test_all_the_way_back_and_all_the_way_forward_ends_where_it_began(carets):
    history = NavigationHistory()
    for caret in carets[:-1]:
        history.push(stop(caret))
    here = stop(carets[-1])
    passed = []
    while found := history.back(here):
        passed.append(here := found)
    assert passed == [stop(caret) for caret in reversed(carets[:-1])]
    while found := history.forward(here):
        here = found
    assert here == stop(carets[-1])
