"""Helpers for tests of the command line: marked articles, and the outcome of a subcommand."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

from pactreader.core.article import Article, Passage
from pactreader.formats.sources import read_source
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.state.reading_state import ReadingPosition, ReadingState

HOSTILE = "\x1b]52;c;x\x07\x9b\x7f\u202e[@click=app.quit]x"


class Outcome(SimpleNamespace):
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


def paths_in(home: Path) -> Paths:
    return Paths.find(home, {})


def mark_words(
    home: Path, article: Article, words: str, *, note: str = "", label: str = "doubt", tags: str = ""
) -> str:
    """Highlight some words of an article, and return its id."""
    with Library(paths_in(home)) as library:
        entry = library.entry_for(article)
        library.register(entry, article)
        notebook = library.notebook(entry, article)
        start = article.text.index(words)
        change = notebook.highlight(Passage(start, start + len(words)), label)
        annotation_id = change.edits[0].id
        library.save(entry, change)
        notebook.apply(change)
        for changed in (
            lambda: notebook.write_note(annotation_id, note),
            lambda: notebook.tag(annotation_id, tuple(tags.split())),
        ):
            change = changed()
            library.save(entry, change)
            notebook.apply(change)
    ReadingState(paths_in(home)).save_position(
        ReadingPosition(entry.id, entry.source, 0, 0, 0.34, "2026-11-23T18:04:11.000Z")
    )
    return entry.id


def read_again(home: Path, article: Article) -> None:
    """Let the library know an article as the window does when it is opened."""
    with Library(paths_in(home)) as library:
        library.register(library.entry_for(article), article)


def write_article(name: str, text: str) -> Article:
    Path(name).write_text(text, encoding="utf-8")
    return read_source(name, BytesIO())
