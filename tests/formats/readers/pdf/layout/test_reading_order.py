"""The order of columns, of what stands over them, and of what stands side by side."""

from laid_out_pages import texts_of
from pdf_files import PdfFile
from pdf_fonts import width_of
from pdf_pages import Page

CATS = (
    "Cats sleep for most of the day, and nobody has found out why they do it, although many have asked them in the "
    "evening, when they are awake. They do not answer, and go out to see what the night has brought to the garden."
)
DOGS = (
    "Dogs run when they can, and their owners run behind them, which is said to be good for both. In the evening they "
    "lie in front of the fire and dream of rabbits, as one can see by their feet, which do not stay where they are."
)


def _page() -> tuple[PdfFile, Page]:
    pdf = PdfFile()
    return pdf, pdf.page()


def _row_by_row(page: Page, y: float, *columns: tuple[float, str], width: float = 200) -> None:
    """Write columns as programs do that go down the page row by row."""
    scratch = PdfFile().page()
    for x, text in columns:
        scratch.paragraph(x, y, text, width=width)
    lines = [(placed.y, placed.x, "".join(placed.parts)) for placed in scratch._texts]
    for line_y, x, text in sorted(lines, key=lambda each: (-each[0], each[1])):
        page.text(x, line_y, text)


def test_columns_are_read_one_after_the_other() -> None:
    pdf, page = _page()
    page.paragraph(72, 700, CATS, width=200)
    page.paragraph(330, 700, DOGS, width=200)
    assert texts_of(pdf) == [CATS, DOGS]


def test_so_are_columns_that_the_file_has_in_another_order() -> None:
    pdf, page = _page()
    page.paragraph(330, 700, DOGS, width=200)
    page.paragraph(72, 700, CATS, width=200)
    assert texts_of(pdf) == [CATS, DOGS]


def test_so_are_columns_that_the_file_has_row_by_row() -> None:
    pdf, page = _page()
    _row_by_row(page, 700, (72, CATS), (330, DOGS))
    assert texts_of(pdf) == [CATS, DOGS]


def test_three_columns_are_read_one_after_the_other() -> None:
    pdf, page = _page()
    for x, text in ((50, CATS), (230, DOGS), (410, CATS)):
        page.paragraph(x, 700, text, width=150)
    assert texts_of(pdf) == [CATS, DOGS, CATS]


def test_what_stands_over_columns_is_read_before_and_between_them() -> None:
    pdf, page = _page()
    page.text(150, 740, "A title that stands over both columns", size=18, font="Times-Bold")
    page.paragraph(72, 700, CATS, width=200)
    page.paragraph(330, 700, DOGS, width=200)
    page.text(
        72,
        560,
        "Figure 1: The animals of this article, as they were seen from the window of the house in May.",
    )
    page.paragraph(72, 520, DOGS, width=200)
    page.paragraph(330, 520, CATS, width=200)
    found = texts_of(pdf)
    assert [text[:8] for text in found] == ["A title ", CATS[:8], DOGS[:8], "Figure 1", DOGS[:8], CATS[:8]]


def test_columns_of_few_lines_are_read_one_after_the_other() -> None:
    pdf, page = _page()
    page.paragraph(72, 700, CATS, width=200)
    page.paragraph(330, 700, "The other column is about their food, which is mostly fish.", width=200)
    assert texts_of(pdf) == [CATS, "The other column is about their food, which is mostly fish."]


def test_rows_of_a_table_stay_rows() -> None:
    pdf, page = _page()
    for row in range(5):
        for column in range(4):
            page.text(72 + 120 * column, 700 - 14 * row, f"{row} and {column}")
    assert texts_of(pdf) == [
        "\n".join("\t".join(f"{row} and {column}" for column in range(4)) for row in range(5))
    ]


def test_captions_side_by_side_are_read_one_after_the_other() -> None:
    pdf, page = _page()
    page.paragraph(72, 700, "The cat that sleeps on the roof in the sun", width=120)
    page.paragraph(300, 700, "The dog that barks at the cat on the roof", width=120)
    text = " ".join(texts_of(pdf))
    assert text == "The cat that sleeps on the roof in the sun The dog that barks at the cat on the roof"


def test_numbers_at_the_ends_of_contents_make_no_column() -> None:
    pdf, page = _page()
    for row in range(8):
        page.text(72, 700 - 14 * row, f"{row + 1} A chapter about something")
        page.text(500, 700 - 14 * row, str(10 * row + 1))
    found = "\n".join(texts_of(pdf))
    assert found.index("21") < found.index("A chapter about something", found.index("21"))


def test_what_is_wider_than_its_column_stands_between_what_is_above_and_below() -> None:
    pdf, page = _page()
    page.text(72, 620, "Table 1: All animals of this article, as they were seen from the window.")
    page.paragraph(72, 700, CATS, width=200)
    page.paragraph(330, 700, DOGS, width=200)
    page.paragraph(72, 600, DOGS, width=200)
    page.paragraph(330, 600, CATS, width=200)
    assert [text[:8] for text in texts_of(pdf)] == [CATS[:8], DOGS[:8], "Table 1:", DOGS[:8], CATS[:8]]


def test_a_page_may_have_two_columns_above_three() -> None:
    pdf, page = _page()
    page.paragraph(50, 700, CATS, width=230)
    page.paragraph(310, 700, DOGS, width=230)
    title = "Dogs and cats, and what they think of each other when they meet in the garden"
    page.text(50, 560, title, size=14)
    for x, text in ((50, DOGS), (220, CATS), (390, DOGS)):
        page.paragraph(x, 530, text, width=150)
    assert " ".join(texts_of(pdf)) == f"{CATS} {DOGS} {title} {DOGS} {CATS} {DOGS}"


def test_columns_that_share_no_height_are_read_from_the_left() -> None:
    pdf, page = _page()
    page.paragraph(72, 300, CATS, width=220)
    page.paragraph(320, 700, DOGS, width=220)
    assert " ".join(texts_of(pdf)) == f"{CATS} {DOGS}"


def test_captions_beside_each_other_may_touch() -> None:
    pdf, page = _page()
    first = "(a) One dog is smaller than the others,"
    page.text(100, 656, first)
    page.text(120, 644, "as can be seen in Table 61")
    left = 100 + width_of(first, 10, "Times-Roman") - 2
    page.text(left, 656, "(b) Two hedgehogs and a hedge-")
    page.text(left + 16, 644, "hog of wood, made in a small vil-")
    page.text(left + 16, 632, "lage")
    page.text(72, 600, "Figure 4: Animals in the garden")
    assert texts_of(pdf) == [
        f"{first.removeprefix('(a) ')} as can be seen in Table 61",
        "Two hedgehogs and a hedgehog of wood, made in a small village",
        "Figure 4: Animals in the garden",
    ]


def test_a_table_over_two_columns_is_one_table() -> None:
    pdf, page = _page()
    rows = (("Animal", "Legs", "Lives", "Mice"), ("Cat", "4", "9", "12"), ("Dog", "4", "1", "30"))
    for row, cells in enumerate(rows):
        for x, cell in zip((150, 230, 340, 420), cells, strict=True):
            page.text(x, 700 - 12 * row, cell)
    page.paragraph(72, 640, CATS, width=220)
    page.paragraph(320, 640, DOGS, width=220)
    table, *text = texts_of(pdf)
    assert table == "\n".join("\t".join(row) for row in rows)
    assert " ".join(text) == f"{CATS} {DOGS}"
