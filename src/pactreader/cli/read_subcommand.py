"""`pactreader [SOURCE]`: the terminal is taken, and the reader reads."""

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pactreader.cli.article_lookup import last_read, open_entry, open_source
from pactreader.cli.export_subcommand import markdown
from pactreader.cli.library_context import opened
from pactreader.cli.output import write
from pactreader.core.article import Article
from pactreader.core.errors import PactReaderError
from pactreader.tui.terminal.background_query import asked

if TYPE_CHECKING:
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths

_TERMINAL: Final = "CON" if os.name == "nt" else "/dev/tty"


def read(arguments: Namespace, paths: "Paths") -> None:
    """Let the reader read, until they quit."""
    gc.disable()  # until the first page is on the screen: 20 ms of a large article's first 100
    from pactreader.settings.config_file import read_settings
    from pactreader.storage.reading_state import ReadingState

    settings, problems = read_settings(paths.settings)
    with opened(paths, settings.labels) as library:
        reading_state = ReadingState(paths)
        last_id = reading_state.last_read()
        if arguments.source is None:
            article = _read_last(library, last_id)
        else:
            article = open_source(arguments.source, library)
        _take_terminal()
        is_chosen = bool(arguments.theme or settings.theme or reading_state.window().theme)
        with asked(wanted=not is_chosen) as question, _terminal_as_output():
            from pactreader.tui.app import StartOptions, run_app  # the only command that needs a screen

            notebook = run_app(
                StartOptions(
                    paths=paths,
                    library=library,
                    article=article,
                    open_article=open_entry,
                    settings=settings,
                    problems=[problem.message for problem in problems],
                    theme=arguments.theme or "",
                    background_query=question,
                    first_start=last_id is None,
                )
            )
        if arguments.review:
            write(markdown(notebook, library.entry_for(notebook.article), plain=False))


def _read_last(library: "Library", last_id: str | None) -> Article:
    """The article read last; the first time, the bundled one."""
    from pactreader.formats.sources import bundled

    entry = last_read(library, last_id)
    return open_entry(entry, library) if entry else bundled()


def _take_terminal() -> None:
    """See that there is a screen, which Textual draws on stderr, and a keyboard, even where stdin is a pipe.

    Raises:
        PactReaderError: There is none.
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
    """Have the terminal as standard output for a while: it is what Textual asks for the size of the screen."""
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
