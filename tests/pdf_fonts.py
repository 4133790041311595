"""The fonts of PDFs for tests: widths, codes and lines."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from pdf_syntax import Name

UNICODE = "Unicode"
"""A font for any letter. A text in it may be a list: then each part is a glyph, as `["e", "ffi", "cient"]`."""
UNMAPPED = "Unmapped"
"""A font whose glyphs say of no letter that they are it."""
_UPRIGHT = {"Helvetica-Oblique": "Helvetica", "Helvetica-BoldOblique": "Helvetica-Bold"}
WIDTHS = {
    name: tuple(map(int, widths.split()))
    for name, widths in {
        "Helvetica": """
            278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556
            556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667
            556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556
            556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722
            500 500 500 334 260 334 584""",
        "Helvetica-Bold": """
            278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556
            556 556 556 556 333 333 584 584 584 611 1072 722 722 722 722 667 611 778 722 278 556 722
            611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556
            611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778
            556 556 500 389 280 389 584""",
        "Times-Roman": """
            250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500
            500 500 500 500 278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722
            611 889 722 722 556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 333 444
            500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722
            500 500 444 480 200 480 541""",
        "Times-Bold": """
            250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500
            500 500 500 500 333 333 570 570 570 500 930 722 667 722 722 667 611 778 778 389 500 778
            667 944 722 778 611 778 722 556 667 722 722 1000 722 722 667 333 278 333 581 500 333 500
            556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500 722
            500 500 444 394 220 394 520""",
        "Times-Italic": """
            250 333 420 500 500 833 778 214 333 333 500 675 250 333 250 278 500 500 500 500 500 500
            500 500 500 500 333 333 675 675 675 500 920 611 611 667 722 611 611 722 722 333 444 667
            556 833 667 722 611 722 611 500 556 722 611 833 611 556 556 389 278 389 422 500 333 500
            500 444 500 444 278 500 500 278 278 444 278 722 500 500 500 500 389 389 278 500 444 667
            444 444 389 400 275 400 541""",
        "Times-BoldItalic": """
            250 389 555 500 500 833 778 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500
            500 500 500 500 333 333 570 570 570 500 832 667 667 667 722 667 667 722 778 389 500 667
            611 889 722 722 611 722 667 556 611 722 667 889 667 611 611 333 278 333 570 500 333 500
            500 444 500 444 333 500 556 278 278 500 278 778 556 500 500 500 389 389 278 556 444 667
            500 444 389 348 220 348 570""",
        "Courier": "600 " * 95,
    }.items()
}
"""The widths of the letters from the space to the tilde, in thousandths of the size, as pdfium has them."""


def width_of(text: Iterable[str], size: float, font: str) -> float:
    """Return the width of a text."""
    return sum(width_of_letter(letter, font) for letter in text) * size / 1000


def width_of_letter(letter: str, font: str) -> int:
    if font in {UNICODE, UNMAPPED}:
        return 1000 if unicodedata.east_asian_width(letter[0]) in "WF" else 500
    widths = WIDTHS["Courier" if font.startswith("Courier") else _UPRIGHT.get(font, font)]
    code = ord(unicodedata.normalize("NFD", letter)[0])
    return widths[code - 32] if 32 <= code < 127 else widths[ord("n") - 32]


def wrapped(
    text: str,
    *,
    width: float,
    size: float = 10,
    font: str = "Times-Roman",
    indent: float = 0,
    hanging: float = 0,
) -> list[str]:
    """Return the lines of a paragraph, as `Page.paragraph` writes them."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        room = width - (hanging if lines else indent)
        if not line or width_of(f"{line} {_whole(word)}", size, font) <= room:
            line = f"{line} {_whole(word)}".lstrip()
            continue
        parts = word.split("\N{SOFT HYPHEN}")
        fitting = (
            at
            for at in range(len(parts) - 1, 0, -1)
            if width_of(f"{line} {''.join(parts[:at])}-", size, font) <= room
        )
        cut = next(fitting, 0)
        lines.append(f"{line} {''.join(parts[:cut])}-" if cut else line)
        line = "".join(parts[cut:])
    return [*lines, line]


def _whole(word: str) -> str:
    return word.replace("\N{SOFT HYPHEN}", "")


def standard_font(name: str) -> dict[str, Any]:
    letters = (bytes([code]).decode("cp1252", "replace") for code in range(32, 256))
    widths = [width_of_letter(letter, name) for letter in letters]
    font = {"Type": Name("Font"), "Subtype": Name("Type1"), "BaseFont": Name(name)}
    return font | {"Encoding": Name("WinAnsiEncoding"), "FirstChar": 32, "LastChar": 255, "Widths": widths}
