"""Annotations as rows, which take a third of their memory where the text has their quotes already."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor, Annotation

_RUN: Final = 2_000
"""Rows that are sorted at once: sorting a hundred thousand in one call would hold up keys for a tenth of a second."""


class AnnotationRow(NamedTuple):
    """An annotation at its place in the text. Rows sort in reading order: notes on the whole article first, then by
    position, then by age.

    An annotation whose quote and context are in the text at its offsets is made of the text again when it is asked for;
    any other one is kept whole.
    """

    start: int
    """The beginning of its passage in code points, -1 for a note on the whole article."""
    end: int
    created: str
    id: str
    whole: Annotation | None
    """The annotation; `None` if it is made of the text and the fields below."""
    label: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    modified: str = ""
    text_hash: str = ""
    before: int = 0
    """The length of the anchor's prefix in code points."""
    behind: int = 0
    """That of its suffix."""

    def annotation(self, text: str) -> Annotation:
        """Return the annotation, with its anchor in the text that the row was made for."""
        if self.whole:
            return self.whole
        start, end = self.start, self.end
        anchor = Anchor(
            text[start:end],
            text[start - self.before : start],
            text[end : end + self.behind],
            start,
            end,
            self.text_hash,
        )
        return Annotation(self.id, self.label, anchor, self.note, self.tags, self.created, self.modified)


def row_of(
    annotation: Annotation, placement: Placement | None, text: str, strings: dict[str, str]
) -> AnnotationRow:
    """Return the row of an annotation.

    Args:
        annotation: The annotation.
        placement: The placement of its anchor in the text; `None` if it has none, or is still to be placed.
        text: The text.
        strings: The strings of the rows before it: equal ones are kept once.
    """
    share = strings.setdefault
    anchor = annotation.anchor
    if anchor and placement and _is_made_of(text, annotation, anchor, placement):
        return AnnotationRow(
            anchor.start,
            anchor.end,
            share(annotation.created, annotation.created),
            annotation.id,
            None,
            share(annotation.label, annotation.label),
            annotation.note,
            annotation.tags,
            share(annotation.modified, annotation.modified),
            share(anchor.text_hash, anchor.text_hash),
            len(anchor.prefix),
            len(anchor.suffix),
        )
    where = placement or anchor
    start, end = (where.start, where.end) if where else (-1, -1)
    return AnnotationRow(start, end, annotation.created, annotation.id, annotation)


def sorted_rows(rows: Iterable[AnnotationRow]) -> list[AnnotationRow]:
    """Return rows in reading order. Other threads can run while thousands are sorted."""
    ordered = list(rows)
    for first in range(0, len(ordered), _RUN):
        ordered[first : first + _RUN] = sorted(ordered[first : first + _RUN])
    ordered.sort()  # merges the sorted runs, for which timsort needs few comparisons
    return ordered


def _is_made_of(text: str, annotation: Annotation, anchor: Anchor, placement: Placement) -> bool:
    """Return whether an annotation can be made of a text again, and has nothing beside its usual fields."""
    start, end = anchor.start, anchor.end
    return (
        placement == (PlacementKind.EXACT, start, end, 1.0)
        and not (annotation.author or annotation.origin or annotation.conflicts or annotation.extra)
        and text[start:end] == anchor.exact
        and text[max(0, start - len(anchor.prefix)) : start] == anchor.prefix
        and text[end : end + len(anchor.suffix)] == anchor.suffix
    )
