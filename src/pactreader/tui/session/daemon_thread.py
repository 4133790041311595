"""Running functions in daemon threads, which never hold up the exit of the program."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

_T = TypeVar("_T")


async def run_in_daemon_thread(function: Callable[[], _T]) -> _T:
    """Call a function in a daemon thread, and return its result or raise its exception.

    `asyncio.to_thread` would make the program wait for the function when it exits. If the caller is cancelled the
    function runs on, and its result is dropped.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[_T] = loop.create_future()

    def finish(result: _T | None, error: BaseException | None) -> None:
        if future.done():  # cancelled
            return
        if error:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]  # without an error there is a result

    def run() -> None:
        result, raised = None, None
        try:
            result = function()
        except BaseException as error:  # noqa: BLE001 - it is raised again in the caller
            raised = error
        with suppress(RuntimeError):  # the loop is closed: the program exits
            loop.call_soon_threadsafe(finish, result, raised)

    Thread(target=run, daemon=True).start()
    return await future
