from pactreader.core.anchoring.stretches import MatchedWord, heaviest_stretch

PASSAGE = "one two three"
WORDS = [(0, 3), (4, 7), (8, 13)]


def matched(*present: tuple[int, int]) -> list[MatchedWord]:
    return [MatchedWord(1.0, *word, *place) for word, place in zip(WORDS, present, strict=True)]


def test_words_that_stand_together_are_one_stretch():
    text = "so one two three"

    assert heaviest_stretch(matched((3, 6), (7, 10), (11, 16)), PASSAGE, 0, text) == (0, 3)


def test_a_word_far_away_is_not_in_the_stretch():
    text = "one" + " other" * 100 + " two three"
    end = len(text)

    assert heaviest_stretch(matched((0, 3), (end - 9, end - 6), (end - 5, end)), PASSAGE, 0, text) == (1, 3)


def test_a_stretch_does_not_cross_paragraphs():
    text = "one two\n\nthree"

    assert heaviest_stretch(matched((0, 3), (4, 7), (9, 14)), PASSAGE, 0, text) == (0, 2)
