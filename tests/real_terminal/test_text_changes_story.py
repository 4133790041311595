"""Changes since an article was read: marks, the former words, and no marks once it is read."""

import re

from real_terminal.home import numbered_article


def test_what_changed_is_marked_until_it_is_read(home):
    text = numbered_article(60)
    path = home.write("story.txt", text)
    with home.start(path) as terminal:
        terminal.wait_for(lambda: list(home.data.glob("state/last-read/*.json")))
        terminal.quit_reading()

    text = text.replace("Paragraph 2 ends here.", "Paragraph 2 goes on.")
    text = text.replace("Paragraph 50 ends here.", "Paragraph 50 goes on.")
    path.write_text(text)
    assert home.run("diff", path).returncode == 1
    with home.start(path) as terminal:
        terminal.wait_for("The article changed since you read it: + goes to 2 changes.")
        terminal.wait_for(lambda: marked(terminal, "|"))
        terminal.wait_for(lambda: marked(terminal, "'"))
        assert home.run("diff", path).returncode == 1
        terminal.quit_reading()

    with home.start(path) as terminal:
        terminal.wait_for("The article changed since you read it: + goes to 1 change.")
        terminal.press("+")
        terminal.wait_for(lambda: "Paragraph 50 goes on." in terminal.words)
        terminal.press("=")
        terminal.wait_for(lambda: "Paragraph 50 ends here." in terminal.words)
        terminal.press("escape")
        terminal.wait_until_gone("next, previous change")
        terminal.wait_for(lambda: marked(terminal, "'"))
        terminal.quit_reading()

    assert home.run("diff", path).returncode == 0
    with home.start(path) as terminal:
        terminal.wait_for("0 highlights")
        terminal.wait_for(lambda: says_so_at_a_key(terminal, "Nothing has changed since you read this last."))
        terminal.quit_reading()


def says_so_at_a_key(terminal, words):
    """Press the key of the next change, and return whether it says these words; another message while texts are compared."""
    terminal.press("+")
    terminal.read(0.5)
    return words in terminal.screen


def marked(terminal, sign):
    """Return whether the sign of a change is in the margin of a changed line."""
    return re.search(rf"goes on\. +{re.escape(sign)} ", terminal.screen)
