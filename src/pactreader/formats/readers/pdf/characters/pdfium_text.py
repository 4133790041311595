"""pdfium's functions on the text of a page, called with as little effort as Python allows.

pypdfium2 checks and converts each argument; a page has thousands of characters, so that alone would take longer than
all of the layout. Here handles and addresses are numbers.
"""

import ctypes
import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import pypdfium2

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in PDF units."""
Turn = tuple[float, float, float, float]
"""The part of a matrix that turns and scales: a, b, c and d in ISO 32000-2, 8.3.3."""
Matrix = tuple[float, float, float, float, float, float]

NOTHING: Final = "\u200b"
"""The character in place of one that is a part of another: a zero width space."""
_SURROGATES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_MAX_FONT_NAME: Final = 256
"""The size of the buffer for a font's name in bytes. What is longer is taken for no name."""


class FontInfo(NamedTuple):
    """The font of a character."""

    name: str
    """As the file has it, often with a tag before it: `ABCDEF+Times-Bold`."""
    flags: int
    """The flags of its descriptor (ISO 32000-2, table 121)."""


class PdfiumText:
    """The characters of a page by their indices, from 0. The page must stay open."""

    def __init__(self, text_page: "pypdfium2.PdfTextPage") -> None:
        """Create it for an open page."""
        self._calls = _calls()
        self._handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value
        self.count: int = text_page.count_chars()
        self._point = (ctypes.c_double * 2)()
        self._glyph = (ctypes.c_double * 4)()
        self._flags = ctypes.c_int()
        self._name = ctypes.create_string_buffer(_MAX_FONT_NAME)

    def text(self) -> str:
        """Return the text with a code point for each character; of a surrogate pair, the second is `NOTHING`."""
        # All at once, unless there are control characters, which pdfium counts but leaves out there.
        units = (ctypes.c_ushort * (2 * self.count + 1))()
        written = self._calls["FPDFText_GetText"](self._handle, 0, self.count, ctypes.addressof(units))
        text = bytes(units)[: 2 * max(0, written - 1)].decode("utf-16-le", "surrogatepass")
        if len(text) == self.count:
            return text
        codes = map(self._calls["FPDFText_GetUnicode"], repeat(self._handle), range(self.count))
        return _SURROGATES.sub(_whole, "".join(map(chr, codes)))

    def boxes(self, indices: Sequence[int]) -> list[Box]:
        """Return the boxes of some characters, with the room that the font gives them."""
        numbers = (ctypes.c_float * (4 * len(indices)))()
        start = ctypes.addressof(numbers)
        addresses = range(start, start + 16 * len(indices), 16)
        list(map(self._calls["FPDFText_GetLooseCharBox"], repeat(self._handle), indices, addresses))
        each = iter(list(numbers))
        return list(zip(each, each, each, each, strict=True))

    def glyph_boxes(self, indices: Sequence[int]) -> list[Box]:
        """Return the boxes of some characters' glyphs, as they are drawn."""
        numbers = (ctypes.c_double * (4 * len(indices)))()
        start = ctypes.addressof(numbers)
        addresses = [range(start + part, start + 32 * len(indices), 32) for part in (0, 8, 16, 24)]
        list(map(self._calls["FPDFText_GetCharBox"], repeat(self._handle), indices, *addresses))
        each = iter(list(numbers))
        return [
            (left, top, right, bottom)
            for left, right, bottom, top in zip(each, each, each, each, strict=True)
        ]

    def text_objects(self, indices: Iterable[int]) -> list[int]:
        """Return the addresses of the text objects that draw some characters; 0 for a character that none draws."""
        found = map(self._calls["FPDFText_GetTextObject"], repeat(self._handle), indices)
        return [address or 0 for address in found]

    def are_unmapped(self, indices: Sequence[int]) -> list[bool]:
        """Return for some characters if the file does not say which letters they are."""
        found = map(self._calls["FPDFText_HasUnicodeMapError"], repeat(self._handle), indices)
        return [result == 1 for result in found]

    def font_sizes(self, indices: Sequence[int]) -> list[float]:
        """Return the sizes of some characters' fonts, before their matrices."""
        return list(map(self._calls["FPDFText_GetFontSize"], repeat(self._handle), indices))

    def fonts(self, text_objects: Iterable[int]) -> list[int]:
        """Return the addresses of the fonts of text objects; 0 if there is none."""
        font = self._calls["FPDFTextObj_GetFont"]
        return [font(address) or 0 if address else 0 for address in text_objects]

    def matrices(self, indices: Sequence[int]) -> list[Matrix]:
        """Return the matrices of some characters: those of the text objects, with the beginnings of their baselines."""
        numbers = (ctypes.c_float * (6 * len(indices)))()
        start = ctypes.addressof(numbers)
        addresses = range(start, start + 24 * len(indices), 24)
        list(map(self._calls["FPDFText_GetMatrix"], repeat(self._handle), indices, addresses))
        each = iter(list(numbers))
        return list(zip(each, each, each, each, each, each, strict=True))

    def origin(self, index: int) -> tuple[float, float]:
        """Return the point on the baseline where a character begins."""
        address = ctypes.addressof(self._point)
        self._calls["FPDFText_GetCharOrigin"](self._handle, index, address, address + 8)
        x, y = self._point
        return x, y

    def middle(self, index: int) -> float:
        """Return the height of the middle of a character's glyph."""
        address = ctypes.addressof(self._glyph)
        self._calls["FPDFText_GetCharBox"](self._handle, index, *range(address, address + 32, 8))
        _left, _right, bottom, top = self._glyph
        return (bottom + top) / 2

    def font_info(self, index: int) -> FontInfo:
        """Return the font of a character."""
        size = self._calls["FPDFText_GetFontInfo"](
            self._handle, index, ctypes.addressof(self._name), _MAX_FONT_NAME, ctypes.addressof(self._flags)
        )
        name = self._name.value.decode(errors="replace") if 0 < size <= _MAX_FONT_NAME else ""
        return FontInfo(name, self._flags.value)


def _whole(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le") + NOTHING


@cache
def _calls() -> dict[str, Any]:
    from pypdfium2 import raw

    at = (ctypes.c_void_p, ctypes.c_int)
    address = ctypes.c_void_p
    types: dict[str, tuple[Any, ...]] = {
        "FPDFText_GetText": (ctypes.c_int, *at, ctypes.c_int, address),
        "FPDFText_GetUnicode": (ctypes.c_uint, *at),
        "FPDFText_GetLooseCharBox": (ctypes.c_int, *at, address),
        "FPDFText_GetTextObject": (address, *at),
        "FPDFText_HasUnicodeMapError": (ctypes.c_int, *at),
        "FPDFText_GetFontSize": (ctypes.c_double, *at),
        "FPDFText_GetMatrix": (ctypes.c_int, *at, address),
        "FPDFText_GetCharOrigin": (ctypes.c_int, *at, address, address),
        "FPDFText_GetCharBox": (ctypes.c_int, *at, address, address, address, address),
        "FPDFTextObj_GetFont": (address, address),
        "FPDFText_GetFontInfo": (ctypes.c_ulong, *at, address, ctypes.c_ulong, address),
    }
    return {
        name: ctypes.PYFUNCTYPE(*kinds)(ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0)
        for name, kinds in types.items()
    }
