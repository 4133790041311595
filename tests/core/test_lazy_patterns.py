"""Patterns that are compiled when they are first used."""

import re

import pytest

from pactreader.core.lazy_patterns import lazy_pattern


def test_a_pattern_matches_as_a_compiled_one() -> None:
    word = lazy_pattern(r"(?P<first>[a-z])[a-z]+", re.IGNORECASE)

    assert [found["first"] for found in word.finditer("One two")] == ["O", "t"]
    assert word.fullmatch("One")
    assert word.sub("·", "One two") == "· ·"
    assert word.pattern == r"(?P<first>[a-z])[a-z]+"


def test_a_pattern_of_bytes_matches_bytes() -> None:
    assert lazy_pattern(rb"\d+").findall(b"1 and 23") == [b"1", b"23"]


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    wrong = lazy_pattern("(")

    with pytest.raises(re.error):
        wrong.match("")
