"""The byline of an article: its author, its date, and the site that it was published on."""

from typing import Final

from pactreader.core.printable_text import printable_line

_DAY: Final = len("2026-11-30")


def byline(author: str, date: str, url: str) -> str:
    """Return the byline of an article on one line: `Jane Doe · 2026-11-30 · example.org`; what is not known is left out.

    Args:
        author: Its author.
        date: Its date, of which the time of day is left out if it is in ISO 8601.
        url: Its address on the web.
    """
    day = date[:_DAY] if date[_DAY : _DAY + 1] in {"T", " "} and date[:4].isdigit() else date
    return " · ".join(filter(None, map(printable_line, (author, day, site_of(url)))))


def site_of(url: str) -> str:
    """Return the site of an address, `example.org` for `https://www.example.org/a`; empty if it has none."""
    if not url:
        return ""
    from pactreader.core.web_addresses import shown_host  # files need none

    return shown_host(url).removeprefix("www.")
