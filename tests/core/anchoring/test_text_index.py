from pactreader.core.anchoring.text_index import TextIndex

TEXT = "plain words here " * 50 + "the vague treaty holds " + "other words there " * 50


def test_the_densest_window_has_the_rare_words():
    index = TextIndex(TEXT)
    window = index.densest_windows(["the", "vague", "treaty", "unknown"], 8, 3)[0]

    assert {"vague", "treaty"} <= set(index.tokens.keys[window.start : window.stop])


def test_a_passage_has_the_tokens_that_are_partly_in_it():
    index = TextIndex("one two three")

    assert list(index.slice_of(2, 5)) == [0, 1]


def test_tokens_adjoin_only_without_others_between_them():
    index = TextIndex("It was so. Then it ended.")

    assert index.has_adjoining(["so", "."], ["then", "it"])
    assert not index.has_adjoining(["so"], ["then"])
    assert index.has_adjoining([], ["it", "was"])
    assert not index.has_adjoining([], ["then"])
    assert index.has_adjoining(["ended", "."], [])


def test_lines_begin_behind_line_breaks():
    index = TextIndex("one two\nthree")

    assert [index.begins_line(each) for each in range(4)] == [True, False, True, True]
