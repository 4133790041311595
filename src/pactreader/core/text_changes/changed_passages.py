"""The passages of an article that have changed since an earlier text of it, as a person would call them."""

from enum import StrEnum
from typing import NamedTuple

from pactreader.core.article import Passage


class ChangeKind(StrEnum):
    """The kind of a changed passage."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    MOVED = "moved"
    """A paragraph that is elsewhere now, with the same words."""


class ChangedPassage(NamedTuple):
    """A passage of one paragraph that was added, changed or removed, or a whole paragraph that was moved."""

    kind: ChangeKind
    former: Passage
    """The passage in the former text, in code points; for a new one, the place in the former text, which is empty."""
    present: Passage
    """The passage in the present text; for a removed one, the place in the present text, which is empty."""
