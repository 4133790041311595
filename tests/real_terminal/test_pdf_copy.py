"""A PDF read and marked, and its highlights written into a copy, which is the same article."""

from io import BytesIO

from pypdf import PdfReader

from pdf_files import PdfFile

QUOTE = "The agreement remains vague on what it means."


def test_a_highlight_goes_into_a_copy_of_the_pdf(home):
    pdf = PdfFile(title="On Pacts")
    page = pdf.page()
    page.text(72, 700, QUOTE)
    page.text(72, 660, "Seoul has warned Russia.")
    original = pdf.to_bytes()
    paper = home.write("paper.pdf", original)
    copy = home.write("copy.pdf", b"another file")
    with home.start(paper) as terminal:
        terminal.wait_for("Seoul")
        terminal.press("1")
        terminal.wait_for("1 highlight")
        terminal.press("E")
        terminal.wait_for("into a copy of the PDF (.pdf)")
        terminal.type(f"\x15{paper}\n")
        terminal.wait_for("paper.pdf is the article's own file")
        terminal.type(f"\x15{copy}\n")
        terminal.wait_for("There is a file of that name.")
        terminal.press("enter")
        terminal.wait_for("1 annotation written to")
        terminal.quit_reading()
    assert paper.read_bytes() == original
    assert copy.read_bytes().startswith(original)
    (highlight,) = PdfReader(BytesIO(copy.read_bytes())).pages[0]["/Annots"]
    assert highlight.get_object()["/Contents"] == "Key point"
    with home.start(copy) as terminal:
        terminal.wait_for("1 highlight")
        assert "another program" not in terminal.screen
        terminal.quit_reading()
    assert [row["quote"] for row in home.notes()] == [QUOTE]
