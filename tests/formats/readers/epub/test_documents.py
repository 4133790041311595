"""The text of a book: its documents in order, however they are written, and the links between them."""

from time import process_time

import pytest

from formats.books import blocks, book, document, navigation, package, read
from pactreader.core.article import Article, SpanKind
from pactreader.core.errors import UnreadableError
from pactreader.core.links import resolve_target


def texts(article: Article) -> list[str]:
    return [text for _, text in blocks(article)]


def links(article: Article) -> list[tuple[str, str, str]]:
    """Return the words of each link, its target, and the text of the block that it leads to."""
    found = []
    for block in article.blocks:
        for span in block.spans:
            if span.kind is SpanKind.LINK:
                target = resolve_target(article, span.target)
                led = article.text[target.start : target.end] if target else ""
                found.append((article.text[span.start : span.end], span.target, led))
    return found


def test_documents_are_read_in_the_order_of_the_spine_and_those_beside_it_last():
    data = book(
        {"notes.xhtml": "<p>Aside.</p>", "b.xhtml": "<p>Second.</p>", "a.xhtml": "<p>First.</p>"},
        title="",
        spine=["notes.xhtml", "a.xhtml", "b.xhtml"],
        aside=["notes.xhtml"],
    )
    assert texts(read(data)) == ["First.", "Second.", "Aside."]


def test_links_lead_across_files_and_ids_are_those_of_their_file():
    article = read(
        book(
            {
                "a.xhtml": '<p id="x">In a. <a href="b.xhtml#x">over</a> <a href="#x">here</a></p>',
                "b.xhtml": '<p>Begins.</p><p id="x">In b. <a href="a.xhtml">start</a> '
                '<a href="https://example.org/a?b=c">out</a></p>',
            },
            title="",
        )
    )
    a, b = "In a. over here", "In b. start out"
    assert links(article) == [
        ("over", "#b.xhtml#x", b),
        ("here", "#a.xhtml#x", a),
        ("start", "#a.xhtml", a),
        ("out", "https://example.org/a?b=c", ""),
    ]
    assert article.anchors["b.xhtml"] == article.text.index("Begins.")


def test_a_link_to_an_id_that_is_missing_leads_to_the_document():
    article = read(
        book({"a.xhtml": '<p>One <a href="b.xhtml#gone">two</a></p>', "b.xhtml": "<p>Two.</p>"}, title="")
    )
    assert links(article) == [("two", "#b.xhtml#gone", "Two.")]


@pytest.mark.parametrize("href", ["picture.png", "gone.xhtml", "file:b.png", "../../../etc/passwd"])
def test_a_link_to_no_document_is_text(href):
    article = read(
        book(
            {"a.xhtml": f'<p>See <a href="{href}">this</a>.</p>', "picture.png": b"\x89PNG"},
            title="",
            spine=["a.xhtml"],
        )
    )
    assert not [target for _, target, _ in links(article) if not target.startswith("file:")]
    assert texts(article) == ["See this."]


def test_a_document_that_only_links_name_is_read_at_the_end_and_another_one_is_not():
    article = read(
        book(
            {
                "a.xhtml": '<p>One <a href="more.xhtml#n">more</a></p>',
                "b.xhtml": "<p>Two</p>",
                "more.xhtml": '<p id="n">More</p>',
                "left.xhtml": "<p>Left over</p>",
            },
            title="",
            spine=["a.xhtml", "b.xhtml"],
        )
    )
    assert texts(article) == ["One more", "Two", "More"]


@pytest.mark.parametrize(
    ("name", "href"),
    [
        ("Text/Chapter 2.xhtml", "Text/Chapter%202.xhtml"),
        ("Text/Kapitel Ä.xhtml", "Text/Kapitel A\u0308.xhtml"),
        ("Text/CHAPTER2.xhtml", "text/chapter2.XHTML"),
        ("Text/c.xhtml", "../OEBPS/./Text//c.xhtml"),
        ("Text/c.xhtml", "/OEBPS/Text/c.xhtml"),
        ("Text/c.xhtml", "Text\\c.xhtml"),
        ("Text/100%.xhtml", "Text/100%25.xhtml"),
        ("../top.xhtml", "../top.xhtml"),
    ],
)
def test_names_are_found_however_they_are_written(name, href):
    where = f"OEBPS/{name}" if not name.startswith("../") else name.removeprefix("../")
    data = book(
        {"a.xhtml": f'<p>To <a href="{href}#p">it</a></p>'},
        title="",
        files={
            "OEBPS/book.opf": package(["a.xhtml", href], spine=["a.xhtml", href]),
            where: document('<p id="p">Found.</p>'),
        },
    )
    article = read(data)
    assert texts(article) == ["To it", "Found."]
    assert [led for *_, led in links(article)] == ["Found."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "iso-8859-2", "cp1252"])
def test_documents_are_read_in_their_encoding(encoding):
    text = document("<p>Čas – žena</p>" if encoding != "cp1252" else "<p>Œuvre – š</p>")
    if encoding == "iso-8859-2":
        text = text.replace("–", "-")
    if encoding not in {"utf-8", "utf-8-sig", "utf-16-be"}:
        text = text.replace('encoding="utf-8"', f'encoding="{encoding}"')
    expected = (
        "Œuvre – š" if encoding == "cp1252" else "Čas - žena" if encoding == "iso-8859-2" else "Čas – žena"
    )
    assert texts(read(book({"a.xhtml": text.encode(encoding)}, title=""))) == [expected]


def test_latin_1_means_windows_1252():
    text = document("<p>“It’s”</p>").replace('"utf-8"', '"ISO-8859-1"')
    assert texts(read(book({"a.xhtml": text.encode("cp1252")}, title=""))) == ["“It’s”"]


def test_an_encoding_that_is_none_of_texts_is_not_used():
    text = document("<p>Plain\\u0041</p>").replace('"utf-8"', '"unicode_escape"')
    assert texts(read(book({"a.xhtml": text.encode()}, title=""))) == ["Plain\\u0041"]


def test_entities_of_html_are_known_without_a_document_type():
    body = "<p>a&nbsp;b&mdash;c &amp; d &lt;e&gt; AT&T &made-up; &#8212;</p>"
    assert texts(read(book({"a.xhtml": body}, title=""))) == ["a\xa0b—c & d <e> AT&T &made-up; —"]


def test_malformed_documents_lose_no_text():
    body = "<p>One <b>two<p>Three <i>four</b> five</i><br>six &; <![CDATA[<8> & 9]]> <a id='x'/>ten"
    found = " ".join(texts(read(book({"a.xhtml": body}, title=""))))
    for word in ("One", "two", "Three", "four", "five", "six", "<8> & 9", "ten"):
        assert word in found


def laughs() -> str:
    lines = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE html [<!ENTITY lol0 "lol">{lines} <!-- ]> --> ]>'


@pytest.mark.parametrize(
    "doctype",
    [
        laughs(),
        '<!DOCTYPE html [<!ENTITY lol9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://127.0.0.1:9/x.dtd" [<!ENTITY lol9 "a]>b">]>',
    ],
)
def test_declared_entities_neither_grow_nor_read_files(doctype):
    text = document("<p>Before &lol9;after.</p>").replace("<html", f"{doctype}<html")
    started = process_time()
    assert texts(read(book({"a.xhtml": text}, title=""))) == ["Before after."]
    assert process_time() - started < 1


@pytest.mark.parametrize(
    "part", ["<!DOCTYPE html [", "<!DOCTYPE ", '<!DOCTYPE "', "<![CDATA[", "&a", "<!ENTITY ", "<a:", "<?xml "]
)
def test_repeated_signs_take_no_quadratic_time(part):
    text = f"<?xml version='1.0'?>{part * (1_000_000 // len(part))}<html><body><p>Text.</p></body></html>"
    started = process_time()
    read(book({"a.xhtml": text, "b.xhtml": "<p>More.</p>"}))
    assert process_time() - started < 5


def test_twenty_thousand_nested_elements_lose_no_text():
    deep = "<div>in " * 20_000 + "<p>Deep.</p>" + "</div>" * 20_000
    found = read(book({"a.xhtml": f"<p>Before.</p>{deep}<p>After.</p>"}, title="")).text
    assert found.startswith("Before.")
    assert found.count("in") == 20_000
    assert "Deep." in found
    assert found.endswith("After.")


def test_namespace_prefixes_and_alternatives_are_known():
    body = (
        '<p xmlns:x="http://www.w3.org/1999/xhtml"><x:b>bold</x:b> '
        "<epub:switch><epub:case required-namespace='a'>case</epub:case>"
        "<epub:default>default</epub:default></epub:switch></p>"
    )
    article = read(book({"a.xhtml": body}, title=""))
    assert texts(article) == ["bold default"]
    assert article.blocks[0].spans[0].kind is SpanKind.STRONG


def test_a_missing_or_damaged_document_is_skipped_and_named():
    files = {
        "a.xhtml": "<p>One.</p>",
        "b.xhtml": "<p>Two, which is damaged.</p>" * 9,
        "c.xhtml": "<p>Three.</p>",
    }
    data = book(files, title="", spine=["a.xhtml", "b.xhtml", "c.xhtml"])
    start = data.index(b"OEBPS/b.xhtml") + len(b"OEBPS/b.xhtml") + 20
    damaged = data[:start] + bytes(20) + data[start + 20 :]
    article = read(damaged)
    assert texts(article) == ["One.", "Three."]
    assert article.warning == "1 document of it cannot be read, as missing or damaged: b.xhtml."


def test_a_book_without_any_document_left_is_refused():
    with pytest.raises(UnreadableError, match="all of its documents are missing"):
        read(
            book(
                {"a.xhtml": "<?xml"}, files={"OEBPS/book.opf": package(["gone.xhtml"], spine=["gone.xhtml"])}
            )
        )


def test_a_book_of_pictures_shows_their_descriptions_and_the_titles_of_its_contents():
    article = read(
        book(
            {
                "1.xhtml": '<div><img src="1.png" alt=""/></div>',
                "2.xhtml": '<svg viewBox="0 0 1 1"><title>A mouse</title><image href="2.png"/></svg>',
                "3.xhtml": '<p><img src="3.png" alt="A cat"/></p>',
                "4.xhtml": "<svg><text>Drawn </text><text>words</text></svg>",
                "5.xhtml": '<img src="5.png" alt=""/>',
            },
            title="",
            nav=navigation('<ol><li><a href="1.xhtml">Night</a></li><li><a href="5.xhtml">Day</a></li></ol>'),
        )
    )
    assert blocks(article) == [
        ("heading", "Night"),
        ("paragraph", "A mouse"),
        ("paragraph", "A cat"),
        ("paragraph", "Drawn words"),
        ("heading", "Day"),
    ]
    assert "5 documents, 5 have pictures and no text" in article.warning


def test_a_book_of_nothing_but_pictures_shows_its_title():
    article = read(book({"1.xhtml": '<img src="1.png" alt=""/>'}, title="Silence"))
    assert blocks(article) == [("heading", "Silence")]
    assert "pictures and no text" in article.warning


def test_a_picture_in_the_spine_is_read_by_its_fallback_or_has_no_text():
    opf = package(["1.png", "2.png", "a.xhtml"], spine=["1.png", "2.png", "a.xhtml"]).replace(
        'id="f0"', 'id="f0" fallback="f2"'
    )
    pictures = {
        "OEBPS/1.png": b"\x89PNG\r\n\x1a\n\0\0\0words",
        "OEBPS/2.png": b"\x89PNG\r\n\x1a\n\0\0\0words",
    }
    article = read(book({"a.xhtml": "<p>In words.</p>"}, title="", files={"OEBPS/book.opf": opf, **pictures}))
    assert texts(article) == ["In words."]
    assert article.warning == ""


def test_what_stands_for_an_object_is_read():
    body = '<p>See <object data="a.svg" type="image/svg+xml">two circles</object>.</p>'
    assert texts(read(book({"a.xhtml": body}, title=""))) == ["See two circles."]


def test_words_in_a_drawing_between_text_are_no_text():
    drawing = "<svg><metadata>By Ann</metadata><text>x axis</text></svg>"
    body = f"<p>Before {drawing}after.</p>{drawing.replace('<text>', '<title>Growth</title><text>')}"
    assert texts(read(book({"a.xhtml": body}, title=""))) == ["Before after.", "Growth"]


def test_numbers_of_printed_pages_are_no_text_but_lead_there():
    body = (
        '<p>It was <span epub:type="pagebreak" id="p12">12</span>night.</p><div role="doc-pagebreak">13</div>'
    )
    article = read(book({"a.xhtml": f'{body}<p><a href="#p12">page 12</a></p>'}, title=""))
    assert texts(article) == ["It was night.", "page 12"]
    assert links(article) == [("page 12", "#a.xhtml#p12", "It was night.")]


def test_control_characters_are_visible_everywhere():
    text = document(
        "<p id='a\x1b[1m'>Bell\x07 &#27;[31m red</p><h1>A\x1bB</h1><svg id='&#27;'><title>&#27;</title></svg>&#27;"
    )
    article = read(
        book(
            {"a.xhtml": text, "b\x1b.xhtml": "<p>B</p>"},
            metadata="<dc:creator>E\x1bve</dc:creator><dc:subject>a\x1b</dc:subject>",
            nav=navigation('<ol><li><a href="a.xhtml">On\x1be\u202e</a></li></ol>'),
        )
    )
    shown = [article.text, article.author, article.title, article.warning, *article.tags, *article.anchors]
    shown += [entry.title for entry in article.contents] + list(article.places.labels)
    assert not any("\x1b" in each or "\x07" in each or "\u202e" in each for each in shown)
