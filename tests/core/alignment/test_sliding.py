import pytest

from pactreader.core.alignment.runs import Run
from pactreader.core.alignment.sliding import TokenisedText, slide
from pactreader.core.alignment.tokens import tokenise


def tokenised(text: str) -> TokenisedText:
    return TokenisedText(text, tokenise(text))


@pytest.mark.parametrize(
    ("former", "present", "runs", "slid"),
    [
        # the . cat . the . dog: what is new is between two full stops
        ("The. dog", "The. cat. dog", [Run(0, 0, 1), Run(1, 3, 2)], [Run(0, 0, 2), Run(2, 4, 1)]),
        # the white space tells which of both syllables is new
        ("가 나다", "가 나 나다", [Run(0, 0, 2), Run(2, 3, 1)], [Run(0, 0, 1), Run(1, 2, 2)]),
        ("one two", "one new two", [Run(0, 0, 1), Run(1, 2, 1)], [Run(0, 0, 1), Run(1, 2, 1)]),
    ],
)
def test_a_gap_is_moved_to_its_likeliest_place(former, present, runs, slid):
    assert slide(runs, tokenised(former), tokenised(present)) == slid
