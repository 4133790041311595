"""Annotations with their placements, to be read: what an export or a list of notes needs of a notebook."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Self

from pactreader.core.anchoring.placement import Placement
from pactreader.core.annotation import Annotation
from pactreader.core.article import Article
from pactreader.core.labels import Labels

if TYPE_CHECKING:
    from pactreader.core.anchoring.locator import Locator
    from pactreader.core.notebooks.notebook import Notebook


class PlacedAnnotation(NamedTuple):
    """An annotation with its placement."""

    annotation: Annotation
    placement: Placement | None
    """The placement; `None` for a note on the whole article, and where the text was not kept."""


class PlacedAnnotations(NamedTuple):
    """The annotations of an article with their placements, as they were when they were asked for."""

    article: Article
    labels: Labels
    annotations: Sequence[PlacedAnnotation]
    """In reading order, see `AnnotationIndex`."""

    @classmethod
    def of(cls, notebook: "Notebook") -> Self:
        """Return those of a notebook."""
        placed = [PlacedAnnotation(each, notebook.placement(each.id)) for each in notebook]
        return cls(notebook.article, notebook.labels, placed)


def place(annotations: Iterable[Annotation], locator: "Locator | None") -> list[PlacedAnnotation]:
    """Place annotations and return them in reading order.

    Args:
        annotations: The annotations, in any order.
        locator: The finder of passages in the text of their article; `None` if that was not kept.
    """
    placed = [
        PlacedAnnotation(each, locator.place(each.anchor) if locator and each.anchor else None)
        for each in annotations
    ]
    placed.sort(key=_reading_order)
    return placed


def _reading_order(placed: PlacedAnnotation) -> tuple[int, int, str, str]:
    """Return a sort key, by which annotations are sorted as `AnnotationRow` sorts them."""
    annotation, placement = placed
    where = placement or annotation.anchor
    start, end = (where.start, where.end) if where else (-1, -1)
    return start, end, annotation.created, annotation.id
