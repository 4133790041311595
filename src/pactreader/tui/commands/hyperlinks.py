"""How the reader follows links: inside the article at once, outside only when they say so."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from pactreader.core.article import Article, Passage
from pactreader.core.links import Link, LinkKind, destination, link_at, link_kind, links_between
from pactreader.core.printable_text import printable_line
from pactreader.tui.keys.key_capture import CANCEL_HINT, KeyCapture, KeyResult, SingleKey
from pactreader.tui.page.article_view import ArticleView
from pactreader.tui.page.page_tags import PageTags
from pactreader.tui.panes import Panes


class Outside(Protocol):
    """Whoever has other programs do something."""

    def open_outside(self, address: str) -> bool:
        """Have the browser or the mail program open an address; whether there is one."""

    def copy(self, text: str) -> str:
        """Have a text on the clipboard; which one, in words."""


class Following:
    """Follows links."""

    def __init__(
        self,
        article: Article,
        panes: Panes,
        key_capture: KeyCapture,
        outside: Outside,
        *,
        say: Callable[..., None],
    ) -> None:
        """Args:
        article: What is read.
        panes: Where the reader is.
        key_capture: Has the tags of links heard.
        outside: Opens what is not in the article.
        say: Says something to the reader.
        """
        self._article = article
        self._panes = panes
        self._key_capture = key_capture
        self._outside = outside
        self._say = say

    def action_pick_link(self) -> None:
        """Have every link in view wear a tag, and follow the one that is typed."""
        view = self._panes.article
        links = links_between(self._article, *view.shown)
        if links:
            self._key_capture.capture_for(_PickLink(view, links, self._follow))
        else:
            self._say("There is no link in view.")

    def action_follow(self) -> None:
        """Follow the link at the caret."""
        link = link_at(self._article, self._panes.article.caret.offset)
        if link:
            self._follow(link)

    def _follow(self, link: Link) -> None:
        """Go to where a link leads in the article; show an address first, and open it if it is wanted then."""
        target = printable_line(link.target)
        match link_kind(link.target):
            case LinkKind.INSIDE:
                found = destination(self._article, link.target)
                if found:
                    self._panes.leap_to(found.start)
                else:
                    self._say(f"{target} is not in this article.")
            case LinkKind.OUTSIDE:
                hints = ((target, ""), ("enter", "opens it outside"), ("y", "copies it"), CANCEL_HINT)
                do = {"enter": partial(self._open, target), "y": partial(self._copy, target)}
                self._key_capture.capture_for(SingleKey(hints, do))
                self._say(f"{target} — enter opens it outside, y copies it, esc lets it be.")
            case LinkKind.ELSEWHERE:
                self._say(f"{target} is no address on the web: it is not opened from here.")

    def _open(self, address: str) -> None:
        if self._outside.open_outside(address):
            self._say(f"{address} is opened outside.")
        else:
            where = self._outside.copy(address)
            self._say(f"There is no browser to open it with: it is sent to {where}. {address}")

    def _copy(self, address: str) -> None:
        self._say(f"The address is sent to {self._outside.copy(address)}.")


class _PickLink(PageTags):
    """A link to follow."""

    hints = (("letter", "follows its link"), CANCEL_HINT)

    def __init__(self, view: ArticleView, links: Sequence[Link], follow: Callable[[Link], None]) -> None:
        super().__init__(view, [Passage(link.start, link.end) for link in links])
        self._links = {link[:2]: link for link in links}
        self._follow = follow

    def _take(self, picked: Passage) -> KeyResult:
        self._view.clear_selection()
        self._view.go_to(picked.start)
        self._follow(self._links[picked])
        return KeyResult.DONE
