"""The annotations of other programs in a PDF, as the reader of PDF gives them."""

import pytest

from pactreader.core.article import Article
from pactreader.core.embedded_annotations import EmbeddedAnnotation
from pactreader.formats.origin import Origin
from pactreader.formats.readers.pdf.annotations.own_annotations import own_name
from pactreader.formats.readers.pdf_reader import read_pdf
from pdf_files import PdfFile
from pdf_fonts import width_of
from pdf_pages import Box, Page
from pdf_syntax import Name, Stream

LINES = ("The agreement remains vague,", "gypsy jugglers say: pay, buy.", "Nobody has read it.")


def make_page(pdf: PdfFile, **arguments: int) -> Page:
    """Return a page with `LINES`, close to each other."""
    page = pdf.page(**arguments)
    for number, line in enumerate(LINES):
        page.text(72, 700 - 11 * number, line)
    return page


def read(pdf: PdfFile) -> Article:
    return read_pdf(pdf.to_bytes(), Origin(name="a.pdf", title="a", source="/a.pdf"))


def quotes(article: Article) -> list[str]:
    """Return the passages of the annotations, each on one line."""
    return [" ".join(article.text[each.start : each.end].split()) for each in article.embedded]


def only(pdf: PdfFile) -> EmbeddedAnnotation:
    (annotation,) = read(pdf).embedded
    return annotation


def test_a_mark_has_its_kind_note_author_colour_times_and_page():
    pdf = PdfFile()
    page = make_page(pdf)
    found = page.find("remains vague")
    arguments = {"author": "Ada L.", "created": "D:20240131120000+01'00'", "modified": "D:20240201"}
    page.mark("Highlight", found, contents="Why?\rWho?", colour=(1, 0.6, 0), name="a", **arguments)
    page.mark("Underline", found, colour=(0.5,))
    page.mark("StrikeOut", found, colour=(1, 0, 0, 0))
    page.mark("Squiggly", found, colour=())
    article = read(pdf)
    assert quotes(article) == ["remains vague"] * 4
    assert [each.kind.value for each in article.embedded] == [
        "highlight",
        "underline",
        "strike-out",
        "squiggly",
    ]
    assert [each.colour for each in article.embedded] == ["#ff9900", "#7f7f7f", "#00ffff", ""]
    first = article.embedded[0]
    assert (first.note, first.author, first.place) == ("Why?\nWho?", "Ada L.", "p. 1")
    assert (first.created, first.modified) == ("2024-01-31T11:00:00.000Z", "2024-02-01T00:00:00.000Z")
    assert len({each.key for each in article.embedded}) == 4


def test_a_mark_has_the_characters_whose_centres_are_in_it_and_no_descenders_of_the_line_above():
    pdf = PdfFile()
    page = make_page(pdf)
    found = page.find("gypsy jugglers say: pay, buy.")
    touching = Box(found.left, found.bottom - 3, found.right, found.top + 3)
    for order in ("wild", "standard", "empty"):
        page.mark("Highlight", touching, order=order)
    page.mark("Highlight", page.find("buy."), page.find("Nobody"))
    expected = "gypsy jugglers say: pay, buy."
    assert quotes(read(pdf)) == [expected, expected, expected, "buy. Nobody"]


def test_marks_are_found_on_turned_and_cropped_pages():
    pdf = PdfFile()
    for rotation in (90, 180, 270):
        page = make_page(pdf, rotation=rotation)
        page.entries["CropBox"] = [50, 400, 600, 750]
        page.mark("Highlight", page.find("remains vague"))
    assert quotes(read(pdf)) == ["remains vague"] * 3


def test_marks_are_found_on_text_that_runs_up_the_page():
    pdf = PdfFile()
    page = pdf.page()
    page.text(300, 100, "The incomprehensibilities run up.", angle=90)
    start, end = (100 + width_of(words, 10, "Times-Roman") for words in ("The incompre", "The incomprehensi"))
    page.mark("Highlight", Box(290, start, 304, end))
    assert quotes(read(pdf)) == ["hensi"]


def test_a_mark_that_has_an_appearance_has_its_colour():
    pdf = PdfFile()
    page = make_page(pdf)
    form = {"Type": Name("XObject"), "Subtype": Name("Form"), "BBox": [0, 0, 9, 9]}
    page.mark("Highlight", page.find("vague"), colour=(0, 1, 0), AP={"N": pdf.add(Stream(form, b""))})
    assert only(pdf).colour == "#00ff00"


def test_a_note_is_on_the_line_nearest_to_it():
    pdf = PdfFile()
    page = make_page(pdf)
    page.note(500, 681, "In the margin")
    page.mark("FreeText", Box(72, 660, 200, 672), contents="Typed below")
    page.mark("Caret", page.find("vague"), contents="very")
    page.note(300, 100, "Far away")
    page.note(300, 690, "")
    article = read(pdf)
    assert [(each.kind.value, each.note) for each in article.embedded] == [
        ("note", "In the margin"),
        ("note", "Typed below"),
        ("note", "very"),
        ("note", "Far away"),
    ]
    assert quotes(article) == [LINES[1], LINES[2], LINES[0], ""]


def test_the_note_of_a_popup_is_that_of_its_annotation():
    pdf = PdfFile()
    page = make_page(pdf)
    page.popup(page.mark("Highlight", page.find("vague"), contents="Its own"), contents="Another")
    page.popup(page.mark("Highlight", page.find("read it")), contents="In the window")
    assert [each.note for each in read(pdf).embedded] == ["Its own", "In the window"]


def test_answers_are_part_of_the_note_that_they_answer():
    pdf = PdfFile()
    page = make_page(pdf)
    mark = page.mark("Highlight", page.find("vague"), contents="Why?", author="Ada")
    answer = page.note(72, 700, "Because.", author="Bo", reply_to=mark)
    page.note(72, 700, "Oh.", reply_to=answer)
    page.note(72, 700, "Accepted", reply_to=mark, StateModel="Review", State="Accepted")
    page.note(300, 700, "Of a group", reply_to=mark, RT=Name("Group"))
    article = read(pdf)
    assert [each.note for each in article.embedded] == ["Why?\n\nBo: Because.\n\nOh.", "Of a group"]


def test_answers_to_each_other_do_not_hang():
    pdf = PdfFile()
    page = make_page(pdf)
    one = page.note(72, 700, "One")
    other = page.note(72, 700, "Other", reply_to=one)
    pdf.objects[one.number - 1]["IRT"] = other
    assert {each.note for each in read(pdf).embedded} == {"One", "Other"}


def test_drawings_links_hidden_annotations_and_our_own_are_not_taken():
    pdf = PdfFile()
    page = make_page(pdf)
    found = page.find("vague")
    for subtype in ("Ink", "Stamp", "Link", "Widget", "Popup", "Square"):
        page.mark(subtype, found, contents="No")
    page.mark("Highlight", found, contents="Hidden", F=2)
    page.mark("Highlight", found, contents="Ours", name=own_name("k3x9f2"))
    page.mark("Highlight", found, contents="Theirs", name="k3x9f2")
    assert only(pdf).note == "Theirs"


def test_texts_are_printable():
    pdf = PdfFile()
    page = make_page(pdf)
    page.mark("Highlight", page.find("vague"), contents="a\x07b\u202ec", author="Eve\n\x07")
    annotation = only(pdf)
    assert annotation.note == "a␇b\ufffdc"
    assert annotation.author == "Eve ␇"


def test_the_key_is_the_name_or_what_the_annotation_is():
    def keys(*, shift: float = 0, has_cover: bool = False, **arguments: str) -> list[str]:
        pdf = PdfFile()
        if has_cover:
            make_page(pdf)
        page = make_page(pdf)
        box = page.find("vague")
        page.mark("Highlight", Box(box.left + shift, *box[1:]), name="one", **arguments)
        page.mark("Highlight", Box(box.left + shift, *box[1:]), **arguments)
        page.mark("Highlight", Box(box.left + shift, *box[1:]), **arguments)
        return [each.key for each in read(pdf).embedded]

    named, unnamed, same = keys()
    assert len({named, unnamed, same}) == 3
    assert keys(shift=0.1) == keys(has_cover=True) == [named, unnamed, same]
    changed = keys(contents="Why?")
    assert changed[0] == named
    assert not {unnamed, same}.intersection(changed)


@pytest.mark.parametrize("name", ["", "fitz-A0"])
def test_the_same_line_or_name_of_two_pages_has_two_keys_whichever_was_marked_first(name):
    def keys(*pages: int) -> list[str]:
        pdf = PdfFile()
        for number in range(3):
            page = pdf.page()
            page.text(72, 700, f"All of page {number} says little.")
            if number in pages:
                page.mark("Highlight", page.find("All of"), name=name)
        return [each.key for each in read(pdf).embedded]

    assert keys(0, 2) == keys(0) + keys(2)
