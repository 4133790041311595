"""Text changes that are more than typography, shifted to where they are read most easily."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from pactreader.core.alignment.folding import fold_signs
from pactreader.core.alignment.text_alignment import TextChange
from pactreader.core.article import BLOCK_SEPARATOR, Passage

_FARTHEST_SHIFT: Final = 400
"""Code points that an insertion or a removal is shifted at most to begin with a paragraph or a sentence."""
_SENTENCE_END: Final = ".!?…。！？"


def readable_changes(former: str, text: str, changes: Iterable[TextChange]) -> Iterator[TextChange]:
    """Yield the changes of more than white space and typography, shifted to where they are read most easily."""
    before = TextChange(Passage(0, 0), Passage(0, 0))
    end = TextChange(Passage(len(former), len(former)), Passage(len(text), len(text)))
    for change, after in pairwise([*changes, end]):
        if folded(former, change.former) != folded(text, change.present):
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
    if begins_paragraph(text, offset) or ends_paragraph(text, offset):
        return 2
    before = text[max(0, offset - 4) : offset].rstrip("\"'”’)» ")
    return 1 if before and before[-1] in _SENTENCE_END else 0


def folded(text: str, passage: Passage) -> str:
    """Return a passage without white space and with the signs of a typewriter: `“a – b”` → `"a-b"`."""
    return "".join(fold_signs(text[slice(*passage)]).split())


def begins_paragraph(text: str, offset: int) -> bool:
    """Return whether a paragraph begins at an offset of a text."""
    return offset == 0 or text.endswith(BLOCK_SEPARATOR, 0, offset)


def ends_paragraph(text: str, offset: int) -> bool:
    """Return whether a paragraph ends at an offset of a text."""
    return offset == len(text) or text.startswith(BLOCK_SEPARATOR, offset)
