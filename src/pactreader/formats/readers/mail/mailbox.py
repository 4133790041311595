"""The mails of a mailbox in the mbox format: https://www.rfc-editor.org/rfc/rfc4155."""

import re
from itertools import pairwise
from typing import Final

_START: Final = re.compile(
    rb"^From (?![0-9a-f]{40} )[^\n]{0,200}\d:\d\d[^\n]{0,100}\n(?=[!-9;-~]{1,60}:)", re.MULTILINE
)
"""The line before each mail: who sent it and when. A header field follows; a patch of git has its own such line."""
_QUOTED: Final = re.compile(rb"^>(?=>*From )", re.MULTILINE)
"""The sign before lines of a mail that begin as the line before a mail does."""


def split_mailbox(data: bytes) -> list[bytes]:
    """Return the mails of a mailbox, without the lines before them; none if it has no such line."""
    data = data.replace(b"\r\n", b"\n")
    starts = [match.span() for match in _START.finditer(data)]
    mails = pairwise((*starts, (len(data), len(data))))
    return [_QUOTED.sub(b"", data[start:end]).strip(b"\n") + b"\n" for (_, start), (end, _) in mails]
