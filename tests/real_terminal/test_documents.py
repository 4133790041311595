"""Word documents, Jupyter notebooks and web pages from files and pipes are read, marked, and exported."""

import json

import pytest

from formats.word_documents import document, paragraph, styled

PAGE = """<!doctype html><html><head><title>On ferries</title></head><body>
<nav><a href="/">Home</a> <a href="/all">All of it</a></nav>
<article><h1>On ferries</h1>
<p>The ferry leaves at noon, and nobody who missed it has ever been heard to complain about that, which is odd.</p>
<ul><li>Tickets are sold on the pier.</li></ul>
<pre><code>ferry --at noon</code></pre>
</article><footer>Share this</footer></body></html>
"""
NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "source": "# On tides\n\nThe tide turns twice a day."},
        {
            "cell_type": "code",
            "source": "high = 3.4",
            "outputs": [{"output_type": "stream", "text": "done\n"}],
        },
    ],
    "nbformat": 4,
}


REPORT = document(
    styled("Heading1", "On gates") + paragraph("The gate was never shut.") + paragraph("Nobody knew.")
)


@pytest.mark.parametrize(
    ("name", "content", "shown", "title"),
    [
        (
            "report.docx",
            REPORT,
            ("The gate was never shut.", "Nobody knew."),
            "On gates",
        ),
        (
            "tides.ipynb",
            json.dumps(NOTEBOOK).encode(),
            ("The tide turns twice a day.", "high = 3.4", "done"),
            "On tides",
        ),
        ("ferries.html", PAGE.encode(), ("Tickets are sold on the pier.", "ferry --at noon"), "On ferries"),
    ],
)
def test_a_document_is_read_marked_and_exported(home, name, content, shown, title):
    path = home.write(name, content)
    with home.start(path) as terminal:
        for words in shown:
            terminal.wait_for(words)
        assert title in terminal.lines[0]
        terminal.press("}", "4")
        terminal.wait_for("1 highlight ")
        terminal.quit_reading()
    (marked,) = home.annotations()
    exported = home.run("export", path).stdout
    assert f"# {title}\n" in exported
    assert f"> {marked['anchor']['exact']}" in exported
    path.unlink()
    with home.start(title) as terminal:
        terminal.wait_for("1 highlight ")
        terminal.wait_for(shown[0])
        terminal.quit_reading()


def test_a_web_page_comes_from_a_pipe(home):
    page = home.write("page.html", PAGE)
    with page.open("rb") as pipe, home.start("-", stdin=pipe) as terminal:
        terminal.wait_for("Tickets are sold on the pier.")
        assert "Share this" not in terminal.screen
        assert "All of it" not in terminal.screen
        terminal.press("W")
        terminal.wait_for("Share this")
        terminal.press("W")
        terminal.wait_until_gone("Share this")
        terminal.quit_reading()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("broken.docx", document(paragraph("Text."))[:-200], "cannot be read as a Word document"),
        ("broken.epub", b"PK\x03\x04 mimetypeapplication/epub+zip", "cannot be read as an EPUB"),
        ("broken.ipynb", b'{"cells": [', "is no Jupyter notebook"),
        ("page.html", b"\x89PNG\r\n", "is a picture (PNG)"),
        (
            "wall.html",
            b"<!doctype html><title>Just a moment...</title><p>Enable JavaScript and cookies to continue",
            "wall",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_do(home, name, content, sentence):
    outcome = home.run(home.write(name, content))
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    first, second = outcome.stderr.splitlines()
    assert sentence in first
    assert second
    assert "Traceback" not in outcome.stderr
