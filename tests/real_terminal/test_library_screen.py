"""The library: opening other articles, finding notes of all articles, forgetting an article."""


def test_a_note_of_another_article_is_found_and_opened(home):
    one = home.write(
        "sanctions.md", "# Sanctions\n\n" + "Filler here. " * 400 + "\n\nNobody enforces them at sea.\n"
    )
    two = home.write("pact.md", "# The pact\n\nWho signed it? Both did.\n")
    with home.start(one) as terminal:
        terminal.wait_for("0 highlights")
        terminal.type("/at sea\n")
        terminal.wait_for("other end")
        terminal.press("4", "a")
        terminal.wait_for("Note on “at sea”")
        terminal.type("Ask the coast guard")
        terminal.press("ctrl+s")
        terminal.wait_until_gone("Note on")
        terminal.press("q")
        assert terminal.wait() == 0

    with home.start("--review", two) as terminal:
        terminal.wait_for("Who signed it?")
        terminal.press("}", "3")
        terminal.wait_for("1 highlight ")
        terminal.type("ocoast guard")
        terminal.wait_for("! “at sea” Ask the coast guard")
        terminal.press("enter")
        terminal.wait_for("Nobody enforces them at sea.")
        assert "Sanctions" in terminal.lines[0]
        terminal.press("2")
        terminal.wait_for("+  Nobody")
        terminal.press("o")
        terminal.wait_for("enter opens it")
        terminal.type("the pact\n")
        terminal.wait_for("Who signed it?")
        terminal.press("q")
        assert terminal.wait() == 0
        assert "# The pact" in terminal.screen

    assert [one["label"] for one in home.annotations()] == ["question", "evidence"]
    with home.start() as terminal:
        terminal.wait_for("Who signed it?")
        terminal.press("q")
        assert terminal.wait() == 0


def test_an_article_is_deleted_after_a_yes(home):
    gone = home.write("secret.md", "# Secret\n\nNobody knows.\n")
    with home.start(gone) as terminal:
        terminal.wait_for("Nobody knows")
        terminal.press("}", "1")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0

    for answer, result in (("\n", "Nothing is deleted."), ("y\n", "Deleted: “Secret”, 1 annotation")):
        with home.start("library", "--delete", "secret") as terminal:
            terminal.wait_for("Delete “Secret”, 1 annotation and everything kept of it?")
            terminal.type(answer)
            assert terminal.wait() == 0
            assert result in terminal.screen
    assert home.annotations() == []
    assert gone.exists()


def test_an_article_without_its_file_is_read_and_forgotten(home):
    gone = home.write("gone.md", "# Gone\n\nIt is still here.\n")
    with home.start(gone) as terminal:
        terminal.wait_for("still here")
        terminal.press("}", "1")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0
    kept = gone.rename(home.directory / "elsewhere.md")

    other = home.write("other.txt", "Another one\n\nVladimir Putin travels.\n")
    with home.start(other, columns=80, rows=24) as terminal:
        terminal.wait_for("Vladimir Putin")
        terminal.press("o")
        terminal.wait_for("Gone")
        terminal.press("down", "enter")
        terminal.wait_for("It is still here.")
        assert "There is no file" in terminal.words
        terminal.press("o")
        terminal.wait_for("enter opens it")
        terminal.press("down", "enter")
        terminal.wait_for("Vladimir Putin")
        terminal.press("o")
        terminal.wait_for("enter opens it")
        terminal.press("down", "ctrl+d")
        terminal.wait_for("“Gone” is forgotten, ctrl+z recalls it.")
        assert "gone.md" not in terminal.screen
        terminal.press("escape")
        terminal.wait_until_gone("Library")
        terminal.press("q")
        assert terminal.wait() == 0

    assert kept.exists()
    assert "Gone" not in home.run("library").stdout
    assert len(home.annotations()) == 1
    with home.start(kept) as terminal:
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0
