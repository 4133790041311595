"""The open file is edited in another program: the text is taken in, the place and the highlights kept."""

import os
import subprocess
import sys

from real_terminal.home import numbered_article
from real_terminal.test_two_windows import wait_for_both

EDITED = "Paragraph 5 begins, edited, with its own number."


def edited(text):
    """Return the text with a paragraph on top and words put into a sentence further down."""
    return "A paragraph on top.\n\n" + text.replace("Paragraph 5 begins with its own number.", EDITED)


def save_in_another_process(path, text):
    """Save a file as vim does with `backupcopy=no`: the former one is renamed, a new one written, the former removed."""
    script = (
        "import os, sys, pathlib; path = pathlib.Path(sys.argv[1]); old = path.rename(str(path) + '~'); "
        "path.write_bytes(sys.stdin.buffer.read()); old.unlink()"
    )
    subprocess.run([sys.executable, "-c", script, path], input=text.encode(), check=True)


def top_lines(terminal):
    return [line[:70] for line in terminal.lines[1:6]]


def test_an_edit_in_another_program_is_taken_in(home):
    text = numbered_article(60)
    article = home.write("long.txt", text)
    with home.start(article) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("g", "1", *["}"] * 30, "2")
        terminal.wait_for("2 highlights")
        while terminal.read(0.3):  # until everything is drawn
            pass
        before = top_lines(terminal)
        save_in_another_process(article, edited(text))
        terminal.wait_for("The article changed on the disk: 2 moved.")
        assert top_lines(terminal) == before
        terminal.press("g")
        terminal.wait_for("A paragraph on top.")
        terminal.press(*["}"] * 5)
        terminal.wait_for(EDITED)
        terminal.press("3")
        terminal.wait_for("3 highlights")
        terminal.quit_reading()
    assert [one["anchor"]["exact"] for one in home.annotations()][1] == EDITED
    with home.start(article) as terminal:
        terminal.wait_for("3 highlights")
        terminal.press("j")
        terminal.wait_until_gone("The article changed")


def test_a_deleted_file_stays_on_the_screen_until_it_returns(home):
    text = numbered_article(60)
    article = home.write("long.txt", text)
    with home.start(article) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press(*["}"] * 30, "2")
        terminal.wait_for("1 highlight ")
        while terminal.read(0.3):  # until everything is drawn
            pass
        before = top_lines(terminal)
        article.unlink()
        terminal.wait_for("The file long.txt is gone. What you read stays here.")
        assert top_lines(terminal) == before
        terminal.press(")", "3")
        terminal.wait_for("2 highlights")
        before = top_lines(terminal)
        article.write_text(edited(text))
        terminal.wait_for("The article changed on the disk: 2 moved.")
        assert top_lines(terminal) == before
        terminal.press("g")
        terminal.wait_for("A paragraph on top.")
        terminal.quit_reading()
    assert [row["place"] for row in home.notes()] == ["moved", "moved"]


def test_a_note_that_is_being_written_is_not_interrupted(home):
    text = numbered_article(10)
    article = home.write("short.txt", text)
    with home.start(article, columns=80, rows=24) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("1", "a")
        terminal.wait_for("Note on “")
        terminal.type("Half a ")
        save_in_another_process(article, edited(text))
        terminal.wait_for("it is read again when the note is closed.")
        terminal.type("thought.")
        terminal.press("ctrl+s")
        terminal.wait_for("A paragraph on top.")
        terminal.quit_reading()
    assert [one["note"] for one in home.annotations()] == ["Half a thought."]


def test_two_windows_each_show_the_annotations_on_their_own_text(home):
    text = numbered_article(10)
    article = home.write("short.txt", text)
    with home.start(article) as one, home.start(article) as two:
        for window in (one, two):
            window.wait_for("0 highlights")
        one.press("v")
        one.wait_for("let go")
        save_in_another_process(article, edited(text))
        wait_for_both(one, two, "The article changed on the disk")
        two.wait_for("A paragraph on top.")
        assert "A paragraph on top." not in one.screen
        two.press("}", "2")
        wait_for_both(one, two, "1 highlight ")
        two.wait_for("¶ 3")
        one.wait_for("moved ¶ 2")
        one.press("escape")
        one.wait_for("A paragraph on top.")
        wait_for_both(one, two, "¶ 3")
        for window in (one, two):
            window.quit_reading()
    (found,) = home.annotations()
    assert found["anchor"]["exact"] == "Paragraph 2 begins with its own number."


def test_quitting_at_once_after_a_change_of_a_large_file(home):
    text = numbered_article(5000)
    article = home.write("large.txt", text)
    with home.start(article) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("1")
        terminal.wait_for("1 highlight")
        article.write_text(edited(text))
        os.utime(article)
        terminal.quit_reading()
