"""Dates as a PDF writes them."""

import re
from contextlib import suppress
from datetime import datetime, timedelta, timezone
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
    number = {name: int(text) for name, text in found.groupdict().items() if text and name != "sign"}
    get = number.get
    with suppress(ValueError, OverflowError):
        distance = timedelta(hours=get("hours", 0), minutes=get("minutes", 0))
        zone = timezone(-distance if found["sign"] == "-" else distance)
        day = datetime(number["year"], get("month", 1), get("day", 1), tzinfo=zone)
        time = timedelta(hours=get("hour", 0), minutes=get("minute", 0), seconds=get("second", 0))
        return timestamp(day + time)
    return ""
