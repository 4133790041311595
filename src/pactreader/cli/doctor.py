"""`pactreader doctor`: which of its four things is asked for."""

from argparse import Namespace
from typing import TYPE_CHECKING

from pactreader.cli.checking import check_library
from pactreader.cli.mending import list_backups, repair_library, restore_backup

if TYPE_CHECKING:
    from pactreader.storage.places import Places


def doctor(arguments: Namespace, places: "Places") -> None:
    """Check the library, repair it, list its backups or bring one back."""
    if arguments.repair:
        repair_library(places)
    elif arguments.backups:
        list_backups(places)
    elif arguments.restore is not None:
        restore_backup(places, arguments.restore)
    else:
        check_library(places)
