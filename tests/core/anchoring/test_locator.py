from concurrent.futures import ThreadPoolExecutor

from hypothesis import assume, given
from hypothesis import strategies as st

from pactreader.core.anchoring.description import describe
from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.article import text_hash_of

TEXTS = st.text("ab c\n한", min_size=1, max_size=200)


@given(TEXTS, st.data())
def test_a_passage_is_found_exactly_where_it_was_described(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    assert Locator(text).place(describe(text, start, end)) == (PlacementKind.EXACT, start, end, 1.0)


@given(TEXTS, st.text("xyz ", min_size=1, max_size=50), st.data())
def test_a_unique_quote_is_found_after_an_insertion_before_it(text, inserted, data):
    quote = "«the quote»"
    at = data.draw(st.integers(0, len(text)))
    old = text[:at] + quote + text[at:]
    anchor = describe(old, at, at + len(quote))
    new = inserted + old

    placement = Locator(new).place(anchor)

    assert placement.found
    assert new[placement.start : placement.end] == quote


def test_of_equal_quotes_context_beats_distance():
    old = "alpha the pact beta. " + "filler " * 20 + "gamma the pact delta."
    start = old.rindex("the pact")
    anchor = describe(old, start, start + len("the pact"))
    new = "x" * 60 + "alpha the pact beta. " + "filler " * 20 + "gamma the pact delta."

    placement = Locator(new).place(anchor)

    assert placement.kind is PlacementKind.MOVED
    assert placement.start == new.rindex("the pact")


def test_of_equal_quotes_without_context_the_nearest_is_found():
    text = "word " * 40
    anchor = describe(text, 100, 104)._replace(prefix="", suffix="", start=101, end=105)

    assert Locator(text).place(anchor).start == 100


def test_a_missing_quote_is_lost_at_its_old_offsets():
    anchor = describe("some words here", 5, 10)

    placement = Locator("something else altogether").place(anchor)

    assert placement == (PlacementKind.LOST, 5, 10, 0.0)
    assert not placement.found


@given(TEXTS, st.integers(-5, 300), st.integers(-5, 300))
def test_invalid_offsets_lose_no_quote(text, start, end):
    assume(text[0].strip())
    anchor = describe(text, 0, 1)._replace(start=start, end=end)

    placement = Locator(text).place(anchor)

    assert placement.kind is not PlacementKind.LOST
    assert text[placement.start : placement.end] == text[0]


def test_threads_share_one_alignment():
    former, text = "One two three. " * 500, "One new three. " * 500
    locator = Locator(text, {text_hash_of(former): former})
    with ThreadPoolExecutor(4) as threads:
        alignments = list(threads.map(locator.alignment, [text_hash_of(former)] * 4))

    assert alignments[0] is not None
    assert all(each is alignments[0] for each in alignments)


def test_white_space_at_the_ends_of_a_quote_is_kept():
    old = "one two  three four"
    anchor = describe(old, 3, 14)

    assert Locator(f"so {old}").place(anchor)[1:3] == (6, 17)
