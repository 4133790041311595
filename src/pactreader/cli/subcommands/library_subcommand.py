"""`pactreader library`: the articles of the library, and their deletion."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from pactreader.cli.opened_library import open_library
from pactreader.cli.output import confirm, print_json, print_line
from pactreader.cli.subcommand import Subcommand, add_json_argument
from pactreader.core.byline import byline
from pactreader.core.printable_text import printable_line
from pactreader.core.wording import local_time, pluralise

if TYPE_CHECKING:
    from pactreader.storage.article_summaries import ArticleSummary
    from pactreader.storage.paths import Paths


def use_library(arguments: Namespace, paths: "Paths") -> None:
    """List the articles, or delete one.

    Raises:
        PactReaderError: There is no such article, or it cannot be deleted.
    """
    if arguments.delete is None:
        _list_articles(arguments, paths)
    else:
        _delete_article(arguments.delete, paths, asked=not arguments.yes)


def _delete_article(wanted: str, paths: "Paths", *, asked: bool) -> None:
    """Delete an article, unless the user is asked and says no.

    Args:
        wanted: Its id, a part of its title, or its source.
        paths: The directories.
        asked: True to ask first.

    Raises:
        PactReaderError: There is no such article, there is no terminal to ask on, or it cannot be deleted.
    """
    from pactreader.cli.library_access import known_entry

    with open_library(paths) as library:
        entry = known_entry(wanted, library)
        title = printable_line(entry.display_title) or "Untitled"
        count = sum(1 for _ in library.annotations(entry.id))
        what = f"“{title}”, {pluralise(count, 'annotation')} and everything kept of it"
        if asked and not confirm(f"Delete {what}? Its file and the backups stay."):
            print_line("Nothing is deleted.")
            return
        library.delete(entry.id)
    print_line(f"Deleted: {what}.")


def _list_articles(arguments: Namespace, paths: "Paths") -> None:
    """Print the articles that are not archived, the one read last first."""
    from pactreader.storage.article_summaries import article_summaries
    from pactreader.storage.state.reading_state import ReadingState

    with open_library(paths) as library:
        summaries = article_summaries(library, ReadingState(paths))
    rows = [_article_row(summary) for summary in summaries if not summary.is_archived]
    if arguments.json:
        print_json(rows)
        return
    if not rows:
        print_line("No articles yet. `pactreader FILE` reads one.")
    for row in rows:
        details = [pluralise(row["highlights"], "highlight")]
        if row["last_read"]:
            details += [f"{row['progress']:.0%} read", local_time(row["last_read"])]
        print_line(f"{row['id']}  {row['title']}")
        by = byline(row["author"] or "", row["published"] or "", "")
        print_line(f"          {' · '.join(filter(None, [by, *details, row['source']]))}")


def _article_row(article: "ArticleSummary") -> dict[str, Any]:
    """Return the row of an article in the output of `--json`."""
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "url": article.url or None,
        "author": article.author or None,
        "published": article.published or None,
        "tags": list(article.tags),
        "highlights": article.highlights,
        "progress": article.progress,
        "last_read": article.read_at or None,
    }


def _add_arguments(parser: ArgumentParser) -> None:
    add_json_argument(parser)
    parser.add_argument(
        "--delete",
        metavar="ARTICLE",
        help="delete an article with its annotations and everything kept of it: its id, a part of its title, or its source",
    )
    parser.add_argument("--yes", action="store_true", help="delete without being asked")


SUBCOMMAND = Subcommand(
    name="library",
    summary="the articles known, the one read last on top",
    help="List the articles known, the one read last on top, or delete one for good.",
    run=use_library,
    add_arguments=_add_arguments,
)
