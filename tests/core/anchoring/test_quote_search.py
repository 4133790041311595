"""Placing by quote and context alone, driven through the locator."""

from time import thread_time

import pytest

from pactreader.core.anchoring.description import describe
from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement, PlacementKind

FORMER = """The pact was signed in June. Both capitals celebrated it for three days.

The agreement remains vague on what constitutes aggression. Nobody asked why it does.

Both parties keep silent about the railway. Its last bridge was never rebuilt."""


def placed(quote: str, text: str, former: str = FORMER) -> Placement:
    """Return the placement in a text of a quote of a former text that is not known."""
    start = former.index(quote)
    return Locator(text).place(describe(former, start, start + len(quote)))


def found(placement: Placement, text: str) -> str:
    return text[placement.start : placement.end]


def test_a_changed_word_changes_the_passage():
    text = FORMER.replace("remains vague", "is still vague")
    placement = placed("The agreement remains vague on what constitutes aggression.", text)

    assert placement.kind is PlacementKind.CHANGED
    assert found(placement, text) == "The agreement is still vague on what constitutes aggression."


def test_a_deleted_sentence_is_not_found():
    text = FORMER.replace(" Nobody asked why it does.", "")

    assert placed("Nobody asked why it does.", text).kind is PlacementKind.LOST


def test_an_old_wording_quoted_earlier_is_not_the_passage():
    quote = "The agreement remains vague on what constitutes aggression."
    edited = quote.replace("remains vague", "remains deliberately vague")
    text = f"An earlier draft said: {quote} It was leaked.\n\n{FORMER.replace(quote, edited)}"
    placement = placed(quote, text)

    assert placement.kind is PlacementKind.CHANGED
    assert found(placement, text) == edited


def test_a_word_in_other_surroundings_is_doubtful():
    text = FORMER.replace("silent about the railway", "silent") + "\n\nAnother chapter has a railway too."

    assert not placed("railway", text).found


def test_of_two_equal_passages_in_equal_surroundings_none_is_taken():
    filler = "Words of another chapter stand here. " * 10
    text = filler + FORMER + filler + FORMER + filler
    middle = (text.index("Nobody") + text.rindex("Nobody")) // 2
    start = FORMER.index("Nobody asked")
    anchor = describe(FORMER, start, start + len("Nobody asked"))._replace(start=middle, end=middle + 12)

    placement = Locator(text).place(anchor)

    assert placement.kind is PlacementKind.DOUBTFUL


def test_a_quote_that_was_the_whole_text_reaches_to_its_ends():
    former, text = "Ours was a vague treaty.", "This was a vague treaty indeed."

    assert found(placed(former, text, former), text) == text


@pytest.mark.parametrize(
    ("former", "text"),
    [
        ("가" * 20_000, "나" + "가" * 10_000 + "다" + "가" * 9_000),
        (". " * 20_000, "x " + ". " * 19_000),
        ("ab " * 10_000, "ab " * 5_000 + "cd " + "ab " * 5_000),
        ("e\u0301\u0323 " * 5_000, "e\u0323\u0301 " * 5_001),
        ("\ud800 word " * 5_000, "word \ud800 " * 5_000),
    ],
    ids=["one grapheme", "full stops", "one word", "combining marks", "surrogates"],
)
@pytest.mark.parametrize("length", [3, 9_000])
def test_monotonous_texts_take_little_time(former, text, length):
    anchor = describe(former, 100, 100 + length)
    began = thread_time()

    Locator(text).place(anchor)

    assert thread_time() - began < 3
