"""A driver of the app under Textual's Pilot, without a terminal, with a library of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

from pactreader.cli.library_access import open_entry, open_source
from pactreader.cli.web_access import read_fetched
from pactreader.core.article import Article, BlockKind, Piece, Span, SpanKind
from pactreader.core.errors import NotSavedError
from pactreader.core.held_passwords import HeldPasswords
from pactreader.core.reading_setup import ReadingSetup
from pactreader.settings.config_file import read_settings
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.tui.app import PactReaderApp, StartOptions
from pactreader.tui.reading_screen import ReadingScreen
from pactreader.tui.session.reading_session import SourceReaders

SENTENCES = ("The pact is vague.", "Who decides?", "Seoul has warned Russia.")
ARTICLE = Article.assemble(
    [
        Piece(BlockKind.HEADING, "A pact", 1),
        Piece(BlockKind.PARAGRAPH, " ".join(SENTENCES)),
        Piece(BlockKind.PARAGRAPH, "Moreover, weapons flow. That is alleged."),
    ],
    title="A pact",
    source="/articles/pact.txt",
)


def version_of_article(*paragraphs: str) -> Article:
    """Return an article with the source of `ARTICLE` and other paragraphs."""
    pieces = [Piece(BlockKind.PARAGRAPH, text) for text in paragraphs]
    return Article.assemble(pieces, title="A pact", source=ARTICLE.source)


LINKS = "As the summary says, and https://un.org/a too; see notes.md."


def _linked(words: str, target: str) -> Span:
    start = LINKS.index(words)
    return Span(start, start + len(words), SpanKind.LINK, target)


LONG = Article.assemble(
    [
        Piece(BlockKind.HEADING, "A pact", 1),
        Piece(
            BlockKind.PARAGRAPH,
            LINKS,
            spans=(_linked("summary", "#the-summary"), _linked("notes.md", "notes.md")),
        ),
        *(Piece(BlockKind.PARAGRAPH, f"Paragraph {n} is here. It says little.") for n in range(60)),
        Piece(BlockKind.HEADING, "The summary", 2),
        Piece(BlockKind.PARAGRAPH, "All in all, nothing."),
    ],
    title="A pact",
    source="/articles/pact.md",
)


class _OnAColourTerminal(PactReaderApp):
    """The app on a terminal with colours, unlike Pilot's."""

    colourful = True


class AppDriver:
    """The running app, with its keys and its screen."""

    def __init__(self, app: PactReaderApp, pilot: Pilot[None], paths: Paths) -> None:
        self.app = app
        self.pilot = pilot
        self.paths = paths

    @property
    def screen(self) -> ReadingScreen:
        return self.app.reading_screen

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    def post(self, key: str) -> None:
        """Press a key without waiting for its effects."""
        name = _character_to_key(key) if len(key) == 1 else key
        self.app.post_message(Key(name, key if len(key) == 1 else None))

    async def wait_until(self, holds: Callable[[], object]) -> None:
        """Wait until a function returns something true."""
        async with asyncio.timeout(20):
            while not holds():
                await self.pilot.pause(0.01)

    async def type(self, text: str) -> None:
        await self.pilot.press(*text)

    def fail_to_save(self) -> None:
        """Make saving fail from now on, as on a full disk."""

        def save(*_arguments: object) -> None:
            raise NotSavedError("The disk is full.", "Make room and press the key again.")

        self.app.session.library.save = save  # type: ignore[method-assign]

    def save_again(self) -> None:
        """Let saving succeed again."""
        del self.app.session.library.save  # type: ignore[method-assign]

    def line(self, y: int) -> str:
        """Return the text of a line of the screen; empty while the screen of a new dialog is not laid out yet."""
        width, _ = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return strips[y].crop(0, width).text if y < len(strips) else ""

    @property
    def title(self) -> str:
        return self.line(0)

    @property
    def footer(self) -> str:
        """The text of the footer on one line: keys or a message."""
        region = self.screen.footer_bar.region
        lines = (self.line(y).strip() for y in range(region.y, region.bottom))
        return " ".join(lines)

    @property
    def seen(self) -> str:
        """The text of the screen."""
        return "\n".join(self.line(y) for y in range(self.app.size.height))

    def annotations(self) -> list[tuple[str, str, str, tuple[str, ...]]]:
        """Return quote, label, note and tags of each saved annotation."""
        with Library(self.paths) as library:
            return [
                (a.anchor.exact if a.anchor else "", a.label, a.note, a.tags)
                for _, a in library.annotations()
            ]


def run_story(
    home: Path,
    story: Callable[[AppDriver], Awaitable[None]],
    *,
    article: Article = ARTICLE,
    size: tuple[int, int] = (120, 30),
    first_start: bool = False,
    placed: bool = True,
    anchor: str = "",
) -> None:
    """Run the app with an article and the settings of a home directory, await a story, and quit.

    The story begins when all anchors are placed, unless `placed` is false.
    """
    paths = Paths.find(home, {})
    settings, problems = read_settings(paths.settings)

    async def run() -> None:
        with Library(paths, labels=settings.labels) as library:
            passwords = HeldPasswords()
            setup = ReadingSetup(ask_password=passwords.recall)
            options = StartOptions(
                paths=paths,
                library=library,
                article=article,
                open_article=partial(open_entry, setup=setup),
                readers=SourceReaders(partial(open_source, setup=setup), partial(read_fetched, setup=setup)),
                settings=settings,
                passwords=passwords,
                problems=[problem.message for problem in problems],
                first_start=first_start,
                anchor=anchor,
            )
            app = _OnAColourTerminal(options)
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                driver = AppDriver(app, pilot, paths)
                await driver.wait_until(lambda: not (placed and app.placer.is_placing))
                await story(driver)

    asyncio.run(run())


def selected_text(driver: AppDriver) -> str:
    """Return the selected text of the article; empty if nothing is selected."""
    selection = driver.screen.article_view.caret.selection
    return driver.screen.article.text[slice(*selection)] if selection else ""


def here(driver: AppDriver) -> str:
    """Return the text of `LONG` from the caret to the end of the paragraph."""
    return LONG.text[driver.screen.article_view.caret.offset :].split("\n")[0]
