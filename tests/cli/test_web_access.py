"""Addresses of the web as SOURCE: fetched once, then read as they were kept, and fetched anew."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.command_line import Run, paths_in, write_article
from pactreader.cli import page_fetcher
from pactreader.core.reading_options import ReadingOptions
from pactreader.formats.fetching import connections
from pactreader.storage.library import Library
from web_server import Answer, WebServer

PAGE = "# A page\n\nIt has some text.\n"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    monkeypatch.setenv("no_proxy", "*")
    with WebServer() as running:
        yield running


def register(home: Path, options: dict[str, Any]) -> str:
    """Let the library know the article that the window was started with, as the window does; return its id."""
    article = options["article"]
    with Library(paths_in(home)) as library:
        entry = library.entry_for(article)
        library.register(entry, article)
    return entry.id


def test_an_address_is_read_and_its_text_printed(run: Run, server: WebServer) -> None:
    outcome = run("text", server.page("/a", PAGE, "text/markdown"))
    assert (outcome.code, outcome.out, outcome.err) == (0, "A page\n\nIt has some text.\n", "")
    assert run("text", f"127.0.0.1:{server.port}/a").out == outcome.out
    assert run("text", f"localhost:{server.port}/a").out == outcome.out
    assert server.asked() == ["/a"] * 3


def test_a_page_that_is_known_is_read_without_the_net(
    run: Run, home: Path, reading: list[dict[str, Any]], server: WebServer
) -> None:
    server.page("/a", PAGE, "text/markdown")
    run(server.redirect("/short", "/a?utm_source=x#part"))
    server.answers["/a?utm_source=x"] = server.answers["/a"]
    run(f"{server.address}/short")
    assert reading[-1]["article"].source == f"{server.address}/a"
    article_id = register(home, reading[-1])
    asked = len(server.requests)
    sources = [
        f"{server.address}/short", f"{server.address}/a", f"{server.address}/a?fbclid=1#part",
        f"127.0.0.1:{server.port}/short", article_id, "A page", article_id[:5],
    ]  # fmt: skip
    for source in sources:
        outcome = run("text", source)
        assert outcome.out == "A page\n\nIt has some text.\n"
        assert outcome.err.startswith("pactreader: This is the page as it was fetched on 20")
        assert outcome.err.endswith(". --fetch fetches it anew.\n")
    assert "was fetched on" in run("export", sources[0]).err
    assert run("notes", "--in", sources[0]).code == 0
    assert run("diff", sources[0]).code == 0
    run(sources[0])
    assert reading[-1]["article"].page.is_from_store
    assert len(server.requests) == asked
    assert json.loads(run("library", "--json").out)[0]["source"] == f"{server.address}/a"


def test_a_page_is_fetched_anew_where_that_is_asked_for(
    run: Run, home: Path, reading: list[dict[str, Any]], server: WebServer
) -> None:
    address = server.page("/a", PAGE, "text/markdown")
    run(address)
    article_id = register(home, reading[-1])
    server.page("/a", "# A page\n\nIt has other text.\n", "text/markdown")
    for source in (address, article_id):
        assert run("text", "--fetch", source).out == "A page\n\nIt has other text.\n"
    diff = run("diff", "--fetch", address)
    assert diff.code == 1
    assert "+It has other text." in diff.out
    assert "other text" not in run("text", address).out
    for words in (["--fetch", address], ["--fetch"]):
        run(*words)
        assert "other text" in reading[-1]["article"].text
        register(home, reading[-1])
    assert "other text" in run("text", address).out


def test_the_kept_page_is_read_if_it_cannot_be_fetched_anew(
    run: Run, home: Path, reading: list[dict[str, Any]], server: WebServer
) -> None:
    address = server.page("/a", PAGE, "text/markdown")
    run(address)
    register(home, reading[-1])
    del server.answers["/a"]
    outcome = run("text", "--fetch", address)
    assert outcome.out == "A page\n\nIt has some text.\n"
    assert "There is no page" in outcome.err
    assert "This is the page as it was fetched on" in outcome.err
    run("--fetch", address)
    assert "There is no page" in reading[-1]["article"].warning


def test_a_page_whose_text_alone_is_kept_is_read_so_and_fetched_where_even_that_is_gone(
    run: Run, home: Path, reading: list[dict[str, Any]], server: WebServer
) -> None:
    address = server.page("/a", PAGE, "text/markdown")
    run(address)
    article_id = register(home, reading[-1])
    texts = paths_in(home).texts
    pages = [path for path in texts.iterdir() if not path.name.endswith(".json.gz")]
    assert pages
    for path in pages:
        path.unlink()
    assert "is not kept. This is its text as you read it last." in run("text", address).err
    for path in texts.iterdir():
        path.unlink()
    asked = len(server.requests)
    assert run("text", article_id).out == "A page\n\nIt has some text.\n"
    assert len(server.requests) == asked + 1
    server.stop()
    assert "refuses the connection" in run("text", address).err


def test_how_a_page_is_read_is_remembered(
    run: Run, home: Path, reading: list[dict[str, Any]], server: WebServer
) -> None:
    address = server.page("/a", PAGE, "text/markdown")
    run("--as", "code", address)
    register(home, reading[-1])
    assert run("text", address).out == PAGE
    assert run("text", "--fetch", address).out == PAGE
    assert run("text", "--as", "auto", address).out == "A page\n\nIt has some text.\n"
    run(server.redirect("/other", "/a"))
    assert reading[-1]["article"].options == ReadingOptions("code")


def test_a_page_knows_its_own_address_and_its_site_as_its_publisher(
    run: Run, reading: list[dict[str, Any]], server: WebServer
) -> None:
    run(server.page("/a.txt?utm_campaign=x", "Some text."))
    article = reading[-1]["article"]
    assert (article.source, article.url) == (f"{server.address}/a.txt",) * 2
    assert article.title == "a"


def test_the_anchor_of_an_address_is_shown_first(
    run: Run, reading: list[dict[str, Any]], server: WebServer
) -> None:
    run(f"{server.page('/a', PAGE)}#the%20part")
    assert reading[-1]["anchor"] == "the part"
    write_article("a#b", "Text.")
    run("a#b")
    assert reading[-1]["anchor"] == ""


def test_a_file_goes_before_an_address(run: Run, server: WebServer) -> None:
    write_article("example.org", "A file.")
    assert run("text", "example.org").out == "A file.\n"
    Path(f"127.0.0.1:{server.port}").mkdir()
    write_article(f"127.0.0.1:{server.port}/a", "A file too.")
    assert run("text", f"127.0.0.1:{server.port}/a").out == "A file too.\n"
    assert server.asked() == []


@pytest.mark.parametrize("name", ["notes.md", "main.py", "run.sh", "docs/notes.md", "chapter.2", "a.txt"])
def test_a_mistyped_file_name_is_no_address(run: Run, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections.socket, "getaddrinfo", None)  # nothing may be looked up
    outcome = run("text", name)
    assert outcome.code == 1
    assert f"There is no file {name}." in outcome.err


def test_a_name_that_is_neither_a_file_nor_a_host_is_said_to_be_neither(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "*")

    def fail(*_arguments: object, **_options: object) -> None:
        raise connections.socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(connections.socket, "getaddrinfo", fail)
    message = "There is no file example.org/a, and on the web example.org was not found."
    assert message in run("text", "example.org/a").err
    assert "There is no file" not in run("text", "https://example.org/a").err


def test_a_title_with_a_domain_in_it_is_found_before_the_host(
    run: Run, home: Path, reading: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections.socket, "getaddrinfo", None)
    write_article("a.txt", "News from LWN.net\n=================\n\nText.")
    run("a.txt")
    register(home, reading[-1])
    assert "Text." in run("text", "lwn.net").out


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("ftp://example.org/a", "it fetches http and https."),
        ("https://me:secret@example.org/a", "https://example.org/a is given with a name or a password"),
        ("http://[::1", "http://[::1 is no valid address."),
        ("https://exa\x1b[2Jmple.org/", "is no valid address."),
    ],
)
def test_an_address_that_is_not_fetched_is_named(run: Run, source: str, message: str) -> None:
    outcome = run("text", source)
    assert outcome.code == 1
    assert message in outcome.err
    assert "secret" not in outcome.err
    assert "\x1b" not in outcome.err


def test_only_pages_can_be_fetched_anew(run: Run, reading: list[dict[str, Any]]) -> None:
    write_article("a.txt", "Text.")
    for words in (["text", "--fetch", "a.txt"], ["--fetch"], ["export", "--fetch", "a.txt"]):
        outcome = run(*words)
        assert outcome.code == 1
        assert "--fetch is for articles of the web" in outcome.err


def test_what_is_no_article_is_named_by_its_content(run: Run, server: WebServer) -> None:
    server.answers["/page.html"] = Answer(b"\x89PNG\r\n...", "text/html")
    assert "page.html is a picture" in run("text", f"{server.address}/page.html").err
    server.answers["/empty"] = Answer(b"")
    assert "is empty" in run("text", f"{server.address}/empty").err


def test_no_module_of_the_net_is_imported_without_an_address() -> None:
    code = (
        "import sys; from pactreader.cli import run; run(['text', 'no.such.file.txt']); run(['text', 'notes.md']); "
        "print([m for m in sys.modules if m.split('.')[0] in {'http', 'ssl', 'email'} or m == 'urllib.request'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_progress_is_shown_on_one_line_and_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    from pactreader.formats.fetching.limits import FetchProgress

    written: list[str] = []

    class Screen:
        isatty = staticmethod(lambda: True)
        flush = staticmethod(lambda: None)
        write = written.append

    monkeypatch.setattr(sys, "stderr", Screen)
    monkeypatch.setenv("COLUMNS", "40")
    with page_fetcher._status_line(can_stop=True) as show:
        show(FetchProgress("example.org", 0, None, 0.1))
        assert written == []
        show(FetchProgress("example.org", 0, None, 1.2))
        show(FetchProgress("example.org", 0, None, 1.3))
        show(FetchProgress("example.org", 1_234_567, 2_000_000, 2.6))
    assert written == [
        "\rexample.org · connecting · 1 s · esc st",
        "\rexample.org · 1,234 of 2,000 kB · 3 s ·",
        "\r" + " " * 39 + "\r",
    ]
