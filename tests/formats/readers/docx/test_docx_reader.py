import time

import pytest

from formats.word_documents import (
    OFFICE,
    W,
    archive,
    document,
    item,
    paragraph,
    relationships,
    run,
    style,
    styled,
)
from pactreader.core.errors import UnreadableError
from pactreader.formats.article_formats import DOCX, PLAIN_TEXT, find_format
from pactreader.formats.origin import Origin
from pactreader.formats.readers.docx_reader import read_docx


def read(data):
    return read_docx(data, Origin("a.docx", "a", "/a.docx"))


def rows(data):
    article = read(data)
    return [(block.kind.value, block.level, article.block_text(block)) for block in article.blocks]


def marked(data):
    article = read(data)
    return [(block.level, block.marker, article.block_text(block)) for block in article.blocks]


def spans(data):
    article = read(data)
    return [
        (article.text[span.start : span.end], span.kind.value, span.target)
        for block in article.blocks
        for span in block.spans
    ]


STYLES = "".join(
    [
        style("berschrift1", "heading 1"),
        style("Kop", "Überschrift 2"),
        style("Own", "Chapter of the house", based_on="berschrift1"),
        style("Deep", "By level", '<w:outlineLvl w:val="7"/>'),
        style("Plain", "No heading", '<w:outlineLvl w:val="9"/>', based_on="berschrift1"),
        style("T", "Title"),
        style("S", "Subtitle"),
        style("Circle", "Circle", based_on="Circle"),
        style("Quote", "Quote"),
        style("Source", "Source Code"),
    ]
)


def test_styles_and_outline_levels_make_headings():
    body = "".join(
        [
            styled("T", "The pact"),
            styled("S", "A history"),
            styled("berschrift1", "One"),
            styled("Kop", "Two"),
            styled("Own", "Three"),
            styled("Deep", "Four"),
            styled("Plain", "no heading here"),
            styled("Circle", "nor here"),
            paragraph("Five", '<w:outlineLvl w:val="2"/>'),
            paragraph("not this", '<w:pStyle w:val="berschrift1"/><w:outlineLvl w:val="9"/>'),
        ]
    )
    assert rows(document(body, styles=STYLES)) == [
        ("heading", 1, "The pact"),
        ("heading", 2, "A history"),
        ("heading", 1, "One"),
        ("heading", 2, "Two"),
        ("heading", 1, "Three"),
        ("heading", 6, "Four"),
        ("paragraph", 0, "no heading here"),
        ("paragraph", 0, "nor here"),
        ("heading", 3, "Five"),
        ("paragraph", 0, "not this"),
    ]


def test_quotations_and_code_are_told_by_their_styles():
    body = styled("Quote", "One.") + styled("Quote", "Two.") + styled("Source", "a") + styled("Source", "b")
    assert rows(document(body, styles=STYLES)) == [
        ("quotation", 0, "One."),
        ("quotation", 0, "Two."),
        ("code", 0, "a\nb"),
    ]


NUMBERING = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def test_items_have_the_numbers_that_word_counts():
    body = "".join(
        [
            item("first"),
            item("inner", level=1),
            item("inner too", level=1),
            paragraph("Words between."),
            item("goes on"),
            item("begins anew", level=1),
            item("another list", number=3),
            item("and on", number=3),
            item("bullet", number=2),
            item("none", number=0),
        ]
    )
    assert marked(document(body, numbering=NUMBERING)) == [
        (1, "3.", "first"),
        (2, "a.", "inner"),
        (2, "b.", "inner too"),
        (0, "", "Words between."),
        (1, "4.", "goes on"),
        (2, "a.", "begins anew"),
        (1, "1.", "another list"),
        (1, "2.", "and on"),
        (1, "•", "bullet"),
        (0, "", "none"),
    ]


def test_a_style_can_number_its_paragraphs_and_those_based_on_it():
    properties = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = style("L", "List Number", properties) + style("M", "Mine", based_on="L")
    body = styled("L", "one") + styled("M", "two") + styled("H", "a heading is no item")
    styles += style("H", "heading 1", properties)
    assert marked(document(body, styles=styles, numbering=NUMBERING)) == [
        (1, "3.", "one"),
        (1, "4.", "two"),
        (1, "", "a heading is no item"),
    ]


def test_a_table_is_read_by_rows():
    def row(*cells):
        return f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"

    assert rows(document(f"<w:tbl>{row('a', 'b')}{row('c', 'd')}</w:tbl>")) == [("table", 0, "a\tb\nc\td")]


NOTE = '<w:footnote w:id="2">{}</w:footnote>'.format(paragraph("A tachyon."))


def test_footnotes_and_endnotes_follow_the_text():
    body = paragraph(
        run("Ouch") + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>'
    )
    endnotes = '<w:endnote w:id="2">{}</w:endnote>'.format(paragraph("The end."))
    data = document(body, footnotes=NOTE, endnotes=endnotes)
    assert [text for _, _, text in rows(data)] == ["Ouch[1][2]", "A tachyon.", "The end."]
    article = read(data)
    assert article.text[article.anchors["footnote-2"] :].startswith("A tachyon.")
    assert [span[:2] for span in spans(data)] == [("[1]", "link"), ("[2]", "link")]


def test_a_reference_to_a_missing_note_or_link_is_left_out():
    body = paragraph(
        run("Ouch")
        + '<w:r><w:footnoteReference w:id="9"/></w:r><w:r><w:commentReference w:id="9"/></w:r>'
        + f'<w:hyperlink r:id="gone">{run(" here")}</w:hyperlink>'
    )
    assert rows(document(body, footnotes=NOTE)) == [("paragraph", 0, "Ouch here")]


def test_comments_follow_with_their_authors():
    body = paragraph(run("Ouch") + '<w:r><w:commentReference w:id="7"/></w:r>')
    comments = '<w:comment w:id="7" w:author="Jane Doe" w:initials="JD">{}</w:comment>'.format(
        styled("berschrift1", "Why?")
    )
    data = document(body, comments=comments, styles=STYLES)
    assert [text for _, _, text in rows(data)] == ["Ouch[JD1]", "[JD1] Jane Doe Why?"]
    assert read(data).title == "a"
    assert spans(data)[0] == ("[JD1]", "link", "#comment-7")


def test_styles_of_words_and_links():
    body = paragraph(
        "".join(
            [
                run("bold", "<w:b/>"),
                run("italic", "<w:i/>"),
                run("gone", "<w:dstrike/>"),
                run("marked", '<w:highlight w:val="yellow"/>'),
                run("plain", '<w:b w:val="0"/>'),
                f'<w:hyperlink r:id="l">{run("out")}</w:hyperlink>',
                f'<w:hyperlink w:anchor="here">{run("in")}</w:hyperlink>',
                '<w:bookmarkStart w:name="here" w:id="1"/>',
            ]
        )
    )
    data = document(body, links={"l": "https://example.org/a"})
    assert spans(data) == [
        ("bold", "strong", ""),
        ("italic", "emphasis", ""),
        ("gone", "struck", ""),
        ("marked", "marked", ""),
        ("out", "link", "https://example.org/a"),
        ("in", "link", "#here"),
    ]
    assert read(data).anchors["here"] == 0


BOX = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
DRAWING = f"<w:drawing><wp:anchor><wps:txbx>{BOX}</wps:txbx></wp:anchor></w:drawing>"
PICTURE = f"<w:pict><v:textbox>{BOX}</v:textbox></w:pict>"
SUM = '<m:naryPr><m:chr m:val="∑"/></m:naryPr>'


@pytest.mark.parametrize(
    "drawing",
    [
        f"<mc:AlternateContent><mc:Choice>{DRAWING}</mc:Choice><mc:Fallback>{PICTURE}</mc:Fallback></mc:AlternateContent>",
        f"<mc:AlternateContent><mc:Choice>{DRAWING}</mc:Choice></mc:AlternateContent>",
        DRAWING,
        PICTURE,
    ],
)
def test_the_text_of_a_box_is_read_once(drawing):
    body = paragraph(run("Before.") + f"<w:r>{drawing}</w:r>") + paragraph("After.")
    assert [text for _, _, text in rows(document(body))] == ["Before.", "In the box.", "After."]


def test_a_picture_is_shown_by_its_description():
    picture = (
        '<w:r><w:drawing><wp:inline><wp:docPr descr="A bridge"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
        '<a:blip r:embed="p"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    assert rows(document(paragraph(picture), links={"p": "media/a.png"})) == [("paragraph", 0, "A bridge")]


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        (run("See ") + f'<w:fldSimple w:instr="REF">{run("figure 3")}</w:fldSimple>', "See figure 3"),
        (f"<w:del>{run('old')}</w:del><w:ins>{run('new')}</w:ins>", "new"),
        (run("seen") + run(" unseen", "<w:vanish/>"), "seen"),
        (run("seen") + run(" too", '<w:vanish w:val="0"/>'), "seen too"),
        (
            f"<w:r><w:ruby><w:rt>{run('kyo')}</w:rt><w:rubyBase>{run('京')}</w:rubyBase></w:ruby></w:r>",
            "京(kyo)",
        ),
        ("<w:r><w:t>a</w:t><w:cr/><w:t>b</w:t></w:r>", "a\nb"),
        ("<w:r><w:t>a</w:t></w:r><w:r><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>", "ab c"),
        ("<w:r><w:t>a</w:t><w:ptab/><w:t>b</w:t></w:r>", "a b"),
        (f"<w:bdo>{run('within')}</w:bdo>", "within"),
        (run("a␇".replace("␇", "\x85") + "b\u202e"), "a b�"),
    ],
)
def test_what_mammoth_leaves_out_is_read_too(runs, shown):
    assert [text for _, _, text in rows(document(paragraph(runs)))] == [shown]


def r(text):
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (f"<m:f><m:num>{r('a')}</m:num><m:den>{r('b+1')}</m:den></m:f>", "a/(b+1)"),
        (f"<m:sSup><m:e>{r('x')}</m:e><m:sup>{r('2')}</m:sup></m:sSup>", "x^2"),
        (f"<m:rad><m:deg/><m:e>{r('x+1')}</m:e></m:rad>", "√(x+1)"),
        (f"<m:d><m:e>{r('x')}</m:e></m:d>", "(x)"),
        (f'<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>{r("x")}</m:e></m:d>', "[x]"),
        (
            f"<m:nary>{SUM}<m:sub>{r('i=1')}</m:sub><m:sup>{r('n')}</m:sup><m:e>{r('i')}</m:e></m:nary>",
            "∑_(i=1)^n i",
        ),
    ],
)
def test_a_formula_is_shown_on_one_line(formula, shown):
    body = paragraph(run("If ") + f"<m:oMath>{formula}</m:oMath>" + run(" holds"))
    assert rows(document(body)) == [("paragraph", 0, f"If {shown} holds")]


def test_the_properties_are_those_of_the_document():
    core = (
        "<dc:title>The \x7fpact</dc:title><dc:creator>Jane Doe; Bo</dc:creator><cp:keywords>war, peace;war</cp:keywords>"
        "<dc:language>de-DE</dc:language><dcterms:created>2031-03-04T10:00:00Z</dcterms:created>"
    )
    article = read(document(paragraph("Text."), core=core))
    assert (article.title, article.author, article.date) == ("The ␡pact", "Jane Doe; Bo", "2031-03-04")
    assert (article.tags, article.language) == (("war", "peace"), "de")


def test_the_part_with_the_text_may_have_any_name_and_the_strict_form():
    assert rows(document(paragraph("Text."), main="document2")) == [("paragraph", 0, "Text.")]
    strict = archive(
        {
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{styled("Heading1", "Text.")}</w:body></w:document>'.replace(
                W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
            )
        }
    )
    assert [text for _, _, text in rows(strict)] == ["Text."]


def refusal(data):
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert caught.value.hint
    return caught.value.message


def test_other_files_of_the_name_are_refused_with_what_to_do():
    protected = b"\xd0\xcf\x11\xe0" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    assert "a.docx is protected by a password" in refusal(protected)
    old = b"\xd0\xcf\x11\xe0" + bytes(500) + "WordDocument".encode("utf-16-le")
    assert "before 2007" in refusal(old)
    assert "is a Rich Text document" in refusal(b"{\\rtf1 text}")
    assert "it is no ZIP archive" in refusal(b"Plain words.")
    assert "its end is missing" in refusal(document(paragraph("Text."))[:-30])
    assert "the part with its text is missing" in refusal(archive({"word/other.xml": "<a/>"}))


def test_a_bomb_is_refused_before_it_is_unpacked():
    started = time.process_time()
    assert "is not opened" in refusal(document(paragraph("a" * 40_000_000)))
    assert time.process_time() - started < 5


def test_a_part_that_declares_entities_is_refused():
    declared = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    declared += '<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    text = f'<w:document xmlns:w="{W}"><w:body>{paragraph("Text.&i;&file; End.")}</w:body></w:document>'
    assert "missing or damaged" in refusal(archive({"word/document.xml": declared + text}))


@pytest.mark.parametrize(
    "body",
    [
        "<w:sdt><w:sdtContent>" * 5_000 + paragraph("Text."),
        "<w:tbl><w:tr><w:tc>" * 3_000 + paragraph("Text."),
        f"<m:oMath>{'<m:d><m:e>' * 100}{r('x')}",
        paragraph('<w:r><w:sym w:font="x" w:char="nothing"/></w:r>'),
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='many'/></w:tcPr></w:tc></w:tr></w:tbl>",
    ],
    ids=["content controls", "tables", "formula", "symbol", "span"],
)
def test_damage_and_depth_are_answered_with_a_sentence_or_a_text(body):
    started = time.process_time()
    try:
        assert "Text." in read(document(body)).text or "x" in read(document(body)).text
    except UnreadableError as error:
        assert "cannot be read as a Word document" in error.message  # noqa: PT017 - reading it is right too
    assert time.process_time() - started < 10


def test_words_that_word_divides_are_whole():
    colours = (f'<w:color w:val="{number}"/>' for number in range(8))
    body = paragraph("".join(run("ab", f"{colour}<w:b/>") for colour in colours) + run(" and", "<w:i/>"))
    assert rows(document(body)) == [("paragraph", 0, "abababababababab and")]
    assert spans(document(body)) == [("abababababababab", "strong", ""), ("and", "emphasis", "")]


def seconds(words):
    body = paragraph("".join(run("word ", f'<w:sz w:val="{number}"/>') for number in range(words)))
    data = document(body * 20)
    started = time.process_time()
    assert read(data).text.count("word") == 20 * words
    return time.process_time() - started


def test_the_time_grows_with_the_length():
    assert seconds(2_000) < 8 * seconds(500) + 1


def test_a_document_is_known_by_its_content():
    data = document(paragraph("Text."))
    assert find_format(data, file_name="a.zip") is DOCX
    assert find_format(b"", file_name="a.docm") is DOCX
    assert find_format(archive({"a": ""})) is PLAIN_TEXT
    assert relationships(("a", "b", "c")).count(OFFICE) == 1
