"""The articles that trafilatura and readability-lxml take out of web pages: run by the benchmark with their Python.

It reads the paths of pages from standard input, a line each, and prints a line of JSON for each library and page. It
imports nothing of PactReader.
"""

import json
import logging
import sys
import time
from pathlib import Path

ROUNDS = 3


def by_trafilatura(markup: str) -> dict[str, str]:
    import trafilatura

    html = trafilatura.extract(
        markup,
        output_format="html",
        include_formatting=True,
        include_links=True,
        include_tables=True,
        with_metadata=False,
    )
    return {"html": html or ""}


def metadata_by_trafilatura(markup: str) -> dict[str, str]:
    import trafilatura

    found = trafilatura.extract_metadata(markup)
    return {"title": found.title or "", "author": found.author or "", "date": found.date or ""}


def by_readability(markup: str) -> dict[str, str]:
    import readability

    document = readability.Document(markup)
    return {
        "html": document.summary(),
        "title": document.short_title() or "",
        "author": document.author() or "",
    }


def main() -> None:
    """Read the pages by each library."""
    logging.disable(logging.CRITICAL)
    paths = [Path(line.rstrip("\n")) for line in sys.stdin]
    for peer, read, more in (
        ("trafilatura", by_trafilatura, metadata_by_trafilatura),
        ("readability-lxml", by_readability, None),
    ):
        for path in paths:
            markup = path.read_text(encoding="utf-8", errors="replace")
            times = []
            try:
                for _ in range(ROUNDS):
                    started = time.process_time()
                    found = read(markup)
                    times.append(time.process_time() - started)
                if more:
                    found |= more(markup)
            except Exception as error:  # noqa: BLE001 - a peer's failure is a result
                found = {"html": "", "error": str(error)}
            print(json.dumps({"peer": peer, "page": str(path), "seconds": min(times, default=0.0), **found}))


if __name__ == "__main__":
    main()
