"""The sentences about a PDF that cannot be read, or not as a whole."""

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from shlex import quote
from typing import Final

from pactreader.core.addresses import STANDARD_INPUT
from pactreader.core.errors import PasswordNeededError, UnreadableError
from pactreader.formats.origin import Origin
from pactreader.formats.readers.pdf.process.messages import Failure, FailureKind, PageName, Text
from pactreader.formats.readers.pdf.process.page_names import named_pages
from pactreader.formats.readers.pdf.process.supervision import FaultKind

_LEAST_UNMAPPED: Final = 0.01
"""The share of characters without letters from which it is said: a formula or two in a paper have fewer."""
_MAX_FILES: Final = 5
"""The most files of a portfolio that are named."""
_COPY: Final = "Download or copy it once more."
_FAILURES: Final = {
    FailureKind.PASSWORD: ("is protected by a password.", "Open it in a terminal, to be asked for it."),
    FailureKind.BROKEN: ("cannot be read as a PDF: it is damaged.", _COPY),
    FailureKind.OTHER_FORMAT: (
        "is called a PDF, but is none.",
        "Download it once more, or read it as what it is: `--as html` or `--as text`.",
    ),
    FailureKind.UNSUPPORTED: (
        "is encrypted in a way that PactReader does not know.",
        "Open it in the program that it was made for, print it into a PDF, and open that.",
    ),
    FailureKind.PICTURES: (
        "is scanned: its {pages} without text.",
        "Run an OCR program first: `ocrmypdf {name} {made}`, and open what it writes.",
    ),
    FailureKind.UNMAPPED: (
        "has shapes in place of letters: the file does not say which letters they are.",
        "Run an OCR program first: `ocrmypdf --force-ocr {name} {made}`, and open what it writes.",
    ),
    FailureKind.FORM: (
        "is a form (XFA) whose content is not on its pages.",
        "Open it in Adobe Reader, print it into a PDF, and open that.",
    ),
    FailureKind.PORTFOLIO: (
        "is a portfolio, a container of other files: {files}.",
        "Save them with a PDF viewer, as by `pdfdetach -saveall`, and open one of them.",
    ),
    FailureKind.EMPTY: (
        "has nothing on its pages that could be read.",
        "If there is something to be seen on them, run an OCR program first: `ocrmypdf {name} {made}`.",
    ),
    FailureKind.MEMORY: (
        "takes too much memory to be read.",
        "Open a part of it: `qpdf {name} --pages . 1-100 -- part.pdf`.",
    ),
}
"""The ends of messages, and the hints."""
_FAULTS: Final = {
    FaultKind.CRASHED: ("pdfium crashed on it", "pdfium crashed on them", "pdfium crashed on the next one"),
    FaultKind.TOO_SLOW: ("it took too long", "they took too long", "more took too long"),
    FaultKind.MEMORY: ("it takes too much memory", "they take too much memory", "more take too much memory"),
}
"""The faults as ends of sentences about a page or the file, about several pages, and about those that were read."""
_DAMAGED: Final = ("it is damaged", "they are damaged")


def failure_error(failure: Failure, origin: Origin) -> UnreadableError:
    """Return the error for a file that cannot be read.

    `Failure(PICTURES, pages=12)` → "scan.pdf is scanned: its 12 pages are pictures without text."
    """
    message, hint = _FAILURES[failure.kind]
    words = {
        "pages": "page is a picture" if failure.pages == 1 else f"{failure.pages:,} pages are pictures",
        "files": _named_files(failure.files) or "none of them has a name",
        **_file_names(origin),
    }
    error = PasswordNeededError if failure.kind is FailureKind.PASSWORD else UnreadableError
    return error(f"{origin.name} {message.format(**words)}", hint.format(**words))


def _file_names(origin: Origin) -> dict[str, str]:
    """Return the name of a file as a shell takes it, and one for what another program makes of it."""
    is_file = origin.source != STANDARD_INPUT and not origin.url
    name = PurePath(origin.name if is_file else "scan.pdf")
    return {"name": quote(str(name)), "made": quote(str(name.with_name(f"{name.stem}-ocr.pdf")))}


def _named_files(files: tuple[str, ...]) -> str:
    more = len(files) - _MAX_FILES
    return ", ".join(files[:_MAX_FILES]) + (f" and {more} more" if more > 0 else "")


def fault_error(kind: FaultKind, origin: Origin) -> UnreadableError:
    """Return the error for a file that no process survived."""
    if kind is FaultKind.MEMORY:
        return failure_error(Failure(FailureKind.MEMORY), origin)
    return UnreadableError(
        f"{origin.name} cannot be read: {_FAULTS[kind][0]}.",
        "Download or copy it once more, or print it into a PDF anew.",
    )


def warning_about(text: Text, faults: Mapping[int, FaultKind]) -> str:
    """Return the warning about what is missing in a text; empty if nothing is.

    Args:
        text: The text.
        faults: The faults by the indices of the pages that were left out, and of the one at which reading was given up.
    """
    return " ".join(_warnings(text, faults))


def _warnings(text: Text, faults: Mapping[int, FaultKind]) -> Iterator[str]:
    left_out: dict[FaultKind | None, list[PageName]] = {}
    for page in text.left_out:
        left_out.setdefault(faults.get(page.page), []).append(page)
    for kind, pages in left_out.items():
        reasons = _FAULTS[kind] if kind else _DAMAGED
        yield f"{named_pages(pages)} could not be read: {reasons[len(pages) > 1]}."
    if text.pages_read < text.pages:
        kind = faults.get(text.pages_read)
        reason = _FAULTS[kind][-1] if kind else "more would be too long"
        yield f"Only the first {text.pages_read:,} of its {text.pages:,} pages were read: {reason}."
    if text.pictures:
        have = "is a picture" if len(text.pictures) == 1 else "are pictures"
        yield f"{named_pages(text.pictures)} {have} without text, which an OCR program could read."
    if text.unmapped >= _LEAST_UNMAPPED:
        share = f"{100 * text.unmapped:.0f} %"
        yield f"About {share} of the characters have no letters in the file: they are shown as � or wrongly."
    if text.files:
        yield f"It is a portfolio that has other files in it: {_named_files(text.files)}."
