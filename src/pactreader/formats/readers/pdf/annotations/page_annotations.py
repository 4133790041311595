"""The annotations of other programs on a page, as pdfium tells them.

ISO 32000-1, 12.5.6, has the types of annotations: those that mark text, and those that are notes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_uint
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pactreader.core.embedded_annotations import EmbeddedKind
from pactreader.core.printable_text import (
    printable,
    printable_line,
    unix_line_ends,
    without_direction_marks,
)
from pactreader.formats.readers.pdf.annotations.own_annotations import is_own_name
from pactreader.formats.readers.pdf.characters.character_boxes import Box
from pactreader.formats.readers.pdf.document.dates import parse_date
from pactreader.formats.readers.pdf.document.pdfium_strings import utf16_text

if TYPE_CHECKING:
    import pypdfium2

_KINDS: Final = {
    1: EmbeddedKind.NOTE,  # Text
    3: EmbeddedKind.NOTE,  # FreeText
    9: EmbeddedKind.HIGHLIGHT,
    10: EmbeddedKind.UNDERLINE,
    11: EmbeddedKind.SQUIGGLY,
    12: EmbeddedKind.STRIKE_OUT,
    14: EmbeddedKind.NOTE,  # Caret: what is to be inserted
}
"""The kinds by pdfium's subtypes (`FPDF_ANNOT_…`). Drawings, stamps, links and forms are not taken in."""
_HIDDEN: Final = 1 << 1
"""The flag of annotations that are not shown."""
_LONGEST_LINE: Final = 200
"""Code points of a name of an author or of an annotation; what is longer is cut, as no one wrote it."""
_MOST_QUADS: Final = 2_000
"""Lines of a mark, likewise: some forty pages."""


class PageAnnotation(NamedTuple):
    """An annotation of another program on a page. All texts are printable."""

    kind: EmbeddedKind
    boxes: tuple[Box, ...]
    """The boxes of the lines that it marks; that of its sign on the page if it is a note."""
    name: str = ""
    """Its name in the file; empty if it has none."""
    note: str = ""
    author: str = ""
    colour: str = ""
    """`#rrggbb`; empty if it has none."""
    created: str = ""
    modified: str = ""


class PageAnnotations(NamedTuple):
    """The annotations on a page."""

    found: tuple[PageAnnotation, ...]
    """Those of other programs, in the order of the file; answers to them are part of their notes."""
    own: int = 0
    """The number of those that PactReader wrote."""


def read_page_annotations(page: "pypdfium2.PdfPage", most: int) -> PageAnnotations:
    """Read the annotations of a page.

    Args:
        page: The page. The appearance of its annotations is gone afterwards.
        most: The number of annotations of which none is read beyond.
    """
    from pypdfium2 import raw

    found: dict[int, PageAnnotation] = {}
    answers: list[tuple[int, int]] = []
    own = 0
    for index in range(min(most, raw.FPDFPage_GetAnnotCount(page))):
        with _opened(raw.FPDFPage_GetAnnot(page, index)) as handle:
            kind = _KINDS.get(raw.FPDFAnnot_GetSubtype(handle)) if handle else None
            if kind is None or raw.FPDFAnnot_GetFlags(handle) & _HIDDEN:
                continue
            if is_own_name(_line(handle, b"NM")):
                own += 1
                continue
            answered = _answered(page, handle)
            if answered is None or not raw.FPDFAnnot_HasKey(handle, b"StateModel"):
                found[index] = _read(kind, handle)
            if answered is not None:
                answers.append((index, answered))
    _join_answers(found, answers)
    return PageAnnotations(tuple(filter(_says_anything, found.values())), own)


def _says_anything(annotation: PageAnnotation) -> bool:
    return annotation.kind is not EmbeddedKind.NOTE or bool(annotation.note)


def _answered(page: "pypdfium2.PdfPage", handle: Any) -> int | None:
    """Return the index of the annotation that one answers; `None` if it answers none."""
    from pypdfium2 import raw

    if _line(handle, b"RT") == "Group" or not raw.FPDFAnnot_HasKey(handle, b"IRT"):
        return None
    with _opened(raw.FPDFAnnot_GetLinkedAnnot(handle, b"IRT")) as answered:
        index = raw.FPDFPage_GetAnnotIndex(page, answered) if answered else -1
    return index if index >= 0 else None


def _join_answers(found: dict[int, PageAnnotation], answers: list[tuple[int, int]]) -> None:
    """Append answers to the notes of what they answer, each with its author.

    One that answers what is not taken in, such as a drawing or one of our own annotations, stays one of its own.
    """
    answered = dict(answers)
    notes: dict[int, list[str]] = {}
    for index, _first in answers:
        root, seen = index, set[int]()
        while root in answered and root not in seen:
            seen.add(root)
            root = answered[root]
        answered |= dict.fromkeys(seen - {root}, root)  # a long chain is followed once
        if root in found and root not in seen:
            answer = found.pop(index, None)
            if answer and answer.note:
                author = f"{answer.author}: " if answer.author else ""
                notes.setdefault(root, []).append(f"{author}{answer.note}")
    for root, texts in notes.items():
        joined = "\n\n".join(filter(None, (found[root].note, *texts)))
        found[root] = found[root]._replace(note=joined)


def _read(kind: EmbeddedKind, handle: Any) -> PageAnnotation:
    created, modified = (parse_date(_line(handle, name)) for name in (b"CreationDate", b"M"))
    return PageAnnotation(
        kind,
        _boxes(kind, handle),
        _line(handle, b"NM"),
        _note(handle),
        _line(handle, b"T"),
        _colour(handle),
        created or modified,
        modified or created,
    )


def _note(handle: Any) -> str:
    """Return the note of an annotation; if it has none, that of its pop-up."""
    from pypdfium2 import raw

    note = _text(handle, b"Contents")
    if not note.strip():
        with _opened(raw.FPDFAnnot_GetLinkedAnnot(handle, b"Popup")) as popup:
            note = _text(popup, b"Contents") if popup else ""
    return printable(without_direction_marks(unix_line_ends(note))).strip()


def _boxes(kind: EmbeddedKind, handle: Any) -> tuple[Box, ...]:
    """Return the boxes around the quadrilaterals of a mark, in whichever order their corners are; else its rectangle."""
    from pypdfium2 import raw

    boxes = []
    quad = raw.FS_QUADPOINTSF()
    count = 0 if kind is EmbeddedKind.NOTE else raw.FPDFAnnot_CountAttachmentPoints(handle)
    for index in range(min(count, _MOST_QUADS)):
        if raw.FPDFAnnot_GetAttachmentPoints(handle, index, byref(quad)):
            across, up = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            boxes.append(Box(min(across), min(up), max(across), max(up)))
    if not boxes:
        rect = raw.FS_RECTF()
        if raw.FPDFAnnot_GetRect(handle, byref(rect)):
            left, right = sorted((rect.left, rect.right))
            bottom, top = sorted((rect.bottom, rect.top))
            boxes.append(Box(left, bottom, right, top))
    return tuple(boxes)


def _colour(handle: Any) -> str:
    from pypdfium2 import raw

    if not raw.FPDFAnnot_HasKey(handle, b"C"):
        return ""
    # pdfium tells the colour of an annotation only if it has no appearance.
    raw.FPDFAnnot_SetAP(handle, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None)
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    parts = (red, green, blue)
    is_told = raw.FPDFAnnot_GetColor(handle, raw.FPDFANNOT_COLORTYPE_Color, *map(byref, parts), byref(alpha))
    return f"#{red.value:02x}{green.value:02x}{blue.value:02x}" if is_told else ""


def _line(handle: Any, name: bytes) -> str:
    """Return a text of an annotation on one line, cut if it is long; empty if there is none."""
    return printable_line(without_direction_marks(_text(handle, name)[:_LONGEST_LINE]))


def _text(handle: Any, name: bytes) -> str:
    from pypdfium2 import raw

    return utf16_text(raw.FPDFAnnot_GetStringValue, handle, name)


@contextmanager
def _opened(handle: Any) -> Iterator[Any]:
    """Close the handle of an annotation after a block. It may be null."""
    from pypdfium2 import raw

    try:
        yield handle
    finally:
        if handle:
            raw.FPDFPage_CloseAnnot(handle)
