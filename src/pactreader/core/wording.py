"""Wording that messages share."""


def pluralise(count: int, noun: str) -> str:
    """Return a count with its noun: `1 note`, `1,200 notes`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
