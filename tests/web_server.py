"""A web server on this computer for tests: pages by their paths, and answers that no good server gives."""

import gzip
import ssl
import subprocess
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple, Self


class Answer(NamedTuple):
    """An answer to a request."""

    body: bytes = b""
    media_type: str = "text/plain; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = {}


Behaviour = Callable[[BaseHTTPRequestHandler], object]
"""A function that answers a request by itself."""


class WebServer:
    """A server on a free port, in threads. As a context manager it stops at the end."""

    def __init__(self, *, certificate: Path | None = None) -> None:
        """Start the server; with the file of a certificate and its key, on https."""
        self.answers: dict[str, Answer | Behaviour] = {}
        """The answers by path. Of a path that is none of them, there is no page."""
        self.requests: list[tuple[str, Mapping[str, str]]] = []
        """The paths and headers of all requests, in order."""
        self.ended = Event()
        """Set when the server stops, so that an answer that goes on for long ends."""
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            scheme = "https"
        self.port: int = self._server.server_address[1]
        self.address = f"{scheme}://127.0.0.1:{self.port}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop the server: it refuses connections from now on."""
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()

    def page(self, path: str, text: str, media_type: str = "text/plain; charset=utf-8") -> str:
        """Answer a path with a text, and return its address."""
        self.answers[path] = Answer(text.encode(), media_type)
        return self.address + path

    def redirect(self, path: str, target: str, **headers: str) -> str:
        """Answer a path with a redirect, and return its address."""
        self.answers[path] = Answer(status=302, headers={"Location": target, **headers})
        return self.address + path

    def asked(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [path for path, _headers in self.requests]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients break off."""


def _handler(server: WebServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.requests.append((self.path, self.headers))
            answer = server.answers.get(self.path, Answer(b"There is none.", status=404))
            if not isinstance(answer, Answer):
                answer(self)
                self.close_connection = True
                return
            self.send_response(answer.status)
            if answer.media_type:
                self.send_header("Content-Type", answer.media_type)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_CONNECT = do_GET  # noqa: N815 - the name of the base class

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


def compressed(text: str) -> Answer:
    """Return an answer that is compressed with gzip."""
    return Answer(gzip.compress(text.encode()), headers={"Content-Encoding": "gzip"})


def sent_raw(data: bytes) -> Behaviour:
    """Return a behaviour that sends some bytes in place of an answer, and closes the connection."""
    return lambda handler: handler.wfile.write(data)


def trickle(server: WebServer, seconds: float = 0.05) -> Behaviour:
    """Return a behaviour that sends a page without an end, a byte each time so many seconds have passed."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while not server.ended.wait(seconds):
            handler.wfile.write(b"a")

    return answer


def silence(server: WebServer) -> Behaviour:
    """Return a behaviour that answers nothing."""
    return lambda _handler: server.ended.wait(30)


def make_certificate(directory: Path) -> Path:
    """Return the file of a new certificate for 127.0.0.1, signed by itself, with its key.

    Raises:
        OSError: There is no program `openssl`.
    """
    path = directory / "certificate.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", path, "-out", directory / "public.pem",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + (directory / "public.pem").read_bytes())
    return path
