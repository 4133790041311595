"""Waiting for widgets to process their messages, so that the next key meets the effects of the one before."""

from asyncio import Event, timeout
from contextlib import suppress
from typing import Final

from textual.widget import Widget

_TIMEOUT: Final = 0.5
"""Seconds for one widget: one that is being removed may process nothing any more, and does not report it."""


async def wait_until_idle(*widgets: Widget) -> None:
    """Wait until widgets have processed the messages in their queues, one widget after the other."""
    for widget in widgets:
        processed = Event()
        if widget.call_later(processed.set):
            with suppress(TimeoutError):
                async with timeout(_TIMEOUT):
                    await processed.wait()


async def wait_until_ancestors_idle(widget: Widget) -> None:
    """Wait until a widget and its ancestors have processed their messages, and those they posted to themselves."""
    widgets = (node for node in widget.ancestors_with_self if isinstance(node, Widget))
    await wait_until_idle(*(each for node in widgets for each in (node, node)))
