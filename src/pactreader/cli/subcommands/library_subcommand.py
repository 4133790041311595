"""`pactreader library`: the articles of the library."""

from argparse import Namespace
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pactreader.cli.library_access import open_library
from pactreader.cli.output import print_json, print_line
from pactreader.cli.subcommand import Subcommand, add_json_argument
from pactreader.core.byline import byline
from pactreader.core.wording import pluralise

if TYPE_CHECKING:
    from pactreader.storage.article_summaries import ArticleSummary
    from pactreader.storage.paths import Paths


def list_library(arguments: Namespace, paths: "Paths") -> None:
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
            details += [f"{row['progress']:.0%} read", _local_time(row["last_read"])]
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


def _local_time(timestamp: str) -> str:
    """Return a timestamp as local time; unchanged if it is invalid."""
    with suppress(ValueError, OverflowError):
        return f"{datetime.fromisoformat(timestamp).astimezone():%Y-%m-%d %H:%M}"
    return timestamp


SUBCOMMAND = Subcommand(
    name="library",
    summary="the articles known, the one read last on top",
    help="List the articles known, the one read last on top.",
    run=list_library,
    add_arguments=add_json_argument,
)
