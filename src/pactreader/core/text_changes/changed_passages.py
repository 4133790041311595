"""The changes between a former text of an article and its present one, as passages that a person can look at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

from pactreader.core.anchoring.alignment import TextChange
from pactreader.core.anchoring.folding import fold_signs
from pactreader.core.article import BLOCK_SEPARATOR, Passage

_WORD: Final = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]|\w+"
"""A word; a letter, where words are not written apart."""
_JOINED_WORDS: Final = 3
"""Unchanged words between two changes up to which these are shown as one: reading them apart takes longer."""
_FARTHEST_SHIFT: Final = 400
"""Code points that an insertion or a removal is shifted at most to begin with a paragraph or a sentence."""
_SENTENCE_END: Final = ".!?…。！？"
_REWRITTEN_SHARE: Final = 0.2
"""The share of both texts that is the same, below which the text counts as rewritten."""
_SHORTEST_REWRITTEN: Final = 500
"""Code points of the shorter text below which no text counts as rewritten: all its changes are in view at once."""


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


def changed_passages(former: str, text: str, changes: Iterable[TextChange]) -> list[ChangedPassage]:
    """Return the changes of a text that a person would call one, in the order of the present text.

    Differences in nothing but white space and the form of quotation marks and dashes are left out. Changes of one
    paragraph that are a few words apart are one.

    Args:
        former: The former text.
        text: The present text.
        changes: The changes from the alignment of both texts, in order.
    """
    parts = [_parts(former, text, change) for change in _replacements(former, text, changes)]
    moved = _take_moved(former, text, parts)
    found = [one for each in parts for one in _paired(former, text, each)]
    return sorted([*_joined(former, text, found), *moved], key=lambda one: (one.present, one.former))


def is_rewritten(former: str, text: str, changes: Iterable[ChangedPassage]) -> bool:
    """Return whether so little of a former text is left that a list of its changes would be the whole text."""
    if min(len(former), len(text)) < _SHORTEST_REWRITTEN:
        return False
    changed = [one for one in changes if one.kind is not ChangeKind.MOVED]
    former_changed = sum(one.former.end - one.former.start for one in changed)
    text_changed = sum(one.present.end - one.present.start for one in changed)
    return former_changed > (1 - _REWRITTEN_SHARE) * len(former) and text_changed > (
        1 - _REWRITTEN_SHARE
    ) * len(text)


def _folded(text: str, passage: Passage) -> str:
    """Return a passage without white space and with the signs of a typewriter: `“a – b”` → `"a-b"`."""
    return "".join(fold_signs(text[slice(*passage)]).split())


# Single changes


def _replacements(former: str, text: str, changes: Iterable[TextChange]) -> Iterator[TextChange]:
    """Yield the changes of more than white space and typography, shifted to where they are read most easily."""
    before = TextChange(Passage(0, 0), Passage(0, 0))
    end = TextChange(Passage(len(former), len(former)), Passage(len(text), len(text)))
    for change, after in pairwise([*changes, end]):
        if _folded(former, change.former) != _folded(text, change.present):
            before = _shifted(former, text, _trimmed(former, text, change), before, after)
            yield before
        else:
            before = change


def _trimmed(former: str, text: str, change: TextChange) -> TextChange:
    """Return a change without the white space that is the same at its ends."""
    (start, end), (present_start, present_end) = change
    while start < end and present_start < present_end and _is_same_space(former[start], text[present_start]):
        start, present_start = start + 1, present_start + 1
    while (
        start < end and present_start < present_end and _is_same_space(former[end - 1], text[present_end - 1])
    ):
        end, present_end = end - 1, present_end - 1
    return TextChange(Passage(start, end), Passage(present_start, present_end))


def _is_same_space(one: str, other: str) -> bool:
    return one == other and one.isspace()


def _begins_paragraph(text: str, offset: int) -> bool:
    return offset == 0 or text.endswith(BLOCK_SEPARATOR, 0, offset)


def _ends_paragraph(text: str, offset: int) -> bool:
    return offset == len(text) or text.startswith(BLOCK_SEPARATOR, offset)


def _shifted(former: str, text: str, change: TextChange, before: TextChange, after: TextChange) -> TextChange:
    """Return an insertion or a removal so that it begins with a paragraph or a sentence, if it can be read so.

    Example: in `It is old. It is vague.`, made of `It is vague.`, `old. It is ` is inserted just as `It is old. ` is.

    Args:
        former: The former text.
        text: The present text.
        change: The change.
        before: The change before it, which it is not shifted over.
        after: The change after it.
    """
    (start, end), (present_start, present_end) = change
    if start == end:
        longer, first, last = text, present_start, present_end
    elif present_start == present_end:
        longer, first, last = former, start, end
    else:
        return change
    left = min(start - before.former.end, present_start - before.present.end, _FARTHEST_SHIFT)
    right = min(after.former.start - end, after.present.start - present_end, _FARTHEST_SHIFT)
    shifts = [0]
    for step in range(1, left + 1):
        if not longer[last - step] == former[start - step] == text[present_start - step]:
            break
        shifts.append(-step)
    for step in range(right):
        if not longer[first + step] == former[end + step] == text[present_end + step]:
            break
        shifts.append(step + 1)
    shift = max(shifts, key=lambda shift: (_boundary(longer, first + shift), -abs(shift)))
    return TextChange(
        Passage(start + shift, end + shift), Passage(present_start + shift, present_end + shift)
    )


def _boundary(text: str, offset: int) -> int:
    """Return how good a beginning an offset is: 2 for that or the end of a paragraph, 1 for that of a sentence."""
    if _begins_paragraph(text, offset) or _ends_paragraph(text, offset):
        return 2
    before = text[max(0, offset - 4) : offset].rstrip("\"'”’)» ")
    return 1 if before and before[-1] in _SENTENCE_END else 0


# Changes of several paragraphs


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
                places.setdefault(_folded(former, piece), []).append((each, piece))
    moved: list[ChangedPassage] = []
    for each in parts:
        for piece in list(each.present):
            known = places.get(_folded(text, piece))
            if known and _is_paragraph(text, piece):
                source, origin = known.pop(0)
                source.former.remove(origin)
                each.present.remove(piece)
                moved.append(ChangedPassage(ChangeKind.MOVED, origin, piece))
    return moved


def _is_paragraph(text: str, piece: Passage) -> bool:
    return _begins_paragraph(text, piece.start) and _ends_paragraph(text, piece.end)


def _paired(former: str, text: str, parts: _Parts) -> Iterator[ChangedPassage]:
    """Yield the former and the present parts of a change in pairs, then those left over on one side."""
    pairs = list(zip(parts.former, parts.present, strict=False))
    for one, other in pairs:
        if _folded(former, one) != _folded(text, other):
            yield ChangedPassage(ChangeKind.CHANGED, one, other)
    (start, end), (present_start, present_end) = parts.change
    if pairs:
        end, present_end = pairs[-1][0].end, pairs[-1][1].end
    for piece in parts.present[len(pairs) :]:
        yield ChangedPassage(ChangeKind.NEW, Passage(end, end) if pairs else Passage(start, start), piece)
    for piece in parts.former[len(pairs) :]:
        place = present_end if pairs or _begins_paragraph(former, piece.start) else present_start
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
    from regex import findall  # not needed for the first frame

    gaps = (former[one.former.end : other.former.start], text[one.present.end : other.present.start])
    return all(BLOCK_SEPARATOR not in gap and len(findall(_WORD, gap)) <= _JOINED_WORDS for gap in gaps)


def _are_removed(former: str, one: ChangedPassage, other: ChangedPassage) -> bool:
    """Return whether two successive changes are removals of neighbouring paragraphs from one place."""
    is_one_place = one.kind is other.kind is ChangeKind.REMOVED and one.present == other.present
    return is_one_place and not former[one.former.end : other.former.start].strip()
