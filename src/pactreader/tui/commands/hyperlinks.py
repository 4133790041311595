"""Commands that follow links. One that leads neither into the article nor to a file beside it is opened only when the user confirms."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from pactreader.core.addresses import is_web_address
from pactreader.core.errors import PactReaderError
from pactreader.core.links import Link, LinkKind, followed_target, link_at, link_kind, links_between
from pactreader.core.printable_text import printable_line
from pactreader.formats.linked_files import LinkedFile, is_from_web, linked_file, saved_page
from pactreader.tui.keys.key_capture import CANCEL_HINT, SingleKey
from pactreader.tui.keys.registry import Footer, Group, Pane, command
from pactreader.tui.keys.screen_state import needs_link

if TYPE_CHECKING:
    from pactreader.core.web_addresses import TypedAddress
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
    help="A file beside the article opens at once; anything else outside it is shown first, and a page of the web opens here by o.",
    footer=Footer("follow the link", reading=1, highlight=1),
    when=needs_link,
    momentary=True,
)
def follow(context: "Context") -> None:
    """Follow the link at the caret."""
    if link := link_at(context.notebook.article, context.article_view.caret.offset):
        _follow(context, link)


def _follow(context: "Context", link: Link) -> None:
    """Go to a link's target in the article or in a file beside it; of another one, show it and let a second key open it."""
    target = followed_target(context.notebook.article, link.target)
    match link_kind(target):
        case LinkKind.INTERNAL:
            context.app.opener.go_to_anchor(target.removeprefix("#"))
        case LinkKind.EXTERNAL if found := saved_page(context.notebook.article, target):
            _open_file(context, found)
        case LinkKind.EXTERNAL:
            _offer_address(context, printable_line(target))
        case LinkKind.FILE:
            _follow_to_file(context, target)
        case LinkKind.OTHER:
            _refuse(context, target, "is no address on the web: it is not opened from here")


def _offer_address(context: "Context", address: str) -> None:
    """Show an address on the web, and let a second key open it outside, copy it, or fetch its page."""
    from pactreader.core.web_addresses import typed_address

    page = typed_address(address)
    here = [("o", "opens it here", partial(_open_here, context, page))] if page else []
    outside = ("enter", "opens it outside", partial(_open, context, address))
    _offer(context, address, (outside, *here, ("y", "copies it", partial(_copy, context, address))))


def _follow_to_file(context: "Context", target: str) -> None:
    """Open the file that a link leads to; one that is not below the article's directory is shown first, if it is new."""
    article = context.notebook.article
    if found := linked_file(article, target):
        if found.is_near or context.session.library.with_address(found.path):
            _open_file(context, found)
            return
        path = printable_line(found.path)
        opening = ("enter", "opens this file", partial(_open_file, context, found))
        _offer(context, path, (opening, ("y", "copies its path", partial(_copy, context, path))))
    elif (
        is_web_address(article.url)
        and link_kind(address := urljoin(article.url, target)) is LinkKind.EXTERNAL
    ):
        _offer_address(context, printable_line(address))
    elif is_from_web(article):
        _refuse(context, target, "is a file on this computer, which nothing from the web may open")
    else:
        _refuse(context, target, "leads to no file that is there")


def _offer(context: "Context", target: str, choices: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
    """Show the printable target of a link, and let a second key choose: each with words for its effect, and a function."""
    hints = [(key, words) for key, words, _ in choices]
    context.capture.start(
        SingleKey(
            ((target, ""), *hints, CANCEL_HINT), {key: run for key, _, run in choices}, us_key=context.us_key
        )
    )
    said = ", ".join(f"{key} {words}" for key, words in hints)
    context.show_message(f"{target} — {said}, esc lets it be.")


def _refuse(context: "Context", target: str, reason: str) -> None:
    context.show_message(f"{printable_line(target)} {reason}.")


def _open_here(context: "Context", address: "TypedAddress") -> None:
    try:
        context.app.opener.open_address(address)
    except PactReaderError as error:
        context.show_message(error.one_line, warning=True)


def _open_file(context: "Context", found: LinkedFile) -> None:
    try:
        context.app.opener.open_file(found.path, found.anchor)
    except PactReaderError as error:
        context.show_message(error.one_line, warning=True)


def _open(context: "Context", address: str) -> None:
    if context.app.open_outside(address):
        context.show_message(f"{address} is opened outside.")
    else:
        where = context.app.copy(address)
        context.show_message(f"There is no browser to open it with: it is sent to {where}. {address}")


def _copy(context: "Context", address: str) -> None:
    context.show_message(f"The address is sent to {context.app.copy(address)}.")
