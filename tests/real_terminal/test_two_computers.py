"""Two computers read different revisions of one article and mark each its own; then their libraries are merged."""

import shutil

from real_terminal.home import Home
from real_terminal.test_highlight_places import ASKED, CAPTAIN, FERRY, WINTER

HOMEWORK = 'The school children do their "homework" on the lower deck.'
KNITTING = "The school children do their knitting on the lower deck."
SECOND = FERRY.replace(HOMEWORK, KNITTING)
THIRD = "A word before.\n\n" + FERRY.replace(CAPTAIN, ASKED)


def test_notes_on_two_revisions_are_placed_after_a_merge(tmp_path):
    (tmp_path / "desk").mkdir()
    desk, laptop = Home(tmp_path / "desk"), Home(tmp_path / "laptop")
    article = desk.write("ferry.txt", FERRY)
    desk.mark(article, WINTER)
    shutil.copytree(desk.directory, laptop.directory)
    desk.write("ferry.txt", SECOND)
    desk.mark(article, KNITTING, highlights=1)
    laptop.mark(laptop.directory / "ferry.txt", highlights=1)
    laptop.mark(laptop.write("ferry.txt", THIRD), ASKED, highlights=1)

    merged = desk.run("merge", laptop.data)
    assert (merged.returncode, merged.stderr) == (0, "")
    assert "1 new annotation" in merged.stdout
    desk.write("ferry.txt", THIRD)
    with desk.start(article) as terminal:
        terminal.wait_for("3 highlights")
        for place in ("moved ¶ 6", "changed ¶ 6", "¶ 4"):
            terminal.wait_for(place)
        terminal.quit_reading()
    assert [(row["quote"], row["place"], row["now"]) for row in desk.notes()] == [
        (ASKED, "exact", None),
        (WINTER, "moved", None),
        (KNITTING, "changed", HOMEWORK),
    ]
    assert desk.run("doctor").returncode == 0
