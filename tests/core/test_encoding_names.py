"""The names of encodings and languages that the user can choose."""

import pytest

from pactreader.core.encoding_names import (
    TOLD_BY_THE_TEXT,
    encoding_name,
    language_code,
    web_encoding_name,
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Windows-1251", "cp1251"), ("SJIS", "shift_jis"), ("utf8", "utf-8"), ("latin 1", "iso8859-1")],
)
def test_an_encoding_has_the_name_that_python_gives_it(typed: str, name: str) -> None:
    assert encoding_name(typed) == name


@pytest.mark.parametrize(
    "typed", ["", "klingon", "hex", "rot13", "zip", "idna", "punycode", "undefined", "a\0b", "x" * 9999]
)
def test_what_no_file_is_written_in_is_no_encoding(typed: str) -> None:
    assert encoding_name(typed) == ""


@pytest.mark.parametrize(
    ("typed", "code"),
    [("de", "de"), ("de-AT", "de"), ("ZH_Hant", "zh"), ("", ""), ("German!", ""), ("e", "")],
)
def test_a_language_is_the_first_part_of_its_tag(typed: str, code: str) -> None:
    assert language_code(typed) == code


def test_ascii_is_no_claim_of_a_server_that_overrules_the_text():
    assert web_encoding_name("us-ascii") in TOLD_BY_THE_TEXT
