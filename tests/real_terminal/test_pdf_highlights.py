"""A PDF with the highlights of another program: they are read as the user's own, taken back, and stay away."""

from pdf_files import PdfFile

TAKEN_IN = "1 highlight and 1 note of another program were taken in"


def marked_pdf() -> bytes:
    pdf = PdfFile(title="On Pacts")
    page = pdf.page(label="iv")
    page.text(72, 700, "The agreement remains vague on what it means.")
    page.text(72, 660, "Seoul has warned Russia.")
    page.mark(
        "Highlight",
        page.find("remains vague"),
        contents="Who decides?",
        author="Ada Lovelace",
        colour=(1, 0, 0),
    )
    page.note(400, 655, "Which warning?")
    return pdf.to_bytes()


def test_highlights_of_another_program_are_taken_in_once(home):
    paper, copy = home.write("paper.pdf", marked_pdf()), home.write("copy.pdf", marked_pdf())
    with home.start(paper) as terminal:
        terminal.wait_for(TAKEN_IN)
        for words in ("! Doubt", "“remains vague”", "Who decides?", "— Ada Lovelace", "Which warning?"):
            terminal.wait_for(words)
        terminal.quit_reading()
        assert [(row["quote"], row["author"], row["location"]) for row in home.notes()] == [
            ("remains vague", "Ada Lovelace", "p. iv"),
            ("Seoul has warned Russia.", None, "p. iv"),
        ]
    assert "Ada Lovelace ^" in home.run("export", paper).stdout
    with home.start(copy) as terminal:
        terminal.wait_for("2 highlights")
        terminal.press("u")
        terminal.wait_for("Undone: take in 1 highlight and 1 note from the file")
        terminal.quit_reading()
    with home.start(paper) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("1")
        terminal.wait_for("1 highlight")
        assert TAKEN_IN not in terminal.screen
