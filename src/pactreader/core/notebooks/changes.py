"""Changes to a notebook, and their history for undo and redo."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Final, NamedTuple

from pactreader.core.annotation import Annotation

_ID_LETTERS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""The digits of Crockford's base 32, which has no letters that look like digits."""
_ID_LENGTH: Final = 8
"""The length of ids, for 40 bits: of two notebooks of 10,000 annotations, one pair in 10,000 shares an id."""
_DERIVED_LENGTH: Final = 12
"""The length of ids that are derived from a text, for 60 bits."""


def new_id() -> str:
    """Return a random id for an annotation or a change, unique for all practical purposes."""
    from secrets import choice

    return "".join(choice(_ID_LETTERS) for _ in range(_ID_LENGTH))


def derived_id(text: str) -> str:
    """Return the id that a text gives: the same one on every computer."""
    from hashlib import sha256

    digest = sha256(text.encode("utf-8", "surrogatepass")).digest()
    return "".join(_ID_LETTERS[byte % len(_ID_LETTERS)] for byte in digest[:_DERIVED_LENGTH])


class Edit(NamedTuple):
    """One annotation before and after a change; `None` where it does not exist."""

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
        """True if the annotation has more conflicts after the change than before."""
        before = self.before.conflicts if self.before else ()
        return self.after is not None and len(self.after.conflicts) > len(before)


class Change(NamedTuple):
    """One action of the user, as edits of annotations that can be undone."""

    id: str
    number: int
    """Its number in the notebook's history, from 1."""
    title: str
    """A phrase to show after "Undone: " or "Redone: ": `highlight “Seoul has warned…” as Evidence`."""
    at: str
    """Time of the change: UTC, ISO 8601."""
    edits: tuple[Edit, ...]
    undone: bool = False
    follows: int = 0
    """The number of the last change at the time, which it was made on top of; 0 for the first one. Changes that were
    undone at the time can no longer be redone."""
    skipped: int = 0
    """The number of annotations that an undo or redo does not revert, as they were edited elsewhere since. There are no
    edits for them."""

    @property
    def result(self) -> Iterator[tuple[str, Annotation | None]]:
        """The annotations by id as they are after this change; `None` for a removed one."""
        return ((edit.id, edit.before if self.undone else edit.after) for edit in self.edits)


class ChangeHistory:
    """The changes of one notebook, as a stack to undo and a stack to redo."""

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        """Create a history from changes in any order. Those without edits are ignored."""
        ordered = sorted((change for change in changes if change.edits), key=attrgetter("number", "at", "id"))
        self._highest_number = ordered[-1].number if ordered else 0
        self._done = [change for change in ordered if not change.undone]
        self._undone = _redo_stack(ordered, self.last_number)

    @property
    def next_number(self) -> int:
        """The number for the next change, greater than all known ones, also of changes made elsewhere."""
        return self._highest_number + 1

    @property
    def last_number(self) -> int:
        """The number of the change that would be undone next; 0 if there is none."""
        return self._done[-1].number if self._done else 0

    @property
    def next_to_undo(self) -> Change | None:
        """The last change that is not undone."""
        return self._done[-1] if self._done else None

    @property
    def next_to_redo(self) -> Change | None:
        """The change undone last, unless another one was made since."""
        return self._undone[-1] if self._undone else None

    def __iter__(self) -> Iterator[Change]:
        return iter((*self._done, *self._undone))

    def replace(self, changes: Iterable[Change]) -> None:
        """Replace changes by others with their ids, which do the same."""
        by_id = {change.id: change for change in changes}
        self._done = [by_id.get(change.id, change) for change in self._done]
        self._undone = [by_id.get(change.id, change) for change in self._undone]

    def done_newest_first(self) -> Iterator[Change]:
        """Iterate over the changes that are not undone, the newest first."""
        return iter(self._done[::-1])

    def record(self, change: Change) -> None:
        """Record an applied change: a new one, or the next one to undo or redo.

        An undo or redo that skipped all of its annotations has no edits, and is not kept.
        """
        if change.undone:
            self._done.pop()
            self._undone += [change] if change.edits else []
        elif self._undone and self._undone[-1].id == change.id:
            self._undone.pop()
            self._done += [change] if change.edits else []
        else:
            self._undone.clear()
            self._done.append(change)
        self._highest_number = max(self._highest_number, change.number)

    def merge_remote(self, changes: Iterable[Change]) -> None:
        """Update the history for changes made elsewhere, which cannot be undone here.

        A change of this history that was undone or redone elsewhere is dropped, as it cannot be undone or redone here.
        """
        undone_here = {change.id: change.undone for change in (*self._done, *self._undone)}
        reverted = set()
        for change in changes:
            self._highest_number = max(self._highest_number, change.number)
            if undone_here.get(change.id, change.undone) != change.undone:
                reverted.add(change.id)
        self._done = [change for change in self._done if change.id not in reverted]
        self._undone = [change for change in self._undone if change.id not in reverted]


def _redo_stack(changes: Iterable[Change], last_number: int) -> list[Change]:
    """Return the undone changes that can be redone after the one numbered `last_number`, the next one last.

    Each must follow the one before it. With 1 done and 2 (follows 1), 3 (follows 2), 4 (follows 1) undone, the result
    is [4]: making 4 on top of 1 gave up the redo of 2 and 3.
    """
    following = {
        change.follows: change for change in changes if change.undone and change.number > last_number
    }
    stack: list[Change] = []
    while change := following.pop(stack[-1].number if stack else last_number, None):
        stack.append(change)
    return stack[::-1]
