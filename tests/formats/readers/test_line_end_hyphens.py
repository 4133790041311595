import pytest

from pactreader.formats.readers.text_reader import parse_text

FULL = "These are as many words as fit on a line of prose that was wrapped, as"


def joined(ending: str, beginning: str, rest: str = "") -> str:
    text = parse_text(f"{FULL} {ending}\n{beginning} here.\n\n{rest}", title="file").text
    return text.removeprefix(f"{FULL} ").partition(" here.")[0]


@pytest.mark.parametrize("hyphen", ["\u2010", "\u00ad"])
def test_hyphens_that_divide_words_are_dropped(hyphen: str) -> None:
    assert joined(f"speci{hyphen}", "fied") == "specified"


def test_a_compound_that_the_text_has_keeps_its_hyphen() -> None:
    assert joined("free\u2010", "wheeling", "A free\u2010wheeling man.") == "free\u2010wheeling"
    assert joined("rain-", "soaked", "A rain-soaked man.") == "rain-soaked"


def test_a_word_that_the_text_has_undivided_is_joined() -> None:
    assert joined("re-", "sort", "They went to a resort.") == "resort"
    assert joined("In-", "dustrial", "The industrial town.") == "Industrial"


@pytest.mark.parametrize(
    ("ending", "beginning", "word"),
    [
        ("indus-", "trial", "industrial"),
        ("infor-", "mation", "information"),
        ("Wirt-", "schaft", "Wirtschaft"),
        ("про-", "мышленность", "промышленность"),
        ("well-", "known", "well-known"),
        ("wind-", "driven", "wind-driven"),
        ("twink-", "led", "twinkled"),
        ("with-", "out", "without"),
        ("empha-", "sized", "emphasized"),
        ("re-", "sult", "result"),
        ("inter-", "esting", "interesting"),
        ("under-", "standing", "understanding"),
        ("five-", "year", "five-year"),
        ("Anglo-", "Saxon", "Anglo-Saxon"),
        ("twenty-", "one", "twenty-one"),
        ("x-", "rays", "x-rays"),
        ("state-of-the-", "art", "state-of-the-art"),
        ("state-", "of-the-art", "state-of-the-art"),
        ("--dry-", "run", "--dry-run"),
        ("example.org/my-", "page", "example.org/my-page"),
        ("Haupt-", "und Nebensatz", "Haupt- und Nebensatz"),
        ("1990-", "2000", "1990-2000"),
        ("word -", "word", "word - word"),
    ],
)
def test_a_hyphen_without_other_evidence(ending: str, beginning: str, word: str) -> None:
    assert joined(ending, beginning) == word


def test_a_compound_of_two_words_of_the_text_keeps_its_hyphen() -> None:
    assert joined("note-", "taking", "A note on the taking of notes.") == "note-taking"
