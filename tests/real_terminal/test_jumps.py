"""Jumps through the article: navigation history, bookmarks, links, contents."""

from real_terminal.home import numbered_article

LINKED = "# A plan\n\nSee [the end](#the-end), [the site](https://un.org/a), and a note[^1].\n\n"


def test_jumps_go_back_and_bookmarks_survive_a_restart(home):
    path = home.write("long.txt", numbered_article(90))
    with home.start(path, columns=80, rows=24) as terminal:
        terminal.wait_for("Paragraph 1 begins")
        terminal.press("}", "}", '"', "a")
        terminal.wait_for("bookmark a is here")
        terminal.press("G")
        terminal.wait_for("Paragraph 90 ends here.")
        terminal.press("ctrl+o")
        terminal.wait_for("Paragraph 3 begins")
        terminal.press(">")
        terminal.wait_for("Paragraph 90 ends here.")
        terminal.press("q")
        assert terminal.wait() == 0

    with home.start(path, columns=80, rows=24) as terminal:
        terminal.wait_for("Paragraph 90 ends here.")
        terminal.press("'")
        terminal.wait_for("a Paragraph 3 begins")
        terminal.press("a")
        terminal.wait_for("Paragraph 2 begins")
        terminal.press("4")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0

    assert [one["anchor"]["exact"] for one in home.annotations()] == [
        "Paragraph 3 begins with its own number."
    ]


def test_links_jump_inside_and_open_outside_after_confirmation(home):
    path = home.write(
        "plan.md", LINKED + numbered_article(40) + "\n\n## The end\n\nNothing more.\n\n[^1]: So he said.\n"
    )
    opened = home.directory / "opened"
    programs = home.directory / "bin"
    programs.mkdir()
    (programs / "xdg-open").write_text(f'#!/bin/sh\nprintf %s "$1" > {opened}\necho noise; echo noise >&2\n')
    (programs / "xdg-open").chmod(0o755)
    path_variable = f"{programs}:{home.environment['PATH']}"
    with home.start(path, PATH=path_variable, DISPLAY=":77") as terminal:
        terminal.wait_for("See the end")
        terminal.press("}", "w", "enter")
        terminal.wait_for("Nothing more.")
        terminal.press("ctrl+o")
        terminal.wait_for("See the end")
        terminal.press("w", "w", "enter")
        terminal.wait_for("https://un.org/a — enter opens it outside")
        terminal.press("escape")
        terminal.wait_for("1-5 label")
        assert not opened.exists()
        terminal.press("enter")
        terminal.wait_for("opens it outside")
        terminal.press("enter")
        terminal.wait_for("is opened outside")
        terminal.wait_for(opened.exists)
        assert opened.read_text() == "https://un.org/a"
        assert "noise" not in terminal.screen
        terminal.press("L")
        terminal.wait_for("follows its link")
        terminal.press("escape")
        terminal.wait_until_gone("follows its link")
        terminal.press("q")
        assert terminal.wait() == 0


def test_the_contents_are_filtered_while_typing(home):
    parts = (f"## Part {n}\n\n{numbered_article(3)}\n" for n in range(1, 40))
    path = home.write("parts.md", "# All of it\n\n" + "\n".join(parts))
    with home.start(path, columns=60, rows=20) as terminal:
        terminal.wait_for("All of it")
        terminal.type("cpart 33")
        terminal.wait_until_gone("Part 1")
        terminal.wait_for("Part 33")
        terminal.press("enter")
        terminal.wait_until_gone("Contents")
        terminal.wait_for("Part 33")
        terminal.press("ctrl+o")
        terminal.wait_for("All of it")
        terminal.press("q")
        assert terminal.wait() == 0
