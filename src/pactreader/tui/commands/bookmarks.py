"""How the reader comes back to sentences by letters."""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from pactreader.core.anchoring import Locator, describe
from pactreader.core.annotation import Anchor
from pactreader.core.article import Article
from pactreader.core.errors import NotSavedError
from pactreader.core.printable_text import printable_line
from pactreader.tui.keys.key_capture import CANCEL_HINT, KeyCapture, SingleKey
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.panes import Panes

_SHOWN_QUOTE: Final = 24
"""Code points of a bookmark's sentence that the footer shows."""


class BookmarkKeeper(Protocol):
    """Whoever keeps the bookmarks in the article."""

    def bookmarks(self) -> dict[str, Anchor]:
        """The bookmarks, by their letters."""

    def keep_bookmarks(self, bookmarks: Mapping[str, Anchor]) -> None:
        """Keep the bookmarks, or raise NotSavedError."""


class Bookmarking:
    """Puts bookmarks on sentences, and goes to them."""

    def __init__(
        self,
        article: Article,
        panes: Panes,
        key_capture: KeyCapture,
        bookmarks: BookmarkKeeper,
        *,
        back: Callable[[], None],
        keymap: Keymap,
        say: Callable[..., None],
    ) -> None:
        """Args:
        article: What is read.
        panes: Where the reader is.
        key_capture: Has the letters of bookmarks heard.
        bookmarks: Keeps them.
        back: Takes the reader back to where they were before they leapt.
        keymap: Says what to press.
        say: Says something to the reader.
        """
        self._article = article
        self._panes = panes
        self._key_capture = key_capture
        self._bookmarks = bookmarks
        self._back = back
        self._keymap = keymap
        self._say = say

    def action_bookmark(self) -> None:
        """Have the next letter as a bookmark on the sentence at the caret."""
        hints = (("letter", "becomes a bookmark here"), CANCEL_HINT)
        self._key_capture.capture_for(SingleKey(hints, {}, letter=self._set_bookmark))

    def action_to_bookmark(self) -> None:
        """Go to the bookmark that the next letter names."""
        known = sorted(self._bookmarks.bookmarks().items(), key=lambda item: item[1].start)
        quotes = (
            (letter, printable_line(anchor.exact[:_SHOWN_QUOTE].rstrip()) + "…") for letter, anchor in known
        )
        doubled = dict.fromkeys(self._keymap["to-bookmark"].keys, self._back)
        hints = (*quotes, *((key, "back") for key in doubled), CANCEL_HINT)
        self._key_capture.capture_for(SingleKey(hints, doubled, letter=self._go_to_bookmark))

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
        placement = Locator(self._article.text).place(anchor)
        if placement.found:
            self._panes.leap_to(placement.start)
        else:
            self._say(f"The sentence of the bookmark {letter} is not in the text now.")
