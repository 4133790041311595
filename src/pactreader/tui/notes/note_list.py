"""Which annotations the panel shows, and in what order. It knows the notebook, and no screen."""

from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from pactreader.core.annotation import Annotation
from pactreader.core.notebook import Notebook
from pactreader.core.query import Query, parse_query, searchable_text


class Order(StrEnum):
    """What the annotations are sorted by."""

    PLACE = "place"
    """As in the text."""
    TIME = "time"
    """Those changed last on top."""
    LABEL = "label"
    """Label by label, each as in the text."""


class NoteList:
    """The annotations that match a filter, in an order: all of them, as in the text, to begin with.

    What is shown stays until the filter or the order is another: a card does not go from under the reader because
    they gave it another label.
    """

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self.filter = ""
        """What the reader typed to have fewer; empty for all."""
        self.order = Order.PLACE
        self._query = Query()
        self._revision = -1
        self._ids: Sequence[str] = ()
        self._indexes: dict[str, int] = {}
        self._starts: list[tuple[int, int]] = []
        """Where each begins in the text, and its index; sorted."""
        self._texts: dict[str, tuple[Annotation, str]] = {}

    def show(self, typed: str) -> str:
        """Show what matches.

        Args:
            typed: A query; nothing for all.

        Returns:
            What of it is not understood, in a sentence; empty if all is.
        """
        self.filter = typed.strip()
        self._query = parse_query(typed, label_name=self._notebook.labels.name)
        self._forget()
        return self._query.problem

    def turn(self) -> Order:
        """Sort by what comes next, and say what that is."""
        following = dict(pairwise([*Order, Order.PLACE]))
        self.order = following[self.order]
        self._forget()
        return self.order

    @property
    def is_whole(self) -> bool:
        """Whether it is all there is, as in the text: then the notebook itself is the list."""
        return not self._query and self.order is Order.PLACE

    def __len__(self) -> int:
        if self.is_whole:
            return len(self._notebook)
        self._update()
        return len(self._ids)

    def __contains__(self, annotation_id: object) -> bool:
        if self.is_whole:
            return annotation_id in self._notebook
        self._update()
        return annotation_id in self._indexes

    def nth(self, index: int) -> Annotation:
        """The annotation at an index of the list."""
        if self.is_whole:
            return self._notebook.by_index(index)
        self._update()
        return self._notebook[self._ids[index]]

    def index(self, annotation_id: str) -> int:
        """The index of an annotation in the list.

        Raises:
            KeyError: It is not in it.
        """
        if self.is_whole:
            return self._notebook.index(annotation_id)
        self._update()
        return self._indexes[annotation_id]

    def index_at(self, offset: int) -> int:
        """The index of the last one, as in the text, that begins at or before an offset, in code points; -1 if none does."""
        if self.is_whole:
            return self._notebook.index_at(offset)
        self._update()
        position = bisect_right(self._starts, (offset, len(self._ids)))
        return self._starts[position - 1][1] if position else -1

    def _forget(self) -> None:
        """Nothing stays that does not match."""
        self._revision, self._ids, self._indexes = -1, (), {}

    def _update(self) -> None:
        notebook = self._notebook
        if self._revision == notebook.revision:
            return
        self._revision = notebook.revision
        shown = [one for one in notebook if one.id in self._indexes or self._matches(one)]
        if self.order is Order.TIME:
            shown.sort(key=lambda one: one.modified, reverse=True)
        elif self.order is Order.LABEL:
            known = {label.id: number for number, label in enumerate(notebook.labels)}
            shown.sort(key=lambda one: (known.get(one.label, len(known)), one.label))
        self._ids = [one.id for one in shown]
        self._indexes = {id_: index for index, id_ in enumerate(self._ids)}
        placements = ((notebook.placement(id_), index) for index, id_ in enumerate(self._ids))
        self._starts = sorted((placement.start, index) for placement, index in placements if placement)

    def _matches(self, annotation: Annotation) -> bool:
        kept = self._texts.get(annotation.id)
        if kept is None or kept[0] is not annotation:
            kept = self._texts[annotation.id] = annotation, searchable_text(annotation)
        return self._query.matches(annotation, self._notebook.placement(annotation.id), kept[1])
