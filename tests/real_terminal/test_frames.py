"""Frames: all that a key does is painted at once, and no more than what changed."""

from real_terminal.home import numbered_article

FRAME = b"\x1b[?2026h"
"""The beginning of a synchronised update, one for each frame."""


def read_numbered(home):
    """Start reading an article, and wait until nothing more of the start is to be painted."""
    source = home.directory / "numbered.txt"
    source.write_text(numbered_article(100), encoding="utf-8")
    terminal = home.start(str(source))
    terminal.wait_for("0 highlights")
    terminal.press("1")
    terminal.wait_for("1 highlight ")
    return terminal


def test_keys_of_both_panes_are_painted_in_one_frame_each(home):
    with read_numbered(home) as terminal:
        terminal.press("tab")
        terminal.wait_for("go there")
        before = terminal.raw.count(FRAME)
        for _ in range(3):
            terminal.press("tab")
            terminal.wait_until_gone("go there")
            title = terminal.lines[0]
            terminal.press("pagedown")
            terminal.wait_until_gone(title)
            terminal.press("tab")
            terminal.wait_for("go there")
        assert terminal.raw.count(FRAME) - before <= 9


def test_a_key_sends_little_more_than_what_it_changes(home):
    with read_numbered(home) as terminal:
        before = len(terminal.raw)
        for _ in range(5):
            terminal.press("v")
            terminal.wait_for("let go")
            terminal.press("escape")
            terminal.wait_until_gone("let go")
        assert (len(terminal.raw) - before) / 10 < 3_000


def test_a_dialog_is_closed_in_one_frame(home):
    with read_numbered(home) as terminal:
        for _ in range(3):
            terminal.press("?")
            terminal.wait_for("esc closes")
            before = terminal.raw.count(FRAME)
            terminal.press("escape")
            terminal.wait_until_gone("esc closes")
            terminal.press("v")  # is painted after all that belongs to escape
            terminal.wait_for("let go")
            assert terminal.raw.count(FRAME) - before <= 2
            terminal.press("escape")
            terminal.wait_until_gone("let go")
