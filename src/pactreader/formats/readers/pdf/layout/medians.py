"""The median, as `statistics` takes longer to import than it takes to lay out a page."""

from collections.abc import Iterable


def median(values: Iterable[float]) -> float:
    """Return the median of some numbers, of which there is one at least; of an even number, between the middle two."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
