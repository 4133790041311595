import builtins

import pytest

from pactreader.core.words import words_in


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in words_in(text, 0)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ภาษาไทยเป็นภาษา 5 ๑๒ ok", ["ภาษา", "ไทย", "เป็น", "ภาษา", "5", "๑๒", "ok"]),
        ("ພາສາລາວເປັນພາສາ", ["ພາສາ", "ລາວ", "ເປັນ", "ພາສາ"]),
        ("ភាសាខ្មែរជាភាសា", ["ភាសាខ្មែរ", "ជា", "ភាសា"]),
        ("မြန်မာဘာသာစကားသည်", ["မြန်မာဘာသာ", "စကား", "သည်"]),
        ("Das ist’s: 日本語 한국어 U.S. 3.5", ["Das", "ist’s", "日", "本", "語", "한국어", "U.S", "3.5"]),
    ],
)
def test_words_are_found_in_every_script(text, parts):
    assert words(text) == parts


def test_without_icu_words_of_thai_are_clusters(monkeypatch):
    original = builtins.__import__

    def without_icu(name, *args):
        if name.startswith("icu4py"):
            raise ImportError(name)
        return original(name, *args)

    monkeypatch.setattr(builtins, "__import__", without_icu)

    assert words("ไทยน้ำ is") == ["ไท", "ย", "น้ำ", "is"]


def test_offsets_are_counted_from_the_start():
    assert list(words_in("a ไทย", 10)) == [(10, 11), (12, 15)]
