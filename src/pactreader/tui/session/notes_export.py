"""The export of the open article's notebook to a file."""

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pactreader.core.errors import PactReaderError
from pactreader.core.wording import pluralise

if TYPE_CHECKING:
    from pactreader.tui.session.reading_session import ReadingSession


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
    from pactreader.formats.writers import DEFAULT_WRITER
    from pactreader.storage.journal.atomic_write import atomic_write

    notebook = session.notebook
    if notebook.article.rest:
        raise PactReaderError("The article is still being read.", "enter tries again.")
    if notebook.pending:
        raise PactReaderError(
            f"The passages of {pluralise(len(notebook.pending), 'highlight')} are still being looked for.",
            "enter tries again.",
        )
    markdown = DEFAULT_WRITER.write(
        notebook, article_id=session.entry.id, exported=datetime.now(UTC), only=only
    )
    try:
        path = Path(typed).expanduser()
        if path.is_dir():
            raise PactReaderError("That is a directory.", "A file in it needs a name.")
        if replace or not path.exists():
            atomic_write(path, markdown.encode(), mode=session.paths.mode_for(path))
            return len(only) or len(notebook)
    except (OSError, RuntimeError) as error:  # RuntimeError: a home directory that nobody has
        why = getattr(error, "strerror", None) or str(error)
        raise PactReaderError(f"It could not be written: {why}.", "Try another place.") from error
    raise FileExistsError(typed)
