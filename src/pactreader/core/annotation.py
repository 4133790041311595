"""Annotations and their anchors."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, NamedTuple

_MILLISECOND: Final = timedelta(milliseconds=1)


class Anchor(NamedTuple):
    """A description of a passage to find it by: a W3C TextQuoteSelector and TextPositionSelector in one.

    It is a named tuple as these are created fast: a library may have a hundred thousand.
    See https://www.w3.org/TR/annotation-model/#selectors.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    """The offset of the passage in the text that the anchor was made for, in code points."""
    end: int
    text_hash: str = ""
    """The hash of the text that the anchor was made for, from `text_hash_of`; empty if it is not known."""


class Annotation(NamedTuple):
    """A label, a note and tags on a passage, or on the whole article where there is no anchor."""

    id: str
    label: str
    """The id of a `Label`, which may be unknown, as the user can remove labels; empty without an anchor."""
    anchor: Anchor | None = None
    note: str = ""
    """Markdown, as the user wrote it."""
    tags: tuple[str, ...] = ()
    """Without the `#`, without duplicates, in the user's order."""
    created: str = ""
    """UTC, ISO 8601, as `timestamp` writes it."""
    modified: str = ""
    author: str = ""
    """The author, as the file says, of one that was taken in from the file; empty if it is the user's."""
    origin: str = ""
    """The key of the annotation of another program that it was taken in from; empty if the user made it. Tombstones
    keep it, so that what was taken in once is not taken in again."""
    conflicts: tuple["Annotation | None", ...] = ()
    """The annotation as it was changed in other places at the same time, such as on another computer; `None` for a
    removal. It is empty unless there is a conflict that the user has not resolved."""
    extra: Mapping[str, Any] = MappingProxyType({})
    """Fields that this version of PactReader does not know. They are saved unchanged."""


_NOT_CONTENT: Final = {"id", "anchor", "created", "modified", "origin", "conflicts", "extra"}
_content: Final = attrgetter(*(name for name in Annotation._fields if name not in _NOT_CONTENT))


def content_of(annotation: Annotation | None) -> tuple[object, ...] | None:
    """Return what the user made of an annotation, without its id, its times, its origin, its conflicts and unknown fields.

    Two annotations say the same if their contents are equal. The content of a removal, `None`, is `None`. The hash of
    the text is left out: the same quote at the same offsets is the same passage to the user, also where a program that
    does not know of the hash made one of the two, or where the text differs elsewhere.
    """
    if annotation is None:
        return None
    anchor = annotation.anchor and annotation.anchor._replace(text_hash="")
    return anchor, *_content(annotation)


def timestamp(moment: datetime) -> str:
    """Format a moment in UTC, ISO 8601, to the millisecond: `2026-11-23T17:40:02.118Z`. Timestamps sort as text."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def timestamp_after(moment: datetime, *earlier: str) -> str:
    """Return the timestamp of a moment, or the latest of the earlier ones plus a millisecond if that is later.

    So times of modification always increase, even if the clock is set back. Texts in `earlier` that are no timestamps
    are ignored.
    """
    for text in earlier:
        with suppress(ValueError, OverflowError):
            moment = max(moment, datetime.fromisoformat(text).astimezone(UTC) + _MILLISECOND)
    return timestamp(moment)


def parse_tags(typed: str) -> tuple[str, ...]:
    """Return the distinct tags in what the user typed: `#law, arms #law` → `("law", "arms")`."""
    words = (word.strip("#") for word in typed.replace(",", " ").split())
    return tuple(dict.fromkeys(word for word in words if word))
