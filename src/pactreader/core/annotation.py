"""Annotations and their anchors."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

_MILLISECOND: Final = timedelta(milliseconds=1)


class Anchor(NamedTuple):
    """A description of a passage to find it by: a W3C TextQuoteSelector and TextPositionSelector in one.

    A tuple, as a library has a hundred thousand, and all of an article's are built before its first line is shown.
    See https://www.w3.org/TR/annotation-model/#selectors.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    """In code points of the text that the anchor was made on, as `end`."""
    end: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A label, a note and tags on a passage, or on the whole article where there is no anchor."""

    id: str
    label: str
    """The id of a `Label`. An unknown one, as of a label that the user removed, is shown as it is."""
    anchor: Anchor | None = None
    note: str = ""
    """Markdown, as the user wrote it."""
    tags: tuple[str, ...] = ()
    """Without the `#`, without duplicates, in the user's order."""
    created: str = ""
    """UTC, ISO 8601, as `timestamp` writes it."""
    modified: str = ""
    conflicts: tuple["Annotation | None", ...] = ()
    """Versions of it made elsewhere at the same time, as on another computer, until the user resolves the conflict;
    `None` for a removal."""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Fields that this version of PactReader does not know, carried along."""


def timestamp(moment: datetime) -> str:
    """Format a moment in UTC, ISO 8601, to the millisecond: `2026-11-23T17:40:02.118Z`. Sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def timestamp_after(moment: datetime, *earlier: str) -> str:
    """Return the timestamp of a moment, or the latest of the earlier ones plus a millisecond if that is later.

    So times of modification always grow, even if the clock stands still or is set back. Earlier ones that are no
    timestamps, or at the end of the calendar, are ignored.
    """
    for text in earlier:
        with suppress(ValueError, OverflowError):
            moment = max(moment, datetime.fromisoformat(text).astimezone(UTC) + _MILLISECOND)
    return timestamp(moment)


def parse_tags(typed: str) -> tuple[str, ...]:
    """Return the distinct tags in what the user typed: `#law, arms #law` → `("law", "arms")`."""
    words = (word.strip("#") for word in typed.replace(",", " ").split())
    return tuple(dict.fromkeys(word for word in words if word))
