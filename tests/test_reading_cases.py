"""Small articles of every kind that is easily read wrongly: what `pactreader text --json` says of each.

The articles are in `cases/`. Each stands for a kind of input.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from pactreader.cli import run as run_command

CASES = Path(__file__).with_name("cases")
Rows = list[tuple[str, str]]


@pytest.fixture
def read(tmp_path, capsys):
    """Return a function that reads an article, as `pactreader text NAME --json` prints it."""

    def read_case(name: str, *options: str) -> dict[str, Any]:
        words = ["--data-dir", str(tmp_path / "home"), "text", str(CASES / name), "--json", *options]
        assert run_command(words) == 0
        return json.loads(capsys.readouterr().out)

    return read_case


def rows(article: dict[str, Any]) -> Rows:
    """Return the kinds of the blocks with their markers and texts."""
    return [
        (block["kind"], " ".join(filter(None, (block["marker"], block["text"]))))
        for block in article["blocks"]
    ]


def sentences(article: dict[str, Any]) -> list[str]:
    return [article["text"][start:end] for start, end in article["sentences"]]


def spans(article: dict[str, Any], kind: str) -> list[str]:
    """Return the words of the spans of a kind."""
    return [
        article["text"][span["start"] : span["end"]]
        for block in article["blocks"]
        for span in block["spans"]
        if span["kind"] == kind
    ]


# Plain text


@pytest.mark.parametrize("name", ["indented-zh.txt", "indented-ar.txt", "indented-quote.txt"])
def test_paragraphs_set_in_by_blanks_are_prose_in_every_script(read, name):
    article = read(name)

    title, *paragraphs = (CASES / name).read_text("utf-8").strip().split("\n\n")
    assert rows(article) == [
        ("heading", title),
        *(("paragraph", paragraph.strip()) for paragraph in paragraphs),
    ]


def test_an_indented_list_has_its_items_with_their_continuation_lines(read):
    assert rows(read("list-indented.txt"))[2:] == [
        ("list-item", "1. Appoint a chair."),
        ("list-item", "2. Amend these rules, provided they agree with a majority of two thirds."),
        ("list-item", "3. Publish statements of position."),
        ("list-item", "• A first remark."),
        ("list-item", "• A second remark that runs on over two lines."),
    ]


def test_the_lines_of_a_table_of_contents_are_not_joined(read):
    blocks = read("toc-numbered.txt")["blocks"][1:]

    lines = [line for block in blocks for line in f"{block['marker']} {block['text']}".split("\n")]
    assert [line.split()[:2] for line in lines] == [
        ["1.", "Scope"],
        ["1.1.", "Purpose"],
        ["1.2.", "Audience"],
        ["2.", "Overview"],
    ]


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("grid-table.txt", ["+-----+----------------+", "|  0  | do not move    |"]),
        ("columns.txt", ["Name          Line     Opened", "Old Mill      Red      1978"]),
        ("diagram.txt", ["client --> server", "   |          |", "  log       disk"]),
    ],
)
def test_what_is_drawn_with_characters_keeps_its_lines_and_blanks(read, name, drawn):
    lines = read(name)["text"].split("\n")

    assert [line for line in drawn if line in lines] == drawn


def test_pages_of_a_paged_text_vanish_and_the_sentence_goes_on(read):
    article = read("paged-rfc.txt")

    assert article["title"] == "A Protocol for Passing Notes"
    lost = "a note that is lost is asked for again by the one who waits for it."
    assert any(sentence.endswith(lost) for sentence in sentences(article))
    assert not any(words in article["text"] for words in ("[Page 1]", "RFC 9999", "\f"))
    assert "Request for Comments: 9999                                  Example Corp" in article["text"]
    headings = [(block["level"], block["text"]) for block in article["blocks"] if block["kind"] == "heading"]
    assert [text for _, text in headings[-2:]] == ["1.  Introduction", "1.1.  Terms"] or [
        text.split()[-1] for _, text in headings[-2:]
    ] == ["Introduction", "Terms"]
    assert headings[-2][0] + 1 == headings[-1][0]


def test_overlined_and_underlined_headings_are_headings(read):
    article = read("overline.rst.txt")

    headings = [block["text"] for block in article["blocks"] if block["kind"] == "heading"]
    assert headings == ["The Quiet Power Plant", "How it began"]
    assert "===" not in article["text"]
    assert "~~~" not in article["text"]


def test_chapters_are_headings(read):
    headings = [block["text"] for block in read("chapters.txt")["blocks"] if block["kind"] == "heading"]

    assert headings == ["THE LIGHTHOUSE", "CHAPTER 1. The Keeper", "CHAPTER II"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("man-hyphen.txt", ["specified", "options"]), ("hyphens.txt", ["industrial", "information"])],
)
def test_words_divided_at_the_end_of_a_line_are_whole(read, name, words):
    text = read(name)["text"]

    assert [word for word in words if word in text] == words


# What is not prose


@pytest.mark.parametrize("name", ["tool.py", "change.diff"])
def test_code_is_shown_as_it_is(read, name):
    article = read(name)

    assert article["text"] == (CASES / name).read_text("utf-8").rstrip("\n")
    assert {block["kind"] for block in article["blocks"]} == {"code"}
    assert sentences(article) == [line.strip() for line in article["text"].splitlines()]


def test_rows_of_comma_separated_values_are_lines(read):
    article = read("data.csv")

    assert len(article["text"].splitlines()) == 3
    assert [block["kind"] for block in article["blocks"]] in (["code"], ["table"])


def test_colour_and_link_sequences_of_a_log_are_dropped(read):
    assert read("colours.log")["text"].splitlines() == ["ok  build finished", "fail  test of the door"]


def test_a_mail_has_its_subject_sender_date_and_body(read):
    article = read("letter.eml")

    assert article["title"] == "Die Brücke"
    head = "\n".join(text for _, text in rows(article)[:3])
    assert "Jürgen Roe" in head
    assert "2031" in head
    body = "die Brücke ist offen — endlich. Wir sind gestern alle hinuebergegangen."
    assert ("paragraph", body) in rows(article)
    assert ("quotation", "Wann ist es so weit?") in rows(article)


# Encodings


@pytest.mark.parametrize(
    ("name", "words", "encodings"),
    [
        ("cp1250.txt", "Zażółć gęślą jaźń", {"windows-1250", "cp1250"}),
        ("cp1251.txt", "Соглашение между двумя странами", {"windows-1251", "cp1251"}),
        ("iso-8859-7.txt", "Η γέφυρα άνοιξε χθες", {"iso-8859-7", "windows-1253", "cp1253"}),
    ],
)
def test_other_encodings_are_read_and_named(read, name, words, encodings):
    article = read(name)

    assert words in article["text"]
    assert article["encoding"].lower() in encodings
    assert article["encoding"] in article["warning"]


# Markdown


def test_superscripts_and_subscripts_are_no_digits_on_the_line(read):
    assert "About 10⁶ people in 2¹⁰ towns drink H₂O." in read("sup-inline.md")["text"]


def test_formulas_are_shown_letter_by_letter(read):
    asterisks, display = read("math-asterisks.md"), read("math-display.md")

    assert "x*y*z" in asterisks["text"]
    assert "f^*(t) = g^*(t)" in asterisks["text"]
    assert spans(asterisks, "emphasis") == []
    assert "a_1 + b_2 = c*d*e" in display["text"]
    assert r"\{x \mid x > 0\}" in display["text"]
    assert "it costs $5 or $6." in display["text"]
    assert "\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}" in display["text"]
    assert spans(display, "emphasis") == []


def test_placeholders_stay(read):
    written = (CASES / "placeholders.md").read_text("utf-8").splitlines()[-1]

    assert read("placeholders.md")["blocks"][-1]["text"] == written


def test_html_blocks_are_what_they_are_in_markdown(read):
    article = read("html-pre-h1-ol.md")

    assert article["title"] == "My Tool"
    assert rows(article) == [
        ("heading", "My Tool"),
        ("paragraph", "Intro."),
        ("code", "make\nmake install"),
        ("list-item", "1. get it"),
        ("list-item", "2. run it"),
    ]


def test_html_code_keeps_its_lines_and_links_lead_somewhere(read):
    article = read("pre.md")

    assert ("code", "match VALUE {\n    A => one,\n    B => two,\n}") in rows(article)
    assert ("paragraph", "Logo of the tool") in rows(article)
    assert "the manual" in spans(article, "link")


def test_numbers_of_a_list_count(read):
    assert rows(read("ones.md"))[1:4] == [
        ("list-item", "1. Unpack."),
        ("list-item", "2. Configure."),
        ("list-item", "3. Run."),
    ]


def test_strong_words_beside_chinese_signs_are_strong(read):
    article = read("strong-zh.md")

    assert spans(article, "strong") == ["注意："]
    assert "*" not in article["text"]


def test_marks_of_writing_direction_are_invisible(read):
    article = read("rlm.md")

    assert "�" not in article["text"]
    assert "Sorting in C++" in article["text"]


def test_an_alert_says_its_kind(read):
    quoted = [block for block in read("alert.md")["blocks"] if block["quoted"]]

    assert [block["text"].lower() for block in quoted] == ["warning", "never run this as root."]


def test_definitions_callouts_and_marked_words(read):
    article = read("definition.md")

    texts = [text for block in article["blocks"] for text in block["text"].splitlines()]
    assert texts[1:5] == ["Bridge", "A way over water.", "Ford", "A way through it."]
    assert any("Keep it short" in block["text"] for block in article["blocks"] if block["quoted"])
    assert spans(article, "marked") == ["marked by a clipper"]
    assert "==" not in article["text"]


def test_the_first_heading_of_any_level_is_the_title(read):
    assert read("first-heading-2.md")["title"] == "Appendix A: Words"


@pytest.mark.parametrize(
    ("name", "title"), [("front-key-zh.md", "Real title"), ("toml-front.md", "A TOML title")]
)
def test_front_matter_of_every_kind_is_no_text(read, name, title):
    article = read(name)

    assert article["title"] == title
    assert article["blocks"][-1]["text"] == "Body text."
    assert "问题" not in article["text"]
    assert "+++" not in article["text"]


# Sentences and addresses


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sentences-fr.md", ["M. Dupont est venu.", "Il est né en 50 av. J.-C. à Rome."]),
        ("sentences-ja.md", ["彼は「行きます。」と言った。", "本当だ。"]),
        (
            "sentences-de-no-language.txt",
            ["Am 29. Juli kam er nach Bonn.", "Im 19. Jahrhundert war das anders."],
        ),
        (
            "sentences-superscript.txt",
            ["The claim is old.¹", "A second one followed.²", "Nobody checked."],
        ),
    ],
)
def test_sentences_end_where_they_end(read, name, expected):
    assert sentences(read(name))[-len(expected) :] == expected


# Lines of the file


@pytest.mark.parametrize(
    "name", ["paged-rfc.txt", "hyphens.txt", "math-display.md", "pre.md", "export-marks.md", "tool.py"]
)
def test_every_block_knows_its_first_line_in_the_file(read, name):
    lines = (CASES / name).read_text("utf-8").split("\n")
    wrong = [
        block
        for block in read(name)["blocks"]
        if block["kind"] != "rule"
        and block["line"] is not None
        and block["text"].split()[0].strip("⁰") not in lines[block["line"] - 1]
    ]

    assert wrong == []
