"""Waiting for widgets to process their messages, so that a key has all its effects before the next one; and for keys."""

from asyncio import Event, sleep, timeout
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from textual.widget import Widget

_TURNS: Final = 4
"""Turns of the event loop from the refresh of a widget until its screen knows: the widget gets idle, it posts that it is to
be updated, the screen handles that; and one more for a widget that refreshes another."""
_TIMEOUT: Final = 0.5
"""Seconds to wait for one widget. One that is being removed may never answer."""


async def wait_until_idle(*widgets: Widget) -> None:
    """Wait until each of the widgets has processed the messages in its queue."""
    for widget in widgets:
        processed = Event()
        if widget.call_later(processed.set):
            with suppress(TimeoutError):
                async with timeout(_TIMEOUT):
                    await processed.wait()


async def wait_until_ancestors_idle(widget: Widget) -> None:
    """Wait until a widget and its ancestors have processed their messages, and the messages posted meanwhile.

    Each is waited for twice, as handling a message may post another one.
    """
    widgets = (node for node in widget.ancestors_with_self if isinstance(node, Widget))
    await wait_until_idle(*(each for node in widgets for each in (node, node)))


async def wait_for_refreshes() -> None:
    """Let widgets report to their screen that they are to be painted again, so that it paints all of them at once."""
    for _ in range(_TURNS):
        await sleep(0)


class KeyGate:
    """A gate for work in steps: it is closed from a key until the effects of that are painted.

    Handling and painting a key takes many turns of the event loop. A step in each of them would make it slow.
    """

    def __init__(self) -> None:
        self._painted = Event()
        self._painted.set()

    def close(self) -> None:
        """Close it, as a key is handled."""
        self._painted.clear()

    def open(self) -> None:
        """Open it, as the effects of the key are painted."""
        self._painted.set()

    async def run(self, step: Callable[[], bool]) -> None:
        """Call a function that does a step of some work, between keys, until it returns that all is done."""
        await self.wait()
        while not step():
            await self.wait()

    async def wait(self) -> None:
        """Let others run, and wait for the gate to be open, but not for long: a screen that is closed paints nothing."""
        await sleep(0)
        if not self._painted.is_set():
            with suppress(TimeoutError):
                async with timeout(_TIMEOUT):
                    await self._painted.wait()
