"""The main story: read, mark, write a note, quit, come back, export."""

import subprocess

import pytest

from real_terminal.home import numbered_article

FIRST_HINT = "The tinted sentence is what 1-5 will highlight."


def page(terminal):
    """Return the lines of the article in view, without the notes beside them."""
    return [line[:75].rstrip() for line in terminal.lines[1:-1]]


def test_the_first_start_shows_the_bundled_article_and_a_hint(home):
    with home.start() as terminal:
        terminal.wait_for(FIRST_HINT)
        terminal.wait_for("Vladimir Putin and Kim Jong Un recently signed an agreement")
        terminal.wait_for("0 highlights")
        assert "1-5 label" in terminal.lines[-1]


def test_highlights_and_notes_survive_a_restart_and_are_exported(home):
    with home.start(rows=24) as terminal:
        terminal.wait_for(FIRST_HINT)
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        terminal.press("}", "a")
        terminal.wait_for("Note on “Vladimir Putin")
        terminal.type("Who signed?\nAnd who *benefits*?")
        terminal.wait_for("And who *benefits*?")
        terminal.press("ctrl+s")
        terminal.wait_until_gone("Note on “")
        assert "2 highlights" in terminal.screen
        terminal.press("}", "v", "w", "w", "w", "w", "w", "4")
        terminal.wait_for("3 highlights")
        terminal.press("pagedown")
        terminal.wait_for("As the world reacts to the")
        left = page(terminal)
        terminal.press("q")
        assert terminal.wait() == 0

    with home.start(rows=24) as terminal:
        terminal.wait_for("3 highlights")
        terminal.wait_for(lambda: page(terminal) == left)
        assert FIRST_HINT not in terminal.screen
        terminal.press("q")
        assert terminal.wait() == 0

    quotes = [one["anchor"]["exact"] for one in home.annotations()]
    assert [quote[:20] for quote in quotes] == [
        "Russia-North Korea P",
        "Vladimir Putin and K",
        "One of the main conc",
    ]
    assert quotes[2] == "One of the main concerns"
    assert [one["label"] for one in home.annotations()] == ["key-point", "key-point", "doubt"]
    assert [one["note"] for one in home.annotations()] == ["", "Who signed?\nAnd who *benefits*?", ""]

    exported = home.run("export")
    assert exported.returncode == 0
    assert exported.stderr == ""
    for quote in quotes:
        assert f"\n> {quote}\n" in exported.stdout
    assert "\nWho signed?\\\nAnd who *benefits*?\n" in exported.stdout
    assert exported.stdout.count("<!-- pactreader:highlight ") == 3


def test_a_review_in_a_pipe_prints_only_the_markdown(home):
    home.write("notes.md", "# A plan\n\nWe ship on Friday. Nobody tests it before.\n")
    output = home.directory / "out.md"
    with (
        subprocess.Popen(["cat", "notes.md"], cwd=home.directory, stdout=subprocess.PIPE) as cat,
        output.open("wb") as out,
        home.start("--review", "-", stdin=cat.stdout, stdout=out) as terminal,
    ):
        terminal.wait_for("0 highlights")
        terminal.press("}", "4")
        terminal.wait_for("1 highlight ")
        assert output.read_bytes() == b""
        assert len(terminal.lines[0]) > 110
        terminal.resize(70, 20)
        terminal.wait_for(lambda: terminal.lines[0].endswith("%") and len(terminal.lines[0]) < 70)
        terminal.press("q")
        assert terminal.wait() == 0
    printed = output.read_text("utf-8")
    assert printed.startswith("---\ntitle: ")
    assert "\n# A plan\n" in printed
    assert "\n> We ship on Friday.\n" in printed
    assert "label=doubt" in printed
    assert "Nobody tests it before" not in printed
    assert "\x1b" not in printed


def test_undo_works_across_a_restart(home):
    with home.start() as terminal:
        terminal.wait_for(FIRST_HINT)
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        terminal.wait()
    with home.start() as terminal:
        terminal.wait_for("1 highlight ")
        terminal.press("u")
        terminal.wait_for("0 highlights")
        terminal.wait_for("Undone: highlight “Russia-North Korea Pact")
        terminal.press("ctrl+r")
        terminal.wait_for("1 highlight ")
    assert len(home.annotations()) == 1


@pytest.mark.parametrize("close", ["ctrl+s", "escape", "ctrl+q"])
def test_a_note_typed_fast_is_saved_to_its_last_letter(home, close):
    with home.start() as terminal:
        terminal.wait_for(FIRST_HINT)
        terminal.press("a")
        terminal.wait_for("Note on “")
        terminal.press(*"Who? ", "enter", *"What?", close)
        if close == "ctrl+q":
            assert terminal.wait() == 0
        else:
            terminal.wait_until_gone("Note on “")
    assert [one["note"] for one in home.annotations()] == ["Who? \nWhat?"]


def test_the_top_line_survives_resize_theme_and_restart(home):
    article = home.write("long.txt", numbered_article(60))

    def top(terminal):
        return terminal.lines[1].strip()[:20]

    with home.start(article) as terminal:
        terminal.wait_for("Paragraph 4 begins")
        terminal.press("pagedown")
        terminal.wait_until_gone("Paragraph 1 begins")
        terminal.wait_for("Paragraph 12 begins")
        first = top(terminal)
        assert first
        for columns, shown in ((70, " q quit"), (200, "Nothing marked yet")):
            terminal.resize(columns, 36)
            terminal.wait_for(lambda columns=columns: len(terminal.lines[0]) == columns - 1)
            terminal.wait_for(shown)
            terminal.wait_for(lambda: top(terminal) == first)
        terminal.press("ctrl+p")
        terminal.wait_for("words of what you want")
        terminal.type("Theme")
        terminal.wait_until_gone("Highlight as")
        terminal.press("enter")
        terminal.wait_for("pactreader-light")
        terminal.type("pactreader-light")
        terminal.wait_until_gone("pactreader-dark")
        terminal.press("enter")
        terminal.wait_for("Nothing marked yet")
        terminal.wait_for(lambda: top(terminal) == first)
        terminal.press("q")
        assert terminal.wait() == 0

    with home.start(columns=90) as terminal:
        terminal.wait_for(lambda: top(terminal) == first)
        assert b"48;2;251;248;242" in terminal.raw, "the light theme's background"
