"""Search in the article, and marking what is found."""


def test_a_search_typed_in_one_burst_is_found_and_marked(home):
    with home.start() as terminal:
        terminal.wait_for("0 highlights")
        terminal.type("/vague\n")
        terminal.wait_for("other end")
        terminal.press("2")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0

    assert [one["anchor"]["exact"] for one in home.annotations()] == ["vague"]
    assert [one["label"] for one in home.annotations()] == ["evidence"]


def test_hits_are_counted_and_stepped_through(home):
    with home.start() as terminal:
        terminal.wait_for("0 highlights")
        terminal.type("/PACT")
        terminal.wait_for("not found")
        terminal.press(*["backspace"] * 4, *"pact")
        terminal.wait_for("1 of ")
        terminal.press("down")
        terminal.wait_for("2 of ")
        terminal.press("enter")
        terminal.wait_for("other end")
        terminal.press("n")
        terminal.wait_for("3 of ")
        terminal.press("N", "N", "N")
        terminal.wait_for("from the bottom again")
        terminal.press("/")
        terminal.type("summit")
        terminal.wait_for("not found")
        terminal.press("escape")
        terminal.wait_until_gone("summit")
        terminal.press("q")
        assert terminal.wait() == 0


def test_a_regular_expression_is_found_and_a_bad_one_reported(home):
    with home.start() as terminal:
        terminal.wait_for("0 highlights")
        terminal.type("/re:(")
        terminal.wait_for("no regular expression")
        terminal.press("backspace")
        terminal.type("[A-Z]\\w+ Korea")
        terminal.wait_for("1 of ")
        terminal.press("enter")
        terminal.wait_for("other end")
        terminal.press("4")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0


def test_tags_typed_in_one_burst_are_saved(home):
    with home.start() as terminal:
        terminal.wait_for("0 highlights")
        terminal.type("1tlaw arms\n")
        terminal.wait_for("#law #arms")
        terminal.press("q")
        assert terminal.wait() == 0

    assert [one["tags"] for one in home.annotations()] == [["law", "arms"]]
