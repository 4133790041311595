from itertools import pairwise
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pactreader.core.errors import PactReaderError
from pactreader.core.search import SearchableText, fold, join_divided_words


def matches(text: str, typed: str) -> list[str]:
    return [text[slice(*hit)] for hit in SearchableText(text).find(typed)]


def test_folding_removes_case_and_diacritics():
    assert fold("ẞtraße") == "sstrasse"
    assert fold("L’État de KIM") == "l'etat de kim"
    assert fold("한국") == "한국"
    assert fold("ΟΔΟΣ") == fold("οδος")
    assert fold("が") != fold("か")


def test_folding_removes_typography():
    assert fold("“mis­chief” — it’s 1939–45") == '"mischief" - it\'s 1939-45'


@pytest.mark.parametrize(
    ("text", "typed", "hits"),
    [
        ("The agreement remains\nvague.", "remains vague", ["remains\nvague"]),
        ("ends here.\n\nBegins there.", "here. begins", ["here.\n\nBegins"]),
        ("Kim Jong Un", "kim", ["Kim"]),
        ("a pact, the Pact", "Pact", ["Pact"]),
        ("l’État, l'etat", "l'etat", ["l’État", "l'etat"]),
        ("e\u0301tat", "etat", ["e\u0301tat"]),
        ("“Who decides?”", '"who', ["“Who"]),
        ("1939–45 — 1939-45", "1939-45", ["1939–45", "1939-45"]),
        ("ag\u00adgres\u00adsion", "aggression", ["ag\u00adgres\u00adsion"]),
        ("of\ufb01ce", "office", ["of\ufb01ce"]),
        ("of\ufb01ce", "if", []),
        ("die Straße", "strasse", ["Straße"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("북한의 조약", "조약", ["조약"]),
        ("a  b", "a b", ["a  b"]),
        ("a well-\nknown treaty", "well-\nknown", ["well-\nknown"]),
        ("agres\u00ad sion", "agres\u00ad sion", ["agres\u00ad sion"]),
        ("anything", "", []),
        ("anything", "  ", []),
        ("Article 4 and article 12", r"re:article \d+", ["Article 4", "article 12"]),
        ("Article 4 and article 12", r"re:Article \d+", ["Article 4"]),
        ("nothing", "re:x*", []),
        ("nothing", "re:", []),
    ],
)
def test_find_ignores_line_ends_accents_case_and_typography(text, typed, hits):
    assert matches(text, typed) == hits


SIGNS = st.sampled_from("aAbéÉe\u0301\u0301\u00ad  \n\n\t\ufb01ßk’'–-한…İς")


@given(text=st.text(SIGNS, max_size=40), data=st.data())
def test_every_part_of_a_text_finds_only_itself(text, data):
    start = data.draw(st.integers(0, len(text)))
    typed = text[start : data.draw(st.integers(start, len(text)))].strip()
    assume(not typed.startswith(("-", "\u00ad")))  # it divides a word only behind its first part
    hits = SearchableText(text).find(typed)

    def normalised(passage):  # hyphens at line ends are optional
        return " ".join(fold(join_divided_words(passage)).replace("-", "").split())

    assert all(normalised(text[slice(*hit)]) == normalised(typed) for hit in hits)
    assert all(before.end <= after.start for before, after in pairwise(hits))
    assert hits or not normalised(typed)


@given(text=st.text(SIGNS, max_size=200), typed=st.text(SIGNS, max_size=3))
def test_matches_are_the_same_by_index_and_by_slice(text, typed):
    hits = SearchableText(text).find(typed)

    assert list(hits[:]) == [hits[index] for index in range(len(hits))]


@pytest.mark.parametrize("pattern", ["re:(", "re:[", "re:*a"])
def test_an_invalid_regular_expression_is_an_error(pattern):
    with pytest.raises(PactReaderError, match="no regular expression"):
        SearchableText("text").find(pattern)


def test_an_endless_regular_expression_is_an_error():
    with pytest.raises(PactReaderError, match="too long"):
        SearchableText("a" * 40 + "!").find("re:(a|aa)+$")


@pytest.mark.parametrize(
    ("text", "typed", "hits"),
    [
        ("The program is speci‐\n       fied.", "specified", ["speci‐\n       fied"]),
        ("driven by indus-\ntrial work", "industrial work", ["indus-\ntrial work"]),
        ("ag\u00ad\ngression", "aggression", ["ag\u00ad\ngression"]),
        ("a well-\nknown and well-known one", "well-known", ["well-\nknown", "well-known"]),
        ("a well-\nknown and well-known one", "wellknown", ["well-\nknown"]),
        ("-\na - \nb-\n\nc", "ab", []),
        ("1939-\n45", "193945", []),
        ("the indus- trial town, in- and outside", "industrial", ["indus- trial"]),
        ("the indus- trial town, in- and outside", "in- and out", ["in- and out"]),
        ("the indus- trial town, in- and outside", "and outside", ["and outside"]),
        ("one - two- three", "onetwo", []),
        ("Диагональ, йод и и\u0306од", "йод", ["йод", "и\u0306од"]),
        ("й", "и", []),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국", ["\u1112\u1161\u11ab\u1100\u116e\u11a8"]),
        ("ｶﾞｸ ガク カク", "ガク", ["ｶﾞｸ", "ガク"]),
        ("1½ cups", "1/2 cups", ["1½ cups"]),
        ("21½ cups, 11/2", "1 1/2 c", ["1½ c"]),
        ("21½ cups, 11/2", "11/2", ["11/2"]),
        ("كتـــاب ٣٥", "کتاب 35", ["كتـــاب ٣٥"]),
        ("said ‹so› and 「so」", "'so'", ["‹so›"]),
        ("said ‹so› and 「so」", '"so"', ["「so」"]),
        ("Łódź, ŁÓDŹ", "Lodz", ["Łódź"]),
    ],
)
def test_find_ignores_how_words_are_divided_and_written(text, typed, hits):
    assert matches(text, typed) == hits


@pytest.mark.parametrize(
    ("pattern", "is_exact"),
    [
        (r"re:\S+act", False),
        (r"re:\P{L}*pact", False),
        (r"re:\bp\w+\B\w", False),
        (r"re:[[:Alpha:]]act", False),
        (r"re:(?P<Word>p)act", False),
        (r"re:\x70act", False),
        (r"re:\N{LATIN SMALL LETTER P}act", False),
        (r"re:\bPact", True),
        (r"re:[P]act", True),
        (r"re:\\?Pact", True),
        (r"re:\p{Lu}act", True),
    ],
)
def test_only_a_capital_typed_as_a_letter_makes_a_pattern_exact(pattern, is_exact):
    found = matches("The Pact\n pact, PACT\npact", pattern)

    assert ("PACT" in "".join(found)) == (not is_exact)


LETTERS = st.sampled_from(
    [*"aбйи\u0306がか\u3099한ᄒ\u1161\u11ab½łæß«’", "-\n", "‐\n  ", "- ", " ", "क\u093c"]
)


def test_a_voicing_mark_without_a_letter_is_a_letter_of_its_own():
    assert list(SearchableText("\u3099\u3099").find("\u3099")) == [(0, 1), (1, 2)]


@given(parts=st.lists(LETTERS, max_size=40), data=st.data())
def test_hits_are_in_order_and_say_what_was_typed(parts, data):
    start = data.draw(st.integers(0, len(parts)))
    text, typed = "".join(parts), "".join(parts[start : data.draw(st.integers(start, len(parts)))])
    hits = SearchableText(text).find(typed)

    assert all(0 <= start < end <= len(text) for start, end in hits)
    assert all(before.end <= after.start for before, after in pairwise(hits))


def test_a_text_of_one_sign_is_searched_in_little_time():
    for sign in ("-\n", "a-\n", "a- ", "- ", "\u00ad\n", "\u0306", "ᄒ\u1161", "½", "-\n" + " " * 99):
        text = SearchableText(sign * (1_000_000 // len(sign)))
        started = process_time()
        text.find("a-b")
        text.find("ab")
        assert process_time() - started < 10


WORDS = st.sampled_from(
    ["a", "bé", "“of\ufb01ce”", "ag\u00adgres", "indus-\ntrial", "in-", "2½", "北한", "x"]
)
GAPS = st.sampled_from([" ", "  ", "\n", "\n\n", " \n\n    ", "\u00ad ", "- "])
PROSE = st.lists(st.tuples(WORDS, GAPS).map("".join), max_size=30).map("".join)


@given(text=PROSE, data=st.data(), length=st.integers(1, 20))
def test_hits_are_the_same_in_pieces_of_any_length(text, data, length):
    start = data.draw(st.integers(0, len(text)))
    typed = text[start : data.draw(st.integers(start, len(text)))].strip()
    folded = fold(typed)
    assume(not any(folded.startswith(folded[index:]) for index in range(1, len(folded))))

    search = SearchableText(text, piece_length=length).search(typed, start=start)
    while not search.advance(0):
        pass

    assert list(search.hits) == list(SearchableText(text).find(typed))


def test_a_search_begins_at_its_start_and_comes_to_what_is_before_it_last():
    words = " ".join(f"word{n}" for n in range(400))
    search = SearchableText(words, piece_length=100).search("word", start=words.index("word200"))

    assert not search.advance(0)
    assert 0 < len(search.hits) < 100
    assert search.hits[0].start <= words.index("word200") < search.hits[-1].start
    while not search.has_reached_end:
        search.advance(0)
    assert search.hits[-1].start == words.index("word399")
    while not search.advance(0):
        pass
    assert len(search.hits) == 400
    assert search.hits[0].start == 0


def test_a_cancelled_regular_expression_is_not_searched_on():
    search = SearchableText("a" * 40 + "!").search("re:(a|aa)+$")
    search.cancel()
    assert not search.advance(0)
