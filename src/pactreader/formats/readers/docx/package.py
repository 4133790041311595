"""The parts of a Word document.

The format: ECMA-376, https://ecma-international.org/publications-and-standards/standards/ecma-376/.
"""

import posixpath
from typing import TYPE_CHECKING, Final

from pactreader.core.errors import UnreadableError
from pactreader.formats.readers.xml_parsing import parse_untrusted_xml
from pactreader.formats.readers.zip_archive import ZipArchive, normal_path

if TYPE_CHECKING:
    from lxml.etree import _Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)
"""The names of the strict form of the format, with those that the transitional one has for them."""
_MAIN_TYPE: Final = "/officeDocument"
_MAIN_PATH: Final = "word/document.xml"


class WordPackage:
    """The parts of a Word document by their paths in its archive."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open a document.

        Args:
            data: The whole file.
            name: Its name for messages; printable.

        Raises:
            UnreadableError: It is no Word document, or its archive is damaged.
        """
        self._archive = ZipArchive(data, name, "a Word document")
        self._parts: dict[str, _Element | None] = {}
        types = {kind: target for kind, target, _ in self.relationships("").values()}
        main = next((target for kind, target in types.items() if kind.endswith(_MAIN_TYPE)), "")
        self.main = main if self.part(main) is not None else _MAIN_PATH
        """The path of the part with the text."""
        if self.part(self.main) is None:
            raise UnreadableError(
                f"{name} cannot be read as a Word document: the part with its text is missing or damaged.",
                "Open it in Word or LibreOffice, save it again, and open that.",
            )

    def part(self, path: str) -> "_Element | None":
        """Return the root of a part; `None` if it is missing or damaged.

        Raises:
            UnreadableError: It is larger than any document, as one made to fill the memory is.
        """
        if path not in self._parts:
            self._parts[path] = _parse(self._archive.read(path) if path else None)
        return self._parts[path]

    def related(self, kind: str) -> str:
        """Return the path of a part that the main part names by its kind, as `styles`; empty if there is none."""
        found = (
            target
            for type_, target, is_external in self.relationships(self.main).values()
            if type_.endswith(f"/{kind}") and not is_external
        )
        return next(found, "")

    def relationships(self, path: str) -> dict[str, tuple[str, str, bool]]:
        """Return the type and the target of each relationship of a part by its id, and whether it is external.

        Those of the whole document belong to the empty path. An internal target is a path in the archive.
        """
        folder = path.rpartition("/")[0]
        root = self.part(relationships_path(path))
        found: dict[str, tuple[str, str, bool]] = {}
        for each in root if root is not None else ():
            target = each.get("Target", "")
            is_external = each.get("TargetMode") == "External"
            if not is_external:
                target = normal_path(target if target.startswith("/") else posixpath.join(folder, target))
            found[each.get("Id", "")] = (each.get("Type", ""), target, is_external)
        return found


def relationships_path(path: str) -> str:
    """Return the path of the part with the relationships of a part: `word/a.xml` → `word/_rels/a.xml.rels`."""
    folder, _, file_name = path.rpartition("/")
    return normal_path(f"{folder}/_rels/{file_name}.rels")


def _parse(data: bytes | None) -> "_Element | None":
    """Parse XML as far as it is well-formed; `None` if there is none.

    The format has no declarations of document types, with which entities could grow or read files: one with it is damaged.
    """
    if not data:
        return None
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    root = parse_untrusted_xml(data, is_large=True)
    return None if root is None or root.getroottree().docinfo.doctype else root
