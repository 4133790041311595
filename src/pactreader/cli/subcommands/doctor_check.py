"""The check of `pactreader doctor`, with its findings in sentences."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from pactreader.cli.output import print_line
from pactreader.cli.progress import Progress
from pactreader.core.errors import LibraryError
from pactreader.core.wording import pluralise

if TYPE_CHECKING:
    from pactreader.storage.paths import Paths
    from pactreader.storage.recovery.library_check import CheckReport, FormerText, RecordName
    from pactreader.storage.schema.records import ArticleEntry

_STATES: Final = {
    "missing": "There is no library yet: the first annotation makes one.",
    "empty": "The file is empty.",
    "zeroed": "The file holds nothing but NUL bytes, as a power cut can leave them.",
    "damaged": "The file is damaged: it is no valid JSON, or not in the shape of a library. "
    "What is said here is of what can still be read.",
    "foreign": "The file is no PactReader library, or nothing of it can be recognised.",
}


_WITHOUT_FORMER_TEXT: Final = "passages are found by their quotes and what stands around these alone"


def check_library(paths: "Paths") -> None:
    """Check the library and print the findings.

    Raises:
        LibraryError: The check has found a problem.
    """
    found = checked(paths)
    print_findings(found)
    if found.state.value == "later":
        raise LibraryError("The library is of a later version.", "Update PactReader to change it.")
    if found.state.value == "missing" and found.backups:
        raise LibraryError(
            "There is no library, but a backup of it.",
            "`pactreader doctor --restore` brings the newest back.",
        )
    if not found.is_sound:
        raise LibraryError(
            "Something is wrong with the library.",
            "Nothing was changed. `pactreader doctor --repair` mends what can be mended, and keeps what it replaces.",
        )
    print_line("All is well.")


def checked(paths: "Paths") -> "CheckReport":
    """Return the report of a check, whose progress is shown on a terminal."""
    from pactreader.storage.recovery.library_check import check

    with Progress("Checking the library", "Nothing was changed.") as progress:
        return check(paths, on_progress=progress.show)


def print_findings(found: "CheckReport") -> None:
    """Print the findings of a check."""
    print_line(f"The library {found.path}:")
    for sentence in (
        *_summary(found),
        *_problems(found),
        *_text_problems(found),
        *_harmless_findings(found),
    ):
        print_line(sentence)


def _summary(found: "CheckReport") -> Iterator[str]:
    """Yield the sentences on the state of the file and its content."""
    state = found.state.value
    if state in _STATES:
        yield _STATES[state]
    if state == "later":
        yield (
            f"The file was written by a later PactReader (file version {found.version}): this one can only read it."
        )
    if state in {"whole", "damaged", "later"}:
        yield (
            f"It holds {pluralise(found.articles, 'article')}, {pluralise(found.annotations, 'annotation')} and "
            f"{pluralise(found.changes, 'change')} that can be undone or done again."
        )
    if found.backups:
        newest = found.backups[0].at.astimezone()
        yield f"There {'is' if len(found.backups) == 1 else 'are'} {pluralise(len(found.backups), 'backup')}, the newest of {newest:%Y-%m-%d %H:%M}."


def _problems(found: "CheckReport") -> Iterator[str]:
    for number in found.unreadable_lines:
        yield f"Line {number} cannot be read, or not to its end."
    for key in found.wrong_keys:
        yield f"The key “{key}” of a record is no number: no program can open the table."
    for record in found.failed_checksums:
        yield f"{_describe(record)} is not as it was written: its checksum does not fit. It is shown as it is."
    for record in found.unreadable:
        yield f"{_describe(record)} cannot be read: fields are missing or of another kind. It is kept, and not shown."
    for record in found.shadowed:
        yield f"{_describe(record)} is hidden: another record has its key."
    for record in found.orphans:
        yield f"{_describe(record)} belongs to an article that the library does not have."
    for path in found.too_open:
        yield f"{path} is open to others: its mode gives them more than it should."


def _text_problems(found: "CheckReport") -> Iterator[str]:
    for entry in found.missing_texts:
        yield f"The text of {_article(entry)} is not kept: if its file goes, it cannot be read."
    for entry in found.damaged_texts:
        yield f"The kept text of {_article(entry)} is damaged."
    for text in found.damaged_former_texts:
        yield f"The kept text that {_annotations_on(text)} is damaged: {_WITHOUT_FORMER_TEXT}."
    for entry in found.damaged_pages:
        yield f"The kept page of {_article(entry)} is damaged: `pactreader --fetch ADDRESS` fetches it anew."


def _harmless_findings(found: "CheckReport") -> Iterator[str]:
    if found.conflicted:
        yield f"With two versions, until you choose on their cards: {pluralise(found.conflicted, 'annotation')}."
    for path in found.damaged_files:
        yield f"{path} is a damaged file that was put aside when it was mended."
    for path in found.conflict_files:
        yield f"{path} is another copy, changed elsewhere: `pactreader merge` brings it in."
    for text in found.missing_former_texts:
        yield f"The text that {_annotations_on(text)} is not kept: {_WITHOUT_FORMER_TEXT}."
    if found.without_text:
        articles = pluralise(found.without_text, "article")
        yield f"Without notes and without a kept text: {articles}, read from where they came."
    if found.protected:
        yield f"Protected by a password, so that their text is not kept: {pluralise(found.protected, 'article')}."
    if found.without_checksum:
        yield (
            f"Without a checksum: {pluralise(found.without_checksum, 'record')}, of another program or an earlier version. "
            "Each gets one when it is edited."
        )
    if found.replaced_lines:
        yield f"Replaced by later ones: {pluralise(found.replaced_lines, 'line')}, harmless until the next tidy-up."
    if found.of_unknown_kind:
        yield f"Of a kind not known here: {pluralise(found.of_unknown_kind, 'record')}, carried along."


def _describe(record: "RecordName") -> str:
    """Return a record as the subject of a sentence: `The annotation k3x9f2 of “A pact” (key 2)`."""
    kind = record.kind if record.kind in {"article", "annotation", "change"} else "record"
    words = " ".join(filter(None, (f"The {kind}", record.id)))
    title = f" of “{record.title}”" if record.title and kind != "article" else ""
    return f"{words}{title} (key {record.key})"


def _annotations_on(text: "FormerText") -> str:
    """Return the middle of a sentence on a former text: `2 annotations of “A pact” were made on`."""
    were = "was" if text.annotations == 1 else "were"
    title = f" of “{text.title}”" if text.title else ""
    return f"{pluralise(text.annotations, 'annotation')}{title} {were} made on"


def _article(entry: "ArticleEntry") -> str:
    return f"the article {entry.id} “{entry.title}”"
