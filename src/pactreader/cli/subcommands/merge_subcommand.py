"""`pactreader merge`: merging other copies of the library into this one."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pactreader.cli.opened_library import open_library
from pactreader.cli.output import print_line, print_warning
from pactreader.cli.progress import Progress
from pactreader.cli.subcommand import Subcommand
from pactreader.core.errors import UsageError

if TYPE_CHECKING:
    from pactreader.storage.paths import Paths
    from pactreader.storage.sync.merge_report import MergeResult


def merge_copies(arguments: Namespace, paths: "Paths") -> None:
    """Merge copies into the library: the named ones, or else the conflict files beside it."""
    with open_library(paths) as library:
        merger = library.merger
        if not arguments.files and not merger.conflict_files():
            raise UsageError(
                f"There is no other copy beside {paths.library}.", "Name one: `pactreader merge FILE`."
            )
        with Progress(
            "Merging records", "What is named above is merged; the rest can be merged again."
        ) as progress:
            if arguments.files:
                for file in arguments.files:
                    _print_result(file, merger.merge(Path(file), on_progress=progress.show), progress)
                return
            for path, merged in merger.merge_conflict_files(on_progress=progress.show):
                _print_result(str(path), merged, progress)


def _print_result(name: str, merged: "MergeResult", progress: Progress) -> None:
    progress.erase()
    if merged.notice:
        print_warning(merged.notice)
    print_line(f"{name}: {merged.summary}")
    if merged.changes:
        print_line("`u` undoes it in each article; a backup of before is kept, too.")


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="a library.json, or a directory with one; without one, the copies that a file synchroniser has put "
        "beside the library",
    )


SUBCOMMAND = Subcommand(
    name="merge",
    operands="[FILE...]",
    summary="other copies of the library into this one",
    help="Bring other copies of the library into this one, losing nothing of either.",
    run=merge_copies,
    add_arguments=_add_arguments,
)
