"""The beginning of large texts is there at once, and the rest is read by a child process."""

import sys
from threading import Event, Thread

import pytest

from pactreader.core.article import Article
from pactreader.core.errors import ReadingStoppedError
from pactreader.core.reading_options import ReadingOptions
from pactreader.core.reading_setup import ReadingSetup
from pactreader.formats.origin import Origin
from pactreader.formats.readers import text_rest
from pactreader.formats.readers.markdown_reader import read_markdown
from pactreader.formats.readers.text_reader import read_text

IN_PARTS = ReadingSetup(in_parts=True)
SECTION = "# Section {0}\n\nSee [the *pact*][{0}] and the note.[^n] It is vague.\n\n- one\n- two\n\n"
DEFINITIONS = "".join(f"[{n}]: https://example.org/{n}\n" for n in range(2600)) + "\n[^n]: Article 4.\n"
MARKDOWN = "".join(map(SECTION.format, range(2600))) + DEFINITIONS
WRAPPED = "\n\n".join(f"Paragraph {n} is on lines\nof its own, as it was typed." for n in range(20_000))


def origin(setup=IN_PARTS, **options):
    return Origin("a.md", "a", "/a.md", ReadingOptions(**options), setup)


def read_in_parts(read, text, **options) -> tuple[Article, Article]:
    """Return the beginning and the whole of a text."""
    beginning = read(text.encode(), origin(**options))
    assert beginning.rest
    return beginning, beginning.rest.finish(lambda _progress: None)


@pytest.mark.parametrize(("read", "text"), [(read_markdown, MARKDOWN), (read_text, WRAPPED)])
def test_the_beginning_is_that_of_the_whole(read, text):
    beginning, whole = read_in_parts(read, text)

    assert 50_000 < len(beginning.text) < 140_000
    assert whole.text.startswith(beginning.text)
    assert list(whole.blocks[: len(beginning.blocks)]) == list(beginning.blocks)
    assert (beginning.title, beginning.language) == (whole.title, whole.language)


@pytest.mark.parametrize(("read", "text"), [(read_markdown, MARKDOWN), (read_text, WRAPPED)])
def test_the_whole_is_as_if_it_was_read_at_once(read, text):
    _, whole = read_in_parts(read, text, language="de")
    at_once = read(text.encode(), origin(ReadingSetup(), language="de"))

    assert (whole.text, whole.blocks, whole.title) == (at_once.text, at_once.blocks, at_once.title)
    assert [list(each) for each in whole.source_lines] == [list(each) for each in at_once.source_lines]
    assert (whole.source, whole.language, whole.text_hash) == ("/a.md", "de", at_once.text_hash)


def test_links_and_footnotes_of_the_beginning_are_defined_far_below():
    beginning, _ = read_in_parts(read_markdown, MARKDOWN)

    [link] = beginning.blocks[1].spans[:1]
    assert link.target == "https://example.org/0"
    assert "note.[n]" in beginning.text
    assert "\ufdd0" not in beginning.text


def test_a_fence_over_the_end_of_the_beginning_is_not_divided():
    fence = "```\n" + "\n\n# not a heading".join(str(n) for n in range(12_000)) + "\n```\n"

    assert read_markdown(fence.encode(), origin()).rest is None


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_markdown, SECTION.format(0)),
        (read_text, "One.\n\nTwo."),
        (read_text, ("A line." + " It goes on." * 20 + "\n\n") * 5000),
    ],
    ids=["small Markdown", "small text", "paragraphs on one line each"],
)
def test_what_is_parsed_at_once_is_whole_at_once(read, text):
    assert read(text.encode(), origin()).rest is None


@pytest.mark.parametrize("setup", [ReadingSetup()])
def test_a_text_is_whole_if_parts_are_not_wanted(setup):
    assert read_markdown(MARKDOWN.encode(), origin(setup)).rest is None


@pytest.mark.parametrize("command", [["/nowhere/python"], [sys.executable, "-c", "print('no article')"]])
def test_without_a_child_process_the_rest_is_read_here(monkeypatch, command):
    monkeypatch.setattr(text_rest, "python_command", lambda _code: command)
    beginning, whole = read_in_parts(read_text, WRAPPED)

    assert len(whole.text) > len(beginning.text)


@pytest.mark.parametrize("is_before", [True, False])
def test_reading_can_be_stopped(monkeypatch, is_before):
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(text_rest, "python_command", lambda _code: sleep)
    rest = read_text(WRAPPED.encode(), origin()).rest
    failures, begun = [], Event()

    def finish():
        try:
            rest.finish(lambda _progress: begun.set())
        except ReadingStoppedError as error:
            failures.append(error)

    if is_before:
        rest.stop()
    thread = Thread(target=finish)
    thread.start()
    begun.wait(10)
    rest.stop()
    thread.join(20)
    assert failures
