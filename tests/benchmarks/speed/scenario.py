"""A scenario: what is done with a build in each round, and the figures that it gives."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from benchmarks.speed.figures import Figure, Measurement
from benchmarks.speed.setting import Build, Setting


class Scenario(NamedTuple):
    """Something that is done with each build in turn, and the figures that it gives."""

    name: str
    figures: list[Figure]
    measure: Callable[[Setting, Build], Iterator[Measurement]]
    most_rounds: int = 99
    """The rounds after which it is not repeated, as it takes long."""
