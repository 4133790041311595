"""A long PDF is read on while its beginning is shown, and is there at once when it is opened again."""

from pdf_files import PdfFile
from real_terminal.faulty_pdf import start

PAGES = 100
LINES = 20
SLOW = "pause", range(40, 60)
"""The pages that take a fifth of a second each, so that there is time to read and to press keys."""


def sentence(page: int, line: int) -> str:
    """Return a sentence in letters alone, as lines that differ in numbers are taken for running heads."""
    words = (str(number).translate(str.maketrans("0123456789", "oidhvfxsen")) for number in (page, line))
    return f"A line called {' and '.join(words)} says little."


LAST_LINE = sentence(PAGES, LINES)


def long_book() -> bytes:
    pdf = PdfFile(title="A long book")
    for number in range(1, PAGES + 1):
        page = pdf.page()
        for line in range(1, LINES + 1):
            page.text(72, 740 - 30 * line, sentence(number, line))
    return pdf.to_bytes()


def test_a_long_pdf_is_marked_while_it_is_read_then_killed_stopped_and_read_to_its_end(home):
    path = home.write("book.pdf", long_book())
    with start(home, *SLOW, file="book.pdf") as terminal:
        terminal.wait_for("esc stops it")
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        terminal.kill()
    with start(home, *SLOW, file="book.pdf") as terminal:
        terminal.wait_for("1 highlight ")
        terminal.wait_for("esc stops it")
        terminal.press("escape")
        terminal.wait_for("Only the beginning of the article is shown: ctrl+l reads all of it.")
        assert not any((home.data / "texts").glob("*.gz"))
        terminal.press("ctrl+l")
        terminal.wait_for(" %")
        terminal.press("G")
        terminal.wait_for(LAST_LINE)
        terminal.quit_reading()
    (found,) = home.notes()
    assert found["place"] == "exact"
    with home.start(path) as terminal:
        terminal.wait_for(LAST_LINE)
        terminal.wait_for("1 highlight ")
        assert "esc stops it" not in terminal.screen
        terminal.quit_reading()
