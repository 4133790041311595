"""An article that is edited between two readings: its highlights are found, reviewed and accepted."""

import json
from typing import Any

from real_terminal.home import Home

TYPO = "The agreement remains vague on what constitutes agression."
MENDED = "The agreement remains vague on what constitutes aggression."
REST = "Moreover, weapons flow across the border. That is alleged by many observers in the region."


def test_a_mended_typo_is_changed_until_the_review_accepts_it(home: Home) -> None:
    article = home.write("a.txt", f"A pact\n\n{TYPO} Who decides?\n\n{REST}\n")
    with home.start(article) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("}", "4")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0

    home.write("a.txt", f"A pact\n\n{MENDED} Who decides?\n\n{REST}\n")
    with home.start(article) as terminal:
        terminal.wait_for("changed ¶ 2")
        terminal.wait_for("Now:")
        terminal.press("R")
        terminal.wait_for("Review 1 of 1 · changed")
        terminal.wait_for("│ aggression.”")
        terminal.press("enter")
        terminal.wait_for("Everything is reviewed.")
        terminal.wait_until_gone("Now:")
        terminal.press("u")
        terminal.wait_for("Undone: accept")
        terminal.wait_for("Now:")
        terminal.press("ctrl+r")
        terminal.wait_for("Redone: accept")
        terminal.press("q")
        assert terminal.wait() == 0

    assert _place(home) == ("exact", MENDED)
    with home.start(article) as terminal:
        terminal.wait_for("1 highlight ")
        terminal.press("R")
        terminal.wait_for("There is nothing to review")
        terminal.press("q")
        assert terminal.wait() == 0


def test_a_lost_highlight_is_attached_to_another_sentence(home: Home) -> None:
    article = home.write("a.txt", f"A pact\n\n{TYPO} Who decides?\n\n{REST}\n")
    with home.start(article, columns=80, rows=24) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("}", "4")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0

    home.write("a.txt", f"A pact\n\nTokyo has spoken of fish, and Beijing of rice. Who decides?\n\n{REST}\n")
    with home.start(article, columns=80, rows=24) as terminal:
        terminal.wait_for("1 highlight ")
        terminal.press("R")
        terminal.wait_for("Review 1 of 1 · lost")
        terminal.press("H")
        terminal.wait_for("enter attaches")
        terminal.press("G", "enter")
        terminal.wait_for("Done: reshape")
        terminal.press("q")
        assert terminal.wait() == 0

    assert _place(home) == ("exact", "That is alleged by many observers in the region.")


def _place(home: Home) -> tuple[Any, Any]:
    """Return the place and the quote of the only highlight, as `pactreader notes --json` prints them."""
    (row,) = json.loads(home.run("notes", "--json").stdout)
    return row["place"], row["quote"]
