"""The transfer of a page: requests and answers, redirects included."""

import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import closing, suppress
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookiejar import CookieJar
from time import monotonic
from typing import Final
from urllib.parse import urljoin, urlsplit
from urllib.request import Request

from pactreader import __version__
from pactreader.core.annotation import timestamp
from pactreader.core.encoding_names import web_encoding_name
from pactreader.core.errors import UnreadableError
from pactreader.core.fetched_page import FetchedPage
from pactreader.core.web_addresses import canonical_address, request_url, shown_address, shown_host
from pactreader.formats.fetching.connections import Connection, Connector
from pactreader.formats.fetching.content_decoding import ContentDecoder, TooLargeError
from pactreader.formats.fetching.failures import bad_status, failure, too_large
from pactreader.formats.fetching.limits import FetchLimits, FetchProgress

_USER_AGENT: Final = f"PactReader/{__version__}"
_ACCEPT: Final = "text/html,application/xhtml+xml,text/markdown;q=0.9,text/plain;q=0.8,application/epub+zip;q=0.8,*/*;q=0.5"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_OK: Final = 200
_CHUNK: Final = 65_536
"""Most bytes that are read at once."""
_BYTE_ORDER_MARKS: Final = (BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE)
_ENCODINGS: Final = {"": "", "identity": "", "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
"""The content encodings that are decoded, by their names in headers."""


class Transfer:
    """The transfer of one page, in a thread of its own. Others may look at its progress, and end it."""

    def __init__(self, url: str, limits: FetchLimits) -> None:
        """Create the transfer; nothing is sent yet.

        Args:
            url: The URL, as `request_url` returns it.
            limits: The limits. That of the total time is the caller's.
        """
        self._typed = url
        self._url = url
        self._limits = limits
        self._connector = Connector(limits)
        self._cookies = CookieJar()
        self._began = monotonic()
        self._received = 0
        self._expected: int | None = None

    @property
    def progress(self) -> FetchProgress:
        """The progress at this moment."""
        return FetchProgress(self.host, self._received, self._expected, monotonic() - self._began)

    @property
    def host(self) -> str:
        """The host that is asked now; printable."""
        return shown_host(self._url)

    def abort(self) -> None:
        """End the transfer, which then fails in its thread."""
        self._connector.close()

    def run(self) -> FetchedPage:
        """Fetch the page.

        Raises:
            UnreadableError: It cannot be fetched.
        """
        try:
            for _ in range(self._limits.redirects + 1):
                if page := self._ask():
                    return page
        except TooLargeError as error:
            raise too_large(self.host, self._limits.size) from error
        except (zlib.error, EOFError) as error:
            raise UnreadableError(
                f"{self.host} has sent a page that is damaged or not complete.", "Try again later."
            ) from error
        except (OSError, HTTPException) as error:
            raise failure(error, self.host, seconds=self._limits.silence) from error
        raise UnreadableError(
            f"{shown_address(self._typed)} leads from one address to the next, more than {self._limits.redirects} times.",
            "Open it in a browser, and give the address that it shows then.",
        )

    def _ask(self) -> FetchedPage | None:
        """Ask for the present URL; return its page, or `None` after a redirect, whose target is the present one then.

        Raises:
            UnreadableError: There is no page, or the redirect leads where it may not.
        """
        with self._connector.connected(self._url) as connection, closing(self._send(connection)) as response:
            if response.status in _REDIRECTS and (target := response.headers.get("location")):
                self._url = self._redirected(target)
                return None
            if response.status != _OK:
                raise bad_status(response.status, response.reason, self.host, shown_address(self._url))
            return self._page(response)

    def _send(self, connection: Connection) -> HTTPResponse:
        """Send the request for the present URL, and return the answer with its headers read."""
        parts = urlsplit(self._url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        request = Request(self._url)  # noqa: S310 - `request_url` lets http and https pass alone
        self._cookies.add_cookie_header(request)
        cookie = request.get_header("Cookie")
        headers = {
            "Host": parts.netloc,
            "User-Agent": _USER_AGENT,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **({"Cookie": cookie} if cookie else {}),
            **(connection.proxy.headers if connection.proxy else {}),
        }
        client = HTTPConnection(parts.hostname or "")
        client.sock = connection.socket
        client.request("GET", self._url if connection.proxy else target, headers=headers)
        response = client.getresponse()
        self._cookies.extract_cookies(response, request)
        return response

    def _redirected(self, target: str) -> str:
        """Return the URL that a redirect leads to.

        Raises:
            UnreadableError: It is none of http or https.
        """
        with suppress(UnicodeError):  # headers are decoded as Latin-1, and some servers send UTF-8
            target = target.encode("latin-1").decode()
        url = ""
        with suppress(ValueError):
            url = request_url(urljoin(self._url, target))
        if not url:
            raise UnreadableError(
                f"{self.host} leads to {shown_address(target)}, which is no page of the web.",
                "Open it in a browser, save the page and open the file.",
            )
        return url

    def _page(self, response: HTTPResponse) -> FetchedPage:
        """Read the body of an answer."""
        name = response.headers.get("content-encoding", "").strip().lower()
        if name not in _ENCODINGS:
            raise UnreadableError(
                f"{self.host} sends the page compressed in a way that was not asked for.",
                "Open it in a browser, save the page and open the file.",
            )
        decoder = ContentDecoder(_ENCODINGS[name], self._limits.size)
        self._expected = response.length
        while data := response.read1(_CHUNK):
            self._received += len(data)
            decoder.feed(data)
        if response.length:
            raise EOFError
        content, headers = decoder.finish(), response.headers
        is_marked = content.startswith(_BYTE_ORDER_MARKS)  # which goes before what the server says
        return FetchedPage(
            content,
            self._url,
            media_type=headers.get_content_type() if "content-type" in headers else "",
            charset="" if is_marked else web_encoding_name(headers.get_content_charset() or ""),
            fetched_at=timestamp(datetime.now(UTC)),
            requested=canonical_address(self._typed),
        )
