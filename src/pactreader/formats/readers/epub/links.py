"""Links between the documents of a book, and the names that they lead to in one text.

An id is unique in its document alone. In the text of a book, a document is known by its path from the package document,
and an element by both: `chapter2.xhtml#note1`.
"""

import posixpath
import re
from typing import Final
from urllib.parse import unquote

from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.epub.package import Package
from pactreader.formats.readers.zip_archive import ZipArchive, normal_path

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class BookLinks:
    """The documents of a book as targets of links."""

    def __init__(self, archive: ZipArchive, package: Package) -> None:
        self._archive = archive
        self._names: dict[str, str] = {}
        self._found: dict[str, str] = {}
        """The paths of files, by how links have written them."""
        self._directory = package.directory
        self._documents = package.others.union(package.spine)
        self._listed = set(package.spine)
        self.linked: list[str] = []
        """The paths of documents outside the reading order that links lead to, in order of these."""
        self.targets: set[str] = set()
        """The names that links and contents lead to."""

    def name(self, path: str, fragment: str = "") -> str:
        """Return the name of a document, or of the element in it with an id."""
        name = self._names.get(path)
        if name is None:
            name = printable_line(posixpath.relpath(f"/{path}", f"/{self._directory}"))
            self._names[path] = name
        fragment = printable_line(fragment)
        return f"{name}#{fragment}" if fragment else name

    def target(self, written: str, path: str) -> str | None:
        """Return the name that a link in a document leads to.

        Args:
            written: The link as it is written.
            path: The path of the document.

        Returns:
            The name; empty if the link leads to a file that is no document of the book, `None` if it leads out of it.
        """
        written = written.strip()
        if _SCHEME.match(written):
            return None
        file, _, fragment = written.partition("#")
        file = file.partition("?")[0]
        found = self._find(posixpath.join(posixpath.dirname(path), file)) if file else path
        if found not in self._documents:
            return ""
        if found not in self._listed:
            self._listed.add(found)
            self.linked.append(found)
        name = self.name(found, unquote(fragment))
        self.targets.add(name)
        return name

    def _find(self, written: str) -> str:
        found = self._found.get(written)
        if found is None:
            found = self._found[written] = self._archive.find(normal_path(written))
        return found
