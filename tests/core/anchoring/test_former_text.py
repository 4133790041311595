"""Placing by the former text, driven through the locator."""

from pactreader.core.anchoring.description import describe
from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.article import text_hash_of

FORMER = """The pact was signed in June.

The agreement remains vague on what constitutes aggression. Nobody asked why.

The Eq trait doesn't have any methods. The Copy trait doesn't have any methods.

Both parties keep silent about the railway."""


def placed(quote: str, text: str, former: str = FORMER) -> Placement:
    """Return the placement in a text of a quote of the former text."""
    start = former.index(quote)
    text_hash = text_hash_of(former)
    anchor = describe(former, start, start + len(quote), text_hash)
    return Locator(text, {text_hash: former}).place(anchor)


def found(placement: Placement, text: str) -> str:
    return text[placement.start : placement.end]


def test_a_fixed_typo_changes_the_passage():
    former = FORMER.replace("vague", "vaque")
    placement = placed("The agreement remains vaque on what constitutes aggression.", FORMER, former)

    assert placement.kind is PlacementKind.CHANGED
    assert found(placement, FORMER) == "The agreement remains vague on what constitutes aggression."


def test_an_inserted_paragraph_moves_the_passage():
    text = f"A paragraph was put before it.\n\n{FORMER}"
    placement = placed("Nobody asked why.", text)

    assert placement.kind is PlacementKind.MOVED
    assert found(placement, text) == "Nobody asked why."


def test_a_paragraph_moved_to_the_end_is_moved():
    paragraphs = FORMER.split("\n\n")
    text = "\n\n".join([paragraphs[0], *paragraphs[2:], paragraphs[1]])
    placement = placed("Nobody asked why.", text)

    assert placement.kind is PlacementKind.MOVED
    assert found(placement, text) == "Nobody asked why."


def test_a_deleted_sentence_is_lost_where_it_was():
    text = FORMER.replace(" Nobody asked why.", "")
    placement = placed("Nobody asked why.", text)

    end_of_its_paragraph = text.index("\n\nThe Eq")
    assert placement == (PlacementKind.LOST, end_of_its_paragraph, end_of_its_paragraph, 0.0)


def test_a_deleted_sentence_is_not_found_at_its_twin():
    text = FORMER.replace("The Eq trait doesn't have any methods. ", "")

    assert placed("The Eq trait doesn't have any methods.", text).kind is PlacementKind.LOST


def test_an_old_wording_quoted_earlier_is_not_the_passage():
    quote = "The agreement remains vague on what constitutes aggression."
    edited = quote.replace("remains vague", "remains deliberately vague")
    text = f"An earlier draft said: {quote}\n\n{FORMER.replace(quote, edited)}"
    placement = placed(quote, text)

    assert placement.kind is PlacementKind.CHANGED
    assert found(placement, text) == edited


def test_curly_quotes_and_soft_hyphens_leave_the_passage_exact():
    text = FORMER.replace("'", "’").replace("agreement", "agree\u00adment").replace(" what", "\u00a0what")
    for quote in ("The Copy trait doesn't have any methods.", "The agreement remains vague on what"):
        assert placed(quote, text).kind is PlacementKind.EXACT


def test_new_line_breaks_leave_the_passage_exact():
    text = FORMER.replace(" ", "\n")

    assert placed("Nobody asked why.", text).kind is PlacementKind.EXACT


def test_another_letter_case_changes_the_passage():
    text = FORMER.replace("Nobody asked why.", "NOBODY ASKED WHY.")
    placement = placed("Nobody asked why.", text)

    assert placement.kind is PlacementKind.CHANGED
    assert found(placement, text) == "NOBODY ASKED WHY."


def test_replaced_words_at_the_ends_are_in_the_passage():
    text = FORMER.replace("Both parties keep silent", "All sides keep silent")
    placement = placed("Both parties keep silent", text)

    assert found(placement, text) == "All sides keep silent"


def test_an_empty_quote_is_lost():
    anchor = describe(FORMER, 5, 5, text_hash_of(FORMER))

    assert Locator(FORMER + "x", {text_hash_of(FORMER): FORMER}).place(anchor).kind is PlacementKind.LOST
