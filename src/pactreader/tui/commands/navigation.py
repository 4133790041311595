"""How the reader leaps through the article, by its contents and its highlights, and comes back."""

from bisect import bisect_right
from collections.abc import Awaitable, Callable, Mapping, Sequence
from operator import attrgetter, itemgetter

from textual.screen import Screen

from pactreader.core.article import Passage
from pactreader.core.notebook import Notebook
from pactreader.core.search import folded, has_words
from pactreader.tui.keys.key_capture import CANCEL_HINT, KeyCapture, KeyResult
from pactreader.tui.navigation_history import Position
from pactreader.tui.notes.highlight_list import HighlightList, Row
from pactreader.tui.page.page_tags import TagTyping
from pactreader.tui.panes import Panes


class Leaping:
    """Takes the reader far away, and back."""

    def __init__(
        self,
        notebook: Notebook,
        panes: Panes,
        key_capture: KeyCapture,
        highlight_list: HighlightList,
        *,
        say: Callable[..., None],
        push: Callable[[Screen[None]], Awaitable[object]],
    ) -> None:
        """Args:
        notebook: Whose article it is.
        panes: Where the reader is.
        key_capture: Has the tags of highlights heard.
        highlight_list: Shows highlights that can be picked.
        say: Says something to the reader.
        push: Shows a screen over this one.
        """
        self._notebook = notebook
        self._article = notebook.article
        self._list = highlight_list
        self._panes = panes
        self._key_capture = key_capture
        self._say = say
        self._push = push

    # Back and forward

    def action_back(self) -> None:
        """Back to where the reader was before they leapt."""
        self._return(self._panes.history.back(self._panes.here), "There is nowhere to go back to.")

    def action_forward(self) -> None:
        """Forward to where the reader came back from."""
        self._return(self._panes.history.forward(self._panes.here), "There is nowhere to go forward to.")

    def _return(self, stop: Position | None, otherwise: str) -> None:
        if stop is None:
            self._say(otherwise)
            return
        self._panes.return_to(stop)
        if self._panes.in_notes:
            self._panes.to_article()

    # Contents

    async def action_contents(self) -> None:
        """Show the headings, and go to the one that is chosen."""
        from pactreader.tui.dialogs.chooser import Choice, Chooser  # noqa: PLC0415 - not for the first frame

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
            phrase = folded(typed).strip()
            found = [
                (phrase not in title, choice)
                for choice, title in zip(choices, searchable, strict=True)
                if has_words(title, phrase.split())
            ]
            return [choice for _, choice in sorted(found, key=itemgetter(0))]

        here = self._panes.here.caret
        chosen = bisect_right(headings, here, key=attrgetter("start")) - 1
        await self._push(Chooser("Contents", find=find, take=self._leap_from_list, chosen=max(0, chosen)))

    def _leap_from_list(self, offset: int) -> None:
        self._panes.leap_to(offset)
        if self._panes.in_notes:
            self._panes.to_article()

    # Highlights

    def action_pick_highlight(self) -> None:
        """List the highlights around the caret, and go to the one whose tag is typed."""
        if self._panes.in_notes:
            self._panes.to_article()
        self._key_capture.capture_for(_PickHighlight(self._notebook, self._panes, self._list))


class _PickHighlight(TagTyping[str]):
    """A highlight to go to, by the ids of annotations."""

    hints = (("letter", "goes there"), ("space", "further down"), CANCEL_HINT)

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
            if (placement := notebook.placement((annotation := notebook.nth(index)).id)) and placement.found
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

    def _take(self, picked: str) -> KeyResult:
        placement = self._notebook.placement(picked)
        if placement:
            view = self._panes.article
            self._panes.leap_to(placement.start)
            if view.target is None or view.target.id != picked:  # another one lies over it
                view.select_passage(Passage(placement.start, placement.end))
        return KeyResult.DONE

    def _hear_other(self, key: str) -> KeyResult:
        pages = {" ": 1, "pagedown": 1, "pageup": -1}.get(key)
        if pages is None:
            return KeyResult.UNHANDLED
        self._list_from(self._first + pages * self._list.room)
        return KeyResult.MORE
