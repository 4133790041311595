"""Recognition of a mail, or of a mailbox, by the headers at its beginning."""

import re
from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern

_HEADERS: Final = lazy_pattern(
    r"(?:From (?![0-9a-f]{40} )\S[^\n]*\n)?((?:[!-9;-~]{1,60}:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+)(?:\n|\Z)"
)
"""The headers at the beginning of a mail, with an mbox file's line before them; a patch of git has its own such line."""
_MAILBOX: Final = lazy_pattern(r"\n*From (?![0-9a-f]{40} )\S[^\n]{0,200}\d:\d\d")
"""The line before the first mail of a mailbox."""
_NAMES: Final = lazy_pattern(r"^([\w-]+):", re.MULTILINE)


def looks_like_mail(text: str) -> bool:
    """Return whether a text begins with the headers of a mail: a sender with a date or a subject, and a blank line."""
    headers = _HEADERS.match(text)
    if not headers:
        return False
    names = {name.lower() for name in _NAMES.findall(headers[1])}
    return "from" in names and bool(names & {"date", "subject"})


def looks_like_mailbox(text: str) -> bool:
    """Return whether a text begins with the line before a mail in a mailbox, and the headers of that mail."""
    return bool(_MAILBOX.match(text)) and looks_like_mail(text.lstrip("\n"))
