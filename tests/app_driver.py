"""A driver of the app under Textual's Pilot, without a terminal, with a library of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

from pactreader.cli.library_access import open_entry
from pactreader.core.article import Article, BlockKind, Piece, Span, SpanKind
from pactreader.core.errors import NotSavedError
from pactreader.settings.config_file import read_settings
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.tui.app import PactReaderApp, StartOptions
from pactreader.tui.reading_screen import ReadingScreen

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
    """The app as on most terminals: Pilot's own has no colours."""

    colourful = True


class AppDriver:
    """The running app: keys to press, and the screen."""

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
        """Press a key as the terminal says it, and wait for nothing."""
        name = _character_to_key(key) if len(key) == 1 else key
        self.app.post_message(Key(name, key if len(key) == 1 else None))

    async def type(self, text: str) -> None:
        await self.pilot.press(*text)

    def fail_to_save(self) -> None:
        """From now on the disk is full."""

        def save(*_arguments: object) -> None:
            raise NotSavedError("The disk is full.", "Make room and press the key again.")

        self.app.session.library.save = save  # type: ignore[method-assign]

    def save_again(self) -> None:
        """There is room on the disk again."""
        del self.app.session.library.save  # type: ignore[method-assign]

    def line(self, y: int) -> str:
        """What stands on a line of the screen."""
        width, _ = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return strips[y].crop(0, width).text

    @property
    def title(self) -> str:
        return self.line(0)

    @property
    def footer(self) -> str:
        """The keys, or what is said in their place, in as many lines as it takes."""
        region = self.screen.footer_bar.region
        lines = (self.line(y).strip() for y in range(region.y, region.bottom))
        return " ".join(lines)

    @property
    def seen(self) -> str:
        """The whole screen."""
        return "\n".join(self.line(y) for y in range(self.app.size.height))

    def annotations(self) -> list[tuple[str, str, str, tuple[str, ...]]]:
        """What is on the disk: quote, label, note and tags."""
        with Library(self.paths) as library:
            return [
                (a.anchor.exact if a.anchor else "", a.label, a.note, a.tags)
                for _, a in library.annotations()
            ]


def read(
    home: Path,
    story: Callable[[AppDriver], Awaitable[None]],
    *,
    article: Article = ARTICLE,
    size: tuple[int, int] = (120, 30),
    first_start: bool = False,
) -> None:
    """Open an article, with the settings at home, let a story happen, quit."""
    paths = Paths.find(home, {})
    settings, problems = read_settings(paths.settings)

    async def happen() -> None:
        with Library(paths, labels=settings.labels) as library:
            options = StartOptions(
                paths=paths,
                library=library,
                article=article,
                open_article=open_entry,
                settings=settings,
                problems=[problem.message for problem in problems],
                first_start=first_start,
            )
            app = _OnAColourTerminal(options)
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                await story(AppDriver(app, pilot, paths))

    asyncio.run(happen())


def here(driver: AppDriver) -> str:
    """The words from the caret on, in `LONG`."""
    return LONG.text[driver.screen.article_view.caret.offset :].split("\n")[0]
