"""PDFs that would make a program hang, fill the memory or deceive the terminal, by their names."""

import random
import zlib
from collections.abc import Callable

from pdf_files import PdfFile
from pdf_fonts import UNICODE
from pdf_pages import Box, Page
from pdf_syntax import Name, Raw, Ref, Stream

PROSE = "Cats sleep nearly all day, and eat in the remainder of it."
CONTROLS = "\x1b]0;owned\x07\x1b[2J\u202ecats\x9b31m\r\n\x00"


def _page(pdf: PdfFile) -> Page:
    page = pdf.page()
    page.paragraph(72, 700, PROSE, width=300)
    return page


def _finished() -> PdfFile:
    pdf = PdfFile(title="On Cats")
    for _page_number in range(3):
        _page(pdf)
    pdf._finish()
    return pdf


def huge_count() -> bytes:
    """Return a file that claims to have two thousand million pages."""
    pdf = _finished()
    pdf.objects[1]["Count"] = 2**31 - 1
    return pdf.to_bytes()


def negative_count() -> bytes:
    pdf = _finished()
    pdf.objects[1]["Count"] = -5
    return pdf.to_bytes()


def looping_page_tree() -> bytes:
    pdf = _finished()
    tree = pdf.objects[1]
    inner = pdf.add({"Type": Name("Pages"), "Kids": [Ref(2), *tree["Kids"]], "Count": 3, "Parent": Ref(2)})
    tree["Kids"] = [inner, inner, Ref(2)]
    return pdf.to_bytes()


def deep_page_tree() -> bytes:
    pdf = _finished()
    tree = pdf.objects[1]
    kids, number = tree["Kids"], len(pdf.objects)
    tree["Kids"] = [Ref(number + 1)]
    for depth in range(5_000):
        last = depth == 4_999
        below = kids if last else [Ref(number + depth + 2)]
        pdf.add({"Type": Name("Pages"), "Kids": below, "Count": 3, "Parent": Ref(number + depth)})
    return pdf.to_bytes()


def same_page_many_times() -> bytes:
    """Return a file of 200,000 pages that are one."""
    pdf = _finished()
    tree = pdf.objects[1]
    tree["Kids"] = [tree["Kids"][0]] * 200_000
    tree["Count"] = 200_000
    return pdf.to_bytes()


def deep_outline() -> bytes:
    pdf = _finished()
    for level in range(3_000):
        pdf._outline.append((f"Cats {level}", [pdf.pages[0].ref, Name("Fit")], level + 1))
    pdf.catalog["Outlines"] = pdf._outline_tree()
    return pdf.to_bytes()


def wide_outline() -> bytes:
    pdf = _finished()
    for number in range(10_500):
        pdf._outline.append((f"Cats {number}", [pdf.pages[0].ref, Name("XYZ"), 0, 700, 0], 1))
    pdf.catalog["Outlines"] = pdf._outline_tree()
    return pdf.to_bytes()


def looping_outline() -> bytes:
    pdf = _finished()
    for title in "abc":
        pdf._outline.append((title, [pdf.pages[0].ref, Name("Fit")], 1))
    root = pdf._outline_tree()
    first = pdf.objects[root.number - 1]["First"]
    for entry in pdf.objects[root.number :]:
        entry |= {"First": root, "Next": first}
    pdf.catalog["Outlines"] = root
    return pdf.to_bytes()


def many_annotations() -> bytes:
    pdf = PdfFile()
    page = _page(pdf)
    box = page.find("nearly all")
    for number in range(5_000):
        page.link(Box(0, 0, 612, 792), uri=f"https://example.org/{number}")
        page.mark("Highlight", box, contents="x" * 50)
    return pdf.to_bytes()


def many_quads() -> bytes:
    pdf = PdfFile()
    page = _page(pdf)
    quads = [0, 792, 612, 792, 0, 0, 612, 0] * 10_000
    page.annotation(
        "Link", Box(0, 0, 612, 792), QuadPoints=quads, A={"S": Name("URI"), "URI": b"https://a.b"}
    )
    page.annotation("Highlight", Box(0, 0, 612, 792), QuadPoints=quads)
    return pdf.to_bytes()


def million_characters() -> bytes:
    """Return a file with a page of a million characters in 4,500 lines."""
    pdf = PdfFile()
    page = pdf.page(height=4_600)
    page.text(72, 50, PROSE)
    lines = (b"(" + b"cats sleep " * 20 + b") Tj T* ") * 4_500
    page.content.append(b"BT /Times-Roman 1 Tf 1 TL 1 4590 Td " + lines + b"ET")
    for _link in range(50):
        page.link(Box(0, 0, 612, 4_600), uri="https://example.org")
    return pdf.to_bytes()


def scattered_words() -> bytes:
    """Return a file with a page of 20,000 words all over it, as a map or a plan of a house has them."""
    pdf = PdfFile()
    chance = random.Random(0)
    page = pdf.page()
    for number in range(20_000):
        size, x, y = chance.choice((4, 5, 6)), chance.uniform(0, 600), chance.uniform(0, 780)
        page.content.append(b"BT /Times-Roman %d Tf %.2f %.2f Td (c%d) Tj ET" % (size, x, y, number))
    page.text(72, 785, PROSE)
    return pdf.to_bytes()


def single_letters() -> bytes:
    """Return a file with a page of 60,000 letters that are drawn one by one, in an order of no sense."""
    pdf = PdfFile()
    page = pdf.page()
    places = [(x, y) for x in range(200) for y in range(300)]
    random.Random(0).shuffle(places)
    for x, y in places:
        page.content.append(b"BT /Times-Roman 3 Tf %d %d Td (c) Tj ET" % (3 * x, 2.6 * y))
    page.text(72, 785, PROSE)
    return pdf.to_bytes()


def many_columns() -> bytes:
    """Return a file with a page of 300 columns of 100 lines."""
    pdf = PdfFile()
    page = pdf.page(width=10_000)
    for column in range(300):
        for line in range(100):
            page.content.append(
                b"BT /Times-Roman 5 Tf %d %d Td (cats %d) Tj ET" % (33 * column, 7 * line, line)
            )
    page.text(72, 785, PROSE)
    return pdf.to_bytes()


def zero_size() -> bytes:
    pdf = PdfFile()
    for box in ([0, 0, 0, 0], [10, 10, 10, 10], [500, 500, 0, 0], [-1e9, -1e9, 1e9, 1e9]):
        _page(pdf).entries["MediaBox"] = box
    return pdf.to_bytes()


def odd_matrices() -> bytes:
    pdf = PdfFile()
    page = _page(pdf)
    for matrix in (
        b"0 0 0 0 0 0",
        b"nan nan nan nan nan nan",
        b"1e38 0 0 1e38 1e38 1e38",
        b"1 2 2 4 0 0",
        b"-1e-30 0 0 1 9 9",
    ):
        page.content.append(b"q %s cm BT /Times-Roman 10 Tf %s Tm (cats) Tj ET Q" % (matrix, matrix))
    page.content.append(
        b"BT /Times-Roman 1e30 Tf (huge) Tj ET BT /Times-Roman 0 Tf (none) Tj ET BT /Times-Roman -9 Tf (less) Tj ET"
    )
    return pdf.to_bytes()


def control_characters() -> bytes:
    """Return a file with control characters in every text that it has."""
    pdf = PdfFile(title=CONTROLS, author=CONTROLS, Keywords=CONTROLS, CreationDate=CONTROLS)
    pdf.catalog["Lang"] = CONTROLS
    page = pdf.page(label=CONTROLS[:12])
    page.text(72, 700, list(CONTROLS) + list(PROSE), font=UNICODE)
    page.mark(
        "Highlight", page.find("sleep"), contents=CONTROLS, author=CONTROLS, name=CONTROLS, created=CONTROLS
    )
    page.link(page.find("nearly"), name=CONTROLS)
    page.annotation("Link", page.find("day"), A={"S": Name("URI"), "URI": CONTROLS.encode()})
    page.annotation("Link", page.find("eat"), A={"S": Name("URI"), "URI": b"https://example.org/\x1b[31m"})
    pdf.destination(CONTROLS, page, 700)
    for title in (CONTROLS, "cats" + CONTROLS):
        pdf.outline(title, page, 710)
    pdf.attach(CONTROLS, b"")
    return pdf.to_bytes()


def inflating_content() -> bytes:
    """Return a file with a page of a megabyte that inflates to a gigabyte."""
    pdf = PdfFile()
    _page(pdf)
    pdf.page().entries["Contents"] = pdf.add(Stream({"Filter": Name("FlateDecode")}, _inflating(2**10)))
    return pdf.to_bytes()


def inflating_twice() -> bytes:
    """Return a file with a page of some kilobytes that inflates, in two steps, to four gigabytes."""
    pdf = PdfFile()
    _page(pdf)
    filters = [Name("FlateDecode"), Name("FlateDecode")]
    data = zlib.compress(_inflating(2**12), 9)
    pdf.page().entries["Contents"] = pdf.add(Stream({"Filter": filters}, data))
    return pdf.to_bytes()


def _inflating(megabytes: int) -> bytes:
    """Return so many megabytes of spaces, deflated: a block that is repeated, so that making it takes no time."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = compressor.compress(b" " * 2**20) + compressor.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + block * megabytes + b"\x03\0" + bytes(4)


def nested_forms() -> bytes:
    """Return a file whose page draws a form that draws itself, and forms that draw the next one twenty times."""
    pdf = PdfFile()
    page = _page(pdf)
    first = len(pdf.objects) + 1
    for depth in range(10):
        here, below = Ref(first + depth), Ref(first + min(depth + 1, 9))
        entries = {"Type": Name("XObject"), "Subtype": Name("Form"), "BBox": [0, 0, 612, 792]}
        entries["Resources"] = {"XObject": {"F": below, "S": here}}
        pdf.add(Stream(entries, b"/F Do " * 20 + b"/S Do"))
    page._resources["XObject"]["F"] = Ref(first)
    page.content.append(b"/F Do")
    return pdf.to_bytes()


def deep_arrays() -> bytes:
    pdf = PdfFile()
    page = _page(pdf)
    page.entries["Junk"] = Raw(b"[" * 100_000 + b"]" * 100_000)
    return pdf.to_bytes()


def looping_names() -> bytes:
    pdf = _finished()
    tree = pdf.add(None)
    leaf = pdf.add({"Limits": [b"a", b"z"], "Names": [b"cats", [pdf.pages[0].ref, Name("Fit")]]})
    pdf.objects[tree.number - 1] = {"Kids": [leaf, tree, tree], "Limits": [b"a", b"z"]}
    pdf.catalog["Names"] = {"Dests": tree}
    pdf.catalog["PageLabels"] = {"Kids": [pdf.add({"Nums": [0, {"S": Name("r"), "St": 2**31 - 1}]})] * 2}
    return pdf.to_bytes()


def huge_labels() -> bytes:
    """Return a file whose page numbers would be roman and letters of millions of signs."""
    pdf = _finished()
    pdf.catalog["PageLabels"] = {
        "Nums": [
            0,
            {"S": Name("R"), "St": 2**31 - 1},
            1,
            {"S": Name("a"), "St": 2**31 - 1},
            2,
            {"P": "x" * 10**6},
        ]
    }
    return pdf.to_bytes()


def titles_for_patterns() -> bytes:
    """Return a file with texts on which a careless pattern would take for ever."""
    pdf = PdfFile(title="a-_" * 15_000, author="windows " * 5_000, Keywords=", " * 20_000)
    _page(pdf)
    pdf.metadata("<dc:title>" + "<rdf:li " * 20_000 + "<x:xmpmeta" * 20_000)
    return pdf.to_bytes()


def titles_of_megabytes() -> bytes:
    pdf = PdfFile(title="cats " * 10**5, author="Ada " * 10**5, Keywords="cat, " * 10**5)
    page = _page(pdf)
    for title in ("cats " * 10**5, "Dogs"):
        pdf.outline(title, page)
    page.annotation("Link", page.find("day"), A={"S": Name("URI"), "URI": b"https://a.b/" + b"c" * 10**6})
    return pdf.to_bytes()


QUICK: tuple[Callable[[], bytes], ...] = (
    huge_count,
    looping_page_tree,
    deep_outline,
    looping_outline,
    zero_size,
    odd_matrices,
    control_characters,
    deep_arrays,
    looping_names,
    titles_for_patterns,
    titles_of_megabytes,
)
SLOW: tuple[Callable[[], bytes], ...] = (
    wide_outline,
    many_annotations,
    many_quads,
    deep_page_tree,
    huge_labels,
    negative_count,
    same_page_many_times,
    million_characters,
    scattered_words,
    single_letters,
    many_columns,
    inflating_content,
    inflating_twice,
    nested_forms,
)
"""Files that take long to make, or to read until a limit is reached, and variants of others."""
