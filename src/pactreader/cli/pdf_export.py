"""The export of annotations into copies of PDFs."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pactreader.cli.export_files import check_replaceable, is_directory, numbered, write_file
from pactreader.cli.library_access import configured_setup, open_entry
from pactreader.cli.output import print_warning, standard_output
from pactreader.core.errors import PactReaderError, UsageError
from pactreader.core.wording import pluralise
from pactreader.formats.writers import PDF_SUFFIX, export_name
from pactreader.formats.writers.own_file import refuse_own_file

if TYPE_CHECKING:
    from pactreader.core.notebooks.placed_annotations import PlacedAnnotations
    from pactreader.formats.pdf_copy import PdfCopy
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths


def check_arguments(arguments: Namespace) -> None:
    """Check that the arguments of an export fit copies of PDFs.

    Raises:
        UsageError: They do not.
        PactReaderError: What PDFs are written with is not installed.
    """
    from pactreader.formats.pdf_copy import check_installed

    output, articles = arguments.output, len(arguments.sources)
    if arguments.plain:
        raise UsageError("--plain is for Markdown: a PDF has nothing to leave out.", "Leave out --plain.")
    if output is None and sys.stdout.isatty():
        raise UsageError("A PDF does not go to a terminal.", "Give -o a file.")
    if (arguments.all or articles > 1) and not (output and is_directory(output, 2)):
        raise UsageError("Each PDF needs a file of its own.", "Give -o a directory.")
    check_installed()


def export_copies(exported: Sequence["PlacedAnnotations"], arguments: Namespace, paths: "Paths") -> None:
    """Write the annotations of the articles that the user named into copies of their files.

    Raises:
        PactReaderError: An article is no PDF, or its copy cannot be written.
    """
    if arguments.output is None:
        for placed in exported:
            _print_copy(placed)
        return
    files = _files([placed.article.title for placed in exported], arguments)
    for placed, path in zip(exported, files, strict=True):
        _write_copy(placed, path, paths)


def export_all_copies(library: "Library", arguments: Namespace, paths: "Paths") -> None:
    """Write the annotations of every article into a copy of its file, if that is a PDF and is there.

    The other articles are counted on standard error, which also says why a PDF could not be copied.
    """
    from pactreader.formats.pdf_copy import is_pdf

    setup = configured_setup(paths)._replace(ask_password=None)  # protected files have no copies
    entries = library.annotated()
    pdfs = [entry for entry in entries if is_pdf(entry.reader)]
    for entry, path in zip(pdfs, _files([entry.title for entry in pdfs], arguments), strict=True):
        try:
            article = open_entry(entry, library, setup=setup)
            _write_copy(library.placed_annotations(entry, article), path, paths)
        except PactReaderError as error:
            print_warning(f"“{entry.display_title}” has no copy: {error.one_line}")
    if others := len(entries) - len(pdfs):
        print_warning(
            f"{pluralise(others, 'other article')} with annotations {'is' if others == 1 else 'are'} left out: only PDFs are copied."
        )


def _files(titles: Sequence[str], arguments: Namespace) -> list[Path]:
    """Return the files for copies of articles with these titles.

    Raises:
        PactReaderError: One of them exists and may not be replaced.
    """
    output = Path(arguments.output)
    if is_directory(arguments.output, len(titles)) or arguments.all:
        names: dict[str, int] = {}
        files = [output / numbered(export_name(title, PDF_SUFFIX), names) for title in titles]
    else:
        files = [output]
    for path in files:
        check_replaceable(path, force=arguments.force)
    return files


def _write_copy(placed: "PlacedAnnotations", path: Path, paths: "Paths") -> None:
    """Write a copy to a file.

    Raises:
        PactReaderError: It cannot be made or written.
    """
    from pactreader.formats.pdf_copy import NotesToCopy, copy_pdf, earlier_copy
    from pactreader.formats.sources import load_again

    refuse_own_file(placed.article, path)
    notes, content = NotesToCopy.of(placed), load_again(placed.article)
    copy = copy_pdf(notes, content, earlier=earlier_copy(path))
    write_file(path, copy.content, paths)
    _print_outcome(copy)


def _print_copy(placed: "PlacedAnnotations") -> None:
    """Write a copy to standard output.

    Raises:
        PactReaderError: It cannot be made.
    """
    from pactreader.formats.pdf_copy import NotesToCopy, copy_pdf
    from pactreader.formats.sources import load_again

    copy = copy_pdf(NotesToCopy.of(placed), load_again(placed.article))
    with standard_output() as output:
        output.buffer.write(copy.content)
    _print_outcome(copy)


def _print_outcome(copy: "PdfCopy") -> None:
    """Say on standard error if there are no annotations in a copy, or how many are left out."""
    if copy.left_out:
        print_warning(copy.left_out_sentence)
    elif not copy.written:
        print_warning("The copy has no highlights or notes of yours: there are none on this article.")
