import pytest

from pactreader.core.article import Article
from pactreader.formats.readers.text_reader import parse_text

FULL = "These are as many words as fit on a line of prose that was wrapped"


def parse(text: str) -> Article:
    return parse_text(text, title="file")


def page(number: int, *lines: str, head: str = "Moby Dick") -> str:
    return "\n".join([f"{head:<40}{number}", "", *lines, "", f"{'- ' + str(number) + ' -':^60}"])


@pytest.mark.parametrize("last", ["goes on and on", "the rest of it"])
def test_a_sentence_goes_on_over_a_page_break(last: str) -> None:
    pages = [page(3, "It began so.", "", FULL, "and so it"), page(4, f"{last}.", "", "An end.")]

    assert parse("\f\n".join(pages)).text.endswith(f"{FULL} and so it {last}.\n\nAn end.")


def test_a_sentence_that_ends_with_its_page_ends_its_paragraph() -> None:
    text = "\f\n".join([page(3, FULL, "and so it ends."), page(4, "Another one begins.")])

    assert parse(text).text.endswith(f"{FULL} and so it ends.\n\nAnother one begins.")


def test_running_heads_and_feet_of_many_pages_are_gone() -> None:
    text = "\f".join(page(number, f"This is page {number} of the book.") for number in range(1, 9))

    lines = parse(text).text.split("\n\n")

    assert lines[1:] == [f"This is page {number} of the book." for number in range(1, 9)]


def test_left_and_right_pages_have_their_own_heads() -> None:
    heads = ["The Whale", "Chapter One of Many"]
    pages = [page(number, "Text.", head=heads[number % 2]) for number in range(2, 9)]

    text = parse("\n\f\n".join(pages)).text

    assert text.count("The Whale") <= 1  # the first page may have the title
    assert "Chapter One" not in text


def test_page_numbers_are_gone_from_a_text_that_has_lost_its_form_feeds() -> None:
    head = "RFC 1                        Notes                      May 2031"
    foot = "Writer                   Standards Track                 [Page {}]"
    text = (
        f"A Note\n\n{FULL}\nand so\n\n\n{foot.format(1)}\n\n{head}\n\n\nit goes on.\n\n\n{foot.format(2)}\n"
    )

    assert parse(text).text == f"A Note\n\n{FULL} and so it goes on."


def test_form_feeds_between_sections_take_no_line_away() -> None:
    text = "News\n\f\n* One\n\nVersion 1.\n\n\f\n* Two\n\nVersion 2.\n\f\n* Three\n"

    assert [block.marker for block in parse(text).blocks].count("•") == 3
    assert "Version 1." in parse(text).text
    assert "\f" not in parse(text).text


def test_lines_below_a_page_break_know_their_numbers_in_the_file() -> None:
    text = "\f\n".join([page(3, FULL, "and so it"), page(4, "goes on.", "", "An end.")])
    article = parse(text)

    numbered = text.split("\n")
    for word in ("These", "goes", "An"):
        line = article.source_lines.at(article.text.index(word))
        assert line is not None
        assert word in numbered[line - 1]
