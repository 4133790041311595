"""Copies of PDFs with the annotations of their articles in them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from itertools import chain
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from pactreader.core.annotation import Annotation
from pactreader.core.article import Article, Passage
from pactreader.core.embedded_annotations import EmbeddedAnnotation
from pactreader.core.errors import PactReaderError
from pactreader.core.labels import Labels
from pactreader.core.notebooks.placed_annotations import PlacedAnnotations
from pactreader.core.printable_text import printable, printable_line
from pactreader.core.wording import pluralise
from pactreader.formats.article_formats import PDF
from pactreader.formats.content import Content
from pactreader.formats.origin import Origin
from pactreader.formats.readers.pdf.annotations.own_annotations import is_own_name, own_name
from pactreader.formats.readers.pdf.process.messages import PagePlaces
from pactreader.formats.readers.pdf.process.passage_reader import read_passage_places
from pactreader.formats.readers.pdf_reader import read_pdf

if TYPE_CHECKING:
    from pactreader.formats.writers.pdf.annotation_objects import PdfAnnotation
    from pactreader.formats.writers.pdf_writer import PdfFile

_AUTHOR: Final = "PactReader"
"""The author of the user's own annotations: their name is not known."""
_WHOLE_ARTICLE: Final = (0, ())
"""The place of notes on the whole article: the first page, without a rectangle."""


class PdfCopy(NamedTuple):
    """A copy of a PDF with annotations."""

    content: bytes
    written: int
    """The number of annotations in it."""
    left_out: int
    """The number of those that are not, as their passages are lost, doubtful, or on no page."""

    @property
    def left_out_sentence(self) -> str:
        """The sentence that says how many are left out."""
        are = "is" if self.left_out == 1 else "are"
        return f"{pluralise(self.left_out, 'highlight')} {are} left out: not found in the text, or not for certain."


def is_pdf(reader: str) -> bool:
    """Return whether the reader of an article, as `Article.reader`, is that of PDFs."""
    return reader.rpartition(" ")[0] == PDF.name


def check_installed() -> None:
    """Check that what copies are written with is installed.

    Raises:
        PactReaderError: It is not.
    """
    if find_spec("pypdf") is None:
        raise PactReaderError(
            "The writer of PDF is not installed.", "Install it with `pip install 'pactreader[pdf]'`."
        )


class NotesToCopy(NamedTuple):
    """Annotations with their passages, as they were when a copy was asked for."""

    article: Article
    labels: Labels
    annotations: Sequence[Annotation]
    passages: Mapping[str, Passage]
    """The passages of those that are found in the text for certain, by id."""

    @classmethod
    def of(cls, placed: PlacedAnnotations, only: Collection[str] = ()) -> Self:
        """Return those of an article.

        Args:
            placed: The annotations.
            only: The ids of those to write; empty for all.
        """
        chosen = [each for each in placed.annotations if not only or each.annotation.id in only]
        passages = {
            annotation.id: Passage(placement.start, placement.end)
            for annotation, placement in chosen
            if placement and placement.found
        }
        return cls(placed.article, placed.labels, [each.annotation for each in chosen], passages)


def earlier_copy(path: Path) -> bytes:
    """Return the file that a copy replaces; empty if there is none, or none that can be read and added to."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def copy_pdf(notes: NotesToCopy, content: Content, *, earlier: bytes = b"") -> PdfCopy:
    """Write annotations into a copy of the file of their article. This may take seconds.

    Args:
        notes: The annotations.
        content: The content of the file.
        earlier: The file that the copy replaces, from `earlier_copy`; empty if there is none. If it is an earlier copy that others have
            annotated since, the new copy has their annotations too.

    Raises:
        PactReaderError: It is no PDF, or is damaged, encrypted, signed, or changed since the article was read; or pypdf
            is not installed.
    """
    unpacked = content.unpacked()
    name = _name(unpacked)
    if (found := unpacked.find_format()) is not PDF:
        raise PactReaderError(
            f"Only a PDF can be copied with annotations in it, but the format of {name} is {found.name}.",
            "Export it as Markdown.",
        )
    check_installed()
    if notes.article.rest:
        raise PactReaderError(f"{name} is still being read.", "Try again when all of it is there.")
    base = _base(notes, unpacked, earlier)
    written = [one for one in notes.annotations if one.anchor is None or base.places.get(one.id)]
    annotations = chain.from_iterable(
        _parts(one, notes.labels, base.places.get(one.id) or (_WHOLE_ARTICLE,))
        for one in written
        if not _is_there(one, base.embedded.get(one.origin))
    )
    left_out = len(notes.annotations) - len(written)
    return PdfCopy(base.file.with_annotations(list(annotations)), len(written), left_out)


class _Base(NamedTuple):
    """The file that is copied."""

    file: "PdfFile"
    places: Mapping[str, PagePlaces]
    """The pages of the passages with the rectangles on them, by the ids of the annotations."""
    embedded: Mapping[str, EmbeddedAnnotation]
    """The annotations of other programs in it, by their keys."""


def _base(notes: NotesToCopy, content: Content, earlier: bytes) -> _Base:
    """Return the file that is copied: the earlier copy if that has more than the article's own file, and the same text.

    Raises:
        PactReaderError: Nothing can be added to the article's file, or it has changed.
    """
    from pactreader.formats.writers.pdf.incremental_update import is_only_updated
    from pactreader.formats.writers.pdf_writer import PdfFile

    name = _name(content)
    file = PdfFile(content.data, name, is_own_name)
    places = _places(notes, content.data, content.origin, file)
    if places is None:
        raise PactReaderError(
            f"{name} has changed since its text was read.", "Open it anew, and export then."
        )
    if earlier and not is_only_updated(earlier, content.data):
        with suppress(PactReaderError):  # nothing that could be added to
            file_there = PdfFile(earlier, name, is_own_name)
            places_there = _places(notes, earlier, content.origin, file_there) if file_there.has_own else None
            if places_there is not None:
                return _Base(file_there, places_there, _by_key(read_pdf(earlier, content.origin)))
    return _Base(file, places, _by_key(notes.article))


def _by_key(article: Article) -> dict[str, EmbeddedAnnotation]:
    return {each.key: each for each in article.embedded}


def _is_there(one: Annotation, embedded: EmbeddedAnnotation | None) -> bool:
    """Return whether an annotation is in the file already, as it was taken in from there and not changed since."""
    return embedded is not None and one.modified == (embedded.modified or embedded.created or one.created)


def _name(content: Content) -> str:
    """Return the name of a file for messages, without the directory."""
    return printable_line(PurePath(content.file_name).name) or content.origin.name


def _places(notes: NotesToCopy, data: bytes, origin: Origin, file: "PdfFile") -> dict[str, PagePlaces] | None:
    """Return the places of the passages by the ids of the annotations; `None` if the file has another text.

    Raises:
        PactReaderError: It cannot be read.
    """
    found, pages = read_passage_places(data, origin, tuple(notes.passages.values()))
    if found.text_hash != notes.article.text_hash or pages != file.pages:
        return None
    return dict(zip(notes.passages, found.quads, strict=True))


def _parts(one: Annotation, labels: Labels, places: PagePlaces) -> Iterator["PdfAnnotation"]:
    """Yield an annotation as those of a PDF: one a page, of which the first has the note."""
    from pactreader.formats.writers.pdf.annotation_objects import PdfAnnotation
    from pactreader.formats.writers.pdf.colours import paper_colour

    label = labels.get(one.label) if one.label else None
    subject = printable_line(label.name) if label else ""
    last_line = " · ".join(filter(None, (subject, " ".join(f"#{tag}" for tag in one.tags))))
    for part, (page, rectangles) in enumerate(places):
        note = "" if part else one.note.strip("\n")
        yield PdfAnnotation(
            name=own_name(one.id, part),
            page=page,
            rectangles=rectangles,
            colour=paper_colour(label.colour if label else ""),
            text=printable("\n\n".join(filter(None, (note, last_line)))),
            subject=subject,
            author=one.author or _AUTHOR,
            created=one.created,
            modified=one.modified,
        )
