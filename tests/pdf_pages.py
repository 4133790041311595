"""The pages of PDFs for tests: texts, pictures, links and annotations."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pdf_fonts import width_of, wrapped
from pdf_syntax import Name, Ref, Stream, number_of

if TYPE_CHECKING:
    from pdf_files import PdfFile

LEADING = 1.2
"""The distance of two baselines, as a share of the size."""
ASCENT, DESCENT = 0.75, 0.22
"""The height of a box of letters above and below the baseline, as shares of the size."""


class Box(NamedTuple):
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float


class _Text(NamedTuple):
    x: float
    y: float
    parts: Sequence[str]
    size: float
    font: str


class Page:
    """A page. Its methods put something on it."""

    def __init__(self, pdf: "PdfFile", ref: Ref, entries: dict[str, Any]) -> None:
        self._pdf = pdf
        self.ref = ref
        self.entries = entries
        """The entries of its dictionary, to be changed or added to."""
        self.content: list[bytes] = []
        """The parts of its content stream."""
        self._texts: list[_Text] = []
        self._resources: dict[str, dict[str, Ref]] = {"Font": {}, "XObject": {}}
        self._annotations: list[Ref] = []

    def text(
        self,
        x: float,
        y: float,
        text: str | Sequence[str],
        *,
        size: float = 10,
        font: str = "Times-Roman",
        angle: int = 0,
        is_invisible: bool = False,
    ) -> Box:
        """Write a line, turned to the left by an angle of 0, 90, 180 or 270 degrees, and return its box if it is not."""
        parts = list(text)
        self._resources["Font"][font] = self._pdf.font(font)
        cosine, sine = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[angle]
        encoded = self._pdf.encode(parts, font).hex().encode()
        mode = b" 3 Tr" if is_invisible else b""
        self.content.append(
            b"BT /%s %s Tf%s %d %d %d %d %s %s Tm <%s> Tj ET"
            % (
                font.encode(),
                number_of(size),
                mode,
                cosine,
                sine,
                -sine,
                cosine,
                number_of(x),
                number_of(y),
                encoded,
            )
        )
        placed = _Text(x, y, parts, size, font)
        if not angle:
            self._texts.append(placed)
        return _box(placed, 0, len(parts))

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        *,
        width: float,
        size: float = 10,
        font: str = "Times-Roman",
        leading: float = 0,
        indent: float = 0,
        hanging: float = 0,
    ) -> list[Box]:
        """Write a paragraph, its lines as long as they fit into the width, and return their boxes.

        Args:
            x: The left of its lines.
            y: The baseline of the first one.
            text: Its words. A word with a soft hyphen is divided there, with a hyphen, if that makes it fit.
            width: The width of the column.
            size: The size of the letters.
            font: Their font.
            leading: The distance of the baselines; 0 for `LEADING`.
            indent: The indent of the first line.
            hanging: The indent of the others.
        """
        boxes = []
        for index, line in enumerate(
            wrapped(text, width=width, size=size, font=font, indent=indent, hanging=hanging)
        ):
            left = x + (hanging if index else indent)
            boxes.append(self.text(left, y - index * (leading or LEADING * size), line, size=size, font=font))
        return boxes

    def columns(
        self,
        y: float,
        paragraphs: Sequence[str],
        *,
        lefts: Sequence[float],
        width: float,
        bottom: float = 72,
        size: float = 10,
        font: str = "Times-Roman",
        indent: float = 12,
    ) -> list[str]:
        """Write paragraphs into columns, one after the other, and return the lines that did not fit.

        Args:
            y: The baseline of the first line of each column.
            paragraphs: The paragraphs.
            lefts: The left of each column.
            width: The width of a column.
            bottom: The lowest baseline.
            size: The size of the letters.
            font: Their font.
            indent: The indent of a paragraph's first line.
        """
        lines = [
            (indent if not index else 0, line)
            for paragraph in paragraphs
            for index, line in enumerate(wrapped(paragraph, width=width, size=size, font=font, indent=indent))
        ]
        rows = int((y - bottom) / (LEADING * size)) + 1
        for column, left in enumerate(lefts):
            for row, (shift, line) in enumerate(lines[column * rows : (column + 1) * rows]):
                self.text(left + shift, y - row * LEADING * size, line, size=size, font=font)
        return [line for _indent, line in lines[len(lefts) * rows :]]

    def find(self, text: str) -> Box:
        """Return the box of a part of a line on the page, the first such one.

        Raises:
            ValueError: There is none.
        """
        for placed in self._texts:
            start = "".join(placed.parts).find(text)
            if start >= 0:
                return _box(placed, start, start + len(text))
        raise ValueError(text)

    def image(self, box: Box) -> None:
        """Draw a grey picture."""
        name = f"Image{len(self._resources['XObject'])}"
        entries = {
            "Type": Name("XObject"),
            "Subtype": Name("Image"),
            "Width": 2,
            "Height": 2,
            "ColorSpace": Name("DeviceGray"),
            "BitsPerComponent": 8,
        }
        self._resources["XObject"][name] = self._pdf.add(Stream(entries, b"\x40\x80\xc0\xff"))
        size = (box.right - box.left, box.top - box.bottom, box.left, box.bottom)
        self.content.append(
            b"q %s 0 0 %s %s %s cm /%s Do Q" % (*(number_of(each) for each in size), name.encode())
        )

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a line."""
        self.content.append(b"%s %s m %s %s l S" % tuple(map(number_of, (x0, y0, x1, y1))))

    def annotation(self, subtype: str, box: Box, **entries: Any) -> Ref:
        """Add an annotation of any kind, with further entries of its dictionary."""
        all_entries = {"Type": Name("Annot"), "Subtype": Name(subtype), "Rect": list(box), "P": self.ref}
        ref = self._pdf.add(all_entries | entries)
        self._annotations.append(ref)
        return ref

    def link(
        self, *boxes: Box, uri: str = "", page: "Page | None" = None, y: float | None = 0, name: str = ""
    ) -> Ref:
        """Add a link on one or more boxes: to an address, a height of a page or a named destination.

        Without a height it leads to the upper end, with `None` to the page as a whole.
        """
        around = _around(boxes)
        entries: dict[str, Any] = {"Border": [0, 0, 0]}
        if len(boxes) > 1:
            entries["QuadPoints"] = _quad_points(boxes, "standard")
        if uri:
            entries["A"] = {"S": Name("URI"), "URI": uri.encode()}
        else:
            entries["Dest"] = name.encode() if name else destination_of(page, y)
        return self.annotation("Link", around, **entries)

    def mark(
        self,
        subtype: str,
        *boxes: Box,
        order: str = "wild",
        contents: str = "",
        author: str = "",
        name: str = "",
        created: str = "",
        modified: str = "",
        colour: Sequence[float] = (1, 1, 0),
        reply_to: Ref | None = None,
        **entries: Any,
    ) -> Ref:
        """Add an annotation as other programs write it.

        Args:
            subtype: `Highlight`, `Underline`, `StrikeOut`, `Squiggly`, `Text` (a note) or another one.
            *boxes: The boxes of its lines.
            order: The order of the corners: `wild` (top left, top right, bottom left, bottom right, as programs have
                it), `standard` (bottom left, bottom right, top right, top left), or `empty`, without quads.
            contents: The note.
            author: The author.
            name: The unique name, `/NM`.
            created: The date of its making, as `D:20240131120000Z`.
            modified: The date of its last change.
            colour: Its colour: of one, three or four components; none for none.
            reply_to: The annotation that it answers.
            **entries: Further entries of its dictionary.
        """
        known: dict[str, Any] = {"Contents": contents, "T": author, "NM": name}
        known |= {
            "CreationDate": created.encode(),
            "M": modified.encode(),
            "C": list(colour),
            "IRT": reply_to,
        }
        given = {key: value for key, value in known.items() if value}
        if subtype != "Text":
            given["QuadPoints"] = _quad_points(boxes, order)
        return self.annotation(subtype, _around(boxes), **(given | entries))

    def note(self, x: float, y: float, contents: str, **arguments: Any) -> Ref:
        """Add a note at a place, with the arguments of `mark`."""
        return self.mark("Text", Box(x, y, x + 20, y + 20), contents=contents, **arguments)

    def popup(self, parent: Ref, box: Box = Box(400, 600, 580, 700), contents: str = "") -> Ref:  # noqa: B008
        """Add the window of an annotation."""
        entries = {"Contents": contents} if contents else {}
        ref = self.annotation("Popup", box, Parent=parent, **entries)
        self._pdf.objects[parent.number - 1]["Popup"] = ref
        return ref

    def finish(self) -> None:
        """Complete the page's dictionary."""
        content = self._pdf.add(Stream({}, b"\n".join(self.content)))
        found = {key: dict(sorted(value.items())) for key, value in self._resources.items() if value}
        self.entries = {"Contents": content, "Resources": found} | self.entries
        if self._annotations:
            self.entries.setdefault("Annots", self._annotations)
        self._pdf.objects[self.ref.number - 1] = self.entries


def _box(text: _Text, start: int, end: int) -> Box:
    ends = [0]
    for part in text.parts:
        ends.append(ends[-1] + len(part))
    first, last = bisect_right(ends, start) - 1, bisect_left(ends, end)
    left = text.x + width_of(text.parts[:first], text.size, text.font)
    right = text.x + width_of(text.parts[:last], text.size, text.font)
    return Box(left, text.y - DESCENT * text.size, right, text.y + ASCENT * text.size)


def _around(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Box(min(lefts), min(bottoms), max(rights), max(tops))


def _quad_points(boxes: Sequence[Box], order: str) -> list[float]:
    corners = {"wild": (0, 3, 2, 3, 0, 1, 2, 1), "standard": (0, 1, 2, 1, 2, 3, 0, 3), "empty": ()}[order]
    return [box[corner] for box in boxes for corner in corners]


def destination_of(page: Page | None, y: float | None) -> list[Any]:
    """Return a destination: a height of a page, 0 for its upper end, or `None` for the page as a whole."""
    assert page
    if y is None:
        return [page.ref, Name("Fit")]
    return [page.ref, Name("XYZ"), 0, y or page.entries["MediaBox"][3], 0]
