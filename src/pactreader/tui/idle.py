"""Waiting until what was sent to a widget has been taken, with what came of it: then the next key is about that."""

from asyncio import Event, timeout
from contextlib import suppress
from typing import Final

from textual.widget import Widget

_PATIENCE: Final = 0.5
"""Seconds for one widget: one that is about to go may take nothing any more, and says so to nobody."""


async def wait_until_idle(*widgets: Widget) -> None:
    """Wait until widgets have taken everything, one after the other."""
    for widget in widgets:
        taken = Event()
        if widget.call_later(taken.set):
            with suppress(TimeoutError):
                async with timeout(_PATIENCE):
                    await taken.wait()


async def wait_until_ancestors_idle(widget: Widget) -> None:
    """Wait until a widget has taken everything, and those around it what it had to say: each may say more to itself."""
    around = (node for node in widget.ancestors_with_self if isinstance(node, Widget))
    await wait_until_idle(*(each for node in around for each in (node, node)))
