"""`pactreader library` and `pactreader paths`: what is known, and where it is."""

from argparse import Namespace
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pactreader.cli.opening import opened
from pactreader.cli.output import say, say_json
from pactreader.core.printable import counted

if TYPE_CHECKING:
    from pactreader.storage.desk import Reading
    from pactreader.storage.places import Places
    from pactreader.storage.records import Entry


def list_library(arguments: Namespace, places: "Places") -> None:
    """List the articles known, the one read last on top."""
    from pactreader.storage.desk import Desk  # noqa: PLC0415

    with opened(places) as library:
        highlights = library.highlight_counts()
        readings = Desk(places).readings()
        entries = library.articles()
    entries.sort(key=lambda entry: readings[entry.id].read_at if entry.id in readings else "", reverse=True)
    rows = [_library_row(entry, highlights[entry.id], readings.get(entry.id)) for entry in entries]
    if arguments.json:
        say_json(rows)
        return
    if not rows:
        say("No articles yet. `pactreader FILE` reads one.")
    for row in rows:
        about = [counted(row["highlights"], "highlight")]
        if row["last_read"]:
            about += [f"{row['progress']:.0%} read", _local_time(row["last_read"])]
        say(f"{row['id']}  {row['title']}")
        say(f"          {' · '.join([*about, row['source']])}")


def _library_row(entry: "Entry", highlights: int, reading: "Reading | None") -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.called,
        "source": entry.source,
        "highlights": highlights,
        "progress": reading.progress if reading else None,
        "last_read": reading.read_at if reading else None,
    }


def list_paths(_arguments: Namespace, places: "Places") -> None:
    """Say where everything is."""
    named = {
        "library": places.library,
        "texts": places.texts,
        "backups": places.backups,
        "settings": places.settings,
        "state": places.state,
        "log": places.log,
    }
    for name, path in named.items():
        say(f"{name:<9} {path}")


def _local_time(timestamp: str) -> str:
    """A moment in UTC as the reader's clock showed it; as it stands if it is none."""
    with suppress(ValueError):
        return f"{datetime.fromisoformat(timestamp).astimezone():%Y-%m-%d %H:%M}"
    return timestamp
