"""The navigation history: positions that the user jumped away from, in the article and in those read before it."""

from collections.abc import Callable
from typing import Final, NamedTuple

_LIMIT: Final = 200
"""Positions kept; the oldest are dropped first."""


class Position(NamedTuple):
    """Offsets of the caret and of the start of the window, in code points."""

    caret: int
    top: int


class Departure(NamedTuple):
    """An article that another one was opened in place of, as it was left."""

    article_id: str
    text_hash: str
    """The hash of its text, in which the positions are valid."""
    position: Position
    history: "NavigationHistory"


class NavigationHistory:
    """Positions in an article to go back and forward to, as in the history of a browser.

    Before the first one is the article that this one was opened from; after the last one, that which was opened from it.
    """

    def __init__(self, former: Departure | None = None) -> None:
        """Create a history without positions.

        Args:
            former: The article that this one is opened from.
        """
        self._back: list[Position] = []
        self._forward: list[Position] = []
        self.former = former
        """The article to go back to before the first position; `None` if there is none."""
        self.following: Departure | None = None
        """The article to go forward to after the last position; `None` if there is none."""

    def push(self, position: Position) -> None:
        """Append the position that a jump starts from, and drop those to go forward to."""
        if not self._back or self._back[-1].caret != position.caret:
            self._back.append(position)
            del self._back[:-_LIMIT]
        self._forward.clear()
        self.following = None

    def back(self, current: Position) -> Position | None:
        """Return the position pushed last, and make `current` the next one forward; `None` if there is none.

        Positions whose caret is that of `current` are skipped.
        """
        return self._go(self._back, self._forward, current)

    def forward(self, current: Position) -> Position | None:
        """Return the position that `back` was last called from, and make `current` the next one back, or `None`."""
        return self._go(self._forward, self._back, current)

    def map(self, counterpart: Callable[[Position], Position]) -> None:
        """Replace all positions by their counterparts, after the article's text has changed."""
        self._back = [counterpart(position) for position in self._back]
        self._forward = [counterpart(position) for position in self._forward]

    def clear(self) -> None:
        """Remove all positions, as the article has another text."""
        self._back.clear()
        self._forward.clear()

    @staticmethod
    def _go(source: list[Position], opposite: list[Position], current: Position) -> Position | None:
        while source:
            position = source.pop()
            if position.caret != current.caret:
                opposite.append(current)
                return position
        return None
