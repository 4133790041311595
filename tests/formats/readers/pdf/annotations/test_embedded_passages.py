"""The passages of the text that the annotations of other programs mark, by the characters that the text is made of."""

import pypdfium2

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.embedded_annotations import EmbeddedAnnotation
from pactreader.formats.readers.pdf.annotations.embedded_passages import FileAnnotations
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock, Run
from pactreader.formats.readers.pdf.text_positions import TextPositions
from pdf_files import PdfFile
from pdf_pages import Box, Page

Part = tuple[int, str] | str
"""A part of a block's text: characters of a page, or what the layout adds."""


def placed(pdf: PdfFile, *blocks: list[Part]) -> list[tuple[str, str, str]]:
    """Return the passage, the note and the place of the annotations of a file, of which blocks are made."""
    document = pypdfium2.PdfDocument(pdf.to_bytes())
    annotations = FileAnnotations()
    texts = []
    for index, page in enumerate(document):
        text_page = page.get_textpage()
        texts.append(text_page.get_text_range())
        annotations.read_page(page, text_page, texts[-1], index, str(index + 1))
        text_page.close()
    laid_out = [_block(parts, texts) for parts in blocks]
    article = Article.assemble([block.piece for block in laid_out], title="")

    def row(each: EmbeddedAnnotation) -> tuple[str, str, str]:
        return article.text[each.start : each.end], each.note, each.place

    return [row(each) for each in annotations.placed(laid_out, TextPositions(laid_out), lambda: None)]


def _block(parts: list[Part], texts: list[str]) -> LaidOutBlock:
    text, runs = "", []
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        page, words = part
        runs.append(Run(len(text), page, texts[page].index(words), len(words)))
        text += words
    return LaidOutBlock(Piece(BlockKind.PARAGRAPH, text), runs)


def page_with(pdf: PdfFile, *lines: str, left: float = 72) -> Page:
    page = pdf.page()
    write(page, *lines, left=left)
    return page


def write(page: Page, *lines: str, left: float) -> None:
    for number, line in enumerate(lines):
        page.text(left, 700 - 12 * number, line)


def test_a_word_that_was_divided_at_the_end_of_a_line_is_marked_whole():
    pdf = PdfFile()
    page = page_with(pdf, "It remains am-", "biguous to us.")
    page.mark("Highlight", page.find("am-"), page.find("biguous"))
    page.mark("Highlight", page.find("remains am-"))
    blocks: list[Part] = [(0, "It remains am"), (0, "biguous to us.")]
    assert [row[0] for row in placed(pdf, blocks)] == ["ambiguous", "remains am"]


def test_a_mark_over_two_columns_is_one_passage_and_one_over_columns_side_by_side_are_two():
    pdf = PdfFile()
    page = page_with(pdf, "The left one begins", "and goes on over")
    write(page, "to the right one", "and ends there.", left=300)
    page.mark("Highlight", page.find("goes on over"), page.find("to the right"))
    page.mark("Highlight", page.find("left one"), page.find("right one"), contents="Both")
    left: list[Part] = [(0, "The left one begins"), " ", (0, "and goes on over")]
    right: list[Part] = [" ", (0, "to the right one"), " ", (0, "and ends there.")]
    assert placed(pdf, left + right) == [
        ("goes on over to the right", "", "p. 1"),
        ("left one", "Both", "p. 1"),
        ("right one", "", "p. 1"),
    ]


def test_what_the_layout_adds_or_drops_inside_a_mark_does_not_divide_it():
    pdf = PdfFile()
    page = page_with(pdf, "as is known 12 from books", "Page 3", "of the past")
    page.mark("Highlight", page.find("known 12 from books"), page.find("of the"))
    first: list[Part] = [(0, "as is known"), "[12]", (0, " from books")]
    assert [row[0] for row in placed(pdf, first, [], [(0, "of the past")])] == [
        "known[12] from books\n\nof the"
    ]


def test_a_mark_on_what_is_not_in_the_text_is_a_note_that_quotes_it():
    pdf = PdfFile()
    page = page_with(pdf, "A Running Head", "and a text")
    page.mark("Highlight", page.find("Running Head"), contents="Nice")
    page.mark("Highlight", Box(400, 100, 500, 120))
    page.mark("Highlight", Box(400, 100, 500, 120), contents="On a picture")
    assert placed(pdf, [(0, "and a text")]) == [
        ("", "“Running Head”\n\nNice", "p. 1"),
        ("", "On a picture", "p. 1"),
    ]


def test_white_space_at_the_ends_is_no_part_of_a_passage():
    pdf = PdfFile()
    page = page_with(pdf, "Some more words", "and others")
    page.mark("Highlight", page.find(" more "), page.find("and "))
    page.mark("Highlight", page.find("mo"))
    blocks: list[Part] = [(0, "Some more words"), " ", (0, "and others")]
    assert [row[0] for row in placed(pdf, blocks)] == ["more", "and", "mo"]


def test_a_note_is_on_its_line_of_its_own_column():
    pdf = PdfFile()
    page = page_with(pdf, "The left one", "goes on")
    write(page, "the right one", "ends there", left=300)
    page.note(280, 680, "Right")
    page.note(20, 680, "Left")
    blocks: list[Part] = [(0, "The left one"), " ", (0, "goes on")]
    right: list[Part] = [(0, "the right one"), " ", (0, "ends there")]
    assert [row[:2] for row in placed(pdf, blocks, right)] == [("ends there", "Right"), ("goes on", "Left")]


def test_marks_on_two_pages_are_two():
    pdf = PdfFile()
    first, second = page_with(pdf, "It begins here"), page_with(pdf, "and ends there.")
    first.mark("Highlight", first.find("begins here"))
    second.mark("Highlight", second.find("and ends"))
    assert placed(pdf, [(0, "It begins here"), " ", (1, "and ends there.")]) == [
        ("begins here", "", "p. 1"),
        ("and ends", "", "p. 2"),
    ]
