"""The reader of one mail: its subject as the title, sender and date, and the decoded body."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final

from pactreader.core.article import Article, Block, BlockKind, Piece, Span
from pactreader.core.errors import UnreadableError
from pactreader.core.printable_text import printable, printable_line, unix_line_ends
from pactreader.formats.decoding import decode
from pactreader.formats.escape_sequences import without_escape_sequences
from pactreader.formats.origin import Origin
from pactreader.formats.readers.text_reader import parse_text

_HEADERS: Final = re.compile(
    r"(?:From \S[^\n]*\n)?((?:[!-9;-~]{1,60}:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+)(?:\n|\Z)"
)
"""The headers at the beginning of a mail, with an mbox file's line before them."""
_NAMES: Final = re.compile(r"^([\w-]+):", re.MULTILINE)

_LONGEST_HEADER: Final = 1_000
"""Code points of a header that are decoded; the standard library takes quadratic time for longer ones."""
_LONG_HEADER: Final = re.compile(
    rb"^content-[a-z-]+:(?:[^\n]|\n[ \t]){%d}" % _LONGEST_HEADER, re.MULTILINE | re.IGNORECASE
)
_MOST_PARTS: Final = 50
"""The number of parts with parts of their own from which nothing is decoded: each is compared with every line."""
_FAULTS: Final = (
    MessageError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""Raised by the standard library for damaged headers and bodies, and for encodings that it does not know."""
_SIGNATURE: Final = "-- "


def looks_like_mail(text: str) -> bool:
    """Return whether a text begins with the headers of a mail: a sender with a date or a subject, and a blank line."""
    headers = _HEADERS.match(text)
    if not headers:
        return False
    names = {name.lower() for name in _NAMES.findall(headers[1])}
    return "from" in names and bool(names & {"date", "subject"})


def read_mail(data: bytes, origin: Origin) -> Article:
    """Read one mail. Of several versions of the body the plain one is read; attachments are left out.

    Raises:
        UnreadableError: It has no text.
    """
    decode(data[:_LONGEST_HEADER], origin.name)  # raises an error for what is no text
    try:
        return _read(data, origin)
    except _FAULTS:
        decoded = decode(data, origin.name)
        return parse_text(decoded.text, title=origin.title, source=origin.source, warning=decoded.warning)


def _read(data: bytes, origin: Origin) -> Article:
    """Read one mail.

    Raises:
        ValueError: It would take too long.
        UnreadableError: It has no text.
    """
    if _LONG_HEADER.search(data) or data.lower().count(b"multipart/") > _MOST_PARTS:
        raise ValueError("not a mail that a person wrote")
    message = message_from_bytes(data)
    subject, sender, date = (_header(message, name) for name in ("Subject", "From", "Date"))
    title = subject or origin.title
    rows = [f"{name}: {value}" for name, value in (("From", sender), ("Date", date)) if value]
    pieces = [Piece(BlockKind.HEADING, subject, 1), Piece(BlockKind.PARAGRAPH, "\n".join(rows))]
    body = _body(message)
    language = "en"
    if body.strip():
        article = parse_text(body, title=title)
        language = article.language
        pieces += _pieces(article)
    elif not rows:
        raise UnreadableError(f"{origin.name} is empty.", "Give it an article with some text in it.")
    return Article.assemble(
        pieces,
        title=title,
        source=origin.source,
        language=origin.options.language or language,
        author=printable_line(parseaddr(sender)[0]) or sender,
        date=_iso_date(date),
    )


def _pieces(body: Article) -> Iterator[Piece]:
    """Yield the blocks of a body. Its first line is a salutation, and no title."""
    for index, block in enumerate(body.blocks):
        is_heading = block.kind is BlockKind.HEADING and (index or block.level > 1)
        kind = BlockKind.PARAGRAPH if block.kind is BlockKind.HEADING and not is_heading else block.kind
        level = 0 if kind is BlockKind.PARAGRAPH and block.kind is BlockKind.HEADING else block.level
        yield Piece(kind, body.block_text(block), level, block.marker, block.quoted, _own_spans(block))


def _own_spans(block: Block) -> tuple[Span, ...]:
    return tuple(Span(s.start - block.start, s.end - block.start, s.kind, s.target) for s in block.spans)


def _header(message: Message, name: str) -> str:
    """Return the decoded value of a header on one line; empty if there is none."""
    value = message.get(name)
    if value is None:
        return ""
    raw = str(value)[:_LONGEST_HEADER]
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


def _body(message: Message) -> str:
    """Return the text of a mail: its first plain part, else the text of its first HTML part."""
    parts = [part for part in message.walk() if not _is_attachment(part)]
    for content_type in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == content_type and (text := _part_text(part)).strip():
                return _html_text(text) if content_type == "text/html" else text
    return ""


def _is_attachment(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _part_text(part: Message) -> str:
    """Return the decoded text of a part, in which quotations are marked by `>` and blank lines separate paragraphs."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    charset = part.get_content_charset()
    try:
        text = payload.decode(charset or "utf-8")
    except (LookupError, ValueError):
        text = decode(payload, "The mail").text
    text = printable(unix_line_ends(without_escape_sequences(text)))
    if str(part.get_param("format", "")).lower() == "flowed":
        return _unflowed(text, delete_blank=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def _unflowed(text: str, *, delete_blank: bool) -> str:
    """Return a text of RFC 3676 with the lines of each paragraph joined: those that end with a blank go on."""
    joined: list[str] = []
    flowing: tuple[int, bool] = (0, False)
    for line in text.split("\n"):
        unquoted = line.lstrip(">")
        depth = len(line) - len(unquoted)
        words = unquoted.removeprefix(" ")
        goes_on = words.endswith(" ") and words != _SIGNATURE
        shown = words[:-1] if goes_on and delete_blank else words
        if flowing == (depth, True) and words != _SIGNATURE:
            joined[-1] += shown
        else:
            joined.append(f"{'>' * depth} {shown}" if depth else shown)
        flowing = depth, goes_on
    return "\n".join(joined)


def _html_text(html: str) -> str:
    """Return the text of an HTML body, with blank lines between its paragraphs."""
    from pactreader.formats.readers.markdown_reader import read_markdown

    return read_markdown(html.encode(), Origin("The mail", "", "")).text
