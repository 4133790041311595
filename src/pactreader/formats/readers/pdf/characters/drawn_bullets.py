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
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value or 0
    count = calls["FPDFPage_CountObjects"](handle)
    if not 0 < count <= _MAX_OBJECTS:
        return ()
    get_object, get_type, get_bounds = (
        calls[f"FPDF{name}"] for name in ("Page_GetObject", "PageObj_GetType", "PageObj_GetBounds")
    )
    bounds = (ctypes.c_float * 4)()
    address = ctypes.addressof(bounds)
    at = [address + 4 * index for index in range(4)]
    x0, y0, _x1, _y1 = page.get_cropbox()
    found: list[DrawnBullet] = []
    shapes = list(map(get_object, repeat(handle, count), range(count)))
    for shape, kind in zip(shapes, map(get_type, shapes), strict=True):
        if kind != raw.FPDF_PAGEOBJ_PATH or not get_bounds(shape, *at):
            continue
        left, bottom, right, top = bounds
        width, height = right - left, top - bottom
        if (
            _MIN_SIZE < width < _MAX_SIZE
            and _MIN_SIZE < height < _MAX_SIZE
            and abs(width - height) < _ROUNDNESS * width
        ):
            found.append(DrawnBullet(left - x0, right - x0, (bottom + top) / 2 - y0))
    return tuple(found) if len(found) <= _MAX_BULLETS else ()


@cache
def _calls() -> dict[str, Any]:
    """Return pdfium's functions with numbers for handles and addresses, as `PdfiumText` calls them."""
    from pypdfium2 import raw

    address = ctypes.c_void_p
    types: dict[str, tuple[Any, ...]] = {
        "FPDFPage_CountObjects": (ctypes.c_int, address),
        "FPDFPage_GetObject": (address, address, ctypes.c_int),
        "FPDFPageObj_GetType": (ctypes.c_int, address),
        "FPDFPageObj_GetBounds": (ctypes.c_int, address, address, address, address, address),
    }
    return {
        name: ctypes.CFUNCTYPE(*kinds)(ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0)
        for name, kinds in types.items()
    }
