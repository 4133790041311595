"""The metadata of a PDF: those of its Info dictionary, or else of its XMP packet, as far as they say something."""

import re
from typing import TYPE_CHECKING, Final

from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.article_metadata import ArticleMetadata
from pactreader.formats.readers.pdf.document.pdfium_strings import utf16_text

if TYPE_CHECKING:
    import pypdfium2

_MAX_TITLE: Final = 300
"""The greatest length of a title or of the authors' names in code points."""
_MAX_TAGS: Final = 30
_MAX_TAG: Final = 60
"""The greatest length of a keyword in code points: what is longer is an abstract."""
_DATE: Final = re.compile(r"(?:D:)?(?P<year>\d{4})-?(?P<month>\d\d)?-?(?P<day>\d\d)?")
"""A date as in Info, `D:20240131…`, or as in XMP, `2024-01-31…`."""
_FIRST_YEAR: Final = 1985
"""Dates before are those of a clock that was not set: the format is of 1993, PostScript of 1984."""
_EXTENSION: Final = re.compile(
    r"\.(?:pdf|docx?|dotx?|odt|ott|rtf|txt|tex|dvi|ps|eps|pptx?|ppsx?|odp|xlsx?|ods|html?|indd?|qxp|qxd|p65|pmd|pub|wpd|"
    r"fm|book|md|rst|sxw|pages|key|xml|fo|cdr|ai|psd|tiff?|jpe?g|png|dwg|vsdx?)\Z",
    re.IGNORECASE,
)
"""The end of the name of a file."""
_JUNK_TITLE: Final = re.compile(
    r"""
    (?:microsoft|ms)\W+(?:word|excel|powerpoint|office|publisher)\b.* | powerpoint[ ]presentation | pr[äé]sentation
    | un-?titled\W?(?:document|presentation)?\W*\d* | \(?(?:no|without)\W?title\)? | (?:document|dokument|slide|folie|layout)\W?\d*
    | unbenannt\W*\d* | sans[ ]titre\W*\d* | sin[ ]t[íi]tulo\W*\d* | senza[ ]titolo\W*\d* | ohne[ ]titel | безымянный | untitled\b.*
    | \(?(?:anonymous|unknown|unspecified)\)? | title | (?:main|paper|article|manuscript|template|output|test|temp|tmp|print|scan|new)
    | tex[ ]output.* | latex[ ]template | (?:pii|doi|arxiv)\s*: ?.* | \S+[-_]\S+[-_]\d+\.\.\d+ | about:blank | (?:https?|file)://\S*
    | [a-z]:\\.* | /\S+/\S* | [\W\d_]* | (?:proceedings|paper|article|manuscript|thesis|latex|word|ieee|acm)\b.*\btemplate\b.* | full[ ]page[ ]photo.* | (?:paper|insert)[ ]title.* | pdf[ ]document
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A title that a program gave: a default, a path, the number of an article, or no word at all."""
_NAME: Final = re.compile(r"[a-z]+|\S*[_\d]\S*")
"""The name of a file without its extension: a word in lower case, or one with a digit or a low line in it."""
_JUNK_AUTHOR: Final = re.compile(
    r"\(?(?:unknown|anonymous|author|admin(?:istrat[oe]u?r)?|user|owner|root|guest|default|none|n/?a|(?:microsoft )?office user|"
    r"(?:windows|microsoft|hp|dell|lenovo)(?: user)?|pc|[\W\d_]*)\)?",
    re.IGNORECASE,
)
"""The name of an account that is nobody's name."""
_PACKET: Final = (b"<x:xmpmeta", b"</x:xmpmeta>")
"""The beginning and the end of an XMP packet."""
_MAX_PACKET: Final = 200_000
"""The greatest length of an XMP packet in bytes: those with a preview of the page are larger, and their title comes before."""
_ITEM: Final = re.compile(r"<rdf:li\b[^>]*>([^<]*)</rdf:li>")


def read_metadata(document: "pypdfium2.PdfDocument", data: bytes) -> ArticleMetadata:
    """Return the metadata of a file.

    Args:
        document: The open file.
        data: Its bytes, in which the XMP packet is looked for: programs write it as plain text.
    """
    from pypdfium2 import raw

    info = {
        key: utf16_text(raw.FPDF_GetMetaText, document, key.encode())
        for key in ("Title", "Author", "CreationDate", "Keywords")
    }
    title, author = _title(info["Title"]), _author(info["Author"])
    packet = "" if title and author else _xmp_packet(data)
    keywords = (printable_line(word) for word in re.split("[,;]", info["Keywords"]))
    return ArticleMetadata(
        title=title or _title(_xmp_value(packet, "dc:title", "")),
        author=author or _author(_xmp_value(packet, "dc:creator", "; ")),
        date=_date(info["CreationDate"]),
        language=printable_line(utf16_text(raw.FPDFCatalog_GetLanguage, document)),
        tags=tuple(dict.fromkeys(word for word in keywords if 0 < len(word) <= _MAX_TAG))[:_MAX_TAGS],
    )


def _title(written: str) -> str:
    """Return a title; empty if it says nothing of the article, as `Microsoft Word - thesis_final2.doc`."""
    title = printable_line(written.replace("\0", ""))
    if len(title) > _MAX_TITLE or _JUNK_TITLE.fullmatch(title) or _EXTENSION.search(title):
        return ""
    is_name = _NAME.fullmatch(title)
    return "" if is_name else title


def _author(written: str) -> str:
    author = printable_line(written.replace("\0", ""))
    return "" if len(author) > _MAX_TITLE or _JUNK_AUTHOR.fullmatch(author) else author


def _date(written: str) -> str:
    """Return the day of a date in ISO 8601; a part of it if the rest is missing: `D:202401` → `2024-01`."""
    found = _DATE.match(written.strip())
    if not found or int(found["year"]) < _FIRST_YEAR:
        return ""
    month, day = found["month"] or "", found["day"] or ""
    if not 1 <= int(month or 0) <= 12:
        return found["year"]
    return f"{found['year']}-{month}-{day}" if 1 <= int(day or 0) <= 31 else f"{found['year']}-{month}"


def _xmp_packet(data: bytes) -> str:
    """Return the XMP packet of a file; empty if it has none, or more than one: then some are those of its pictures."""
    beginning, end = _PACKET
    if data.count(beginning) != 1:
        return ""
    start = data.index(beginning)
    packet = data[start : start + _MAX_PACKET].partition(end)[0]
    return packet.decode("utf-8", "replace")


def _xmp_value(packet: str, name: str, separator: str) -> str:
    """Return the value of an element of an XMP packet; the first one of a list without a separator."""
    if not packet:
        return ""
    import html  # few files need it

    _before, _, rest = packet.partition(f"<{name}>")
    items = [html.unescape(item) for item in _ITEM.findall(rest.partition(f"</{name}>")[0])]
    return separator.join(items) if separator else "".join(items[:1])
