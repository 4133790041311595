"""Copies of PDFs with annotations in them, read back by pdfium and pypdf."""

from collections.abc import Iterator, Sequence
from ctypes import byref, c_ulong, create_string_buffer
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Highlight
from pypdf.generic import ArrayObject, FloatObject
from pypdfium2 import raw

from pactreader.core.article import Article, Passage
from pactreader.core.embedded_annotations import EmbeddedAnnotation, EmbeddedKind
from pactreader.core.errors import PactReaderError
from pactreader.core.notebooks.embedded_import import find_new
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.notebooks.placed_annotations import PlacedAnnotations
from pactreader.formats.pdf_copy import NotesToCopy, PdfCopy, copy_pdf
from pactreader.formats.sources import load_again, read_source
from pdf_files import PdfFile
from pdf_pages import Box

CATS = (
    "Cats sleep most of the day, and nobody has found out why they do it with so much more deter\u00admination and care. "
    "Some say that it is a habit of hunters, who have little to do when the hunt is over. Others hold that they dream, "
    "and that a dream of mice is worth more to a cat than a mouse that has to be caught first, which takes patience."
)
FOOD = (
    "The other column is about their food, which is fish, or what smells of it. They take it from the hand if it is "
    "cold, and from the table if it is warm, and they leave the bowl for later. A cat that has been fed by two people "
    "will say to each of them that the other one has forgotten it, and it will be believed by both of them every day."
)
LANDSCAPE = "Dogs run along the page from its lower end to the upper one."
CROPPED = "birds sing beyond the margin that was cut off."


def paper() -> PdfFile:
    """Return a paper: two columns, a page that is turned with its text, and one that is cropped."""
    pdf = PdfFile(title="On Cats")
    first = pdf.page()
    first.text(72, 720, "On Cats", size=18, font="Times-Bold")
    first.paragraph(72, 690, CATS, width=200)
    first.paragraph(330, 690, FOOD, width=200)
    pdf.page(rotation=90).text(300, 72, LANDSCAPE, angle=90)
    third = pdf.page()
    third.entries |= {"MediaBox": [-50, -50, 562, 742], "CropBox": [20, 30, 500, 600]}
    end = third.text(72, 500, "Big ", size=16).right
    third.text(end, 500, CROPPED)
    return pdf


class Highlighted(NamedTuple):
    """A highlight as pdfium reads it back."""

    page: int
    name: str
    words: str
    quads: Sequence[Box]
    note: str


def highlights_in(data: bytes) -> list[Highlighted]:
    """Return the highlights of a file, with the letters whose centres they are on."""
    document = pypdfium2.PdfDocument(data)
    found = []
    for index, page in enumerate(document):
        text_page = page.get_textpage()
        for at in range(raw.FPDFPage_GetAnnotCount(page)):
            annotation = raw.FPDFPage_GetAnnot(page, at)
            if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_HIGHLIGHT:
                quads = list(_quads(annotation))
                words = "".join(
                    chr(raw.FPDFText_GetUnicode(text_page, each))
                    for each in range(text_page.count_chars())
                    if _is_on(quads, text_page.get_charbox(each))
                )
                found.append(
                    Highlighted(
                        index, _string(annotation, b"NM"), words, quads, _string(annotation, b"Contents")
                    )
                )
            raw.FPDFPage_CloseAnnot(annotation)
        text_page.close()
        page.close()
    document.close()
    return found


def _quads(annotation: Any) -> Iterator[Box]:
    points = raw.FS_QUADPOINTSF()
    for each in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
        assert raw.FPDFAnnot_GetAttachmentPoints(annotation, each, byref(points))
        yield Box(
            points.x1, points.y3, points.x2, points.y1
        )  # top left, top right, bottom left, bottom right


def _is_on(quads: Sequence[Box], letter: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = letter
    x, y = (left + right) / 2, (bottom + top) / 2
    return right > left and any(q.left < x < q.right and q.bottom < y < q.top for q in quads)


def _string(annotation: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(
        annotation, key, raw.cast(buffer, raw.POINTER(raw.FPDF_WCHAR)), c_ulong(size)
    )
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def read(path: Path, pdf: PdfFile | bytes) -> Notebook:
    """Return the empty notebook of a PDF that is written to a file."""
    path.write_bytes(pdf if isinstance(pdf, bytes) else pdf.to_bytes())
    return Notebook(read_source(str(path), BytesIO()))


def highlight(notebook: Notebook, words: str, label: str = "key-point", note: str = "") -> str:
    """Highlight some words, and return the id of the annotation."""
    start = notebook.article.text.index(words)
    change = notebook.highlight(Passage(start, start + len(words)), label, note=note)
    notebook.apply(change)
    return change.edits[0].id


def copied(notebook: Notebook, earlier: bytes = b"") -> PdfCopy:
    return copy_pdf(
        NotesToCopy.of(PlacedAnnotations.of(notebook)), load_again(notebook.article), earlier=earlier
    )


PASSAGES = {
    "On Cats": (0, 1),
    "nobody has found out": (0, 2),
    "so much more determination and care": (0, 2),
    "which takes patience.\n\nThe other column": (0, 3),
    "run along the page": (1, 1),
    "Big birds sing": (2, 1),
    "beyond the margin": (2, 1),
}
"""Passages with their page and the number of lines that they are on."""


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Notebook:
    made = read(tmp_path_factory.mktemp("copies") / "paper.pdf", paper())
    for words in PASSAGES:
        highlight(made, words)
    return made


@pytest.fixture(scope="module")
def copy(notebook: Notebook) -> PdfCopy:
    return copied(notebook)


def test_words_are_under_their_highlights(notebook: Notebook, copy: PdfCopy) -> None:
    assert (copy.written, copy.left_out) == (len(PASSAGES), 0)
    found = {each.name: each for each in highlights_in(copy.content)}
    for annotation in notebook:
        assert annotation.anchor
        page, lines = PASSAGES[annotation.anchor.exact]
        highlighted = found.pop(f"pactreader:{annotation.id}.0")
        expected = "".join(annotation.anchor.exact.split())
        assert "".join(highlighted.words.split()).replace("\ufffe", "").replace("-", "") == expected
        assert (highlighted.page, len(highlighted.quads)) == (page, lines)
    assert not found


def test_a_line_is_as_high_as_most_of_its_letters(copy: PdfCopy) -> None:
    big, small = (each.quads[0] for each in highlights_in(copy.content) if each.page == 2)
    assert big.top - big.bottom == pytest.approx(small.top - small.bottom)


def test_the_file_is_the_beginning_of_its_copy_and_the_rest_is_valid(
    notebook: Notebook, copy: PdfCopy
) -> None:
    original = Path(notebook.article.source).read_bytes()
    assert copy.content.startswith(original)
    reader = PdfReader(BytesIO(copy.content), strict=True)
    assert b"/Info" in copy.content[len(original) :], "most readers take the last trailer alone"
    assert [len(page["/Annots"]) for page in reader.pages] == [4, 1, 2]


def test_letters_stay_readable_through_the_colour(copy: PdfCopy) -> None:
    page = pypdfium2.PdfDocument(copy.content)[0]
    bitmap = page.render(scale=2, may_draw_forms=False)
    (title,) = (each for each in highlights_in(copy.content) if each.words == "On Cats")
    box = title.quads[0]
    columns = range(int(2 * box.left) + 1, int(2 * box.right))
    rows = range(int(2 * (792 - box.top)) + 1, int(2 * (792 - box.bottom)))
    pixels = {
        tuple(reversed(bitmap.buffer[at : at + 3]))
        for row in rows
        for column in columns
        for at in [row * bitmap.stride + column * bitmap.n_channels]
    }
    assert (0xFF, 0xE9, 0xA0) in pixels, "the colour of key points"
    assert min(map(sum, pixels)) < 60, "the letters are black"
    assert (255, 255, 255) not in pixels


def test_a_note_has_its_label_tags_and_times(tmp_path: Path) -> None:
    notebook = read(tmp_path / "paper.pdf", paper())
    id_ = highlight(notebook, "sleep most", "doubt", "Who says so? — Кто? 🙂\n\x1b[1m")
    notebook.apply(notebook.tag(id_, ("law", "cats")))
    notebook.apply(notebook.note_on_article("All of it is *good*."))
    notebook.apply(notebook.note_on_article("Read it again."))
    first, second, highlighted = (
        each.get_object() for each in PdfReader(BytesIO(copied(notebook).content)).pages[0]["/Annots"]
    )
    assert {first["/Contents"], second["/Contents"]} == {"All of it is *good*.", "Read it again."}
    assert first["/Rect"][3] > second["/Rect"][3] > 700, "one above the other at the upper end"
    assert highlighted["/Contents"] == "Who says so? — Кто? 🙂\n␛[1m\n\nDoubt · #law #cats"
    assert (highlighted["/Subj"], highlighted["/T"], highlighted["/F"]) == ("Doubt", "PactReader", 4)
    created = notebook[id_].created.replace("-", "").replace(":", "").replace("T", "")
    assert highlighted["/CreationDate"] == f"D:{created[:14]}Z"
    assert [round(float(part) * 255) for part in highlighted["/C"]] == [0xFB, 0xD5, 0xCF]


def test_lost_highlights_are_left_out_and_counted(tmp_path: Path) -> None:
    notebook = read(tmp_path / "paper.pdf", paper())
    highlight(notebook, "sleep most")
    elsewhere = Notebook(Article.assemble(read_source(__file__, BytesIO()).pieces(), title="x"))
    highlight(elsewhere, "lost highlights are left out and counted".replace(" ", "_"))
    copy = copied(Notebook(notebook.article, [*notebook, *elsewhere]))
    assert (copy.written, copy.left_out) == (1, 1)
    assert copy.left_out_sentence == "1 highlight is left out: not found in the text, or not for certain."
    assert [each.words for each in highlights_in(copy.content)] == ["sleep most"]


def with_highlight_of_another_program(data: bytes) -> bytes:
    """Return a file as another program saves it after a highlight was made there."""
    writer = PdfWriter(clone_from=BytesIO(data))
    quad = ArrayObject(map(FloatObject, (330, 700, 360, 700, 330, 688, 360, 688)))
    writer.add_annotation(0, Highlight(rect=(330, 688, 360, 700), quad_points=quad))
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_copy_written_again_has_each_once_and_what_others_added_there(tmp_path: Path) -> None:
    notebook = read(tmp_path / "paper.pdf", paper())
    kept, removed = highlight(notebook, "sleep most"), highlight(notebook, "nobody")
    first = copied(notebook)
    notebook.apply(notebook.remove(removed))
    notebook.apply(notebook.write_note(kept, "Really?"))
    again = copied(notebook, first.content)
    assert again.content.startswith(Path(notebook.article.source).read_bytes())
    assert len(again.content) < len(first.content), "nothing of the first copy is in the second"
    own = f"pactreader:{kept}.0", "sleep most", "Really?\n\nKey point"
    assert [(each.name, each.words, each.note) for each in highlights_in(again.content)] == [own]

    annotated = with_highlight_of_another_program(first.content)
    again = copied(notebook, annotated)
    assert again.content.startswith(annotated)
    assert [(each.name, each.words, each.note) for each in highlights_in(again.content)] == [
        ("", "The oth", ""),
        own,
    ]

    other = paper()
    other.pages[0].text(72, 300, "Another text.")
    assert (
        copied(notebook, with_highlight_of_another_program(other.to_bytes())).content
        == copied(notebook).content
    )


def test_a_file_that_has_ours_already_has_each_once(tmp_path: Path) -> None:
    notebook = read(tmp_path / "paper.pdf", paper())
    highlight(notebook, "sleep most")
    (tmp_path / "copy.pdf").write_bytes(copied(notebook).content)
    article = read_source(str(tmp_path / "copy.pdf"), BytesIO())
    assert article.text == notebook.article.text
    assert article.embedded == (), "ours are not another program's"
    again = copied(Notebook(article, notebook))
    assert [each.words for each in highlights_in(again.content)] == ["sleep most"]


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    notebook = read(tmp_path / "paper.pdf", paper())
    highlight(notebook, "sleep most")
    changed = paper()
    changed.pages[0].text(72, 300, "A line more.")
    (tmp_path / "paper.pdf").write_bytes(changed.to_bytes())
    with pytest.raises(PactReaderError, match=r"paper.pdf has changed since its text was read"):
        copied(notebook)


def test_another_format_is_refused(tmp_path: Path) -> None:
    notebook = read(tmp_path / "notes.md", b"# Some notes\n\nOn cats.")
    with pytest.raises(
        PactReaderError, match=r"Only a PDF can be copied .*the format of notes.md is Markdown"
    ):
        copied(notebook)


def test_a_compressed_file_is_copied_as_it_is_inside(tmp_path: Path) -> None:
    import gzip

    data = paper().to_bytes()
    notebook = read(tmp_path / "paper.pdf.gz", gzip.compress(data))
    highlight(notebook, "sleep most")
    assert copied(notebook).content.startswith(data)


def test_what_was_taken_in_from_the_file_is_not_written_again_unless_it_was_changed(tmp_path: Path) -> None:
    pdf = paper()
    for words, author in (("sleep", "Ada"), ("nobody", "Ben"), ("dream of", "Cleo")):
        pdf.pages[0].mark("Highlight", pdf.pages[0].find(words), author=author, name=author)
    notebook = read(tmp_path / "paper.pdf", pdf)
    embedded = [
        *notebook.article.embedded,
        EmbeddedAnnotation("elsewhere", EmbeddedKind.HIGHLIGHT, 300, 305, author="Dora"),
    ]
    change = find_new(embedded, notebook, ()).change(notebook, lambda _id: False)
    notebook.apply(change)
    ben, dora = (each.id for each in notebook if each.author in {"Ben", "Dora"})
    notebook.apply(notebook.write_note(ben, "Nobody?"))
    copy = copied(notebook)
    assert copy.written == 4
    written = [each for each in highlights_in(copy.content) if each.name.startswith("pactreader:")]
    assert {each.name for each in written} == {f"pactreader:{ben}.0", f"pactreader:{dora}.0"}
    annotations = (each.get_object() for each in PdfReader(BytesIO(copy.content)).pages[0]["/Annots"])
    assert sorted(each["/T"] for each in annotations) == ["Ada", "Ben", "Ben", "Cleo", "Dora"]
