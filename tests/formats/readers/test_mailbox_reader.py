"""Mailboxes: each mail is a section, with its subject as the heading."""

import time
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.errors import UnreadableError
from pactreader.formats.article_formats import CODE, MAIL, MAILBOX, find_format
from pactreader.formats.origin import Origin
from pactreader.formats.readers.mail_reader import read_mailbox
from pactreader.formats.sources import read_source

START = "From anna@example.org Tue Mar  4 10:00:00 2031\n"


def mail(subject, body, sender="Anna <anna@example.org>", date="Tue, 4 Mar 2031 10:00:00 +0100"):
    return f"{START}From: {sender}\nSubject: {subject}\nDate: {date}\n\n{body}\n\n"


TWO = mail("The bridge", "It is open now, they say.\n\n>From here you can see it.") + mail(
    "Re: The bridge",
    "Content.\n\nFrom afar too.",
    "=?utf-8?q?J=C3=BCrgen?= <j@example.org>",
    "Wed, 5 Mar 2031 9:00 +0100",
)


def read(content):
    data = content if isinstance(content, bytes) else content.encode()
    return read_mailbox(data, Origin("a.mbox", "a", "/a.mbox"))


def texts(article):
    return [article.block_text(block) for block in article.blocks]


def test_each_mail_is_a_section():
    article = read(TWO)
    assert texts(article) == [
        "The bridge",
        "From: Anna <anna@example.org>\nDate: Tue, 4 Mar 2031 10:00:00 +0100",
        "It is open now, they say.",
        "From here you can see it.",
        "Re: The bridge",
        "From: Jürgen <j@example.org>\nDate: Wed, 5 Mar 2031 9:00 +0100",
        "Content.",
        "From afar too.",
    ]
    assert [(entry.title, entry.level) for entry in article.contents] == [
        ("The bridge · Anna, 2031-03-04", 1),
        ("Re: The bridge · Jürgen, 2031-03-05", 1),
    ]
    assert [article.text[entry.offset :].split("\n")[0] for entry in article.contents] == [
        "The bridge",
        "Re: The bridge",
    ]
    assert article.places.at(article.text.index("afar")) == "Jürgen, 2031-03-05"


def test_a_thread_has_its_subject_as_the_title_and_others_that_of_the_file():
    assert read(TWO).title == "The bridge"
    assert read(TWO + mail("Another", "Text.")).title == "a"


def test_one_mail_alone_is_read_as_a_mail():
    article = read(mail("The bridge", "It is open."))
    assert (article.title, article.author, article.contents) == ("The bridge", "Anna", ())


@pytest.mark.parametrize(
    "content", ["", "hello no from", "From \n" * 5, "From here it is seen.\n\nNo field."]
)
def test_a_mailbox_without_a_mail_is_a_text_or_empty(content):
    if content:
        assert read(content).text.split() == content.split()
    else:
        with pytest.raises(UnreadableError, match="is empty"):
            read(content)


def test_headings_of_a_mail_are_below_its_subject():
    html = mail("One", "x").replace("\n\nx", "\nContent-Type: text/html\n\n<h1>Top</h1><p>Text.</p>")
    article = read(html + mail("", "Text."))
    levels = [(block.level, article.block_text(block)) for block in article.headings]
    assert levels == [(1, "One"), (2, "Top"), (1, "(no subject)")]
    assert len(article.contents) == 2


def test_a_mail_that_is_no_text_does_not_hide_the_others():
    binary = mail("Bad", "x").encode().replace(b"\n\nx", b"\n\n" + bytes(range(8)) * 40)
    assert texts(read(binary + mail("Good", "Text.").encode()))[1:3] == [
        "(This mail cannot be read.)",
        "Good",
    ]


def test_a_mailbox_is_known_by_its_content(tmp_path):
    assert find_format(TWO.encode()) is MAILBOX
    assert find_format(TWO.replace("\n", "\r\n").encode(), file_name="archive.txt") is MAILBOX
    assert find_format(b"", file_name="a.mbox") is MAILBOX
    assert find_format(TWO.removeprefix(START).encode()) is MAIL
    patch = (
        TWO.replace(START, f"From {'0a' * 20} Mon Sep 17 00:00:00 2001\n", 1)
        + "diff --git a/a b/a\n@@ -1 +1 @@\n"
    )
    assert find_format(patch.encode()) is CODE
    assert len(read_source("-", BytesIO(TWO.replace("\n", "\r\n").encode())).contents) == 2


def test_words_that_look_like_the_line_before_a_mail_divide_nothing():
    body = "From Anna I heard at 10:00 that it is open.\nAnd more."
    assert len(read(mail("a", body) + mail("b", "Text.")).contents) == 2


@given(st.binary())
def test_damage_raises_nothing_but_that_it_is_unreadable(damage):
    with suppress(UnreadableError):
        read(TWO.encode() + damage + TWO.encode())


def seconds(count):
    content = "".join(
        mail(f"Mail {number}", "Some words.\n\n> A quotation.\n\nMore.") for number in range(count)
    )
    started = time.process_time()
    assert len(read(content).contents) == count
    return time.process_time() - started


def test_the_time_grows_with_the_number_of_mails():
    assert seconds(2_000) < 8 * seconds(500) + 1


@pytest.mark.parametrize("line", ["From ", ">" * 1_000, START, "From a 1:1", "\n"])
def test_hostile_lines_take_a_moment(line):
    started = time.process_time()
    with suppress(UnreadableError):
        read(TWO + line * (1_000_000 // len(line)))
    assert time.process_time() - started < 10
