"""`pactreader library` and `pactreader paths`: what is known, and where it is."""

from argparse import Namespace
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pactreader.cli.library_context import opened
from pactreader.cli.output import say, say_json
from pactreader.core.printable_text import pluralise

if TYPE_CHECKING:
    from pactreader.storage.paths import Paths
    from pactreader.storage.reading_state import ReadingPosition
    from pactreader.storage.schema.records import ArticleEntry


def list_library(arguments: Namespace, paths: "Paths") -> None:
    """List the articles known, the one read last on top."""
    from pactreader.storage.reading_state import ReadingState

    with opened(paths) as library:
        highlights = library.highlight_counts()
        readings = ReadingState(paths).readings()
        entries = library.articles()
    entries.sort(key=lambda entry: readings[entry.id].read_at if entry.id in readings else "", reverse=True)
    rows = [_library_row(entry, highlights[entry.id], readings.get(entry.id)) for entry in entries]
    if arguments.json:
        say_json(rows)
        return
    if not rows:
        say("No articles yet. `pactreader FILE` reads one.")
    for row in rows:
        about = [pluralise(row["highlights"], "highlight")]
        if row["last_read"]:
            about += [f"{row['progress']:.0%} read", _local_time(row["last_read"])]
        say(f"{row['id']}  {row['title']}")
        say(f"          {' · '.join([*about, row['source']])}")


def _library_row(entry: "ArticleEntry", highlights: int, reading: "ReadingPosition | None") -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.called,
        "source": entry.source,
        "highlights": highlights,
        "progress": reading.progress if reading else None,
        "last_read": reading.read_at if reading else None,
    }


def list_paths(_arguments: Namespace, paths: "Paths") -> None:
    """Say where everything is."""
    named = {
        "library": paths.library,
        "texts": paths.texts,
        "backups": paths.backups,
        "settings": paths.settings,
        "state": paths.state,
        "log": paths.log,
    }
    for name, path in named.items():
        say(f"{name:<9} {path}")


def _local_time(timestamp: str) -> str:
    """A moment in UTC as the reader's clock showed it; as it stands if it is none."""
    with suppress(ValueError):
        return f"{datetime.fromisoformat(timestamp).astimezone():%Y-%m-%d %H:%M}"
    return timestamp
