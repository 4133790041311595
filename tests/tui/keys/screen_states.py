"""States of the screen, for tests of what holds in every state."""

from collections.abc import Iterator
from random import Random

from pactreader.tui.keys.screen_state import ScreenState

_COUNT = 20_000
"""The number of states, as there are too many to try all."""


def screen_states() -> Iterator[ScreenState]:
    """Yield random states, the same ones in every run."""
    random = Random(0)
    flags = list(ScreenState._fields)
    for _ in range(_COUNT):
        yield ScreenState(**{flag: random.random() < 0.5 for flag in flags})
