"""What came of bringing another copy of the library into this one."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pactreader.core.changes import Change, Edit
from pactreader.core.wording import pluralise
from pactreader.storage.schema.record_identity import identity
from pactreader.storage.schema.records import ANNOTATION, read_annotation


class MergeResult(NamedTuple):
    """What a merge did."""

    notice: str = ""
    """What is to be said of the copy: that it was damaged, and how much of it could be read."""
    articles: int = 0
    """How many are new."""
    changes: Mapping[str, Change] = {}
    """What was done to annotations, and what undoes it, by the ids of the articles."""

    @property
    def edits(self) -> list[Edit]:
        """What was done to each annotation."""
        return [edit for change in self.changes.values() for edit in change.edits]

    @property
    def conflicted(self) -> int:
        """How many annotations were changed on both sides: both versions stay until the reader chooses."""
        return sum(edit.adds_conflict for edit in self.edits)

    @property
    def in_words(self) -> str:
        """What was done, in a sentence or two."""
        edits = self.edits
        added = sum(edit.before is None for edit in edits)
        removed = sum(edit.after is None for edit in edits)
        changed = len(edits) - added - removed - self.conflicted
        parts = [
            pluralise(self.articles, "new article") if self.articles else "",
            pluralise(added, "new annotation") if added else "",
            f"{pluralise(changed, 'annotation')} with a newer version" if changed else "",
            f"{pluralise(removed, 'annotation')} removed there" if removed else "",
            f"{pluralise(self.conflicted, 'annotation')} with two versions" if self.conflicted else "",
        ]
        what = ", ".join(filter(None, parts))
        choose = " Their cards show both until you choose." if self.conflicted else ""
        return f"{what}.{choose}" if what else "It had nothing that was not here already."


def edits_of(ours: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, list[Edit]]:
    """What records that are written among ours do to the annotations, by the ids of the articles."""
    edits: dict[str, list[Edit]] = {}
    for key, record in written.items():
        found = identity(record)
        if found and found[0] == ANNOTATION and isinstance(record.get("article"), str):
            edit = Edit(read_annotation(ours.get(key)), read_annotation(record))
            if edit.before != edit.after:
                edits.setdefault(record["article"], []).append(edit)
    return edits
