"""Archives that are damaged, protected, or made to fill the memory; and how a book is known for one."""

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest

from formats.books import archive, book, document, read
from pactreader.core.errors import UnreadableError
from pactreader.core.reading_options import ReadingOptions
from pactreader.formats.article_formats import EPUB, PLAIN_TEXT, find_format
from pactreader.formats.readers import zip_archive
from pactreader.formats.sources import read_source, read_verbatim_or_not

ONE = {"a.xhtml": "<p>Text.</p>"}


def encryption(*algorithms: str) -> dict[str, str]:
    data = "".join(
        f'<enc:EncryptedData><enc:EncryptionMethod Algorithm="{each}"/></enc:EncryptedData>'
        for each in algorithms
    )
    root = 'xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"'
    return {"META-INF/encryption.xml": f"<encryption {root}>{data}</encryption>"}


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert caught.value.hint
    return caught.value.message


def test_a_book_is_known_by_its_content_whatever_its_name(tmp_path):
    path = tmp_path / "book.zip"
    path.write_bytes(book(ONE))
    assert read_source(str(path), BytesIO()).reader == "EPUB 1"
    assert read_source("-", BytesIO(book(ONE))).title == "The book"
    assert find_format(b"PK\x03\x04...", file_name="a.epub") is EPUB
    assert find_format(b"", media_type="application/epub+zip") is EPUB


@pytest.mark.parametrize("choice", ["text", "code", "markdown"])
def test_a_book_is_no_text_to_be_read_in_another_way(tmp_path, choice):
    path = tmp_path / "book.epub"
    path.write_bytes(book(ONE))
    with pytest.raises(UnreadableError, match="is EPUB: it is no text that could be read in another way"):
        read_source(str(path), BytesIO(), ReadingOptions(format=choice))
    with pytest.raises(UnreadableError, match="Only a text can be shown line by line"):
        read_verbatim_or_not(read_source(str(path), BytesIO()))


def test_another_archive_is_none(tmp_path):
    path = tmp_path / "report.zip"
    path.write_bytes(archive({"content.xml": "<w/>"}))
    with pytest.raises(UnreadableError, match="is a ZIP archive"):
        read_source(str(path), BytesIO())
    assert find_format(archive({"a": ""})) is PLAIN_TEXT


@pytest.mark.parametrize("mimetype", ["", "application/zip"])
def test_a_book_without_its_mimetype_is_opened_with_a_warning(mimetype):
    data = book(ONE, files={"mimetype": mimetype})
    assert find_format(data) is EPUB
    assert read(data).warning.startswith("Its file `mimetype` is missing or wrong")
    assert read(book(ONE, files={"mimetype": "application/epub+zip\n"})).warning == ""


@pytest.mark.parametrize("end", [100, -1, -30])
def test_a_cut_archive_is_refused(end):
    data = book(ONE)
    assert find_format(data[:end]) is EPUB
    assert refusal(data[:end]) == "book.epub cannot be read as an EPUB: its end is missing."


def test_what_is_no_archive_is_refused():
    assert refusal(b"Text") == "book.epub cannot be read as an EPUB: it is no ZIP archive."


def test_every_cut_and_every_damage_is_a_sentence_or_a_book():
    data = book({"a.xhtml": "<p>Text.</p>", "b.xhtml": "<p>More.</p>"})
    for at in range(0, len(data), 7):
        for damaged in (data[:at], data[:at] + b"\xff" + data[at + 1 :]):
            with suppress(UnreadableError):
                read(damaged)


@pytest.mark.parametrize(
    ("files", "owner"),
    [
        ({"META-INF/rights.xml": "<rights/>"}, " (Adobe, Barnes & Noble or Kobo)"),
        ({"META-INF/license.lcpl": "{}"}, " (Readium LCP)"),
        ({"META-INF/sinf.xml": "<sinf/>"}, " (Apple FairPlay)"),
        (encryption("http://www.idpf.org/2008/embedding", "http://www.w3.org/2001/04/xmlenc#aes128-cbc"), ""),
    ],
)
def test_protected_books_are_refused(files, owner):
    assert refusal(book(ONE, files=files)) == f"book.epub is protected by DRM{owner}: its text is encrypted."


def test_obfuscated_fonts_are_no_protection():
    files = encryption("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
    assert read(book(ONE, title="", files=files)).text == "Text."


def test_a_password_is_no_traceback():
    data = bytearray(book(ONE))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + offset] |= 1
    assert refusal(bytes(data))


@pytest.mark.parametrize("where", ["OEBPS/a.xhtml", "OEBPS/book.opf", "META-INF/container.xml"])
def test_a_file_that_would_fill_the_memory_is_refused_unread(where, monkeypatch):
    bomb = document("<p>Text.</p>" + " " * 70_000_000)
    data = book(ONE, files={where: bomb})
    unpack = zipfile.ZipFile.read

    def unpack_small(archive, info):
        assert info.filename != where
        return unpack(archive, info)

    monkeypatch.setattr(zipfile.ZipFile, "read", unpack_small)
    assert "as a file made to fill the memory has" in refusal(data)


def test_a_file_is_refused_by_its_ratio():
    data = book({"a.xhtml": "<p>Text.</p>" + " " * 9_000_000})
    assert "as a file made to fill the memory has" in refusal(data)


def test_many_documents_are_refused_by_their_sum(monkeypatch):
    monkeypatch.setattr(zip_archive, "MAX_TOTAL", 50_000)
    documents = {f"{number}.xhtml": f"<p>{number} words</p>" * 1_000 for number in range(9)}
    assert "as a file made to fill the memory has" in refusal(book(documents))


def test_pictures_of_any_size_are_not_unpacked():
    data = book(ONE, title="", files={"OEBPS/a.png": bytes(70_000_000)})
    assert read(data).text == "Text."


def test_a_container_that_is_missing_or_wrong_is_done_without():
    for container in ("", "<container/>", CONTAINER_TO_NOTHING):
        assert read(book(ONE, title="", files={"META-INF/container.xml": container})).text == "Text."


CONTAINER_TO_NOTHING = '<container><rootfiles><rootfile full-path="gone.opf"/></rootfiles></container>'


def test_an_archive_without_a_package_is_refused():
    data = archive({"mimetype": "application/epub+zip", "a.txt": "Text"})
    assert refusal(data) == "book.epub is no EPUB: it has no package document that says what is in it."


def test_an_empty_book_is_refused():
    assert refusal(book({})) == "book.epub has no text in it."
