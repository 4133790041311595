"""pdfium's functions on the text of a page, called with as little effort as Python allows.

pypdfium2 checks and converts each argument; a page has thousands of characters, so that alone would take longer than
all of the layout. Here handles and addresses are numbers.
"""

import ctypes
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pypdfium2

_MAX_FONT_NAME = 256
"""The size of the buffer for a font's name in bytes. What is longer is taken for no name."""


class FontInfo(NamedTuple):
    """The font of a character."""

    name: str
    """As the file has it, often with a tag before it: `ABCDEF+Times-Bold`."""
    flags: int
    """The flags of its descriptor (ISO 32000-2, table 121)."""


class PdfiumText:
    """The characters of a page by their indices, from 0. The page must stay open."""

    def __init__(self, text_page: "pypdfium2.PdfTextpage") -> None:
        """Create it for an open page."""
        self._calls = _calls()
        self._handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value
        self.count: int = text_page.count_chars()
        self._matrix = (ctypes.c_float * 6)()
        self._point = (ctypes.c_double * 2)()
        self._flags = ctypes.c_int()
        self._name = ctypes.create_string_buffer(_MAX_FONT_NAME)

    def codes(self) -> list[int]:
        """Return the code points of all characters."""
        return list(
            map(self._calls["FPDFText_GetUnicode"], repeat(self._handle, self.count), range(self.count))
        )

    def boxes(self) -> list[float]:
        """Return left, top, right and bottom of all characters, one after another, with the room that the font gives them."""
        boxes = (ctypes.c_float * (4 * self.count))()
        start = ctypes.addressof(boxes)
        addresses = range(start, start + 16 * self.count, 16)
        list(map(self._calls["FPDFText_GetLooseCharBox"], repeat(self._handle), range(self.count), addresses))
        return list(boxes)

    def text_object(self, index: int) -> int:
        """Return the address of the text object that draws a character; 0 if there is none."""
        return self._calls["FPDFText_GetTextObject"](self._handle, index) or 0

    def text_objects(self, indices: range) -> list[int]:
        """Return the addresses of the text objects that draw some characters."""
        found = map(self._calls["FPDFText_GetTextObject"], repeat(self._handle), indices)
        return [address or 0 for address in found]

    def is_unmapped(self, index: int) -> bool:
        """Return whether the file does not say which letter a character is."""
        return bool(self._calls["FPDFText_HasUnicodeMapError"](self._handle, index) == 1)

    def is_hyphen(self, index: int) -> bool:
        """Return whether pdfium took a character for a hyphen at the end of a line."""
        return bool(self._calls["FPDFText_IsHyphen"](self._handle, index) == 1)

    def font_size(self, index: int) -> float:
        """Return the size of a character's font, before its matrix."""
        return float(self._calls["FPDFText_GetFontSize"](self._handle, index))

    def matrix(self, index: int) -> tuple[float, float, float, float]:
        """Return the first four numbers of a character's matrix."""
        self._calls["FPDFText_GetMatrix"](self._handle, index, ctypes.addressof(self._matrix))
        a, b, c, d, *_ = self._matrix
        return a, b, c, d

    def origin(self, index: int) -> tuple[float, float]:
        """Return the point on the baseline where a character begins."""
        address = ctypes.addressof(self._point)
        self._calls["FPDFText_GetCharOrigin"](self._handle, index, address, address + 8)
        x, y = self._point
        return x, y

    def font(self, text_object: int) -> int:
        """Return the address of the font of a text object; 0 if there is none."""
        return self._calls["FPDFTextObj_GetFont"](text_object) or 0 if text_object else 0

    def font_info(self, index: int) -> FontInfo:
        """Return the font of a character."""
        size = self._calls["FPDFText_GetFontInfo"](
            self._handle, index, ctypes.addressof(self._name), _MAX_FONT_NAME, ctypes.addressof(self._flags)
        )
        name = self._name.value.decode(errors="replace") if 0 < size <= _MAX_FONT_NAME else ""
        return FontInfo(name, self._flags.value)


@cache
def _calls() -> dict[str, Any]:
    from pypdfium2 import raw

    at = (ctypes.c_void_p, ctypes.c_int)
    address = ctypes.c_void_p
    types: dict[str, tuple[Any, ...]] = {
        "FPDFText_GetUnicode": (ctypes.c_uint, *at),
        "FPDFText_GetLooseCharBox": (ctypes.c_int, *at, address),
        "FPDFText_GetTextObject": (address, *at),
        "FPDFText_HasUnicodeMapError": (ctypes.c_int, *at),
        "FPDFText_IsHyphen": (ctypes.c_int, *at),
        "FPDFText_GetFontSize": (ctypes.c_double, *at),
        "FPDFText_GetMatrix": (ctypes.c_int, *at, address),
        "FPDFText_GetCharOrigin": (ctypes.c_int, *at, address, address),
        "FPDFTextObj_GetFont": (address, address),
        "FPDFText_GetFontInfo": (ctypes.c_ulong, *at, address, ctypes.c_ulong, address),
    }
    return {
        name: ctypes.CFUNCTYPE(*kinds)(ctypes.cast(getattr(raw, name), ctypes.c_void_p).value)
        for name, kinds in types.items()
    }
