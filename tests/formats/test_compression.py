"""Content that is compressed by gzip is read as what is inside."""

import gzip
import time
from io import BytesIO

import pytest

from pactreader.core.article import file_hash_of
from pactreader.core.errors import UnreadableError
from pactreader.core.fetched_page import FetchedPage
from pactreader.formats.sources import read_again, read_page, read_source, read_verbatim_or_not

MARKDOWN = b"# The *pact*\n\nWords."


def read(path, data):
    path.write_bytes(data)
    return read_source(str(path), BytesIO())


def test_a_compressed_file_is_read_by_its_inner_name(tmp_path):
    data = gzip.compress(MARKDOWN)
    article = read(tmp_path / "a.md.gz", data)
    assert (article.text, article.reader, article.title) == ("The pact\n\nWords.", "Markdown 1", "The pact")
    assert article.file_hash == file_hash_of(data)
    assert read(tmp_path / "b.txt.GZ", gzip.compress(b"Words.")).title == "b"
    assert read(tmp_path / "no-suffix", data).text.startswith("# The *pact*")


def test_compressed_standard_input_and_pages_are_read():
    data = gzip.compress(MARKDOWN)
    article = read_source("-", BytesIO(data))
    assert article.reader == "Markdown 1"
    assert read_again(article, article.options).text == article.text
    assert read_verbatim_or_not(article).text == MARKDOWN.decode()
    page = FetchedPage(data, "https://example.org/a", "text/markdown", "", "2031-03-04T10:00:00Z")
    assert read_page(page, page.url).text == article.text


@pytest.mark.parametrize("end", [-1, -20, 5])
def test_a_cut_file_is_refused(tmp_path, end):
    with pytest.raises(UnreadableError, match="is compressed \\(gzip\\), and it is damaged") as caught:
        read(tmp_path / "a.gz", gzip.compress(MARKDOWN * 9)[:end])
    assert caught.value.hint


def test_a_bomb_is_refused(tmp_path):
    started = time.process_time()
    with pytest.raises(UnreadableError, match="more than 64 MB"):
        read(tmp_path / "a.gz", gzip.compress(bytes(100 * 2**20)))
    assert time.process_time() - started < 5


def test_what_is_compressed_twice_is_unpacked_once(tmp_path):
    with pytest.raises(UnreadableError, match="is compressed"):
        read(tmp_path / "a.gz", gzip.compress(gzip.compress(MARKDOWN)))
