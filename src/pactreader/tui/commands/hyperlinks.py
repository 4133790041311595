"""Commands that follow links. A link out of the article is opened only when the user confirms."""

from functools import partial
from typing import TYPE_CHECKING

from pactreader.core.links import Link, LinkKind, link_at, link_kind, links_between, resolve_target
from pactreader.core.printable_text import printable_line
from pactreader.tui.keys.key_capture import CANCEL_HINT, SingleKey
from pactreader.tui.keys.registry import Footer, Group, Pane, command
from pactreader.tui.keys.screen_state import needs_link

if TYPE_CHECKING:
    from pactreader.tui.context import Context


@command(
    "link",
    "L",
    "Pick a link",
    group=Group.MOVE,
    pane=Pane.ARTICLE,
    short="pick a link",
    help="Every link in view wears a tag.",
)
def pick_link(context: "Context") -> None:
    """Tag every link in view, and follow the one whose tag is typed."""
    from pactreader.tui.commands.tag_pickers import LinkPicker

    view = context.article_view
    links = links_between(context.notebook.article, *view.visible_passage)
    if links:
        context.capture.start(LinkPicker(view, links, partial(_follow, context)))
    else:
        context.show_message("There is no link in view.")


@command(
    "follow",
    "enter",
    "Follow the link",
    group=Group.MOVE,
    pane=Pane.ARTICLE,
    short="follow the link",
    help="An address outside the article is shown before it is opened.",
    footer=Footer("follow the link", reading=1, highlight=1),
    when=needs_link,
    momentary=True,
)
def follow(context: "Context") -> None:
    """Follow the link at the caret."""
    if link := link_at(context.notebook.article, context.article_view.caret.offset):
        _follow(context, link)


def _follow(context: "Context", link: Link) -> None:
    """Go to a link's target in the article; of a link out of it, show the address and let a second key open it."""
    target = printable_line(link.target)
    match link_kind(link.target):
        case LinkKind.INTERNAL:
            if found := resolve_target(context.notebook.article, link.target):
                context.panes.jump_to(found.start)
            else:
                context.show_message(f"{target} is not in this article.")
        case LinkKind.EXTERNAL:
            hints = ((target, ""), ("enter", "opens it outside"), ("y", "copies it"), CANCEL_HINT)
            effects = {"enter": partial(_open, context, target), "y": partial(_copy, context, target)}
            context.capture.start(SingleKey(hints, effects))
            context.show_message(f"{target} — enter opens it outside, y copies it, esc lets it be.")
        case LinkKind.OTHER:
            context.show_message(f"{target} is no address on the web: it is not opened from here.")


def _open(context: "Context", address: str) -> None:
    if context.app.open_outside(address):
        context.show_message(f"{address} is opened outside.")
    else:
        where = context.app.copy(address)
        context.show_message(f"There is no browser to open it with: it is sent to {where}. {address}")


def _copy(context: "Context", address: str) -> None:
    context.show_message(f"The address is sent to {context.app.copy(address)}.")
