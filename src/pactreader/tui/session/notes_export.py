"""The export of the open article's notebook to a file, or into a copy of its PDF."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pactreader.core.errors import PactReaderError
from pactreader.core.wording import pluralise

if TYPE_CHECKING:
    from pactreader.formats.pdf_copy import PdfCopy
    from pactreader.tui.session.reading_session import ReadingSession

COPIES: Final = "copy"
"""The group of the workers that write copies of PDFs."""


def proposed_path(title: str) -> Path:
    """Return the proposed path for an export of the article with this title: a file in the working directory."""
    from pactreader.formats.writers import DEFAULT_WRITER, export_name

    return Path(export_name(title, DEFAULT_WRITER.suffix))


def export_notebook(
    session: "ReadingSession", typed: str, *, only: Collection[str] = (), replace: bool
) -> int:
    """Write the session's notebook to a Markdown file atomically, and return the number of annotations.

    Annotations that are still pending are placed first.

    Args:
        session: The reading session.
        typed: The path as the user typed it.
        only: The ids of the annotations to write; empty for all.
        replace: True if an existing file may be replaced.

    Raises:
        FileExistsError: There is a file of that name, which may not be replaced.
        PactReaderError: The file cannot be written, or passages are still being looked for.
    """
    from pactreader.core.notebooks.placed_annotations import PlacedAnnotations
    from pactreader.formats.writers import DEFAULT_WRITER

    _check_placed(session)
    markdown = DEFAULT_WRITER.write(
        PlacedAnnotations.of(session.notebook),
        article_id=session.entry.id,
        exported=datetime.now(UTC),
        only=only,
    )
    _write(_checked_path(typed, session, replace=replace), markdown.encode(), session)
    return len(only) or len(session.notebook)


def can_copy(session: "ReadingSession") -> bool:
    """Return whether the open article is a PDF, of which there can be a copy with the annotations in it."""
    from pactreader.formats.pdf_copy import is_pdf

    return is_pdf(session.notebook.article.reader)


def is_copy_name(typed: str) -> bool:
    """Return whether a path that the user typed is that of a copy of a PDF."""
    from pactreader.formats.writers import PDF_SUFFIX

    return typed.lower().endswith(PDF_SUFFIX)


def copy_for(
    session: "ReadingSession", typed: str, *, only: Collection[str] = (), replace: bool
) -> Callable[[], "PdfCopy"]:
    """Return a function that writes the session's notebook into a copy of its PDF atomically, which may take seconds.

    It can be called in a thread: it takes the notebook as it is now. The arguments and errors are those of
    `export_notebook`; the function raises a PactReaderError if the copy cannot be made or written.
    """
    from pactreader.core.notebooks.placed_annotations import PlacedAnnotations
    from pactreader.formats.pdf_copy import NotesToCopy, copy_pdf, earlier_copy
    from pactreader.formats.sources import load_again
    from pactreader.formats.writers import PDF_SUFFIX

    article = session.notebook.article
    if not can_copy(session):
        raise PactReaderError(
            "Only a PDF can be copied with annotations in it, but this article is none.",
            f"A name that does not end in {PDF_SUFFIX} makes it Markdown.",
        )
    _check_placed(session)
    path = _checked_path(typed, session, replace=replace)
    if not path.parent.is_dir():
        raise PactReaderError("There is no such directory.", "Try another place.")
    notes = NotesToCopy.of(PlacedAnnotations.of(session.notebook), only)

    def write() -> "PdfCopy":
        copy = copy_pdf(notes, load_again(article), earlier=earlier_copy(path))
        _write(path, copy.content, session)
        return copy

    return write


def _check_placed(session: "ReadingSession") -> None:
    """Check that the article is whole, and that the passages of all annotations were looked for.

    Raises:
        PactReaderError: It is still being read, or they are still being looked for.
    """
    if session.notebook.article.rest:
        raise PactReaderError("The article is not read to its end yet.", "enter tries again.")
    if pending := len(session.notebook.pending):
        raise PactReaderError(
            f"The passages of {pluralise(pending, 'highlight')} are still being looked for.",
            "enter tries again.",
        )


def _checked_path(typed: str, session: "ReadingSession", *, replace: bool) -> Path:
    """Return the path that the user typed.

    Raises:
        FileExistsError: There is a file of that name, which may not be replaced.
        PactReaderError: It is none of a file, or of the file of the open article.
    """
    from pactreader.formats.writers.own_file import refuse_own_file

    with _told():
        path = Path(typed).expanduser()
        if path.is_dir():
            raise PactReaderError("That is a directory.", "A file in it needs a name.")
        refuse_own_file(session.notebook.article, path)
        is_new = not path.exists()
    if replace or is_new:
        return path
    raise FileExistsError(typed)


def _write(path: Path, content: bytes, session: "ReadingSession") -> None:
    """Write a file atomically.

    Raises:
        PactReaderError: It cannot be written.
    """
    from pactreader.storage.journal.atomic_write import atomic_write

    with _told():
        atomic_write(path, content, mode=session.paths.mode_for(path))


@contextmanager
def _told() -> Iterator[None]:
    """Translate the errors of a block that has to do with the user's path."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # RuntimeError: a home directory that nobody has
        why = getattr(error, "strerror", None) or str(error)
        raise PactReaderError(f"It could not be written: {why}.", "Try another place.") from error
