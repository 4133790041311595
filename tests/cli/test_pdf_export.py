"""`pactreader export --format pdf`: annotations in copies of PDFs."""

import gzip
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from pypdf import PdfReader

from cli.command_line import Run, mark_words, write_article
from pactreader.formats.sources import read_source
from pdf_files import PdfFile

EXPORT = ("export", "--format", "pdf")


def pdf(title: str = "On Cats") -> PdfFile:
    made = PdfFile(title=title)
    page = made.page()
    page.text(72, 720, title, size=18, font="Times-Bold")
    page.text(72, 690, "Cats sleep most of the day, and nobody has found out why.")
    return made


def marked(home: Path, name: str, data: bytes, words: str = "sleep most", note: str = "") -> None:
    """Write a file, and highlight some of its words."""
    Path(name).write_bytes(data)
    mark_words(home, read_source(name, BytesIO()), words, note=note)


def notes_in(data: bytes) -> list[str]:
    annotations = PdfReader(BytesIO(data)).pages[0].get("/Annots", [])
    return [each.get_object()["/Contents"] for each in annotations]


def test_a_copy_has_the_highlights_and_the_original_stays(run: Run, home: Path) -> None:
    original = pdf().to_bytes()
    marked(home, "paper.pdf", original, note="Who says so?")
    outcome = run(*EXPORT, "paper.pdf", "-o", "copy.pdf")
    assert (outcome.code, outcome.out, outcome.err) == (0, "copy.pdf\n", "")
    copy = Path("copy.pdf").read_bytes()
    assert notes_in(copy) == ["Who says so?\n\nDoubt"]
    assert copy.startswith(original)
    assert Path("paper.pdf").read_bytes() == original

    outcome = run(*EXPORT, "paper.pdf", "-o", "copy.pdf")
    assert (outcome.code, outcome.err.splitlines()[0]) == (1, "pactreader: copy.pdf exists.")
    mark_words(home, read_source("paper.pdf", BytesIO()), "nobody")
    assert run(*EXPORT, "paper.pdf", "-o", "copy.pdf", "--force").code == 0
    assert notes_in(Path("copy.pdf").read_bytes()) == ["Who says so?\n\nDoubt", "Doubt"]
    assert sorted(each.name for each in Path().iterdir()) == ["copy.pdf", "paper.pdf"]

    outcome = run(*EXPORT, "paper.pdf", "-o", "paper.pdf", "--force")
    assert (outcome.code, outcome.err.splitlines()[0]) == (
        1,
        "pactreader: paper.pdf is the article's own file, which stays as it is.",
    )
    assert Path("paper.pdf").read_bytes() == original


def test_a_copy_without_annotations_is_said_to_have_none(run: Run) -> None:
    Path("paper.pdf").write_bytes(pdf().to_bytes())
    outcome = run(*EXPORT, "paper.pdf", "-o", "copy.pdf")
    assert (outcome.code, outcome.out) == (0, "copy.pdf\n")
    assert "there are none on this article" in outcome.err


def test_a_copy_goes_into_a_pipe_but_not_to_a_terminal(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked(home, "paper.pdf", pdf().to_bytes())
    piped = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(piped))
    assert run(*EXPORT).code == 0
    assert notes_in(piped.getvalue()) == ["Doubt"]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    outcome = run(*EXPORT)
    assert (outcome.code, outcome.err) == (
        1,
        "pactreader: A PDF does not go to a terminal.\nGive -o a file.\n",
    )


SIGNED = pdf()
SIGNED.sign()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "signed.pdf",
            SIGNED.to_bytes(),
            "signed.pdf is signed, and annotations in it would put its signature",
        ),
        (
            "closed.pdf",
            pdf().to_bytes(password=""),
            "closed.pdf is encrypted, and PactReader does not write into",
        ),
        (
            "notes.md",
            b"Cats sleep most.",
            "Only a PDF can be copied with annotations in it, but the format of notes.md is Markdown.",
        ),
    ],
)
def test_what_cannot_be_written_into_is_refused_with_the_reason(
    run: Run, home: Path, name: str, data: bytes, message: str
) -> None:
    marked(home, name, data)
    outcome = run(*EXPORT, name, "-o", "copy.pdf")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"pactreader: {message}")
    assert not Path("copy.pdf").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["a.pdf", "b.pdf", "-o", "copy.pdf"], "Each PDF needs a file of its own."),
        (["--all"], "Each PDF needs a file of its own."),
        (["a.pdf", "--plain", "-o", "copy.pdf"], "--plain is for Markdown: a PDF has nothing to leave out."),
    ],
)
def test_an_impossible_export_is_refused_before_anything_is_read(
    run: Run, words: list[str], message: str
) -> None:
    outcome = run(*EXPORT, *words)
    assert (outcome.code, outcome.err.splitlines()[0]) == (1, f"pactreader: {message}")


def test_without_pypdf_it_is_said_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pactreader.formats.pdf_copy.find_spec", lambda _name: None)
    outcome = run(*EXPORT, "-o", "copy.pdf")
    assert (outcome.code, outcome.err) == (
        1,
        "pactreader: The writer of PDF is not installed.\nInstall it with `pip install 'pactreader[pdf]'`.\n",
    )


def test_all_pdfs_are_copied_into_a_directory_and_the_rest_is_counted(run: Run, home: Path) -> None:
    marked(home, "a.pdf", pdf().to_bytes())
    marked(home, "b.pdf.gz", gzip.compress(pdf("On Dogs").to_bytes()))
    marked(home, "gone.pdf", pdf("On Birds").to_bytes())
    Path("gone.pdf").unlink()
    mark_words(home, write_article("a.txt", "Some text."), "Some")
    outcome = run(*EXPORT, "--all", "-o", "copies")
    assert (outcome.code, sorted(outcome.out.split())) == (
        0,
        ["copies/on-cats-notes.pdf", "copies/on-dogs-notes.pdf"],
    )
    assert outcome.err.splitlines()[-1] == (
        "pactreader: 1 other article with annotations is left out: only PDFs are copied."
    )
    assert "pactreader: “On Birds” has no copy: There is no file" in outcome.err
    assert [notes_in(each.read_bytes()) for each in Path("copies").iterdir()] == [["Doubt"], ["Doubt"]]
