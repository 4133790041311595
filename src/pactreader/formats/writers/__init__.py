"""The export formats, one row each. The module of a writer is imported when it writes."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pactreader.core.printable_text import printable_line

if TYPE_CHECKING:
    from pactreader.core.notebooks.notebook import Notebook

_LONGEST_SLUG: Final = 60
"""Characters of a title in a file's name: at four bytes each, well below the 255 that file systems take."""


class Writer(NamedTuple):
    """A row: one export format."""

    name: str
    """As `pactreader export --format` takes it."""
    suffix: str
    """The end of a file's name: `.md`."""
    media_type: str
    entry_point: str
    """The function that `write` calls: `package.module:function`."""

    def write(
        self,
        notebook: "Notebook",
        *,
        article_id: str,
        exported: datetime,
        plain: bool = False,
        only: Collection[str] = (),
    ) -> str:
        """Return the annotations of an article as a document.

        Args:
            notebook: The annotations.
            article_id: The article's id in the library.
            exported: The time of the export.
            plain: True to leave out what is for programs: comments and ids.
            only: The ids of the annotations to write; none for all.
        """
        from pkgutil import resolve_name

        function: Any = resolve_name(self.entry_point)
        document: str = function(notebook, article_id=article_id, exported=exported, plain=plain, only=only)
        return document


WRITERS: Final[Mapping[str, Writer]] = {
    writer.name: writer
    for writer in (
        Writer(
            "markdown", ".md", "text/markdown", "pactreader.formats.writers.markdown_writer:write_markdown"
        ),
    )
}
"""The formats by name, the default first."""
DEFAULT_WRITER: Final = next(iter(WRITERS.values()))


def export_name(title: str, suffix: str = DEFAULT_WRITER.suffix) -> str:
    """Return a file name for an export: letters, digits and hyphens, whatever the title is.

    Args:
        title: The article's title.
        suffix: The end of the name, from the format's row.

    Example:
        `export_name("The Same: Title?", ".md")` gives `the-same-title-notes.md`.
    """
    slug = re.sub(r"\W+", "-", printable_line(title)).lower().strip("-")
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return f"{slug or 'article'}-notes{suffix}"
