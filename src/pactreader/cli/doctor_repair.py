"""`pactreader doctor` with `--repair`, `--backups` and `--restore`: mending the library, and its backups."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pactreader.cli.doctor_check import report
from pactreader.cli.output import say
from pactreader.core.errors import LibraryError
from pactreader.core.printable_text import pluralise

if TYPE_CHECKING:
    from pactreader.storage.paths import Paths
    from pactreader.storage.recovery.library_check import CheckReport
    from pactreader.storage.recovery.repair import RepairReport


def repair_library(paths: "Paths") -> None:
    """Say what is wrong and what will be done about it, do it, and say what came of it.

    Raises:
        LibraryError: Something is still wrong.
        NotSavedError: Nothing could be done.
    """
    from pactreader.storage.recovery.library_check import check
    from pactreader.storage.recovery.repair import repair

    found = check(paths)
    report(found)
    if found.sound:
        say("There is nothing to repair.")
        return
    say("")
    say("To repair it:")
    for step in _plan(found):
        say(f"- {step}")
    repaired = repair(paths, found)
    say("")
    for sentence in _done(repaired):
        say(sentence)
    again = check(paths)
    report(again)
    if not again.sound:
        raise LibraryError(
            "Something is still wrong with the library.", "What is said above cannot be mended from here."
        )
    say("All is well.")


def list_backups(paths: "Paths") -> None:
    """List the backups, the newest first."""
    from pactreader.storage.journal.file_format import RECORDS, FileState, contents
    from pactreader.storage.recovery.backups import Backups

    backups = Backups(paths.backups).all()
    if not backups:
        say("There are no backups yet: the first is made when an article is opened on another day.")
    for backup in backups:
        try:
            found = contents(backup.path.read_bytes())
            holds = pluralise(len(found.tables.get(RECORDS, {})), "record")
            state = holds if found.state is FileState.WHOLE else f"damaged, {holds} can be read"
        except OSError as error:
            state = f"cannot be read: {error.strerror or error}"
        say(f"{backup.at.astimezone():%Y-%m-%d %H:%M}  {backup.reason:<16}  {backup.path.name}  {state}")


def restore_backup(paths: "Paths", name: str) -> None:
    """Put a backup in the place of the library.

    Raises:
        UsageError: There is none of that name, or more than one.
        LibraryError: It cannot be read.
        NotSavedError: The library is as it was.
    """
    from pactreader.storage.recovery.repair import restore

    backup, kept = restore(paths, name)
    say(f"The library is as it was on {backup.at.astimezone():%Y-%m-%d at %H:%M}: {backup.path.name}.")
    if kept:
        say(f"What was there before is kept as {kept}.")


def _plan(found: "CheckReport") -> Iterator[str]:
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
    if found.hidden:
        yield f"{pluralise(len(found.hidden), 'hidden record')}: each gets a key of its own."
    if found.damaged_texts:
        yield (
            f"{pluralise(len(found.damaged_texts), 'damaged text')}: put aside, and kept anew when the article is opened."
        )
    if found.missing_texts:
        yield f"{pluralise(len(found.missing_texts), 'missing text')}: kept when the article is opened."
    if found.too_open:
        yield f"{pluralise(len(found.too_open), 'file')} open to others: made yours alone."


def _done(repaired: "RepairReport") -> Iterator[str]:
    if repaired.kept:
        yield f"The file as it was is kept as {repaired.kept}."
    if repaired.restored:
        yield f"As they were written, from backups and from what was done: {pluralise(repaired.restored, 'record')}."
    if repaired.accepted:
        yield f"Accepted as they are: {pluralise(repaired.accepted, 'record')}."
    if repaired.rekeyed:
        yield f"No longer hidden: {pluralise(repaired.rekeyed, 'record')}."
