from pactreader.core.search import folded, mentions


def test_words_are_found_whatever_their_case_and_accents():
    test = mentions(("etat", "Kim"))

    assert test("L’État de KIM")
    assert not test("L’État")


def test_folding_knows_more_than_ascii():
    assert folded("ẞtraße") == "sstrasse"
    assert folded("한국") == folded("한국")
