"""A paper in PDF with two columns: opened at a page, a sentence over the page border marked as one and exported."""

from pdf_files import PdfFile

FILL = "The harbour of part {0} is deep and calm, and every ship that comes from the north waits there for the wind. "
BORDER = "In the end the long voyage of the whale ship came to an end in the third harbour of the island."
SPLIT = " ship came"


def paper() -> bytes:
    pdf = PdfFile(title="On Whales", author="Ann Lee")
    before, _, after = BORDER.partition(SPLIT)
    for number, (left, right) in enumerate(
        [
            (FILL.format("one") * 9, FILL.format("two") * 8 + before),
            (SPLIT.strip() + after + " " + FILL.format("three") * 8, FILL.format("four") * 9),
        ],
        1,
    ):
        page = pdf.page(label=f"A-{number}")
        page.paragraph(72, 700, left, width=220)
        page.paragraph(320, 700, right, width=220)
        page.text(300, 30, str(number), size=8)
    return pdf.to_bytes()


def test_a_sentence_over_the_page_border_is_marked_and_cited_with_both_pages(home):
    path = home.write("paper.pdf", paper())
    with home.start(f"{path}#page=2", columns=110, rows=30) as terminal:
        terminal.wait_for("ship came to an end in")
        terminal.wait_for("p. A-2")
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        terminal.wait_for("pp. A-1–A-2")
        terminal.press("q")
        assert terminal.wait() == 0
    exported = home.run("export", path).stdout
    assert f"\n> {BORDER}\n" in exported
    assert "— Key point · pp. A-1–A-2 " in exported
