"""Sentences for the user about what can go wrong when a page is fetched."""

import errno
import socket
import ssl
from http.client import HTTPException, IncompleteRead
from typing import Final

from pactreader.core.errors import UnreadableError
from pactreader.core.printable_text import printable_line

_SAVE_IT: Final = "Open it in a browser, save the page and open the file."
_CHECK: Final = "Check the address, and the connection of this computer."
_LATER: Final = "Try again later."
_TOO_OFTEN: Final = 429
_STATUSES: Final = {
    401: ("{host} shows {address} only to who is logged in (401).", _SAVE_IT),
    402: ("{host} shows {address} only to who has paid (402).", _SAVE_IT),
    403: ("{host} does not give {address} to PactReader (403).", _SAVE_IT),
    404: ("There is no page {address} (404).", "Check the address."),
    407: ("The proxy asks for a name and a password (407).", "Set them in `http_proxy` and `https_proxy`."),
    410: ("The page {address} was removed (410).", "An archive of the web may have it."),
    451: ("{host} may not show {address}, for legal reasons (451).", "An archive of the web may have it."),
    _TOO_OFTEN: ("{host} was asked too often (429).", "Wait a few minutes, and try again."),
}
"""The messages and hints by the status code of an answer."""

_UNREACHABLE: Final = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL})


class FetchStoppedError(UnreadableError):
    """A fetch that the user stopped."""


class UnreachableError(UnreadableError):
    """A server that is not there."""


class NoAnswerError(UnreachableError):
    """A server that does not answer in the way that was asked for, as when it has no https."""


_BROKEN_OFF: Final = ("{host} closed the connection before the page was complete.", _LATER)
_FAILURES: Final[
    tuple[tuple[type[Exception] | tuple[type[Exception], ...], type[UnreadableError], tuple[str, str]], ...]
] = (
    (socket.gaierror, UnreachableError, ("{host} was not found.", _CHECK)),
    (ssl.SSLEOFError, UnreadableError, _BROKEN_OFF),
    (
        ssl.SSLError,
        NoAnswerError,
        ("{host} makes no secure connection.", "If it has none, begin the address with http://."),
    ),
    (TimeoutError, UnreadableError, ("{host} has not answered for {seconds:.0f} seconds.", _LATER)),
    (
        ConnectionRefusedError,
        NoAnswerError,
        ("{host} refuses the connection.", "Check the address and its port."),
    ),
    ((ConnectionError, IncompleteRead), UnreadableError, _BROKEN_OFF),
    (
        HTTPException,
        UnreadableError,
        ("{host} does not answer as a server of web pages does.", "Check its port."),
    ),
)
"""The kinds of failures, the narrower ones first, with the class of their error, its message and its hint."""


def stopped(host: str) -> FetchStoppedError:
    """Return the error of a fetch that the user stopped."""
    return FetchStoppedError(f"Fetching from {host} was stopped.")


def too_slow(host: str, seconds: float) -> UnreadableError:
    """Return the error of a page that was not there in time."""
    return UnreadableError(f"{host} has not sent the whole page in {seconds:.0f} seconds.", _LATER)


def too_large(host: str, size: int) -> UnreadableError:
    """Return the error of a page of more than so many bytes."""
    return UnreadableError(
        f"{host} sends more than {size // 1_000_000} MB, more than PactReader fetches.",
        "Download it with another program and open the file.",
    )


def bad_status(status: int, reason: str, host: str, address: str) -> UnreadableError:
    """Return the error of an answer that has no page.

    Args:
        status: Its status code.
        reason: The words that the server gives for it.
        host: The host; printable.
        address: The address; printable.
    """
    if status in _STATUSES:
        message, hint = _STATUSES[status]
        return UnreadableError(message.format(host=host, address=address), hint)
    said = f"{status} {printable_line(reason)[:60]}".rstrip()
    if status >= 500:
        return UnreadableError(f"{host} cannot show {address} now ({said}).", _LATER)
    return UnreadableError(f"{host} sends no page for {address} ({said}).", "Check the address.")


def failure(error: Exception, host: str, *, seconds: float) -> UnreadableError:
    """Return the error for a failure of the network or of what came from it.

    Args:
        error: The failure: an OSError, or an error of the protocol.
        host: The host that was asked; printable.
        seconds: The seconds after which the server was waited for no longer.
    """
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = printable_line(error.verify_message).removesuffix(".")
        return UnreadableError(
            f"{host} has no valid certificate: {reason}.",
            "Someone else may be answering: check the address and the clock of this computer.",
        )
    for kinds, error_class, (message, hint) in _FAILURES:
        if isinstance(error, kinds):
            return error_class(message.format(host=host, seconds=seconds), hint)
    number = error.errno if isinstance(error, OSError) else None
    reason = "" if number in _UNREACHABLE else f": {printable_line(str(error))}"
    return UnreadableError(f"{host} cannot be reached{reason}.", _CHECK)
