"""`pactreader merge`: other copies of the library into this one."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pactreader.cli.library_context import opened
from pactreader.cli.output import say, warn
from pactreader.core.errors import UsageError

if TYPE_CHECKING:
    from pactreader.storage.paths import Paths
    from pactreader.storage.sync.merge_report import MergeResult


def merge(arguments: Namespace, paths: "Paths") -> None:
    """Merge copies into the library: those that are named, or those that a synchroniser has put beside it."""
    with opened(paths) as library:
        if arguments.files:
            for file in arguments.files:
                _report(file, library.merge(Path(file)))
            return
        if not library.copies():
            raise UsageError(
                f"There is no other copy beside {paths.library}.", "Name one: `pactreader merge FILE`."
            )
        for path, merged in library.merge_copies():
            _report(str(path), merged)


def _report(name: str, merged: "MergeResult") -> None:
    if merged.notice:
        warn(merged.notice)
    say(f"{name}: {merged.in_words}")
    if merged.changes:
        say("`u` undoes it in each article; a backup of before is kept, too.")
