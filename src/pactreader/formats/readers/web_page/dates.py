"""Dates in pages, as ISO 8601."""

import re
from datetime import date
from typing import Final

_ISO: Final = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?[ ]?(Z|UTC|[+-]\d\d:?\d\d)?)?(?!\d)"
)
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier januar enero gennaio janeiro januari",
            "feb february février februar febrero febbraio fevereiro februari",
            "mar march mars märz marzo março maart",
            "apr april avril abril aprile",
            "may mai mayo maggio maio mei",
            "jun june juin juni junio giugno junho",
            "jul july juillet juli julio luglio julho",
            "aug august août agosto augustus",
            "sep sept september septembre septiembre settembre setembro",
            "oct october octobre oktober octubre ottobre outubro okt",
            "nov november novembre noviembre novembro",
            "dec december décembre dezember diciembre dicembre dezembro dez",
        ),
        1,
    )
    for name in names.split()
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WRITTEN: Final = re.compile(
    rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"
    rf"|\b(?P<day2>\d{{1,2}})(?:\.|st|nd|rd|th|er)?\s+(?:de\s+)?(?P<month2>{_MONTH})\.?,?\s+(?:de\s+)?(?P<year2>\d{{4}})\b"
    r"|\b(?P<year3>\d{4})\s?[年/.]\s?(?P<month3>\d{1,2})\s?[月/.]\s?(?P<day3>\d{1,2})(?!\d)",
    re.IGNORECASE,
)
_WEEKDAY: Final = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?|\b\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?",
    re.IGNORECASE,
)
"""Days of the week and times of the day."""
_LONGEST: Final = 200
"""The number of code points of a text in which a date is looked for."""


def iso_date(written: str) -> str:
    """Return the date in a text in ISO 8601, with its time if it has one; empty if there is none.

    `2024-05-01T10:30:00.123Z` → `2024-05-01T10:30:00Z`, `May 1st, 2024` → `2024-05-01`.
    """
    written = written[:_LONGEST].strip()
    if found := _ISO.match(written):
        day = _day(found[1], found[2], found[3])
        time = f"T{found[4]}{(found[5] or '').replace('UTC', 'Z')}" if found[4] else ""
        return day and day + time
    if found := _WRITTEN.search(written):
        for suffix in ("", "2", "3"):
            if found[f"year{suffix}"]:
                month = found[f"month{suffix}"].lower()
                return _day(found[f"year{suffix}"], str(_MONTHS.get(month, month)), found[f"day{suffix}"])
    return ""


def without_date(text: str) -> str:
    """Return a short text without a date that is written in it."""
    return _WEEKDAY.sub("", _WRITTEN.sub("", text[:_LONGEST])).strip(" ,|·•–—-@:")


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
