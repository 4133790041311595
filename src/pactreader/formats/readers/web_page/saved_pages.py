"""Pages that a browser saved: what they say of where they came from, and files with a page and its parts in one."""

import re
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from pactreader.core.errors import UnreadableError
from pactreader.core.printable_text import printable_line
from pactreader.formats.origin import Origin
from pactreader.formats.readers.mail_reader import is_costly

_SAMPLE: Final = 16_384
"""The number of characters at the beginning of a page in which a browser says where it was saved from."""
_SAVED_FROM: Final = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)(\S{1,2000})\s{0,9}-->", re.IGNORECASE)
"""The comment of Internet Explorer's Mark of the Web, which all browsers write:
https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/compatibility/ms537628(v=vs.85)."""
_SINGLE_FILE: Final = re.compile(
    r"<!--\s{1,9}Page saved with SingleFile\s{1,9}url:\s?(\S{1,2000})", re.IGNORECASE
)
"""The comment of SingleFile: https://github.com/gildas-lormeau/SingleFile."""
_DATA_URL: Final = re.compile(r"""(?<=["'(=])data:[a-z]+/[^\s"'()<>]{200,}""", re.IGNORECASE)
"""A picture or a font within a page, of a size that costs time."""
_WEB_ARCHIVE: Final = b"bplist00"
_HEAD: Final = 4_096
"""The number of bytes at the beginning of a file in which a MIME archive names its kind."""
_MIME_HEAD: Final = re.compile(
    rb"\s*(?:from|subject|date|mime-version|content-[a-z-]+|snapshot-[a-z-]+|x-[a-z-]+):"
)
_LONG: Final = 200_000
"""The number of characters from which the files in a page cost time."""


class SavedPage(NamedTuple):
    """The page in a file."""

    data: bytes
    url: str = ""
    """The address that it was saved from; empty if that is not known."""
    charset: str = ""
    """The encoding that the file names for it; empty for none."""


def address_saved_from(markup: str) -> str:
    """Return the address that a page was saved from, as the browser wrote it into a comment; empty without one."""
    sample = markup[:_SAMPLE]
    found = _SAVED_FROM.search(sample) or _SINGLE_FILE.search(sample)
    return web_address(found[1]) if found else ""


def web_address(written: str) -> str:
    """Return an address if it is one of the web, else an empty text."""
    address = printable_line(written)
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.hostname else ""


def without_embedded_files(markup: str) -> str:
    """Return a page without the pictures and fonts that were saved into it, from which no text is read."""
    return _DATA_URL.sub("data:,", markup) if len(markup) > _LONG else markup


def saved_page(data: bytes, origin: Origin) -> SavedPage:
    """Return the page in a file: the file itself, or the page in a MIME archive or a web archive.

    Raises:
        UnreadableError: It is an archive, and there is no page in it.
    """
    if data.startswith(_WEB_ARCHIVE):
        return _page_in_web_archive(data, origin)
    if is_mime_archive(data):
        return _page_in_mime_archive(data, origin)
    return SavedPage(data)


def is_mime_archive(data: bytes) -> bool:
    """Return whether a file is a MIME archive of a page, as browsers save it: `.mhtml`."""
    head = data[:_HEAD].lower()
    return bool(_MIME_HEAD.match(head)) and b"multipart/related" in head and not is_costly(data)


def _page_in_mime_archive(data: bytes, origin: Origin) -> SavedPage:
    """Return the page in a MIME archive (RFC 2557): its first part that is HTML, or the one that it names as its root.

    Raises:
        UnreadableError: There is no page in it.
    """
    from email import message_from_bytes

    message = message_from_bytes(data)
    pages = [
        part for part in message.walk() if part.get_content_type() in {"text/html", "application/xhtml+xml"}
    ]
    root = str(message.get_param("start", "") or "").strip()
    page = next(
        (part for part in pages if root and part.get("Content-ID", "") == root), pages[0] if pages else None
    )
    payload = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(payload, bytes) or not payload.strip():
        raise UnreadableError(
            f"{origin.name} has no web page in it.",
            "Open the page in a browser and save it as a complete page.",
        )
    saved_from = message.get("Snapshot-Content-Location", "") or page.get("Content-Location", "")
    return SavedPage(payload, web_address(str(saved_from)), page.get_content_charset("") or "")


def _page_in_web_archive(data: bytes, origin: Origin) -> SavedPage:
    """Return the page in a web archive of Safari, which is a property list.

    Raises:
        UnreadableError: There is no page in it.
    """
    import plistlib
    from xml.parsers.expat import ExpatError

    try:
        resource = plistlib.loads(data)["WebMainResource"]
        page = resource["WebResourceData"]
        saved_from, charset = (
            resource.get("WebResourceURL", ""),
            resource.get("WebResourceTextEncodingName", ""),
        )
    except (
        plistlib.InvalidFileException,
        ExpatError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        OverflowError,
    ) as error:
        raise UnreadableError(
            f"{origin.name} is a damaged web archive.", "Open the page in a browser and save it as a page."
        ) from error
    if not isinstance(page, bytes):
        raise UnreadableError(
            f"{origin.name} has no web page in it.", "Open the page in a browser and save it as a page."
        )
    return SavedPage(page, web_address(str(saved_from)), str(charset))
