"""Any passage in a few keys, or with the mouse."""

import re

from real_terminal.home import numbered_article

ARTICLE = "One two three four five. Six seven eight, nine ten.\n\nEleven twelve thirteen fourteen. Fifteen sixteen.\n"


def quotes(home) -> list[str]:
    return [one["anchor"]["exact"] for one in home.annotations()]


def tag(terminal, word: str) -> str:
    """The tag that a word wears over its first letter, once it is drawn: here none is that letter itself."""
    tagged = re.compile(rf"\b(?!{word})([a-z]){word[1:]}\b")
    terminal.wait_for(lambda: tagged.search(terminal.screen))
    return tagged.search(terminal.screen)[1]


def test_a_sentence_is_three_keys_and_a_range_of_words_is_four(home):
    path = home.write("article.txt", ARTICLE)
    with home.read(path, columns=80, rows=24) as terminal:
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

    assert quotes(home) == ["One two three four five.", "Six seven eight", "Eleven twelve thirteen fourteen."]
    assert [one["label"] for one in home.annotations()] == ["term", "evidence", "doubt"]


def test_a_passage_grows_shrinks_and_is_reshaped(home):
    path = home.write("article.txt", ARTICLE)
    with home.read(path, columns=80, rows=24) as terminal:
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

    assert sorted(quotes(home)) == ["Six seven eight, nine ten.", "nine ten."]


def at(terminal, words: str) -> tuple[int, int]:
    """The column and row of words on the screen, from 1, as terminals count for the mouse."""
    for row, line in enumerate(terminal.lines, 1):
        if words in line:
            return line.index(words) + 1, row
    raise AssertionError(words)


def mouse(terminal, button: int, where: tuple[int, int], *, release: bool = False) -> None:
    terminal.type(f"\x1b[<{button};{where[0]};{where[1]}{'m' if release else 'M'}")


def click(terminal, where: tuple[int, int]) -> None:
    mouse(terminal, 0, where)
    mouse(terminal, 0, where, release=True)


def test_the_mouse_sets_the_caret_selects_and_goes_between_highlights_and_cards(home):
    path = home.write("article.txt", ARTICLE + "\n" + numbered_article(30))
    with home.read(path) as terminal:
        terminal.wait_for("0 highlights")
        click(terminal, at(terminal, "twelve"))
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        where = at(terminal, "seven")
        click(terminal, where)
        click(terminal, where)
        terminal.wait_for("other end")
        terminal.press("2")
        terminal.wait_for("2 highlights")
        mouse(terminal, 0, at(terminal, "two"))
        mouse(terminal, 32, at(terminal, "hree"))
        column, row = at(terminal, "four")
        mouse(terminal, 32, (column + 3, row))
        mouse(terminal, 0, (column + 3, row), release=True)
        terminal.wait_for("other end")
        terminal.resize(90, 30)
        terminal.wait_for(lambda: terminal.lines[0].startswith(" article") and "Notes" not in terminal.screen)
        terminal.resize(120, 36)
        terminal.wait_for("Notes")
        terminal.press("3")
        terminal.wait_for("3 highlights")
        click(terminal, at(terminal, "twelve"))
        terminal.wait_for("Notes   3 of 3")
        click(terminal, at(terminal, "? Question"))
        terminal.wait_for("Notes   1 of 3")
        for _ in range(4):
            mouse(terminal, 65, (20, 10))
        terminal.wait_until_gone("One two three four five.")
        terminal.press("q")
        assert terminal.wait() == 0

    assert quotes(home) == ["two three four", "seven", "Eleven twelve thirteen fourteen."]


def test_three_clicks_select_a_sentence(home):
    path = home.write("article.txt", ARTICLE)
    with home.read(path, columns=80, rows=24) as terminal:
        terminal.wait_for("0 highlights")
        where = at(terminal, "seven")
        for _ in range(3):
            click(terminal, where)
        terminal.wait_for(", less")
        terminal.press("4")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0
    assert quotes(home) == ["Six seven eight, nine ten."]
