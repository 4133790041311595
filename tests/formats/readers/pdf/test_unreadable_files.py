"""PDFs that cannot be read, or not as a whole, and what is said about them."""

import gzip

import pytest

from pactreader.core.errors import PasswordNeededError, UnreadableError
from pactreader.core.reading_options import ReadingOptions
from pactreader.core.reading_setup import ReadingSetup
from pactreader.formats.content import Content, read_content
from pactreader.formats.origin import Origin
from pactreader.formats.readers.pdf_reader import read_pdf
from pdf_files import PdfFile, with_wrong_offsets
from pdf_fonts import UNMAPPED
from pdf_pages import Box
from pdf_syntax import Name, Stream

PAGE = Box(0, 0, 612, 792)
SENTENCE = "Cats sleep most of the day, and nobody knows what they dream of."


def origin_of(name, **setup):
    return Origin(name, "scan", f"/{name}", setup=ReadingSetup(**setup))


ORIGIN = origin_of("scan.pdf")


def cats(**encryption):
    pdf = PdfFile()
    pdf.page().text(72, 700, SENTENCE)
    return pdf.to_bytes(**encryption)


def read(pdf, origin=ORIGIN):
    return read_pdf(pdf if isinstance(pdf, bytes) else pdf.to_bytes(), origin)


def refusal(pdf, origin=ORIGIN):
    """Return the message and the hint of the error that reading ends with."""
    with pytest.raises(UnreadableError) as caught:
        read(pdf, origin)
    return caught.value.message, caught.value.hint


def scanned(pages):
    pdf = PdfFile()
    for _ in range(pages):
        pdf.page().image(PAGE)
    return pdf


def test_a_scanned_file_is_refused_with_the_program_that_helps():
    assert refusal(scanned(12)) == (
        "scan.pdf is scanned: its 12 pages are pictures without text.",
        "Run an OCR program first: `ocrmypdf scan.pdf scan-ocr.pdf`, and open what it writes.",
    )


def test_the_program_is_given_the_name_as_a_shell_takes_it():
    assert "`ocrmypdf 'my scan.pdf' 'my scan-ocr.pdf'`" in refusal(scanned(1), origin_of("my scan.pdf"))[1]


def test_a_stamp_on_every_page_makes_no_text_of_a_scanned_file():
    pdf = scanned(2)
    for page in pdf.pages:
        page.text(72, 20, "Scanned with a program for telephones, version 3.1")

    assert "its 2 pages are pictures" in refusal(pdf)[0]


def test_the_scanned_pages_among_others_are_named():
    pdf = PdfFile()
    for number in range(1, 8):
        page = pdf.page()
        if number in {2, 4, 5}:
            page.image(PAGE)
        else:
            page.text(72, 700, SENTENCE)

    assert read(pdf).warning == "pp. 2, 4–5 are pictures without text, which an OCR program could read."


def test_a_page_with_a_small_picture_and_a_few_words_is_no_scanned_one():
    pdf = PdfFile()
    page = pdf.page()
    page.text(72, 700, "Part Two, in which the cats come home")
    page.image(Box(72, 600, 100, 620))

    assert read(pdf).warning == ""


def test_a_file_with_nothing_on_its_pages_is_refused():
    pdf = PdfFile()
    pdf.page()

    message, hint = refusal(pdf)

    assert message == "scan.pdf has nothing on its pages that could be read."
    assert "ocrmypdf" in hint


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", cats()[:200], b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>"],
)
def test_a_broken_file_is_refused(data):
    assert refusal(data) == (
        "scan.pdf cannot be read as a PDF: it is damaged.",
        "Download or copy it once more.",
    )


def test_what_has_only_the_name_of_a_pdf_is_told_from_a_broken_one():
    for data in (b"<!doctype html><title>Log in</title><p>Log in to download.", b""):
        assert refusal(data) == (
            "scan.pdf is called a PDF, but is none.",
            "Download it once more, or read it as what it is: `--as html` or `--as text`.",
        )


def test_a_file_with_wrong_offsets_is_read():
    assert read(with_wrong_offsets(cats())).text == SENTENCE


def test_a_file_with_something_before_it_or_in_gzip_is_read():
    for data in (b"HTTP/1.1 200 OK\r\n\r\n" + cats(), gzip.compress(cats())):
        article = read_content(Content(data, ORIGIN, "scan.pdf"), ReadingOptions())

        assert article.text == SENTENCE


def test_letters_that_are_not_in_the_file_are_counted():
    pdf = PdfFile()
    page = pdf.page()
    page.text(72, 700, SENTENCE)
    page.text(72, 660, "xyzxyz", font=UNMAPPED)

    assert (
        read(pdf).warning
        == "About 8 % of the characters have no letters in the file: they are shown as � or wrongly."
    )


def test_a_file_with_shapes_in_place_of_letters_is_refused():
    pdf = PdfFile()
    page = pdf.page()
    page.text(72, 700, "Cats")
    page.text(72, 660, SENTENCE, font=UNMAPPED)

    message, hint = refusal(pdf)

    assert message == (
        "scan.pdf has shapes in place of letters: the file does not say which letters they are."
    )
    assert hint.startswith("Run an OCR program first: `ocrmypdf --force-ocr scan.pdf scan-ocr.pdf`")


def test_a_form_that_asks_to_wait_is_named():
    pdf = PdfFile()
    pdf.page().text(72, 700, "Please wait… If this message is not replaced, your viewer cannot show it.")
    xfa = b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template/></xdp:xdp>'
    pdf.catalog["AcroForm"] = {"Fields": [], "XFA": pdf.add(Stream({}, xfa))}
    pdf.catalog["NeedsRendering"] = True

    assert refusal(pdf)[0] == "scan.pdf is a form (XFA) whose content is not on its pages."


def test_a_portfolio_is_named_with_its_files():
    pdf = PdfFile()
    pdf.page().text(72, 700, "Open this portfolio in another program.")
    pdf.catalog["Collection"] = {"Type": Name("Collection")}
    for name in ("a.pdf", "b.docx", "c", "d", "e", "f"):
        pdf.attach(name, b"cats")

    assert refusal(pdf)[0] == (
        "scan.pdf is a portfolio, a container of other files: a.pdf, b.docx, c, d, e and 1 more."
    )


def test_a_file_with_others_attached_is_no_portfolio():
    pdf = PdfFile()
    pdf.page().text(72, 700, SENTENCE)
    pdf.attach("data.csv", b"1,2")

    assert read(pdf).warning == ""


def test_an_unknown_encryption_is_named():
    data = cats(password="").replace(b"/Filter /Standard", b"/Filter /Unknown1")
    assert b"/Unknown1" in data

    assert refusal(data)[0] == "scan.pdf is encrypted in a way that PactReader does not know."


class Asked:
    """A user who gives some answers when asked for a password."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.questions = []

    def __call__(self, name, is_again):
        self.questions.append((name, is_again))
        if not self.answers:
            raise PasswordNeededError("None was given.")
        return self.answers.pop(0)


@pytest.mark.parametrize("password", ["purr", "Katzenkönig", "owner"])
def test_a_password_is_asked_for_until_it_is_right(password):
    user = Asked("hiss", password)

    article = read(
        cats(password="purr" if password == "owner" else password), origin_of("a.pdf", ask_password=user)
    )

    assert article.text == SENTENCE
    assert article.is_protected
    assert user.questions == [("a.pdf", False), ("a.pdf", True)]


def test_after_three_wrong_passwords_it_is_not_asked_again():
    user = Asked("a", "b", "c", "purr")

    with pytest.raises(PasswordNeededError, match=r"The password of a\.pdf is another one\."):
        read(cats(password="purr"), origin_of("a.pdf", ask_password=user))

    assert user.answers == ["purr"]


def test_without_anybody_to_ask_a_protected_file_is_refused():
    with pytest.raises(PasswordNeededError, match=r"scan\.pdf is protected by a password\."):
        read(cats(password="purr"))


def test_a_password_that_only_the_owner_needs_is_not_asked_for():
    article = read(cats(password=""))

    assert article.text == SENTENCE
    assert not article.is_protected
