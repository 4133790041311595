"""The places that the reader has left for others far away, to go back to and forward again."""

from typing import Final, NamedTuple

_KEPT: Final = 200
"""Places kept, the oldest forgotten first."""


class Position(NamedTuple):
    """Where the reader was: the caret's offset and the one that the window began with, in code points."""

    caret: int
    top: int


class NavigationHistory:
    """Where the reader has been, as the history of a browser: leaving an earlier place anew forgets those behind it."""

    def __init__(self) -> None:
        self._behind: list[Position] = []
        self._ahead: list[Position] = []

    def leave(self, stop: Position) -> None:
        """The reader is about to leave a place for another."""
        if not self._behind or self._behind[-1].caret != stop.caret:
            self._behind.append(stop)
            del self._behind[:-_KEPT]
        self._ahead.clear()

    def back(self, here: Position) -> Position | None:
        """The place that was left last; `None` if there is none. `here` can be gone forward to."""
        return self._go(self._behind, self._ahead, here)

    def forward(self, here: Position) -> Position | None:
        """The place that was gone back from last; `None` if there is none."""
        return self._go(self._ahead, self._behind, here)

    @staticmethod
    def _go(positions: list[Position], opposite: list[Position], here: Position) -> Position | None:
        while positions:
            position = positions.pop()
            if position.caret != here.caret:
                opposite.append(here)
                return position
        return None
