"""A page of the web is read, marked and kept, read again without the net, and fetched anew when it changed."""

import os
import signal
from threading import Event

import pytest

from real_terminal.home import numbered_article
from web_server import Answer, WebServer, compressed, silence, trickle


@pytest.fixture
def server():
    with WebServer() as running:
        yield running


@pytest.fixture
def home(home):
    home.environment["no_proxy"] = "*"
    return home


def page(paragraphs=40):
    return f"# A page of the web\n\n{numbered_article(paragraphs)}\n\n## The end\n\nThere is no more.\n"


def test_a_page_is_read_marked_and_read_again_when_the_server_is_gone(home, server):
    server.answers["/page?utm_source=mail"] = Answer(page().encode("cp1252"), "text/markdown; charset=cp1252")
    server.answers["/page"] = compressed(page())._replace(media_type="text/markdown; charset=utf-8")
    server.redirect("/short", "/page?utm_source=mail")
    home.mark(f"{server.address}/short", "Paragraph 5 begins", "Paragraph 30 ends")
    assert server.asked() == ["/short", "/page?utm_source=mail"]
    server.stop()
    for source in (f"127.0.0.1:{server.port}/short", f"{server.address}/page#there", "A page of the web"):
        with home.start(source) as terminal:
            terminal.wait_for("2 highlights")
            terminal.wait_for(lambda: "as it was fetched on 20" in terminal.words)
            assert "ctrl+l fetches it anew" in terminal.words
            terminal.quit_reading()
    assert [row["place"] for row in home.notes()] == ["exact", "exact"]
    assert [one["anchor"]["exact"] for one in home.annotations()] == [
        "Paragraph 5 begins",
        "Paragraph 30 ends",
    ]
    assert len(home.notes("--in", f"{server.address}/page")) == 2


def test_a_page_that_changed_is_fetched_anew(home, server):
    address = server.page("/page", page(), "text/markdown")
    home.mark(address, "Paragraph 5 begins", "Paragraph 30 ends")
    server.page(
        "/page",
        "A paragraph on top.\n\n" + page().replace("Paragraph 5 begins", "Paragraph 5 starts"),
        "text/markdown",
    )
    with home.start(address) as terminal:
        terminal.wait_for("2 highlights")
        terminal.press("ctrl+l")
        terminal.wait_for(lambda: "The article changed on the web: 1 moved, 1 changed." in terminal.words)
        terminal.press("ctrl+l")
        terminal.wait_for("The page is as it was read.")
        server.stop()
        terminal.press("ctrl+l")
        terminal.wait_for(
            lambda: "127.0.0.1 refuses the connection. What you read stays here." in terminal.words
        )
        terminal.press("g")
        terminal.wait_for("A paragraph on top.")
        terminal.quit_reading()
    assert home.run("text", address).stdout.startswith("A paragraph on top.")
    assert sorted(row["place"] for row in home.notes()) == ["changed", "moved"]


def test_a_fetch_is_stopped_by_escape_in_the_window(home, server):
    address = server.page("/page", page(), "text/markdown")
    with home.start(address) as terminal:
        terminal.wait_for("0 highlights")
        server.answers["/page"] = trickle(server)
        terminal.press("ctrl+l")
        terminal.wait_for("esc stops it")
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        terminal.press("escape")
        terminal.wait_for(lambda: "was stopped. What you read stays here." in terminal.words)
        terminal.wait_until_gone("esc stops it")
        terminal.quit_reading()


def test_the_first_fetch_shows_its_progress_and_is_stopped_by_escape(home, server):
    server.answers["/page"] = trickle(server)
    with home.start(f"{server.address}/page") as terminal:
        before = terminal.attributes
        terminal.wait_for("127.0.0.1 · 0 kB · 1 s · esc stops it")
        assert terminal.attributes != before
        terminal.press("escape")
        assert terminal.wait() == 1
        assert "pactreader: Fetching from 127.0.0.1 was stopped." in terminal.words
        assert "esc stops it" not in terminal.screen
        assert terminal.attributes == before
        assert "1049" not in terminal.modes


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_terminal_is_as_before_when_a_signal_ends_the_first_fetch(home, server, number, status):
    server.answers["/page"] = silence(server)
    with home.start(f"{server.address}/page") as terminal:
        before = terminal.attributes
        terminal.wait_for("127.0.0.1 · connecting · 1 s · esc stops it")
        assert terminal.attributes != before
        if number == signal.SIGINT:
            terminal.press("ctrl+c")
        else:
            os.kill(terminal.pid, number)
        assert terminal.wait() == status
        assert terminal.attributes == before
        assert "Traceback" not in terminal.screen


def test_what_is_typed_during_the_fetch_reaches_the_window(home, server):
    text = page().encode()

    ready = Event()

    def answer(handler):
        ready.wait(20)
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/markdown\r\n\r\n" + text)

    server.answers["/page"] = answer
    with home.start(f"{server.address}/page") as terminal:
        terminal.wait_for("esc stops it")
        terminal.press("}", "}", "1")
        while terminal.read(0.3):
            pass
        ready.set()
        terminal.wait_for("1 highlight ")
        terminal.quit_reading()
    assert home.annotations()[0]["anchor"]["exact"].startswith("Paragraph 2 begins")


def test_an_address_opens_at_its_anchor(home, server):
    address = server.page("/page", page(), "text/markdown")
    with home.start(f"{address}#the-end") as terminal:
        terminal.wait_for("There is no more.")
        terminal.quit_reading()
    with home.start(f"{address}#nowhere") as terminal:
        terminal.wait_for(lambda: "There is no “nowhere” in this article to go to." in terminal.words)
        terminal.quit_reading()
