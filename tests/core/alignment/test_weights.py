from pactreader.core.alignment.weights import Weights

TEXT = ["the"] * 30 + ["treaty"] * 3 + ["aggression", ",", "日", "🎉", "of"]


def test_rare_words_weigh_more_than_frequent_ones():
    weights = Weights(TEXT)

    assert weights["aggression"] == 1
    assert weights["aggression"] > weights["treaty"] > weights["the"] > 0


def test_signs_graphemes_and_short_words_weigh_less():
    weights = Weights(TEXT)

    assert weights[","] < weights["日"] == weights["🎉"] < weights["of"] < weights["aggression"]


def test_the_greater_of_two_counts_decides():
    assert Weights(["word"], ["word"] * 9)["word"] == Weights(["word"] * 9)["word"]
