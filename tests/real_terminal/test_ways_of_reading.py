"""An article is read in another way, line by line or in another language, and is the same article with its notes."""

import pytest

PROSE = """The Report on Trams

The agreement remains vague on what constitutes an attack, which leaves
room for interpretation by both parties, as the ministers have said in
the spring.

A list of the lines:

- one goes to the harbour
- two goes to the old town,
  and back again

The end of the report is as short as this sentence, which is long enough
to be wrapped by hand.
"""
JOINED = "which leaves room for interpretation by both parties"
ITEM = "- two goes to the old town,"


@pytest.fixture
def article(home):
    return home.write("report.txt", PROSE)


def mark(terminal, words, *, count):
    terminal.wait_for(f"{count - 1} highlight")
    terminal.type(f"/{words}\n")
    terminal.wait_for("other end")
    terminal.press("1")
    terminal.wait_for(f"{count} highlight")
    terminal.press("escape")


def placements(home):
    return {one["quote"]: one["place"] for one in home.notes()}


def test_a_highlight_made_in_either_way_is_exact_in_its_own(home, article):
    with home.start(article) as terminal:
        mark(terminal, JOINED, count=1)
        terminal.press("T")
        terminal.wait_for(ITEM)
        terminal.wait_for("1 highlight")
        assert "- one goes to the harbour" in terminal.screen
        mark(terminal, ITEM, count=2)
        assert "changed" not in terminal.screen
        assert "The article" not in terminal.screen
        terminal.quit_reading()
    assert placements(home)[ITEM] == "exact"

    with home.start(article) as terminal:  # read as it was read last
        terminal.wait_for(ITEM)
        terminal.wait_for("2 highlights")
        terminal.press("T")
        terminal.wait_for("• two goes to the old town, and back again")
        assert "The article" not in terminal.screen
        terminal.quit_reading()
    assert placements(home)[JOINED] == "exact"

    with home.start(article) as terminal:
        terminal.wait_for("• two goes to the old town, and back again")
        terminal.quit_reading()
    assert len(home.annotations()) == 2


def test_what_was_not_chosen_again_is_remembered_until_it_is_taken_back(home, article):
    home.mark(article, "one goes to the harbour")
    with home.start(article, "--as", "code") as terminal:
        terminal.wait_for("- one goes to the harbour")
        terminal.wait_for("1 highlight")
        assert "The article" not in terminal.screen
        terminal.quit_reading()
    (note,) = home.notes()
    assert note["place"] == "moved"
    with home.start(note["article"]) as terminal:  # from the library
        terminal.wait_for("- one goes to the harbour")
        terminal.quit_reading()
    with home.start() as terminal:  # the article that was read last
        terminal.wait_for("- one goes to the harbour")
        terminal.quit_reading()
    assert home.run("diff", article).stdout == ""
    with home.start(article, "--as", "auto") as terminal:
        terminal.wait_for("• one goes to the harbour")
        assert "The article" not in terminal.screen
        terminal.quit_reading()
    assert [one["place"] for one in home.notes()] == ["exact"]
    with home.start(article) as terminal:
        terminal.wait_for("• one goes to the harbour")
        terminal.quit_reading()
