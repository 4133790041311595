"""`pactreader export`: annotations as Markdown, printed or in files."""

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pactreader.cli.article_lookup import last_read, open_entry, open_source
from pactreader.cli.library_context import opened, own_labels
from pactreader.cli.output import say, write
from pactreader.core.article import Article
from pactreader.core.errors import PactReaderError, UsageError

if TYPE_CHECKING:
    from pactreader.core.notebook import Notebook
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths
    from pactreader.storage.schema.records import ArticleEntry


def export(arguments: Namespace, paths: "Paths") -> None:
    """Write the annotations of some articles, or of every one."""
    from pactreader.storage.reading_state import ReadingState

    with opened(paths, own_labels(paths)) as library:
        exports: dict[str, tuple[str, str]] = {}
        for entry, article in _to_export(arguments, library, ReadingState(paths).last_read()):
            notebook = library.notebook(entry, article)
            exports[entry.id] = article.title, markdown(notebook, entry, plain=arguments.plain)
    texts = [text for _title, text in exports.values()]
    if arguments.output is None:
        write("\n".join(texts))
        return
    titles = [title for title, _text in exports.values()]
    one_file = len(texts) == 1 and not arguments.all and not _is_directory(arguments.output)
    targets = [Path(arguments.output)] if one_file else list(_file_names(Path(arguments.output), titles))
    _write_files(dict(zip(targets, texts, strict=True)), paths, force=arguments.force)


def _to_export(
    arguments: Namespace, library: "Library", last_id: str | None
) -> Iterator[tuple["ArticleEntry", Article]]:
    """The articles to export, with their entries."""
    if arguments.all and arguments.sources:
        raise UsageError("--all and a SOURCE exclude each other.", "Give one of them.")
    if arguments.all:
        entries = {entry.id: entry for entry, _annotation in library.annotations()}
        yield from ((entry, open_entry(entry, library)) for entry in entries.values())
    elif arguments.sources:
        for source in arguments.sources:
            article = open_source(source, library)
            yield library.entry_for(article), article
    elif entry := last_read(library, last_id):
        yield entry, open_entry(entry, library)
    else:
        raise UsageError("Nothing has been read yet.", "Read an article with `pactreader FILE`.")


def markdown(notebook: "Notebook", entry: "ArticleEntry", *, plain: bool) -> str:
    """What an export of this notebook is now."""
    from pactreader.formats.writers.markdown_writer import write_markdown

    return write_markdown(notebook, article_id=entry.id, exported=datetime.now(UTC), plain=plain)


def _is_directory(output: str) -> bool:
    return output.endswith(("/", os.sep)) or Path(output).is_dir()


def _file_names(directory: Path, titles: Iterable[str]) -> Iterator[Path]:
    """A file for each title, no two the same."""
    from pactreader.formats.writers import export_name

    taken: set[str] = set()
    for title in titles:
        first = Path(export_name(title))
        name, number = first.name, 1
        while name in taken:
            number += 1
            name = f"{first.stem}-{number}{first.suffix}"
        taken.add(name)
        yield directory / name


def _write_files(files: dict[Path, str], paths: "Paths", *, force: bool) -> None:
    """Write files, each whole or not at all, and say where.

    Raises:
        PactReaderError: One exists and may not be replaced, or cannot be written.
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
        say(str(path))
