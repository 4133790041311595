"""PDFs for tests, made letter by letter: the same calls make the same bytes.

    pdf = PdfFile(title="On Cats")
    page = pdf.page(label="iv")
    page.text(72, 700, "Of cats", size=18, font="Times-Bold")
    boxes = page.paragraph(72, 670, "Cats sleep … all day.", width=200)     # a Box for each line
    page.mark("Highlight", page.find("sleep … all"), contents="Why?", author="Ada")
    page.link(page.find("day"), uri="https://example.org")
    pdf.outline("Of cats", page, y=718)
    data = pdf.to_bytes()

Lengths are PDF units (1/72 inch) from the lower left of the page; the `y` of a text is its baseline. Texts can have the
letters of Windows-1252 in the standard fonts, with their widths, so that lines do not overlap. `pdf_fonts` has two more:
`UNICODE` for any letter, and `UNMAPPED`, whose glyphs do not say which letters they are. Neither has shapes.
"""

import hashlib
import struct
from collections.abc import Sequence
from typing import Any

from pdf_fonts import UNICODE, UNMAPPED, standard_font, width_of_letter
from pdf_pages import Box, Page, destination_of
from pdf_syntax import Encryption, Name, Ref, Stream, file_of


class PdfFile:
    """A file that is being made."""

    def __init__(self, *, title: str = "", author: str = "", **info: str | bytes) -> None:
        """Begin a file.

        Args:
            title: The title in its Info dictionary.
            author: The author there.
            **info: Further entries of it: `Subject`, `Keywords`, `Creator`, `Producer`, `CreationDate`…
        """
        self.objects: list[Any] = []
        """The objects; the first has the number 1."""
        self.pages: list[Page] = []
        self._catalog = self.add(None)
        self._tree = self.add(None)
        self.catalog: dict[str, Any] = {"Type": Name("Catalog"), "Pages": self._tree}
        """The entries of the catalog, to be changed or added to, as `Lang`."""
        self.info: dict[str, Any] = {
            key: value for key, value in {"Title": title, "Author": author, **info}.items() if value
        }
        self._outline: list[tuple[str, Any, int]] = []
        self._names: dict[str, Any] = {}
        self._labels: list[Any] = []
        self._fonts: dict[str, Ref] = {}
        self._glyphs: dict[str, int] = {}
        self._is_finished = False

    def add(self, value: Any) -> Ref:
        """Add an object."""
        self.objects.append(value)
        return Ref(len(self.objects))

    def page(self, width: float = 612, height: float = 792, *, rotation: int = 0, label: str = "") -> Page:
        """Add a page, of the size of a US letter unless told.

        Args:
            width: Its width.
            height: Its height.
            rotation: The angle by which it is turned to the right when it is shown.
            label: Its label, if it has one of its own; else see `label_pages`.
        """
        entries = {"Type": Name("Page"), "Parent": self._tree, "MediaBox": [0, 0, width, height]}
        if rotation:
            entries["Rotate"] = rotation
        page = Page(self, self.add(None), entries)
        self.pages.append(page)
        if label:
            self._labels += [len(self.pages) - 1, {"P": label}]
        return page

    def label_pages(self, first: int, style: str = "", *, prefix: str = "", start: int = 1) -> None:
        """Number the pages from an index on.

        Args:
            first: The index of the first of them.
            style: `D`, `r`, `R`, `a` or `A`; empty for labels that are their prefix alone.
            prefix: The text before each number.
            start: The number of the first page.
        """
        entries: dict[str, Any] = {"St": start}
        if style:
            entries["S"] = Name(style)
        if prefix:
            entries["P"] = prefix
        self._labels += [first, entries]

    def outline(
        self, title: str, page: Page | None, y: float | None = 0, *, level: int = 1, name: str = ""
    ) -> None:
        """Add an entry of the outline, one level below the one before it or higher, to a height of a page or a named destination.

        Without a height it leads to the upper end, with `None` to the page as a whole.
        """
        self._outline.append((title, name.encode() if name else page and destination_of(page, y), level))

    def destination(self, name: str, page: Page, y: float) -> None:
        """Name a place of a page."""
        self._names[name] = destination_of(page, y)

    def metadata(self, xmp: str) -> None:
        """Add the XMP metadata: the markup inside `rdf:Description`."""
        packet = (
            '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
            f'{xmp}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
        )
        entries = {"Type": Name("Metadata"), "Subtype": Name("XML")}
        self.catalog["Metadata"] = self.add(Stream(entries, packet.encode()))

    def sign(self) -> None:
        """Add a signature field that is signed, with a signature of zeros."""
        value = self.add(
            {
                "Type": Name("Sig"),
                "Filter": Name("Adobe.PPKLite"),
                "SubFilter": Name("adbe.pkcs7.detached"),
                "ByteRange": [0, 0, 0, 0],
                "Contents": bytes(16),
            }
        )
        field = self.pages[0].annotation("Widget", Box(0, 0, 0, 0), FT=Name("Sig"), T="Signature1", V=value)
        self.catalog["AcroForm"] = {"SigFlags": 3, "Fields": [field]}

    def attach(self, name: str, data: bytes) -> None:
        """Add a file inside this one, as a portfolio has them."""
        stream = self.add(Stream({"Type": Name("EmbeddedFile")}, data))
        file = self.add({"Type": Name("Filespec"), "F": name, "UF": name, "EF": {"F": stream}})
        names = self.catalog.setdefault("Names", {})
        names.setdefault("EmbeddedFiles", {"Names": []})["Names"] += [name.encode(), file]

    def font(self, name: str) -> Ref:
        """Return a font."""
        if name not in self._fonts:
            self._fonts[name] = self.add(None if name in {UNICODE, UNMAPPED} else standard_font(name))
        return self._fonts[name]

    def encode(self, parts: Sequence[str], font: str) -> bytes:
        """Return the codes of a text in a font.

        Raises:
            UnicodeEncodeError: A standard font does not have a letter; write it in `UNICODE`.
        """
        if font in {UNICODE, UNMAPPED}:
            codes = (self._glyphs.setdefault(part, len(self._glyphs) + 1) for part in parts)
            return b"".join(struct.pack(">H", code) for code in codes)
        return "".join(parts).encode("cp1252")

    def to_bytes(
        self, *, password: str | None = None, owner_password: str = "owner", key_bits: int = 128
    ) -> bytes:
        """Return the file.

        Args:
            password: The password for opening it, empty for one that only the owner knows; `None` if it is not encrypted.
            owner_password: The owner's password, if it is encrypted.
            key_bits: The length of the key of RC4: 40 or 128.
        """
        self._finish()
        identifier = hashlib.md5(repr(self.objects).encode()).digest()
        trailer: dict[str, Any] = {"Root": self._catalog, "ID": [identifier, identifier]}
        objects = list(self.objects)
        if self.info:
            objects.append(self.info)
            trailer["Info"] = Ref(len(objects))
        encryption = None
        if password is not None:
            encryption = Encryption(password, owner_password, key_bits, identifier)
            objects.append(encryption.entries)
            trailer["Encrypt"] = Ref(len(objects))
        return file_of(objects, trailer, encryption)

    def _finish(self) -> None:
        if self._is_finished:
            return
        self._is_finished = True
        for page in self.pages:
            page.finish()
        for name, ref in self._fonts.items():
            if name in {UNICODE, UNMAPPED}:
                self.objects[ref.number - 1] = self._composite_font(name)
        kids = [page.ref for page in self.pages]
        self.objects[self._tree.number - 1] = {"Type": Name("Pages"), "Kids": kids, "Count": len(kids)}
        if self._labels:
            self.catalog.setdefault("PageLabels", {"Nums": self._labels})
        if self._names:
            leaves = [part for name, value in sorted(self._names.items()) for part in (name.encode(), value)]
            self.catalog.setdefault("Names", {})["Dests"] = {"Names": leaves}
        if self._outline:
            self.catalog.setdefault("Outlines", self._outline_tree())
        self.objects[self._catalog.number - 1] = self.catalog

    def _outline_tree(self) -> Ref:
        root: dict[str, Any] = {"Type": Name("Outlines")}
        above = [(self.add(root), root)]
        for title, destination, level in self._outline:
            del above[level:]
            parent, siblings = above[-1]
            entry: dict[str, Any] = {"Title": title, "Parent": parent}
            if destination:
                entry["Dest"] = destination
            ref = self.add(entry)
            if "Last" in siblings:
                entry["Prev"] = siblings["Last"]
                self.objects[siblings["Last"].number - 1]["Next"] = ref
            siblings.setdefault("First", ref)
            siblings["Last"] = ref
            siblings["Count"] = siblings.get("Count", 0) + 1
            above.append((ref, entry))
        return above[0][0]

    def _composite_font(self, name: str) -> dict[str, Any]:
        descriptor = {"Type": Name("FontDescriptor"), "FontName": Name(name), "Flags": 4, "ItalicAngle": 0}
        descriptor |= {"FontBBox": [0, -220, 1000, 750], "Ascent": 750, "Descent": -220, "CapHeight": 700}
        widths = [
            part for text, code in self._glyphs.items() for part in (code, [width_of_letter(text, name)])
        ]
        descendant = self.add(
            {
                "Type": Name("Font"),
                "Subtype": Name("CIDFontType2"),
                "BaseFont": Name(name),
                "CIDSystemInfo": {"Registry": b"Adobe", "Ordering": b"Identity", "Supplement": 0},
                "FontDescriptor": self.add(descriptor | {"StemV": 80}),
                "W": widths,
            }
        )
        font = {"Type": Name("Font"), "Subtype": Name("Type0"), "BaseFont": Name(name)}
        font |= {"Encoding": Name("Identity-H"), "DescendantFonts": [descendant]}
        return font if name == UNMAPPED else font | {"ToUnicode": self.add(self._mapping())}

    def _mapping(self) -> Stream:
        rows = [
            b"<%04X> <%s>" % (code, text.encode("utf-16-be").hex().encode())
            for text, code in self._glyphs.items()
        ]
        blocks = (rows[start : start + 100] for start in range(0, len(rows), 100))
        ranges = b"\n".join(
            b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks
        )
        return Stream(
            {},
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Unicode def /CMapType 2 def\n"
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n" + ranges + b"\nendcmap end end",
        )


def with_wrong_offsets(data: bytes) -> bytes:
    """Return a file whose offsets of objects are all wrong, as after an edit by hand; programs mend that."""
    return data.replace(b"%PDF-1.7\n", b"%PDF-1.7\n% edited by hand\n")
