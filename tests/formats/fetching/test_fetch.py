import gzip
import socket
import time
import zlib
from threading import Event, Thread

import pytest

from pactreader import __version__
from pactreader.core.errors import UnreadableError
from pactreader.core.fetched_page import FetchedPage
from pactreader.core.web_addresses import TypedAddress, typed_address
from pactreader.formats.fetching import connections
from pactreader.formats.fetching.failures import FetchStoppedError
from pactreader.formats.fetching.fetch import fetch
from pactreader.formats.fetching.limits import FetchLimits
from web_server import Answer, WebServer, compressed, make_certificate, sent_raw, silence, trickle

QUICK = FetchLimits(connect=1, silence=0.5, total=1.0, size=1_000_000)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server():
    with WebServer() as running:
        yield running


def get(url: str, limits: FetchLimits = QUICK) -> FetchedPage:
    address = typed_address(url)
    assert address
    return fetch(address, limits=limits)


def error_of(url: str, limits: FetchLimits = QUICK) -> str:
    """Return the message of the error that a fetch ends with."""
    with pytest.raises(UnreadableError) as caught:
        get(url, limits)
    assert caught.value.hint
    return caught.value.message


def test_a_page_is_fetched_with_what_is_known_of_it(server):
    page = get(server.page("/a", "Ein Text.", "text/markdown; charset=UTF-8"))
    assert (page.data, page.url) == (b"Ein Text.", f"{server.address}/a")
    assert (page.media_type, page.charset) == ("text/markdown", "utf-8")
    assert page.fetched_at.startswith("20")


def test_the_request_says_who_asks_and_nothing_of_who_reads(server):
    get(server.page("/a?b=%C3%A9", "Text") + "#part")
    [(path, headers)] = server.requests
    assert path == "/a?b=%C3%A9"
    assert headers["User-Agent"] == f"PactReader/{__version__}"
    assert headers["Host"] == f"127.0.0.1:{server.port}"
    assert sorted(headers) == ["Accept", "Accept-Encoding", "Connection", "Host", "User-Agent"]


@pytest.mark.parametrize(
    ("said", "charset"),
    [
        ("text/html; charset=windows-1251", "cp1251"),
        ('text/html; charset="ISO-8859-1"', "cp1252"),
        ("text/html; charset=Shift_JIS", "cp932"),
        ("text/html; charset=x-sjis", "cp932"),
        ("text/html; charset=gb2312", "gb18030"),
        ("text/html; charset=no-such", ""),
        ("text/html; charset=hex", ""),
        ("text/html", ""),
    ],
)
def test_the_charset_is_one_that_python_knows(server, said, charset):
    page = get(server.page("/a", "Text", said))
    assert (page.media_type, page.charset) == ("text/html", charset)


def test_a_byte_order_mark_goes_before_the_charset(server):
    assert get(server.page("/a", "\ufeffTéxt", "text/html; charset=iso-8859-1")).charset == ""


def test_a_page_without_a_media_type_has_none(server):
    server.answers["/a"] = Answer(b"Text", media_type="")
    assert get(f"{server.address}/a").media_type == ""


# Redirects


def test_redirects_are_followed_to_the_page(server):
    server.page("/c", "The page.")
    server.redirect("/b", f"{server.address}/c")
    page = get(server.redirect("/a", "b"))
    assert (page.data, page.url, page.requested) == (
        b"The page.",
        f"{server.address}/c",
        f"{server.address}/a",
    )


def test_a_cookie_that_a_redirect_sets_is_sent_on_the_way_and_to_no_one_later(server):
    server.page("/b", "The page.")
    url = server.redirect("/a", "/b", **{"Set-Cookie": "seen=1; Path=/"})
    get(url)
    assert [headers["Cookie"] for _path, headers in server.requests] == [None, "seen=1"]
    get(f"{server.address}/b")
    assert server.requests[-1][1]["Cookie"] is None


def test_a_redirect_with_characters_that_are_not_ascii_is_followed(server):
    server.page("/caf%C3%A9", "The page.")
    server.answers["/a"] = sent_raw("HTTP/1.1 301 Moved\r\nLocation: /café\r\n\r\n".encode())
    assert get(f"{server.address}/a").data == b"The page."


def test_a_loop_of_redirects_ends(server):
    server.redirect("/b", "/a")
    message = error_of(server.redirect("/a", "/b"))
    assert "leads from one address to the next, more than 10 times" in message
    assert len(server.requests) == 11


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/a", "javascript:alert(1)", "http://[::1", "data:,x"]
)
def test_a_redirect_leads_to_no_other_scheme(server, target):
    assert "is no page of the web" in error_of(server.redirect("/a", target))
    assert server.asked() == ["/a"]


def test_a_page_of_the_internet_leads_into_no_private_network(server, monkeypatch):
    """The server is taken for one of the internet, but for the port that a redirect leads to."""
    server.page("/secret", "Secret.")
    monkeypatch.setattr(connections, "is_global", lambda address: address == "127.0.0.1")
    with WebServer() as other:
        other.page("/secret", "Secret.")
        url = server.redirect("/a", f"http://[::1]:{other.port}/secret")
        assert error_of(url) == "The page leads to ::1, which is in a private network."
        assert other.asked() == []


def test_a_private_address_that_was_typed_may_lead_to_another_one(server):
    with WebServer() as other:
        assert get(server.redirect("/a", other.page("/b", "Text"))).data == b"Text"


# Sizes and encodings


def test_a_compressed_page_is_decompressed(server):
    server.answers["/gzip"] = compressed("A text. " * 1000)
    server.answers["/members"] = Answer(
        gzip.compress(b"One, ") + gzip.compress(b"two."), headers={"Content-Encoding": "x-gzip"}
    )
    server.answers["/zlib"] = Answer(zlib.compress(b"A text."), headers={"Content-Encoding": "deflate"})
    raw = zlib.compressobj(wbits=-15)
    server.answers["/raw"] = Answer(
        raw.compress(b"A text.") + raw.flush(), headers={"Content-Encoding": "deflate"}
    )
    server.answers["/more"] = Answer(
        gzip.compress(b"A text.") + b"\0" * 9, headers={"Content-Encoding": "gzip"}
    )
    assert get(f"{server.address}/gzip").data == b"A text. " * 1000
    assert get(f"{server.address}/members").data == b"One, two."
    for path in ("/zlib", "/raw", "/more"):
        assert get(server.address + path).data == b"A text."


@pytest.mark.parametrize("encoding", ["gzip", "deflate", ""])
def test_a_page_beyond_the_limit_is_refused(server, encoding):
    text = b"\0" * 50_000_000 if encoding else b"\0" * 1_000_001
    body = {"gzip": gzip.compress, "deflate": zlib.compress, "": bytes}[encoding](text)
    server.answers["/a"] = Answer(body, headers={"Content-Encoding": encoding} if encoding else {})
    began = time.monotonic()
    assert error_of(f"{server.address}/a") == "127.0.0.1 sends more than 1 MB, more than PactReader fetches."
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    "body", [gzip.compress(b"A text. " * 1000, mtime=0)[:-20], b"no gzip", b"\x1f\x8b\x08\0\xff"]
)
def test_a_damaged_page_is_refused(server, body):
    server.answers["/a"] = Answer(body, headers={"Content-Encoding": "gzip"})
    assert "damaged or not complete" in error_of(f"{server.address}/a")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly a part",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\nxyz\r\n",
        b"",
    ],
)
def test_a_page_that_breaks_off_is_refused(server, answer):
    server.answers["/a"] = sent_raw(answer)
    assert "complete" in error_of(f"{server.address}/a")


def test_a_page_in_chunks_is_put_together(server):
    server.answers["/a"] = sent_raw(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nA \r\n5\r\ntext.\r\n0\r\n\r\n"
    )
    assert get(f"{server.address}/a").data == b"A text."


def test_a_compression_that_was_not_asked_for_is_named(server):
    server.answers["/a"] = Answer(b"...", headers={"Content-Encoding": "br"})
    assert "compressed in a way that was not asked for" in error_of(f"{server.address}/a")


# Time


def test_a_page_that_trickles_is_given_up(server):
    server.answers["/a"] = trickle(server)
    began = time.monotonic()
    assert error_of(f"{server.address}/a") == "127.0.0.1 has not sent the whole page in 1 seconds."
    assert time.monotonic() - began < 1.5


def test_headers_that_trickle_are_given_up(server):
    def answer(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not server.ended.wait(0.05):
            handler.wfile.write(b"X: y\r\n"[:1])

    server.answers["/a"] = answer
    assert "has not sent the whole page" in error_of(f"{server.address}/a")


def test_a_server_that_says_nothing_is_given_up(server):
    server.answers["/a"] = silence(server)
    assert "has not answered" in error_of(f"{server.address}/a")


@pytest.fixture
def unconnected():
    """Return the address of a server that is never connected: its queue of connections is full."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(listening.getsockname())
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/a"
        for each in waiting:
            each.close()


def test_a_server_that_is_not_connected_in_time_is_given_up(unconnected):
    assert "127.0.0.1 has not answered" in error_of(unconnected, QUICK._replace(connect=0.3))


def slow_name(monkeypatch):
    """Let names be resolved only after seconds."""
    ended = Event()
    monkeypatch.setattr(connections.socket, "getaddrinfo", lambda *_, **__: ended.wait(5))
    return "http://slow.example/a", ended


@pytest.mark.parametrize("held_up_by", ["name", "connecting", "answer", "trickle"])
def test_a_fetch_stops_at_once(server, unconnected, held_up_by, monkeypatch):
    server.answers["/answer"] = silence(server)
    server.answers["/trickle"] = trickle(server)
    url = unconnected if held_up_by == "connecting" else f"{server.address}/{held_up_by}"
    if held_up_by == "name":
        url, _ended = slow_name(monkeypatch)
    stopped = Event()
    stopped_at = []

    def stop():
        stopped_at.append(time.monotonic())
        stopped.set()

    thread = Thread(target=lambda: (time.sleep(0.2), stop()))
    thread.start()
    with pytest.raises(FetchStoppedError, match="was stopped"):
        fetch(typed_address(url), stop=stopped.is_set)
    assert time.monotonic() - stopped_at[0] < 0.3


def test_progress_is_told(server):
    seen = []
    server.answers["/a"] = trickle(server)
    with pytest.raises(UnreadableError):
        fetch(typed_address(f"{server.address}/a"), progress=seen.append, limits=QUICK)
    assert seen[-1].host == "127.0.0.1"
    assert seen[-1].received > 3
    assert seen[-1].expected is None
    assert 0.5 < seen[-1].seconds < 1.5


# Failures


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (404, "There is no page 127.0.0.1:{port}/a (404)."),
        (403, "127.0.0.1 does not give 127.0.0.1:{port}/a to PactReader (403)."),
        (429, "127.0.0.1 was asked too often (429)."),
        (503, "127.0.0.1 cannot show 127.0.0.1:{port}/a now (503 Service Unavailable)."),
        (418, "127.0.0.1 sends no page for 127.0.0.1:{port}/a (418 I'm a Teapot)."),
        (204, "127.0.0.1 sends no page for 127.0.0.1:{port}/a (204 No Content)."),
        (302, "127.0.0.1 sends no page for 127.0.0.1:{port}/a (302 Found)."),
    ],
)
def test_an_answer_without_a_page_is_named(server, status, message):
    server.answers["/a"] = Answer(b"Not the page.", status=status)
    assert error_of(f"{server.address}/a") == message.format(port=server.port)


def test_what_a_server_says_reaches_the_terminal_without_control_characters(server):
    server.answers["/a"] = sent_raw(b"HTTP/1.1 599 \x1b]52;c;x\x07\r\n\r\n")
    assert "\x1b" not in error_of(f"{server.address}/a")
    server.answers["/b"] = sent_raw(b"HTTP/1.1 302 x\r\nLocation: file:///\x1b[2J\r\n\r\n")
    assert "\x1b" not in error_of(f"{server.address}/b")


@pytest.mark.parametrize(
    "answer", [b"SSH-2.0-OpenSSH_9.2\r\n", b"\0\1\2\3" * 99, b"HTTP/1.1 200\r\n" + b"a" * 99_999]
)
def test_what_is_no_web_server_is_named(server, answer):
    server.answers["/a"] = sent_raw(answer)
    assert error_of(f"{server.address}/a") == "127.0.0.1 does not answer as a server of web pages does."


def test_a_port_without_a_server_is_named():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/a"
        assert error_of(url) == "127.0.0.1 refuses the connection."


def test_a_name_without_a_server_is_named(monkeypatch):
    def fail(*_arguments, **_options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(connections.socket, "getaddrinfo", fail)
    assert error_of("https://xn--bcher-kva.example/a") == "bücher.example was not found."


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    try:
        return make_certificate(tmp_path_factory.mktemp("certificate"))
    except OSError:
        pytest.skip("there is no openssl")


def test_a_certificate_that_no_one_vouches_for_is_refused(certificate):
    with WebServer(certificate=certificate) as secure:
        message = error_of(secure.page("/a", "Text"))
    assert message == "127.0.0.1 has no valid certificate: self-signed certificate."


def test_a_page_is_fetched_over_a_secure_connection(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with WebServer(certificate=certificate) as secure:
        assert get(secure.page("/a", "Text")).data == b"Text"


def test_a_fetch_over_a_secure_connection_stops_at_once(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with WebServer(certificate=certificate) as secure:
        secure.answers["/a"] = trickle(secure)
        assert "has not sent the whole page" in error_of(f"{secure.address}/a")


def test_https_is_asked_first_where_no_scheme_was_typed_and_then_http(server):
    server.page("/a", "Text")
    https, http = f"https://127.0.0.1:{server.port}/a", f"{server.address}/a"
    assert fetch(TypedAddress(https, alternative=http), limits=QUICK).url == http
    assert "makes no secure connection" in error_of(https)


def test_a_certificate_that_is_refused_leads_to_no_open_connection(certificate):
    with WebServer(certificate=certificate) as secure, WebServer() as plain:
        address = TypedAddress(secure.page("/a", "Text"), alternative=plain.page("/a", "Text"))
        with pytest.raises(UnreadableError, match="no valid certificate"):
            fetch(address, limits=QUICK)
        assert plain.asked() == []


# Proxies


def test_a_proxy_is_asked_for_the_whole_address(server, monkeypatch):
    server.answers["http://example.invalid/a"] = Answer(b"From the proxy.")
    monkeypatch.setenv("http_proxy", f"http://me:s%40cret@127.0.0.1:{server.port}")
    assert get("http://example.invalid/a").data == b"From the proxy."
    [(_path, headers)] = server.requests
    assert headers["Host"] == "example.invalid"
    assert headers["Proxy-Authorization"] == "Basic bWU6c0BjcmV0"


def test_no_proxy_is_asked_for_the_hosts_that_are_to_be_asked_directly(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert get(server.page("/a", "Text")).data == b"Text"


def test_a_secure_connection_goes_through_a_tunnel(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    def tunnel(handler):
        host, port = handler.path.rsplit(":", 1)
        with socket.create_connection((host, int(port))) as target:
            handler.wfile.write(b"HTTP/1.1 200 Connected\r\nVia: test\r\n\r\n")
            there = Thread(target=pump, args=(handler.connection, target), daemon=True)
            there.start()
            pump(target, handler.connection)

    def pump(source, target):
        try:
            while data := source.recv(65_536):
                target.sendall(data)
        except OSError:
            pass

    with WebServer(certificate=certificate) as secure, WebServer() as proxy:
        proxy.answers[f"127.0.0.1:{secure.port}"] = tunnel
        monkeypatch.setenv("https_proxy", proxy.address)
        assert get(secure.page("/a", "Text")).data == b"Text"
        assert proxy.asked() == [f"127.0.0.1:{secure.port}"]
        proxy.answers.clear()
        assert error_of(f"{secure.address}/a").startswith("There is no page")
        assert secure.asked() == ["/a"]


@pytest.mark.parametrize(
    "proxy", ["socks5://127.0.0.1:9050", "https://me:secret@127.0.0.1:1", "http://[::1", "://"]
)
def test_a_proxy_of_another_kind_is_named_and_nothing_is_asked_past_it(server, monkeypatch, proxy):
    monkeypatch.setenv("all_proxy", proxy)
    message = error_of(server.page("/a", "Text"))
    assert "is of no kind that PactReader can speak to" in message
    assert "secret" not in message
    assert server.asked() == []


def test_a_proxy_leads_into_no_private_network_either(server, monkeypatch):
    monkeypatch.setenv("http_proxy", server.address)
    server.answers["http://example.org/a"] = Answer(
        status=302, headers={"Location": "http://192.168.0.1/admin"}
    )
    assert "is in a private network" in error_of("http://example.org/a")
    assert server.asked() == ["http://example.org/a"]


def test_nothing_is_left_open(server, recwarn):
    get(server.page("/a", "Text"))
    error_of(f"{server.address}/none")
    assert not [one for one in recwarn if issubclass(one.category, ResourceWarning)]
