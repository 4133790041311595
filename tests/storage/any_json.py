"""JSON of any shape, and records any part of which another program has replaced by it."""

from copy import deepcopy

from hypothesis import strategies as st

DEEP = 400
"""Levels of nesting that a file can have, and that few recursive functions survive."""


def nested(levels, inner):
    for _ in range(levels):
        inner = [inner]
    return inner


ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from(["0" * 12, "rev", 10**4_200, float("nan"), [[]], [None, {}, "x"], nested(DEEP, 0)]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def _places(value, path=()):
    """The path to every part of a value."""
    yield path
    if isinstance(value, (dict, list)) and len(path) < 4:
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(inner, (*path, name))


@st.composite
def damaged(draw, values):
    """Values up to two parts of which are something else."""
    value = deepcopy(draw(values))
    for _ in range(draw(st.integers(0, 2))):
        *path, name = draw(st.sampled_from([path for path in _places(value) if path] or [("x",)]))
        inside = value
        for one in path:
            inside = inside[one]
        inside[name] = deepcopy(draw(ANY_JSON))
    return value
