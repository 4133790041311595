"""pdfium's functions on the text of a page, called with as little effort as Python allows.

pypdfium2 checks and converts each argument; a page has thousands of characters, so that alone would take longer than
all of the layout. Here the types of most arguments are not declared, so that ctypes does not convert them: handles and
references go as they are, indices as C's `int`. Addresses as numbers are declared, as they are longer.
"""

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
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
_BATCH: Final = 512
"""The number of characters whose numbers are read at once: most pages have fewer words."""
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
        self._handle = text_page.raw
        self.count: int = text_page.count_chars()

    def text(self) -> str:
        """Return the text with a code point for each character; of a surrogate pair, the second is `NOTHING`."""
        # All at once, unless there are control characters, which pdfium counts but leaves out there.
        units = (ctypes.c_ushort * (2 * self.count + 1))()
        written = self._calls["FPDFText_GetText"](self._handle, 0, self.count, units)
        text = bytes(units)[: 2 * max(0, written - 1)].decode("utf-16-le", "surrogatepass")
        if len(text) == self.count:
            return text
        codes = self._each("FPDFText_GetUnicode", range(self.count))
        return _SURROGATES.sub(_whole, "".join(map(chr, codes)))

    def boxes(self, indices: Sequence[int]) -> list[Box]:
        """Return the boxes of some characters, with the room that the font gives them."""
        each = self._numbers("FPDFText_GetLooseCharBox", indices, _BOXES)
        return list(zip(each, each, each, each, strict=True))

    def glyph_boxes(self, indices: Sequence[int]) -> list[Box]:
        """Return the boxes of some characters' glyphs, as they are drawn."""
        each = self._numbers("FPDFText_GetCharBox", indices, _GLYPH_BOXES)
        return [
            (left, top, right, bottom)
            for left, right, bottom, top in zip(each, each, each, each, strict=True)
        ]

    def text_objects(self, indices: Sequence[int]) -> list[int]:
        """Return the addresses of the text objects that draw some characters; 0 for a character that none draws."""
        return [address or 0 for address in self._each("FPDFText_GetTextObject", indices)]

    def are_unmapped(self, indices: Sequence[int]) -> list[bool]:
        """Return for some characters if the file does not say which letters they are."""
        return [result == 1 for result in self._each("FPDFText_HasUnicodeMapError", indices)]

    def font_sizes(self, indices: Sequence[int]) -> list[float]:
        """Return the sizes of some characters' fonts, before their matrices."""
        return self._each("FPDFText_GetFontSize", indices)

    def fonts(self, text_objects: Iterable[int]) -> list[int]:
        """Return the addresses of the fonts of text objects; 0 if there is none."""
        font = self._calls["FPDFTextObj_GetFont"]
        return [font(address) or 0 if address else 0 for address in text_objects]

    def matrices(self, indices: Sequence[int]) -> list[Matrix]:
        """Return the matrices of some characters: those of the text objects, with the beginnings of their baselines."""
        each = self._numbers("FPDFText_GetMatrix", indices, _MATRICES)
        return list(zip(each, each, each, each, each, each, strict=True))

    def origins(self, indices: Sequence[int]) -> list[tuple[float, float]]:
        """Return the points on the baseline where some characters begin."""
        each = self._numbers("FPDFText_GetCharOrigin", indices, _ORIGINS)
        return list(zip(each, each, strict=True))

    def middle(self, index: int) -> float:
        """Return the height of the middle of a character's glyph."""
        ((_left, top, _right, bottom),) = self.glyph_boxes([index])
        return (bottom + top) / 2

    def font_info(self, index: int) -> FontInfo:
        """Return the font of a character."""
        buffer, flags = ctypes.create_string_buffer(_MAX_FONT_NAME), ctypes.c_int()
        size = self._calls["FPDFText_GetFontInfo"](
            self._handle, index, buffer, ctypes.c_ulong(_MAX_FONT_NAME), ctypes.byref(flags)
        )
        name = buffer.value.decode(errors="replace") if 0 < size <= _MAX_FONT_NAME else ""
        return FontInfo(name, flags.value)

    def _each(self, name: str, indices: Iterable[int], *places: Iterable[Any]) -> list[Any]:
        """Call a function for each of some characters, with the places for what it writes, and return its results."""
        return list(map(self._calls[name], repeat(self._handle), indices, *places))

    def _numbers(self, name: str, indices: Sequence[int], batch: "_Batch") -> Iterator[float]:
        """Return the numbers that a function writes for some characters, one after another."""
        found: list[float] = []
        for start in range(0, len(indices), _BATCH):
            part = indices[start : start + _BATCH]
            batch.clear(len(part))
            self._each(name, part, *batch.places)
            found += batch.numbers(len(part))
        return iter(found)


class _Batch:
    """The room for the numbers that pdfium writes for a batch of characters.

    It is kept, as making the references to it takes as long as all calls of a page.
    """

    def __init__(self, kind: type[ctypes.c_float | ctypes.c_double], count: int, references: int) -> None:
        """Make room.

        Args:
            kind: The kind of the numbers.
            count: How many there are for a character.
            references: The number of references that a call takes: one to all of its numbers, or one to each.
        """
        self._count = count
        self._size = count * ctypes.sizeof(kind)
        self._numbers = (kind * (count * _BATCH))()
        size = ctypes.sizeof(kind)
        starts = range(0, ctypes.sizeof(self._numbers), self._size)
        self.places = [
            [ctypes.byref(self._numbers, at + size * index) for at in starts] for index in range(references)
        ]
        """The references for the first argument of each call, for the second, and so on."""

    def clear(self, characters: int) -> None:
        """Set the numbers of the first so many characters to 0: pdfium writes none for a character that has none."""
        ctypes.memset(self._numbers, 0, self._size * characters)

    def numbers(self, characters: int) -> list[float]:
        """Return the numbers of the first so many characters."""
        return self._numbers[: self._count * characters]


_BOXES: Final = _Batch(ctypes.c_float, 4, references=1)
_MATRICES: Final = _Batch(ctypes.c_float, 6, references=1)
_GLYPH_BOXES: Final = _Batch(ctypes.c_double, 4, references=4)
_ORIGINS: Final = _Batch(ctypes.c_double, 2, references=2)


def _whole(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le") + NOTHING


@cache
def _calls() -> dict[str, Any]:
    """Return pdfium's functions by their names."""
    from pypdfium2 import raw

    address = ctypes.c_void_p
    types: dict[str, tuple[Any, ...]] = {
        "FPDFText_GetText": (ctypes.c_int,),
        "FPDFText_GetUnicode": (ctypes.c_uint,),
        "FPDFText_GetLooseCharBox": (ctypes.c_int,),
        "FPDFText_GetTextObject": (address,),
        "FPDFText_HasUnicodeMapError": (ctypes.c_int,),
        "FPDFText_GetFontSize": (ctypes.c_double,),
        "FPDFText_GetMatrix": (ctypes.c_int,),
        "FPDFText_GetCharOrigin": (ctypes.c_int,),
        "FPDFText_GetCharBox": (ctypes.c_int,),
        "FPDFTextObj_GetFont": (address, address),
        "FPDFText_GetFontInfo": (ctypes.c_ulong,),
    }
    return {
        name: ctypes.PYFUNCTYPE(*kinds)(ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0)
        for name, kinds in types.items()
    }
