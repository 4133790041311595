"""A large Markdown text is shown from its beginning on while the rest is parsed, and as it was parsed the next time."""

SECTIONS = 1500
TEXT = "".join(
    f"## Section {n}\n\nThe pact of *section {n}* is [vague][v] in many of the words that it has. Who decides? "
    f"It was signed, and what it means for the others is said in no place of the text {n}.\n\n"
    for n in range(1, SECTIONS + 1)
)
LAST = f"place of the text {SECTIONS}."


def test_a_large_markdown_is_marked_while_it_is_parsed_and_then_taken_as_it_was_parsed(home):
    path = home.write("pact.md", f"# The pact\n\n{TEXT}[v]: https://example.org\n")
    with home.start(path) as terminal:
        terminal.wait_for("esc stops it")
        terminal.press("}", "}", "1")
        terminal.wait_for("1 highlight ")
        terminal.wait_for(" %")
        assert "esc stops it" not in terminal.screen
        terminal.press("G")
        terminal.wait_for(LAST)
        terminal.quit_reading()
    (found,) = home.notes()
    assert (found["place"], found["quote"]) == (
        "exact",
        "The pact of section 1 is vague in many of the words that it has.",
    )
    assert len(list((home.data / "cache" / "articles").iterdir())) == 1
    with home.start(path) as terminal:
        terminal.wait_for(LAST)
        terminal.wait_for("1 highlight ")
        terminal.quit_reading()
        assert b"esc stops it" not in terminal.raw
