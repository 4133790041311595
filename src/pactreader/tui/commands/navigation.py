"""Commands that move the caret, page in either pane, and jump to headings and in the navigation history."""

from functools import partial
from typing import TYPE_CHECKING, Final

from pactreader.core.errors import PactReaderError
from pactreader.core.text_units import TextUnit
from pactreader.tui.keys.registry import Group, Pane, command

if TYPE_CHECKING:
    from pactreader.tui.context import Context
    from pactreader.tui.navigation_history import Departure, Position

_paging_command: Final = partial(command, group=Group.MOVE, needs_notes=False)
"""The decorator of commands that scroll either pane."""
_caret_command: Final = partial(_paging_command, pane=Pane.ARTICLE)
"""The decorator of commands that move the caret."""


# The caret


@_caret_command("caret-left", "left h", "Character left", short="move the caret")
def caret_left(context: "Context") -> None:
    """Move the caret to the previous character."""
    context.article_view.move(TextUnit.CHARACTER, forward=False)


@_caret_command("caret-down", "down j", "Line down", short="move the caret")
def caret_down(context: "Context") -> None:
    """Move the caret down by a line."""
    context.article_view.move_by_lines(1)


@_caret_command("caret-up", "up k", "Line up", short="move the caret")
def caret_up(context: "Context") -> None:
    """Move the caret up by a line."""
    context.article_view.move_by_lines(-1)


@_caret_command("caret-right", "right l", "Character right", short="move the caret")
def caret_right(context: "Context") -> None:
    """Move the caret to the next character."""
    context.article_view.move(TextUnit.CHARACTER, forward=True)


@_caret_command("word-next", "w ctrl+right", "Next word", short="word")
def word_next(context: "Context") -> None:
    """Move the caret to the next word."""
    context.article_view.move(TextUnit.WORD, forward=True)


@_caret_command("word-previous", "b ctrl+left", "Previous word", short="word")
def word_previous(context: "Context") -> None:
    """Move the caret to the previous word."""
    context.article_view.move(TextUnit.WORD, forward=False)


@_caret_command("word-end", "e", "End of the word", short="word")
def word_end(context: "Context") -> None:
    """Move the caret to the last character of a word."""
    context.article_view.move_to_end(TextUnit.WORD)


@_caret_command("sentence-next", ")", "Next sentence", short="sentence")
def sentence_next(context: "Context") -> None:
    """Move the caret to the next sentence."""
    context.article_view.move(TextUnit.SENTENCE, forward=True)


@_caret_command("sentence-previous", "(", "Previous sentence", short="sentence")
def sentence_previous(context: "Context") -> None:
    """Move the caret to the previous sentence."""
    context.article_view.move(TextUnit.SENTENCE, forward=False)


@_caret_command("paragraph-next", "}", "Next paragraph", short="paragraph")
def paragraph_next(context: "Context") -> None:
    """Move the caret to the next paragraph."""
    context.article_view.move(TextUnit.PARAGRAPH, forward=True)


@_caret_command("paragraph-previous", "{", "Previous paragraph", short="paragraph")
def paragraph_previous(context: "Context") -> None:
    """Move the caret to the previous paragraph."""
    context.article_view.move(TextUnit.PARAGRAPH, forward=False)


@_caret_command("line-start", "0 ^", "Beginning of the line", short="line’s ends")
def line_start(context: "Context") -> None:
    """Move the caret to the first character of its line."""
    context.article_view.go_to_line_start()


@_caret_command("line-end", "$", "End of the line", short="line’s ends")
def line_end(context: "Context") -> None:
    """Move the caret to the last character of its line."""
    context.article_view.go_to_line_end()


# Pages of either pane


def _page(context: "Context", windows: float) -> None:
    """Move down by so many windows in the pane that has the focus, up if negative."""
    pane = context.notes_panel if context.panes.in_notes else context.article_view
    pane.page(windows)


@_paging_command("page-down", "space pagedown ctrl+f", "Page down", short="page")
def page_down(context: "Context") -> None:
    """Move down by a window."""
    _page(context, 1)


@_paging_command("page-up", "backspace pageup ctrl+b", "Page up", short="page")
def page_up(context: "Context") -> None:
    """Move up by a window."""
    _page(context, -1)


@_paging_command("half-page-down", "ctrl+d", "Half a page down", short="half a page")
def half_page_down(context: "Context") -> None:
    """Move down by half a window."""
    _page(context, 0.5)


@_paging_command("half-page-up", "ctrl+u", "Half a page up", short="half a page")
def half_page_up(context: "Context") -> None:
    """Move up by half a window."""
    _page(context, -0.5)


@_paging_command("top", "g home", "To the top", short="top, bottom")
def top(context: "Context") -> None:
    """Go to the beginning of the article, or to the first card."""
    if context.panes.in_notes:
        context.notes_panel.move_to(0)
    else:
        context.panes.history.push(context.panes.position)
        context.article_view.go_to_top()


@_paging_command("bottom", "G end", "To the bottom", short="top, bottom")
def bottom(context: "Context") -> None:
    """Go to the end of the article, or to the last card."""
    if context.panes.in_notes:
        context.notes_panel.move_to(len(context.notebook) - 1)
    else:
        context.panes.history.push(context.panes.position)
        context.article_view.go_to_bottom()


# Jumps


@command(
    "back",
    "ctrl+o < alt+left",
    "Back to where I was",
    group=Group.MOVE,
    short="back, forward",
    help="Before a find, a link, a bookmark, the top; also in the article before.",
)
def back(context: "Context") -> None:
    """Go back in the navigation history."""
    history = context.panes.history
    _go(context, history.back(context.panes.position), history.former, "There is nowhere to go back to.")


@command("forward", "> alt+right", "Forward again", group=Group.MOVE, short="back, forward")
def forward(context: "Context") -> None:
    """Go forward in the navigation history."""
    history = context.panes.history
    position = history.forward(context.panes.position)
    _go(context, position, history.following, "There is nowhere to go forward to.")


def _go(
    context: "Context", position: "Position | None", departure: "Departure | None", none_message: str
) -> None:
    """Go to a position in the article or, if there is none, to the article before or after it."""
    if position:
        context.panes.return_to(position)
        if context.panes.in_notes:
            context.panes.focus_article()
    elif departure:
        try:
            context.app.opener.open_again(departure)
        except PactReaderError as error:
            context.show_message(error.one_line, warning=True)
    else:
        context.show_message(none_message)
