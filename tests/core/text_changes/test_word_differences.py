"""Differences of two versions of a quote."""

from itertools import pairwise

import pytest

from pactreader.core.text_changes.word_differences import TextRun, around_changes, compare_words


def _changes(former: str, present: str) -> list[tuple[str, str]]:
    return [(run.former, run.present) for run in compare_words(former, present) if run.changed]


@pytest.mark.parametrize(
    ("former", "present", "changes"),
    [
        ("It is vague.", "It is vague.", []),
        ("It is vague.", "It is not vague.", [("", "not ")]),
        ("It is not vague.", "It is vague.", [("not ", "")]),
        (
            "The pact is vague, he says.",
            "The deal is unclear, he says.",
            [("pact ", "deal "), ("vague", "unclear")],
        ),
        ("one two", "one\n  two", []),
        ("条約は曖昧だ。", "条約は明確だ。", [("曖昧", "明確")]),
        ("ข้อตกลงใหม่", "ข้อตกลงเก่า", [("ใหม่", "เก่า")]),
        ("조약은 모호하다", "조약은 명확하다", [("모호", "명확")]),
        ("Yes 👩🏽‍🚀 now", "Yes 👩🏽‍💻 now", [("👩🏽‍🚀 ", "👩🏽‍💻 ")]),
        ("naïve café", "naïve cafés", [("café", "cafés")]),
        ("", "New.", [("", "New.")]),
        ("Old.", "", [("Old.", "")]),
        ("", "", []),
    ],
)
def test_changed_words_are_found(former: str, present: str, changes: list[tuple[str, str]]) -> None:
    assert _changes(former, present) == changes


def test_runs_are_the_texts_and_alternate() -> None:
    former = "  The agreement remains vague\non what constitutes aggression. "
    present = "The agreement, in sum, remains clear on what is aggression."
    runs = compare_words(former, present)
    assert "".join(run.former for run in runs) == former
    assert "".join(run.present for run in runs) == present
    assert all(one.changed != other.changed for one, other in pairwise(runs))


def test_very_different_texts_are_one_change() -> None:
    former = "start " + " ".join(f"a{n}" for n in range(400)) + " end"
    present = "start " + " ".join(f"b{n}" for n in range(400)) + " end"
    assert [run.changed for run in compare_words(former, present)] == [False, True, False]


def test_unchanged_words_far_from_a_change_are_cut() -> None:
    words = " ".join(f"word{n}" for n in range(40))
    runs = compare_words(f"{words} old {words} old {words}", f"{words} new {words} new {words}")
    former = "".join(run.former for run in around_changes(runs, 14))
    assert former == "… word38 word39 old word0 word1 … word38 word39 old word0 word1 …"
    assert around_changes([TextRun("a", "a", False)], 3) == [TextRun("a", "a", False)]
