"""One article's annotations, in reading order, with undo.

A notebook changes in two steps: a method such as `highlight` says what would change and returns it as a
`Change`; once the change is on the disk, `apply` takes it in. So memory never runs ahead of the file.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from operator import attrgetter
from secrets import choice
from typing import Any, Final, NamedTuple

from pactreader.core.anchoring import Locator, Placement, describe
from pactreader.core.annotation import Anchor, Annotation, timestamp, timestamp_after
from pactreader.core.article import Article, Passage
from pactreader.core.labels import LABELS, Labels
from pactreader.core.wording import pluralise

_ID_LETTERS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that is read as a digit."""
_ID_LENGTH: Final = 8
"""40 bits: two notebooks of 10,000 annotations share an id once in 10,000 merges."""
_SHOWN_QUOTE: Final = 40
"""Code points of a quote shown in the sentence of a change."""


def new_id() -> str:
    """An id that no other annotation or change is likely to have."""
    return "".join(choice(_ID_LETTERS) for _ in range(_ID_LENGTH))


def _now() -> datetime:
    return datetime.now(UTC)


class Edit(NamedTuple):
    """One annotation before and after a change; `None` where there was or is none."""

    before: Annotation | None
    after: Annotation | None

    @property
    def id(self) -> str:
        """The annotation's id."""
        annotation = self.after or self.before
        assert annotation is not None
        return annotation.id

    @property
    def adds_conflict(self) -> bool:
        """Whether it leaves more versions to choose between than there were."""
        before = self.before.conflicts if self.before else ()
        return self.after is not None and len(self.after.conflicts) > len(before)


@dataclass(frozen=True, slots=True)
class Change:
    """Something the reader did, and what undoes it."""

    id: str
    number: int
    """Its place in the notebook's history, from 1."""
    title: str
    """What it did, to be said after "Undone: " and "Redone: ": `highlight “Seoul has warned…” as Evidence`."""
    at: str
    """When, UTC, ISO 8601."""
    edits: tuple[Edit, ...]
    undone: bool = False
    follows: int = 0
    """The number of the change it was made on, 0 if there was none: what was undone then cannot be redone."""
    skipped: int = 0
    """Of a change that is being undone or redone: how many of its annotations stay as they are, as they were changed
    elsewhere since. They are no longer among its edits."""

    @property
    def result(self) -> Iterator[tuple[str, Annotation | None]]:
        """The annotations as this change leaves them, by id; `None` for one that is gone."""
        return ((edit.id, edit.before if self.undone else edit.after) for edit in self.edits)


class Highlight(NamedTuple):
    """An annotation where it stands in the text, `[start, end)` in code points."""

    start: int
    end: int
    annotation: Annotation


class _Key(NamedTuple):
    """Reading order: notes on the whole article first, then by place, then by age."""

    start: int
    end: int
    created: str
    id: str


class Notebook:
    """The annotations of one article and what was done to them."""

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
        """Args:
        article: What the annotations point into.
        annotations: What is known so far.
        changes: What was done so far, in any order.
        labels: What their labels are called, and how they look.
        now: The clock.
        new_id: Where ids come from.
        """
        self.article = article
        self.labels = labels
        self._now = now
        self._new_id = new_id
        self._locator = Locator(article.text)
        self.revision = 0
        """Goes up whenever an annotation comes, goes or changes."""
        self.load(annotations, changes)

    def load(self, annotations: Iterable[Annotation], changes: Iterable[Change]) -> None:
        """Hold these annotations and this history, in any order, instead of what was held before."""
        self._annotations: dict[str, Annotation] = {}
        self._placements: dict[str, Placement] = {}
        self._undecided: dict[str, None] = {}
        self._blocks: dict[int, list[Highlight]] = {}
        self._order = sorted(map(self._admit, annotations))
        for highlights in self._blocks.values():
            if len(highlights) > 1:
                highlights.sort(key=_age)
        history = sorted((change for change in changes if change.edits), key=attrgetter("number", "at", "id"))
        self._highest = history[-1].number if history else 0
        """The number of the last change that is known, also of those made elsewhere."""
        self._done = [change for change in history if not change.undone]
        self._undone = _redoable(history, self._last_number)
        self.revision += 1

    # What is there

    def __len__(self) -> int:
        return len(self._annotations)

    def __iter__(self) -> Iterator[Annotation]:
        """The annotations in reading order: notes on the whole article, then by place; the lost where they were."""
        return (self._annotations[key.id] for key in self._order)

    def __contains__(self, annotation_id: object) -> bool:
        return annotation_id in self._annotations

    def __getitem__(self, annotation_id: str) -> Annotation:
        return self._annotations[annotation_id]

    def get(self, annotation_id: str) -> Annotation | None:
        """The annotation with an id, if there is one."""
        return self._annotations.get(annotation_id)

    @property
    def highlight_count(self) -> int:
        """How many annotations have an anchor, found or lost."""
        return len(self._placements)

    @property
    def lost_count(self) -> int:
        """How many annotations have an anchor whose place is not found."""
        return sum(not placement.found for placement in self._placements.values())

    @property
    def conflicted(self) -> Collection[str]:
        """The ids of the annotations with more than one version."""
        return self._undecided.keys()

    def by_index(self, index: int) -> Annotation:
        """The annotation at an index of the reading order."""
        return self._annotations[self._order[index].id]

    def index(self, annotation_id: str) -> int:
        """The annotation's index in the reading order.

        Raises:
            KeyError: There is no such annotation.
        """
        return bisect_left(self._order, self._key(self._annotations[annotation_id]))

    def index_at(self, offset: int) -> int:
        """The index of the last highlight in reading order that begins at or before an offset, or -1."""
        index = bisect_right(self._order, offset, key=attrgetter("start")) - 1
        return index if index >= 0 and self._order[index].start >= 0 else -1

    def placement(self, annotation_id: str) -> Placement | None:
        """Where the annotation's passage is; `None` for a note on the whole article."""
        return self._placements.get(annotation_id)

    def highlights_in_block(self, index: int) -> list[Highlight]:
        """The highlights that touch a block, oldest first: what is drawn last lies on top."""
        return self._blocks.get(index, [])

    def annotation_at(self, offset: int) -> Annotation | None:
        """The newest highlight that covers an offset."""
        for highlight in reversed(self.highlights_in_block(self.article.block_index(offset))):
            if highlight.start <= offset < highlight.end:
                return highlight.annotation
        return None

    def annotation_on(self, passage: Passage) -> Annotation | None:
        """The newest highlight on exactly this passage."""
        for highlight in reversed(self.highlights_in_block(self.article.block_index(passage.start))):
            if (highlight.start, highlight.end) == passage:
                return highlight.annotation
        return None

    def highlight_after(self, offset: int) -> Highlight | None:
        """The first highlight that begins after an offset."""
        for index in range(bisect_right(self._order, offset, key=attrgetter("start")), len(self._order)):
            if found := self._highlight(self._order[index].id):
                return found
        return None

    def highlight_before(self, offset: int) -> Highlight | None:
        """The last highlight that begins before an offset."""
        for index in range(bisect_left(self._order, offset, key=attrgetter("start")) - 1, -1, -1):
            if found := self._highlight(self._order[index].id):
                return found
        return None

    def highlights(self) -> Iterator[Highlight]:
        """Every highlight whose place is found, in reading order."""
        return (found for key in self._order if (found := self._highlight(key.id)))

    @property
    def last_label(self) -> str:
        """The id of the label used last; the first one at the beginning."""
        for change in reversed(self._done):
            for edit in change.edits:
                if (
                    edit.after
                    and edit.after.label
                    and (not edit.before or edit.before.label != edit.after.label)
                ):
                    return edit.after.label
        return next(iter(self.labels)).id

    @property
    def tags(self) -> list[str]:
        """Every tag in use, the most used first."""
        counts: dict[str, int] = {}
        for annotation in self._annotations.values():
            for tag in annotation.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return sorted(counts, key=lambda tag: (-counts[tag], tag))

    # What would change

    def highlight(self, passage: Passage, label: str, *, note: str = "") -> Change:
        """A new highlight on a passage, with or without a note."""
        anchor = describe(self.article.text, *passage)
        annotation = replace(self._create(label, anchor), note=note)
        return self._change(
            f"highlight {_quoted(anchor.exact)} as {self.labels.name(label)}", Edit(None, annotation)
        )

    def note_on_article(self, note: str) -> Change:
        """A new note on the whole article."""
        annotation = replace(self._create("", None), note=note)
        return self._change(f"note {_quoted(note)} on the article", Edit(None, annotation))

    def relabel(self, annotation_id: str, label: str) -> Change:
        """Another label for an annotation."""
        annotation = self._annotations[annotation_id]
        return self._rewrite(
            f"label {_name(annotation)} as {self.labels.name(label)}", annotation, label=label
        )

    def reshape(self, annotation_id: str, passage: Passage, label: str | None = None) -> Change:
        """Another passage for an annotation, and another label if one is given."""
        annotation = self._annotations[annotation_id]
        anchor = describe(self.article.text, *passage)
        fields = {} if label is None else {"label": label}
        title = f"reshape {_name(annotation)} to {_quoted(anchor.exact)}"
        return self._rewrite(title, annotation, anchor=anchor, **fields)

    def write_note(self, annotation_id: str, note: str, *, seen: Annotation | None = None) -> Change:
        """Another note for an annotation; an empty one takes the note away, a note on the article with it.

        Args:
            annotation_id: Whose note it is.
            note: Markdown.
            seen: The annotation that the reader had before them, if it may be another by now: what was made of it
                elsewhere meanwhile then stays beside this.
        """
        annotation = seen or self._annotations[annotation_id]
        if not note and annotation.anchor is None:
            return self._remove(annotation)
        return self._rewrite(f"write a note on {_name(annotation)}", annotation, note=note)

    def tag(self, annotation_id: str, tags: tuple[str, ...], *, seen: Annotation | None = None) -> Change:
        """Other tags for an annotation; `seen` as for `write_note`."""
        annotation = seen or self._annotations[annotation_id]
        return self._rewrite(f"tag {_name(annotation)}", annotation, tags=tags)

    def remove(self, annotation_id: str) -> Change:
        """An annotation away."""
        return self._remove(self._annotations[annotation_id])

    # What would change of several annotations at once: one change, which one undo takes back

    def relabel_all(self, annotation_ids: Iterable[str], label: str) -> Change:
        """Another label for those that have another one; a note on the whole article has none."""
        found = [one for one in self._known(annotation_ids) if one.anchor and one.label != label]
        edits = (self._rewritten(one, label=label) for one in found)
        return self._change(
            f"label {pluralise(len(found), 'highlight')} as {self.labels.name(label)}", *edits
        )

    def tag_all(self, annotation_ids: Iterable[str], add: Sequence[str], drop: Collection[str]) -> Change:
        """More tags for each, behind those it has, and others away."""
        edits = []
        for one in self._known(annotation_ids):
            tags = tuple(tag for tag in dict.fromkeys((*one.tags, *add)) if tag not in drop)
            if tags != one.tags:
                edits.append(self._rewritten(one, tags=tags))
        return self._change(f"tag {pluralise(len(edits), 'annotation')}", *edits)

    def remove_all(self, annotation_ids: Iterable[str]) -> Change:
        """Several annotations away."""
        edits = [Edit(one, None) for one in self._known(annotation_ids)]
        return self._change(f"remove {pluralise(len(edits), 'annotation')}", *edits)

    def _known(self, annotation_ids: Iterable[str]) -> list[Annotation]:
        return [one for one in map(self._annotations.get, annotation_ids) if one]

    def _remove(self, annotation: Annotation) -> Change:
        return self._change(f"remove {_name(annotation)}", Edit(annotation, None))

    # What would change of an annotation that was changed elsewhere at the same time

    def resolve_with_current(self, annotation_id: str) -> Change:
        """The version that is shown stays, and the next of the others goes."""
        annotation = self._annotations[annotation_id]
        title = f"keep this version of {_name(annotation)}"
        return self._rewrite(title, annotation, conflicts=annotation.conflicts[1:])

    def resolve_with_other(self, annotation_id: str) -> Change:
        """The next of the other versions takes the place of the one that is shown; if it was removed there, it goes."""
        annotation = self._annotations[annotation_id]
        other, *rest = annotation.conflicts
        if other is None:
            return self._remove(annotation)
        modified = timestamp_after(self._now(), annotation.modified, other.modified)
        after = replace(other, modified=modified, conflicts=tuple(rest))
        return self._change(f"take the other version of {_name(annotation)}", Edit(annotation, after))

    def resolve_with_both(self, annotation_id: str) -> Change:
        """Both notes, one below the other, and the tags of both; the label and passage that are shown stay."""
        annotation = self._annotations[annotation_id]
        other, *rest = annotation.conflicts
        if other is None:
            return self.resolve_with_current(annotation_id)
        notes = dict.fromkeys(note.strip("\n") for note in (annotation.note, other.note) if note.strip())
        return self._rewrite(
            f"join the versions of {_name(annotation)}",
            annotation,
            note="\n\n".join(notes),
            tags=tuple(dict.fromkeys((*annotation.tags, *other.tags))),
            conflicts=tuple(rest),
        )

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is something to redo."""
        return bool(self._undone)

    def undo(self) -> Change | None:
        """What takes back the last change; `None` if there is nothing to undo.

        What was changed elsewhere since then stays as it is: see `Change.left_alone`.
        """
        return self._turned(self._done[-1], undone=True) if self._done else None

    def redo(self) -> Change | None:
        """What does again the change undone last; `None` if there is nothing to redo."""
        return self._turned(self._undone[-1], undone=False) if self._undone else None

    # What did change

    def apply(self, change: Change) -> None:
        """Take in a change that is on the disk."""
        for annotation_id, annotation in change.result:
            self._put(annotation_id, annotation)
        if change.undone:
            self._done.pop()
            self._undone += [change] if change.edits else []
        elif self._undone and self._undone[-1].id == change.id:
            self._undone.pop()
            self._done += [change] if change.edits else []
        else:
            self._undone.clear()
            self._done.append(change)
        self._highest = max(self._highest, change.number)
        self.revision += 1

    def merge_remote(self, annotations: Mapping[str, Annotation | None], changes: Iterable[Change]) -> int:
        """Take in what was done elsewhere, as in another window: it is not undone here.

        Args:
            annotations: Annotations by their ids as they are now; `None` for one that is gone.
            changes: What was done there, and what was undone there of what was done here.

        Returns:
            How many annotations are not as they were.
        """
        news = {
            annotation_id: annotation
            for annotation_id, annotation in annotations.items()
            if self._annotations.get(annotation_id) != annotation
        }
        for annotation_id, annotation in news.items():
            self._put(annotation_id, annotation)
        known = {change.id: change for change in (*self._done, *self._undone)}
        turned = set()
        for change in changes:
            self._highest = max(self._highest, change.number)
            if change.id in known and known[change.id].undone != change.undone:
                turned.add(change.id)
        if turned:
            self._done = [change for change in self._done if change.id not in turned]
            self._undone = [change for change in self._undone if change.id not in turned]
        if news:
            self.revision += 1
        return len(news)

    # How it is done

    def _create(self, label: str, anchor: Anchor | None) -> Annotation:
        at = timestamp(self._now())
        return Annotation(id=self._new_id(), label=label, anchor=anchor, created=at, modified=at)

    def _change(self, title: str, *edits: Edit) -> Change:
        number = self._highest + 1
        at = timestamp_after(self._now(), *(edit.before.modified for edit in edits if edit.before))
        return Change(self._new_id(), number, title, at, edits, follows=self._last_number)

    @property
    def _last_number(self) -> int:
        return self._done[-1].number if self._done else 0

    def _rewrite(self, title: str, before: Annotation, **fields: Any) -> Change:
        return self._change(title, self._rewritten(before, **fields))

    def _rewritten(self, before: Annotation, **fields: Any) -> Edit:
        modified = timestamp_after(self._now(), before.modified)
        return Edit(before, replace(before, modified=modified, **fields))

    def _turned(self, change: Change, *, undone: bool) -> Change:
        """The change in its other direction, as far as what it made still stands. What comes back is modified now."""
        standing = [
            edit for edit in change.edits if self._stands(edit.after if undone else edit.before, edit.id)
        ]
        now = [self._annotations.get(edit.id) for edit in standing]
        at = timestamp_after(self._now(), change.at, *(one.modified for one in now if one))
        edits = tuple(
            Edit(_touched(edit.before, at), one) if undone else Edit(one, _touched(edit.after, at))
            for edit, one in zip(standing, now, strict=True)
        )
        skipped = len(change.edits) - len(edits)
        return replace(change, at=at, edits=edits, undone=undone, skipped=skipped)

    def _stands(self, left: Annotation | None, annotation_id: str) -> bool:
        """Whether an annotation still is as a change left it."""
        return _saying(self._annotations.get(annotation_id)) == _saying(left)

    def _put(self, annotation_id: str, annotation: Annotation | None) -> None:
        """Have an annotation in the place of what is there of it, if anything is."""
        self._dismiss(annotation_id)
        if annotation:
            insort(self._order, self._admit(annotation))
            self._sort_blocks_of(annotation_id)

    def _key(self, annotation: Annotation) -> _Key:
        placement = self._placements.get(annotation.id)
        start, end = (placement.start, placement.end) if placement else (-1, -1)
        return _Key(start, end, annotation.created, annotation.id)

    def _highlight(self, annotation_id: str) -> Highlight | None:
        placement = self._placements.get(annotation_id)
        if placement is None or not placement.found:
            return None
        return Highlight(placement.start, placement.end, self._annotations[annotation_id])

    def _blocks_of(self, placement: Placement) -> range:
        first = self.article.block_index(placement.start)
        return range(first, self.article.block_index(max(placement.start, placement.end - 1)) + 1)

    def _admit(self, annotation: Annotation) -> _Key:
        """Place an annotation; its key still has to go into the order."""
        self._annotations[annotation.id] = annotation
        if annotation.conflicts:
            self._undecided[annotation.id] = None
        if not annotation.anchor:
            return _Key(-1, -1, annotation.created, annotation.id)
        placement = self._placements[annotation.id] = self._locator.place(annotation.anchor)
        if placement.found:
            highlight = Highlight(placement.start, placement.end, annotation)
            for index in self._blocks_of(placement):
                self._blocks.setdefault(index, []).append(highlight)
        return _Key(placement.start, placement.end, annotation.created, annotation.id)

    def _sort_blocks_of(self, annotation_id: str) -> None:
        placement = self._placements.get(annotation_id)
        if placement and placement.found:
            for index in self._blocks_of(placement):
                self._blocks[index].sort(key=_age)

    def _dismiss(self, annotation_id: str) -> None:
        """Take an annotation out, if it is there."""
        annotation = self._annotations.get(annotation_id)
        if annotation is None:
            return
        del self._order[self.index(annotation_id)]
        placement = self._placements.pop(annotation_id, None)
        if placement and placement.found:
            for index in self._blocks_of(placement):
                kept = [one for one in self._blocks[index] if one.annotation.id != annotation_id]
                if kept:
                    self._blocks[index] = kept
                else:
                    del self._blocks[index]
        self._undecided.pop(annotation_id, None)
        del self._annotations[annotation_id]


def _touched(annotation: Annotation | None, at: str) -> Annotation | None:
    """An annotation as modified at a time, with all its versions: they are not those that were let go of before."""
    if annotation is None:
        return None
    conflicts = tuple(_touched(other, at) for other in annotation.conflicts)
    return replace(annotation, modified=at, conflicts=conflicts)


def _saying(annotation: Annotation | None) -> tuple[object, ...] | None:
    """What an annotation says to its reader, whenever it was written."""
    if annotation is None:
        return None
    conflicts = tuple(map(_saying, annotation.conflicts))
    return annotation.label, annotation.anchor, annotation.note, annotation.tags, conflicts


def _name(annotation: Annotation) -> str:
    return _quoted(annotation.anchor.exact if annotation.anchor else annotation.note)


def _redoable(history: Iterable[Change], last: int) -> list[Change]:
    """The undone changes that can be done again after the one numbered `last`, the next one at the end."""
    following = {change.follows: change for change in history if change.undone and change.number > last}
    found: list[Change] = []
    while change := following.pop(found[-1].number if found else last, None):
        found.append(change)
    return found[::-1]


def _age(highlight: Highlight) -> tuple[str, str]:
    return highlight.annotation.created, highlight.annotation.id


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= _SHOWN_QUOTE else line[: _SHOWN_QUOTE - 1].rstrip() + '…'}”"
