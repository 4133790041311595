"""Links to pages of the web: a key opens them here, and the way back leads back without the net."""

from io import BytesIO
from threading import Event

import pytest

from app_driver import AppDriver, run_story
from pactreader.cli.library_access import open_source
from pactreader.core.article import Article, BlockKind, Piece, Span, SpanKind
from pactreader.formats.sources import read_source
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.tui.terminal import desktop
from web_server import WebServer, sent_raw, silence

pytestmark = pytest.mark.slow

FILL = "\n\n".join(f"Paragraph {n} says little." for n in range(40))


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(
        desktop, "open_address", lambda _address: pytest.fail("nothing is to be opened outside")
    )
    with WebServer() as running:
        running.page(
            "/first", f"# First\n\n{FILL}\n\nSee [the second](second#the-end) page.\n", "text/markdown"
        )
        running.page(
            "/second", f"# Second\n\n{FILL}\n\n## The end\n\nBack to [it](/first).\n", "text/markdown"
        )
        yield running


def read_file(tmp_path, text, story):
    path = tmp_path / "links.md"
    path.write_text(text)
    run_story(tmp_path / "home", story, article=read_source(str(path), BytesIO()))


def at_caret(driver):
    return driver.screen.article.text[driver.screen.article_view.caret.offset :].split("\n")[0]


async def open_here(driver: AppDriver, words: str) -> None:
    await driver.press("/", *words, "enter", "escape", "enter")
    assert "o opens it here" in driver.footer
    await driver.press("o")


async def opened(driver: AppDriver, title: str) -> None:
    await driver.wait_until(lambda: title in driver.title)


def test_pages_are_opened_here_and_come_back_from_without_the_net(tmp_path, server):
    async def story(driver: AppDriver) -> None:
        await open_here(driver, "page one")
        await opened(driver, "First")
        await open_here(driver, "the second")
        await opened(driver, "Second")
        assert at_caret(driver) == "The end"
        await driver.press("1")
        server.stop()
        await driver.press("ctrl+o")
        await opened(driver, "First")
        assert at_caret(driver).startswith("d page.")
        await driver.press("ctrl+o", "ctrl+o", "ctrl+o")
        await opened(driver, "links")
        await driver.press(*">" * 9)
        await opened(driver, "Second")
        assert at_caret(driver) == "The end"
        assert "1 highlight" in driver.title
        assert server.asked() == ["/first", "/second"]

    read_file(tmp_path, f"Read [page one]({server.address}/first).\n", story)


def test_a_kept_page_is_opened_without_the_net(tmp_path, server):
    async def visit(driver: AppDriver) -> None:
        await open_here(driver, "page one")
        await opened(driver, "First")
        await driver.wait_until(lambda: driver.app.session.is_identified)

    text = f"Read [page one]({server.address}/first).\n"
    read_file(tmp_path, text, visit)
    server.stop()
    read_file(tmp_path, text, visit)
    assert server.asked() == ["/first"]


def test_a_page_that_cannot_be_fetched_leaves_the_article_open(tmp_path, server):
    async def story(driver: AppDriver) -> None:
        await open_here(driver, "page one")
        await driver.wait_until(lambda: "(404)" in driver.footer)
        assert "links" in driver.title
        server.answers["/gone"] = silence(server)
        await open_here(driver, "page one")
        await driver.wait_until(lambda: "connecting" in driver.title)
        await driver.press("escape")
        await driver.wait_until(lambda: "was stopped" in driver.footer)
        assert "esc stops it" not in driver.title

    read_file(tmp_path, f"Read [page one]({server.address}/gone).\n", story)


def test_a_page_opens_when_the_note_is_written(tmp_path, server):
    go_on = Event()

    def answer(handler):
        go_on.wait(20)
        sent_raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/markdown\r\n\r\n# First")(handler)

    server.answers["/first"] = answer

    async def story(driver: AppDriver) -> None:
        await open_here(driver, "page one")
        await driver.press("a")
        go_on.set()
        await driver.wait_until(lambda: "the page opens when the note is closed" in driver.title)
        await driver.type("mine")
        await driver.press("ctrl+s")
        await opened(driver, "First")
        assert [note for _, _, note, _ in driver.annotations()] == ["mine"]

    read_file(tmp_path, f"Read [page one]({server.address}/first).\n", story)


def test_an_address_of_the_page_itself_is_a_place_in_it(tmp_path, server):
    server.page(
        "/first",
        f"# First\n\n[Down]({server.address}/first#the-end)\n\n{FILL}\n\n## The end\n",
        "text/markdown",
    )
    with Library(Paths.find(tmp_path / "home", {})) as library:
        article = open_source(f"{server.address}/first", library)

    async def story(driver: AppDriver) -> None:
        await driver.press("}", "enter")
        assert at_caret(driver) == "The end"

    run_story(tmp_path / "home", story, article=article)


def test_a_page_opens_no_file_of_this_computer(tmp_path, server):
    (tmp_path / "other.md").write_text("Secret.\n")
    url = (tmp_path / "other.md").as_uri()
    saved = Article.assemble(
        [Piece(BlockKind.PARAGRAPH, "Mine.", spans=(Span(0, 4, SpanKind.LINK, url),))],
        title="page",
        source=str(tmp_path / "page.html"),
    )
    article = saved._replace(url="https://example.org/page")

    async def story(driver: AppDriver) -> None:
        await driver.press("enter")
        assert "nothing from the web may open" in driver.footer
        assert "page" in driver.title

    run_story(tmp_path / "home", story, article=article)
