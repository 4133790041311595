"""The table of export formats that are documents. The module of a writer is imported when it is used."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from pactreader.core.printable_text import printable_line

if TYPE_CHECKING:
    from pactreader.core.notebooks.placed_annotations import PlacedAnnotations

_MAX_SLUG: Final = 60
"""The greatest length of a title in a file name in characters: up to 240 bytes of the 255 that file systems allow."""


class ExportedArticle(NamedTuple):
    """An article whose annotations are exported."""

    placed: "PlacedAnnotations"
    """The annotations."""
    article_id: str
    """The article's id in the library."""


class WriteFunction(Protocol):
    """The function of a writer's module."""

    def __call__(
        self,
        placed: "PlacedAnnotations",
        *,
        article_id: str,
        exported: datetime,
        plain: bool = False,
        only: Collection[str] = (),
    ) -> str:
        """Return the annotations of an article as a document.

        Args:
            placed: The annotations.
            article_id: The article's id in the library.
            exported: The time of the export.
            plain: True to leave out comments, ids and directories, which are for programs.
            only: The ids of the annotations to write; empty for all.
        """


class WriteCollectionFunction(Protocol):
    """The function of a writer's module for several articles."""

    def __call__(
        self, articles: Iterable[ExportedArticle], count: int, *, exported: datetime, plain: bool = False
    ) -> Iterator[str]:
        """Yield the parts of one document with the annotations of several articles, so that an article can be dropped
        when it is written. The arguments are those of `WriteFunction`.
        """


class WriterFunctions(NamedTuple):
    """The functions of a writer's module."""

    write: WriteFunction
    write_collection: WriteCollectionFunction


class Writer(NamedTuple):
    """An export format."""

    name: str
    """The name for `pactreader export --format`."""
    suffix: str
    """The suffix of file names: `.md`."""
    import_functions: Callable[[], WriterFunctions]
    """A function that imports the writer, so that only writers in use are imported, and returns its functions."""

    @property
    def write(self) -> WriteFunction:
        """The function that writes the annotations of one article."""
        return self.import_functions().write

    @property
    def write_collection(self) -> WriteCollectionFunction:
        """The function that writes the annotations of several articles as one document."""
        return self.import_functions().write_collection


def _import_markdown_writer() -> WriterFunctions:
    from pactreader.formats.writers.markdown_writer import write_markdown, write_markdown_collection

    return WriterFunctions(write_markdown, write_markdown_collection)


WRITERS: Final[Mapping[str, Writer]] = {
    writer.name: writer for writer in (Writer("markdown", ".md", _import_markdown_writer),)
}
"""The formats by name, the default first."""
DEFAULT_WRITER: Final = next(iter(WRITERS.values()))

PDF_COPY: Final = "pdf"
"""The name of the format that is no document, but a copy of the article's own file with the annotations in it: see
`formats.pdf_copy`."""
PDF_SUFFIX: Final = ".pdf"


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
