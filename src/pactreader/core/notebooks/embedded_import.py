"""The import of the annotations that other programs made in the file of an article."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pactreader.core.annotation import Annotation
from pactreader.core.article import Passage
from pactreader.core.embedded_annotations import EmbeddedAnnotation, EmbeddedKind
from pactreader.core.label_colours import label_for_colour
from pactreader.core.notebooks.changes import Change, derived_id
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.wording import pluralise

_COLOURS: Final = {EmbeddedKind.STRIKE_OUT: "#ff0000", EmbeddedKind.SQUIGGLY: "#0000ff"}
"""The colours as which the marks are taken that mean something whatever their colour is: by the default labels a passage
that was struck out is a doubt, and one with a wavy line a question. Programs draw both in red unless told otherwise."""


@dataclass(frozen=True, slots=True)
class EmbeddedImport:
    """The annotations of other programs that a notebook has not taken in yet."""

    new: Sequence[EmbeddedAnnotation]

    @property
    def summary(self) -> str:
        """Their number: `12 highlights and 3 notes`."""
        notes = sum(each.kind is EmbeddedKind.NOTE or each.end <= each.start for each in self.new)
        counts = (len(self.new) - notes, "highlight"), (notes, "note")
        return " and ".join(pluralise(count, noun) for count, noun in counts if count)

    def change(self, notebook: Notebook, is_used: Callable[[str], bool]) -> Change:
        """Return the change that adds them.

        The text of the article and the keys give the ids of the annotations. So they are the same on every computer, and a
        merge joins what was taken in on two of them: the id of the article may be that of its file, or of another text.

        Args:
            notebook: The notebook, all of whose annotations are placed.
            is_used: A function that returns whether a record has an id, as when the article was split, or deleted.
        """
        annotations = []
        for each in self.new:
            own_id = derived_id(f"{notebook.article.text_hash} {each.key}")
            own_id = notebook.new_annotation_id() if is_used(own_id) else own_id
            annotations.append(_annotation(each, notebook, own_id))
        return notebook.add_all(annotations, f"take in {self.summary} from the file")


def find_new(
    embedded: Iterable[EmbeddedAnnotation], notebook: Notebook, known: Collection[str]
) -> EmbeddedImport:
    """Return the annotations of a file that are to be taken in.

    Args:
        embedded: The annotations in the file.
        notebook: The notebook. What it has already, made by the user or taken in from a copy of the file, is left out.
        known: The keys of what was ever taken in, also if the user has removed it since.
    """
    by_key = {each.key: each for each in embedded}
    by_content = {
        (each.kind, each.start, each.end, each.note, each.author, each.place): each
        for each in by_key.values()
        if each.key not in known and not _is_present(each, notebook)
    }
    return EmbeddedImport(tuple(by_content.values()))


def _is_present(embedded: EmbeddedAnnotation, notebook: Notebook) -> bool:
    """Return whether a notebook has an annotation at the same place that says at least the same."""
    if passage := _passage(embedded, notebook):
        at_passage = [
            each.annotation
            for each in notebook.highlights_in_block(notebook.article.block_index(passage.start))
            if (each.start, each.end) == passage
        ]
        return any(embedded.note in each.note for each in at_passage)
    note = _note(embedded, None)
    return any(each.note == note for each in notebook if each.anchor is None)


def _annotation(embedded: EmbeddedAnnotation, notebook: Notebook, own_id: str) -> Annotation:
    passage = _passage(embedded, notebook)
    colour = _COLOURS.get(embedded.kind, embedded.colour)
    return Annotation(
        own_id,
        label_for_colour(notebook.labels, colour) if passage else "",
        notebook.describe(passage) if passage else None,
        _note(embedded, passage),
        created=embedded.created,
        modified=embedded.modified,
        author=embedded.author,
        origin=embedded.key,
    )


def _passage(embedded: EmbeddedAnnotation, notebook: Notebook) -> Passage | None:
    start, end = embedded.start, embedded.end
    return Passage(start, end) if 0 <= start < end <= len(notebook.article.text) else None


def _note(embedded: EmbeddedAnnotation, passage: Passage | None) -> str:
    """Return the note; that on the whole article begins with the page on which it was made."""
    return embedded.note if passage or not embedded.place else f"{embedded.place}: {embedded.note}"
