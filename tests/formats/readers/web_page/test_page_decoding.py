import pytest

from pactreader.core.encoding_names import web_encoding_name
from pactreader.core.errors import UnreadableError
from pactreader.formats.readers.web_page.page_decoding import decode_page

HEAD = '<html><head><meta charset="{}"></head><body>{}</body></html>'


def decoded(markup: str, codec: str, chosen: str = "") -> str:
    return decode_page(markup.encode(codec), "a", chosen).text


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("iso-8859-1", "cp1252", "“naïve” – 5 €"),
        ("us-ascii", "cp1252", "“naïve”"),
        ("windows-1251", "cp1251", "Привет, мир"),
        ("x-sjis", "cp932", "日本語のページ"),
        ("gb2312", "gb18030", "中文网页"),
        ("utf-8", "utf-8", "naïve"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(declared, codec, text):
    assert text in decoded(HEAD.format(declared, text), codec)


def test_the_encoding_that_was_chosen_counts_more():
    assert "Привет" in decoded(HEAD.format("iso-8859-1", "Привет"), "cp1251", "cp1251")


def test_a_byte_order_mark_counts_more_than_what_is_declared():
    assert "naïve" in decoded("\ufeff" + HEAD.format("cp1251", "naïve"), "utf-8")
    assert "naïve" in decoded("\ufeff" + HEAD.format("cp1251", "naïve"), "utf-16-le")


def test_valid_utf8_is_utf8_whatever_it_declares():
    assert "naïve – 日本" in decoded(HEAD.format("iso-8859-1", "naïve – 日本"), "utf-8")


def test_a_declaration_far_into_the_page_does_not_count():
    far = " " * 1_100 + HEAD.format("cp866", "Привет, мир, как дела, все хорошо")
    assert "Привет" in decoded(far, "cp1251")


@pytest.mark.parametrize(("label", "codec"), [("latin1", "cp1252"), ("x-user-defined-9", ""), ("hex", "")])
def test_names_of_encodings_are_those_of_browsers(label, codec):
    assert web_encoding_name(label) == codec


def test_a_few_nuls_are_dropped_and_many_are_no_page():
    page = HEAD.format("utf-8", "Words and more words. " * 9)
    assert "Words and" in decoded(page.replace("and", "an\0d", 1), "utf-8")
    with pytest.raises(UnreadableError, match="binary"):
        decoded(page.replace(" ", "\0"), "utf-8")
