"""The progress of long work on the library."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

OnProgress = Callable[[int, int], object]
"""A function that is called, at each step of some work, with the number of steps that are done and of all."""

_Item = TypeVar("_Item")


def silent(_done: int, _total: int) -> None:
    """Show no progress."""


def counted(items: Iterable[_Item], total: int, on_progress: OnProgress) -> Iterator[_Item]:
    """Yield items, of which there are so many, and tell how many were taken."""
    for done, item in enumerate(items):
        on_progress(done, total)
        yield item
