"""A user's home directory for a test: articles, a library, and terminals that run PactReader on them."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from storage.library_driver import documents
from terminal import Terminal

PACTREADER = (sys.executable, "-m", "pactreader")


def numbered_article(paragraphs: int) -> str:
    """Return plain text in which every sentence, and at common widths every line, contains its paragraph's number."""
    return "\n\n".join(
        f"Paragraph {n} begins with its own number. "
        f"The second sentence of paragraph {n} is longer, so that its lines break elsewhere at every width. "
        f"Paragraph {n} ends here."
        for n in range(1, paragraphs + 1)
    )


class Home:
    """A home directory with its environment, isolated from the developer's own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.data = directory / "pactreader"
        self.library = self.data / "library.json"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(directory),
            "PACTREADER_HOME": str(self.data),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "TEXTUAL_ANIMATIONS": "none",
        }

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file into the home directory and return its path."""
        path = self.directory / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def start(
        self,
        *arguments: str | Path,
        columns: int = 120,
        rows: int = 36,
        stdin: IO[bytes] | None = None,
        stdout: IO[bytes] | None = None,
        answers: Mapping[bytes, bytes] | None = None,
        **variables: str,
    ) -> Terminal:
        """Start PactReader in a terminal, with answers and environment variables in addition to the usual ones."""
        return Terminal(
            [*PACTREADER, *map(str, arguments)],
            columns=columns,
            rows=rows,
            env=self.environment | variables,
            cwd=self.directory,
            stdin=stdin,
            stdout=stdout,
            answers=answers,
        )

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a subcommand that needs no terminal, and return its result."""
        return subprocess.run(
            [*PACTREADER, *map(str, arguments)],
            env=self.environment,
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def mark(self, source: str | Path, *quotes: str, highlights: int = 0) -> None:
        """Open an article that has so many highlights, highlight quotes in it as key points, and quit."""
        with self.start(source) as terminal:
            terminal.wait_for(f"{highlights} highlight")
            for number, quote in enumerate(quotes, highlights + 1):
                terminal.type(f"/{quote}\n")
                terminal.wait_for("other end")
                terminal.press("1")
                terminal.wait_for(f"{number} highlight")
            terminal.quit_reading()

    def notes(self, *arguments: str | Path) -> list[dict[str, Any]]:
        """Return the rows that `pactreader notes --json` prints."""
        rows: list[dict[str, Any]] = json.loads(self.run("notes", "--json", *arguments).stdout)
        return rows

    def annotations(self) -> list[dict[str, Any]]:
        """Return the annotations that a stock TinyDB finds in the library, in the order of the text."""
        found = [one for one in documents(self.library) if one["kind"] == "annotation"]
        kept = [one for one in found if not one.get("deleted")]
        return sorted(kept, key=lambda one: one["anchor"]["start"] if one["anchor"] else -1)

    def records(self) -> dict[str, dict[str, Any]]:
        """Return the records of the library file, by their keys."""
        found: dict[str, dict[str, Any]] = json.loads(self.library.read_bytes())["records"]
        return found
