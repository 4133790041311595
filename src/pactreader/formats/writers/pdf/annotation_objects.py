"""The objects of annotations in a PDF: ISO 32000-1, 12.5."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top, in PDF units from the page's lower left."""

_PRINTED: Final = 4
"""The flag of an annotation that is printed too (ISO 32000-1, table 165)."""
_NOTE_SIDE: Final = 18
"""The width and height of the sign of a note, in PDF units, as most viewers draw it."""
_NOTE_DRAWING: Final = b"0.17 0.16 0.16 RG 0.8 w 1 1 16 16 re B 4 13 m 14 13 l 4 9 m 14 9 l 4 5 m 10 5 l S"  # a page with three lines
_DIGITS: Final = 3
"""Decimals of a coordinate: a thousandth of a PDF unit is a third of a micrometre."""


class PdfAnnotation(NamedTuple):
    """An annotation for a page."""

    name: str
    """The name by which it is found again: `/NM`."""
    page: int
    """The index of the page."""
    rectangles: Sequence[Rectangle]
    """The rectangles that it highlights, one a line; none for a note on the whole article."""
    colour: str
    """`#rrggbb`."""
    text: str
    subject: str
    """The name of its label; empty if it has none."""
    author: str
    created: str = ""
    """UTC, ISO 8601; empty if it is not known."""
    modified: str = ""


def multiply_resources() -> DictionaryObject:
    """Return the resources of appearances: the graphics state that multiplies a colour with what it is drawn over."""
    state = _dictionary(Type=_name("ExtGState"), BM=_name("Multiply"))
    return _dictionary(ExtGState=_dictionary(Multiply=state))


def highlight_objects(annotation: PdfAnnotation) -> tuple[DictionaryObject, StreamObject]:
    """Return the dictionary of a highlight without its appearance, and its appearance, which takes `multiply_resources`."""
    rectangles = annotation.rectangles
    corners = (
        (left, top, right, top, left, bottom, right, bottom) for left, bottom, right, top in rectangles
    )  # in the order of nearly all files, which is not that of the standard
    lefts, bottoms, rights, tops = zip(*rectangles, strict=True)
    around = (min(lefts), min(bottoms), max(rights), max(tops))
    dictionary = _annotation(annotation, "Highlight", around)
    dictionary[_name("QuadPoints")] = _numbers(number for each in corners for number in each)
    # One path, as a place in two rectangles would be twice as dark if each were drawn alone.
    sides = (f"{_shown(x0, y0, x1 - x0, y1 - y0)} re" for x0, y0, x1, y1 in rectangles)
    drawing = f"/Multiply gs {_shown(*_parts(annotation.colour))} rg {' '.join(sides)} f"
    return dictionary, _appearance(around, drawing.encode())


def note_objects(
    annotation: PdfAnnotation, left: float, bottom: float
) -> tuple[DictionaryObject, StreamObject]:
    """Return the dictionary of a note without its appearance, and its appearance.

    Args:
        annotation: The annotation.
        left: The left side of its sign on the page.
        bottom: The lower side.
    """
    dictionary = _annotation(annotation, "Text", (left, bottom, left + _NOTE_SIDE, bottom + _NOTE_SIDE))
    dictionary[_name("Name")] = _name("Note")
    drawing = f"{_shown(*_parts(annotation.colour))} rg ".encode() + _NOTE_DRAWING
    return dictionary, _appearance((0, 0, _NOTE_SIDE, _NOTE_SIDE), drawing)


def note_place(box: Rectangle, rotation: int, index: int) -> tuple[float, float]:
    """Return the left and the lower side of the sign of a note: at the page's upper left as it is seen, one below the other.

    Args:
        box: The part of the page that is seen.
        rotation: The clockwise rotation of the page, a multiple of 90 degrees.
        index: The number of the note, from 0.
    """
    left, bottom, right, top = box
    step = _NOTE_SIDE * 4 / 3
    length = (right - left) if rotation % 180 else (top - bottom)
    down = step / 2 + step * (index % max(1, int(length / step) - 1))
    near, far = step / 2, step / 2 + _NOTE_SIDE
    return {
        90: (left + down, bottom + near),
        180: (right - far, bottom + down),
        270: (right - down - _NOTE_SIDE, top - far),
    }.get(rotation % 360, (left + near, top - down - _NOTE_SIDE))


def _annotation(annotation: PdfAnnotation, subtype: str, around: Rectangle) -> DictionaryObject:
    """Return what every annotation has."""
    dictionary = _dictionary(
        Type=_name("Annot"),
        Subtype=_name(subtype),
        Rect=_numbers(around),
        C=_numbers(_parts(annotation.colour)),
        Contents=TextStringObject(annotation.text),
        T=TextStringObject(annotation.author),
        NM=TextStringObject(annotation.name),
        F=NumberObject(_PRINTED),
    )
    texts = {
        "Subj": annotation.subject,
        "CreationDate": _date(annotation.created),
        "M": _date(annotation.modified),
    }
    for key, text in texts.items():
        if text:
            dictionary[_name(key)] = TextStringObject(text)
    return dictionary


def _appearance(box: Rectangle, drawing: bytes) -> StreamObject:
    """Return the form that is drawn for an annotation."""
    stream = StreamObject()
    stream.update(_dictionary(Type=_name("XObject"), Subtype=_name("Form"), BBox=_numbers(box)))
    stream.set_data(drawing)
    return stream


def _date(moment: str) -> str:
    """Return a date as PDF writes it, `D:20261123174002Z`; an empty text if it is no date."""
    try:
        return f"{datetime.fromisoformat(moment):D:%Y%m%d%H%M%SZ}"
    except ValueError:
        return ""


def _parts(colour: str) -> tuple[float, ...]:
    """Return red, green and blue from 0 to 1: `#ff0000` → (1, 0, 0)."""
    return tuple(part / 255 for part in bytes.fromhex(colour.removeprefix("#")))


def _shown(*numbers: float) -> str:
    return " ".join(f"{number:.{_DIGITS}f}" for number in numbers)


def _numbers(numbers: Iterable[float]) -> ArrayObject:
    return ArrayObject(FloatObject(round(number, _DIGITS)) for number in numbers)


def _name(text: str) -> NameObject:
    return NameObject(f"/{text}")


def _dictionary(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({_name(key): value for key, value in entries.items()})
