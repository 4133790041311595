"""`pactreader export`: annotations as a document or in copies of PDFs, printed or in files."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.cli.export_files import check_replaceable, is_directory, numbered, write_file
from pactreader.cli.opened_library import annotations_as_last_read, configured_labels, open_library
from pactreader.cli.output import print_text
from pactreader.cli.reading_options import add_fetch_option, add_reading_options, reading_options
from pactreader.cli.subcommand import Example, Subcommand
from pactreader.core.addresses import is_web_address
from pactreader.core.errors import UsageError
from pactreader.formats.writers import DEFAULT_WRITER, PDF_COPY, WRITERS, ExportedArticle, Writer, export_name
from pactreader.formats.writers.own_file import refuse_own_files

if TYPE_CHECKING:
    from pactreader.cli.progress import Progress
    from pactreader.core.article import Article
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths
    from pactreader.storage.schema.records import ArticleEntry


_READ_AHEAD: Final = 10
"""Articles that are read at once. Where each is written before the next one is read, all takes a twelfth longer, as the
processor goes back and forth between more instructions than its caches hold."""


def export_annotations(arguments: Namespace, paths: "Paths") -> None:
    """Export the annotations of the chosen articles."""
    if arguments.output is not None and not is_directory(arguments.output, 1):
        check_replaceable(Path(arguments.output), force=arguments.force)  # before work that may take long
    if arguments.format == PDF_COPY:
        from pactreader.cli.pdf_export import check_arguments

        check_arguments(arguments)
    with open_library(paths, configured_labels(paths)) as library:
        # Placing passages may take former texts of the library, so all is written while it is open.
        if arguments.format == PDF_COPY:
            _export_copies(arguments, paths, library)
            return
        if arguments.all:
            from pactreader.cli.progress import Progress

            with Progress("Exporting articles", "Nothing is exported.") as progress:
                chosen = _annotated_articles(arguments, library, progress)
                documents = _documents(arguments, chosen)
        else:
            chosen = _named_articles(arguments, paths, library)
            documents = _documents(arguments, chosen)
    _write(documents, chosen.sources, arguments, paths)


def _export_copies(arguments: Namespace, paths: "Paths", library: "Library") -> None:
    """Write the annotations into copies of PDFs."""
    from pactreader.cli.pdf_export import export_all_copies, export_copies

    if arguments.all:
        export_all_copies(library, arguments, paths)
    else:
        chosen = _named_articles(arguments, paths, library)
        export_copies([each.placed for each in chosen.articles], arguments, paths)


def _documents(arguments: Namespace, chosen: "_ChosenArticles") -> dict[Path, list[bytes]]:
    """Return the documents by the files that they go to: one of all articles, or into a directory one of each.

    Each is in parts in UTF-8, as a text with a dash in it would take twice the memory.

    Raises:
        PactReaderError: A file in the directory exists and may not be replaced.
    """
    writer, now, output = WRITERS[arguments.format], datetime.now(UTC), arguments.output
    articles, count = chosen.articles, chosen.total
    if output is None or not is_directory(output, count):
        return {Path(output or ""): _document(writer, articles, count, now, plain=arguments.plain)}
    names: dict[str, int] = {}
    documents: dict[Path, list[bytes]] = {}
    for each in articles:
        path = Path(output) / numbered(export_name(each.placed.article.title, writer.suffix), names)
        check_replaceable(path, force=arguments.force)
        documents[path] = _document(writer, [each], 1, now, plain=arguments.plain)
    return documents


def _document(
    writer: Writer, articles: Iterable[ExportedArticle], count: int, now: datetime, *, plain: bool
) -> list[bytes]:
    """Return the parts of one document with the annotations of some articles; none for no article."""
    if count > 1:
        parts = writer.write_collection(articles, count, exported=now, plain=plain)
    else:
        parts = (
            writer.write(placed, article_id=article_id, exported=now, plain=plain)
            for placed, article_id in articles
        )
    return [part.encode() for part in parts]


def _write(
    documents: Mapping[Path, Iterable[bytes]], sources: Sequence[str], arguments: Namespace, paths: "Paths"
) -> None:
    """Print the documents, or write them to their files.

    Args:
        documents: The parts of each document by its file.
        sources: The sources of the articles, which must not be replaced; if there are none, nothing is written.
        arguments: The arguments.
        paths: The directories.

    Raises:
        PactReaderError: A file may not be replaced, or cannot be written.
    """
    if arguments.output is None:
        for parts in documents.values():
            for part in parts:
                print_text(part.decode())
    elif sources:
        for path in documents:
            check_replaceable(path, force=arguments.force)
        refuse_own_files(sources, documents)
        for path, parts in documents.items():
            write_file(path, b"".join(parts), paths)


class _ChosenArticles(NamedTuple):
    """The articles to export."""

    total: int
    sources: Sequence[str]
    """Their sources, which must not be replaced."""
    articles: Iterable[ExportedArticle]
    """The articles, to be taken once."""


def _annotated_articles(arguments: Namespace, library: "Library", progress: "Progress") -> _ChosenArticles:
    """Return all articles with annotations, placed in the texts that were read last: no source is opened.

    They are read some at a time, when they are taken, so that they are not in memory all at once.
    """
    from pactreader.storage.progress import counted

    if arguments.sources:
        raise UsageError("--all and a SOURCE exclude each other.", "Give one of them.")
    entries = library.annotated()
    read = (ExportedArticle(annotations_as_last_read(entry, library), entry.id) for entry in entries)
    articles = counted(_read_ahead(read), len(entries), progress.show)
    return _ChosenArticles(len(entries), [entry.source for entry in entries], articles)


def _read_ahead(articles: Iterator[ExportedArticle]) -> Iterator[ExportedArticle]:
    """Yield articles, of which some are read before the first of them is written."""
    while some := list(islice(articles, _READ_AHEAD)):
        yield from some


def _named_articles(arguments: Namespace, paths: "Paths", library: "Library") -> _ChosenArticles:
    """Return the articles that the user named, or else the one read last, placed in their present texts.

    Raises:
        PactReaderError: There is no such article, or it cannot be read.
    """
    opened = dict(_opened_articles(arguments, paths, library))
    articles = [
        ExportedArticle(library.placed_annotations(entry, article), entry.id)
        for entry, article in opened.values()
    ]
    sources = [each.placed.article.source for each in articles]
    return _ChosenArticles(len(articles), sources, articles)


def _opened_articles(
    arguments: Namespace, paths: "Paths", library: "Library"
) -> Iterator[tuple[str, tuple["ArticleEntry", "Article"]]]:
    """Yield the named articles and their entries by their ids.

    Raises:
        PactReaderError: There is no such article, or it cannot be read.
    """
    from pactreader.cli.library_access import (
        configured_setup,
        entry_of,
        last_read_entry,
        open_known,
        open_source,
    )
    from pactreader.cli.page_fetcher import PageFetcher
    from pactreader.cli.web_access import print_reading_warnings
    from pactreader.storage.state.reading_state import ReadingState

    options, setup = reading_options(arguments), configured_setup(paths)
    fetcher = PageFetcher(anew=arguments.fetch)
    if arguments.sources:
        for source in arguments.sources:
            article = open_source(source, library, options, setup=setup, fetcher=fetcher)
            if is_web_address(article.source):
                print_reading_warnings(article)
            entry = entry_of(article, library)
            yield entry.id, (entry, article)
    elif last_entry := last_read_entry(library, ReadingState(paths).last_read_id()):
        article = open_known(last_entry, library, options, setup=setup, fetcher=fetcher)
        yield last_entry.id, (last_entry, article)
    else:
        raise UsageError("Nothing has been read yet.", "Read an article with `pactreader FILE`.")


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="without one, the article read last")
    parser.add_argument(
        "--all",
        action="store_true",
        help="every article that has annotations, placed as of the last reading",
    )
    parser.add_argument(
        "-o",
        dest="output",
        metavar="FILE|DIR",
        help="where to write, instead of standard output: one file for all articles, or into a directory one an article",
    )
    parser.add_argument("--force", action="store_true", help="replace files that exist")
    parser.add_argument(
        "--format",
        choices=[*WRITERS, PDF_COPY],
        default=DEFAULT_WRITER.name,
        help=f"{DEFAULT_WRITER.name} unless another is named; {PDF_COPY}, a copy of a PDF with its highlights and notes",
    )
    parser.add_argument(
        "--plain", action="store_true", help="leave out what is for programs: comments, ids and paths"
    )
    add_fetch_option(parser)
    add_reading_options(parser)


SUBCOMMAND = Subcommand(
    name="export",
    operands="[SOURCE...]",
    summary="annotations as Markdown, or in a copy of a PDF",
    help="Write annotations as Markdown, or into a copy of the PDF that they are on.",
    run=export_annotations,
    add_arguments=_add_arguments,
    examples=(
        Example("pactreader export --all -o notes/", "write one Markdown file an article"),
        Example(
            "pactreader export --format pdf -o copy.pdf paper.pdf", "write highlights into a copy of a PDF"
        ),
    ),
)
