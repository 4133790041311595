"""The parts of a mail: which of them are read, which are named as attachments, and mails inside it."""

from collections.abc import Iterator
from email.message import Message
from typing import Final

from pactreader.core.article import BlockKind, Piece
from pactreader.formats.readers.list_markers import bullet
from pactreader.formats.readers.mail.bodies import (
    BODY_TYPES,
    PLAIN_TYPES,
    payload_of,
    read_body,
    without_title,
)
from pactreader.formats.readers.mail.headers import decoded_line, read_headers

_MAX_DEPTH: Final = 10
"""The number of parts and mails around a part up to which it is read."""
_MESSAGE_TYPES: Final = frozenset({"message/rfc822", "message/global"})
_WITH_ONE_BODY: Final = frozenset({"multipart/related", "multipart/signed"})
"""The types of which the first part is the body; the others are its pictures, or a signature."""
_MAX_NAMED: Final = 200
"""The greatest number of attachments that are named."""
_KILO: Final = 1_000


class MailParts:
    """The content of a mail, as its parts are added."""

    def __init__(self, encoding: str) -> None:
        """Create the content of a mail without parts.

        Args:
            encoding: The encoding of its bodies that the user chose; empty for their own.
        """
        self._chosen = encoding
        self.pieces: list[Piece] = []
        """The blocks of its bodies."""
        self.encoding = ""
        """The encoding of its first body."""
        self.warning = ""
        self._attachments: list[Message] = []

    def add(self, part: Message, quoted: int = 0, depth: int = 0) -> None:
        """Add a part with the parts in it.

        Args:
            part: The part.
            quoted: The number of mails that it was forwarded in.
            depth: The number of parts around it.

        Raises:
            UnreadableError: A body is not text.
        """
        kind = part.get_content_type()
        inner = _parts_in(part)
        if depth > _MAX_DEPTH or part.get_content_disposition() == "attachment":
            self._attachments.append(part)
        elif kind in _MESSAGE_TYPES:
            for message in inner:
                self._add_mail(message, quoted + 1, depth + 1)
        elif inner:
            read = _read_parts(kind, inner)
            for each in inner:
                if each in read:
                    self.add(each, quoted, depth + 1)
                elif kind not in _WITH_ONE_BODY:
                    self._attachments += filter(_is_attachment, each.walk())
        elif kind in BODY_TYPES or part.get_content_maintype() == "multipart":
            self._add_body(part, quoted)
        elif part.get_content_maintype() != "image":
            self._attachments.append(part)

    def _add_mail(self, message: Message, quoted: int, depth: int) -> None:
        """Add a mail inside the mail, as a quotation below its header fields."""
        headers = read_headers(message)
        lines = "\n".join(filter(None, (headers.lines, headers.subject and f"Subject: {headers.subject}")))
        self.pieces.append(Piece(BlockKind.QUOTATION, lines, quoted=quoted))
        self.add(message, quoted, depth)

    def _add_body(self, part: Message, quoted: int) -> None:
        payload = payload_of(part)
        if not payload:
            return
        body = read_body(payload, part, self._chosen)
        self.encoding = self.encoding or body.encoding
        self.warning = self.warning or body.warning
        plain = part.get_content_type() in PLAIN_TYPES
        for piece in without_title(body.pieces()) if plain else body.pieces():
            is_paragraph = quoted and piece.kind is BlockKind.PARAGRAPH
            kind = BlockKind.QUOTATION if is_paragraph else piece.kind
            self.pieces.append(piece._replace(kind=kind, quoted=piece.quoted + quoted))

    def attachments(self) -> Iterator[Piece]:
        """Yield a list of the attachments with their names, types and sizes."""
        if self._attachments:
            yield Piece(BlockKind.PARAGRAPH, "Attachments:")
        for part in self._attachments[:_MAX_NAMED]:
            yield Piece(BlockKind.LIST_ITEM, _description(part), 1, bullet(1))
        if len(self._attachments) > _MAX_NAMED:
            yield Piece(
                BlockKind.LIST_ITEM, f"and {len(self._attachments) - _MAX_NAMED:,} more", 1, bullet(1)
            )


def _parts_in(part: Message) -> list[Message]:
    # The payload of a part without parts would be decoded, at the risk of an error.
    return [each for each in part.get_payload() if isinstance(each, Message)] if part.is_multipart() else []


def _read_parts(kind: str, parts: list[Message]) -> list[Message]:
    """Return those of the parts of a part that are read: of several versions, the first one with a plain text."""
    if kind in _WITH_ONE_BODY:
        return parts[:1]
    if kind != "multipart/alternative":
        return parts
    for wanted in ("text/plain", "text/html"):
        for part in parts:
            if any(
                each.get_content_type() == wanted and not _is_attachment(each) and payload_of(each)
                for each in part.walk()
            ):
                return [part]
    return parts[:1]


def _is_attachment(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _description(part: Message) -> str:
    """Return the name of an attachment with its type and its size, as `a.pdf (application/pdf, 12 kB)`."""
    kind = decoded_line(part.get_content_type())
    if part.get_content_type() in _MESSAGE_TYPES:
        inner = _parts_in(part)
        name = read_headers(inner[0]).subject if inner else ""
        size = sum(len(each.as_bytes()) for each in inner)
    else:
        size = len(payload_of(part))
        name = decoded_line(part.get_filename("") or "")
    return f"{name or 'without a name'} ({kind}, {max(1, round(size / _KILO)):,} kB)"
