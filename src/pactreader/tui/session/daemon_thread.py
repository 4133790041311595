"""Running functions in daemon threads, which never hold up keys or the exit of the program."""

import asyncio
import gc
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, suppress
from threading import Lock, Thread
from typing import Final, TypeVar

_T = TypeVar("_T")
_SWITCH_INTERVAL: Final = 0.00005
"""Seconds for which a thread may keep the interpreter while another one waits for it. A key waits for it in each
turn of the event loop, of which handling and painting take a hundred."""


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
            with _keys_first.during_work():
                result = function()
        except BaseException as error:  # noqa: BLE001 - it is raised again in the caller
            raised = error
        with suppress(RuntimeError):  # the loop is closed: the program exits
            loop.call_soon_threadsafe(finish, result, raised)

    Thread(target=run, daemon=True).start()
    return await future


def run_with_timeout(function: Callable[[], _T], seconds: float) -> _T:
    """Call a function in a daemon thread, and wait so many seconds for its result; it runs on after them.

    Raises:
        TimeoutError: It takes longer.
    """
    future: Future[_T] = Future()

    def run() -> None:
        try:
            future.set_result(function())
        except BaseException as error:  # noqa: BLE001 - it is raised again in the caller
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future.result(seconds)


def is_thread_working() -> bool:
    """Return whether any function runs in a daemon thread now, so that what the main thread reads or imports is slow."""
    return _keys_first.is_any_working


def keys_first() -> AbstractContextManager[None]:
    """Return a context manager for work in slices, in which no collection of garbage makes keys wait, as in a thread."""
    return _keys_first.during_work()


class _KeysFirst:
    """The settings of the interpreter while a thread works: it hands over often, and collects no garbage.

    A collection stops all threads, for a tenth of a second after a million objects were made. What a thread has made
    lives long, and is left out of later collections.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._threads = 0
        self._interval = 0.0
        self._collects = False

    @property
    def is_any_working(self) -> bool:
        """True if a thread works."""
        return self._threads > 0

    @contextmanager
    def during_work(self) -> Iterator[None]:
        """Change the settings in a block, and restore them when the last of several threads leaves it."""
        with self._lock:
            if not self._threads:
                self._interval, self._collects = sys.getswitchinterval(), gc.isenabled()
                sys.setswitchinterval(_SWITCH_INTERVAL)
                gc.disable()
            self._threads += 1
        try:
            yield
        finally:
            with self._lock:
                self._threads -= 1
                if not self._threads:
                    sys.setswitchinterval(self._interval)
                    gc.freeze()
                    if self._collects:
                        gc.enable()


_keys_first: Final = _KeysFirst()
