"""`pactreader library`: the articles of the library."""

from argparse import Namespace
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pactreader.cli.library_access import open_library
from pactreader.cli.output import print_json, print_line
from pactreader.cli.subcommand import Subcommand, add_json_argument
from pactreader.core.wording import pluralise

if TYPE_CHECKING:
    from pactreader.storage.paths import Paths
    from pactreader.storage.reading_state import ReadingPosition
    from pactreader.storage.schema.records import ArticleEntry


def list_library(arguments: Namespace, paths: "Paths") -> None:
    """List the articles, the one read last on top."""
    from pactreader.storage.reading_state import ReadingState

    with open_library(paths) as library:
        highlights = library.highlight_counts()
        readings = ReadingState(paths).readings()
        entries = library.articles()
    entries.sort(key=lambda entry: readings[entry.id].read_at if entry.id in readings else "", reverse=True)
    rows = [_article_row(entry, highlights[entry.id], readings.get(entry.id)) for entry in entries]
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
        print_line(f"          {' · '.join([*details, row['source']])}")


def _article_row(entry: "ArticleEntry", highlights: int, reading: "ReadingPosition | None") -> dict[str, Any]:
    """Return an article as `--json` prints it."""
    return {
        "id": entry.id,
        "title": entry.called,
        "source": entry.source,
        "highlights": highlights,
        "progress": reading.progress if reading else None,
        "last_read": reading.read_at if reading else None,
    }


def _local_time(timestamp: str) -> str:
    """Return a time in UTC as local time; unchanged if it is none."""
    with suppress(ValueError):
        return f"{datetime.fromisoformat(timestamp).astimezone():%Y-%m-%d %H:%M}"
    return timestamp


SUBCOMMAND = Subcommand(
    name="library",
    summary="the articles known, the one read last on top",
    help="List the articles known, the one read last on top.",
    run=list_library,
    add_arguments=add_json_argument,
)
