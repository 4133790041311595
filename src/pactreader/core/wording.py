"""Wording that messages share."""

from contextlib import suppress


def pluralise(count: int, noun: str) -> str:
    """Return a count with its noun: `1 note`, `1,200 notes`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def local_time(timestamp: str) -> str:
    """Return a time in ISO 8601 as local time, `2026-11-30 14:05`; unchanged if it is none."""
    from datetime import datetime  # not for the first frame

    with suppress(ValueError, OverflowError):
        return f"{datetime.fromisoformat(timestamp).astimezone():%Y-%m-%d %H:%M}"
    return timestamp
