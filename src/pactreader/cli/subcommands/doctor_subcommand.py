"""`pactreader doctor`: the library checked, repaired or replaced by a backup."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pactreader.cli.opened_library import open_library
from pactreader.cli.output import print_line
from pactreader.cli.subcommand import Subcommand
from pactreader.cli.subcommands.doctor_check import check_library, checked, print_findings
from pactreader.core.errors import LibraryError
from pactreader.core.wording import pluralise

if TYPE_CHECKING:
    from pactreader.storage.paths import Paths
    from pactreader.storage.recovery.library_check import CheckReport
    from pactreader.storage.recovery.repair import RepairReport


def examine_library(arguments: Namespace, paths: "Paths") -> None:
    """Check the library, repair it, list its backups or restore one."""
    if arguments.repair:
        repair_library(paths)
    elif arguments.backups:
        list_backups(paths)
    elif arguments.restore is not None:
        restore_backup(paths, arguments.restore)
    else:
        check_library(paths)


def repair_library(paths: "Paths") -> None:
    """Check the library, print and make the repairs, print their results, and check again.

    Raises:
        LibraryError: The second check has found a problem.
        NotSavedError: Nothing could be repaired.
    """
    from pactreader.storage.recovery.repair import repair

    found = checked(paths)
    print_findings(found)
    if found.is_sound:
        print_line("There is nothing to repair.")
        _clean_texts(paths)
        return
    print_line("")
    print_line("To repair it:")
    for step in _planned_repairs(found):
        print_line(f"- {step}")
    repaired = repair(paths, found)
    print_line("")
    for sentence in _results(repaired):
        print_line(sentence)
    again = checked(paths)
    print_findings(again)
    if not again.is_sound:
        raise LibraryError(
            "Something is still wrong with the library.", "What is said above cannot be mended from here."
        )
    _clean_texts(paths)
    print_line("All is well.")


def _clean_texts(paths: "Paths") -> None:
    """Delete the stored texts that nothing refers to, and the oldest of articles without notes beyond the limit.

    Raises:
        NotSavedError: The library is locked or cannot be written.
    """
    from pactreader.settings.config_file import read_settings

    limit = read_settings(paths.settings)[0].text_limit * 1_000_000
    with open_library(paths) as library:
        for _ in library.text_cleaner.find(limit):
            pass
        if removed := library.text_cleaner.remove_found():
            print_line(f"Deleted, as nothing refers to them: {pluralise(removed, 'text')}.")


def list_backups(paths: "Paths") -> None:
    """Print the backups, the newest first."""
    from pactreader.storage.event_log import EventLog
    from pactreader.storage.journal.file_contents import FileState, read_contents
    from pactreader.storage.journal.file_format import RECORDS
    from pactreader.storage.recovery.backups import Backups

    events = EventLog(paths.log_file)
    backups = Backups(paths.backups).all()
    if not backups:
        print_line("There are no backups yet: the first is made when an article is opened on another day.")
    for backup in backups:
        try:
            found = read_contents(backup.path.read_bytes())
            holds = pluralise(len(found.tables.get(RECORDS, {})), "record")
            state = holds
            if found.state is not FileState.WHOLE:
                state = f"damaged, {holds} can be read"
                events.warning("backup damaged", subject=backup.path.name)
        except OSError as error:
            state = f"cannot be read: {error.strerror or error}"
            events.warning("backup unreadable", error, subject=backup.path.name)
        print_line(
            f"{backup.at.astimezone():%Y-%m-%d %H:%M}  {backup.reason:<16}  {backup.path.name}  {state}"
        )


def restore_backup(paths: "Paths", name: str) -> None:
    """Replace the library with a backup.

    Args:
        paths: The directories.
        name: The name of the backup; empty for the newest.

    Raises:
        UsageError: There is no backup of that name, or more than one.
        LibraryError: The backup cannot be read.
        NotSavedError: The library could not be replaced, and is unchanged.
    """
    from pactreader.storage.recovery.repair import restore

    backup, kept = restore(paths, name)
    print_line(f"The library is as it was on {backup.at.astimezone():%Y-%m-%d at %H:%M}: {backup.path.name}.")
    if kept:
        print_line(f"What was there before is kept as {kept}.")


def _planned_repairs(found: "CheckReport") -> Iterator[str]:
    state = found.state.value
    if state in {"damaged", "empty", "zeroed"}:
        yield (
            "The file is written anew with every record that can be read, and what the newest backup has besides; "
            "the damaged file is kept."
        )
    elif state == "whole":
        yield "The file is kept as a backup before anything is changed."
    if found.failed_checksums:
        yield (
            f"{pluralise(len(found.failed_checksums), 'record')} whose checksum does not fit: a backup or a change that has it as it was "
            "written puts that beside it, for you to choose; else it is accepted as it is."
        )
    if found.unreadable or found.orphans:
        missing = len(found.unreadable) + len(found.orphans)
        yield f"{pluralise(missing, 'record')} that cannot be read or are missing come from a backup that has them."
    if found.shadowed:
        yield f"{pluralise(len(found.shadowed), 'hidden record')}: each gets a key of its own."
    yield from _planned_text_repairs(found)
    if found.too_open:
        yield f"{pluralise(len(found.too_open), 'file')} open to others: made yours alone."


def _planned_text_repairs(found: "CheckReport") -> Iterator[str]:
    """Yield what a repair does with the stored texts and pages."""
    if found.damaged_texts:
        yield (
            f"{pluralise(len(found.damaged_texts), 'damaged text')}: put aside, and kept anew when the article is opened."
        )
    if found.damaged_former_texts:
        damaged = len({one.text_hash for one in found.damaged_former_texts})
        yield f"{pluralise(damaged, 'damaged former text')}: put aside; `pactreader merge` brings another computer's."
    if found.damaged_pages:
        yield f"{pluralise(len(found.damaged_pages), 'damaged page')}: put aside; its text is shown until it is fetched anew."
    if found.missing_texts:
        yield f"{pluralise(len(found.missing_texts), 'missing text')}: kept when the article is opened."


def _results(repaired: "RepairReport") -> Iterator[str]:
    if repaired.kept:
        yield f"The file as it was is kept as {repaired.kept}."
    if repaired.restored:
        yield f"As they were written, from backups and from what was done: {pluralise(repaired.restored, 'record')}."
    if repaired.accepted:
        yield f"Accepted as they are: {pluralise(repaired.accepted, 'record')}."
    if repaired.rekeyed:
        yield f"No longer hidden: {pluralise(repaired.rekeyed, 'record')}."


def _add_arguments(parser: ArgumentParser) -> None:
    action = parser.add_mutually_exclusive_group()
    action.add_argument(
        "--repair", action="store_true", help="mend what can be mended; the damaged file is kept"
    )
    action.add_argument("--backups", action="store_true", help="list the backups")
    action.add_argument(
        "--restore",
        nargs="?",
        const="",
        metavar="BACKUP",
        help="put a backup in the library's place, the newest unless one is named; what is there is backed up",
    )


SUBCOMMAND = Subcommand(
    name="doctor",
    summary="check the library, changing nothing; --repair, --backups, --restore",
    help="Check the library and say what was found, changing nothing. Exit code 1 if something is wrong.",
    run=examine_library,
    add_arguments=_add_arguments,
)
