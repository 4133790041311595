"""Encryption of books: which of it hides the text, and whose it is."""

from typing import Final

from pactreader.core.errors import UnreadableError
from pactreader.formats.readers.epub.xml import attribute, local_name, parse_xml
from pactreader.formats.readers.zip_archive import ZipArchive

_FONT_OBFUSCATION: Final = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""The methods that hide nothing but fonts, by their names in `encryption.xml`."""
_SIGNS: Final = (
    ("META-INF/license.lcpl", "Readium LCP"),
    ("META-INF/sinf.xml", "Apple FairPlay"),
    ("META-INF/rights.xml", "Adobe, Barnes & Noble or Kobo"),
)
"""Files that only a protected book has, with whose protection it is."""
_HINT: Final = "Read it in the program of the shop that you have it from, or get a copy without DRM from there or the publisher."


def refuse_protected(archive: ZipArchive, book: str) -> None:
    """Check that the text of a book is not encrypted.

    Raises:
        UnreadableError: It is protected by DRM.
    """
    for path, owner in _SIGNS:
        if archive.find(path):
            raise UnreadableError(f"{book} is protected by DRM ({owner}): its text is encrypted.", _HINT)
    root = parse_xml(archive.read("META-INF/encryption.xml"))
    methods = (
        (each for each in root.iter() if local_name(each) == "encryptionmethod") if root is not None else ()
    )
    if any(attribute(method, "Algorithm") not in _FONT_OBFUSCATION for method in methods):
        raise UnreadableError(f"{book} is protected by DRM: its text is encrypted.", _HINT)
