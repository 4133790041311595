"""The reader of PDF, by pdfium in a child process."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from pactreader.core.article import Article
from pactreader.core.article_rest import ReadingProgress
from pactreader.core.errors import PasswordNeededError, UnreadableError
from pactreader.formats.language_detection import guess_language, parse_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.pdf.child_process import ChildProcess
from pactreader.formats.readers.pdf.messages import (
    Beginning,
    Failure,
    FailureKind,
    Message,
    PageRead,
    Request,
    Text,
    WholeText,
)
from pactreader.formats.readers.pdf.pages import page_anchors


def read_pdf(data: bytes, origin: Origin) -> Article:
    """Read a PDF.

    If it is wanted in parts the article has the first pages, and the others are its `rest`.

    Raises:
        PasswordNeededError: It is protected, and nobody gave the right password.
        UnreadableError: It is damaged, or has no text.
    """
    password, is_again = "", False
    while True:
        try:
            process = ChildProcess(data, Request(len(data), password, origin.setup.in_parts))
            return _read(process, origin)
        except PasswordNeededError:
            if origin.setup.ask_password is None:
                raise
            password, is_again = origin.setup.ask_password(origin.name, is_again), True


def _read(process: ChildProcess, origin: Origin) -> Article:
    messages = process.messages()
    for message in messages:
        if isinstance(message, Beginning):
            return replace(_article(message.text, origin), rest=_Rest(process, messages, origin))
        if article := _whole(message, origin):
            return article
    raise _ended(origin)


class _Rest:
    """The pages behind the first ones."""

    def __init__(self, process: ChildProcess, messages: Iterator[Message], origin: Origin) -> None:
        self._process = process
        self._messages = messages
        self._origin = origin

    def finish(self, on_progress: Callable[[ReadingProgress], None]) -> Article:
        """Wait until all is read, as `ArticleRest` does."""
        for message in self._messages:
            if isinstance(message, PageRead):
                on_progress(ReadingProgress(message.page + 1, message.pages))
            elif article := _whole(message, self._origin):
                return article
        raise _ended(self._origin)

    def stop(self) -> None:
        """Stop reading."""
        self._process.stop()


def _whole(message: Message, origin: Origin) -> Article | None:
    """Return the whole article, if a message has it.

    Raises:
        UnreadableError: The message says that it cannot be read.
    """
    if isinstance(message, Failure):
        raise _failure(message, origin)
    return _article(message.text, origin) if isinstance(message, WholeText) else None


def _failure(failure: Failure, origin: Origin) -> UnreadableError:
    """Return the error for a file that cannot be read."""
    if failure.kind is FailureKind.PASSWORD:
        return PasswordNeededError(
            f"{origin.name} is protected by a password.", "Open it in a terminal, to be asked for it."
        )
    if failure.kind is FailureKind.NO_TEXT:
        return UnreadableError(
            f"{origin.name} is scanned: its pages are pictures without text.", "Run an OCR program first."
        )
    return UnreadableError(
        f"{origin.name} cannot be read as a PDF: it is damaged.", "Download or copy it once more."
    )


def _ended(origin: Origin) -> UnreadableError:
    return UnreadableError(
        f"{origin.name} cannot be read as a PDF: its reader ended.", "Download or copy it once more."
    )


def _article(text: Text, origin: Origin) -> Article:
    article = Article.assemble(
        text.pieces,
        title=text.title or origin.title,
        source=origin.source,
        author=text.author,
        date=text.date,
    )
    language = origin.options.language or parse_language(text.language) or guess_language(article.text)
    return replace(
        article,
        language=language,
        tags=text.tags,
        is_protected=text.is_protected,
        embedded=text.embedded,
        anchors=page_anchors(article, text.pages),
    )
