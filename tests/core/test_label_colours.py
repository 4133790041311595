"""The label for a colour of another program."""

import pytest

from pactreader.core.label_colours import label_for_colour
from pactreader.core.labels import LABELS, Label, Labels


@pytest.mark.parametrize(
    ("colour", "label"),
    [
        ("#ffff00", "key-point"),
        ("#ffd400", "key-point"),  # Zotero's yellow
        ("#f19837", "key-point"),  # and its orange
        ("#5fb236", "evidence"),
        ("#00ff00", "evidence"),
        ("#2ea8e5", "question"),
        ("#0000ff", "question"),
        ("#ff6666", "doubt"),
        ("#ff69b4", "doubt"),  # pink
        ("#a28ae5", "term"),  # Zotero's purple
        ("#e56eee", "term"),  # and its magenta
        ("#aaaaaa", "key-point"),
        ("#000000", "key-point"),
        ("", "key-point"),
        ("no colour", "key-point"),
    ],
)
def test_it_is_the_label_with_the_nearest_hue(colour, label):
    assert label_for_colour(LABELS, colour) == label


def test_labels_of_the_user_count_with_their_own_colours():
    labels = Labels([Label("a", "1", "A", "*", ""), Label("b", "2", "B", "+", "#00aa88")])
    assert label_for_colour(labels, "#ff0000") == "b"
    assert label_for_colour(Labels([Label("a", "1", "A", "*", "")]), "#ff0000") == "a"
