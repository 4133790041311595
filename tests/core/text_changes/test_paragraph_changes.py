"""The changes between two texts, as a person would call them."""

from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.alignment.text_alignment import Alignment
from pactreader.core.text_changes.changed_passages import ChangeKind
from pactreader.core.text_changes.paragraph_changes import changed_passages

PARAGRAPHS = (
    "The pact is vague. Who decides what it means?",
    "Seoul has warned Russia against crossing a certain limit.",
    "Weapons flow both ways, as is alleged by three agencies.",
    "한국 정부는 러시아에 경고했다. 협정은 모호하다.",
    "该条约没有说明什么是侵略。谁来决定？",
    "สนธิสัญญานี้คลุมเครือ ใครเป็นผู้ตัดสิน",
    "A flag 🇰🇵 and a family 👨‍👩‍👧 stand here, e\u0301.",
)
texts = st.lists(st.sampled_from(PARAGRAPHS), max_size=8).map("\n\n".join)


@st.composite
def edited(draw, text):
    """Return a text after a few passages of it were replaced."""
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 60)))
        new = draw(st.sampled_from(("", " not", "new words ", "\n\n", "全新", "?", "\n\nNobody knows.\n\n")))
        text = text[:start] + new + text[end:]
    return text


revisions = texts.flatmap(lambda text: st.tuples(st.just(text), edited(text)))


def found(former, text):
    """Return the kind, the former and the present words of each change."""
    changes = changed_passages(former, text, Alignment(former, text).changes)
    return [(one.kind.value, former[slice(*one.former)], text[slice(*one.present)]) for one in changes]


def outside(text, passages):
    """Return what is not in the passages of a text, without white space."""
    end, kept = 0, ""
    for first, last in sorted(passages):
        assert first >= end, "passages of changes overlap"
        kept, end = kept + text[end:first], last
    return "".join((kept + text[end:]).split())


@given(revisions)
def test_outside_the_changes_both_texts_are_the_same(texts):
    former, text = texts
    changes = changed_passages(former, text, Alignment(former, text).changes)
    assert outside(former, [one.former for one in changes]) == outside(text, [one.present for one in changes])


@given(revisions)
def test_changes_are_in_order_and_named_by_what_they_have(texts):
    former, text = texts
    changes = changed_passages(former, text, Alignment(former, text).changes)
    assert [one.present for one in changes] == sorted(one.present for one in changes)
    for kind, before, after in found(former, text):
        assert (bool(before), bool(after)) == {
            "new": (False, True),
            "removed": (True, False),
            "changed": (True, True),
            "moved": (True, True),
        }[kind]
        assert "\n\n" not in after, "a change is in one paragraph"


@given(texts)
def test_a_text_has_no_changes_from_itself(text):
    assert found(text, text) == []


def test_words_that_changed_are_told_with_nothing_else():
    former, text = "The pact is vague. Who decides?", "The pact is quite clear. Who decides?"
    assert found(former, text) == [("changed", "vague", "quite clear")]


def test_letter_case_is_a_change():
    assert found("The parties may agree.", "The parties MAY agree.") == [("changed", "may", "MAY")]


def test_white_space_and_typography_are_no_changes():
    former = 'The "pact" - it is\u00a0vague -- ends here...\n\nWho decides?'
    text = "The “pact” – it  is vague — ends here… Who de\u00adcides?"
    assert found(former, text) == []


def test_changes_a_few_words_apart_are_one():
    assert found("One two three four five.", "Un two three quatre five.") == [
        ("changed", "One two three four", "Un two three quatre")
    ]
    far = "One, " + "many words apart as it is, " * 3
    assert len(found(f"{far}two.", f"Un, {far[5:]}deux.")) == 2


def test_a_new_sentence_is_new_from_its_first_word_on():
    former, new = "It is vague. Who decides?", "It is old."
    assert found(former, f"{new} {former}") == [("new", "", new)]
    assert found(former, f"It is vague. {new} Who decides?") == [("new", "", new)]


def test_new_and_removed_paragraphs_are_told_each():
    one, two, three = PARAGRAPHS[:3]
    former, text = f"{one}\n\n{three}", f"{one}\n\n{two}\n\nNobody knows.\n\n{three}"
    assert found(former, text) == [("new", "", two), ("new", "", "Nobody knows.")]
    assert found(text, former) == [("removed", f"{two}\n\nNobody knows.", "")]


def test_the_place_of_a_removed_paragraph_is_before_the_next_one():
    one, two, three = PARAGRAPHS[:3]
    former, text = f"{one}\n\n{two}\n\n{three}", f"{one}\n\n{three}"
    (change,) = changed_passages(former, text, Alignment(former, text).changes)
    assert change.kind is ChangeKind.REMOVED
    assert text[change.present.start :].startswith("Weapons")


def test_a_moved_paragraph_is_not_new():
    one, two, three = PARAGRAPHS[:3]
    kinds = [kind for kind, _, _ in found(f"{one}\n\n{two}\n\n{three}", f"{two}\n\n{three}\n\n{one}")]
    assert kinds == ["moved"]
