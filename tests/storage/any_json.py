"""Strategies for JSON of any shape, and for records with parts replaced by it."""

from copy import deepcopy

from hypothesis import strategies as st

DEEP = 400
"""A depth of nesting that JSON files can have, but that exceeds the stack of many recursive functions."""


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


def _paths_to_parts(value, path=()):
    """Yield the path to each part of a value."""
    yield path
    if isinstance(value, (dict, list)) and len(path) < 4:
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths_to_parts(inner, (*path, name))


@st.composite
def damaged(draw, values):
    """Draw a value with up to two parts replaced."""
    value = deepcopy(draw(values))
    for _ in range(draw(st.integers(0, 2))):
        *path, name = draw(st.sampled_from([path for path in _paths_to_parts(value) if path] or [("x",)]))
        inside = value
        for one in path:
            inside = inside[one]
        inside[name] = deepcopy(draw(ANY_JSON))
    return value
