"""The properties of a Word document: its title, its authors, its date, its keywords and its language."""

import re
from typing import Final, NamedTuple

from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.docx.package import WordPackage

_PATH: Final = "docProps/core.xml"
_TYPE: Final = "/core-properties"
_SEPARATOR: Final = re.compile("[,;]")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


class Properties(NamedTuple):
    """The properties of a document; empty where it has none. All are printable."""

    title: str = ""
    author: str = ""
    date: str = ""
    """The date of its creation, in ISO 8601."""
    tags: tuple[str, ...] = ()
    language: str = ""


def read_properties(package: WordPackage) -> Properties:
    """Return the properties of a document."""
    targets = {kind: path for kind, path, _ in package.relationships("").values()}
    path = next((target for kind, target in targets.items() if kind.endswith(_TYPE)), _PATH)
    root = package.part(path)
    if root is None:
        return Properties()
    values = {
        str(each.tag).rpartition("}")[2]: printable_line(each.text or "") for each in root.iterchildren("*")
    }
    date = _DATE.match(values.get("created", ""))
    keywords = (word.strip() for word in _SEPARATOR.split(values.get("keywords", "")))
    return Properties(
        values.get("title", ""),
        "; ".join(filter(None, (name.strip() for name in values.get("creator", "").split(";")))),
        date[0] if date else "",
        tuple(dict.fromkeys(filter(None, keywords))),
        values.get("language", ""),
    )
