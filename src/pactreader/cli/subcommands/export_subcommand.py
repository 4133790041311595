"""`pactreader export`: annotations as a document, printed or in files."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pactreader.cli.library_access import (
    configured_labels,
    entry_of,
    last_read_entry,
    notebook_as_last_read,
    open_entry,
    open_library,
    open_source,
)
from pactreader.cli.output import print_line, print_text
from pactreader.cli.reading_options import add_reading_options, reading_options
from pactreader.cli.subcommand import Example, Subcommand
from pactreader.core.errors import PactReaderError, UsageError
from pactreader.formats.writers import DEFAULT_WRITER, WRITERS, export_name

if TYPE_CHECKING:
    from pactreader.core.notebooks.notebook import Notebook
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths
    from pactreader.storage.schema.records import ArticleEntry


def export_annotations(arguments: Namespace, paths: "Paths") -> None:
    """Export the annotations of the chosen articles."""
    from pactreader.storage.state.reading_state import ReadingState

    writer = WRITERS[arguments.format]
    texts: dict[str, str] = {}
    titles: dict[str, str] = {}
    with open_library(paths, configured_labels(paths)) as library:
        for entry, notebook in _chosen_notebooks(arguments, library, ReadingState(paths).last_read_id()):
            titles[entry.id] = notebook.article.title
            texts[entry.id] = writer.write(
                notebook, article_id=entry.id, exported=datetime.now(UTC), plain=arguments.plain
            )
    if arguments.output is None:
        print_text(writer.separator.join(texts.values()))
        return
    output = Path(arguments.output)
    one_file = len(texts) == 1 and not arguments.all and not _is_directory(arguments.output)
    names = (export_name(title, writer.suffix) for title in titles.values())
    targets = [output] if one_file else [output / name for name in _numbered(names)]
    _write_files(dict(zip(targets, texts.values(), strict=True)), paths, force=arguments.force)


def _chosen_notebooks(
    arguments: Namespace, library: "Library", last_id: str | None
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
    elif arguments.sources:
        for source in arguments.sources:
            article = open_source(source, library, reading_options(arguments))
            entry = entry_of(article, library)
            yield entry, library.notebook(entry, article)
    elif last_entry := last_read_entry(library, last_id):
        yield (
            last_entry,
            library.notebook(last_entry, open_entry(last_entry, library, reading_options(arguments))),
        )
    else:
        raise UsageError("Nothing has been read yet.", "Read an article with `pactreader FILE`.")


def _is_directory(output: str) -> bool:
    return output.endswith(("/", os.sep)) or Path(output).is_dir()


def _numbered(names: Iterable[str]) -> Iterator[str]:
    """Yield unique file names, repeated ones with a number: `a.md`, `a-2.md`."""
    used: set[str] = set()
    for first in names:
        name, number = first, 1
        while name in used:
            number += 1
            name = f"{Path(first).stem}-{number}{Path(first).suffix}"
        used.add(name)
        yield name


def _write_files(files: dict[Path, str], paths: "Paths", *, force: bool) -> None:
    """Write files atomically, and print their paths.

    Raises:
        PactReaderError: A file exists and may not be replaced, or cannot be written.
    """
    from pactreader.storage.journal.atomic_write import atomic_write

    for path in files:
        if os.path.lexists(path) and not path.is_file():
            raise PactReaderError(f"{path} is no file that could be replaced.", "Give -o another name.")
        if os.path.lexists(path) and not force:
            raise PactReaderError(f"{path} exists.", "Give -o another name, or --force to replace it.")
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic_write(path, text.encode(), mode=paths.mode_for(path))
        except OSError as error:
            raise PactReaderError(
                f"{path} cannot be written: {error.strerror or error}.", "Give -o another name."
            ) from error
        print_line(str(path))


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
        help="where to write, instead of standard output; into a directory, one file an article",
    )
    parser.add_argument("--force", action="store_true", help="replace files that exist")
    parser.add_argument(
        "--format",
        choices=list(WRITERS),
        default=DEFAULT_WRITER.name,
        help=f"{DEFAULT_WRITER.name} unless another is named"
        if len(WRITERS) > 1
        else f"{DEFAULT_WRITER.name}, the only one so far",
    )
    parser.add_argument(
        "--plain", action="store_true", help="leave out the comments and ids that are for programs"
    )
    add_reading_options(parser)


SUBCOMMAND = Subcommand(
    name="export",
    operands="[SOURCE...]",
    summary="annotations as Markdown",
    help="Write annotations as Markdown.",
    run=export_annotations,
    add_arguments=_add_arguments,
    examples=(Example("pactreader export --all -o notes/", "write one Markdown file an article"),),
)
