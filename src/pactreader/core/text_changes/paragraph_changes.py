"""Text changes divided by paragraphs, paired and joined, so that each is one that a person would call a change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pactreader.core.alignment.text_alignment import TextChange
from pactreader.core.alignment.tokens import tokenise, word_count
from pactreader.core.article import BLOCK_SEPARATOR, Passage
from pactreader.core.text_changes.changed_passages import ChangedPassage, ChangeKind
from pactreader.core.text_changes.readable_changes import (
    begins_paragraph,
    ends_paragraph,
    folded,
    readable_changes,
)

_JOINED_WORDS: Final = 3
"""Unchanged words between two changes up to which these are shown as one: reading them apart takes longer."""


def changed_passages(former: str, text: str, changes: Iterable[TextChange]) -> list[ChangedPassage]:
    """Return the changes of a text that a person would call one, in the order of the present text.

    Differences in nothing but white space and the form of quotation marks and dashes are left out. Changes of one
    paragraph that are a few words apart are one.

    Args:
        former: The former text.
        text: The present text.
        changes: The changes from the alignment of both texts, in order.
    """
    parts = [_parts(former, text, change) for change in readable_changes(former, text, changes)]
    moved = _take_moved(former, text, parts)
    found = [one for each in parts for one in _paired(former, text, each)]
    return sorted([*_joined(former, text, found), *moved], key=lambda one: (one.present, one.former))


@dataclass
class _Parts:
    """A change divided at the ends of paragraphs: the pieces of the former text, and those of the present one."""

    change: TextChange
    former: list[Passage] = field(default_factory=list)
    present: list[Passage] = field(default_factory=list)


def _parts(former: str, text: str, change: TextChange) -> _Parts:
    return _Parts(change, _pieces(former, change.former), _pieces(text, change.present))


def _pieces(text: str, passage: Passage) -> list[Passage]:
    """Return the parts of a passage that are in different paragraphs, without white space at their ends."""
    found: list[Passage] = []
    start = passage.start
    for piece in text[slice(*passage)].split(BLOCK_SEPARATOR):
        if words := piece.strip():
            first = start + piece.index(words[0])
            found.append(Passage(first, first + len(words)))
        start += len(piece) + len(BLOCK_SEPARATOR)
    return found


def _take_moved(former: str, text: str, parts: Sequence[_Parts]) -> list[ChangedPassage]:
    """Remove the whole paragraphs that are in both texts from the parts, and return them as moved."""
    places: dict[str, list[tuple[_Parts, Passage]]] = {}
    for each in parts:
        for piece in each.former:
            if _is_paragraph(former, piece):
                places.setdefault(folded(former, piece), []).append((each, piece))
    moved: list[ChangedPassage] = []
    for each in parts:
        for piece in list(each.present):
            known = places.get(folded(text, piece))
            if known and _is_paragraph(text, piece):
                source, origin = known.pop(0)
                source.former.remove(origin)
                each.present.remove(piece)
                moved.append(ChangedPassage(ChangeKind.MOVED, origin, piece))
    return moved


def _is_paragraph(text: str, piece: Passage) -> bool:
    return begins_paragraph(text, piece.start) and ends_paragraph(text, piece.end)


def _paired(former: str, text: str, parts: _Parts) -> Iterator[ChangedPassage]:
    """Yield the former and the present parts of a change in pairs, then those left over on one side."""
    pairs = list(zip(parts.former, parts.present, strict=False))
    for one, other in pairs:
        if folded(former, one) != folded(text, other):
            yield ChangedPassage(ChangeKind.CHANGED, one, other)
    (start, end), (present_start, present_end) = parts.change
    if pairs:
        end, present_end = pairs[-1][0].end, pairs[-1][1].end
    for piece in parts.present[len(pairs) :]:
        yield ChangedPassage(ChangeKind.NEW, Passage(end, end) if pairs else Passage(start, start), piece)
    for piece in parts.former[len(pairs) :]:
        place = present_end if pairs or begins_paragraph(former, piece.start) else present_start
        yield ChangedPassage(ChangeKind.REMOVED, piece, Passage(place, place))


def _joined(former: str, text: str, changes: Iterable[ChangedPassage]) -> list[ChangedPassage]:
    """Return changes in order, as one where they are a few words apart, or paragraphs removed from one place."""
    joined: list[ChangedPassage] = []
    for change in changes:
        before = joined[-1] if joined else None
        if before and (_are_close(former, text, before, change) or _are_removed(former, before, change)):
            passages = (
                Passage(before.former.start, change.former.end),
                Passage(before.present.start, change.present.end),
            )
            kind = ChangeKind.REMOVED if before.present == change.present else ChangeKind.CHANGED
            joined[-1] = ChangedPassage(kind, *passages)
        else:
            joined.append(change)
    return joined


def _are_close(former: str, text: str, one: ChangedPassage, other: ChangedPassage) -> bool:
    """Return whether two successive changes are of one paragraph, and a few unchanged words apart."""
    gaps = (former[one.former.end : other.former.start], text[one.present.end : other.present.start])
    return all(BLOCK_SEPARATOR not in gap and word_count(tokenise(gap).keys) <= _JOINED_WORDS for gap in gaps)


def _are_removed(former: str, one: ChangedPassage, other: ChangedPassage) -> bool:
    """Return whether two successive changes are removals of neighbouring paragraphs from one place."""
    is_one_place = one.kind is other.kind is ChangeKind.REMOVED and one.present == other.present
    return is_one_place and not former[one.former.end : other.former.start].strip()
