import pytest

from pactreader.core.article import Article, SpanKind
from pactreader.formats.origin import Origin
from pactreader.formats.readers.pdf.process.messages import Request, Text, WholeText
from pactreader.formats.readers.pdf.process.worker import carry_out
from pactreader.formats.readers.pdf_reader import read_pdf
from pdf_files import PdfFile
from pdf_fonts import UNICODE
from pdf_pages import Box, Page
from pdf_syntax import Name, Ref

PROSE = "Cats sleep nearly all day, and in the remainder of it they eat, as is well known to all who live with them."


def read(pdf: PdfFile) -> Text:
    data = pdf.to_bytes()
    answer = carry_out(Request(len(data)), data, lambda _answer: None)
    assert isinstance(answer, WholeText), answer
    return answer.text


def with_prose(pdf: PdfFile) -> Page:
    page = pdf.page()
    page.paragraph(72, 700, PROSE, width=400)
    return page


def links(text: Text) -> list[tuple[str, str]]:
    return [
        (piece.text[span.start : span.end], span.target)
        for piece in text.pieces
        for span in piece.spans
        if span.kind is SpanKind.LINK
    ]


def anchored(text: Text, target: str) -> str:
    """Return the text of the block that a link leads to."""
    return next(piece.text for piece in text.pieces if target.removeprefix("#") in piece.anchors)


def entries(text: Text) -> list[tuple[int, str, str]]:
    """Return level, title and the text that each entry of the outline leads to."""
    return [
        (entry.level, entry.title, text.pieces[entry.block].text[entry.offset :]) for entry in text.outline
    ]


def three_sections() -> tuple[PdfFile, list[Page]]:
    pdf = PdfFile()
    pages = []
    for title in ("1 Cats", "2 Dogs", "3 Newts"):
        page = pdf.page()
        page.text(72, 720, title, size=16, font="Helvetica-Bold")
        page.paragraph(72, 690, PROSE, width=400)
        page.text(72, 600, f"{title} in short", size=16, font="Helvetica-Bold")
        page.paragraph(72, 570, PROSE, width=400)
        pages.append(page)
    return pdf, pages


class TestMetadata:
    def test_says_who_wrote_what_and_when(self):
        pdf = PdfFile(
            title="On Cats",
            author="Ada Lovelace",
            CreationDate="D:20240131235959+05'30'",
            Keywords="cats, sleep; cats",
        )
        pdf.catalog["Lang"] = "en-GB"
        with_prose(pdf)
        text = read(pdf)
        assert (text.title, text.author, text.date, text.language, text.tags) == (
            "On Cats",
            "Ada Lovelace",
            "2024-01-31",
            "en-GB",
            ("cats", "sleep"),
        )

    @pytest.mark.parametrize(
        "title",
        [
            "untitled",
            "Untitled Document 1",
            "Microsoft Word - thesis_final2.doc",
            "PowerPoint Presentation",
            "cats.tex",
            "On Cats (final).docx",
            "paper",
            "Slide 1",
            "TeX output 2010.01.01:1200",
            "1-s2.0-S0123456789-main",
            "C:\\Users\\Ada\\cats",
            "/home/ada/cats/paper",
            "https://example.org/cats",
            "doi:10.1000/182",
            "2024",
            "(anonymous)",
            "Proceedings Template - WORD",
            "SKM_C25820012914310",
            "thesis",
            "\x1b[31m\x00",
        ],
    )
    def test_a_title_that_a_program_gave_is_none(self, title):
        pdf = PdfFile(title=title)
        with_prose(pdf)
        assert not read(pdf).title

    @pytest.mark.parametrize(
        "title",
        [
            "On Cats",
            "The Word",
            "2001: A Space Odyssey",
            "Über Katzen",
            "Main Street",
            "猫について",
            "Paperwork",
        ],
    )
    def test_a_title_that_sounds_like_one_is_a_title(self, title):
        pdf = PdfFile(title=title)
        with_prose(pdf)
        assert read(pdf).title == title

    @pytest.mark.parametrize("author", ["Administrator", "user", "Microsoft Office User", "unknown", "-"])
    def test_the_name_of_an_account_is_no_author(self, author):
        pdf = PdfFile(author=author)
        with_prose(pdf)
        assert not read(pdf).author

    @pytest.mark.parametrize(
        ("written", "date"),
        [
            ("D:20240131", "2024-01-31"),
            ("D:202401", "2024-01"),
            ("D:2024", "2024"),
            ("2024-01-31T12:00:00Z", "2024-01-31"),
            ("D:20249931", "2024"),
            ("D:19700101000000Z", ""),
            ("Wednesday", ""),
        ],
    )
    def test_a_date_is_as_exact_as_it_is_given(self, written, date):
        pdf = PdfFile(CreationDate=written)
        with_prose(pdf)
        assert read(pdf).date == date

    def test_title_and_authors_are_taken_from_xmp_if_info_has_none(self):
        pdf = PdfFile(title="untitled")
        with_prose(pdf)
        pdf.metadata(
            '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Cats &amp; dogs</rdf:li></rdf:Alt></dc:title>'
            "<dc:creator><rdf:Seq><rdf:li>Ada</rdf:li><rdf:li>Grace</rdf:li></rdf:Seq></dc:creator>"
        )
        assert (read(pdf).title, read(pdf).author) == ("Cats & dogs", "Ada; Grace")

    def test_the_xmp_of_a_picture_says_nothing_of_the_file(self):
        pdf = PdfFile()
        with_prose(pdf)
        for title in ("On Cats", "A photograph"):
            pdf.metadata(f"<dc:title><rdf:Alt><rdf:li>{title}</rdf:li></rdf:Alt></dc:title>")
        assert not read(pdf).title

    def test_no_control_character_comes_out_of_it(self):
        pdf = PdfFile(
            title="On \x1b]0;Cats\x07", author="Ada\u202e", Keywords="a\x9bb,\n", CreationDate="\x1b2024"
        )
        with_prose(pdf)
        text = read(pdf)
        assert "".join((text.title, text.author, text.date, *text.tags)).isprintable()


class TestPageLabels:
    def places(self, pdf: PdfFile) -> list[str]:
        return [label for piece in read(pdf).pieces for _offset, label in piece.places]

    def test_pages_are_cited_as_the_file_numbers_them(self):
        pdf = PdfFile()
        for _page in range(4):
            with_prose(pdf)
        pdf.label_pages(0, "r", start=3)
        pdf.label_pages(2, "D", prefix="A-")
        assert self.places(pdf) == ["p. iii", "p. iv", "p. A-1", "p. A-2"]

    @pytest.mark.parametrize("label", ["", "x" * 100, "\n"])
    def test_a_page_without_a_label_that_can_be_cited_has_its_number(self, label):
        pdf = PdfFile()
        with_prose(pdf)
        pdf.page(label=label).paragraph(72, 700, PROSE, width=400)
        assert self.places(pdf) == ["p. 1", "p. 2"]

    def test_no_control_character_comes_out_of_one(self):
        pdf = PdfFile()
        pdf.page(label="\x1b[2Jv").paragraph(72, 700, PROSE, width=400)
        assert "".join(self.places(pdf)).isprintable()


class TestOutline:
    def test_leads_to_the_headings(self):
        pdf, (cats, dogs, newts) = three_sections()
        pdf.outline("Cats", cats, 736)
        pdf.outline("Cats in short", cats, 616, level=2)
        pdf.outline("Dogs", dogs, 736)
        pdf.outline("Newts in short", newts, 616)
        found = [(level, title, led.splitlines()[0]) for level, title, led in entries(read(pdf))]
        assert found == [
            (1, "Cats", "1 Cats"),
            (2, "Cats in short", "1 Cats in short"),
            (1, "Dogs", "2 Dogs"),
            (1, "Newts in short", "3 Newts in short"),
        ]

    def test_an_entry_that_gives_the_page_alone_leads_to_the_heading_with_its_words(self):
        pdf, (cats, dogs, newts) = three_sections()
        for title, page in (("1 Cats in short", cats), ("2 Dogs in short", dogs), ("Fishes", newts)):
            pdf.outline(title, page, None)
        assert [led for _level, _title, led in entries(read(pdf))] == [
            "1 Cats in short",
            "2 Dogs in short",
            "3 Newts",
        ]

    def test_an_entry_without_a_place_leads_to_the_one_behind_it(self):
        pdf, (cats, _dogs, newts) = three_sections()
        pdf.outline("Animals", None)
        pdf.outline("Cats", cats, 736, level=2)
        pdf.outline("Wet ones", None)
        pdf.outline("Newts", newts, 736, level=2)
        pdf.outline("Ghosts", None)
        assert [(title, led) for _level, title, led in entries(read(pdf))] == [
            ("Animals", "1 Cats"),
            ("Cats", "1 Cats"),
            ("Wet ones", "3 Newts"),
            ("Newts", "3 Newts"),
        ]

    def test_leads_to_named_destinations(self):
        pdf, (cats, dogs, _newts) = three_sections()
        pdf.destination("dogs", dogs, 616)
        pdf.outline("Cats", cats, 736)
        pdf.outline("Of dogs", None, name="dogs")
        assert entries(read(pdf))[1][2] == "2 Dogs in short"

    def test_a_loop_ends(self):
        pdf, (cats, dogs, _newts) = three_sections()
        pdf.outline("Cats", cats, 736)
        pdf.outline("Dogs", dogs, 736)
        pdf._finish()
        first, second = (entry for entry in pdf.objects if isinstance(entry, dict) and "Title" in entry)
        second["Next"] = second["First"] = first["Next"]
        assert [title for _level, title, _led in entries(read(pdf))] == ["Cats", "Dogs"]

    def test_a_single_entry_is_none(self):
        pdf, (cats, *_others) = three_sections()
        pdf.outline("The whole", cats, 736)
        assert not read(pdf).outline

    def test_titles_are_printable(self):
        pdf, pages = three_sections()
        for page in pages:
            pdf.outline("\x1b[31mCats\nand\x07 dogs\u202e", page, 736)
        assert all(title.isprintable() for _level, title, _led in entries(read(pdf)))


class TestLinks:
    def test_the_characters_in_the_rectangle_are_linked(self):
        pdf = PdfFile()
        page = with_prose(pdf)
        page.link(page.find("nearly all day"), uri="https://example.org/days?a=1")
        page.link(page.find("remainder"), uri="mailto:ada@example.org")
        assert links(read(pdf)) == [
            ("nearly all day", "https://example.org/days?a=1"),
            ("remainder", "mailto:ada@example.org"),
        ]

    @pytest.mark.parametrize(
        "uri", ["javascript:alert(1)", "file:///etc/passwd", "cats.html", "", "https://a\x1b[31m b"]
    )
    def test_an_address_that_is_unsafe_to_open_is_no_link(self, uri):
        pdf = PdfFile()
        page = with_prose(pdf)
        box = page.find("nearly")
        page.annotation("Link", box, A={"S": Name("URI"), "URI": uri.encode()})
        assert not links(read(pdf))

    def test_a_program_is_not_started(self):
        pdf = PdfFile()
        page = with_prose(pdf)
        page.annotation("Link", page.find("nearly"), A={"S": Name("Launch"), "F": "cmd.exe"})
        assert not links(read(pdf))

    def test_a_place_in_another_file_is_no_place_in_this_one(self):
        pdf = PdfFile()
        page = with_prose(pdf)
        action = {"S": Name("GoToR"), "F": "dogs.pdf", "D": [0, Name("Fit")]}
        page.annotation("Link", page.find("nearly"), A=action)
        assert not links(read(pdf))

    def test_a_line_is_linked_without_those_above_and_below(self):
        pdf = PdfFile()
        page = pdf.page()
        _first, second, *_rest = page.paragraph(72, 700, PROSE, width=150)
        page.link(second, uri="https://example.org")
        assert links(read(pdf)) == [("remainder of it they eat, as is well", "https://example.org")]

    def test_a_link_over_two_lines_is_one(self):
        pdf = PdfFile()
        page = pdf.page()
        first, second, *_rest = page.paragraph(72, 700, PROSE + " " + PROSE, width=200)
        start = page.find("all day, and").left
        page.link(
            first._replace(left=start), second._replace(right=second.left + 30), uri="https://example.org"
        )
        found = " ".join(words for words, _target in links(read(pdf)))
        assert found.startswith("all day, and")
        assert len(found.split()) > 4

    def test_a_place_in_the_file_is_led_to(self):
        pdf, (cats, dogs, newts) = three_sections()
        cats.link(cats.find("nearly"), page=dogs, y=616)
        cats.link(cats.find("remainder"), name="newts")
        pdf.destination("newts", newts, 736)
        text = read(pdf)
        (_nearly, to_dogs), (_remainder, to_newts) = links(text)
        assert to_dogs.startswith("#page=2")
        assert (anchored(text, to_dogs), anchored(text, to_newts)) == ("2 Dogs in short", "3 Newts")

    def test_a_page_is_led_to(self):
        pdf, (cats, dogs, _newts) = three_sections()
        cats.link(cats.find("nearly"), page=dogs, y=None)
        text = read(pdf)
        assert links(text) == [("nearly", "#page=2")]
        assert anchored(text, "#page=2") == "2 Dogs"

    def test_the_names_that_the_file_has_lead_to_their_places(self):
        pdf, (_cats, dogs, _newts) = three_sections()
        pdf.destination("sec:dogs", dogs, 616)
        assert anchored(read(pdf), "#sec:dogs") == "2 Dogs in short"

    def test_a_place_behind_a_divided_word_is_found(self):
        pdf = PdfFile()
        page = pdf.page()
        page.paragraph(72, 700, PROSE, width=300)
        page.text(72, 640, "The last word of this line goes on on the next page: re-")
        page.text(72, 560, "A note with other words.", size=8)
        page.link(page.find("nearly"), page=page, y=568)
        text = read(pdf)
        assert "A note" in anchored(text, links(text)[0][1])

    def test_no_name_takes_that_of_a_page(self):
        pdf, (cats, _dogs, _newts) = three_sections()
        pdf.destination("page=3", cats, 736)
        assert anchored(read(pdf), "#page=3") == "3 Newts"

    @pytest.mark.parametrize(
        ("view", "block"),
        [
            (["XYZ", None, 616, 0], "2 Dogs in short"),
            (["XYZ", 72, None, None], "2 Dogs"),
            (["XYZ", 72, 0, 0], "2 Dogs"),
            (["FitH", 616], "2 Dogs in short"),
            (["FitR", 0, 300, 500, 616], "2 Dogs in short"),
            (["FitV", 616], "2 Dogs"),
            (["FitB"], "2 Dogs"),
        ],
    )
    def test_a_place_is_as_exact_as_it_is_given(self, view, block):
        pdf, (cats, dogs, _newts) = three_sections()
        name, *numbers = view
        cats.annotation("Link", cats.find("nearly"), Dest=[dogs.ref, Name(name), *numbers])
        text = read(pdf)
        assert anchored(text, links(text)[0][1]) == block

    def test_a_place_in_the_second_column_is_found_there(self):
        pdf = PdfFile()
        page = pdf.page()
        page.columns(700, [PROSE] * 20, lefts=(72,), width=220)
        page.columns(700, [PROSE] * 5, lefts=(320,), width=220, bottom=450)
        page.text(320, 412, "Newts", size=12, font="Helvetica-Bold")
        page.columns(388, [PROSE] * 5, lefts=(320,), width=220)
        page.annotation("Link", page.find("nearly"), Dest=[page.ref, Name("XYZ"), 320, 424, 0])
        text = read(pdf)
        assert "Newts" in anchored(text, links(text)[0][1])

    @pytest.mark.parametrize(
        "destination",
        [[Ref(9999), Name("Fit")], [-1, Name("Fit")], [], None, [2**31, Name("XYZ"), 0, 0, 0]],
    )
    def test_a_place_that_is_not_there_is_no_link(self, destination):
        pdf = PdfFile()
        page = with_prose(pdf)
        page.annotation("Link", page.find("nearly"), Dest=destination)
        assert not links(read(pdf))

    def test_a_rectangle_without_text_links_nothing(self):
        pdf = PdfFile()
        page = with_prose(pdf)
        page.link(Box(72, 100, 300, 200), uri="https://example.org")
        assert not links(read(pdf))

    def test_glyphs_of_several_letters_are_linked(self):
        pdf = PdfFile()
        page = pdf.page()
        page.text(72, 700, ["e", "ffi", "cient", " ", "c", "ats"], font=UNICODE)
        page.link(page.find("efficient"), uri="https://example.org")
        assert links(read(pdf)) == [("efficient", "https://example.org")]

    def test_a_bracket_beside_the_linked_number_is_none_of_the_link(self):
        pdf = PdfFile()
        page = pdf.page()
        page.text(72, 700, "Cats sleep [12] all day.")
        left, bottom, right, top = page.find("12")
        page.link(Box(left - 1, bottom, right + 1, top), uri="https://example.org")
        assert links(read(pdf)) == [("12", "https://example.org")]

    @pytest.mark.parametrize("rotation", [90, 180, 270])
    def test_a_page_may_be_turned(self, rotation):
        pdf = PdfFile()
        page = pdf.page(rotation=rotation)
        page.paragraph(72, 700, PROSE, width=400)
        page.link(page.find("nearly all day"), uri="https://example.org")
        assert links(read(pdf)) == [("nearly all day", "https://example.org")]


class TestArticle:
    def article(self, pdf: PdfFile) -> Article:
        return read_pdf(pdf.to_bytes(), Origin("cats.pdf", "cats", "/cats.pdf"))

    def test_has_the_outline_as_its_table_of_contents(self):
        pdf, (cats, _dogs, newts) = three_sections()
        pdf.outline("Cats", cats, 736)
        pdf.outline("Newts in short", newts, 616, level=2)
        article = self.article(pdf)
        led = [article.text[entry.offset :].partition("\n")[0] for entry in article.contents]
        assert led == ["1 Cats", "3 Newts in short"]

    def test_english_is_what_programs_declare_where_nobody_chose_a_language(self):
        pdf = PdfFile()
        pdf.catalog["Lang"] = "en-US"
        pdf.page().paragraph(
            72, 700, "Die Katzen schlafen fast den ganzen Tag, und den Rest fressen sie.", width=400
        )
        assert self.article(pdf).language == "de"

    def test_another_language_was_chosen(self):
        pdf = PdfFile()
        pdf.catalog["Lang"] = "fr-CA"
        with_prose(pdf)
        assert self.article(pdf).language == "fr"
