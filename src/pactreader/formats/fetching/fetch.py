"""The fetch of a page, which the user can stop at any moment."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import Final

from pactreader.core.fetched_page import FetchedPage
from pactreader.core.web_addresses import TypedAddress
from pactreader.formats.fetching.failures import NoAnswerError, stopped, too_slow
from pactreader.formats.fetching.limits import LIMITS, FetchLimits, FetchProgress
from pactreader.formats.fetching.transfer import Transfer

_TICK: Final = 0.05
"""Seconds between two looks at whether the user stops the fetch."""


def _ignore(_progress: FetchProgress) -> None:
    pass


def _never() -> bool:
    return False


def fetch(
    address: TypedAddress,
    *,
    progress: Callable[[FetchProgress], object] = _ignore,
    stop: Callable[[], bool] = _never,
    limits: FetchLimits = LIMITS,
) -> FetchedPage:
    """Fetch a page. Only its address, and what that leads to, is contacted.

    Args:
        address: The address. Its alternative is fetched if nothing answers there.
        progress: Called with the progress some twenty times a second, in this thread.
        stop: Returns whether the user stops the fetch. It is called as often.
        limits: The limits.

    Raises:
        FetchStoppedError: The user stopped it.
        UnreadableError: It cannot be fetched.
    """
    try:
        return _fetch(address.url, progress, stop, limits)
    except NoAnswerError as error:
        if not address.alternative:
            raise
        try:
            return _fetch(address.alternative, progress, stop, limits)
        except NoAnswerError:
            raise error from None


def _fetch(
    url: str, progress: Callable[[FetchProgress], object], stop: Callable[[], bool], limits: FetchLimits
) -> FetchedPage:
    """Fetch a page in a thread, and wait for it as long as the limits allow.

    As the waiting is done here, neither a name that is not resolved nor a server that sends a byte a second holds it up.
    """
    transfer = Transfer(url, limits)
    fetched: Future[FetchedPage] = Future()

    def run() -> None:
        try:
            fetched.set_result(transfer.run())
        except BaseException as error:  # noqa: BLE001 - it is raised again in the caller
            fetched.set_exception(error)

    Thread(target=run, daemon=True).start()
    try:
        while not wait([fetched], _TICK).done:
            now = transfer.progress
            progress(now)
            if stop():
                raise stopped(transfer.host)
            if now.seconds > limits.total:
                raise too_slow(transfer.host, limits.total)
    finally:
        transfer.abort()
    return fetched.result()
