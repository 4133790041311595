"""The proxy that the environment names for an address, and tunnels through it."""

import socket
from base64 import b64encode
from http.client import HTTPException
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from pactreader.core.errors import UnreadableError
from pactreader.core.printable_text import printable_line
from pactreader.formats.fetching.failures import bad_status

_LONGEST_HEAD: Final = 65_536
"""Most bytes of a proxy's answer."""
_DEFAULT_PORT: Final = 80


class Proxy(NamedTuple):
    """A proxy that is spoken to over http."""

    host: str
    port: int
    authorization: str
    """The value of its header `Proxy-Authorization`; empty for none."""

    @property
    def headers(self) -> dict[str, str]:
        """The headers for the proxy itself."""
        return {"Proxy-Authorization": self.authorization} if self.authorization else {}


def proxy_for(url: str) -> Proxy | None:
    """Return the proxy for a URL, from `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`; `None` for none.

    Raises:
        UnreadableError: Its address is invalid, or is not of the kind http.
    """
    parts = urlsplit(url)
    proxies = getproxies()
    address = proxies.get(parts.scheme) or proxies.get("all")
    if not address or proxy_bypass(parts.netloc):
        return None
    if "://" not in address:
        address = f"http://{address}"
    try:
        named = urlsplit(address)
        host, port = named.hostname, named.port or _DEFAULT_PORT
    except ValueError:
        host = None
    if not host or named.scheme != "http":
        raise UnreadableError(
            f"The proxy {_without_password(address)} is of no kind that PactReader can speak to.",
            f"Set `{parts.scheme}_proxy` to the address of an http proxy, such as http://localhost:3128.",
        )
    user = f"{unquote(named.username)}:{unquote(named.password or '')}" if named.username else ""
    return Proxy(host, port, f"Basic {b64encode(user.encode()).decode('ascii')}" if user else "")


def open_tunnel(connected: socket.socket, proxy: Proxy, host: str, port: int) -> None:
    """Ask a connected proxy for a tunnel to a server (`CONNECT`, RFC 9110, 9.3.6).

    Raises:
        UnreadableError: The proxy opens none.
        HTTPException: It does not answer as a proxy does.
        OSError: The connection broke.
    """
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}", *map(": ".join, proxy.headers.items())]
    connected.sendall("\r\n".join((*lines, "", "")).encode("ascii"))
    head = bytearray()
    while not head.endswith(b"\r\n\r\n"):
        # One byte at a time, as the first one behind the answer is the server's.
        received = connected.recv(1)
        if not received or len(head) > _LONGEST_HEAD:
            raise HTTPException
        head += received
    version, _, status = head.decode("latin-1").partition("\r\n")[0].partition(" ")
    code, _, reason = status.partition(" ")
    if not version.startswith("HTTP/") or not code.isdigit():
        raise HTTPException
    if not code.startswith("2"):
        raise bad_status(int(code), reason, f"The proxy {printable_line(proxy.host)}", target)


def _without_password(address: str) -> str:
    return printable_line(address.rpartition("@")[2])
