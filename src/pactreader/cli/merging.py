"""`pactreader merge`: other copies of the library into this one."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pactreader.cli.opening import opened
from pactreader.cli.output import say, warn
from pactreader.core.errors import UsageError

if TYPE_CHECKING:
    from pactreader.storage.merge_report import Merged
    from pactreader.storage.places import Places


def merge(arguments: Namespace, places: "Places") -> None:
    """Merge copies into the library: those that are named, or those that a synchroniser has put beside it."""
    with opened(places) as library:
        if arguments.files:
            for file in arguments.files:
                _report(file, library.merge(Path(file)))
            return
        if not library.copies():
            raise UsageError(
                f"There is no other copy beside {places.library}.", "Name one: `pactreader merge FILE`."
            )
        for path, merged in library.merge_copies():
            _report(str(path), merged)


def _report(name: str, merged: "Merged") -> None:
    if merged.notice:
        warn(merged.notice)
    say(f"{name}: {merged.in_words}")
    if merged.changes:
        say("`u` undoes it in each article; a backup of before is kept, too.")
