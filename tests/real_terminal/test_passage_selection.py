"""Selection of passages with a few keys or with the mouse."""

import re

from real_terminal.home import numbered_article

ARTICLE = "One two three four five. Six seven eight, nine ten.\n\nEleven twelve thirteen fourteen. Fifteen sixteen.\n"


def marked_quotes(home) -> list[str]:
    return [one["anchor"]["exact"] for one in home.annotations()]


def tag(terminal, word: str) -> str:
    """Wait for the tag over the first letter of a word and return it. No tag here equals that letter."""
    tagged = re.compile(rf"\b(?!{word})([a-z]){word[1:]}\b")
    terminal.wait_for(lambda: tagged.search(terminal.screen))
    return tagged.search(terminal.screen)[1]


def test_a_sentence_takes_three_keys_and_a_range_of_words_four(home):
    path = home.write("article.txt", ARTICLE)
    with home.start(path, columns=80, rows=24) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("s")
        terminal.wait_for("selects its sentence")
        terminal.press(tag(terminal, "Eleven"), "4")
        terminal.wait_for("1 highlight ")
        terminal.press("g", "f")
        terminal.wait_for("where it begins")
        terminal.press(tag(terminal, "Six"))
        terminal.wait_for("where it ends")
        terminal.press(tag(terminal, "eight"), "2")
        terminal.wait_for("2 highlights")
        terminal.press("f")
        terminal.wait_for("where it begins")
        terminal.press(tag(terminal, "two"))
        terminal.wait_for("its sentence")
        terminal.press("enter", "5")
        terminal.wait_for("3 highlights")
        terminal.press("q")
        assert terminal.wait() == 0

    assert marked_quotes(home) == [
        "One two three four five.",
        "Six seven eight",
        "Eleven twelve thirteen fourteen.",
    ]
    assert [one["label"] for one in home.annotations()] == ["term", "evidence", "doubt"]


def test_a_passage_grows_shrinks_and_is_reshaped(home):
    path = home.write("article.txt", ARTICLE)
    with home.start(path, columns=80, rows=24) as terminal:
        terminal.wait_for("0 highlights")
        terminal.type("/nine\n")
        terminal.wait_for(", less")
        terminal.press(".", "1")
        terminal.wait_for("1 highlight ")
        terminal.press("r")
        terminal.wait_for("leave it as it was")
        terminal.press(".", "enter")
        terminal.wait_for("Done: reshape")
        terminal.press("u")
        terminal.wait_for("Undone: reshape")
        terminal.press("r")
        terminal.wait_for("leave it as it was")
        terminal.press(".", ".", ",")
        terminal.press("escape")
        terminal.wait_until_gone("leave it as it was")
        terminal.press("v", "i", "s", "3")
        terminal.wait_for("2 highlights")
        terminal.press("q")
        assert terminal.wait() == 0

    assert sorted(marked_quotes(home)) == ["Six seven eight, nine ten.", "nine ten."]


def position_of(terminal, words: str) -> tuple[int, int]:
    """Return the column and row of words on the screen, from 1, as terminals count for the mouse."""
    for row, line in enumerate(terminal.lines, 1):
        if words in line:
            return line.index(words) + 1, row
    raise AssertionError(words)


def mouse(terminal, button: int, where: tuple[int, int], *, release: bool = False) -> None:
    """Press a button of the mouse, or release it."""
    terminal.type(f"\x1b[<{button};{where[0]};{where[1]}{'m' if release else 'M'}")


def click(terminal, where: tuple[int, int]) -> None:
    """Click with the left button."""
    mouse(terminal, 0, where)
    mouse(terminal, 0, where, release=True)


def test_the_mouse_places_selects_and_scrolls(home):
    path = home.write("article.txt", ARTICLE + "\n" + numbered_article(30))
    with home.start(path) as terminal:
        terminal.wait_for("0 highlights")
        click(terminal, position_of(terminal, "twelve"))
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        where = position_of(terminal, "seven")
        click(terminal, where)
        click(terminal, where)
        terminal.wait_for("other end")
        terminal.press("2")
        terminal.wait_for("2 highlights")
        mouse(terminal, 0, position_of(terminal, "two"))
        mouse(terminal, 32, position_of(terminal, "hree"))
        column, row = position_of(terminal, "four")
        mouse(terminal, 32, (column + 3, row))
        mouse(terminal, 0, (column + 3, row), release=True)
        terminal.wait_for("other end")
        terminal.resize(90, 30)
        terminal.wait_for(lambda: terminal.lines[0].startswith(" article") and "Notes" not in terminal.screen)
        terminal.resize(120, 36)
        terminal.wait_for("Notes")
        terminal.press("3")
        terminal.wait_for("3 highlights")
        click(terminal, position_of(terminal, "twelve"))
        terminal.wait_for("Notes   3 of 3")
        click(terminal, position_of(terminal, "? Question"))
        terminal.wait_for("Notes   1 of 3")
        for _ in range(4):
            mouse(terminal, 65, (20, 10))
        terminal.wait_until_gone("One two three four five.")
        terminal.press("q")
        assert terminal.wait() == 0

    assert marked_quotes(home) == ["two three four", "seven", "Eleven twelve thirteen fourteen."]


def test_a_triple_click_selects_a_sentence(home):
    path = home.write("article.txt", ARTICLE)
    with home.start(path, columns=80, rows=24) as terminal:
        terminal.wait_for("0 highlights")
        where = position_of(terminal, "seven")
        for _ in range(3):
            click(terminal, where)
        terminal.wait_for(", less")
        terminal.press("4")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0
    assert marked_quotes(home) == ["Six seven eight, nine ten."]
