"""The annotations that the notes panel shows, filtered and sorted."""

from bisect import bisect_right, insort
from collections.abc import Collection, Container, Generator, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from operator import itemgetter
from typing import Final, NamedTuple

from pactreader.core.annotation import Annotation
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.query import Query, parse_query, searchable_text


class Order(StrEnum):
    """An order of annotations."""

    POSITION = "place"
    """The order of the text."""
    TIME = "time"
    """The latest change first."""
    LABEL = "label"
    """Label by label, each in the order of the text."""


_ANNOTATIONS_PER_STEP: Final = 50
"""Annotations that are compared with a query in a step, which takes a millisecond at the first time."""


class _Listing(NamedTuple):
    """The annotations that are listed."""

    revision: int
    """The notebook's revision that it is computed from; -1 to compute it again."""
    ids: Sequence[str]
    indexes: Mapping[str, int]
    """The index of each id."""
    starts: Sequence[tuple[int, int]]
    """The offsets at which their passages begin, in code points, with their indexes; sorted. Empty in the order of the text,
    in which the notebook tells it."""


class NoteList:
    """The annotations of a notebook that match a filter, in an order; at first all, in the order of the text.

    An annotation that was listed stays listed until the filter or the order changes, even if it no longer matches, so
    that no card vanishes because it got another label. Example, with the filter `label:doubt`: [a, b] → a gets the
    label `term` → still [a, b] → the filter is set again → [b].
    """

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self.filter = ""
        """The typed query; empty for all annotations."""
        self.order = Order.POSITION
        self._query = Query()
        self._listed = _Listing(-1, (), {}, ())
        """The annotations that are listed, unless it is the notebook's own list."""
        self._searchable: dict[str, tuple[tuple[str, str], str]] = {}
        """A cache of searchable texts, by the ids of the annotations, with the times and notes that they are of."""

    @property
    def problem(self) -> str:
        """A sentence about the part of the query that is not understood; empty if all of it is."""
        return self._query.problem

    def set_filter(self, typed: str) -> None:
        """List the annotations that match a query; an empty one for all annotations."""
        for _ in self.filter_in_steps(typed):
            pass

    def filter_in_steps(self, typed: str) -> Iterator[None]:
        """List the annotations that match a query, step by step.

        Until the last step those of the former query are listed.
        """
        query = parse_query(typed, label_name=self._notebook.labels.name)
        listing = _Listing(-1, (), {}, ())
        if query or self.order is not Order.POSITION:
            listing = yield from self._listing(query, (), self._candidates(query))
        self.filter, self._query, self._listed = typed.strip(), query, listing

    def next_order(self) -> Order:
        """Sort by the next order, after the last by the first one, and return it."""
        self.order = dict(pairwise([*Order, Order.POSITION]))[self.order]
        self._reset()
        return self.order

    @property
    def _is_notebook(self) -> bool:
        """True if the list is that of the notebook, unfiltered and in its order, so that nothing need be computed."""
        return not self._query and self.order is Order.POSITION

    def __len__(self) -> int:
        if self._is_notebook:
            return len(self._notebook)
        return len(self._update().ids)

    def __contains__(self, annotation_id: object) -> bool:
        if self._is_notebook:
            return annotation_id in self._notebook
        return annotation_id in self._update().indexes

    def nth(self, index: int) -> Annotation:
        """Return the annotation at an index."""
        if self._is_notebook:
            return self._notebook.by_index(index)
        return self._notebook[self._update().ids[index]]

    def index(self, annotation_id: str) -> int:
        """Return the index of an annotation.

        Raises:
            KeyError: It is not listed.
        """
        if self._is_notebook:
            return self._notebook.index(annotation_id)
        return self._update().indexes[annotation_id]

    def index_at(self, offset: int) -> int:
        """Return the index of the annotation whose passage is the last that begins at or before an offset.

        Args:
            offset: An offset in the text, in code points.

        Returns:
            The index; -1 if no passage begins there or before.
        """
        if self._is_notebook:
            return self._notebook.index_at(offset)
        _, ids, _, starts = self._update()
        if self.order is Order.POSITION:
            index = bisect_right(ids, self._notebook.index_at(offset), key=self._notebook.index) - 1
            return index if index >= 0 and self._notebook[ids[index]].anchor else -1
        position = bisect_right(starts, (offset, len(ids)))
        return starts[position - 1][1] if position else -1

    def _reset(self) -> None:
        """List only annotations that match, from the next access on."""
        self._listed = _Listing(-1, (), {}, ())

    def _update(self) -> "_Listing":
        """Return what is listed; after a change of the notebook, with what was listed before and is still there."""
        edited = self._notebook.last_edited
        if (
            self.order is Order.POSITION
            and edited.revision == self._notebook.revision == self._listed.revision + 1
        ):
            self._listed = self._listed_after(edited.ids)
        elif self._listed.revision != self._notebook.revision:
            steps = self._listing(self._query, self._listed.indexes, self._notebook)
            while True:
                try:
                    next(steps)
                except StopIteration as end:
                    self._listed = end.value
                    break
        return self._listed

    def _listed_after(self, edited: Collection[str]) -> "_Listing":
        """Return what is listed, in the order of the text, after these annotations were edited."""
        notebook, former = self._notebook, self._listed.indexes
        added = [
            id_
            for id_ in edited
            if id_ in notebook and (id_ in former or self._matches(self._query, notebook[id_]))
        ]
        removed = sorted((former[id_] for id_ in edited if id_ in former), reverse=True)
        if not added and not removed:
            return self._listed._replace(revision=notebook.revision)
        ids = list(self._listed.ids)
        for index in removed:
            del ids[index]
        for id_ in added:
            insort(ids, id_, key=notebook.index)
        return _Listing(notebook.revision, ids, _indexes(ids), ())

    def _candidates(self, query: Query) -> Iterable[Annotation]:
        """Return the annotations that may match a query: while it is being typed, those that matched it so far."""
        listed = self._listed
        if listed.revision == self._notebook.revision and self._query and query.narrows(self._query):
            return map(self._notebook.__getitem__, listed.ids)
        return self._notebook

    def _listing(
        self, query: Query, kept: Container[str], candidates: Iterable[Annotation]
    ) -> Generator[None, None, "_Listing"]:
        """Find the annotations that match a query or are to be kept, step by step, and return them in their order.

        Args:
            query: The query.
            kept: The ids of those that are listed in any case.
            candidates: The annotations among which they are.
        """
        notebook, order = self._notebook, self.order
        numbers = {label.id: number for number, label in enumerate(notebook.labels)}
        revision = notebook.revision
        found: list[tuple[object, str]] = []
        for number, one in enumerate(candidates):
            if number % _ANNOTATIONS_PER_STEP == 0 and number:
                yield
                if notebook.revision != revision:
                    return (yield from self._listing(query, kept, notebook))
            if one.id in kept or self._matches(query, one):
                label = numbers.get(one.label, len(numbers)), one.label
                key = {Order.TIME: one.modified, Order.LABEL: label}.get(order)
                found.append((key, one.id))
        if order is not Order.POSITION:
            found.sort(key=itemgetter(0), reverse=order is Order.TIME)
        ids = [id_ for _, id_ in found]
        if order is Order.POSITION:
            return _Listing(revision, ids, _indexes(ids), ())
        placements = ((notebook.placement(id_), index) for index, id_ in enumerate(ids))
        starts = sorted((placement.start, index) for placement, index in placements if placement)
        return _Listing(revision, ids, _indexes(ids), starts)

    def _matches(self, query: Query, annotation: Annotation) -> bool:
        state = annotation.modified, annotation.note
        cached = self._searchable.get(annotation.id)
        if cached is None or cached[0] != state:
            cached = self._searchable[annotation.id] = state, searchable_text(annotation)
        return query.matches(annotation, self._notebook.placement(annotation.id), cached[1])


def _indexes(ids: Sequence[str]) -> dict[str, int]:
    """Return the index of each id."""
    return {id_: index for index, id_ in enumerate(ids)}
