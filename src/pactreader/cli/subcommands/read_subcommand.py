"""`pactreader [SOURCE]`: reading in the terminal. It is the subcommand without a name."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from pactreader.cli.library_access import (
    last_read_entry,
    open_entry,
    open_known,
    open_source,
    open_unchanged,
)
from pactreader.cli.opened_library import open_library
from pactreader.cli.output import print_text
from pactreader.cli.page_fetcher import PageFetcher
from pactreader.cli.reading_options import add_fetch_option, add_reading_options, reading_options
from pactreader.cli.source_anchors import split_anchor
from pactreader.cli.subcommand import Example, Subcommand
from pactreader.core.errors import PactReaderError
from pactreader.core.held_passwords import HeldPasswords
from pactreader.core.reading_options import ReadingOptions
from pactreader.core.reading_setup import ReadingSetup
from pactreader.tui.terminal.first_screen import FirstScreen

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pactreader.core.article import Article
    from pactreader.core.notebooks.notebook import Notebook
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths
    from pactreader.storage.state.reading_state import ReadingState

_TERMINAL: Final = "CON" if os.name == "nt" else "/dev/tty"


def read(arguments: "Namespace", paths: "Paths") -> None:
    """Run the terminal interface with an article until the user quits.

    Raises:
        PactReaderError: The article cannot be read, or there is no terminal.
    """
    from pactreader.cli.password_prompt import ask_password
    from pactreader.settings.config_file import read_settings
    from pactreader.settings.definitions import reading_defaults
    from pactreader.storage.parsed_articles import ParsedArticles
    from pactreader.storage.state.reading_state import ReadingState

    settings, problems = read_settings(paths.settings)
    with open_library(paths, settings.labels, keeps_protected=settings.protected_texts) as library:
        reading_state = ReadingState(paths)
        last_id = reading_state.last_read_id()
        options = reading_options(arguments)
        passwords = HeldPasswords()
        setup = ReadingSetup(
            reading_defaults(settings),
            passwords.asking(ask_password),
            in_parts=True,
            meanwhile=_import_app,
            parsed=ParsedArticles(paths.parsed, reading_defaults(settings)),
        )
        fetcher = PageFetcher(anew=arguments.fetch)
        if arguments.source is None:
            article = _open_last_read(library, reading_state, options, setup, fetcher)
        else:
            article = open_source(
                arguments.source, library, options, reading_state, setup=setup, fetcher=fetcher
            )
        _connect_terminal()
        first_screen = arguments.first_screen or FirstScreen()
        is_chosen = bool(arguments.theme or settings.theme or reading_state.window().theme)
        if not is_chosen:
            first_screen.ask_background()
        with _terminal_as_output():
            from pactreader.cli.web_access import read_fetched
            from pactreader.tui.app import StartOptions, run_app  # the only subcommand that needs a screen
            from pactreader.tui.session.reading_session import SourceReaders

            in_window = setup._replace(ask_password=passwords.recall)
            session = run_app(
                StartOptions(
                    paths=paths,
                    library=library,
                    article=article,
                    open_article=partial(open_entry, setup=in_window),
                    readers=SourceReaders(
                        partial(open_source, setup=in_window), partial(read_fetched, setup=in_window)
                    ),
                    settings=settings,
                    passwords=passwords,
                    problems=[problem.message for problem in problems],
                    anchor=split_anchor(arguments.source or "", library)[1],
                    typed=fetcher.typed.decode("utf-8", "replace"),
                    theme=arguments.theme or "",
                    first_screen=first_screen,
                    first_start=last_id is None,
                )
            )
        if arguments.review:
            from pactreader.core.notebooks.placed_annotations import PlacedAnnotations
            from pactreader.formats.writers import DEFAULT_WRITER

            notebook = _whole(session.loaded_notebook(), library, setup)
            notebook.place_pending()
            entry = library.entry_for(notebook.article)
            notebook.place_pending()  # what was not placed before the user quit
            placed = PlacedAnnotations.of(notebook)
            print_text(DEFAULT_WRITER.write(placed, article_id=entry.id, exported=datetime.now(UTC)))
    reading_state.save_last_article(session.notebook.article.source)  # behind the last write of the library


def _import_app() -> None:
    """Import the app, while the article is read by another process."""
    import pactreader.tui.app  # noqa: F401


def _open_last_read(
    library: "Library",
    reading_state: "ReadingState",
    options: ReadingOptions,
    setup: ReadingSetup,
    fetcher: PageFetcher,
) -> "Article":
    """Read the article that was read last; the first time, the bundled one."""
    from pactreader.formats.sources import bundled_article

    if not fetcher.anew and (
        unchanged := open_unchanged(reading_state.last_position(), options, setup=setup)
    ):
        return unchanged
    if entry := last_read_entry(library, reading_state.last_read_id()):
        return open_known(entry, library, options, setup=setup, fetcher=fetcher)
    fetcher.refuse_anew()
    return bundled_article(options.completed_by(ReadingOptions()), setup)


def _whole(notebook: "Notebook", library: "Library", setup: ReadingSetup) -> "Notebook":
    """Return the notebook of an article with its whole text, if the user has quit before that was read.

    Raises:
        UnreadableError: It cannot be read.
    """
    from pactreader.formats.sources import read_again

    article = notebook.article
    if article.rest is None:
        return notebook
    whole = read_again(article, article.options, setup._replace(in_parts=False))
    entry, _is_certain = library.identity.identify(whole)
    return library.notebook(entry, whole)


def _connect_terminal() -> None:
    """Connect standard input to the terminal, if it is a pipe, and check standard error, on which Textual draws.

    Raises:
        PactReaderError: There is no terminal.
    """
    hint = "Run it in a terminal; `pactreader notes` and `pactreader export` work without one."
    if not (sys.__stderr__ and sys.__stderr__.isatty()):
        raise PactReaderError("Reading needs a terminal: standard error is redirected.", hint)
    if sys.__stdin__ and sys.__stdin__.isatty():
        return
    try:
        terminal = os.open(_TERMINAL, os.O_RDWR)
    except OSError as error:
        raise PactReaderError(
            "Reading needs a terminal, and there is none to take keys from.", hint
        ) from error
    if terminal:
        os.dup2(terminal, 0)
        os.close(terminal)
    if sys.__stdin__ is None:
        sys.stdin = sys.__stdin__ = open(0, closefd=False)  # type: ignore[misc]  # noqa: SIM115


@contextmanager
def _terminal_as_output() -> Iterator[None]:
    """Redirect standard output to the terminal for a block, as Textual gets the size of the screen from it."""
    output, screen = sys.__stdout__, sys.__stderr__
    if output is None or screen is None or output.isatty():
        yield
        return
    output.flush()
    kept = os.dup(output.fileno())
    os.dup2(screen.fileno(), output.fileno())
    try:
        yield
    finally:
        os.dup2(kept, output.fileno())
        os.close(kept)


def plain_arguments(source: str | None = None) -> SimpleNamespace:
    """Return the arguments of a command line without options, as the parser does, which takes 5 ms to be made."""
    options = dict.fromkeys(("data_dir", "theme", "read_as", "language", "encoding"))
    return SimpleNamespace(
        source=source, review=False, fetch=False, **options, run=read, failed_code=SUBCOMMAND.failed_code
    )


def _add_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "source",
        nargs="?",
        metavar="SOURCE",
        help="a file, an address on the web, '-' for standard input, or an article known to the library: its id or part "
        "of its title; '#page=12' or '#heading' behind it leads to a place in it; without one, the article read last",
    )
    add_fetch_option(parser)
    parser.add_argument(
        "--theme", metavar="NAME", help="pactreader-dark, pactreader-light or one of Textual's, this time"
    )
    parser.add_argument(
        "--review", action="store_true", help="on quit, print the annotations to standard output as Markdown"
    )
    add_reading_options(parser)


SUBCOMMAND = Subcommand(
    name="",
    help="Read an article in the terminal, mark it, keep every note.",
    run=read,
    add_arguments=_add_arguments,
    examples=(
        Example("pactreader", "go on reading; the first time, the bundled article"),
        Example("pactreader article.md", "read a Markdown or text file"),
        Example("pactreader paper.pdf#page=12", "read a PDF, from a page on"),
        Example("pactreader example.org/article", "read a page of the web, and keep it"),
        Example(
            "curl -s https://example.org/article.txt | pactreader -",
            "read text or Markdown that another program prints",
        ),
        Example(
            "pactreader --review plan.md > notes.md", "read, and have the notes on standard output at the end"
        ),
    ),
)
