"""Commands that set bookmarks on sentences, and go to them."""

from functools import partial
from typing import TYPE_CHECKING, Final

from pactreader.core.anchoring.description import describe
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.errors import NotSavedError
from pactreader.core.printable_text import printable_line
from pactreader.tui.commands.navigation import back
from pactreader.tui.keys.key_capture import CANCEL_HINT, SingleKey
from pactreader.tui.keys.registry import Group, Pane, command
from pactreader.tui.keys.screen_state import needs_text
from pactreader.tui.session.placement.quick_placement import place_quickly

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
    bookmarks, article = _bookmarks(context), context.notebook.article
    caret = context.article_view.caret
    anchor = describe(article.text, *caret.sentence, article.text_hash)
    known = bookmarks.get(letter)
    placement = _place_quickly(context, known) if known else None
    if placement and placement.found and placement.start <= caret.offset < placement.end:
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
    if placement := _place_quickly(context, anchor):
        _go_to_placement(context, letter, placement)
    elif context.notebook.article.rest:
        context.show_message(f"The sentence of the bookmark {letter} is not in what is read so far.")
    else:
        context.show_message(
            f"The text changed: the sentence of the bookmark {letter} is being searched for…"
        )
        context.screen.run_worker(
            _search_and_go_to(context, letter, anchor), group="bookmark", exclusive=True
        )


async def _search_and_go_to(context: "Context", letter: str, anchor: "Anchor") -> None:
    """Search for the sentence of a bookmark in a thread, and go there, unless the user has moved meanwhile."""
    from pactreader.tui.session.daemon_thread import run_in_daemon_thread  # not for a list of commands

    position, locator = context.panes.position, context.notebook.locator
    placement = await run_in_daemon_thread(partial(locator.place, anchor))
    if context.panes.position == position and context.notebook.locator is locator:
        context.screen.footer_bar.clear()
        _go_to_placement(context, letter, placement)
        context.screen.follow()


def _go_to_placement(context: "Context", letter: str, placement: Placement) -> None:
    """Go to the sentence of a bookmark, and tell the user if that has changed, may be another one, or is lost."""
    if placement.kind is PlacementKind.LOST:
        context.show_message(f"The sentence of the bookmark {letter} is not in the text now.")
        return
    context.panes.jump_to(placement.start)
    if placement.kind is PlacementKind.CHANGED:
        context.show_message(f"The sentence of the bookmark {letter} has changed: it is here.")
    elif placement.kind is PlacementKind.DOUBTFUL:
        context.show_message(
            f"The sentence of the bookmark {letter} has changed: this may be it, or another one. "
            f"{context.keymap.key('back')} goes back.",
            warning=True,
        )


def _place_quickly(context: "Context", anchor: "Anchor") -> Placement | None:
    """Return the placement of a bookmark; `None` if it takes a search in a long text, or the text is not whole."""
    if context.notebook.article.rest:
        return context.notebook.locator.place_at_once(anchor)
    return place_quickly(context.notebook.locator, context.notebook.article, anchor)
