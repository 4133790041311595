"""How the reader selects a passage."""

from pactreader.core.units import Unit
from pactreader.tui.panes import Panes


class Selecting:
    """Begins, changes and ends selections."""

    def __init__(self, panes: Panes) -> None:
        """Args:
        panes: What is selected in.
        """
        self._panes = panes

    def action_select(self, unit: str) -> None:
        """Begin to select."""
        self._panes.article.select(Unit(unit))

    def action_extend(self, direction: str) -> None:
        """Select as shift and an arrow do."""
        self._panes.article.extend(direction)

    def action_swap_ends(self) -> None:
        """Go to the other end of the selection."""
        self._panes.article.swap_ends()
