"""One article's annotations, with their editing, undo and redo.

A notebook changes in two steps. A method such as `highlight` returns a `Change`, and does not change the notebook. Once
the change is saved, `apply` makes it. So the notebook never has a change that the library has not.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from pactreader.core.anchoring.description import describe
from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor, Annotation, content_of, timestamp, timestamp_after
from pactreader.core.article import Article, Passage
from pactreader.core.labels import LABELS, Labels
from pactreader.core.notebooks.annotation_index import AnnotationIndex
from pactreader.core.notebooks.changes import Change, ChangeHistory, Edit, new_id
from pactreader.core.notebooks.redescription import Redescription, anchors_without_hash, redescribe
from pactreader.core.wording import pluralise

_MAX_QUOTE: Final = 40
"""The greatest length of a quote in a change's title, in code points."""


def _now() -> datetime:
    return datetime.now(UTC)


class LastEdited(NamedTuple):
    """The only annotations that differ between a revision of a notebook and the one before it."""

    revision: int
    """The revision that the edit made."""
    ids: Collection[str]
    """The ids of the annotations that were added, changed or removed."""


class Notebook(AnnotationIndex):
    """The annotations of one article and the history of their changes."""

    def __init__(
        self,
        article: Article,
        annotations: Iterable[Annotation] = (),
        changes: Iterable[Change] = (),
        *,
        labels: Labels = LABELS,
        now: Callable[[], datetime] = _now,
        new_id: Callable[[], str] = new_id,
    ) -> None:
        """Create a notebook with these annotations and this history, both in any order.

        Args:
            article: The article that the annotations point into.
            annotations: The annotations so far.
            changes: The changes so far.
            labels: The configured labels.
            now: A function that returns the present time.
            new_id: A function that returns a new id for an annotation or a change.
        """
        super().__init__(article)
        self.labels = labels
        self._now = now
        self._new_id = new_id
        self.load(annotations, changes)
        self.place_pending()

    def load(
        self,
        annotations: Iterable[Annotation],
        changes: Iterable[Change],
    ) -> None:
        """Replace all annotations and the history. Both may be in any order, and annotations may be pending after it.

        They are read one at a time, so that not all of them are in memory at once.
        """
        self._fill(annotations)
        self._history = ChangeHistory(changes)
        self.revision += 1
        self.last_edited = LastEdited(-1, ())
        """The annotations that were changed last."""

    def use_former_texts(self, former_texts: Mapping[str, str]) -> None:
        """Place annotations by former texts of the article too, from their hashes, as for a `Locator`."""
        article = self.article
        self.locator = Locator(article.text, former_texts, known_hash=lambda: article.text_hash)

    def become(self, other: "Notebook") -> None:
        """Take over the annotations and the history of another notebook of the same article, which is not used any more."""
        revision = self.revision + 1
        vars(self).update(vars(other))
        self.revision = revision

    def change_article(self, article: Article, locator: Locator) -> None:
        """Let the annotations point into another text of the article. Annotations may be pending after it.

        The undo history stays.

        Args:
            article: The article with its present text.
            locator: The finder of passages in that text.
        """
        annotations = list(self)
        self.article, self.locator = article, locator
        self._fill(annotations)
        self.revision += 1

    @property
    def last_label(self) -> str:
        """The id of the label used last; before any use, of the first label."""
        for change in self._history.done_newest_first():
            for before, after in change.edits:
                if after and after.label and not after.origin and (not before or before.label != after.label):
                    return after.label
        return next(iter(self.labels)).id

    # Anchors that were made while the text was not whole

    @property
    def anchors_without_hash(self) -> set[Anchor]:
        """The anchors of annotations and of the undo history that name no text, to be described anew."""
        return set(anchors_without_hash(self, self._history))

    def redescription(self, placements: Mapping[Anchor, Placement]) -> Redescription:
        """Return what changes if anchors are described anew by their placements in the present text."""
        return redescribe(self, self._history, placements, self.article)

    def apply_redescription(self, redescription: Redescription) -> None:
        """Apply a redescription that was saved. The undo history has the same changes after it."""
        for annotation in redescription.annotations:
            self._replace(annotation.id, annotation)
        self._history.replace(redescription.changes)
        self.revision += 1

    # Changes of one annotation

    def highlight(self, passage: Passage, label: str, *, note: str = "", annotation_id: str = "") -> Change:
        """Return a change that adds a highlight on a passage, with or without a note.

        Args:
            passage: The passage.
            label: The id of the label.
            note: The note.
            annotation_id: The id of the annotation, from `new_annotation_id`; empty for a new one.
        """
        anchor = self.describe(passage)
        return self.highlight_again(anchor, label, note=note, annotation_id=annotation_id)

    def highlight_again(
        self, anchor: Anchor, label: str, *, note: str = "", annotation_id: str = ""
    ) -> Change:
        """Return a change that adds a highlight with an anchor made earlier, whose passage may have changed since.

        Args:
            anchor: The anchor.
            label: The id of the label.
            note: The note.
            annotation_id: The id of the annotation, from `new_annotation_id`; empty for a new one.
        """
        annotation = self._new_annotation(label, anchor)._replace(note=note)
        if annotation_id:
            annotation = annotation._replace(id=annotation_id)
        return self._new_change(
            f"highlight {_quoted(anchor.exact)} as {self.labels.name(label)}", Edit(None, annotation)
        )

    def new_annotation_id(self) -> str:
        """Return an id for an annotation that no record has, for a highlight that may be made more than once."""
        return self._new_id()

    def note_on_article(self, note: str) -> Change:
        """Return a change that adds a note on the whole article."""
        annotation = self._new_annotation("", None)._replace(note=note)
        return self._new_change(f"note {_quoted(note)} on the article", Edit(None, annotation))

    def relabel(self, annotation_id: str, label: str) -> Change:
        """Return a change that gives an annotation another label."""
        annotation = self[annotation_id]
        title = f"label {_name(annotation)} as {self.labels.name(label)}"
        return self._edit(title, annotation, label=label)

    def reshape(self, annotation_id: str, passage: Passage, label: str | None = None) -> Change:
        """Return a change that moves an annotation to another passage, and relabels it if a label is given."""
        annotation = self[annotation_id]
        anchor = self.describe(passage)
        fields = {} if label is None else {"label": label}
        title = f"reshape {_name(annotation)} to {_quoted(anchor.exact)}"
        return self._edit(title, annotation, anchor=anchor, **fields)

    def write_note(self, annotation_id: str, note: str, *, seen: Annotation | None = None) -> Change:
        """Return a change that replaces an annotation's note. An empty one removes a note on the whole article.

        Args:
            annotation_id: The id of the annotation.
            note: Markdown.
            seen: The annotation as it was when the user started to write, if it may have been edited elsewhere since.
                The change is based on it, so that saving makes a conflict of the two edits.
        """
        annotation = seen or self[annotation_id]
        if not note and annotation.anchor is None:
            return self._removal(annotation)
        return self._edit(f"write a note on {_name(annotation)}", annotation, note=note)

    def tag(self, annotation_id: str, tags: tuple[str, ...], *, seen: Annotation | None = None) -> Change:
        """Return a change that replaces an annotation's tags; `seen` as for `write_note`."""
        annotation = seen or self[annotation_id]
        return self._edit(f"tag {_name(annotation)}", annotation, tags=tags)

    def remove(self, annotation_id: str) -> Change:
        """Return a change that removes an annotation."""
        return self._removal(self[annotation_id])

    # Changes of several annotations, reverted by one undo

    def add_all(self, annotations: Iterable[Annotation], title: str) -> Change:
        """Return a change that adds annotations made elsewhere, such as in another program.

        Args:
            annotations: The annotations. Those without times get the present one.
            title: The title of the change.
        """
        now = timestamp(self._now())
        timed = (
            one._replace(created=one.created or now, modified=one.modified or one.created or now)
            for one in annotations
        )
        return self._new_change(title, *(Edit(None, one) for one in timed))

    def relabel_all(self, annotation_ids: Iterable[str], label: str) -> Change:
        """Return a change that gives highlights another label.

        Highlights that have it already, notes on the whole article and unknown ids are ignored.
        """
        found = [one for one in self._known(annotation_ids) if one.anchor and one.label != label]
        edits = (self._edited(one, label=label) for one in found)
        return self._new_change(
            f"label {pluralise(len(found), 'highlight')} as {self.labels.name(label)}", *edits
        )

    def tag_all(self, annotation_ids: Iterable[str], add: Sequence[str], remove: Collection[str]) -> Change:
        """Return a change that appends tags to annotations and removes others. Unknown ids are ignored."""
        edits = []
        for one in self._known(annotation_ids):
            tags = tuple(tag for tag in dict.fromkeys((*one.tags, *add)) if tag not in remove)
            if tags != one.tags:
                edits.append(self._edited(one, tags=tags))
        return self._new_change(f"tag {pluralise(len(edits), 'annotation')}", *edits)

    def accept(self, annotation_ids: Iterable[str]) -> Change:
        """Return a change that describes the anchors of annotations anew, by the passages that they are placed at.

        Those that are exact or lost, or not placed yet, notes on the whole article and unknown ids are ignored.
        """
        edits = []
        for one in self._known(annotation_ids):
            placement = self.placement(one.id)
            if placement and placement.kind not in {PlacementKind.EXACT, PlacementKind.LOST}:
                anchor = self.describe(Passage(placement.start, placement.end))
                edits.append(self._edited(one, anchor=anchor))
        after = edits[0].after if len(edits) == 1 else None
        what = _name(after) if after else pluralise(len(edits), "passage")
        return self._new_change(f"accept {what}", *edits)

    def remove_all(self, annotation_ids: Iterable[str]) -> Change:
        """Return a change that removes annotations. Unknown ids are ignored."""
        edits = [Edit(one, None) for one in self._known(annotation_ids)]
        return self._new_change(f"remove {pluralise(len(edits), 'annotation')}", *edits)

    # Changes that resolve an annotation's first conflict

    def resolve_with_current(self, annotation_id: str) -> Change:
        """Return a change that removes the conflict and keeps the annotation."""
        annotation = self[annotation_id]
        title = f"keep this version of {_name(annotation)}"
        return self._edit(title, annotation, conflicts=annotation.conflicts[1:])

    def resolve_with_other(self, annotation_id: str) -> Change:
        """Return a change that replaces the annotation by its conflict, or removes it if that is a removal."""
        annotation = self[annotation_id]
        other, *rest = annotation.conflicts
        if other is None:
            return self._removal(annotation)
        modified = timestamp_after(self._now(), annotation.modified, other.modified)
        after = other._replace(modified=modified, conflicts=tuple(rest))
        return self._new_change(f"take the other version of {_name(annotation)}", Edit(annotation, after))

    def resolve_with_both(self, annotation_id: str) -> Change:
        """Return a change that joins both notes, one below the other, and both lists of tags.

        The annotation keeps its label and its passage. Of a conflict that is a removal, nothing is joined.
        """
        annotation = self[annotation_id]
        other, *rest = annotation.conflicts
        if other is None:
            return self.resolve_with_current(annotation_id)
        notes = dict.fromkeys(note.strip("\n") for note in (annotation.note, other.note) if note.strip())
        return self._edit(
            f"join the versions of {_name(annotation)}",
            annotation,
            note="\n\n".join(notes),
            tags=tuple(dict.fromkeys((*annotation.tags, *other.tags))),
            conflicts=tuple(rest),
        )

    # Undo and redo

    @property
    def can_undo(self) -> bool:
        """True if there is a change to undo."""
        return self._history.next_to_undo is not None

    @property
    def can_redo(self) -> bool:
        """True if there is a change to redo."""
        return self._history.next_to_redo is not None

    def undo(self) -> Change | None:
        """Return the last change, inverted; `None` if there is nothing to undo.

        Annotations that were edited elsewhere since are not reverted: see `Change.skipped`.
        """
        change = self._history.next_to_undo
        return self._inverted(change) if change else None

    def redo(self) -> Change | None:
        """Return the change that was undone last, inverted again; `None` if there is nothing to redo."""
        change = self._history.next_to_redo
        return self._inverted(change) if change else None

    def _inverted(self, change: Change) -> Change:
        """Return a change with `undone` toggled, and without edits of annotations that were edited elsewhere since.

        The restored annotations have the present time, so that a merge takes them for the latest ones.

        Example, with A and B relabelled and a note then written on B in another window:
            `Change(edits=(A term → A doubt, B term → B doubt))` becomes
            `Change(edits=(A term → A doubt,), undone=True, skipped=1)`, whose `result` is `A term`.
        """
        undone = not change.undone
        edits = [
            edit for edit in change.edits if self._is_unedited(edit.id, edit.after if undone else edit.before)
        ]
        present = [self.get(edit.id) for edit in edits]
        at = timestamp_after(self._now(), change.at, *(one.modified for one in present if one))
        inverted = tuple(
            Edit(_modified_at(edit.before, at), one) if undone else Edit(one, _modified_at(edit.after, at))
            for edit, one in zip(edits, present, strict=True)
        )
        skipped = len(change.edits) - len(inverted)
        return change._replace(at=at, edits=inverted, undone=undone, skipped=skipped)

    def _is_unedited(self, annotation_id: str, expected: Annotation | None) -> bool:
        """Return whether an annotation has the expected content, regardless of its times."""
        return _content_with_conflicts(self.get(annotation_id)) == _content_with_conflicts(expected)

    # Applying changes

    def apply(self, change: Change) -> None:
        """Apply a change that was saved."""
        for annotation_id, annotation in change.result:
            self._replace(annotation_id, annotation)
        self._history.record(change)
        self.revision += 1
        self.last_edited = LastEdited(self.revision, [id_ for id_, _ in change.result])

    def merge_remote(self, annotations: Mapping[str, Annotation | None], changes: Iterable[Change]) -> int:
        """Apply changes made elsewhere, such as in another window. They cannot be undone here.

        Args:
            annotations: Annotations by id as they are now; `None` for a removed one.
            changes: The changes that were made, undone or redone there.

        Returns:
            The number of annotations that are different now.
        """
        news = {
            annotation_id: annotation
            for annotation_id, annotation in annotations.items()
            if self.get(annotation_id) != annotation
        }
        for annotation_id, annotation in news.items():
            self._replace(annotation_id, annotation)
        self._history.merge_remote(changes)
        if news:
            self.revision += 1
            self.last_edited = LastEdited(self.revision, news)
        return len(news)

    # Creating changes

    def _new_annotation(self, label: str, anchor: Anchor | None) -> Annotation:
        at = timestamp(self._now())
        return Annotation(id=self._new_id(), label=label, anchor=anchor, created=at, modified=at)

    def describe(self, passage: Passage) -> Anchor:
        """Return the anchor of a passage of the article."""
        return describe(self.article.text, *passage, self.article.text_hash)

    def _new_change(self, title: str, *edits: Edit) -> Change:
        at = timestamp_after(self._now(), *(edit.before.modified for edit in edits if edit.before))
        history = self._history
        return Change(self._new_id(), history.next_number, title, at, edits, follows=history.last_number)

    def _edit(self, title: str, before: Annotation, **fields: Any) -> Change:
        return self._new_change(title, self._edited(before, **fields))

    def _edited(self, before: Annotation, **fields: Any) -> Edit:
        modified = timestamp_after(self._now(), before.modified)
        return Edit(before, before._replace(modified=modified, **fields))

    def _removal(self, annotation: Annotation) -> Change:
        return self._new_change(f"remove {_name(annotation)}", Edit(annotation, None))

    def _known(self, annotation_ids: Iterable[str]) -> list[Annotation]:
        return [one for one in map(self.get, annotation_ids) if one]


def _modified_at(annotation: Annotation | None, at: str) -> Annotation | None:
    """Return an annotation and its conflicts with another time of modification.

    The new time gives restored conflicts new revisions, which tell them from those that the user rejected before.
    """
    if annotation is None:
        return None
    conflicts = tuple(_modified_at(other, at) for other in annotation.conflicts)
    return annotation._replace(modified=at, conflicts=conflicts)


def _content_with_conflicts(annotation: Annotation | None) -> tuple[object, ...]:
    """Return the content of an annotation and of its conflicts."""
    conflicts = annotation.conflicts if annotation else ()
    return content_of(annotation), *map(_content_with_conflicts, conflicts)


def _name(annotation: Annotation) -> str:
    return _quoted(annotation.anchor.exact if annotation.anchor else annotation.note)


def _quoted(text: str) -> str:
    """Return a text on one line in quotation marks, cut with an ellipsis if it is long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _MAX_QUOTE else line[: _MAX_QUOTE - 1].rstrip() + '…'}”"
