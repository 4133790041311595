"""An index of one article's annotations by id, by reading order and by position in the text."""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor, Annotation
from pactreader.core.article import Article, Passage
from pactreader.core.notebooks.annotation_rows import AnnotationRow, row_of, sorted_rows

_MOST_DRAWN: Final = 500
"""Blocks whose highlights are kept from one drawing to the next: some screens of them."""
_start: Final = attrgetter("start")


class Highlight(NamedTuple):
    """An annotation at its passage `[start, end)` of the text, in code points.

    That is the passage of its placement: for a doubtful one the passage that may be it, for a lost one where it was.
    """

    start: int
    end: int
    annotation: Annotation


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
        self.locator = Locator(article.text, known_hash=lambda: article.text_hash)
        """The finder of passages in the article's text."""
        self.revision = 0
        """A counter that goes up whenever an annotation is added, edited, removed or placed."""
        self._order: list[AnnotationRow] = []
        """All annotations, in reading order."""
        self._found_order: list[AnnotationRow] = []
        """The highlights that are found in the text."""
        self._drawn: dict[int, list[Highlight]] = {}
        """The highlights of the blocks that were drawn last."""
        self._drawn_revision = 0
        """The revision that they were made from."""
        self._fill(())

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Annotation]:
        text = self.article.text
        return (row.annotation(text) for row in self._order)

    def __contains__(self, annotation_id: object) -> bool:
        return annotation_id in self._rows

    def __getitem__(self, annotation_id: str) -> Annotation:
        return self._rows[annotation_id].annotation(self.article.text)

    def get(self, annotation_id: str) -> Annotation | None:
        """Return the annotation with an id; `None` if there is none."""
        row = self._rows.get(annotation_id)
        return row and row.annotation(self.article.text)

    @property
    def highlight_count(self) -> int:
        """Count of annotations that have an anchor, found or not."""
        return len(self._rows) - self._without_anchor

    @property
    def text_hashes(self) -> Iterator[str]:
        """The hashes of the texts that the anchors were made on, with repetitions."""
        for row in self._order:
            if row.whole is None:
                yield row.text_hash
            elif row.whole.anchor:
                yield row.whole.anchor.text_hash

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
        counts = Counter(placement.kind for placement in self._placements.values())
        if at_once := self.highlight_count - len(self._placements) - len(self._pending):
            counts[PlacementKind.EXACT] += at_once
        return counts

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
        for row in self._order:
            for tag in row.whole.tags if row.whole else row.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return sorted(counts, key=lambda tag: (-counts[tag], tag))

    # By reading order

    def by_index(self, index: int) -> Annotation:
        """Return the annotation at an index of the reading order.

        Raises:
            IndexError: There are not so many.
        """
        return self._order[index].annotation(self.article.text)

    def index(self, annotation_id: str) -> int:
        """Return the annotation's index in the reading order.

        Raises:
            KeyError: There is no such annotation.
        """
        return bisect_left(self._order, self._rows[annotation_id])

    def index_at(self, offset: int) -> int:
        """Return the index of the last annotation that begins at or before an offset; -1 if there is none.

        Notes on the whole article do not count.
        """
        index = bisect_right(self._order, offset, key=_start) - 1
        return index if index >= 0 and self._order[index].start >= 0 else -1

    # By position

    def placement(self, annotation_id: str) -> Placement | None:
        """Return the annotation's placement; `None` for a note on the whole article, and while it is pending."""
        placement = self._placements.get(annotation_id)
        if placement is None and (row := self._rows.get(annotation_id)) and row.whole is None:
            return Placement(PlacementKind.EXACT, row.start, row.end, 1.0)
        return placement

    def highlights(self) -> Iterator[Highlight]:
        """Iterate over the highlights that are found in the text, in reading order."""
        return map(self._highlight, self._found_order)

    def highlights_in_block(self, index: int) -> list[Highlight]:
        """Return the highlights that overlap a block, oldest first, in the order in which they are drawn."""
        if self._drawn_revision != self.revision or len(self._drawn) > _MOST_DRAWN:
            self._drawn, self._drawn_revision = {}, self.revision
        if index not in self._drawn:
            rows = [*self._found_from(index), *self._across.get(index, ())]
            self._drawn[index] = sorted(map(self._highlight, rows), key=_age)
        return self._drawn[index]

    def _found_from(self, index: int) -> Sequence[AnnotationRow]:
        """Return the highlights that begin in a block, or between it and the next one."""
        blocks = self.article.blocks
        first = bisect_left(self._found_order, blocks[index].start, key=_start) if index else 0
        if index + 1 >= len(blocks):
            return self._found_order[first:]
        return self._found_order[
            first : bisect_left(self._found_order, blocks[index + 1].start, first, key=_start)
        ]

    def doubtful_in_block(self, index: int) -> list[Highlight]:
        """Return the doubtful annotations whose passage overlaps a block, oldest first."""
        return self._doubtful_by_block.get(index, [])

    def has_lost_between(self, start: int, end: int) -> bool:
        """Return whether the passage of a lost annotation began in `[start, end)`."""
        index = bisect_left(self._lost, (start, ""))
        return index < len(self._lost) and self._lost[index][0] < end

    def doubtful_at(self, offset: int) -> Annotation | None:
        """Return the newest doubtful annotation whose passage covers an offset."""
        for doubtful in self.doubtful_in_block(self.article.block_index(offset))[::-1]:
            if doubtful.start <= offset < doubtful.end:
                return doubtful.annotation
        return None

    def annotation_at(self, offset: int) -> Annotation | None:
        """Return the newest highlight that covers an offset."""
        for highlight in self.highlights_in_block(self.article.block_index(offset))[::-1]:
            if highlight.start <= offset < highlight.end:
                return highlight.annotation
        return None

    def annotation_on(self, passage: Passage) -> Annotation | None:
        """Return the newest highlight on exactly this passage."""
        for highlight in self.highlights_in_block(self.article.block_index(passage.start))[::-1]:
            if (highlight.start, highlight.end) == passage:
                return highlight.annotation
        return None

    def highlight_after(self, offset: int) -> Highlight | None:
        """Return the first highlight that begins after an offset."""
        index = bisect_right(self._found_order, offset, key=_start)
        return self._highlight(self._found_order[index]) if index < len(self._found_order) else None

    def highlight_before(self, offset: int) -> Highlight | None:
        """Return the last highlight that begins before an offset."""
        index = bisect_left(self._found_order, offset, key=_start) - 1
        return self._highlight(self._found_order[index]) if index >= 0 else None

    # Placing

    def place(self, placements: Mapping[str, tuple[Anchor, Placement]]) -> None:
        """Take placements of pending annotations by their ids, each with the anchor that was placed.

        Those of annotations that are gone, or have another anchor by now, are ignored.
        """
        placed = {
            id_: (placement, self[id_])
            for id_, (anchor, placement) in placements.items()
            if self._pending.get(id_) == anchor
        }
        if not placed:
            return
        self._order = [row for row in self._order if row.id not in placed]
        for id_, (placement, annotation) in placed.items():
            self._searched[self._pending.pop(id_)] = placement
            row = self._insert(annotation, {})
            self._order.append(row)
            if placement.found:
                self._found_order.append(row)
        self._order.sort()
        self._found_order.sort()
        self.revision += 1

    def place_pending(self) -> None:
        """Place all pending annotations. This may take seconds."""
        self.place({id_: (anchor, self.locator.place(anchor)) for id_, anchor in self._pending.items()})

    # Updating

    def _fill(self, annotations: Iterable[Annotation]) -> None:
        """Index these annotations, in any order, instead of the present ones."""
        self._rows: dict[str, AnnotationRow] = {}
        self._without_anchor = 0
        """The number of notes on the whole article."""
        self._placements: dict[str, Placement] = {}
        """The placements of annotations that are kept whole; the others are in place."""
        self._pending: dict[str, Anchor] = {}
        self._searched: dict[Anchor, Placement] = {}
        """The placements that were found by a search in this text. A note or another label leaves the anchor as it is,
        and undo brings a former anchor back, without a second search."""
        self._unconfirmed: dict[str, None] = {}
        self._conflicted: dict[str, None] = {}
        self._across: dict[int, list[AnnotationRow]] = {}
        """The highlights that are found and began in an earlier block, by the index of each block that they overlap."""
        self._doubtful_by_block: dict[int, list[Highlight]] = {}
        """The doubtful annotations, by the index of each block that they overlap."""
        self._lost: list[tuple[int, str]] = []
        """The offsets at which the passages of lost annotations began, each with the id of the annotation; sorted."""
        strings: dict[str, str] = {}
        self._order = sorted_rows(self._insert(each, strings) for each in annotations)
        self._found_order = [row for row in self._order if self._is_found(row)]

    def _replace(self, annotation_id: str, annotation: Annotation | None) -> None:
        """Replace the annotation with an id, or add it if there is none; `None` removes it."""
        self._remove(annotation_id)
        if annotation:
            row = self._insert(annotation, {})
            insort(self._order, row)
            if self._is_found(row):
                insort(self._found_order, row)

    def _insert(self, annotation: Annotation, strings: dict[str, str]) -> AnnotationRow:
        """Add an annotation to all indexes but those by reading order, and return its row for them.

        Args:
            annotation: The annotation.
            strings: The strings of rows that were added with it.
        """
        anchor = annotation.anchor
        placement = anchor and (self.locator.place_at_once(anchor) or self._searched.get(anchor))
        row = self._rows[annotation.id] = row_of(annotation, placement, self.article.text, strings)
        if annotation.conflicts:
            self._conflicted[annotation.id] = None
        if anchor is None:
            self._without_anchor += 1
        elif placement is None:
            self._pending[annotation.id] = anchor
        elif row.whole:
            self._add_placement(annotation, placement)
        if self._is_found(row):
            for index in self._blocks_after_first(row):
                self._across.setdefault(index, []).append(row)
        return row

    def _add_placement(self, annotation: Annotation, placement: Placement) -> None:
        self._placements[annotation.id] = placement
        if placement.kind is PlacementKind.CHANGED or not placement.found:
            self._unconfirmed[annotation.id] = None
        if placement.kind is PlacementKind.LOST:
            insort(self._lost, (placement.start, annotation.id))
        for index in self._doubtful_blocks(placement):
            highlights = self._doubtful_by_block.setdefault(index, [])
            insort(highlights, Highlight(placement.start, placement.end, annotation), key=_age)

    def _remove(self, annotation_id: str) -> None:
        """Remove an annotation, if there is one with this id."""
        row = self._rows.get(annotation_id)
        if row is None:
            return
        del self._order[bisect_left(self._order, row)]
        if self._is_found(row):
            del self._found_order[bisect_left(self._found_order, row)]
            for index in self._blocks_after_first(row):
                self._across[index].remove(row)
        if row.whole and row.whole.anchor is None:
            self._without_anchor -= 1
        self._pending.pop(annotation_id, None)
        if placement := self._placements.pop(annotation_id, None):
            if placement.kind is PlacementKind.LOST:
                del self._lost[bisect_left(self._lost, (placement.start, annotation_id))]
            for index in self._doubtful_blocks(placement):
                doubtful = self._doubtful_by_block[index]
                doubtful[:] = (one for one in doubtful if one.annotation.id != annotation_id)
        self._unconfirmed.pop(annotation_id, None)
        self._conflicted.pop(annotation_id, None)
        del self._rows[annotation_id]

    def _is_found(self, row: AnnotationRow) -> bool:
        if row.whole is None:
            return True
        placement = self._placements.get(row.id)
        return placement is not None and placement.found

    def _highlight(self, row: AnnotationRow) -> Highlight:
        return Highlight(row.start, row.end, row.annotation(self.article.text))

    def _blocks_after_first(self, passage: AnnotationRow | Placement) -> range:
        """Return the indices of the blocks that a passage overlaps, but for the first one."""
        first = self.article.block_index(passage.start)
        return range(first + 1, self.article.block_index(max(passage.start, passage.end - 1)) + 1)

    def _doubtful_blocks(self, placement: Placement) -> range:
        """Return the indices of the blocks that a doubtful placement overlaps; none for another one."""
        if placement.kind is not PlacementKind.DOUBTFUL:
            return range(0)
        later = self._blocks_after_first(placement)
        return range(later.start - 1, later.stop)


def _age(highlight: Highlight) -> tuple[str, str]:
    return highlight.annotation.created, highlight.annotation.id
