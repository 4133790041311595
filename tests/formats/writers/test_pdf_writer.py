"""The PDF writer: updates of files of all kinds, with the annotations of others left alone."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

import pdf_files
from pactreader.core.errors import PactReaderError
from pactreader.core.labels import COLOURS
from pactreader.formats.writers.pdf.annotation_objects import PdfAnnotation, Rectangle, note_place
from pactreader.formats.writers.pdf.colours import paper_colour
from pactreader.formats.writers.pdf_writer import PdfFile
from pactreader.tui.themes import LIGHT
from pdf_pages import Box
from pdf_syntax import Name


def file(data: bytes) -> PdfFile:
    return PdfFile(data, "a.pdf", lambda name: name.startswith("own:"))


def annotation(name: str = "own:1", page: int = 0, *rectangles: Rectangle) -> PdfAnnotation:
    return PdfAnnotation(name, page, rectangles or ((72, 700, 90, 712),), "#ffe9a0", "Mine", "Doubt", "Ada")


def written(data: bytes, *annotations: PdfAnnotation) -> bytes:
    """Return a file with annotations, after looking whether it is a valid one that begins with the old one."""
    found = file(data).with_annotations(annotations)
    assert found.startswith(data)
    PdfReader(BytesIO(found), strict=True)
    return found


def names(data: bytes, page: int = 0) -> list[str]:
    found = PdfReader(BytesIO(data), strict=True).pages[page].get("/Annots", [])
    return [each.get_object().get("/NM", "") for each in found]


def two_pages() -> pdf_files.PdfFile:
    pdf = pdf_files.PdfFile(title="Two")
    for text in ("One", "Two"):
        pdf.page().text(72, 700, text)
    return pdf


def test_an_update_has_cross_references_of_the_kind_that_the_file_has() -> None:
    table = two_pages().to_bytes()
    assert b"\nxref\n0 1\n" in written(table, annotation())[len(table) :]
    writer = PdfWriter(BytesIO(table), incremental=True)
    writer.pages[0][NameObject("/Kept")] = NameObject("/Yes")
    stream = BytesIO()
    writer.write(stream)
    with_stream = stream.getvalue()
    update = written(with_stream, annotation("own:1", 1))
    assert b"/XRef" in update[len(with_stream) :]
    assert names(update, 1) == ["own:1"]
    assert PdfReader(BytesIO(update)).pages[0]["/Kept"] == "/Yes"


def test_one_rectangle_a_line_has_its_corners_in_the_order_of_the_wild() -> None:
    lines = (72.0, 700.0, 90.0, 712.0), (60.0, 680.0, 80.0, 692.0)
    data = written(two_pages().to_bytes(), annotation("own:1", 1, *lines))
    (found,) = PdfReader(BytesIO(data)).pages[1]["/Annots"]
    highlight = found.get_object()
    assert list(highlight["/QuadPoints"]) == [
        72,
        712,
        90,
        712,
        72,
        700,
        90,
        700,
        60,
        692,
        80,
        692,
        60,
        680,
        80,
        680,
    ]
    assert list(highlight["/Rect"]) == [60, 680, 90, 712]
    appearance = highlight["/AP"]["/N"]
    assert appearance["/Resources"]["/ExtGState"]["/Multiply"]["/BM"] == "/Multiply"
    assert appearance.get_data().count(b" re ") == 2
    assert list(appearance["/BBox"]) == [60, 680, 90, 712]


def test_annotations_of_others_stay_and_ours_are_replaced_or_removed() -> None:
    pdf = two_pages()
    page = pdf.pages[0]
    kept = page.mark("Highlight", Box(72, 700, 90, 712), name="own:1", contents="Old")
    page.popup(kept)
    removed = page.mark("Highlight", Box(72, 700, 90, 712), name="own:2")
    page.popup(removed)
    page.mark("Text", Box(9, 9, 20, 20), name="theirs", contents="An answer", reply_to=kept)
    page.annotation("Link", Box(9, 9, 20, 20))
    page.mark("Highlight", Box(72, 700, 90, 712), name="own:1", contents="A second one")
    data = written(pdf.to_bytes(), annotation("own:1"), annotation("own:3"))
    found = [each.get_object() for each in PdfReader(BytesIO(data)).pages[0]["/Annots"]]
    assert [each.get("/NM", each["/Subtype"]) for each in found] == [
        "/Popup",
        "theirs",
        "/Link",
        "own:1",
        "own:3",
    ]
    popup, answer, _link, own, _new = found
    assert own["/Contents"] == "Mine"
    assert own["/Popup"].get_object() == popup
    assert popup["/Parent"].get_object() == own
    assert answer["/IRT"].get_object() == own
    assert names(written(data)) == ["theirs", ""]


def test_nothing_to_write_changes_nothing() -> None:
    data = two_pages().to_bytes()
    assert file(data).with_annotations([]) == data


def test_a_list_that_a_page_refers_to_is_replaced_and_one_that_two_share_only_once() -> None:
    pdf = two_pages()
    shared = pdf.add([pdf.pages[0].annotation("Link", Box(9, 9, 20, 20))])
    for page in pdf.pages:
        page.entries["Annots"] = shared
    data = written(pdf.to_bytes(), annotation("own:1", 0), annotation("own:2", 1))
    assert [names(data, 0), names(data, 1)] == [["", "own:1"], ["", "own:2"]]


def signed_for_all() -> pdf_files.PdfFile:
    pdf = two_pages()
    pdf.catalog["Perms"] = {"DocMDP": pdf.add({"Type": "Sig"})}
    return pdf


def signed() -> pdf_files.PdfFile:
    pdf = two_pages()
    pdf.sign()
    return pdf


def with_encryption(entries: str) -> bytes:
    """Return a file that is said to be encrypted in a way that pypdf does not know, or not without another package."""
    keys = " ".join(
        f"/{key} <{'00' * length}>" for key, length in (("O", 48), ("U", 48), ("OE", 32), ("UE", 32))
    )
    filters = "/CF << /StdCF << /CFM /AESV3 >> >> /StmF /StdCF /StrF /StdCF"
    encryption = (
        f"/Encrypt << /Filter /Standard {entries} /P -4 {keys} /Perms <{'00' * 16}> {filters} >> /Root"
    )
    data = two_pages().to_bytes()
    at = data.rindex(b"/Root")
    return data[:at] + encryption.encode() + data[at + len(b"/Root") :]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (signed().to_bytes(), "a.pdf is signed"),
        (signed_for_all().to_bytes(), "a.pdf is signed"),
        (two_pages().to_bytes(password=""), "a.pdf is encrypted"),
        (two_pages().to_bytes(password="secret"), "a.pdf is encrypted"),
        (with_encryption("/V 5 /R 6 /Length 256"), "a.pdf is encrypted"),
        (with_encryption("/V 9 /R 9"), "a.pdf is encrypted"),
        (pdf_files.with_wrong_offsets(two_pages().to_bytes()), "a.pdf is damaged"),
        (b"junk\n" + two_pages().to_bytes(), "a.pdf is damaged"),
        (two_pages().to_bytes()[:-300], "a.pdf is damaged"),
        (b"%PDF-1.7\nno more", "a.pdf is damaged"),
        (b"", "a.pdf is damaged"),
    ],
)
def test_files_that_nothing_can_be_added_to_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(PactReaderError, match=message):
        file(data)


def test_a_field_for_a_signature_that_is_still_empty_is_no_signature() -> None:
    pdf = two_pages()
    field: Any = pdf.pages[0].annotation("Widget", Box(0, 0, 0, 0), FT=Name("Sig"), T="Signature1")
    pdf.catalog["AcroForm"] = {"SigFlags": 1, "Fields": [field]}
    assert "own:1" in names(written(pdf.to_bytes(), annotation()))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_signs_of_notes_stand_at_the_upper_left_as_the_page_is_seen(rotation: int) -> None:
    box = (20.0, 30.0, 500.0, 600.0)
    corner = {0: (20, 600), 90: (20, 30), 180: (500, 30), 270: (500, 600)}[rotation]
    for index in range(100):
        left, bottom = note_place(box, rotation, index)
        assert 20 <= left <= 482
        assert 30 <= bottom <= 582
    left, bottom = note_place(box, rotation, 0)
    assert abs(left + 9 - corner[0]) < 30
    assert abs(bottom + 9 - corner[1]) < 30


def test_highlights_have_the_colours_of_the_light_theme() -> None:
    for name in COLOURS:
        assert paper_colour(name).upper() == LIGHT.labels[name].background.hex
    assert paper_colour("").upper() == LIGHT.tint.hex
    assert paper_colour("#000000") == "#b8b8b8"
    assert paper_colour("#ff0000") == "#ffb8b8"
