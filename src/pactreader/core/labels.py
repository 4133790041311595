"""The labels of highlights. There are five by default; the user can change them and add others."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pactreader.core.printable_text import printable_line

COLOURS: Final = ("yellow", "green", "blue", "red", "magenta", "orange")
"""The names of the colours that every theme defines."""
UNKNOWN_MARK: Final = "-"
"""The mark of unknown labels."""


class Label(NamedTuple):
    """A label of highlights, such as "Doubt", with its key, mark and colour."""

    id: str
    key: str
    """The key's name in Textual; empty for none."""
    name: str
    mark: str
    """One ASCII character for the gutter and the cards, so that nothing depends on colour or a font."""
    colour: str
    """One of `COLOURS`, or `#rrggbb`; empty for no colour."""


class Labels:
    """The configured labels by id, in the user's order."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._by_id = {label.id: label for label in labels}

    def __iter__(self) -> Iterator[Label]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Labels) and tuple(self) == tuple(other)

    def __repr__(self) -> str:
        return f"Labels({tuple(self)!r})"

    def __hash__(self) -> int:
        return hash(tuple(self))

    def get(self, label_id: str) -> Label:
        """Return the label with an id; for an unknown id, a label without colour that is named by the id."""
        return self._by_id.get(label_id) or Label(
            label_id, "", printable_line(label_id) or "Note", UNKNOWN_MARK, ""
        )

    def name(self, label_id: str) -> str:
        """Return the name of the label with an id."""
        return self.get(label_id).name


LABELS: Final = Labels(
    (
        Label("key-point", "1", "Key point", "*", "yellow"),
        Label("evidence", "2", "Evidence", "+", "green"),
        Label("question", "3", "Question", "?", "blue"),
        Label("doubt", "4", "Doubt", "!", "red"),
        Label("term", "5", "Term", "=", "magenta"),
    )
)
"""The default labels."""
