import random
from time import monotonic

import pytest

import effort
from pactreader.core.article import Article
from pactreader.core.errors import UnreadableError
from pactreader.core.printable_text import printable
from pactreader.formats.origin import Origin
from pactreader.formats.readers.pdf_reader import read_pdf
from pdf_files import PdfFile
from pdf_fonts import UNICODE, UNMAPPED
from pdf_pages import Box

from .hostile_files import PROSE, QUICK, SLOW
from .mutations import mutated

LIMIT = 60
"""The seconds in which the slowest file is read or refused, on a busy machine."""


def read(data: bytes) -> Article | UnreadableError:
    try:
        return read_pdf(data, Origin("cats.pdf", "cats", "/cats.pdf"))
    except UnreadableError as error:
        return error


def texts(article: Article) -> list[str]:
    """Return all that is shown of an article."""
    return [
        article.text,
        article.warning,
        *(article.title, article.author, article.date, article.language, *article.tags),
        *(entry.title for entry in article.contents),
        *article.places.labels,
        *(span.target for block in article.blocks for span in block.spans),
        *(part for each in article.embedded for part in (each.note, each.author, each.created, each.place)),
    ]


def check(read: Article | UnreadableError) -> None:
    """Check what was made of a file: a sentence, or texts that a terminal can get."""
    if isinstance(read, UnreadableError):
        assert read.message.isprintable()
        assert read.message.endswith(".")
        assert read.hint
        return
    assert read.blocks
    assert all(text == printable(text) for text in texts(read))
    assert all(0 <= entry.offset < len(read.text) for entry in read.contents)


@pytest.mark.parametrize(
    "make", [*QUICK, *(SLOW if effort.rounds(0, 1) else ())], ids=lambda make: make.__name__
)
def test_a_hostile_file_is_read_or_refused_in_time(make):
    data = make()
    start = monotonic()
    check(read(data))
    assert monotonic() - start < LIMIT


def sample() -> bytes:
    """Return a file that has something of everything."""
    pdf = PdfFile(title="On Cats", author="Ada", CreationDate="D:20240131")
    for _page in range(2):
        page = pdf.page()
        page.text(72, 720, "1 Cats", size=16, font="Times-Bold")
        page.columns(690, [PROSE] * 20, lefts=(72, 320), width=200)
        page.text(72, 60, ["e", "ffi", "cient", " ", "猫"], font=UNICODE)
        page.text(300, 60, "cats", font=UNMAPPED)
        page.text(580, 300, "turned", angle=90)
        page.image(Box(72, 80, 100, 100))
        page.link(page.find("sleep"), uri="https://example.org")
        page.link(page.find("nearly"), page=page, y=600)
        page.link(page.find("Cats"), name="cats")
        note = page.mark("Highlight", page.find("sleep"), contents="Why?", author="Ada", name="n")
        page.popup(note)
        page.mark("Text", Box(1, 1, 9, 9), contents="So!", reply_to=note)
        pdf.outline("Cats", page, 736)
    pdf.destination("cats", page, 500)
    pdf.label_pages(0, "r")
    pdf.metadata("<dc:title><rdf:Alt><rdf:li>Cats</rdf:li></rdf:Alt></dc:title>")
    return pdf.to_bytes()


def test_a_damaged_file_is_read_or_refused(tally):
    data = sample()
    for seed in range(effort.rounds(4, 1_000)):
        found = read(mutated(data, random.Random(seed)))
        check(found)
        tally(read=isinstance(found, Article), refused=isinstance(found, UnreadableError))
