"""Papers that are downloaded again: the notebook is kept under another name, with a cover page, stamps and dates."""

import gzip
import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from cli.command_line import Run, mark_words
from pactreader.formats.sources import read_source
from pdf_files import PdfFile

PARAGRAPHS = [
    " ".join(f"Sentence {n} of part {part} says that ship {n * part} left port {part + n}." for n in range(9))
    for part in range(1, 9)
]
MARKED = "ship 15 left port 8"


def paper(
    *, cover: str = "", stamp: str = "", number: int = 15, title: str = "On ships", **info: str
) -> bytes:
    pdf = PdfFile(title=title, **info)
    if cover:
        pdf.page().text(72, 500, cover)
    for first in range(0, 8, 2):
        page = pdf.page()
        for at, words in enumerate(PARAGRAPHS[first : first + 2]):
            page.paragraph(72, 700 - 300 * at, words.replace("ship 15 ", f"ship {number} "), width=400)
        if stamp:
            page.text(72, 20, stamp, size=6)
    return pdf.to_bytes()


@pytest.fixture
def marked(home: Path) -> str:
    """Mark a passage of a paper, and return the id of its article."""
    Path("ships.pdf").write_bytes(paper(CreationDate="D:20200101000000Z"))
    return mark_words(home, read_source("ships.pdf", BytesIO()), MARKED)


DOWNLOADED = {
    "another name and date": {"CreationDate": "D:20261130120000Z", "title": "ships_final(2).dvi"},
    "a cover page": {"cover": "Downloaded from the archive of ports on 30 November 2026 by a reader."},
    "a stamp": {"stamp": "Authorized licensed use limited to: A Reader. Downloaded on 30 November 2026."},
}


@pytest.mark.parametrize("options", DOWNLOADED.values(), ids=DOWNLOADED)
def test_a_paper_downloaded_again_keeps_its_notebook(run: Run, marked: str, options: dict[str, str]) -> None:
    Path("ships (1).pdf").write_bytes(paper(**options))
    outcome = run("export", "ships (1).pdf")
    assert f"article: {marked}\n" in outcome.out.replace('"', "")
    assert f"> {MARKED}" in outcome.out
    assert "resembles" not in outcome.err


def test_a_paper_written_anew_in_its_place_keeps_its_notebook(run: Run, marked: str) -> None:
    Path("ships.pdf").write_bytes(paper(cover="A cover page.", stamp="A stamp"))
    exported = run("export", "ships.pdf").out
    assert f"article: {marked}\n" in exported.replace('"', "")
    assert "· p. 3" in exported, "the cover is page 1"


def test_a_paper_that_differs_in_a_number_is_another_one(run: Run, marked: str) -> None:
    Path("form.pdf").write_bytes(paper(number=16))
    outcome = run("export", "form.pdf")
    assert "resembles “On ships”" in outcome.err
    assert MARKED not in outcome.out


def test_a_paper_is_read_from_a_pipe_and_compressed(run: Run, home: Path, marked: str) -> None:
    data = Path("ships.pdf").read_bytes()
    Path("ships.pdf.gz").write_bytes(gzip.compress(data))
    text = run("text", "ships.pdf").out
    assert MARKED in text
    assert run("text", "ships.pdf.gz").out == text
    command = [sys.executable, "-m", "pactreader", "export", "-"]
    piped = subprocess.run(command, input=gzip.compress(data), capture_output=True, check=True)
    assert f"> {MARKED}".encode() in piped.stdout
    assert json.loads(run("notes", "--json").out)[0]["location"] == "p. 2"
