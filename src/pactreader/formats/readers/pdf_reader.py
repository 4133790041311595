"""The reader of PDF, by pdfium in a child process."""

from collections.abc import Callable
from time import monotonic
from typing import Final

from pactreader.core.article import Article
from pactreader.core.article_outline import ContentsEntry
from pactreader.core.article_rest import ReadingProgress
from pactreader.core.errors import PasswordNeededError
from pactreader.formats.language_detection import guess_language, parse_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.pdf.pages import page_anchors
from pactreader.formats.readers.pdf.process.messages import (
    Beginning,
    Failure,
    Progress,
    Request,
    Text,
    WholeText,
)
from pactreader.formats.readers.pdf.process.reports import failure_error, fault_error, warning_about
from pactreader.formats.readers.pdf.process.supervision import ProcessesFailedError, Supervision

_MAX_QUESTIONS: Final = 3
"""The number of times that a password is asked for, as by login programs."""
_PROGRESS_SECONDS: Final = 0.05
"""The least time from one progress to the next: more often, nobody sees it."""
_DEFAULT_LANGUAGE: Final = "en"
"""The language that programs declare where nobody chose one: the text itself tells it better."""


def read_pdf(data: bytes, origin: Origin) -> Article:
    """Read a PDF.

    If it is wanted in parts the article has the first pages, and the others are its `rest`.

    Raises:
        PasswordNeededError: It is protected, and nobody gave the right password.
        UnreadableError: It is damaged, or has no text.
    """
    password = ""
    for questions in range(_MAX_QUESTIONS + 1):
        try:
            request = Request(len(data), password, origin.setup.in_parts)
            reading = _Reading(data, request, origin)
            origin.setup.meanwhile()
            return reading.finish(lambda _progress: None)
        except PasswordNeededError:
            if origin.setup.ask_password is None:
                raise
            if questions < _MAX_QUESTIONS:
                password = origin.setup.ask_password(origin.name, questions > 0)
    raise PasswordNeededError(
        f"The password of {origin.name} is another one.", "Open it once more to try again."
    )


class _Reading:
    """The reading of a file: after its beginning, the rest of the article."""

    def __init__(self, data: bytes, request: Request, origin: Origin) -> None:
        self._origin = origin
        self._supervision = Supervision(data, request)
        self._answers = self._supervision.answers()

    def finish(self, on_progress: Callable[[ReadingProgress], None]) -> Article:
        """Return the beginning if it is there first, and of it this is the rest; else the whole, as `ArticleRest` does.

        Raises:
            PasswordNeededError: It is protected, and the password is wrong.
        """
        told, told_at = 0, 0.0
        try:
            for answer in self._answers:
                match answer:
                    case Progress(pages_read, pages, is_layout):
                        is_due = pages_read > told and monotonic() - told_at >= _PROGRESS_SECONDS
                        if is_due or is_layout:
                            told, told_at = pages_read, monotonic()
                            on_progress(ReadingProgress(pages_read, pages, is_layout))
                    case Beginning(text):
                        return _article(text, self._origin, is_whole=False)._replace(rest=self)
                    case WholeText(text):
                        article = _article(text, self._origin, is_whole=True)
                        return article._replace(warning=warning_about(text, self._supervision.faults))
                    case Failure():
                        raise failure_error(answer, self._origin)
        except ProcessesFailedError as error:
            raise fault_error(error.kind, self._origin) from error
        raise AssertionError("no last answer")

    def stop(self) -> None:
        """Stop reading."""
        self._supervision.stop()


def _article(text: Text, origin: Origin, *, is_whole: bool = True) -> Article:
    article = Article.assemble(
        text.pieces,
        title=text.title or origin.title,
        source=origin.source,
        author=text.author,
        date=text.date,
    )
    declared = parse_language(text.language)
    if declared == _DEFAULT_LANGUAGE:
        declared = ""
    language = origin.options.language or declared or guess_language(article.text)
    return article._replace(
        language=language,
        tags=text.tags,
        contents=_contents(text, article),
        is_protected=text.is_protected,
        embedded=text.embedded,
        anchors=page_anchors(article, text.pages, is_whole=is_whole),
    )


def _contents(text: Text, article: Article) -> tuple[ContentsEntry, ...]:
    """Return the outline of a file as the table of contents of its article."""
    return tuple(
        ContentsEntry(title, level, article.blocks[block].start + offset)
        for title, level, block, offset in text.outline
    )
