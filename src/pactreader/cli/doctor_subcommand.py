"""`pactreader doctor`: which of its four things is asked for."""

from argparse import Namespace
from typing import TYPE_CHECKING

from pactreader.cli.doctor_check import check_library
from pactreader.cli.doctor_repair import list_backups, repair_library, restore_backup

if TYPE_CHECKING:
    from pactreader.storage.paths import Paths


def doctor(arguments: Namespace, paths: "Paths") -> None:
    """Check the library, repair it, list its backups or bring one back."""
    if arguments.repair:
        repair_library(paths)
    elif arguments.backups:
        list_backups(paths)
    elif arguments.restore is not None:
        restore_backup(paths, arguments.restore)
    else:
        check_library(paths)
