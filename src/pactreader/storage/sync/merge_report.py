"""The report of a merge: its edits, and a summary of them for the user."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pactreader.core.notebooks.changes import Change, Edit
from pactreader.core.wording import pluralise
from pactreader.storage.schema.record_identity import identity
from pactreader.storage.schema.records import ANNOTATION, read_annotation


class MergeResult(NamedTuple):
    """The result of a merge."""

    notice: str = ""
    """A sentence for the user about damage of the copy; empty if it was whole."""
    articles: int = 0
    """The number of new articles."""
    changes: Mapping[str, Change] = {}
    """The change to each notebook, by the id of the article. The user can undo it."""

    @property
    def edits(self) -> list[Edit]:
        """The edits of all annotations."""
        return [edit for change in self.changes.values() for edit in change.edits]

    @property
    def conflicted(self) -> int:
        """The number of annotations with a new conflict."""
        return sum(edit.adds_conflict for edit in self.edits)

    @property
    def summary(self) -> str:
        """One or two sentences for the user: `1 new annotation, 1 annotation with two versions. Their cards …`."""
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
        counts = ", ".join(filter(None, parts))
        choose = " Their cards show both until you choose." if self.conflicted else ""
        return f"{counts}.{choose}" if counts else "It had nothing that was not here already."


def edits_of(ours: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, list[Edit]]:
    """Return the edits of annotations that result from writing records, by the id of the article.

    Args:
        ours: The records in the file, by their keys.
        written: The records to be written, by their keys.
    """
    edits: dict[str, list[Edit]] = {}
    for key, record in written.items():
        found = identity(record)
        if found and found[0] == ANNOTATION and isinstance(record.get("article"), str):
            edit = Edit(read_annotation(ours.get(key)), read_annotation(record))
            if edit.before != edit.after:
                edits.setdefault(record["article"], []).append(edit)
    return edits
