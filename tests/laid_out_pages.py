"""PDFs laid out for tests, without the child process."""

import pypdfium2

from pactreader.core.article import Piece
from pactreader.formats.readers.pdf.characters.page_characters import PageCharacters, read_page_characters
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock
from pactreader.formats.readers.pdf.layout import lay_out
from pdf_files import PdfFile


def characters_of(pdf: PdfFile) -> list[PageCharacters]:
    """Return the characters of all pages of a file."""
    document = pypdfium2.PdfDocument(pdf.to_bytes())
    found = []
    for index in range(len(document)):
        page = document[index]
        text_page = page.get_textpage()
        label = document.get_page_label(index) or str(index + 1)
        found.append(read_page_characters(page, text_page, index, label))
        text_page.close()
        page.close()
    document.close()
    return found


def blocks_of(pdf: PdfFile) -> list[LaidOutBlock]:
    """Return the blocks of a file, of which each run is as long as what it stands for."""
    pages = characters_of(pdf)
    blocks = lay_out(pages)
    for piece, runs in blocks:
        end = 0
        for run in runs:
            assert end <= run.offset, "runs do not overlap"
            end = run.offset + run.length
            assert end <= len(piece.text), "runs are in the text"
            assert run.first + run.length <= len(pages[run.page].text), "runs are on the page"
    return blocks


def pieces_of(pdf: PdfFile) -> list[Piece]:
    """Return the blocks of a file without their characters."""
    return [block.piece for block in blocks_of(pdf)]


def texts_of(pdf: PdfFile) -> list[str]:
    """Return the texts of the blocks of a file."""
    return [piece.text for piece in pieces_of(pdf)]
