"""Waiting for widgets to process their messages, so that a key has all its effects before the next one."""

from asyncio import Event, timeout
from contextlib import suppress
from typing import Final

from textual.widget import Widget

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
