from pactreader.core.anchoring.candidates import Candidate, Comparison, Quote
from pactreader.core.anchoring.description import describe
from pactreader.core.anchoring.text_index import TextIndex
from pactreader.core.annotation import Anchor

FORMER = "Winter came early. The agreement remains vague on aggression. Nobody knows why it does."
QUOTE = "The agreement remains vague on aggression."


def anchor() -> Anchor:
    start = FORMER.index(QUOTE)
    return describe(FORMER, start, start + len(QUOTE))


def best(text: str) -> Candidate:
    index = TextIndex(text)
    return max(Comparison(Quote(anchor(), index), index).similar_passages(), key=lambda each: each.score)


def test_an_edited_passage_is_a_candidate_with_its_context():
    text = FORMER.replace("remains vague", "is still vague")

    candidate = best(text)

    assert text[candidate.start : candidate.end] == "The agreement is still vague on aggression."
    assert 0.5 < candidate.coverage < 1
    assert candidate.before == candidate.behind == 1


def test_a_replaced_first_word_is_in_the_candidate():
    text = FORMER.replace("The agreement", "This agreement")

    candidate = best(text)

    assert text[candidate.start : candidate.end].startswith("This agreement")


def test_a_passage_in_its_old_surroundings_scores_more():
    edited = QUOTE.replace("remains", "is")

    assert best(FORMER.replace(QUOTE, edited)).score > best(f"Other words here. {edited} Other words.").score


def test_a_gap_is_closed_when_the_quote_is_removed():
    for text, is_closed in ((FORMER.replace(f"{QUOTE} ", ""), True), (FORMER, False)):
        index = TextIndex(text)
        assert Comparison(Quote(anchor(), index), index).is_gap_closed() is is_closed


def test_words_cut_by_the_context_are_left_out():
    text = (
        "x" * 30
        + " wordone wordtwo "
        + QUOTE
        + " behind it all the same comes more and more and much more text"
    )
    start = text.index(QUOTE)
    quote = Quote(describe(text, start, start + len(QUOTE))._replace(prefix=text[10:start]), TextIndex(text))

    assert quote.keys[:2] == ["wordone", "wordtwo"]
