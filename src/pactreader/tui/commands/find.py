"""Commands that find words in the article. All hits are marked, and one of them is the selection."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from pactreader.core.errors import PactReaderError
from pactreader.core.hits import NO_HITS, Hits
from pactreader.core.search import PATTERN_PREFIX, SearchableText, TextSearch
from pactreader.tui.keys.key_capture import KeyHints
from pactreader.tui.keys.registry import Footer, Group, Pane, command
from pactreader.tui.keys.screen_state import needs_text
from pactreader.tui.navigation_history import Position

if TYPE_CHECKING:
    from pactreader.tui.context import Context
    from pactreader.tui.page.caret import CaretState

_HINT: Final = f"{PATTERN_PREFIX} before a regular expression"
_STEP_SECONDS: Final = 0.004
"""Seconds for which the text is searched between two keys."""


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


_hit_command: Final = partial(
    command, group=Group.FIND, pane=Pane.ARTICLE, short="next, previous", needs_notes=False
)
"""The decorator of commands that go to another hit."""


@_hit_command("find-next", "n", "Next hit")
async def find_next(context: "Context") -> None:
    """Select the next hit."""
    await context.search.go(1)


@_hit_command("find-previous", "N", "Previous hit")
async def find_previous(context: "Context") -> None:
    """Select the previous hit."""
    await context.search.go(-1)


class ArticleSearch:
    """The search in the article: the phrase typed in the find bar, and its hits.

    The text is searched from what is in view on, in steps of a few milliseconds between which keys are handled. A small
    article is searched in one step.
    """

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._view = context.article_view
        self._text = SearchableText(context.notebook.article.text)
        self._phrase = ""
        """The last phrase searched for."""
        self._search: TextSearch | None = None
        """The search for it; `None` if there is none, or the phrase is no regular expression."""
        self._has_selected = False
        """True once a hit was selected since the phrase was typed."""
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
        self._context.find_bar.reset(placeholder=self._phrase, message=_HINT)
        self._context.find_bar.display = True
        self._view.screen.set_focus(self._context.find_bar.line_input)

    @property
    def _hits(self) -> Hits:
        """The hits that are found so far."""
        return self._search.hits if self._search else NO_HITS

    def update(self, typed: str) -> None:
        """Search for a phrase, and select the first hit at or after the position at which the bar was opened."""
        if self._origin is None:
            return
        self._phrase = typed or self._phrase
        caret, top = self._origin
        self._begin(typed, start=min(caret.offset, top))
        if not typed:
            self._context.find_bar.show_message(_HINT)

    def _begin(self, typed: str, *, start: int) -> None:
        """Begin a search in place of the former one."""
        self._stop()
        self._has_selected = False
        try:
            self._search = self._text.search(typed, start=start)
        except PactReaderError as error:
            self._fail(error)
        else:
            self._context.find_bar.show_message("searching…")
            if not self._advance():
                self._view.run_worker(self._search_on(), group="find", exclusive=True)
        self._view.show_hits(self._hits)

    def _stop(self) -> None:
        if self._search:
            self._search.cancel()
        self._search = None

    def _fail(self, error: PactReaderError) -> None:
        self._stop()
        self._context.find_bar.show_message(error.one_line, warning=True)
        self._restore_origin()

    async def _search_on(self) -> None:
        """Search on to the end, and show the result."""
        search = self._search
        await self._context.app.key_gate.run(lambda: search is not self._search or self._advance())
        if search is self._search and (self.is_open or self._view.hits is self._hits):
            self._view.show_hits(self._hits)
            self._context.screen.follow()

    def _advance(self) -> bool:
        """Search on for some milliseconds, and select the first hit if it is found; return whether all is searched."""
        search = self._search
        if search is None:
            return True
        try:
            is_complete = search.advance(_STEP_SECONDS)
        except PactReaderError as error:
            self._fail(error)
            return True
        if self._origin:
            self._show_result(self._origin[0].offset, search)
        return is_complete

    def _show_result(self, origin: int, search: TextSearch) -> None:
        """Show what is found so far, with the first hit from an offset on selected."""
        if not self._hits:
            if search.is_complete:
                self._restore_origin()
                self._context.find_bar.show_message("not found", warning=self._phrase != PATTERN_PREFIX)
        elif self._has_selected:
            self._show_number()
        else:
            index = self._index_after(origin - 1)
            if search.has_reached_end or self._hits[index].start >= origin:
                self._select(index)
                self._view.show_hits(self._hits)

    async def _complete(self, *, first_hit: bool = False) -> None:
        """Search on to the end, or until the first hit is selected, while no key is handled."""
        while not (first_hit and self._has_selected) and not self._advance():  # noqa: ASYNC110 - others run between
            await asyncio.sleep(0)

    async def step(self, count: int) -> None:
        """Select the next hit while the bar is open, or the previous one if `count` is negative."""
        await self._complete()
        if self._hits:
            self._select(self._index_from_here(count))

    async def submit(self) -> None:
        """Close the bar and keep the hit selected; if nothing is typed, search for the last phrase again."""
        if not self._context.find_bar.line_input.value and self._phrase:
            self.update(self._phrase)
        await self._complete(first_hit=True)
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
        self._stop()
        self._view.show_hits(NO_HITS)

    def search_again(self) -> None:
        """Search the notebook's article after it was replaced by another version, if hits are marked."""
        self._text = SearchableText(self._context.notebook.article.text)
        if self._search:
            self._begin(self._phrase, start=self._view.top_offset)

    def close(self) -> None:
        """Close the bar because it lost the focus; hits stay marked."""
        self._context.find_bar.display = False
        self._origin = None

    async def go(self, count: int) -> None:
        """Select the next hit, or the previous one if `count` is negative, and show its number."""
        await self._complete()
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
        number = f"{index + 1:,} of {len(self._hits):,}"
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
        return (self._hits.index_from(self._here) - 1) % len(self._hits)

    def _index_after(self, offset: int) -> int:
        """Return the index of the first hit that begins after an offset; 0 if none does."""
        return self._hits.index_from(offset + 1) % len(self._hits)

    def _select(self, index: int) -> None:
        """Select a hit and bring it into view."""
        self._has_selected = True
        self._view.go_to_passage(self._hits[index])
        self._show_number()

    def _show_number(self) -> None:
        """Show the number of the selected hit and that of all, once they are counted."""
        if self._search and self._search.is_complete:
            number = self._hits.index_from(self._here + 1)
            self._context.find_bar.show_message(f"{number:,} of {len(self._hits):,}")
        else:
            self._context.find_bar.show_message("counting…")

    def _restore_origin(self) -> None:
        if self._origin:
            self._view.restore(*self._origin)

    def _focus_article(self) -> None:
        self._context.find_bar.display = False
        self._view.screen.set_focus(self._view)
