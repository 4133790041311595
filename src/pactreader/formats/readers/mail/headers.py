"""The header fields of a mail."""

from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final, NamedTuple

from pactreader.core.printable_text import printable_line

LONGEST_HEADER: Final = 1_000
"""Code points of a header field that are decoded; the standard library takes quadratic time for longer ones."""
FAULTS: Final = (
    MessageError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""Errors that the standard library raises for damaged headers and bodies, and for encodings that it does not know."""


class Headers(NamedTuple):
    """The header fields of a mail that are shown; empty where it has none. All are printable, on one line."""

    subject: str
    sender: str
    date: str

    @property
    def author(self) -> str:
        """The sender's name, or else their address."""
        return parseaddr(self.sender)[0] or self.sender

    @property
    def iso_date(self) -> str:
        """The date in ISO 8601; empty if it is none."""
        try:
            return parsedate_to_datetime(self.date).date().isoformat()
        except FAULTS:
            return ""

    @property
    def lines(self) -> str:
        """The lines for sender and date, as they stand below the subject."""
        return "\n".join(
            f"{name}: {value}" for name, value in (("From", self.sender), ("Date", self.date)) if value
        )


def read_headers(message: Message) -> Headers:
    """Return the header fields of a mail."""
    return Headers(*(header(message, name) for name in ("Subject", "From", "Date")))


def header(message: Message, name: str) -> str:
    """Return the decoded value of a header field on one line; empty if there is none."""
    return decoded_line(str(message.get(name, "")))


def decoded_line(written: str) -> str:
    """Return a value with its encoded words (RFC 2047) decoded, on one line."""
    raw = written[:LONGEST_HEADER]
    try:
        return printable_line(str(make_header(decode_header(raw))))
    except FAULTS:
        return printable_line(raw)
