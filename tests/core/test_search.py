from pactreader.core.search import folded


def test_folding_knows_more_than_ascii():
    assert folded("ẞtraße") == "sstrasse"
    assert folded("L’État de KIM") == "l'etat de kim"
    assert folded("한국") == folded("한국")


def test_typography_counts_for_nothing():
    assert folded("“mis­chief” — it’s 1939–45") == '"mischief" - it\'s 1939-45'
