"""The conversion of a Word document to a tree of HTML, by mammoth."""

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from xml.parsers.expat import ExpatError
from zipfile import ZipFile

import mammoth

from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.docx.markup import NUMBER_PREFIX, MarkupEditor
from pactreader.formats.readers.docx.numbering import NumberCounter
from pactreader.formats.readers.docx.package import W, WordPackage, relationships_path
from pactreader.formats.readers.docx.styles import read_styles
from pactreader.formats.readers.html.elements import HEADINGS
from pactreader.formats.readers.html.tree import parse_html

if TYPE_CHECKING:
    from lxml.etree import _Element

FAULTS: Final = (
    ArithmeticError,
    AttributeError,
    ExpatError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""Errors that mammoth raises for documents that are damaged or nested too deeply."""
_STYLES: Final = "\n".join(
    [
        "highlight => mark",
        "comment-reference => sup",
        *(
            f"p[style-name='{name}'] => blockquote > p:fresh"
            for name in ("Quote", "Intense Quote", "Block Text", "Quotations")
        ),
        *(
            f"p[style-name='{name}'] => pre:separator('\\n')"
            for name in ("HTML Preformatted", "Preformatted Text", "Source Code", "macro")
        ),
        *(
            f"r[style-name='{name}'] => code"
            for name in ("HTML Code", "HTML Keyboard", "HTML Sample", "Verbatim Char", "Source Text")
        ),
        *(f"r[style-name='{name}'] => em" for name in ("Emphasis", "Intense Emphasis", "Subtle Emphasis")),
        "r[style-name='Intense Strong'] => strong",
    ]
)
"""The styles of Word, LibreOffice and pandoc that mean something, beside those that mammoth knows itself."""
_NOTE_PARTS: Final = {"footnote": "footnotes", "endnote": "endnotes", "comment": "comments"}
_DEFAULT_INITIALS: Final = "C"
_BACK_LINK: Final = "↑"


def convert(package: WordPackage) -> "_Element | None":
    """Return the text of a document as a tree of HTML; `None` if it has none.

    Footnotes and endnotes are the items of a list at the end, then comments with their authors.

    Raises:
        ArithmeticError, AttributeError, and the others of `FAULTS`: It is damaged.
    """
    notes = {kind: package.part(package.related(part)) for kind, part in _NOTE_PARTS.items()}
    authors = _comment_authors(notes["comment"])
    converted = mammoth.convert_to_html(
        BytesIO(_edited_archive(package, notes)),
        style_map=_STYLES,
        include_embedded_style_map=False,
        convert_image=mammoth.images.img_element(_without_data),
    )
    tree = parse_html(converted.value)
    if tree is not None:
        _write_numbers(tree)
        _drop_back_links(tree)
        _write_comments(tree, authors)
    return tree


def _without_data(_image: Any) -> dict[str, str]:
    return {}


def _edited_archive(package: WordPackage, notes: "dict[str, _Element | None]") -> bytes:
    """Return an archive with the parts that mammoth reads, their markup edited."""
    from lxml import etree

    ids = {
        kind: frozenset(each.get(f"{W}id", "") for each in (root if root is not None else ()))
        for kind, root in notes.items()
    }
    styles, numbering = (package.part(package.related(part)) for part in ("styles", "numbering"))
    editor = MarkupEditor(read_styles(styles), NumberCounter(numbering), ids)
    texts = [package.main, *filter(None, map(package.related, _NOTE_PARTS.values()))]
    for path in texts:
        root = package.part(path)
        if root is not None:
            editor.edit(root, package.relationships(path))
    others = [package.related("styles"), package.related("numbering"), "[Content_Types].xml", "_rels/.rels"]
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for path in filter(None, dict.fromkeys([*texts, *others, *map(relationships_path, texts)])):
            root = package.part(path)
            if root is not None:
                archive.writestr(path, etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    return written.getvalue()


def _comment_authors(comments: "_Element | None") -> dict[str, str]:
    """Return the authors of comments by the comments' ids, and give each comment initials."""
    authors = {}
    for comment in comments if comments is not None else ():
        authors[comment.get(f"{W}id", "")] = printable_line(comment.get(f"{W}author", ""))
        initials = re.sub(r"\W", "", comment.get(f"{W}initials", ""))
        comment.set(f"{W}initials", initials or _DEFAULT_INITIALS)
    return authors


def _write_numbers(tree: "_Element") -> None:
    """Give the items of lists the numbers that bookmarks carry."""
    for bookmark in list(tree.iter("a")):
        name = bookmark.get("id") or ""
        if not name.startswith(NUMBER_PREFIX):
            continue
        _, value, style = name.split(":")
        item = next(bookmark.iterancestors("li"), None)
        if item is not None and "value" not in item.attrib:
            item.set("value", value)
            numbered = item.getparent()
            if numbered is not None:
                numbered.set("type", style)
        _drop(bookmark)


def _drop_back_links(tree: "_Element") -> None:
    for link in list(tree.iter("a")):
        if link.text == _BACK_LINK and "-ref-" in link.get("href", ""):
            _drop(link)


def _write_comments(tree: "_Element", authors: dict[str, str]) -> None:
    """Write comments as the items of a list, each with its author before its text."""
    for term in list(tree.iter("dt")):
        kind, _, number = (term.get("id") or "").partition("-")
        text = term.getnext()
        if kind != "comment" or text is None:
            continue
        label = (term.text or "").removeprefix("Comment ")
        name = term.makeelement("strong")
        name.text = f"{label} {authors.get(number, '')}".strip()
        for heading in list(text.iter(*HEADINGS)):
            heading.tag = "p"
        first = text[0] if len(text) and text[0].tag == "p" else text
        name.tail = f" {first.text or ''}"
        first.text = None
        first.insert(0, name)
        text.tag = "div"
        text.set("id", term.get("id", ""))
        term.getparent().remove(term)


def _drop(element: "_Element") -> None:
    """Remove an element, and keep the text behind it."""
    element.text = None
    from lxml import etree

    element.tag = "pactreader-dropped"
    parent = element.getparent()
    if parent is not None:
        etree.strip_tags(parent, "pactreader-dropped")
