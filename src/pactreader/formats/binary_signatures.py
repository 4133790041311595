"""Files that are no text, known by their first bytes, and what can be done to read them."""

from typing import Final, NamedTuple

from pactreader.core.errors import UnreadableError

CONVERT_HINT: Final = "Convert it to plain text or Markdown and open that."
_SAVE_AS_DOCX: Final = "Save it as Word (.docx) in {} and open that."
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
"""The container of the older Office files: [MS-CFB], https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb."""


class _Kind(NamedTuple):
    """A kind of file."""

    signature: bytes
    """Its first bytes."""
    description: str
    hint: str = CONVERT_HINT
    content: bytes = b""
    """Bytes that it has somewhere, beside others of this signature."""


_KINDS: Final = (
    _Kind(
        _ZIP,
        "is an OpenDocument text",
        _SAVE_AS_DOCX.format("LibreOffice"),
        b"mimetypeapplication/vnd.oasis.opendocument.text",
    ),
    _Kind(_ZIP, "is an OpenDocument file", content=b"mimetypeapplication/vnd.oasis.opendocument."),
    _Kind(_ZIP, "is a Pages document", _SAVE_AS_DOCX.format("Pages"), b"Index/Document.iwa"),
    _Kind(_ZIP, "is a PowerPoint presentation", content=b"ppt/presentation.xml"),
    _Kind(_ZIP, "is an Excel workbook", content=b"xl/workbook.xml"),
    _Kind(_ZIP, "is a ZIP archive", "Unpack it and open a file in it."),
    _Kind(b"\x89PNG\r\n", "is a picture (PNG)"),
    _Kind(b"\xff\xd8\xff", "is a picture (JPEG)"),
    _Kind(b"GIF8", "is a picture (GIF)"),
    _Kind(b"\x1f\x8b", "is compressed (gzip)"),
    _Kind(b"BZh", "is compressed (bzip2)"),
    _Kind(b"\xfd7zXZ\x00", "is compressed (xz)"),
    _Kind(b"(\xb5/\xfd", "is compressed (zstd)"),
    _Kind(b"\x7fELF", "is a program"),
    _Kind(
        _OLE,
        "is protected by a password",
        "Open it in Word, save a copy without the password, and open that.",
        "EncryptedPackage".encode("utf-16-le"),
    ),
    _Kind(
        _OLE,
        "is a Word document as Word made them before 2007",
        _SAVE_AS_DOCX.format("Word or LibreOffice"),
        "WordDocument".encode("utf-16-le"),
    ),
    _Kind(_OLE, "is an old Excel, PowerPoint or Outlook file"),
    _Kind(b"{\\rtf", "is a Rich Text document", _SAVE_AS_DOCX.format("Word, LibreOffice or TextEdit")),
    _Kind(b"SQLite format 3\x00", "is an SQLite database"),
)
"""Kinds of files that are no text, from https://www.iana.org/assignments/media-types and file(1); of those with the same
signature, the ones with a known content first."""


def refuse_binary(data: bytes, name: str) -> None:
    """Check that a file is of none of these kinds.

    Args:
        data: The whole file.
        name: Its name for messages; printable.

    Raises:
        UnreadableError: It is of one of them.
    """
    for kind in _KINDS:
        if data.startswith(kind.signature) and kind.content in data:
            raise UnreadableError(f"{name} {kind.description}, which PactReader cannot read.", kind.hint)
