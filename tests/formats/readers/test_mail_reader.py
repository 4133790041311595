"""One mail: the subject is the title, sender and date stand below it, and the body is decoded."""

import time
from base64 import b64encode
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.article import Article, BlockKind
from pactreader.core.errors import UnreadableError
from pactreader.core.reading_options import ReadingOptions
from pactreader.formats.mail_detection import looks_like_mail
from pactreader.formats.origin import Origin
from pactreader.formats.readers.mail_reader import read_mail
from pactreader.formats.sources import read_source

LETTER = Path(__file__).parents[2] / "cases" / "letter.eml"
HEAD = "From: Anna <anna@example.org>\nSubject: The bridge\nDate: Tue, 4 Mar 2031 10:00:00 +0100\n"


def read(content: str | bytes, options: ReadingOptions = ReadingOptions()) -> Article:
    data = content if isinstance(content, bytes) else content.encode()
    return read_mail(data, Origin("a.eml", "a", "/a.eml", options))


def body(content: str | bytes) -> list[tuple[BlockKind, str]]:
    """Return the blocks below subject, sender and date."""
    article = read(content)
    return [(block.kind, article.block_text(block)) for block in article.blocks][2:]


def with_part(fields: str, payload: str) -> str:
    return f"{HEAD}{fields}\n\n{payload}"


@pytest.mark.parametrize("source", [str(LETTER), "-"])
def test_a_letter_is_decoded(source: str) -> None:
    article = read_source(source, BytesIO(LETTER.read_bytes()))
    blocks = [(block.kind, article.block_text(block)) for block in article.blocks]
    assert blocks == [
        (BlockKind.HEADING, "Die Brücke"),
        (BlockKind.PARAGRAPH, "From: Jürgen Roe <j@example.org>\nDate: Tue, 4 Mar 2031 10:00:00 +0100"),
        (BlockKind.PARAGRAPH, "Liebe Anna,"),
        (
            BlockKind.PARAGRAPH,
            "die Brücke ist offen — endlich. Wir sind gestern alle hinuebergegangen.",
        ),
        (BlockKind.QUOTATION, "Wann ist es so weit?"),
        (BlockKind.PARAGRAPH, "Gestern!"),
    ]
    assert (article.title, article.author, article.date) == ("Die Brücke", "Jürgen Roe", "2031-03-04")


@pytest.mark.parametrize(
    ("fields", "payload"),
    [
        ("Content-Transfer-Encoding: base64", b64encode("Über die Brücke.".encode()).decode()),
        ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit", "Über die Brücke."),
        (
            "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable",
            "=DCber die Br=FCcke.",
        ),
        ("Content-Type: text/plain; charset=klingon", "Über die Brücke."),
        ("Content-Type: text/plain; charset=punycode", "Über die Brücke."),
        ("Content-Type: text/plain; charset=us-ascii", "Über die Brücke."),
    ],
)
def test_a_body_is_decoded_by_its_fields(fields: str, payload: str) -> None:
    assert body(with_part(fields, payload)) == [(BlockKind.PARAGRAPH, "Über die Brücke.")]


def test_the_encoding_that_the_user_chose_counts_more() -> None:
    content = f"{HEAD}Content-Type: text/plain; charset=iso-8859-1\n\n".encode() + "Łódź".encode("cp1250")
    assert read(content, ReadingOptions(encoding="cp1250")).text.endswith("Łódź")


def test_flowed_lines_are_joined_and_others_are_not() -> None:
    fields = "Content-Type: text/plain; format=flowed"
    payload = "The bridge is \nopen.\n\n> When will it \n> be?\n\nYes.\n-- \nAnna\n"
    assert body(with_part(fields, payload))[:2] == [
        (BlockKind.PARAGRAPH, "The bridge is open."),
        (BlockKind.QUOTATION, "When will it be?"),
    ]


def test_the_blank_of_a_flowed_line_may_be_no_part_of_the_text() -> None:
    fields = "Content-Type: text/plain; format=flowed; delsp=yes"
    assert body(with_part(fields, "橋は \n開いた。")) == [(BlockKind.PARAGRAPH, "橋は開いた。")]


MULTIPART = """Content-Type: multipart/mixed; boundary=out

--out
Content-Type: multipart/alternative; boundary=in

--in
Content-Type: text/html

<p>As <b>HTML</b>.</p>
--in
Content-Type: text/plain

As text.
--in--
--out
Content-Type: text/plain
Content-Disposition: attachment; filename=notes.txt

An attachment.
--out--
"""


def test_of_several_versions_the_plain_one_is_read_and_attachments_are_named() -> None:
    assert body(HEAD + MULTIPART) == [
        (BlockKind.PARAGRAPH, "As text."),
        (BlockKind.PARAGRAPH, "Attachments:"),
        (BlockKind.LIST_ITEM, "notes.txt (text/plain, 1 kB)"),
    ]


def multipart(kind: str, *parts: str) -> str:
    """Return the fields and the parts of a mail or a part with parts."""
    joined = "".join(f"--{kind}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{kind}"\n\n{joined}--{kind}--\n'


HTML = "Content-Type: text/html\n\n<h2>News</h2><p>As <b>HTML</b>.</p>"
PICTURE = "Content-Type: image/png\nContent-ID: <a>\nContent-Transfer-Encoding: base64\n\n" + "QUJD" * 500
REPORT = (
    'Content-Type: application/pdf\nContent-Disposition: attachment; filename="=?utf-8?q?Br=C3=BCcke.pdf?="\n'
    "Content-Transfer-Encoding: base64\n\n" + "QUJD" * 1_000
)
NEWS = [(BlockKind.HEADING, "News"), (BlockKind.PARAGRAPH, "As HTML.")]


def test_html_is_read_as_it_is_meant() -> None:
    assert body(f"{HEAD}{HTML}") == NEWS
    article = read(f"{HEAD}{HTML}")
    assert [article.text[span.start : span.end] for span in article.blocks[3].spans] == ["HTML"]


def test_pictures_in_a_body_are_left_out_and_attachments_named() -> None:
    content = multipart("mixed", multipart("related", HTML, PICTURE), REPORT)
    assert body(HEAD + content) == [
        *NEWS,
        (BlockKind.PARAGRAPH, "Attachments:"),
        (BlockKind.LIST_ITEM, "Brücke.pdf (application/pdf, 3 kB)"),
    ]


def test_attachments_of_the_version_that_is_not_read_are_named() -> None:
    plain = "Content-Type: text/plain\n\nAs text."
    content = multipart("alternative", plain, multipart("mixed", HTML, REPORT))
    assert [text for _, text in body(HEAD + content)] == [
        "As text.",
        "Attachments:",
        "Brücke.pdf (application/pdf, 3 kB)",
    ]


def test_bodies_that_follow_each_other_are_all_read() -> None:
    parts = ["Content-Type: text/plain\n\nFirst of all, this.", "Content-Type: text/markdown\n\n* this"]
    assert body(HEAD + multipart("mixed", *parts)) == [
        (BlockKind.PARAGRAPH, "First of all, this."),
        (BlockKind.LIST_ITEM, "this"),
    ]


def test_a_forwarded_mail_is_a_quotation_with_its_own_headers() -> None:
    inner = "From: Bo <bo@example.org>\nSubject: The\x07 tunnel\nDate: Mon, 3 Mar 2031 10:00:00 +0100\n\nIt is closed now, they say.\n"
    parts = [
        "Content-Type: text/plain\n\nRead this, and tell me.",
        f"Content-Type: message/rfc822\n\n{inner}",
    ]
    content = HEAD + multipart("mixed", *parts)
    assert body(content) == [
        (BlockKind.PARAGRAPH, "Read this, and tell me."),
        (
            BlockKind.QUOTATION,
            "From: Bo <bo@example.org>\nDate: Mon, 3 Mar 2031 10:00:00 +0100\nSubject: The␇ tunnel",
        ),
        (BlockKind.QUOTATION, "It is closed now, they say."),
    ]
    assert [block.quoted for block in read(content).blocks[3:]] == [1, 1]


def test_a_body_that_is_html_alone_is_read_as_text() -> None:
    shown = body(with_part("Content-Type: text/html", "<p>The <b>bridge</b> is open.</p>"))
    assert shown == [(BlockKind.PARAGRAPH, "The bridge is open.")]


def test_lines_and_indents_of_html_say_nothing() -> None:
    html = "<div>\n\n    <p>The bridge\n    is open.</p>\n\n        <p>At last.</p>\n</div>"
    shown = body(with_part("Content-Type: text/html", html))
    assert [(kind, text) for kind, text in shown if kind is BlockKind.CODE] == []
    assert " ".join(text for _, text in shown).split() == ["The", "bridge", "is", "open.", "At", "last."]


def test_a_diff_in_a_body_keeps_its_lines() -> None:
    diff = "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-one\n+two"
    assert body(f"{HEAD}\nHello,\n\nthis mends it.\n\n{diff}\n")[1:] == [
        (BlockKind.PARAGRAPH, "this mends it."),
        (BlockKind.CODE, diff),
    ]


def test_a_salutation_is_no_title() -> None:
    kinds = [kind for kind, _ in body(f"{HEAD}\nHello\n\nThe bridge is open, and it is long.")]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_a_mail_without_a_body_or_a_subject_is_read() -> None:
    assert read(HEAD).text.startswith("The bridge\n\nFrom: Anna")
    assert read("From: Anna\nDate: yesterday\n\nText.").title == "a"
    with pytest.raises(UnreadableError, match=r"a\.eml is empty"):
        read("X-Nothing: 1\n\n")


def test_controls_in_headers_become_visible() -> None:
    article = read("From: a\nSubject: =?utf-8?q?a=1b=5b2Jb=0ac?=\n\nText.\x1b[2J\x07")
    assert article.title == "a␛[2Jb c"
    assert article.text.endswith("Text.␇")


@pytest.mark.parametrize(
    ("text", "is_mail"),
    [
        (f"{HEAD}\nText.", True),
        (f"From anna@example.org Tue Mar  4 10:00:00 2031\n{HEAD}\nText.", True),
        ("Received: from a\n\tby b\nFrom: a\nDate: b\n\nText.", True),
        (f"From {'0a' * 20} Mon Sep 17 00:00:00 2001\n{HEAD}\nText.", False),
        ("Subject: words\n\nText.", False),
        ("From: the harbour\nto the old town\n\nText.", False),
        ("From: me\nSubject: words", False),
        ("", False),
    ],
)
def test_a_mail_is_told_by_its_headers(text: str, *, is_mail: bool) -> None:
    assert looks_like_mail(text) is is_mail


@given(st.binary(), st.binary())
def test_damage_raises_nothing_but_that_it_is_unreadable(fields: bytes, payload: bytes) -> None:
    with suppress(UnreadableError):
        read(b"From: a\nContent-Type: " + fields + b"\n\n" + payload)


HOSTILE = {
    "semicolons": "Content-Type: text/plain;" + ";" * 500_000,
    "folded": "Content-Type: text/plain" + "\n ;" * 50_000,
    "encoded words": "Subject: " + "=?a?q?" * 100_000,
    "addresses": "From: " + "(" * 500_000,
    "parts": "Content-Type: multipart/mixed; boundary=b\n\n"
    + "--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 9_000,
    "messages": "Content-Type: message/rfc822\n\n" * 20_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_mail_takes_a_moment(kind: str) -> None:
    started = time.process_time()
    with suppress(UnreadableError):
        read(f"From: a\n{HOSTILE[kind]}\n\nText.")
    assert time.process_time() - started < 5
