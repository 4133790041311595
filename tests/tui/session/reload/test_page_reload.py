"""The reload of a page of the web: it is fetched anew in the background, and its new text is taken in."""

from threading import Event

import pytest

from app_driver import AppDriver, run_story
from pactreader.cli.library_access import open_entry, open_source
from pactreader.core.article import BlockKind
from pactreader.core.errors import UnreadableError
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from web_server import Answer, WebServer, silence

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_monitor")]

PAGE = "One is here. It is vague.\n\n" + "\n\n".join(f"Paragraph {n} begins here." for n in range(40))
OTHER = "Another one is here.\n\n" + "\n\n".join(
    f"Something else, the {n}th, is told here." for n in range(40)
)


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with WebServer() as running:
        yield running


@pytest.fixture
def read(tmp_path):
    """Return a function that reads an address as `pactreader` does, and lets a story go on with it."""

    def read(address, story):
        with Library(Paths.find(tmp_path / "home", {})) as library:
            article = open_source(address, library)
        run_story(tmp_path / "home", story, article=article)

    return read


def entries(driver):
    with Library(driver.paths) as library:
        return {entry.title: entry for entry in library.articles()}


async def seen(driver, words):
    await driver.wait_until(lambda: words in driver.footer)


async def registered(driver):
    await driver.wait_until(lambda: entries(driver) and not driver.app.session.library._entries._unsaved)


def test_a_changed_page_is_taken_in_with_the_place_kept(read, server):
    address = server.page("/a", PAGE)

    async def story(driver: AppDriver) -> None:
        await driver.press("1", *["}"] * 20, "2")
        server.page("/a", f"Above all.\n\n{PAGE}")
        await driver.press("ctrl+l")
        await seen(driver, "The article changed on the web: 2 moved")
        view = driver.screen.article_view
        assert driver.screen.article.text[view.caret.offset :].startswith("Paragraph 19 begins")
        assert driver.screen.article.page.data.startswith(b"Above all.")
        assert server.asked() == ["/a", "/a"]

    read(address, story)


def test_an_equal_page_is_said_to_be_equal_and_its_date_kept(read, server):
    server.page("/b", PAGE)

    async def story(driver: AppDriver) -> None:
        await registered(driver)
        [before] = entries(driver).values()
        server.page("/b", PAGE + "\n\n")  # other bytes, the same text
        await driver.press("ctrl+l")
        await seen(driver, "The page is as it was read.")
        [after] = entries(driver).values()
        assert after.page.fetched_at > before.page.fetched_at
        assert after.page.hash != before.page.hash
        with Library(driver.paths) as library:
            assert library.kept.page(after).data.endswith(b"\n\n")

    read(server.redirect("/a", "/b"), story)


def test_a_change_waits_until_the_selection_is_let_go(read, server):
    address = server.page("/a", PAGE)

    async def story(driver: AppDriver) -> None:
        await registered(driver)
        server.page("/a", f"Above all.\n\n{PAGE}")
        await driver.press("v", "ctrl+l")
        await seen(driver, "The article changed on the web: it is read again when the selection is let go.")
        assert "changed on the web" in driver.title
        await driver.press("escape")
        await driver.wait_until(lambda: "Above all." in driver.screen.article.text)
        assert "changed on the web" not in driver.title

    read(address, story)


def test_escape_lets_go_of_a_selection_first_and_then_stops_the_fetch(read, server):
    address = server.page("/a", PAGE)

    async def story(driver: AppDriver) -> None:
        server.answers["/a"] = silence(server)
        await driver.press("v", "ctrl+l")
        await driver.wait_until(lambda: "connecting" in driver.title)
        assert "esc stops it" in driver.title
        await driver.press("ctrl+l")
        assert "The page is being fetched: esc stops it." in driver.footer
        await driver.press("escape")
        assert not driver.screen.article_view.caret.selecting
        assert driver.app.page_fetch.is_running
        await driver.press("escape")
        await seen(driver, "Fetching from 127.0.0.1 was stopped. What you read stays here.")
        assert "esc stops it" not in driver.title
        assert not driver.app.page_fetch.is_running

    read(address, story)


def test_a_page_that_is_gone_stays_as_it_was_read(read, server):
    address = server.page("/a", PAGE)

    async def story(driver: AppDriver) -> None:
        del server.answers["/a"]
        await driver.press("ctrl+l")
        await seen(driver, "(404). What you read stays here.")
        server.answers["/a"] = Answer(b"\x89PNG\r\n")
        await driver.press("ctrl+l")
        await seen(driver, "is a picture (PNG), which PactReader cannot read. What you read stays here.")
        assert driver.screen.article.text.startswith("One is here.")

    read(address, story)


def test_another_text_at_the_address_is_asked_about(read, server):
    address = server.page("/a", PAGE)

    async def story(driver: AppDriver) -> None:
        await driver.press("1")
        await registered(driver)
        server.page("/a", OTHER)
        await driver.press("ctrl+l")
        await driver.wait_until(lambda: driver.screen.article.text.startswith("Another one"))
        await driver.wait_until(lambda: not driver.app.shows_reading_screen)
        assert "the same" in driver.seen

    read(address, story)


def test_the_kept_page_is_shown_line_by_line_without_the_net(read, server):
    address = server.page("/a", "# A page\n\nIts text.", "text/markdown")

    async def story(driver: AppDriver) -> None:
        await registered(driver)
        server.stop()
        await driver.press("T")
        await driver.wait_until(lambda: driver.screen.article.text == "# A page\n\nIts text.")
        assert "as it stands in the page" in driver.footer
        await driver.press("T")
        await driver.wait_until(lambda: driver.screen.article.text == "A page\n\nIts text.")
        assert driver.screen.article.url == address

    read(address, story)


def test_a_page_that_comes_after_another_way_of_reading_was_chosen_is_read_so(read, server):
    address = server.page("/a", "# A page\n\nIts text.", "text/markdown")
    go_on = Event()

    def answer(handler):
        go_on.wait(20)
        handler.wfile.write(
            b"HTTP/1.0 200 OK\r\nContent-Type: text/markdown\r\n\r\n# A page\n\nIts other text."
        )

    async def story(driver: AppDriver) -> None:
        await registered(driver)
        server.answers["/a"] = answer
        await driver.press("ctrl+l", "T")
        await driver.wait_until(lambda: driver.screen.article.blocks[0].kind is BlockKind.CODE)
        go_on.set()
        await driver.wait_until(lambda: driver.screen.article.text == "# A page\n\nIts other text.")

    read(address, story)


def test_the_fetch_ends_when_another_article_is_opened_and_its_kept_page_is_shown(read, server):
    address = server.page("/a", PAGE)

    async def first(driver: AppDriver) -> None:
        await registered(driver)

    read(server.page("/another", OTHER), first)

    async def second(driver: AppDriver) -> None:
        await registered(driver)
        asked = len(server.requests)
        server.answers["/a"] = silence(server)
        await driver.press("ctrl+l")
        await driver.wait_until(lambda: len(server.requests) > asked)
        await driver.press("o", *"another", "enter")
        await driver.wait_until(lambda: driver.screen.article.text.startswith("Another one"))
        await driver.wait_until(lambda: not driver.app.page_fetch.is_running)
        await seen(driver, "This is the page as it was fetched on 20")
        assert "ctrl+l fetches it anew." in driver.footer
        assert "esc stops it" not in driver.title
        assert server.asked()[asked:] == ["/a"]

    read(address, second)


def test_a_page_of_which_only_the_text_is_kept_is_fetched_anew(tmp_path, read, server):
    address = server.page("/a", PAGE)

    async def story(driver: AppDriver) -> None:
        await registered(driver)
        session = driver.app.session
        session.notebook.article = session.notebook.article._replace(page=None)
        await driver.press("T")
        await seen(driver, "Only the text of this page is kept.")
        await driver.press("ctrl+l")
        await seen(driver, "The page is as it was read.")
        assert session.notebook.article.page

    read(address, story)


def test_an_entry_of_a_page_that_is_not_kept_is_named(tmp_path, read, server):
    address = server.page("/a", PAGE)

    async def story(driver: AppDriver) -> None:
        await registered(driver)

    read(address, story)
    paths = Paths.find(tmp_path / "home", {})
    for path in paths.texts.iterdir():
        path.unlink()
    with Library(paths) as library:
        [entry] = library.articles()
        with pytest.raises(UnreadableError, match="/a is not kept"):
            open_entry(entry, library)
