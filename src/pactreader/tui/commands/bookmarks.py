"""Commands that set bookmarks on sentences, and go to them."""

from functools import partial
from typing import TYPE_CHECKING, Final

from pactreader.core.anchoring.description import describe
from pactreader.core.anchoring.locator import Locator
from pactreader.core.errors import NotSavedError
from pactreader.core.printable_text import printable_line
from pactreader.tui.commands.navigation import back
from pactreader.tui.keys.key_capture import CANCEL_HINT, SingleKey
from pactreader.tui.keys.registry import Group, Pane, command
from pactreader.tui.keys.screen_state import needs_text

if TYPE_CHECKING:
    from pactreader.core.annotation import Anchor
    from pactreader.tui.context import Context

_QUOTE_LENGTH: Final = 24
"""Code points of a bookmark's sentence that the footer shows."""


@command(
    "bookmark",
    '"',
    "Set a bookmark",
    group=Group.MOVE,
    pane=Pane.ARTICLE,
    short="set, go to mark",
    help="The next key is its letter; once more on its sentence takes it away.",
    when=needs_text,
)
def set_bookmark(context: "Context") -> None:
    """Set the bookmark that the next letter names on the sentence at the caret."""
    hints = (("letter", "becomes a bookmark here"), CANCEL_HINT)
    context.capture.start(SingleKey(hints, {}, letter=partial(_toggle_bookmark, context)))


@command(
    "to-bookmark",
    "'",
    "Go to a bookmark",
    group=Group.MOVE,
    pane=Pane.ARTICLE,
    short="set, go to mark",
    help="The next key is its letter.",
)
def go_to_bookmark(context: "Context") -> None:
    """Go to the bookmark that the next letter names; the command's own key goes back."""
    known = sorted(_bookmarks(context).items(), key=lambda item: item[1].start)
    quotes = [
        (letter, printable_line(anchor.exact[:_QUOTE_LENGTH].rstrip()) + "…") for letter, anchor in known
    ]
    effects = dict.fromkeys(context.keymap["to-bookmark"].keys, partial(back, context))
    hints = (*quotes, *((key, "back") for key in effects), CANCEL_HINT)
    context.capture.start(SingleKey(hints, effects, letter=partial(_go_to, context)))


def _bookmarks(context: "Context") -> "dict[str, Anchor]":
    session = context.session
    return session.reading_state.bookmarks(session.entry.id)


def _toggle_bookmark(context: "Context", letter: str) -> None:
    """Set the bookmark of a letter on the sentence at the caret, or remove it if it is on that sentence already."""
    bookmarks = _bookmarks(context)
    anchor = describe(context.notebook.article.text, *context.article_view.caret.sentence)
    if bookmarks.get(letter) == anchor:
        del bookmarks[letter]
        message = f"The bookmark {letter} is removed."
    else:
        now = "now " if letter in bookmarks else ""
        bookmarks[letter] = anchor
        key = context.keymap.key("to-bookmark")
        message = f"The bookmark {letter} is {now}here: {key} {letter} comes back to it."
    try:
        context.session.reading_state.save_bookmarks(context.session.entry.id, bookmarks)
    except NotSavedError as error:
        context.show_message(error.one_line, warning=True)
    else:
        context.show_message(message)


def _go_to(context: "Context", letter: str) -> None:
    anchor = _bookmarks(context).get(letter)
    if anchor is None:
        key = context.keymap.key("bookmark")
        context.show_message(f"There is no bookmark {letter}: {key} {letter} puts one on this sentence.")
        return
    placement = Locator(context.notebook.article.text).place(anchor)
    if placement.found:
        context.panes.jump_to(placement.start)
    else:
        context.show_message(f"The sentence of the bookmark {letter} is not in the text now.")
