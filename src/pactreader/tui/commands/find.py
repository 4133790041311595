"""How the reader finds words in the article: every hit is lit, one of them is the selection."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Final

from pactreader.core.article import Passage
from pactreader.core.errors import PactReaderError
from pactreader.core.notebook import Notebook
from pactreader.core.search import PATTERN_PREFIX, SearchableText
from pactreader.tui.find_bar import FindBar
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.navigation_history import Position
from pactreader.tui.page.caret import CaretState
from pactreader.tui.panes import Panes

_HINT: Final = f"{PATTERN_PREFIX} before a regular expression"


class Finding:
    """Looks for what is typed, at every key, and goes from hit to hit."""

    def __init__(
        self,
        notebook: Notebook,
        panes: Panes,
        bar: FindBar,
        *,
        keymap: Keymap,
        say: Callable[[str], None],
    ) -> None:
        """Args:
        notebook: Whose article is searched.
        panes: Where hits are shown.
        bar: What is typed into; hidden until it is wanted.
        keymap: Says what to press.
        say: Says something to the reader.
        """
        self._panes = panes
        self._bar = bar
        self._keymap = keymap
        self._say = say
        self._text = SearchableText(notebook.article.text)
        self._wanted = ""
        """What was looked for last."""
        self._hits: Sequence[Passage] = ()
        self._began: tuple[CaretState, int] | None = None
        """Where the caret stood and what the window began with, while something is typed."""

    @property
    def hints(self) -> Sequence[tuple[str, str]]:
        """What keys do while something is typed: for the footer."""
        on = f"{self._keymap.key('find-next')} {self._keymap.key('find-previous')}"
        return (
            ("↑↓", "other hits"),
            ("enter", f"selects it, {on} go on"),
            ("esc", "back to where you were"),
        )

    @property
    def is_open(self) -> bool:
        """Whether something is being typed."""
        return self._began is not None

    def action_find(self) -> None:
        """Open the line to type into."""
        view = self._panes.article
        self._began = view.caret.state, view.top_offset
        self._bar.begin(last=self._wanted, hint=_HINT)
        self._bar.display = True
        view.screen.set_focus(self._bar.line)

    def type(self, typed: str) -> None:
        """Look for what is typed so far, from where the reader was."""
        if self._began is None:
            return
        try:
            self._hits = self._text.find(typed)
        except PactReaderError as error:
            self._hits = ()
            self._bar.show(error.in_a_line, warning=True)
        else:
            if typed and not self._hits:
                self._bar.show("not found", warning=typed != PATTERN_PREFIX)
        self._panes.article.show_hits(self._hits)
        if self._hits:
            self._show(self._after(self._began[0].offset - 1))
        else:
            self._go_back()
            if not typed:
                self._bar.show(_HINT)
        self._wanted = typed or self._wanted

    def step(self, count: int) -> None:
        """To another hit while something is typed."""
        if self._hits:
            self._show(self._from_here(count))

    def take(self) -> None:
        """Have the hit as the selection, and the keys for the article again; nothing typed looks for the last again."""
        if not self._bar.line.value and self._wanted:
            self.type(self._wanted)
        found = bool(self._hits)
        if found and self._began:
            self._panes.history.leave(Position(self._began[0].offset, self._began[1]))
        self._close()
        if not found and self._wanted:
            self._go_back()
            self._say(f"There is no “{self._wanted}” in this article.")
        self._began = None

    def let_be(self) -> None:
        """Go back to where the reader was, nothing lit."""
        self._go_back()
        self._close()
        self._began = None
        self._panes.article.show_hits(())

    def leave(self) -> None:
        """The reader has gone elsewhere: what is shown stays."""
        self._bar.display = False
        self._began = None

    def action_find_next(self) -> None:
        """To the next hit."""
        self._step(1)

    def action_find_previous(self) -> None:
        """To the previous hit."""
        self._step(-1)

    def _step(self, count: int) -> None:
        if not self._hits:
            self._say(
                f"There is no “{self._wanted}” in this article."
                if self._wanted
                else f"Nothing was looked for: {self._keymap.key('find')} does."
            )
            return
        view = self._panes.article
        view.show_hits(self._hits)
        index = self._from_here(count)
        here = view.caret.selection.start if view.caret.selection else view.caret.offset
        wrapped = (self._hits[index].start <= here) if count > 0 else (self._hits[index].start >= here)
        self._show(index)
        where = f"{index + 1} of {len(self._hits)}"
        over = "from the top again" if count > 0 else "from the bottom again"
        self._say(f"{where}, {over}." if wrapped and len(self._hits) > 1 else f"{where}.")

    def _from_here(self, count: int) -> int:
        """The index of the next hit, or of the previous one; beyond the last one it is the first."""
        view = self._panes.article
        here = view.caret.selection.start if view.caret.selection else view.caret.offset
        if count > 0:
            return self._after(here)
        return (bisect_left(self._hits, here, key=attrgetter("start")) - 1) % len(self._hits)

    def _after(self, offset: int) -> int:
        """The index of the first hit that begins behind an offset, or of the first one."""
        return bisect_right(self._hits, offset, key=attrgetter("start")) % len(self._hits)

    def _show(self, index: int) -> None:
        """Have a hit as the selection, in view."""
        hit = self._hits[index]
        self._bar.show(f"{index + 1} of {len(self._hits)}")
        self._panes.article.go_to_passage(hit)

    def _go_back(self) -> None:
        if self._began:
            self._panes.article.put_back(*self._began)

    def _close(self) -> None:
        self._bar.display = False
        self._panes.article.screen.set_focus(self._panes.article)
