"""Terminals: restored attributes, small screens, background queries, colours, clipboards, the cursor."""

from base64 import b64encode

import pytest

from real_terminal.home import numbered_article


def test_the_terminal_is_restored(home):
    with home.start() as terminal:
        before = terminal.attributes
        terminal.wait_for("0 highlights")
        assert terminal.modes["1049"], "the app is on the alternate screen"
        assert not terminal.modes["25"], "the app hides the cursor"
        terminal.press("q")
        assert terminal.wait() == 0
        left_on = {mode for mode, is_on in terminal.modes.items() if is_on}
        assert left_on == {"25", "7"}, "the cursor, and the line wrap that was there before"
        assert b"\x1b[<u" in terminal.raw, "the keyboard protocol is reset"
        assert terminal.attributes == before


def test_everything_works_at_60_by_20(home):
    with home.start(columns=60, rows=20) as terminal:
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


BACKGROUND = b"\x1b]11;?\x1b\\"
ATTRIBUTES = b"\x1b[c"
LIGHT = b"\x1b]11;rgb:fbfb/f8f8/f2f2\x1b\\"
LIGHT_PAGE, DARK_PAGE = b"48;2;251;248;242", b"48;2;21;23;28"


def test_a_light_terminal_gets_a_light_page_and_keeps_early_keys(home):
    article = home.write("article.txt", numbered_article(2))
    with home.start(article, answers={BACKGROUND: LIGHT}) as terminal:
        terminal.type("}4")
        terminal.wait_for("1 highlight ")
        terminal.wait_for(lambda: LIGHT_PAGE in terminal.raw)
        assert DARK_PAGE not in terminal.raw
        before = terminal.attributes
        terminal.press("q")
        assert terminal.wait() == 0
        assert terminal.attributes != before, "the terminal echoes again"
    assert [one["label"] for one in home.annotations()] == ["doubt"]


def test_with_a_given_or_chosen_theme_no_query_is_sent(home):
    with home.start("--theme", "pactreader-dark", answers={BACKGROUND: LIGHT}) as terminal:
        terminal.wait_for("0 highlights")
        assert BACKGROUND not in terminal.raw
        terminal.wait_for(lambda: DARK_PAGE in terminal.raw)
        terminal.press("q")
        assert terminal.wait() == 0
    with home.start(answers={BACKGROUND: LIGHT}) as terminal:
        terminal.wait_for("0 highlights")
        terminal.wait_for(lambda: LIGHT_PAGE in terminal.raw)
        terminal.press("ctrl+p")
        terminal.wait_for("Highlight as Key point")
        terminal.type("theme")
        terminal.wait_until_gone("Highlight as")
        terminal.press("enter")
        terminal.wait_for("pactreader-dark")
        terminal.type("pactreader-dark")
        terminal.wait_until_gone("nord")
        terminal.press("enter")
        terminal.wait_for(lambda: DARK_PAGE in terminal.raw)
        terminal.wait_until_gone("puts it on")
        terminal.press("q")
        assert terminal.wait() == 0
    with home.start(answers={BACKGROUND: LIGHT}) as terminal:
        terminal.wait_for("0 highlights")
        assert BACKGROUND not in terminal.raw
        terminal.wait_for(lambda: DARK_PAGE in terminal.raw)
        terminal.press("q")
        assert terminal.wait() == 0


def test_an_unknown_theme_on_the_command_line_is_reported(home):
    with home.start("--theme", "pactreader-lite") as terminal:
        assert terminal.wait() == 1
        assert "there is no such theme, but pactreader-light" in terminal.words


@pytest.mark.parametrize("answers", [{}, {ATTRIBUTES: b""}], ids=["not the background", "nothing at all"])
def test_a_terminal_that_does_not_answer_does_not_block(home, answers):
    with home.start(answers=answers) as terminal:
        terminal.wait_for("0 highlights")
        terminal.wait_for(lambda: DARK_PAGE in terminal.raw)
        terminal.wait_for("The tinted sentence")
        terminal.press("escape")
        terminal.wait_until_gone("The tinted sentence")
        terminal.press("4")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0


def test_a_late_answer_is_not_taken_for_keys(home):
    with home.start(answers={ATTRIBUTES: b""}) as terminal:
        terminal.wait_for("0 highlights")
        terminal.type(LIGHT.decode())
        terminal.type("\x1b[?62;22c")
        terminal.type("4")
        terminal.wait_for("1 highlight ")
        assert "Nothing is on" not in terminal.screen
        terminal.press("q")
        assert terminal.wait() == 0


def test_with_256_colours_the_terminal_s_own_are_used(home):
    with home.start(COLORTERM="") as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("4")
        terminal.wait_for("1 highlight ")
        terminal.wait_for(lambda: b"48;5;233" in terminal.raw)
        terminal.wait_for(lambda: b"48;5;52" in terminal.raw)
        assert b"48;2;" not in terminal.raw
        terminal.press("q")
        assert terminal.wait() == 0


@pytest.mark.parametrize(
    "term", ["dumb", "vt100", "xterm", "linux", "screen", "screen-256color", "tmux-256color"]
)
def test_every_terminal_type_shows_the_page_and_takes_keys(home, term):
    with home.start(columns=80, rows=24, TERM=term, COLORTERM="") as terminal:
        terminal.wait_for("Vladimir Putin")
        terminal.press("}", "4", "tab")
        terminal.wait_for("! Doubt")
        terminal.press("escape")
        terminal.wait_until_gone("! Doubt")
        terminal.press("q")
        assert terminal.wait() == 0


@pytest.mark.parametrize(
    "variables",
    [{"NO_COLOR": "1"}, {"TERM": "xterm-16color", "COLORTERM": ""}],
    ids=["NO_COLOR", "16 colours"],
)
def test_highlights_are_underlined_without_colours(home, variables):
    article = home.write("article.txt", numbered_article(2))
    with home.start(article, **variables) as terminal:
        terminal.wait_for("0 highlights")
        assert terminal.underlined() == ""
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        terminal.wait_for(lambda: terminal.underlined().startswith("Paragraph 1 begins with its own number."))
        assert " *  Paragraph 1" in terminal.screen


@pytest.mark.parametrize(
    ("source", "content", "message"),
    [
        ("missing.md", None, "There is no file missing.md."),
        (".", None, ". is a directory."),
        ("binary.txt", bytes(range(256)) * 20, "binary.txt is"),
        ("empty.txt", b"", "empty.txt is empty."),
    ],
    ids=["missing", "directory", "binary", "empty"],
)
def test_an_unreadable_source_is_reported_without_a_screen(home, source, content, message):
    if content is not None:
        home.write(source, content)
    with home.start(source) as terminal:
        assert terminal.wait() == 1
        what_happened, what_to_do = filter(None, terminal.lines)
        assert what_happened.startswith(f"pactreader: {message}")
        assert what_to_do
        assert "1049" not in terminal.modes


def test_reading_without_a_terminal_is_an_error(home):
    done = home.run()
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("pactreader: Reading needs a terminal")
    assert len(done.stderr.splitlines()) == 2


def test_a_passage_is_copied_to_both_clipboards(home):
    with home.start() as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("y")
        terminal.wait_for("9 words sent to the terminal’s clipboard.")
        copied = b"\x1b]52;c;" + b64encode(b"Russia-North Korea Pact")[:20]
        terminal.wait_for(lambda: copied in terminal.raw)
        terminal.press("q")
        assert terminal.wait() == 0

    programs = home.directory / "bin"
    programs.mkdir()
    (programs / "xclip").write_text(f"#!/bin/sh\ncat > {programs}/got\necho noise\n")
    (programs / "xclip").chmod(0o755)
    with home.start(PATH=f"{programs}:{home.environment['PATH']}", DISPLAY=":77") as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("y")
        terminal.wait_for("9 words sent to the clipboard.")
        terminal.wait_for(
            lambda: (programs / "got").exists() and (programs / "got").read_text().endswith("Alliance")
        )
        assert "noise" not in terminal.screen
        terminal.press("q")
        assert terminal.wait() == 0


def test_the_terminal_s_cursor_is_at_the_caret(home):
    with home.start() as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("}", "w")
        column, row = next(
            (line.index("Putin"), number)
            for number, line in enumerate(terminal.lines)
            if "Vladimir Putin" in line
        )
        terminal.wait_for(lambda: terminal.cursor == (column, row))
        terminal.press("q")
        assert terminal.wait() == 0
