"""Words are found however fast they are typed, and what is found can be marked."""


def test_what_is_typed_in_one_burst_is_looked_for_and_marked(home):
    with home.read() as terminal:
        terminal.wait_for("0 highlights")
        terminal.type("/vague\n")
        terminal.wait_for("other end")
        terminal.press("2")
        terminal.wait_for("1 highlight ")
        terminal.press("q")
        assert terminal.wait() == 0

    assert [one["anchor"]["exact"] for one in home.annotations()] == ["vague"]
    assert [one["label"] for one in home.annotations()] == ["evidence"]


def test_hits_are_counted_gone_through_and_left(home):
    with home.read() as terminal:
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


def test_a_regular_expression_is_found_and_a_wrong_one_is_said(home):
    with home.read() as terminal:
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


def test_tags_typed_in_one_burst_are_kept(home):
    with home.read() as terminal:
        terminal.wait_for("0 highlights")
        terminal.type("1tlaw arms\n")
        terminal.wait_for("#law #arms")
        terminal.press("q")
        assert terminal.wait() == 0

    assert [one["tags"] for one in home.annotations()] == [["law", "arms"]]
