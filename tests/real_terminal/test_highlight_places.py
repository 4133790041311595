"""An article is edited between two readings: every highlight is at its passage, and the user is told what changed."""

import re

import pytest

from real_terminal.home import numbered_article

VOTE = "The council voted in March to replace the boat with a bridge."
CAPTAIN = "Nobody asked the captain what he thought of it."
ASKED = "Nobody ever asked the captain what he thought of it."
WINTER = "In winter the crossing takes forty minutes against the wind."
PARAGRAPHS = (
    "The last ferry",
    "The island has one ferry, and the ferry has one captain. He has crossed the sound eleven thousand times.",
    f"{VOTE} {CAPTAIN}",
    "A bridge never sleeps, the engineers said, and it 'never' waits for fog. It also never waits for a late passenger.",
    f'{WINTER} The school children do their "homework" on the lower deck.',
    "When the bridge opens, the ferry will be moored beside it as a museum. Admission will be free for the late.",
)
FERRY = "\n\n".join(PARAGRAPHS)


def placed(home):
    """Return the place and the present text of every highlight as of the last reading."""
    return [(row["place"], row["now"] or row["quote"]) for row in home.notes()]


@pytest.mark.parametrize(
    ("edited", "paragraph"),
    [
        (("The last ferry", "A word before: this is from the year of the vote.", *PARAGRAPHS[1:]), 4),
        ((*PARAGRAPHS[:2], *PARAGRAPHS[3:], PARAGRAPHS[2]), 6),
    ],
    ids=["a paragraph inserted before", "its paragraph moved to the end"],
)
def test_a_moved_highlight_is_told_in_one_sentence(home, edited, paragraph):
    path = home.write("ferry.txt", FERRY)
    home.mark(path, CAPTAIN)
    path.write_text("\n\n".join(edited))
    with home.start(path) as terminal:
        terminal.wait_for("The article changed since you read it: 1 moved.")
        terminal.wait_for(f"moved ¶ {paragraph}")
        terminal.quit_reading()
    assert placed(home) == [("moved", CAPTAIN)]


def test_a_deleted_sentence_is_lost_until_it_returns(home):
    path = home.write("ferry.txt", FERRY)
    home.mark(path, WINTER)
    path.write_text(FERRY.replace(f"{WINTER} ", ""))
    with home.start(path) as terminal:
        terminal.wait_for("The article changed since you read it: 1 lost. R reviews them")
        terminal.wait_for("not in the text now")
        terminal.wait_for("“In winter the crossing takes forty")
        terminal.wait_for(lambda: re.search(r"^ +\.  The school children", terminal.screen, re.MULTILINE))
        terminal.quit_reading()
    ((place, _),) = placed(home)
    assert place == "lost"
    path.write_text(FERRY)
    with home.start(path) as terminal:
        terminal.wait_for("The article changed since you read it: 1 in place.")
        terminal.quit_reading()
    assert placed(home) == [("exact", WINTER)]


def test_the_old_wording_quoted_earlier_takes_no_highlight(home):
    path = home.write("ferry.txt", FERRY)
    home.mark(path, CAPTAIN)
    decoy = f"Who voted? “{CAPTAIN}” So the paper had it in April."
    path.write_text(
        FERRY.replace("He has crossed", f"{decoy} He has crossed").replace(
            f"{VOTE} {CAPTAIN}", f"{VOTE} {ASKED}"
        )
    )
    with home.start(path) as terminal:
        terminal.wait_for("The article changed since you read it: 1 changed.")
        terminal.wait_for("changed ¶ 3")
        terminal.wait_for("Now:")
        terminal.quit_reading()
    assert placed(home) == [("changed", ASKED)]


def test_typographic_quotes_and_spaces_change_no_highlight(home):
    path = home.write("ferry.txt", FERRY)
    never = "the engineers said, and it 'never' waits for fog"
    homework = 'The school children do their "homework" on the lower deck.'
    home.mark(path, never, homework)
    typeset = FERRY.replace("'never'", "‘never’").replace('"homework"', "“homework”")
    path.write_text(typeset.replace("the engineers said", "the\u00a0engineers said"), "utf-8")
    with home.start(path) as terminal:
        terminal.wait_for("The article changed since you read it: 2 in place.")
        terminal.quit_reading()
    assert placed(home) == [("exact", never), ("exact", homework)]


def test_small_edits_are_followed_and_taken_back(home):
    path = home.write("ferry.txt", FERRY)
    home.mark(path, CAPTAIN)
    wording = CAPTAIN
    for former, new in (("asked", "ever asked"), ("the captain", "the old captain"), ("of it", "about it")):
        wording = wording.replace(former, new)
        path.write_text(FERRY.replace(CAPTAIN, wording))
        with home.start(path) as terminal:
            terminal.wait_for("The article changed since you read it: 1 changed.")
            terminal.wait_for("changed ¶ 3")
            terminal.quit_reading()
        assert placed(home) == [("changed", wording)]
    path.write_text(FERRY)
    with home.start(path) as terminal:
        terminal.wait_for("The article changed since you read it: 1 in place.")
        terminal.quit_reading()
    assert placed(home) == [("exact", CAPTAIN)]


def test_one_key_attaches_a_lost_card_to_the_selection(home):
    path = home.write("ferry.txt", FERRY)
    home.mark(path, WINTER)
    cold = "When it is cold the trip is slow."
    path.write_text(FERRY.replace(WINTER, cold))
    with home.start(path) as terminal:
        terminal.wait_for("not in the text now")
        terminal.wait_for("R reviews them")
        terminal.type(f"/{cold}\n")
        terminal.wait_for("other end")
        terminal.press("tab", "H")
        terminal.wait_until_gone("not in the text now")
        terminal.wait_for("¶ 5")
        terminal.quit_reading()
    assert placed(home) == [("exact", cold)]


def test_reading_goes_on_in_the_same_paragraph(home):
    text = numbered_article(150)
    path = home.write("long.txt", text)
    with home.start(path) as terminal:
        terminal.wait_for("0 highlights")
        terminal.type("/Paragraph 90 begins\n")
        terminal.wait_for("other end")
        terminal.press("escape")
        terminal.wait_until_gone("other end")
        first = first_numbers(terminal)
        terminal.quit_reading()
    preface = "\n\n".join(f"Preface {number}: {'word ' * 20}" for number in range(60))
    assert len(preface) > 6800
    path.write_text(f"{preface}\n\n{text}")
    with home.start(path) as terminal:
        terminal.wait_for("Paragraph 90 begins")
        terminal.wait_for(lambda: first_numbers(terminal) == first)
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        terminal.quit_reading()
    ((_, quote),) = placed(home)
    assert quote.startswith("Paragraph 90 begins")


def first_numbers(terminal):
    """Return the numbers of the paragraphs on the screen, in order."""
    return re.findall(r"Paragraph (\d+) begins", terminal.screen)
