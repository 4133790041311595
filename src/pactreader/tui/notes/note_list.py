"""The annotations that the notes panel shows, filtered and sorted."""

from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

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
        self._revision = -1
        """The notebook's revision that the attributes below are computed from; -1 to compute them again."""
        self._ids: Sequence[str] = ()
        self._indexes: dict[str, int] = {}
        self._starts: list[tuple[int, int]] = []
        """The offsets at which their passages begin, in code points, with their indexes; sorted."""
        self._searchable: dict[str, tuple[Annotation, str]] = {}
        """A cache of annotations with their searchable texts, by id."""

    def set_filter(self, typed: str) -> str:
        """List the annotations that match a query.

        Args:
            typed: The query; empty for all annotations.

        Returns:
            A sentence about the part of the query that is not understood; empty if all of it is.
        """
        self.filter = typed.strip()
        self._query = parse_query(typed, label_name=self._notebook.labels.name)
        self._reset()
        return self._query.problem

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
        self._update()
        return len(self._ids)

    def __contains__(self, annotation_id: object) -> bool:
        if self._is_notebook:
            return annotation_id in self._notebook
        self._update()
        return annotation_id in self._indexes

    def nth(self, index: int) -> Annotation:
        """Return the annotation at an index."""
        if self._is_notebook:
            return self._notebook.by_index(index)
        self._update()
        return self._notebook[self._ids[index]]

    def index(self, annotation_id: str) -> int:
        """Return the index of an annotation.

        Raises:
            KeyError: It is not listed.
        """
        if self._is_notebook:
            return self._notebook.index(annotation_id)
        self._update()
        return self._indexes[annotation_id]

    def index_at(self, offset: int) -> int:
        """Return the index of the annotation whose passage is the last that begins at or before an offset.

        Args:
            offset: An offset in the text, in code points.

        Returns:
            The index; -1 if no passage begins there or before.
        """
        if self._is_notebook:
            return self._notebook.index_at(offset)
        self._update()
        position = bisect_right(self._starts, (offset, len(self._ids)))
        return self._starts[position - 1][1] if position else -1

    def _reset(self) -> None:
        """List only annotations that match, from the next access on."""
        self._revision, self._ids, self._indexes = -1, (), {}

    def _update(self) -> None:
        notebook = self._notebook
        if self._revision == notebook.revision:
            return
        self._revision = notebook.revision
        listed = [one for one in notebook if one.id in self._indexes or self._matches(one)]
        if self.order is Order.TIME:
            listed.sort(key=lambda one: one.modified, reverse=True)
        elif self.order is Order.LABEL:
            numbers = {label.id: number for number, label in enumerate(notebook.labels)}
            listed.sort(key=lambda one: (numbers.get(one.label, len(numbers)), one.label))
        self._ids = [one.id for one in listed]
        self._indexes = {id_: index for index, id_ in enumerate(self._ids)}
        placements = ((notebook.placement(id_), index) for index, id_ in enumerate(self._ids))
        self._starts = sorted((placement.start, index) for placement, index in placements if placement)

    def _matches(self, annotation: Annotation) -> bool:
        cached = self._searchable.get(annotation.id)
        if cached is None or cached[0] != annotation:
            cached = self._searchable[annotation.id] = annotation, searchable_text(annotation)
        return self._query.matches(annotation, self._notebook.placement(annotation.id), cached[1])
