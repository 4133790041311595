"""The kinds of content that a PDF can hold in place of text: pictures, the program of a form, other files."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pactreader.core.printable_text import printable_line

if TYPE_CHECKING:
    import pypdfium2

_FEW: Final = 20
"""A page with an image has no text of its own if it has fewer characters: a page number, or a stamp."""
_SOME: Final = 100
"""Nor has one with fewer characters that is mostly image: a line as "Scanned with …"."""
_MOSTLY: Final = 0.5
"""The share of a page that images cover then."""
_MAX_OBJECTS: Final = 10_000
"""The most objects of a page that are looked at: drawings can have millions."""
_DEPTH: Final = 3
"""The depth to which objects in objects are looked at."""
_MAX_FILES: Final = 100
"""The most names of files in a portfolio."""


def is_picture(page: "pypdfium2.PdfPage", length: int) -> bool:
    """Return whether a page with so many characters is a picture without text, as scanned pages are."""
    if length >= _SOME:
        return False
    from pypdfium2 import raw

    objects = islice(page.get_objects(max_depth=_DEPTH), _MAX_OBJECTS)
    images = [each for each in objects if each.type == raw.FPDF_PAGEOBJ_IMAGE]
    if length < _FEW:
        return bool(images)
    area: float = page.get_width() * page.get_height()
    return sum(map(_area, images)) > _MOSTLY * area


def _area(image: "pypdfium2.PdfObject") -> float:
    """Return the area of an image in square PDF units; 0 if it is not known."""
    from pypdfium2 import PdfiumError

    with suppress(PdfiumError):
        left, bottom, right, top = image.get_bounds()
        return float(abs((right - left) * (top - bottom)))
    return 0.0


def is_dynamic_form(document: "pypdfium2.PdfDocument") -> bool:
    """Return whether a file is a form (XFA) whose pages are made by a program in it; the page that it has says "Please wait…"."""
    from pypdfium2 import raw

    return bool(document.get_formtype() == raw.FORMTYPE_XFA_FULL)


@contextmanager
def noticed_features() -> Iterator[set[int]]:
    """Yield the features of the file that is opened in a block which pdfium notices and does not support."""
    from pypdfium2 import raw

    found = set[int]()
    notify = dict(raw.UNSUPPORT_INFO._fields_)["FSDK_UnSupport_Handler"]
    handler: Any = raw.UNSUPPORT_INFO(1, notify(lambda _handler, feature: found.add(feature)))
    raw.FSDK_SetUnSpObjProcessHandler(handler)
    yield found
    raw.FSDK_SetUnSpObjProcessHandler(None)


def files_in(document: "pypdfium2.PdfDocument") -> tuple[str, ...]:
    """Return the names of the files that are attached to a file."""
    from pypdfium2 import PdfiumError

    names = []
    for index in range(min(document.count_attachments(), _MAX_FILES)):
        with suppress(PdfiumError):
            names.append(printable_line(document.get_attachment(index).get_name()))
    return tuple(filter(None, names))
