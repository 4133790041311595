"""Keys typed faster than they are handled, as over a slow line: each is handled after all effects of the one before."""

from real_terminal.home import numbered_article


def test_keys_typed_behind_enter_in_a_prompt_are_commands(home):
    with home.start() as terminal:
        terminal.wait_for("0 highlights")
        terminal.type("1tlaw arms\n2")
        terminal.wait_for("+ Evidence")
        terminal.type("/pact\n3")
        terminal.wait_for("2 highlights")
        terminal.press("q")
        assert terminal.wait() == 0
    tags = [one["tags"] for one in home.annotations()]
    assert sorted(tags) == [[], ["law", "arms"]]


def test_palette_note_and_quit_can_be_typed_in_one_burst(home):
    with home.start() as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("1")
        terminal.press("ctrl+p")
        terminal.type("write a note\nTyped in one go.")
        terminal.press("ctrl+s")
        terminal.type("q")
        assert terminal.wait() == 0
    assert [one["note"] for one in home.annotations()] == ["Typed in one go."]


def test_enter_pressed_twice_submits_once(home):
    with home.start() as terminal:
        terminal.wait_for("0 highlights")
        terminal.type("1tlaw\n\n")
        terminal.wait_for("#law")
        terminal.press("E")
        terminal.wait_for("Export as Markdown to")
        terminal.type("\n\n")
        terminal.wait_for(lambda: list(home.directory.glob("*-notes.md")))
        terminal.wait_until_gone("Export as Markdown to")
        terminal.type("o\n\n2")
        terminal.wait_for("+ Evidence")
        terminal.press("q")
        assert terminal.wait() == 0
    assert home.annotations()[0]["tags"] == ["law"]


def test_articles_are_opened_and_marked_in_one_burst(home):
    with home.start() as terminal:
        terminal.wait_for(lambda: list(home.data.glob("texts/*.gz")))
        terminal.press("q")
        assert terminal.wait() == 0
    with home.start(home.write("long.txt", numbered_article(30))) as terminal:
        terminal.wait_for("0 highlights")
        terminal.type("1orussia\n}3)4o")
        terminal.wait_for("2 highlights")
        terminal.wait_for("is:forgotten")
        terminal.type("long\n}2q")
        assert terminal.wait() == 0
    found = [(one["label"], one["anchor"]["exact"][:12]) for one in home.annotations()]
    assert sorted(found) == [
        ("doubt", "This deal ma"),
        ("evidence", "Paragraph 2 "),
        ("key-point", "Paragraph 1 "),
        ("question", "Vladimir Put"),
    ]


def test_a_letter_right_behind_escape_is_not_alt(home):
    with home.start() as terminal:
        terminal.wait_for("0 highlights")
        terminal.type("1aWho says so?\x1btlaw\nvw\x1b)2q")
        assert terminal.wait() == 0
    found = [(one["label"], one["note"], one["tags"]) for one in home.annotations()]
    assert found == [("key-point", "Who says so?", ["law"]), ("evidence", "", [])]
