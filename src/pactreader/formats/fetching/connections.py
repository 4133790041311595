"""Connections to servers: resolved once, connected to what was resolved, and closed from another thread."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from threading import Lock
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from pactreader.core.errors import UnreadableError
from pactreader.core.web_addresses import host_of, shown_host
from pactreader.formats.fetching.limits import FetchLimits
from pactreader.formats.fetching.networks import is_global
from pactreader.formats.fetching.proxies import Proxy, open_tunnel, proxy_for

_PORTS: Final = {"http": 80, "https": 443}


class Connection(NamedTuple):
    """A connection to the server of a URL, or to a proxy that asks it."""

    socket: socket.socket
    proxy: Proxy | None
    """The proxy that is to be asked for the whole URL; `None` if the server itself is connected."""


class Connector:
    """An opener of connections, one at a time.

    Once a server on the internet was connected, none in a private network is any more: such an address is one that a
    page led to, and not one that the user chose.
    """

    def __init__(self, limits: FetchLimits) -> None:
        self._limits = limits
        self._lock = Lock()
        self._open: socket.socket | None = None
        """The connection that is open, or being opened."""
        self._is_closed = False
        self._was_global = False
        """True once a server on the internet was connected."""

    @contextmanager
    def connected(self, url: str) -> Iterator[Connection]:
        """Connect the server of a URL for a block.

        Raises:
            UnreadableError: It may not be connected, or the proxy refuses.
            HTTPException: A proxy does not answer as one.
            OSError: It cannot be connected, or the connector was closed.
        """
        try:
            yield self._connect(url)
        finally:
            if self._open:
                self._open.close()

    def _connect(self, url: str) -> Connection:
        parts = urlsplit(url)
        host, port = host_of(url), parts.port or _PORTS[parts.scheme]
        proxy = proxy_for(url)
        if proxy:
            self._check_name(url, host)
            connected = self._connect_first(_resolve(proxy.host, proxy.port))
            if parts.scheme == "https":
                open_tunnel(connected, proxy, host, port)
        else:
            connected = self._connect_first(self._allowed(url, _resolve(host, port)))
        if parts.scheme == "http":
            return Connection(connected, proxy)
        secure = self._tls.wrap_socket(connected, server_hostname=host, do_handshake_on_connect=False)
        self._keep(secure)
        secure.do_handshake()
        secure.settimeout(self._limits.silence)
        return Connection(secure, None)

    def close(self) -> None:
        """End the open connection, and open no more. What another thread waits for on it fails at once."""
        with self._lock:
            self._is_closed = True
            if self._open:
                _shut_down(self._open)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    def _keep(self, opened: socket.socket) -> None:
        """Make a socket the open one, which `close` ends.

        Raises:
            OSError: The connector was closed.
        """
        with self._lock:
            if self._is_closed:
                opened.close()
                raise ConnectionAbortedError
            self._open = opened

    def _allowed(self, url: str, resolved: list["_Resolved"]) -> list["_Resolved"]:
        """Return the addresses of a server that may be connected.

        Raises:
            UnreadableError: It is in a private network, and the way led there over the internet.
        """
        allowed = [one for one in resolved if not self._was_global or is_global(one.address[0])]
        if not allowed:
            raise _refused(url)
        self._was_global = self._was_global or any(is_global(one.address[0]) for one in allowed)
        return allowed

    def _check_name(self, url: str, host: str) -> None:
        """Check a server that a proxy is to connect: of one that is not named by its IP address, only the name is known.

        Raises:
            UnreadableError: As for `_allowed`.
        """
        try:
            is_private = not is_global(host)
        except ValueError:
            is_private = host == "localhost" or host.endswith(".localhost") or "." not in host
        if is_private and self._was_global:
            raise _refused(url)
        self._was_global = self._was_global or not is_private

    def _connect_first(self, resolved: list["_Resolved"]) -> socket.socket:
        """Connect the first of some addresses that answers.

        Raises:
            OSError: None does; that one refuses, if one does, else the failure of the first.
        """
        failures: list[OSError] = []
        for family, address in resolved:
            opened = socket.socket(family, socket.SOCK_STREAM)
            self._keep(opened)
            try:
                opened.settimeout(self._limits.connect)
                opened.connect(address)
                opened.settimeout(self._limits.silence)
            except OSError as error:
                opened.close()
                failures.append(error)
            else:
                return opened
        refusals = (each for each in failures if isinstance(each, ConnectionRefusedError))
        raise next(refusals, failures[0])


class _Resolved(NamedTuple):
    """An address that a name was resolved to."""

    family: int
    address: tuple[str, int] | tuple[str, int, int, int]


def _resolve(host: str, port: int) -> list[_Resolved]:
    """Return the addresses of a host.

    Raises:
        OSError: It has none.
    """
    # As bytes, since Python's codec for names raises errors of its own.
    found = socket.getaddrinfo(host.encode(), port, type=socket.SOCK_STREAM)
    return [_Resolved(family, address) for family, _, _, _, address in found]  # type: ignore[arg-type] # IP only


def _refused(url: str) -> UnreadableError:
    return UnreadableError(
        f"The page leads to {shown_host(url)}, which is in a private network.",
        "If that is what you want, open that address itself.",
    )


def _shut_down(opened: socket.socket) -> None:
    """End what another thread does with a socket, which that closes. One that is not connected yet is left alone."""
    with suppress(OSError):
        socket.socket.shutdown(
            opened, socket.SHUT_RDWR
        )  # that of an SSL socket would change it under the thread
