"""Running heads, feet and page numbers."""

from collections.abc import Callable

from laid_out_pages import texts_of
from pdf_files import PdfFile
from pdf_pages import Page

PROSE = (
    "Cats sleep for most of the day, and nobody has found out why they do it, although many have asked them. They do "
    "not answer, and go out to see what the night has brought to the garden. It is not much."
)


def _pages(count: int, draw: Callable[[Page, int], object], *, top: float = 700) -> str:
    pdf = PdfFile()
    for number in range(1, count + 1):
        page = pdf.page()
        page.paragraph(72, top, PROSE, width=450)
        draw(page, number)
    return "\n".join(texts_of(pdf))


def _text(count: int) -> str:
    return "\n".join([PROSE] * count)


def test_a_head_that_many_pages_have_is_no_text() -> None:
    assert _pages(4, lambda page, number: page.text(72, 750, f"On Cats {number}", size=8)) == _text(4)


def test_heads_of_left_and_right_pages_are_no_text() -> None:
    heads = ("Ada Lovelace", "On Cats")
    assert _pages(6, lambda page, number: page.text(72, 750, heads[number % 2], size=8)) == _text(6)


def test_heads_of_sections_with_page_numbers_are_no_text() -> None:
    def draw(page: Page, number: int) -> None:
        page.text(72, 750, f"1.{number} Cats and their {'abcdefghi'[number]} friends", size=8)
        page.text(520, 750, str(number + 12), size=8)

    assert _pages(5, draw) == _text(5)


def test_what_browsers_print_around_a_single_page_is_no_text() -> None:
    def chrome(page: Page, _number: int) -> None:
        page.text(24, 770, "11/30/26, 5:34 PM", size=8)
        page.text(240, 770, "A Letter on Cats", size=8)
        page.text(24, 16, "https://example.org/cats/2026/11/letter", size=8)
        page.text(570, 16, "1/1", size=8)

    def firefox(page: Page, _number: int) -> None:
        page.text(24, 770, "A Letter on Cats", size=8)
        page.text(400, 770, "https://example.org/cats/letter?of=2...", size=8)
        page.text(24, 16, "1 von 1", size=8)
        page.text(500, 16, "30.11.2026, 17:34", size=8)

    for draw in (chrome, firefox):
        assert _pages(1, draw) == PROSE


def test_an_address_and_a_date_at_the_foot_are_text() -> None:
    foot = "Seen at https://example.org/cats/1 on 30.11.2026, 17:34"
    assert foot in _pages(1, lambda page, _number: page.text(72, 30, foot, size=8))


def test_page_numbers_are_no_text() -> None:
    assert _pages(3, lambda page, number: page.text(300, 40, f"– {number} –")) == _text(3)
    assert _pages(3, lambda page, number: page.text(300, 40, ("xiv", "xv", "xvi")[number - 1])) == _text(3)
    assert _pages(3, lambda page, number: page.text(280, 40, f"Page {number} of 3")) == _text(3)


def test_page_numbers_far_above_the_foot_are_no_text_if_they_count_on() -> None:
    assert _pages(3, lambda page, number: page.text(300, 150, str(number + 6))) == _text(3)


def test_a_year_at_the_foot_is_text() -> None:
    assert "1983." in _pages(1, lambda page, _number: page.text(72, 75, "It was in the summer of 1983."))
    assert "1927." in _pages(1, lambda page, _number: page.text(72, 75, "1927."))


def test_a_title_that_heads_repeat_is_text() -> None:
    def draw(page: Page, number: int) -> None:
        page.text(72, 750, "Of cats", size=24 if number == 1 else 8, font="Times-Bold")

    assert _pages(4, draw).count("Of cats") == 1


def test_titles_of_slides_are_text_also_where_they_recur() -> None:
    titles = ("Why cats", "Why cats", "What cats", "What cats")
    found = _pages(4, lambda page, number: page.text(72, 750, titles[number - 1], size=20), top=600)
    assert found.count("cats") >= 4


def test_heads_with_page_numbers_are_no_text_on_pages_that_have_nothing_else() -> None:
    pdf = PdfFile()
    for number in range(1, 7):
        page = pdf.page()
        page.text(72, 750, f"{number} Chapter {'ABCDEF'[number - 1]}, Cats and Dogs", size=10)
        if number == 2:
            page.paragraph(72, 700, PROSE, width=450)
    assert texts_of(pdf) == [PROSE]
