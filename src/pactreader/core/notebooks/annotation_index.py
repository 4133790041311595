"""An index of one article's annotations by id, by reading order and by position in the text."""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import NamedTuple

from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor, Annotation
from pactreader.core.article import Article, Passage


class Highlight(NamedTuple):
    """An annotation at its passage `[start, end)` of the text, in code points.

    That is the passage of its placement: for a doubtful one the passage that may be it, for a lost one where it was.
    """

    start: int
    end: int
    annotation: Annotation


class _SortKey(NamedTuple):
    """The sort key of the reading order: notes on the whole article first, then by position, then by age."""

    start: int
    """-1 for a note on the whole article."""
    end: int
    created: str
    id: str


class AnnotationIndex:
    """The annotations of one article in reading order, each with its placement in the text.

    The reading order has the notes on the whole article first, then the rest by position. A lost annotation has the
    position where its passage was.

    Annotations whose text is unchanged are placed as they are added. The rest are pending, as placing thousands takes
    seconds: the caller places them with the `locator`, in a thread if need be, and hands the placements to `place`.
    Until then they have no placement, and the position of their anchor.
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self.locator = Locator(article.text)
        """The finder of passages in the article's text."""
        self.revision = 0
        """A counter that goes up whenever an annotation is added, edited, removed or placed."""
        self._order: list[_SortKey] = []
        """The sort keys of all annotations, in reading order."""
        self._found_order: list[_SortKey] = []
        """Those of the highlights that are found in the text."""
        self._fill(())

    def __len__(self) -> int:
        return len(self._annotations)

    def __iter__(self) -> Iterator[Annotation]:
        return (self._annotations[key.id] for key in self._order)

    def __contains__(self, annotation_id: object) -> bool:
        return annotation_id in self._annotations

    def __getitem__(self, annotation_id: str) -> Annotation:
        return self._annotations[annotation_id]

    def get(self, annotation_id: str) -> Annotation | None:
        """Return the annotation with an id; `None` if there is none."""
        return self._annotations.get(annotation_id)

    @property
    def highlight_count(self) -> int:
        """Count of annotations that have an anchor, found or not."""
        return len(self._placements) + len(self._pending)

    @property
    def pending(self) -> Mapping[str, Anchor]:
        """The anchors that are not placed yet, by the id of the annotation."""
        return self._pending

    @property
    def has_found(self) -> bool:
        """True if any highlight is found in the text."""
        return bool(self._found_order)

    @property
    def placement_counts(self) -> Counter[PlacementKind]:
        """Counts of placements by their kinds."""
        return Counter(placement.kind for placement in self._placements.values())

    @property
    def unconfirmed(self) -> Collection[str]:
        """The ids of the annotations for the user to review: those that are changed, doubtful or lost."""
        return self._unconfirmed.keys()

    @property
    def conflicted(self) -> Collection[str]:
        """The ids of the annotations that have conflicts."""
        return self._conflicted.keys()

    @property
    def tags(self) -> list[str]:
        """Every tag in use, the most used first, then by name."""
        counts: dict[str, int] = {}
        for annotation in self._annotations.values():
            for tag in annotation.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return sorted(counts, key=lambda tag: (-counts[tag], tag))

    # By reading order

    def by_index(self, index: int) -> Annotation:
        """Return the annotation at an index of the reading order.

        Raises:
            IndexError: There are not so many.
        """
        return self._annotations[self._order[index].id]

    def index(self, annotation_id: str) -> int:
        """Return the annotation's index in the reading order.

        Raises:
            KeyError: There is no such annotation.
        """
        return bisect_left(self._order, self._sort_key(self._annotations[annotation_id]))

    def index_at(self, offset: int) -> int:
        """Return the index of the last annotation that begins at or before an offset; -1 if there is none.

        Notes on the whole article do not count.
        """
        index = bisect_right(self._order, offset, key=attrgetter("start")) - 1
        return index if index >= 0 and self._order[index].start >= 0 else -1

    # By position

    def placement(self, annotation_id: str) -> Placement | None:
        """Return the annotation's placement; `None` for a note on the whole article, and while it is pending."""
        return self._placements.get(annotation_id)

    def highlights(self) -> Iterator[Highlight]:
        """Iterate over the highlights that are found in the text, in reading order."""
        return map(self._highlight, self._found_order)

    def highlights_in_block(self, index: int) -> list[Highlight]:
        """Return the highlights that overlap a block, oldest first, in the order in which they are drawn."""
        return self._by_block.get(index, [])

    def doubtful_in_block(self, index: int) -> list[Highlight]:
        """Return the doubtful annotations whose passage overlaps a block, oldest first."""
        return self._doubtful_by_block.get(index, [])

    def has_lost_between(self, start: int, end: int) -> bool:
        """Return whether the passage of a lost annotation began in `[start, end)`."""
        index = bisect_left(self._lost, (start, ""))
        return index < len(self._lost) and self._lost[index][0] < end

    def doubtful_at(self, offset: int) -> Annotation | None:
        """Return the newest doubtful annotation whose passage covers an offset."""
        for doubtful in reversed(self.doubtful_in_block(self.article.block_index(offset))):
            if doubtful.start <= offset < doubtful.end:
                return doubtful.annotation
        return None

    def annotation_at(self, offset: int) -> Annotation | None:
        """Return the newest highlight that covers an offset."""
        for highlight in reversed(self.highlights_in_block(self.article.block_index(offset))):
            if highlight.start <= offset < highlight.end:
                return highlight.annotation
        return None

    def annotation_on(self, passage: Passage) -> Annotation | None:
        """Return the newest highlight on exactly this passage."""
        for highlight in reversed(self.highlights_in_block(self.article.block_index(passage.start))):
            if (highlight.start, highlight.end) == passage:
                return highlight.annotation
        return None

    def highlight_after(self, offset: int) -> Highlight | None:
        """Return the first highlight that begins after an offset."""
        index = bisect_right(self._found_order, offset, key=attrgetter("start"))
        return self._highlight(self._found_order[index]) if index < len(self._found_order) else None

    def highlight_before(self, offset: int) -> Highlight | None:
        """Return the last highlight that begins before an offset."""
        index = bisect_left(self._found_order, offset, key=attrgetter("start")) - 1
        return self._highlight(self._found_order[index]) if index >= 0 else None

    # Placing

    def place(self, placements: Mapping[str, tuple[Anchor, Placement]]) -> None:
        """Take placements of pending annotations by their ids, each with the anchor that was placed.

        Those of annotations that are gone, or have another anchor by now, are ignored.
        """
        placed = {
            id_: placement
            for id_, (anchor, placement) in placements.items()
            if self._pending.get(id_) == anchor
        }
        if not placed:
            return
        self._order = [key for key in self._order if key.id not in placed]
        for id_, placement in placed.items():
            self._searched[self._pending.pop(id_)] = placement
            key = self._insert(self._annotations[id_])
            self._order.append(key)
            if placement.found:
                self._found_order.append(key)
        self._order.sort()
        self._found_order.sort()
        changed = {id(each): each for placement in placed.values() for each in self._block_lists(placement)}
        for highlights in changed.values():
            highlights.sort(key=_age)
        self.revision += 1

    def place_pending(self) -> None:
        """Place all pending annotations. This may take seconds."""
        self.place({id_: (anchor, self.locator.place(anchor)) for id_, anchor in self._pending.items()})

    # Updating

    def _fill(self, annotations: Iterable[Annotation]) -> None:
        """Index these annotations, in any order, instead of the present ones."""
        self._annotations: dict[str, Annotation] = {}
        self._placements: dict[str, Placement] = {}
        self._pending: dict[str, Anchor] = {}
        self._searched: dict[Anchor, Placement] = {}
        """The placements that were found by a search in this text. A note or another label leaves the anchor as it is,
        and undo brings a former anchor back, without a second search."""
        self._unconfirmed: dict[str, None] = {}
        self._conflicted: dict[str, None] = {}
        self._by_block: dict[int, list[Highlight]] = {}
        """The highlights that are found, by the index of each block that they overlap."""
        self._doubtful_by_block: dict[int, list[Highlight]] = {}
        """The doubtful annotations, likewise."""
        self._lost: list[tuple[int, str]] = []
        """The offsets at which the passages of lost annotations began, each with the id of the annotation; sorted."""
        self._order = sorted(map(self._insert, annotations))
        self._found_order = [key for key in self._order if self._is_found(key.id)]
        for highlights in (*self._by_block.values(), *self._doubtful_by_block.values()):
            highlights.sort(key=_age)

    def _replace(self, annotation_id: str, annotation: Annotation | None) -> None:
        """Replace the annotation with an id, or add it if there is none; `None` removes it."""
        self._remove(annotation_id)
        if annotation:
            key = self._insert(annotation)
            insort(self._order, key)
            if self._is_found(annotation_id):
                insort(self._found_order, key)
            for highlights in self._block_lists(self._placements.get(annotation_id)):
                highlights.sort(key=_age)

    def _insert(self, annotation: Annotation) -> _SortKey:
        """Add an annotation to all indexes but those by reading order, and return its sort key for them."""
        anchor = annotation.anchor
        self._annotations[annotation.id] = annotation
        if annotation.conflicts:
            self._conflicted[annotation.id] = None
        if not anchor:
            return _SortKey(-1, -1, annotation.created, annotation.id)
        placement = self.locator.place_at_once(anchor) or self._searched.get(anchor)
        if placement is None:
            self._pending[annotation.id] = anchor
            return self._sort_key(annotation)
        self._placements[annotation.id] = placement
        if placement.kind is PlacementKind.CHANGED or not placement.found:
            self._unconfirmed[annotation.id] = None
        if placement.kind is PlacementKind.LOST:
            insort(self._lost, (placement.start, annotation.id))
        highlight = Highlight(placement.start, placement.end, annotation)
        for highlights in self._block_lists(placement):
            highlights.append(highlight)
        return _SortKey(placement.start, placement.end, annotation.created, annotation.id)

    def _remove(self, annotation_id: str) -> None:
        """Remove an annotation, if there is one with this id."""
        annotation = self._annotations.get(annotation_id)
        if annotation is None:
            return
        key = self._sort_key(annotation)
        del self._order[bisect_left(self._order, key)]
        if self._is_found(annotation_id):
            del self._found_order[bisect_left(self._found_order, key)]
        self._pending.pop(annotation_id, None)
        placement = self._placements.pop(annotation_id, None)
        if placement and placement.kind is PlacementKind.LOST:
            del self._lost[bisect_left(self._lost, (placement.start, annotation_id))]
        for highlights in self._block_lists(placement):
            highlights[:] = (one for one in highlights if one.annotation.id != annotation_id)
        self._unconfirmed.pop(annotation_id, None)
        self._conflicted.pop(annotation_id, None)
        del self._annotations[annotation_id]

    def _sort_key(self, annotation: Annotation) -> _SortKey:
        where = self._placements.get(annotation.id) or annotation.anchor
        start, end = (where.start, where.end) if where else (-1, -1)
        return _SortKey(start, end, annotation.created, annotation.id)

    def _is_found(self, annotation_id: str) -> bool:
        placement = self._placements.get(annotation_id)
        return placement is not None and placement.found

    def _highlight(self, key: _SortKey) -> Highlight:
        return Highlight(key.start, key.end, self._annotations[key.id])

    def _block_lists(self, placement: Placement | None) -> Iterator[list[Highlight]]:
        """Yield the list of each block that a placement overlaps; none if it is lost."""
        if placement is None or placement.kind is PlacementKind.LOST:
            return
        lists = self._by_block if placement.found else self._doubtful_by_block
        first = self.article.block_index(placement.start)
        last = self.article.block_index(max(placement.start, placement.end - 1))
        for index in range(first, last + 1):
            yield lists.setdefault(index, [])


def _age(highlight: Highlight) -> tuple[str, str]:
    return highlight.annotation.created, highlight.annotation.id
