"""The comparison of an article's text with the one that was last read."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Final

from pactreader.core.alignment.text_alignment import Alignment
from pactreader.core.article import Passage
from pactreader.core.text_changes.changed_passages import ChangedPassage, ChangeKind
from pactreader.core.text_changes.paragraph_changes import changed_passages
from pactreader.core.text_changes.unread_changes import ComparisonState, UnreadChanges

_REWRITTEN_SHARE: Final = 0.2
"""The share of both texts that is the same, below which the text counts as rewritten."""
_SHORTEST_REWRITTEN: Final = 500
"""Code points of the shorter text below which no text counts as rewritten: all its changes are in view at once."""


def compare(
    alignment: Alignment, read: Iterable[Passage] = (), since: Alignment | None = None
) -> UnreadChanges:
    """Compare a text with the one that was last read.

    Args:
        alignment: The alignment of the text that was last read with the present one.
        read: Passages of changes that have been read meanwhile, in the text that was open then.
        since: The alignment of that text with the present one; `None` if it is the present one.
    """
    former, text = alignment.former, alignment.text
    changes = changed_passages(former, text, alignment.changes)
    if _is_rewritten(former, text, changes):
        return UnreadChanges(ComparisonState.REWRITTEN, former)
    changes = [change for change in changes if change.kind is not ChangeKind.MOVED]
    known = frozenset(read if since is None else _counterparts(read, since))
    if all(change.present in known for change in changes):
        return UnreadChanges(ComparisonState.UNCHANGED, former)
    return UnreadChanges(ComparisonState.CHANGED, former, changes, known)


def _counterparts(passages: Iterable[Passage], alignment: Alignment) -> list[Passage]:
    """Return the passages in the present text for those in the former one, without any that have changed."""
    changed = [
        change.former
        for change in alignment.changes
        if alignment.former[slice(*change.former)] != alignment.text[slice(*change.present)]
    ]
    ends = [passage.end for passage in changed]
    found: list[Passage] = []
    for start, end in passages:
        index = bisect_left(ends, start)
        if index < len(changed) and changed[index].start <= end:
            continue
        first = alignment.counterpart(start)
        found.append(Passage(first, first + end - start))
    return found


def _is_rewritten(former: str, text: str, changes: Iterable[ChangedPassage]) -> bool:
    """Return whether so little of a former text is left that a list of its changes would be the whole text."""
    if min(len(former), len(text)) < _SHORTEST_REWRITTEN:
        return False
    changed = [one for one in changes if one.kind is not ChangeKind.MOVED]
    former_changed = sum(one.former.end - one.former.start for one in changed)
    text_changed = sum(one.present.end - one.present.start for one in changed)
    most = 1 - _REWRITTEN_SHARE
    return former_changed > most * len(former) and text_changed > most * len(text)
