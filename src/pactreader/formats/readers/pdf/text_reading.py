"""The reading of an open PDF, page by page, in the child process."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from threading import Timer
from time import monotonic
from typing import Final

from pactreader.formats.readers.pdf.annotations.embedded_passages import FileAnnotations
from pactreader.formats.readers.pdf.characters.page_characters import PageCharacters, read_page_characters
from pactreader.formats.readers.pdf.document.content_kinds import files_in, is_dynamic_form, is_picture
from pactreader.formats.readers.pdf.document.details import DocumentDetails
from pactreader.formats.readers.pdf.document.first_page_title import title_on_first_pages
from pactreader.formats.readers.pdf.document.opening import OpenFile
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock
from pactreader.formats.readers.pdf.layout import lay_out
from pactreader.formats.readers.pdf.process.messages import (
    MAX_TEXT,
    Answer,
    Beginning,
    Failure,
    FailureKind,
    PageName,
    Progress,
    Request,
    Text,
    WholeText,
)
from pactreader.formats.readers.pdf.text_positions import TextPositions

MAX_PAGES: Final = 20_000
"""The most pages that are read; the longest PDFs, as of laws and parts lists, have some thousand."""
_BEGINNING_SECONDS: Final = 0.06
"""The time in which the pages are read that are shown first: the first page is to be on the screen within 400 ms, and
starting this process takes 100."""
_LONGEST_BEGINNING_SECONDS: Final = 0.2
"""The time for these pages if they have few words, as covers and titles."""
_BEGINNING_PAGES: Final = 8
"""The most pages that are shown first: more than any window shows."""
_BEGINNING_LENGTH: Final = 5_000
"""The code points that fill two windows."""
_REST_SECONDS: Final = 0.04
"""The time for which the first pages are held back if all are likely to be there by then."""
_MAX_UNMAPPED: Final = 0.5
"""The share of characters without letters from which there is nothing to be read."""
_FEW_WORDS: Final = 1000
"""The most code points of a page that only asks to open a portfolio, or a form of which it is no part, in another program."""


@dataclass
class _Pages:
    """The pages of a file as far as they are read."""

    count: int
    """The number of pages of the file."""
    details: DocumentDetails
    read: list[PageCharacters] = field(default_factory=list)
    annotations: FileAnnotations = field(default_factory=FileAnnotations)
    done: int = 0
    """The number of pages that were read or left out."""
    left_out: list[PageName] = field(default_factory=list)
    pictures: list[PageName] = field(default_factory=list)
    length: int = 0
    """The number of characters."""
    unmapped: int = 0
    """The number of characters of which the file does not say which letters they are."""

    def add(self, page: PageCharacters) -> None:
        """Add a page."""
        self.read.append(page)
        self.length += len(page.text)
        self.unmapped += page.unmapped


def read_text(file: OpenFile, request: Request, send: Callable[[Answer], None]) -> Answer:
    """Read the text of a file.

    Args:
        file: The file.
        request: The request.
        send: A function that sends an answer ahead of the last one. It is called from another thread, too.

    Returns:
        The last answer.
    """
    started = monotonic()
    pages = _Pages(len(file.document), DocumentDetails(file.document, file.data))
    send(Progress(0, pages.count))
    end = min(pages.count, MAX_PAGES if request.end is None else request.end)
    is_beginning_wanted = request.in_parts
    beginning: Timer | None = None
    while pages.done < end and pages.length < MAX_TEXT:
        _read_page(file, pages, request)
        seconds = monotonic() - started
        if is_beginning_wanted and _is_beginning(pages, seconds):
            is_beginning_wanted = False
            is_rest_long = seconds / pages.done * (end - pages.done) > _REST_SECONDS
            held_back = 0 if is_rest_long else _REST_SECONDS
            layout = Progress(pages.done, pages.count, is_layout=True)
            send(layout)
            text = _text(file, pages, partial(send, layout))
            if text.pieces:
                beginning = Timer(held_back, send, [Beginning(text)])
                beginning.daemon = True
                beginning.start()
        send(Progress(pages.done, pages.count))
    layout = Progress(pages.done, pages.count, is_layout=True)
    send(layout)
    if beginning:
        beginning.cancel()
        beginning.join()
    if request.passages is None:
        return _failure(file, pages) or _whole(_text(file, pages, partial(send, layout)))
    from pactreader.formats.readers.pdf.annotations.passage_quads import find_quads

    return find_quads(file.document, _blocks(pages), request.passages, lambda _page: send(layout))


def _read_page(file: OpenFile, pages: _Pages, request: Request) -> None:
    """Read the next page. One that cannot be loaded is left out."""
    from pypdfium2 import PdfiumError

    index = pages.done
    name = PageName(index, pages.details.label(index))
    pages.done += 1
    if index in request.left_out:
        pages.left_out.append(name)
        return
    try:
        page = file.document[index]
    except PdfiumError:
        pages.left_out.append(name)
        return
    text_page = page.get_textpage()
    characters = read_page_characters(page, text_page, *name)
    pages.details.read_page(page, text_page, index, characters.text)
    pages.annotations.read_page(page, text_page, characters.text, *name)
    text_page.close()
    if request.is_careful:
        lay_out([characters])
    pages.add(characters)
    if is_picture(page, len(characters.text.strip())):
        pages.pictures.append(name)
    page.close()


def _is_beginning(pages: _Pages, seconds: float) -> bool:
    """Return whether the pages that were read in so many seconds are those that are shown first."""
    is_short = pages.length < _BEGINNING_LENGTH
    is_late = seconds >= (_LONGEST_BEGINNING_SECONDS if is_short else _BEGINNING_SECONDS)
    return bool(pages.length) and (is_late or len(pages.read) >= _BEGINNING_PAGES)


def _failure(file: OpenFile, pages: _Pages) -> Failure | None:
    """Return the reason why there is nothing to be read; `None` if there is something."""
    length = sum(len(page.text.strip()) for page in pages.read)
    has_few_words = length <= _FEW_WORDS
    are_all_pictures = len(pages.pictures) == len(pages.read) or not length
    reasons = {
        FailureKind.PORTFOLIO: file.is_portfolio and has_few_words,
        FailureKind.FORM: has_few_words and is_dynamic_form(file.document),
        FailureKind.PICTURES: pages.pictures and are_all_pictures,
        FailureKind.BROKEN: pages.left_out and not pages.read,
        FailureKind.EMPTY: not length,
        FailureKind.UNMAPPED: pages.unmapped > _MAX_UNMAPPED * length,
    }
    kind = next((each for each, holds in reasons.items() if holds), None)
    files = files_in(file.document) if kind is FailureKind.PORTFOLIO else ()
    return Failure(kind, pages.count, files) if kind else None


def _whole(text: Text) -> Answer:
    """Return the text of all pages; if it is empty, as all of it is outside of its pages, the failure."""
    return WholeText(text) if text.pieces else Failure(FailureKind.EMPTY, text.pages)


def _text(file: OpenFile, pages: _Pages, on_work: Callable[[], None]) -> Text:
    """Return the text of the pages that are read.

    Args:
        file: The file.
        pages: Its pages.
        on_work: A function that is called now and then.
    """
    details = pages.details
    blocks = _blocks(pages)
    positions = TextPositions(blocks)
    pieces = tuple(block.piece for block in details.complete(blocks, positions))
    title, author, date, language, _url, tags = details.metadata
    return Text(
        pieces,
        title=title or ("" if file.is_protected else title_on_first_pages(pieces)),
        author=author,
        date=date,
        language=language,
        tags=tags,
        outline=details.outline(blocks, positions),
        pages=pages.count,
        pages_read=pages.done,
        left_out=tuple(pages.left_out),
        pictures=tuple(pages.pictures),
        unmapped=pages.unmapped / max(1, pages.length),
        files=files_in(file.document) if file.is_portfolio else (),
        is_protected=file.is_protected,
        embedded=pages.annotations.placed(blocks, positions, on_work),
        own_annotations=pages.annotations.own,
    )


def _blocks(pages: _Pages) -> list[LaidOutBlock]:
    blocks = lay_out(pages.read, pages.details.outline_titles)
    return [block for block in blocks if block.piece.text]  # an article has no others
