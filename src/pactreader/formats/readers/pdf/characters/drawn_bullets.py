"""Bullets that are drawn as small shapes and not as text, as Chromium's printing does it."""

import ctypes
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import pypdfium2

_MIN_SIZE, _MAX_SIZE = 1.5, 9.0
"""The least and the greatest size of a bullet in PDF units."""
_MAX_OBJECTS: Final = 10_000
"""The number of a page's objects up to which they are looked through: more are a drawing, and take some milliseconds."""
_MAX_BULLETS: Final = 200
"""The number of small shapes on a page above which they are no bullets, but the points of a diagram."""
_ROUNDNESS: Final = 0.2
"""The greatest difference of width and height as a share."""


class DrawnBullet(NamedTuple):
    """A small shape, about as wide as it is high, in PDF units from the lower left of the page."""

    left: float
    right: float
    middle: float
    """The height of its middle."""


def read_drawn_bullets(page: "pypdfium2.PdfPage") -> tuple[DrawnBullet, ...]:
    """Return the small shapes on a page; none if there are too many for bullets."""
    from pypdfium2 import raw

    calls = _calls()
    count = calls["FPDFPage_CountObjects"](page.raw)
    if not 0 < count <= _MAX_OBJECTS:
        return ()
    objects = list(map(calls["FPDFPage_GetObject"], repeat(page.raw), range(count)))
    kinds = map(calls["FPDFPageObj_GetType"], objects)
    wanted = raw.FPDF_PAGEOBJ_PATH
    paths = [ctypes.c_void_p(each) for each, kind in zip(objects, kinds, strict=True) if kind == wanted]
    bounds = (ctypes.c_float * 4)()
    places = [ctypes.byref(bounds, 4 * index) for index in range(4)]
    get_bounds = calls["FPDFPageObj_GetBounds"]
    x0, y0, _x1, _y1 = page.get_cropbox()
    found: list[DrawnBullet] = []
    for path in paths:
        if not get_bounds(path, *places):
            continue
        left, bottom, right, top = bounds
        width, height = right - left, top - bottom
        if (
            _MIN_SIZE < width < _MAX_SIZE
            and _MIN_SIZE < height < _MAX_SIZE
            and abs(width - height) < _ROUNDNESS * width
        ):
            found.append(DrawnBullet(left - x0, right - x0, (bottom + top) / 2 - y0))
            if len(found) > _MAX_BULLETS:
                return ()
    return tuple(found)


@cache
def _calls() -> dict[str, Any]:
    """Return pdfium's functions by their names, with the types of arguments that are declared for `PdfiumText`'s."""
    from pypdfium2 import raw

    address = ctypes.c_void_p
    types: dict[str, tuple[Any, ...]] = {
        "FPDFPage_CountObjects": (ctypes.c_int,),
        "FPDFPage_GetObject": (address,),
        "FPDFPageObj_GetType": (ctypes.c_int, address),
        "FPDFPageObj_GetBounds": (ctypes.c_int,),
    }
    return {
        name: ctypes.PYFUNCTYPE(*kinds)(ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0)
        for name, kinds in types.items()
    }
