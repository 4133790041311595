"""How labels are shown: their names, marks and colours by id, an unknown one by what is known of it."""

from typing import Final

from pactreader.core.annotation import LABELS, Label
from pactreader.core.printable import printable_line

_BY_ID: Final = {label.id: label for label in LABELS}


def label_of(label_id: str) -> Label:
    """The label with an id; a plain one for an id that is not known (from a later version, or another program)."""
    return _BY_ID.get(label_id) or Label(label_id, "", printable_line(label_id) or "Note", "-", "")


def colour_of(label_id: str) -> str:
    """The name of a label's colour."""
    return label_of(label_id).colour


def mark_of(label_id: str) -> str:
    """A label's mark."""
    return label_of(label_id).mark
