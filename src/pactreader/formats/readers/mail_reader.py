"""The reader of one mail: its subject as the title, sender and date, and the decoded body."""

import re
from codecs import lookup
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.errors import UnreadableError
from pactreader.core.printable_text import printable_line
from pactreader.formats.decoding import decode
from pactreader.formats.origin import Origin
from pactreader.formats.readers.text_reader import parse_text, read_text

_DIFF: Final = re.compile(r"^(?:diff --git \S|--- \S.*\n\+\+\+ \S)", re.MULTILINE)
"""The beginning of a diff in a body, whose lines must not be joined."""

_LONGEST_HEADER: Final = 1_000
"""Code points of a header that are decoded; the standard library takes quadratic time for longer ones."""
_LONG_HEADER: Final = re.compile(
    rb"^content-[a-z-]+:(?:[^\n]|\n[ \t]){%d}" % _LONGEST_HEADER, re.MULTILINE | re.IGNORECASE
)
_MOST_PARTS: Final = 50
"""The number of parts with parts of their own up to which a mail is decoded, as each is compared with every line."""
_FAULTS: Final = (
    MessageError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""Errors that the standard library raises for damaged headers and bodies, and for encodings that it does not know."""
_TOLD_BY_THE_TEXT: Final = frozenset({"ascii", "utf-8"})
"""Encodings that a mail may claim wrongly; they are told without its claim."""
_NO_CHARACTER_SETS: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
"""Python's text codecs in which no mail is written; those of host names take quadratic time."""
_SIGNATURE: Final = "-- "


def read_mail(data: bytes, origin: Origin) -> Article:
    """Read one mail. Of several versions of the body the plain one is read; attachments are left out.

    A mail that is too damaged to be taken apart is read as plain text.

    Raises:
        UnreadableError: It is not text, or it is empty.
    """
    if is_costly(data):
        return read_text(data, origin)
    try:
        message = message_from_bytes(data)
        body = _body(message, origin.options.encoding)
        subject, sender, date = (_header(message, name) for name in ("Subject", "From", "Date"))
    except _FAULTS:
        return read_text(data, origin)
    rows = [f"{name}: {value}" for name, value in (("From", sender), ("Date", date)) if value]
    if not (body.blocks or rows or subject):
        raise UnreadableError(f"{origin.name} is empty.", "Give it an article with some text in it.")
    pieces = [
        Piece(BlockKind.HEADING, subject, 1),
        Piece(BlockKind.PARAGRAPH, "\n".join(rows)),
        *_pieces(body),
    ]
    article = Article.assemble(
        pieces,
        title=subject or origin.title,
        source=origin.source,
        language=origin.options.language or body.language,
        author=parseaddr(sender)[0] or sender,
        date=_iso_date(date),
        warning=body.warning,
    )
    return replace(article, encoding=body.encoding)


def is_costly(data: bytes) -> bool:
    """Return whether the standard library would take quadratic time to parse a mail."""
    return bool(_LONG_HEADER.search(data)) or data.lower().count(b"multipart/") > _MOST_PARTS


def _pieces(body: Article) -> Iterator[Piece]:
    """Yield the blocks of a body. A heading that it begins with is a salutation, and no title."""
    for index, piece in enumerate(body.pieces()):
        if not index and piece.kind is BlockKind.HEADING:
            yield piece._replace(kind=BlockKind.PARAGRAPH, level=0)
        else:
            yield piece


def _header(message: Message, name: str) -> str:
    """Return the decoded value of a header on one line; empty if there is none."""
    raw = str(message.get(name, ""))[:_LONGEST_HEADER]
    try:
        return printable_line(str(make_header(decode_header(raw))))
    except _FAULTS:
        return printable_line(raw)


def _iso_date(date: str) -> str:
    """Return the date of a mail in ISO 8601; empty if it is none."""
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except _FAULTS:
        return ""


def _body(message: Message, encoding: str) -> Article:
    """Return the text of a mail: its first plain part, else its first HTML part; one without blocks if it has neither."""
    parts = [part for part in message.walk() if part.get_content_disposition() != "attachment"]
    for content_type, read in (("text/plain", _read_plain), ("text/html", _read_html)):
        for part in parts:
            payload = part.get_payload(decode=True) if part.get_content_type() == content_type else b""
            if isinstance(payload, bytes) and payload.strip():
                return read(payload, part, encoding or _charset(part))
    return Article("", "", ())


def _charset(part: Message) -> str:
    """Return the name of a part's encoding that Python knows; empty if it has none."""
    charset = part.get_content_charset("")
    try:
        "".encode(charset)  # refuses codecs that are not of text, as hex
        name = lookup(charset).name
    except (LookupError, ValueError):
        return ""
    return "" if name in _TOLD_BY_THE_TEXT or name in _NO_CHARACTER_SETS else name


def _read_plain(payload: bytes, part: Message, encoding: str) -> Article:
    decoded = decode(payload, "The mail", encoding)
    text = decoded.text
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, delete_blank=str(part.get_param("delsp", "")).lower() == "yes")
    diff = _DIFF.search(text)
    words = text[: diff.start()] if diff else text
    article = parse_text(words, title="", warning=decoded.warning)
    if diff:
        code = Piece(BlockKind.CODE, text[diff.start() :].rstrip("\n"))
        article = Article.assemble(
            [*_pieces(article), code], title="", language=article.language, warning=article.warning
        )
    return replace(article, encoding=decoded.encoding)


def _read_html(payload: bytes, _part: Message, encoding: str) -> Article:
    from pactreader.formats.readers.markdown_reader import read_markdown

    html = decode(payload, "The mail", encoding)
    # Blanks and blank lines say nothing in HTML, and end a block of HTML or begin code in Markdown.
    lines = (line.strip() for line in html.text.split("\n"))
    article = read_markdown("\n".join(filter(None, lines)).encode(), Origin("The mail", "", ""))
    return replace(article, encoding=html.encoding, warning=html.warning)


def _unflowed(text: str, *, delete_blank: bool) -> str:
    r"""Return a text of RFC 3676 with the lines of each paragraph joined: those that end with a blank go on.

    `> so it \n> goes on` → `> so it goes on`. With `delete_blank`, the blank at a line's end is not part of the text.
    """
    joined: list[str] = []
    open_depth = -1  # that of the quotation whose last line goes on; -1 if none does
    for line in text.split("\n"):
        unquoted = line.lstrip(">")
        depth = len(line) - len(unquoted)
        words = unquoted.removeprefix(" ")
        goes_on = words.endswith(" ") and words != _SIGNATURE
        shown = words[:-1] if goes_on and delete_blank else words
        if depth == open_depth and words != _SIGNATURE:
            joined[-1] += shown
        else:
            joined.append(f"{'>' * depth} {shown}" if depth else shown)
        open_depth = depth if goes_on else -1
    return "\n".join(joined)
