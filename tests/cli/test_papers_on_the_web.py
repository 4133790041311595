"""PDFs on the web: known by their content, kept, and shown at a page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.command_line import Run, paths_in
from pactreader.storage.library import Library
from pdf_files import PdfFile
from web_server import Answer, WebServer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    monkeypatch.setenv("no_proxy", "*")
    with WebServer() as running:
        yield running


def paper() -> bytes:
    pdf = PdfFile(title="A paper")
    for words in ("It is vague.", "Who decides?"):
        pdf.page().text(72, 700, words)
    return pdf.to_bytes()


@pytest.mark.parametrize("media_type", ["application/pdf", "text/html; charset=utf-8", "text/plain", ""])
@pytest.mark.parametrize("path", ["/paper.pdf", "/download?id=7"])
def test_a_pdf_is_known_by_its_content(run: Run, server: WebServer, media_type: str, path: str) -> None:
    server.answers[path] = Answer(paper(), media_type)
    outcome = run("text", f"{server.address}{path}#page=2")
    assert (outcome.out, outcome.err) == ("It is vague.\n\nWho decides?\n", "")


def test_a_pdf_of_the_web_is_kept_and_shown_at_a_page(
    run: Run, home: Path, reading: list[dict[str, Any]], server: WebServer
) -> None:
    server.answers["/paper.pdf"] = Answer(paper(), "application/pdf")
    address = f"{server.address}/paper.pdf"
    for source in (f"{address}#page=2", f"127.0.0.1:{server.port}/paper.pdf#page=2"):
        run(source)
        article = reading[-1]["article"]
        assert (reading[-1]["anchor"], article.source) == ("page=2", address)
        assert article.places.at(article.anchors["page=2"]) == "p. 2"
        with Library(paths_in(home)) as library:
            library.register(library.entry_for(article), article)
    assert len(server.requests) == 1
    server.stop()
    run("a paper#page=2")
    assert (reading[-1]["anchor"], reading[-1]["article"].page.data) == ("page=2", paper())
