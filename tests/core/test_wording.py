import pytest

from pactreader.core.wording import pluralise


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 notes"), (1, "1 note"), (2, "2 notes"), (1_200, "1,200 notes")]
)
def test_a_count_agrees_with_its_noun(count: int, text: str):
    assert pluralise(count, "note") == text
