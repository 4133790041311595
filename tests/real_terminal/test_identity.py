"""The identity of articles: every path is remembered, pipes have no address, another text takes nothing over."""

import json
import os
import shlex
import shutil
from pathlib import Path

import pytest

from real_terminal.home import PACTREADER
from terminal import Terminal

DOC = "# Doc\n\nFirst sentence stands here. Second.\n"


def mark_a_paragraph(home, *arguments, wanted="Doc", **options):
    """Open an article, highlight its second paragraph, and quit."""
    with home.start(*arguments, **options) as terminal:
        terminal.wait_for(wanted)
        terminal.wait_for("0 highlights")
        terminal.press("}", "1")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0


def look(home, *arguments, highlights, **options):
    """Open an article, see the number of its highlights, and quit."""
    with home.start(*arguments, **options) as terminal:
        terminal.wait_for(highlights)
        terminal.press("q")
        assert terminal.wait() == 0


def listed(home):
    """Return the titles and the numbers of highlights in the library, sorted."""
    rows = json.loads(home.run("library", "--json").stdout)
    return sorted((row["title"], row["highlights"]) for row in rows)


def test_a_backup_copy_that_was_looked_at_takes_nothing(home):
    path = home.write("a.md", DOC)
    mark_a_paragraph(home, "a.md")
    shutil.copy(path, home.directory / "a.bak.md")
    look(home, "a.bak.md", highlights="1 highlight ")
    home.write("a.md", DOC + "\nNew line.\n")
    look(home, "a.md", highlights="1 highlight ")
    assert listed(home) == [("Doc", 1)]


def test_a_linked_folder_is_the_same_place(home):
    (home.directory / "data").mkdir()
    path = home.write("data/a.md", DOC)
    (home.directory / "docs").symlink_to(home.directory / "data")
    linked = home.directory / "docs" / "a.md"
    mark_a_paragraph(home, linked)
    look(home, path, highlights="1 highlight ")
    home.write("data/a.md", DOC + "\nNew line.\n")
    look(home, linked, highlights="1 highlight ")
    assert listed(home) == [("Doc", 1)]


@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to], ids=["symbolic", "hard"])
def test_an_edited_article_is_known_by_each_link(home, link):
    path = home.write("a.md", DOC)
    other = home.directory / "b.md"
    link(other, path)
    mark_a_paragraph(home, path)
    look(home, other, highlights="1 highlight ")
    path.write_text(DOC.replace("stands", "still stands"))
    for source in (path, other):
        look(home, source, highlights="1 highlight ")
        assert [(row["place"], row["now"]) for row in home.notes()] == [
            ("changed", "First sentence still stands here.")
        ]
    assert listed(home) == [("Doc", 1)]


@pytest.mark.skipif(not shutil.which("bash"), reason="process substitution is bash's")
@pytest.mark.parametrize(
    "command",
    ["exec {program} <(cat {article})", "cat {article} > pipe & exec {program} pipe"],
    ids=["process substitution", "a named pipe"],
)
def test_articles_through_a_pipe_share_no_notebook(home, command):
    os.mkfifo(home.directory / "pipe")
    for name in ("Alpha", "Beta"):
        home.write(name, f"{name} report\n\n{name} has an idea of its own. The other one has not.\n")
        script = command.format(program=shlex.join(PACTREADER), article=name)
        with Terminal(["bash", "-c", script], env=home.environment, cwd=home.directory) as terminal:
            terminal.wait_for("0 highlights")
            terminal.press("}", "1")
            terminal.wait_for("1 highlight ")
            terminal.quit_reading()
    assert listed(home) == [("Alpha report", 1), ("Beta report", 1)]


def test_two_pipes_are_two_articles(home):
    for text, wanted in (
        ("Alpha report\n\nAlpha has one idea. It is good.\n", "Alpha has"),
        ("Beta memo\n\nBeta is something else. Entirely so.\n", "Beta is"),
    ):
        reading, writing = os.pipe()
        os.write(writing, text.encode())
        os.close(writing)
        with os.fdopen(reading, "rb") as stdin:
            mark_a_paragraph(home, "/dev/stdin", wanted=wanted, stdin=stdin)
    assert listed(home) == [("Alpha report", 1), ("Beta memo", 1)]
    with home.start("Alpha") as terminal:
        terminal.wait_for("Alpha has one idea.")
        terminal.press("q")
        assert terminal.wait() == 0


def long_text(changed=""):
    return "# The long one\n\n" + "\n\n".join(
        f"Paragraph {n} says {n * 7} things about {n * 13} pacts{changed}." for n in range(40)
    )


def test_a_renamed_and_edited_file_keeps_its_notes(home):
    path = home.write("a.md", long_text())
    mark_a_paragraph(home, "a.md", wanted="The long one")
    path.unlink()
    home.write("b.md", long_text().replace("7 things", "7 items", 1).replace("13 pacts", "13 treaties", 1))
    look(home, "b.md", highlights="1 highlight ")
    assert listed(home) == [("The long one", 1)]


def test_a_text_piped_again_with_a_digit_changed_keeps_its_notes(home):
    for year, highlights in (("2025", "0 highlights"), ("2026", "1 highlight ")):
        piped = home.write("piped", f"{long_text()}\n\nIn {year}.\n")
        with piped.open("rb") as stdin, home.start("-", stdin=stdin) as terminal:
            terminal.wait_for(highlights)
            if year == "2025":
                terminal.press("}", "1")
                terminal.wait_for("1 highlight ")
            terminal.press("q")
            assert terminal.wait() == 0
    assert listed(home) == [("The long one", 1)]


def test_the_same_bytes_by_another_name_keep_their_notes(home):
    text = "# Doc\n\nFirst *sentence* with a [link](https://example.org/). Second.\n"
    path = home.write("a.md", text)
    mark_a_paragraph(home, "a.md")
    path.rename(home.directory / "a.txt")
    look(home, "a.txt", highlights="1 highlight ")


def test_another_text_saved_over_a_path_is_asked_about(home):
    home.write("a.md", DOC)
    mark_a_paragraph(home, "a.md")
    home.write("a.md", "# Memo\n\nQuite something else, of which no word was there.\n")
    with home.start("a.md", columns=80, rows=24) as terminal:
        terminal.wait_for("Is this the same article as “Doc”?")
        terminal.press("escape")
        terminal.wait_until_gone("Is this")
        terminal.press("o")
        terminal.type("doc\n")
        terminal.wait_for("First sentence stands here.")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0
    with home.start("a.md", columns=80, rows=24) as terminal:
        terminal.wait_for("Is this the same article as “Doc”?")
        terminal.press("n")
        terminal.wait_until_gone("Is this")
        terminal.press("}", "2")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0
    assert listed(home) == [("Doc", 1), ("Memo", 1)]
    with home.start("Doc") as terminal:
        terminal.wait_for("“First sentence stands here.”")
        terminal.quit_reading()
    home.write("a.md", DOC)
    look(home, "a.md", highlights="1 highlight ")
    assert [one["quote"] for one in json.loads(home.run("notes", "--in", "a.md", "--json").stdout)] == [
        "First sentence stands here."
    ]


def test_joined_articles_are_split_in_the_library(home):
    home.write("a.md", long_text())
    mark_a_paragraph(home, "a.md", wanted="The long one")
    home.write("b.md", long_text().replace("The long one", "The new one").replace("7 things", "8 things", 1))
    with home.start("b.md") as terminal:
        terminal.wait_for("Is this the same article as “The long one”?")
        terminal.press("y")
        terminal.wait_for("1 highlight ")
        terminal.press("o")
        terminal.wait_for("ctrl+t split")
        terminal.press("ctrl+t")
        terminal.wait_for("Split from")
        terminal.type("b.md\n")
        terminal.wait_until_gone("Split from")
        terminal.wait_for("0 highlights ·")
        assert listed(home) == [("The long one", 1), ("The new one", 0)]
        terminal.press("ctrl+z")
        terminal.wait_until_gone("0 highlights ·")
        terminal.press("escape")
        terminal.wait_until_gone("Library")
        terminal.press("q")
        assert terminal.wait() == 0
    assert [highlights for _, highlights in listed(home)] == [1]


def test_without_a_terminal_nothing_is_joined(home):
    home.write("a.md", long_text())
    mark_a_paragraph(home, "a.md", wanted="The long one")
    home.write("b.md", long_text().replace("7 things", "8 things", 1))
    for words in (["export", "b.md"], ["notes", "--in", "b.md"]):
        done = home.run(*words)
        assert done.returncode == 0
        assert "resembles “The long one” (" in done.stderr
        assert "Key point" not in done.stdout
