"""`pactreader diff`: what has changed in an article since it was last read."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from pactreader.cli.library_access import configured_setup, open_source
from pactreader.cli.opened_library import open_library
from pactreader.cli.output import print_json, print_line
from pactreader.cli.page_fetcher import PageFetcher
from pactreader.cli.reading_options import add_fetch_option, add_reading_options, reading_options
from pactreader.cli.subcommand import Example, Subcommand, add_json_argument
from pactreader.cli.web_access import print_reading_warnings
from pactreader.core.article import Article
from pactreader.core.errors import PactReaderError
from pactreader.core.printable_text import printable_line

if TYPE_CHECKING:
    from pactreader.core.text_changes.changed_passages import ChangedPassage
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths

_CHANGED: Final = 1
_FAILED: Final = 2
"""The exit codes of `diff`, which tell changes from errors."""
_FORMAT_VERSION: Final = 1
"""The version of the output of `--json`."""


def print_changes(arguments: Namespace, paths: "Paths") -> int:
    """Print what has changed in an article since it was last read, and return 1 if anything has, else 0.

    Nothing is marked as read.
    """
    from pactreader.core.alignment.text_alignment import Alignment
    from pactreader.core.text_changes.paragraph_changes import changed_passages
    from pactreader.core.text_changes.unified_diff import unified_hunks

    with open_library(paths) as library:
        article = open_source(
            arguments.source,
            library,
            reading_options(arguments),
            setup=configured_setup(paths),
            fetcher=PageFetcher(anew=arguments.fetch),
        )
        entry = library.entry_for(article)
        base = _last_read_hash(library, paths, article)
        former = article.text if base == article.text_hash else library.texts.get(base)
    if former is None:
        raise PactReaderError(
            f"The text of “{printable_line(entry.display_title)}” that you read last is not kept.",
            "Read it once more: what changes after that can be told.",
        )
    print_reading_warnings(article)
    replaced = Alignment(former, article.text).changes
    changes = changed_passages(former, article.text, replaced)
    if arguments.json:
        rows = [_change_row(former, article, change) for change in changes]
        head = {"version": _FORMAT_VERSION, "article": entry.id, "title": entry.display_title}
        print_json(head | {"former_text": base, "text": article.text_hash, "changes": rows})
    elif changes:
        _print_unified(article, unified_hunks(former, article.text, replaced))
    return _CHANGED if changes else 0


def _last_read_hash(library: "Library", paths: "Paths", article: Article) -> str:
    """Return the hash of the article's text that was last read.

    Raises:
        PactReaderError: The article was never read.
    """
    from pactreader.storage.state.reading_state import ReadingState

    entry = library.entry_for(article)
    last_read = ReadingState(paths).last_read_text(entry.id, article.options)
    base = library.comparison_base(entry, last_read)
    if not base:
        raise PactReaderError(
            f"“{printable_line(article.title)}” was not read before: there is no earlier text to compare it with.",
            "Read it with `pactreader FILE`, and run this again when it has changed.",
        )
    return base


def _print_unified(article: Article, hunks: Iterable[str]) -> None:
    """Print the hunks of an article as `diff -u` does."""
    name = printable_line(article.source or article.title)
    for line in (f"--- {name}\tas you read it last", f"+++ {name}\tas it is now", *hunks):
        print_line(line)


def _change_row(former: str, article: Article, change: "ChangedPassage") -> dict[str, Any]:
    """Return the row of a change in the output of `--json`, with offsets in code points."""
    return {
        "kind": change.kind.value,
        "location": article.places.between(*change.present) or None,
        "paragraph": article.paragraph_number(change.present.start),
        "former": former[slice(*change.former)],
        "former_start": change.former.start,
        "former_end": change.former.end,
        "text": article.text[slice(*change.present)],
        "start": change.present.start,
        "end": change.present.end,
    }


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "source",
        metavar="SOURCE",
        help="a file, an address on the web, '-', or an article known to the library",
    )
    add_fetch_option(parser)
    add_json_argument(parser)
    add_reading_options(parser)


SUBCOMMAND = Subcommand(
    name="diff",
    operands="SOURCE",
    summary="what has changed since you read it last",
    help="Print what has changed in an article since you read it last, a paragraph a line, as `diff -u` does. "
    "The exit code is 0 if nothing has, 1 if something has, 2 after an error. Nothing is marked as read.",
    run=print_changes,
    add_arguments=_add_arguments,
    failed_code=_FAILED,
    examples=(Example("pactreader diff policy.md", "see what was rewritten since you read it"),),
)
