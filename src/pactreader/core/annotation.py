"""What a reader adds to an article: annotations and their anchors."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

_MILLISECOND: Final = timedelta(milliseconds=1)


class Anchor(NamedTuple):
    """How a passage is found again: a W3C TextQuoteSelector and TextPositionSelector in one.

    A tuple, as a library has a hundred thousand, and all of an article's are made before its first line is shown.
    See https://www.w3.org/TR/annotation-model/#selectors.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    """In code points of the text that was annotated."""
    end: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A label, a note and tags on a passage, or on the whole article where there is no anchor."""

    id: str
    label: str
    """The id of a `Label`. May name one that is no longer known: then it is shown by this id."""
    anchor: Anchor | None = None
    note: str = ""
    """Markdown, as the reader wrote it."""
    tags: tuple[str, ...] = ()
    """Without the `#`, without duplicates, in the reader's order."""
    created: str = ""
    """UTC, ISO 8601, as `timestamp` writes it."""
    modified: str = ""
    conflicts: tuple["Annotation | None", ...] = ()
    """What was made of it elsewhere at the same time, as on another computer, until the reader chooses between them;
    `None` for a place where it was removed."""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Fields that this version does not know, carried along."""


def timestamp(moment: datetime) -> str:
    """A moment in UTC, ISO 8601, to the millisecond: `2026-11-23T17:40:02.118Z`. Sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def timestamp_after(moment: datetime, *earlier: str) -> str:
    """The timestamp of a moment, or of the millisecond after the last of earlier ones, whichever is later.

    So what is modified grows, though the clock stands still or was set back. An earlier one that is no timestamp,
    or at the end of time, counts for nothing.
    """
    for text in earlier:
        with suppress(ValueError, OverflowError):
            moment = max(moment, datetime.fromisoformat(text).astimezone(UTC) + _MILLISECOND)
    return timestamp(moment)


def parse_tags(typed: str) -> tuple[str, ...]:
    """The tags in what a reader typed: words parted by commas or white space, `#` or not, each once."""
    words = (word.strip("#") for word in typed.replace(",", " ").split())
    return tuple(dict.fromkeys(word for word in words if word))
