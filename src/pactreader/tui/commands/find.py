"""Commands that find words in the article. All hits are marked, and one of them is the selection."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from contextlib import suppress
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from pactreader.core.article import Passage
from pactreader.core.errors import PactReaderError
from pactreader.core.search import PATTERN_PREFIX, SearchableText
from pactreader.tui.keys.key_capture import KeyHints
from pactreader.tui.keys.registry import Footer, Group, Pane, command
from pactreader.tui.keys.screen_state import needs_text
from pactreader.tui.navigation_history import Position

if TYPE_CHECKING:
    from pactreader.tui.context import Context
    from pactreader.tui.page.caret import CaretState

_HINT: Final = f"{PATTERN_PREFIX} before a regular expression"


@command(
    "find",
    "/",
    "Find in the article",
    group=Group.FIND,
    pane=Pane.ARTICLE,
    short="as you type",
    help="As you type; the hit is the selection, so a label marks it.",
    footer=Footer("find", reading=6),
    when=needs_text,
    needs_notes=False,
)
def find(context: "Context") -> None:
    """Open the find bar for a search in the article."""
    context.search.open()


@command(
    "find-next",
    "n",
    "Next hit",
    group=Group.FIND,
    pane=Pane.ARTICLE,
    short="next, previous",
    needs_notes=False,
)
def find_next(context: "Context") -> None:
    """Select the next hit."""
    context.search.go(1)


@command(
    "find-previous",
    "N",
    "Previous hit",
    group=Group.FIND,
    pane=Pane.ARTICLE,
    short="next, previous",
    needs_notes=False,
)
def find_previous(context: "Context") -> None:
    """Select the previous hit."""
    context.search.go(-1)


class ArticleSearch:
    """The search in the article: the phrase typed in the find bar, and its hits."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._view = context.article_view
        self._bar = context.find_bar
        self._text = SearchableText(context.notebook.article.text)
        self._phrase = ""
        """The last phrase searched for."""
        self._hits: Sequence[Passage] = ()
        self._origin: tuple[CaretState, int] | None = None
        """The state of the caret and the window's top offset when the bar was opened; `None` while it is closed."""

    @property
    def hints(self) -> KeyHints:
        """Keys and their effect while the bar is open, for the footer."""
        key = self._context.keymap.key
        return (
            ("↑↓", "other hits"),
            ("enter", f"selects it, {key('find-next')} {key('find-previous')} go on"),
            ("esc", "back to where you were"),
        )

    @property
    def is_open(self) -> bool:
        """True while the find bar is open for this search."""
        return self._origin is not None

    def open(self) -> None:
        """Open and focus the find bar."""
        self._origin = self._view.caret.state, self._view.top_offset
        self._bar.reset(placeholder=self._phrase, message=_HINT)
        self._bar.display = True
        self._view.screen.set_focus(self._bar.line_input)

    def update(self, typed: str) -> None:
        """Search for a phrase, and select the first hit at or after the position at which the bar was opened."""
        if self._origin is None:
            return
        try:
            self._hits = self._text.find(typed)
        except PactReaderError as error:
            self._hits = ()
            self._bar.show_message(error.one_line, warning=True)
        else:
            if typed and not self._hits:
                self._bar.show_message("not found", warning=typed != PATTERN_PREFIX)
        self._view.show_hits(self._hits)
        if self._hits:
            self._select(self._index_after(self._origin[0].offset - 1))
        else:
            self._restore_origin()
            if not typed:
                self._bar.show_message(_HINT)
        self._phrase = typed or self._phrase

    def step(self, count: int) -> None:
        """Select the next hit while the bar is open, or the previous one if `count` is negative."""
        if self._hits:
            self._select(self._index_from_here(count))

    def submit(self) -> None:
        """Close the bar and keep the hit selected; if nothing is typed, search for the last phrase again."""
        if not self._bar.line_input.value and self._phrase:
            self.update(self._phrase)
        if self._hits and self._origin:
            self._context.panes.history.push(Position(self._origin[0].offset, self._origin[1]))
        self._focus_article()
        if not self._hits and self._phrase:
            self._restore_origin()
            self._context.show_message(self._not_found)
        self._origin = None

    def cancel(self) -> None:
        """Close the bar, and restore caret and window as they were when it was opened."""
        self._restore_origin()
        self._focus_article()
        self._origin = None
        self._view.show_hits(())

    def search_again(self) -> None:
        """Search the notebook's article after it was replaced by another version, if hits are marked."""
        self._text = SearchableText(self._context.notebook.article.text)
        if self._hits:
            with suppress(PactReaderError):  # a slow regular expression
                self._hits = self._text.find(self._phrase)
            self._view.show_hits(self._hits)

    def close(self) -> None:
        """Close the bar because it lost the focus; hits stay marked."""
        self._bar.display = False
        self._origin = None

    def go(self, count: int) -> None:
        """Select the next hit, or the previous one if `count` is negative, and show its number."""
        if not self._hits:
            self._context.show_message(
                self._not_found
                if self._phrase
                else f"Nothing was looked for: {self._context.keymap.key('find')} does."
            )
            return
        self._view.show_hits(self._hits)
        index, here = self._index_from_here(count), self._here
        start = self._hits[index].start
        wrapped = start <= here if count > 0 else start >= here
        self._select(index)
        number = f"{index + 1} of {len(self._hits)}"
        edge = "from the top again" if count > 0 else "from the bottom again"
        self._context.show_message(f"{number}, {edge}." if wrapped and len(self._hits) > 1 else f"{number}.")

    @property
    def _not_found(self) -> str:
        """The message that there is no hit."""
        where = "what is read so far" if self._context.notebook.article.rest else "this article"
        return f"There is no “{self._phrase}” in {where}."

    @property
    def _here(self) -> int:
        """The offset from which the next hit is looked for: the start of the selection, or else the caret."""
        caret = self._view.caret
        return caret.selection.start if caret.selection else caret.offset

    def _index_from_here(self, count: int) -> int:
        """Return the index of the next hit, or the previous one if `count` is negative, wrapping around at the ends."""
        if count > 0:
            return self._index_after(self._here)
        return (bisect_left(self._hits, self._here, key=attrgetter("start")) - 1) % len(self._hits)

    def _index_after(self, offset: int) -> int:
        """Return the index of the first hit that begins after an offset; 0 if none does."""
        return bisect_right(self._hits, offset, key=attrgetter("start")) % len(self._hits)

    def _select(self, index: int) -> None:
        """Select a hit and bring it into view."""
        self._bar.show_message(f"{index + 1} of {len(self._hits)}")
        self._view.go_to_passage(self._hits[index])

    def _restore_origin(self) -> None:
        if self._origin:
            self._view.restore(*self._origin)

    def _focus_article(self) -> None:
        self._bar.display = False
        self._view.screen.set_focus(self._view)
