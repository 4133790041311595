"""`pactreader export`: annotations as a document or in copies of PDFs, printed or in files."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pactreader.cli.export_files import check_replaceable, is_directory, numbered, write_file
from pactreader.cli.library_access import (
    configured_labels,
    configured_setup,
    entry_of,
    last_read_entry,
    notebook_as_last_read,
    open_known,
    open_library,
    open_source,
)
from pactreader.cli.output import print_text
from pactreader.cli.page_fetcher import PageFetcher
from pactreader.cli.pdf_export import check_arguments, export_all_copies, export_copies
from pactreader.cli.reading_options import add_fetch_option, add_reading_options, reading_options
from pactreader.cli.subcommand import Example, Subcommand
from pactreader.cli.web_access import print_reading_warnings
from pactreader.core.addresses import is_web_address
from pactreader.core.errors import UsageError
from pactreader.formats.writers import DEFAULT_WRITER, PDF_COPY, WRITERS, ExportedArticle, Writer, export_name
from pactreader.formats.writers.own_file import refuse_own_file

if TYPE_CHECKING:
    from pactreader.core.notebooks.notebook import Notebook
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths
    from pactreader.storage.schema.records import ArticleEntry


def export_annotations(arguments: Namespace, paths: "Paths") -> None:
    """Export the annotations of the chosen articles."""
    from pactreader.storage.state.reading_state import ReadingState

    if arguments.format == PDF_COPY:
        check_arguments(arguments)
    with open_library(paths, configured_labels(paths)) as library:
        if arguments.format == PDF_COPY and arguments.all:
            export_all_copies(library, arguments, paths)
            return
        last_id = ReadingState(paths).last_read_id()
        articles = {
            entry.id: ExportedArticle(notebook, entry.id)
            for entry, notebook in _chosen_notebooks(arguments, paths, library, last_id)
        }
        if arguments.format == PDF_COPY:
            export_copies([each.notebook for each in articles.values()], arguments, paths)
            return
        # Placing passages may take former texts of the library, so all is written while it is open.
        documents = _documents(arguments, [*articles.values()])
    if arguments.output is None:
        print_text("".join(documents.values()))
    elif articles:
        for path in documents:
            check_replaceable(path, force=arguments.force)
            for each in articles.values():
                refuse_own_file(each.notebook.article, path)
        for path, text in documents.items():
            write_file(path, text.encode(), paths)


def _documents(arguments: Namespace, articles: Sequence[ExportedArticle]) -> dict[Path, str]:
    """Return the documents by the files that they go to: one of all articles, or into a directory one of each."""
    writer, now, output = WRITERS[arguments.format], datetime.now(UTC), arguments.output
    if output is None or not is_directory(output, len(articles)):
        return {Path(output or ""): _document(writer, articles, now, plain=arguments.plain)}
    names = numbered(export_name(each.notebook.article.title, writer.suffix) for each in articles)
    return {
        Path(output) / name: _document(writer, [each], now, plain=arguments.plain)
        for name, each in zip(names, articles, strict=True)
    }


def _document(writer: Writer, articles: Sequence[ExportedArticle], now: datetime, *, plain: bool) -> str:
    """Return the annotations of some articles as one document; an empty text for no article."""
    if len(articles) > 1:
        return writer.write_collection(articles, exported=now, plain=plain)
    return "".join(
        writer.write(notebook, article_id=article_id, exported=now, plain=plain)
        for notebook, article_id in articles
    )


def _chosen_notebooks(
    arguments: Namespace, paths: "Paths", library: "Library", last_id: str | None
) -> Iterator[tuple["ArticleEntry", "Notebook"]]:
    """Yield the notebooks to export, with the entries of their articles.

    With `--all` they are placed in the texts that were read last, and no source is opened; else in the present ones.

    Raises:
        PactReaderError: There is no such article, or it cannot be read.
    """
    if arguments.all and arguments.sources:
        raise UsageError("--all and a SOURCE exclude each other.", "Give one of them.")
    if arguments.all:
        entries = {entry.id: entry for entry, _annotation in library.annotations()}
        yield from ((entry, notebook_as_last_read(entry, library)) for entry in entries.values())
        return
    options, setup = reading_options(arguments), configured_setup(paths)
    fetcher = PageFetcher(anew=arguments.fetch)
    if arguments.sources:
        for source in arguments.sources:
            article = open_source(source, library, options, setup=setup, fetcher=fetcher)
            if is_web_address(article.source):
                print_reading_warnings(article)
            entry = entry_of(article, library)
            yield entry, library.notebook(entry, article)
    elif last_entry := last_read_entry(library, last_id):
        article = open_known(last_entry, library, options, setup=setup, fetcher=fetcher)
        yield last_entry, library.notebook(last_entry, article)
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
