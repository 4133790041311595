"""Every way to write a construct is read as its golden file says."""

import pytest

from formats.readers.html.golden_files import FOLDER, described, golden_pages, read_pieces
from pactreader.formats.readers.html.normalization.constructs import normalize
from pactreader.formats.readers.html.tree import parse_html
from pactreader.formats.readers.html.walker import HtmlWalker

PAGES = golden_pages()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(FOLDER).as_posix())
def test_a_page_is_read_as_its_golden_file_says(page):
    assert described(read_pieces(page)) == page.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(FOLDER).as_posix())
def test_a_normalized_tree_is_read_as_before(page):
    tree = parse_html(page.read_text(encoding="utf-8"))
    normalize(tree)
    assert described(HtmlWalker().walk(tree)) == described(
        HtmlWalker().walk(parse_html(page.read_text(encoding="utf-8")))
    )


def test_there_is_a_golden_file_for_every_page_and_a_page_for_every_golden_file():
    assert {page.with_suffix(".txt") for page in PAGES} == set(FOLDER.glob("*/*.txt"))
    assert len(PAGES) > 50
