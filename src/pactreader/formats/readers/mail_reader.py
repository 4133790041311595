"""The readers of one mail, with its subject as the title, and of mailboxes, with a section for each mail."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from typing import Final, NamedTuple

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.article_outline import ContentsEntry
from pactreader.core.errors import UnreadableError
from pactreader.formats.language_detection import guess_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.mail.headers import FAULTS, LONGEST_HEADER, Headers, read_headers
from pactreader.formats.readers.mail.mailbox import split_mailbox
from pactreader.formats.readers.mail.parts import MailParts
from pactreader.formats.readers.text_reader import read_text

_LONG_HEADER: Final = re.compile(
    rb"^content-[a-z-]+:(?:[^\n]|\n[ \t]){%d}" % LONGEST_HEADER, re.MULTILINE | re.IGNORECASE
)
_MOST_PARTS: Final = 50
"""The number of parts with parts of their own up to which a mail is decoded, as each is compared with every line."""
_REPLY: Final = re.compile(r"(?:(?:re|aw|sv|antw|fwd?|wg)(?:\[\d{1,3}\])?\s*:\s*)+", re.IGNORECASE)
"""The marks of answers and forwarded mails before a subject."""
_NO_SUBJECT: Final = "(no subject)"
_UNREADABLE: Final = "(This mail cannot be read.)"
_DEEPEST: Final = 6


class _Mail(NamedTuple):
    """A mail as it is shown."""

    headers: Headers
    pieces: list[Piece]
    """The blocks below its header fields."""
    encoding: str = ""
    warning: str = ""


def read_mail(data: bytes, origin: Origin) -> Article:
    """Read one mail. Of several versions of a body the plain one is read; attachments are named.

    A mail that is too damaged to be taken apart is read as plain text.

    Raises:
        UnreadableError: It is not text, or it is empty.
    """
    mail = _parse(data, origin)
    if mail is None:
        return read_text(data, origin)
    headers = mail.headers
    if not (mail.pieces or any(headers)):
        raise UnreadableError(f"{origin.name} is empty.", "Give it an article with some text in it.")
    article = Article.assemble(
        [
            Piece(BlockKind.HEADING, headers.subject, 1),
            Piece(BlockKind.PARAGRAPH, headers.lines),
            *mail.pieces,
        ],
        title=headers.subject or origin.title,
        source=origin.source,
        author=headers.author,
        date=headers.iso_date,
        warning=mail.warning,
    )
    language = origin.options.language or guess_language("\n".join(piece.text for piece in mail.pieces))
    return article._replace(language=language, encoding=mail.encoding)


def read_mailbox(data: bytes, origin: Origin) -> Article:
    """Read a mailbox as one article, with a section for each mail in the order of the file.

    A file without a mail is read as plain text.

    Raises:
        UnreadableError: It is not text, or it is empty.
    """
    written = split_mailbox(data)
    if not written:
        return read_text(data, origin)
    if len(written) == 1:
        return read_mail(written[0], origin)
    mails = [_parse_or_excuse(each, origin) for each in written]
    subjects = {_REPLY.sub("", mail.headers.subject).strip() for mail in mails}
    article = Article.assemble(
        (piece for mail in mails for piece in _section(mail)),
        title=subjects.pop() or origin.title if len(subjects) == 1 else origin.title,
        source=origin.source,
        warning=next((mail.warning for mail in mails if mail.warning), ""),
    )
    language = origin.options.language or guess_language(article.text)
    encoding = next((mail.encoding for mail in mails if mail.encoding), "")
    return article._replace(language=language, encoding=encoding, contents=_contents(article, mails))


def is_costly(data: bytes) -> bool:
    """Return whether the standard library would take quadratic time to parse a mail."""
    return data.lower().count(b"multipart/") > _MOST_PARTS or bool(_LONG_HEADER.search(data))


def _parse(data: bytes, origin: Origin) -> _Mail | None:
    """Take one mail apart; `None` if it is too damaged for that.

    Raises:
        UnreadableError: A body of it is not text.
    """
    if is_costly(data):
        return None
    try:
        message = message_from_bytes(data)
        parts = MailParts(origin.options.encoding)
        parts.add(message)
        return _Mail(
            read_headers(message), [*parts.pieces, *parts.attachments()], parts.encoding, parts.warning
        )
    except FAULTS:
        return None


def _parse_or_excuse(data: bytes, origin: Origin) -> _Mail:
    """Take one mail of a mailbox apart. One that cannot be read is shown as plain text, or with a sentence."""
    try:
        mail = _parse(data, origin)
        if mail is None:
            text = read_text(data, origin)
            return _Mail(Headers("", "", ""), list(text.pieces()), text.encoding, text.warning)
    except UnreadableError:
        return _Mail(Headers("", "", ""), [Piece(BlockKind.PARAGRAPH, _UNREADABLE)])
    return mail


def _section(mail: _Mail) -> Iterator[Piece]:
    """Yield the blocks of a mail in a mailbox, its own headings below its subject."""
    headers = mail.headers
    yield Piece(BlockKind.HEADING, headers.subject or _NO_SUBJECT, 1, places=((0, _place(headers)),))
    yield Piece(BlockKind.PARAGRAPH, headers.lines)
    for piece in mail.pieces:
        is_heading = piece.kind is BlockKind.HEADING
        yield piece._replace(level=min(piece.level + 1, _DEEPEST)) if is_heading else piece


def _place(headers: Headers) -> str:
    """Return the place by which a mail is cited: its sender and its date, as its subject is a heading."""
    return ", ".join(filter(None, (headers.author, headers.iso_date or headers.date)))


def _contents(article: Article, mails: list[_Mail]) -> tuple[ContentsEntry, ...]:
    """Return the table of contents of a mailbox: its mails."""
    starts = (block.start for block in article.headings if block.level == 1)
    titles = (
        " · ".join(filter(None, (mail.headers.subject or _NO_SUBJECT, _place(mail.headers))))
        for mail in mails
    )
    return tuple(ContentsEntry(title, 1, start) for title, start in zip(titles, starts, strict=True))
