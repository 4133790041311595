"""How the reader leaps through the article and comes back: contents, highlights, bookmarks, links, the way back and forward."""

from bisect import bisect_right
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Final, Protocol

from textual.screen import Screen

from pactreader.core.anchoring import Locator, describe
from pactreader.core.annotation import Anchor
from pactreader.core.article import Passage
from pactreader.core.errors import NotSavedError
from pactreader.core.links import Link, Way, destination, link_at, links_between, way_to
from pactreader.core.notebook import Notebook
from pactreader.core.printable import printable_line
from pactreader.core.search import folded
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.next_keys import Heard, NextKeys
from pactreader.tui.notes.highlight_list import HighlightList, Row
from pactreader.tui.page.article_view import ArticleView
from pactreader.tui.page.page_tags import LET_BE, PageTags, TagTyping
from pactreader.tui.page.trail import Stop
from pactreader.tui.panes import Panes

_SHOWN_QUOTE: Final = 24
"""Code points of a bookmark's sentence that the footer shows."""


class BookmarkKeeper(Protocol):
    """Whoever keeps the bookmarks in the article."""

    def bookmarks(self) -> dict[str, Anchor]:
        """The bookmarks, by their letters."""

    def keep_bookmarks(self, bookmarks: Mapping[str, Anchor]) -> None:
        """Keep the bookmarks, or raise NotSavedError."""


class Outside(Protocol):
    """Whoever has other programs do something."""

    def open_outside(self, address: str) -> bool:
        """Have the browser or the mail program open an address; whether there is one."""

    def copy(self, text: str) -> str:
        """Have a text on the clipboard; which one, in words."""


class Leaping:
    """Takes the reader far away, and back."""

    def __init__(
        self,
        notebook: Notebook,
        panes: Panes,
        next_keys: NextKeys,
        *,
        highlight_list: HighlightList,
        bookmarks: BookmarkKeeper,
        outside: Outside,
        keymap: Keymap,
        say: Callable[..., None],
        push: Callable[[Screen[None]], Awaitable[object]],
    ) -> None:
        """Args:
        notebook: Whose article it is.
        panes: Where the reader is.
        next_keys: Has the letters of bookmarks and links heard.
        highlight_list: Shows highlights that can be picked.
        bookmarks: Keeps them.
        outside: Opens what is not in the article.
        keymap: Says what to press.
        say: Says something to the reader.
        push: Shows a screen over this one.
        """
        self._notebook = notebook
        self._article = notebook.article
        self._list = highlight_list
        self._panes = panes
        self._next_keys = next_keys
        self._bookmarks = bookmarks
        self._outside = outside
        self._keymap = keymap
        self._say = say
        self._push = push

    # Back and forward

    def action_back(self) -> None:
        """Back to where the reader was before they leapt."""
        self._return(self._panes.trail.back(self._panes.here), "There is nowhere to go back to.")

    def action_forward(self) -> None:
        """Forward to where the reader came back from."""
        self._return(self._panes.trail.forward(self._panes.here), "There is nowhere to go forward to.")

    def _return(self, stop: Stop | None, otherwise: str) -> None:
        if stop is None:
            self._say(otherwise)
            return
        self._panes.return_to(stop)
        if self._panes.in_notes:
            self._panes.to_article()

    # Contents

    async def action_contents(self) -> None:
        """Show the headings, and go to the one that is chosen."""
        from pactreader.tui.sheets.chooser import Choice, Chooser  # noqa: PLC0415 - not for the first frame

        article = self._article
        headings = article.headings
        if not headings:
            self._say("This article has no headings.")
            return
        outermost = min(heading.level for heading in headings)
        titles = [article.block_text(heading) for heading in headings]
        searchable = [folded(title) for title in titles]
        choices = [
            Choice(
                heading.start,
                title,
                f"{article.progress(heading.start) * 100:.0f} %",
                heading.level - outermost,
            )
            for heading, title in zip(headings, titles, strict=True)
        ]

        def find(typed: str) -> list[Choice[int]]:
            words = folded(typed).split()
            return [
                choice
                for choice, title in zip(choices, searchable, strict=True)
                if all(word in title for word in words)
            ]

        here = self._panes.here.caret
        chosen = bisect_right(headings, here, key=attrgetter("start")) - 1
        await self._push(Chooser("Contents", find=find, take=self._leap_from_list, chosen=max(0, chosen)))

    def _leap_from_list(self, offset: int) -> None:
        self._panes.leap_to(offset)
        if self._panes.in_notes:
            self._panes.to_article()

    # Bookmarks

    def action_bookmark(self) -> None:
        """Have the next letter as a bookmark on the sentence at the caret."""
        says = (("letter", "becomes a bookmark here"), LET_BE)
        self._next_keys.are_for(_Letter(says, self._set_bookmark))

    def action_to_bookmark(self) -> None:
        """Go to the bookmark that the next letter names."""
        known = sorted(self._bookmarks.bookmarks().items(), key=lambda item: item[1].start)
        quotes = (
            (letter, printable_line(anchor.exact[:_SHOWN_QUOTE].rstrip()) + "…") for letter, anchor in known
        )
        doubled = dict.fromkeys(self._keymap["to-bookmark"].keys, self.action_back)
        says = (*quotes, *((key, "back") for key in doubled), LET_BE)
        self._next_keys.are_for(_Letter(says, self._go_to_bookmark, doubled))

    def _set_bookmark(self, letter: str) -> None:
        bookmarks = self._bookmarks.bookmarks()
        anchor = describe(self._article.text, *self._panes.article.caret.sentence)
        if bookmarks.get(letter) == anchor:
            del bookmarks[letter]
            said = f"The bookmark {letter} is removed."
        else:
            moved = letter in bookmarks
            bookmarks[letter] = anchor
            said = f"The bookmark {letter} is {'now ' if moved else ''}here: {self._keymap.key('to-bookmark')} {letter} comes back to it."
        try:
            self._bookmarks.keep_bookmarks(bookmarks)
        except NotSavedError as error:
            self._say(error.in_a_line, warning=True)
        else:
            self._say(said)

    def _go_to_bookmark(self, letter: str) -> None:
        anchor = self._bookmarks.bookmarks().get(letter)
        if anchor is None:
            key = self._keymap.key("bookmark")
            self._say(f"There is no bookmark {letter}: {key} {letter} puts one on this sentence.")
            return
        place = Locator(self._article.text).place(anchor)
        if place.found:
            self._panes.leap_to(place.start)
        else:
            self._say(f"The sentence of the bookmark {letter} is not in the text now.")

    # Highlights

    def action_pick_highlight(self) -> None:
        """List the highlights around the caret, and go to the one whose tag is typed."""
        if self._panes.in_notes:
            self._panes.to_article()
        self._next_keys.are_for(_PickHighlight(self._notebook, self._panes, self._list))

    # Links

    def action_pick_link(self) -> None:
        """Have every link in view wear a tag, and follow the one that is typed."""
        view = self._panes.article
        links = links_between(self._article, *view.shown)
        if links:
            self._next_keys.are_for(_PickLink(view, links, self._follow))
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
        match way_to(link.target):
            case Way.INSIDE:
                found = destination(self._article, link.target)
                if found:
                    self._panes.leap_to(found.start)
                else:
                    self._say(f"{target} is not in this article.")
            case Way.OUTSIDE:
                address = _Address(target, partial(self._open, target), partial(self._copy, target))
                self._next_keys.are_for(address)
                self._say(f"{target} — enter opens it outside, y copies it, esc lets it be.")
            case Way.ELSEWHERE:
                self._say(f"{target} is no address on the web: it is not opened from here.")

    def _open(self, address: str) -> None:
        if self._outside.open_outside(address):
            self._say(f"{address} is opened outside.")
        else:
            where = self._outside.copy(address)
            self._say(f"There is no browser to open it with: it is sent to {where}. {address}")

    def _copy(self, address: str) -> None:
        self._say(f"The address is sent to {self._outside.copy(address)}.")


class _Letter:
    """A letter that names a bookmark."""

    def __init__(
        self,
        says: Sequence[tuple[str, str]],
        take: Callable[[str], None],
        doubled: Mapping[str, Callable[[], None]] | None = None,
    ) -> None:
        self.says = says
        self._take = take
        self._doubled = doubled or {}

    def hear(self, key: str) -> Heard:
        """A letter; or the key that asked for it, once more."""
        if key in self._doubled:
            self._doubled[key]()
        elif len(key) == 1 and key.isalpha():
            self._take(key)
        elif key != "escape":
            return Heard.NOT_MEANT
        return Heard.DONE

    def stop(self) -> None:
        """Nothing was shown."""


class _PickHighlight(TagTyping[str]):
    """A highlight to go to, by the ids of annotations."""

    says = (("letter", "goes there"), ("space", "further down"), LET_BE)

    def __init__(self, notebook: Notebook, panes: Panes, shown: HighlightList) -> None:
        self._notebook = notebook
        self._panes = panes
        self._list = shown
        self._ids: Sequence[str] = ()
        self._first = 0
        self._near = max(0, notebook.index_at(panes.article.caret.offset))
        self._list_from(self._near - shown.room // 2)

    def _list_from(self, first: int) -> None:
        """List as many as there is room for, from one on if there are enough behind it."""
        notebook, room = self._notebook, self._list.room
        self._first = max(0, min(first, len(notebook) - room))
        near = min(max(self._near, self._first), self._first + room)
        indexes = range(self._first, min(self._first + room, len(notebook)))
        found = {
            annotation.id: index
            for index in indexes
            if (place := notebook.place((annotation := notebook.nth(index)).id)) and place.found
        }
        self._ids = tuple(found)
        self._tag(found, lambda one: abs(found[one] - near))

    def _show(self, worn: Mapping[str, str]) -> None:
        rows = (self._row(each, worn.get(each, "")) for each in self._ids)
        self._list.show(tuple(rows) if worn else ())

    def _row(self, annotation_id: str, tag: str) -> Row:
        annotation = self._notebook[annotation_id]
        quote = annotation.anchor.exact if annotation.anchor else ""
        return Row(tag, self._notebook.labels.of(annotation.label), quote)

    def _take(self, picked: str) -> Heard:
        place = self._notebook.place(picked)
        if place:
            view = self._panes.article
            self._panes.leap_to(place.start)
            if view.target is None or view.target.id != picked:  # another one lies over it
                view.select_passage(Passage(place.start, place.end))
        return Heard.DONE

    def _hear_other(self, key: str) -> Heard:
        pages = {" ": 1, "pagedown": 1, "pageup": -1}.get(key)
        if pages is None:
            return Heard.NOT_MEANT
        self._list_from(self._first + pages * self._list.room)
        return Heard.GO_ON


class _PickLink(PageTags):
    """A link to follow."""

    says = (("letter", "follows its link"), LET_BE)

    def __init__(self, view: ArticleView, links: Sequence[Link], follow: Callable[[Link], None]) -> None:
        super().__init__(view, [Passage(link.start, link.end) for link in links])
        self._links = {link[:2]: link for link in links}
        self._follow = follow

    def _take(self, picked: Passage) -> Heard:
        self._view.let_go()
        self._view.go_to(picked.start)
        self._follow(self._links[picked])
        return Heard.DONE


class _Address:
    """An address that is shown before it is opened."""

    def __init__(self, address: str, open_it: Callable[[], None], copy: Callable[[], None]) -> None:
        self.says = ((address, ""), ("enter", "opens it outside"), ("y", "copies it"), LET_BE)
        self._do = {"enter": open_it, "y": copy}

    def hear(self, key: str) -> Heard:
        """Whether to open it."""
        if key in self._do:
            self._do[key]()
        elif key != "escape":
            return Heard.NOT_MEANT
        return Heard.DONE

    def stop(self) -> None:
        """It was shown in the footer alone."""
