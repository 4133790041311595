"""The table of export formats. The module of a writer is imported when it is used."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from pactreader.core.printable_text import printable_line

if TYPE_CHECKING:
    from pactreader.core.notebooks.notebook import Notebook

_MAX_SLUG: Final = 60
"""The greatest length of a title in a file name in characters: up to 240 bytes of the 255 that file systems allow."""


class WriteFunction(Protocol):
    """The function of a writer's module."""

    def __call__(
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
            plain: True to leave out comments and ids, which are for programs.
            only: The ids of the annotations to write; empty for all.
        """


class Writer(NamedTuple):
    """An export format."""

    name: str
    """The name for `pactreader export --format`."""
    suffix: str
    """The suffix of file names: `.md`."""
    separator: str
    """The text between the documents of two articles that go to one output."""
    import_function: Callable[[], WriteFunction]
    """A function that imports and returns the writer, so that only writers in use are imported."""

    @property
    def write(self) -> WriteFunction:
        """The function that writes the format."""
        return self.import_function()


def _import_markdown_writer() -> WriteFunction:
    from pactreader.formats.writers.markdown_writer import write_markdown

    return write_markdown


WRITERS: Final[Mapping[str, Writer]] = {
    writer.name: writer for writer in (Writer("markdown", ".md", "\n", _import_markdown_writer),)
}
"""The formats by name, the default first."""
DEFAULT_WRITER: Final = next(iter(WRITERS.values()))


def export_name(title: str, suffix: str = DEFAULT_WRITER.suffix) -> str:
    """Return a file name for an export, of letters, digits and hyphens.

    Args:
        title: The article's title.
        suffix: The suffix, that of the format.

    Example:
        `export_name("The Same: Title?", ".md")` gives `the-same-title-notes.md`.
    """
    slug = re.sub(r"\W+", "-", printable_line(title)).lower().strip("-")
    if len(slug) > _MAX_SLUG:
        slug = slug[: _MAX_SLUG + 1].rpartition("-")[0] or slug[:_MAX_SLUG]
    return f"{slug or 'article'}-notes{suffix}"
