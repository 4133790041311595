"""The unified format of changes."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.alignment.text_alignment import Alignment
from pactreader.core.text_changes.unified_diff import unified_hunks

texts = st.lists(
    st.sampled_from(("One two three.", "Four five.", "", "Six", "한국 정부", "One four.")), max_size=30
).map("\n".join)
HEADER = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


def hunks(former, text):
    return list(unified_hunks(former, text, Alignment(former, text).changes))


def patched(former, lines):
    """Return a text after applying hunks to it as `patch` does, which must fit."""
    old, new, at = former.split("\n"), [], 0
    for line in lines:
        if found := HEADER.fullmatch(line):
            first, count, new_first, new_count = (int(one or 1) for one in found.groups())
            start = first - 1 if found[2] != "0" else first
            new += old[at:start]
            at = start
            assert len(new) == (new_first - 1 if found[4] != "0" else new_first)
            del count, new_count
        elif line[0] == "+":
            new.append(line[1:])
        else:
            assert old[at] == line[1:]
            new += [line[1:]] if line[0] == " " else []
            at += 1
    return "\n".join(new + old[at:])


@given(texts, texts)
def test_the_hunks_turn_the_former_text_into_the_present_one(former, text):
    assert patched(former, hunks(former, text)) == text


def test_a_hunk_has_three_lines_of_context():
    lines = [f"line {n}" for n in range(20)]
    former = "\n".join(lines)
    assert hunks(former, former.replace("line 9\n", "line nine\n").replace("line 10", "line ten")) == [
        "@@ -7,8 +7,8 @@",
        " line 6",
        " line 7",
        " line 8",
        "-line 9",
        "-line 10",
        "+line nine",
        "+line ten",
        " line 11",
        " line 12",
        " line 13",
    ]
    far = former.replace("line 2\n", "two\n").replace("line 15", "fifteen")
    assert [line for line in hunks(former, far) if line.startswith("@@")] == [
        "@@ -1,6 +1,6 @@",
        "@@ -13,7 +13,7 @@",
    ]


def test_a_new_paragraph_is_all_that_is_added():
    former, text = "One.\n\nThree.", "One.\n\nTwo.\n\nThree."
    assert hunks(former, text) == ["@@ -1,3 +1,5 @@", " One.", " ", "+Two.", "+", " Three."]


def test_equal_texts_have_no_hunks():
    assert hunks("One.\n\nTwo.", "One.\n\nTwo.") == []
