"""What PactReader does to terminals, and where there is little of one."""

import pytest

from real_terminal.home import numbered_article


def test_the_terminal_is_left_as_it_was_found(home):
    with home.read() as terminal:
        before = terminal.attributes
        terminal.wait_for("0 highlights")
        assert terminal.modes["1049"], "reading is on the other screen"
        assert not terminal.modes["25"], "reading hides the cursor"
        terminal.press("q")
        assert terminal.wait() == 0
        left_on = {mode for mode, is_on in terminal.modes.items() if is_on}
        assert left_on == {"25", "7"}, "the cursor, and the line wrap that was there before"
        assert b"\x1b[<u" in terminal.raw, "the keyboard's own protocol is given back"
        assert terminal.attributes == before


def test_everything_works_at_60_by_20(home):
    with home.read(columns=60, rows=20) as terminal:
        terminal.wait_for("0 highlights")
        terminal.wait_for("? help   q quit")
        terminal.press("1", "tab")
        terminal.wait_for("Notes   1 of 1")
        terminal.press("a")
        terminal.wait_for("Note on “Russia-North Korea")
        terminal.type("Small screens read too.")
        terminal.press("ctrl+s")
        terminal.wait_until_gone("Note on “")
        terminal.wait_for("Small screens read too.")
        terminal.press("enter")
        terminal.wait_until_gone("Notes   1 of 1")
        terminal.wait_for("Vladimir Putin")
        assert max(map(len, terminal.lines)) <= 60
        terminal.press("q")
        assert terminal.wait() == 0
    assert [one["note"] for one in home.annotations()] == ["Small screens read too."]


@pytest.mark.parametrize(
    "variables",
    [{"NO_COLOR": "1"}, {"TERM": "xterm-16color", "COLORTERM": ""}],
    ids=["NO_COLOR", "16 colours"],
)
def test_highlights_are_underlined_where_colours_cannot_tell_them_apart(home, variables):
    article = home.write("article.txt", numbered_article(2))
    with home.read(article, **variables) as terminal:
        terminal.wait_for("0 highlights")
        assert terminal.underlined() == ""
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        terminal.wait_for(lambda: terminal.underlined().startswith("Paragraph 1 begins with its own number."))
        assert "  *  Paragraph 1" in terminal.screen


@pytest.mark.parametrize(
    ("source", "content", "said"),
    [
        ("missing.md", None, "There is no file missing.md."),
        (".", None, ". is a directory."),
        ("binary.txt", bytes(range(256)) * 20, "binary.txt is"),
        ("empty.txt", b"", "empty.txt is empty."),
    ],
    ids=["missing", "directory", "binary", "empty"],
)
def test_what_cannot_be_read_is_said_in_two_lines_before_the_screen_opens(home, source, content, said):
    if content is not None:
        home.write(source, content)
    with home.read(source) as terminal:
        assert terminal.wait() == 1
        what_happened, what_to_do = filter(None, terminal.lines)
        assert what_happened.startswith(f"pactreader: {said}")
        assert what_to_do
        assert "1049" not in terminal.modes


def test_without_a_terminal_reading_says_so(home):
    done = home.run()
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("pactreader: Reading needs a terminal")
    assert len(done.stderr.splitlines()) == 2
