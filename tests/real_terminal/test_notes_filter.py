"""Filtering the notes, and changing several of them at once."""


def test_filtered_notes_are_relabelled_undone_and_exported(home):
    with home.start(columns=80, rows=24) as terminal:
        terminal.wait_for("0 highlights")
        for key in "14243":
            terminal.press("}", key)
        terminal.wait_for("5 highlights")
        terminal.press("tab")
        terminal.wait_for("Notes")
        terminal.type("/label:doubt")
        terminal.wait_for("2 of 5")
        terminal.press("enter")
        terminal.wait_for("enter go there")
        terminal.wait_for("1 of 2 with label:doubt")
        terminal.wait_until_gone("Evidence")
        terminal.press("*")
        terminal.wait_for("2 chosen")
        terminal.press("2")
        terminal.wait_for("label 2 highlights as Evidence")
        terminal.press("u")
        terminal.wait_for("Undone: label 2 highlights as Evidence")
        terminal.press("E")
        terminal.wait_for("Export 2 annotations as Markdown to")
        terminal.press("enter")
        terminal.wait_for("2 annotations written to")
        terminal.press("escape")
        terminal.wait_until_gone("2 chosen")
        terminal.press("escape")
        terminal.wait_for("All notes are shown again.")
        terminal.press("q")
        assert terminal.wait() == 0

    labels = sorted(one["label"] for one in home.annotations())
    assert labels == ["doubt", "doubt", "evidence", "key-point", "question"]
    (written,) = home.directory.glob("*-notes.md")
    assert written.read_text("utf-8").count("label=doubt") == 2
    assert "label=evidence" not in written.read_text("utf-8")
