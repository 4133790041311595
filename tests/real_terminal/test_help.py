"""Help and the command palette."""

import re


def test_help_and_palette_find_keys_by_words(home):
    with home.start(columns=80, rows=24) as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("?")
        terminal.wait_for("esc closes")
        for words in ("Mark", "Select", "Find", "Write", "Move", "PactReader", "pick words", "back, forward"):
            assert words in terminal.screen
        terminal.type("relabels")
        terminal.wait_for("F  Pick a highlight.")
        terminal.press("escape")
        terminal.wait_until_gone("esc closes")
        terminal.press("ctrl+p")
        terminal.wait_for("Highlight as Key point")
        terminal.type("contents")
        terminal.wait_for(lambda: re.search(r"Contents… +c ", terminal.screen))
        terminal.press("escape")
        terminal.wait_until_gone("Contents…")
        terminal.press("q")
        assert terminal.wait() == 0
