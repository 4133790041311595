import plistlib

import pytest

from formats.readers.web_page.pages import ARTICLE, page, read
from pactreader.core.errors import UnreadableError
from pactreader.formats.article_formats import WEB_PAGE, find_format

LINK = f"<article>{ARTICLE}<p>The council’s <a href='report'>report</a> is long.</p></article>"
MIME_ARCHIVE = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/news/vote\r\nSubject: The vote\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="--x"\r\n\r\n----x\r\n'
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "{}\r\n----x--\r\n"
)


def targets(article) -> list[str]:
    return [span.target for block in article.blocks for span in block.spans if span.target]


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0029)https://example.org/news/vote -->",
        "<!--\n Page saved with SingleFile \n url: https://example.org/news/vote \n saved date: Wed May 01 2024\n-->",
    ],
)
def test_a_saved_page_knows_its_address(comment):
    article = read(page(LINK).replace("<html>", f"<html>{comment}"))
    assert article.url == "https://example.org/news/vote"
    assert targets(article) == ["https://example.org/news/report"]


def test_a_mime_archive_is_read_as_its_page():
    body = page(LINK).replace("=", "=3D").replace("’", "=E2=80=99").replace("council", "coun=\r\ncil")
    data = MIME_ARCHIVE.format(body).encode()
    article = read(data)
    assert "The council’s report" in article.text
    assert article.url == "https://example.org/news/vote"
    assert targets(article) == ["https://example.org/news/report"]
    assert find_format(data) is find_format(data, file_name="a.mhtml") is WEB_PAGE


def test_a_web_archive_is_read_as_its_page():
    resource = {
        "WebResourceData": page(LINK).encode("cp1252"),
        "WebResourceURL": "https://example.org/news/vote",
        "WebResourceTextEncodingName": "windows-1252",
    }
    data = plistlib.dumps({"WebMainResource": resource}, fmt=plistlib.FMT_BINARY)
    article = read(data)
    assert "The council’s report" in article.text
    assert article.url == "https://example.org/news/vote"


@pytest.mark.parametrize(
    "data",
    [
        b"bplist00nothing",
        plistlib.dumps({"WebMainResource": 1}, fmt=plistlib.FMT_BINARY),
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\n--x--\n",
    ],
)
def test_an_archive_without_a_page_is_refused(data):
    with pytest.raises(UnreadableError):
        read(data)


def test_pictures_in_a_page_cost_nothing():
    picture = f"<img alt='The hall' src='data:image/png;base64,{'A' * 400_000}'>"
    assert "AAAA" not in read(page(f"<article>{ARTICLE}<p>{picture}</p></article>")).text
