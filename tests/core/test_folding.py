import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.folding import fold


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Łódź", "lodz"),
        ("Søren Đorđe", "soren dorde"),
        ("Æther œuvre", "aether oeuvre"),
        ("Straße STRAẞE", "strasse strasse"),
        ("Þing, ðað", "thing, dad"),
        ("ıssız İzmir", "issiz izmir"),
        ("Hawaiʻi, Oʼahu", "hawai'i, o'ahu"),
        ("ħelu ŧ ƀ ɓ ɗ ɨ ʉ ŋ", "helu t b b d i u n"),
        ("Əliyev", "eliyev"),
        ("Việt Đông", "viet dong"),
        ("ΟΔΟΣ Ἀθήνα", "οδοσ αθηνα"),
        ("½ ⅓ 3⁄4", "1/2 1/3 3/4"),
        ("« a » „b“ ‹c› ‚d‘ 「e」『f』 〝g〟 ＂h＂ ❝i❞", '" a " "b" \'c\' \'d\' "e""f" "g" "h" "i"'),
        ("it’s ′ ″ `", "it's ' \" `"),
        ("a‐b–c—d−e־f", "a-b-c-d-e-f"),
        ("ag\u00adgres\u00adsion", "aggression"),
        ("ﬁn № ２", "fin no 2"),
        ("за́мок", "замок"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد أحمد", "محمد احمد"),
        ("كتـــاب کتاب یک مكتبة على", "كتاب كتاب يك مكتبه علي"),
        ("٣٥ ۳۵ १२ ๕", "35 35 12 5"),
        ("1½ cups, 12¾, ½", "1 1/2 cups, 12 3/4, 1/2"),
        ("2×3", "2x3"),
        ("❤\ufe0f", "❤"),
        ("क़लम", "कलम"),
    ],
)
def test_letters_and_signs_are_what_people_type(text, typed):
    assert fold(text) == typed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("й", "и"), ("ї", "і"), ("ў", "у"), ("ѓ", "г"),
        ("が", "か"), ("ぱ", "は"), ("ヴ", "ウ"), ("각", "가"),
        ("ड़", "ड"), ("ঢ়", "ঢ"), ("ਸ਼", "ਸ"), ("क्या", "कया"),
        ("ดู", "ด"), ("ข้าว", "ขาว"), ("ກໍ", "ກ"),
    ],
)  # fmt: skip
def test_a_mark_that_makes_another_letter_is_kept(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["йод", "їжак", "がく", "パン", "한국어", "क़", "é", "Việt", "อำ"])
def test_a_letter_and_its_parts_are_the_same(text):
    parts, whole = unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text)

    assert fold(parts) == fold(whole)


def test_half_width_kana_are_the_same():
    assert fold("ｶﾞｸ") == fold("ガク")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_folding_twice_changes_nothing(text):
    once = fold(text)

    assert fold(once) == once
