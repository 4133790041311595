"""The metadata of a book."""

import pytest

from formats.books import book, package, read


def metadata_of(metadata: str, *, title: str = ""):
    return read(book({"a.xhtml": "<p>Text.</p>"}, metadata=metadata, title=title))


def test_the_metadata_of_epub_2():
    article = metadata_of(
        "<dc:title>Moby-Dick;\n or, the Whale</dc:title>"
        '<dc:creator opf:role="aut" opf:file-as="Melville, Herman">Herman Melville</dc:creator>'
        '<dc:creator opf:role="ill">Rockwell Kent</dc:creator>'
        '<dc:date opf:event="conversion">2011-05-05T10:00:00Z</dc:date><dc:date opf:event="publication">1851</dc:date>'
        "<dc:subject>Whaling; Sea stories</dc:subject><dc:subject>Sea stories</dc:subject>"
        "<dc:identifier>urn:uuid:1</dc:identifier><dc:source>https://example.org/2701</dc:source>"
    )
    assert (article.title, article.author, article.date) == (
        "Moby-Dick; or, the Whale",
        "Herman Melville",
        "1851",
    )
    assert (article.tags, article.url) == (("Whaling", "Sea stories"), "https://example.org/2701")


def test_the_metadata_of_epub_3():
    article = metadata_of(
        '<dc:title id="s">A subtitle</dc:title><meta refines="#s" property="title-type">subtitle</meta>'
        '<dc:title id="t">A title</dc:title><meta refines="#t" property="title-type">main</meta>'
        '<dc:creator id="b">Bo</dc:creator><meta refines="#b" property="role" scheme="marc:relators">trl</meta>'
        '<dc:creator id="a">Ann</dc:creator><meta refines="#a" property="role" scheme="marc:relators">aut</meta>'
        "<dc:creator>Cy</dc:creator><dc:date>2009-05-01T00:00:00Z</dc:date>"
        "<dc:identifier>http://example.org/id</dc:identifier>"
    )
    assert (article.title, article.author, article.date) == ("A title", "Ann, Cy", "2009-05-01")
    assert article.url == "http://example.org/id"


def test_the_date_of_no_day_is_none():
    assert metadata_of("<dc:date>0101-01-01T00:00:00+00:00</dc:date>").date == ""


def test_without_authors_those_who_made_it_are_named():
    assert metadata_of('<dc:creator opf:role="edt">Ed</dc:creator>').author == "Ed"


def test_without_metadata_the_file_name_is_the_title_and_the_text_tells_the_language():
    data = book(
        {"a.xhtml": "<p>Der Hund und die Katze sind in dem Haus, und das ist auch gut so, sagt er.</p>"},
        title="",
    )
    article = read(data)
    assert (article.title, article.author, article.date, article.url, article.tags) == (
        "book",
        "",
        "",
        "",
        (),
    )


@pytest.mark.parametrize(("written", "expected"), [("de-AT", "de"), ("ja", "ja")])
def test_the_language_is_that_of_the_book(written, expected):
    article = read(book({"a.xhtml": "<p>Text.</p>"}, files={"OEBPS/book.opf": opf(written)}))
    assert article.language == expected


def opf(language: str) -> str:
    return package(["a.xhtml"], spine=["a.xhtml"], language=language)


def test_a_title_that_the_text_does_not_have_is_put_before_it():
    byline = "<dc:creator>Ann</dc:creator><dc:date>1851</dc:date>"
    assert metadata_of(byline, title="A book").text == "A book\n\nAnn · 1851\n\nText."
    assert metadata_of(byline, title="Text").text == "Text."


def test_a_malformed_package_is_read_as_far_as_it_goes():
    broken = opf("de").replace("</metadata>", "<dc:title>A & B &eacute;</metadata>")
    article = read(book({"a.xhtml": "<p>Text.</p>"}, files={"OEBPS/book.opf": broken}))
    assert article.text.endswith("Text.")
