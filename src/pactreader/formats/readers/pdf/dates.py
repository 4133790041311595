"""Dates as a PDF writes them."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from pactreader.core.annotation import timestamp

_DATE: Final = re.compile(
    r"(?:D:)?(?P<year>\d{4})(?P<month>\d\d)?(?P<day>\d\d)?(?P<hour>\d\d)?(?P<minute>\d\d)?(?P<second>\d\d)?"
    r"(?:(?P<sign>[+-])(?P<hours>\d\d)'?(?P<minutes>\d\d)?)?"
)
"""ISO 32000-1, 7.9.4: `D:YYYYMMDDHHmmSSOHH'mm'`, of which everything behind the year may be missing, and often `D:` is."""


def parse_date(text: str) -> str:
    """Return a date of a PDF as a timestamp: `D:20151230152248+01'00'` → `2015-12-30T14:22:48.000Z`.

    Without a time zone it is taken as UTC. Empty if it is no date.
    """
    found = _DATE.match(text.strip())
    if not found:
        return ""
    year, month, day = int(found["year"]), int(found["month"] or 1), int(found["day"] or 1)
    time = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    with suppress(ValueError, OverflowError):
        distance = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
        zone = timezone(-distance if found["sign"] == "-" else distance) if distance else UTC
        return timestamp(datetime(year, month, day, *time, tzinfo=zone))
    return ""
