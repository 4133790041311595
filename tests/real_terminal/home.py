"""A reader's machine in a directory: articles to read, a library, and terminals to read them in."""

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
    """Plain text in which every sentence, and at common widths every line, says where it is."""
    return "\n\n".join(
        f"Paragraph {n} begins with its own number. "
        f"The second sentence of paragraph {n} is longer, so that its lines break elsewhere at every width. "
        f"Paragraph {n} ends here."
        for n in range(1, paragraphs + 1)
    )


class Home:
    """Where one reader reads. Nothing of the developer's own home is seen from here."""

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
        """Put a file where the reader works."""
        path = self.directory / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def read(
        self,
        *arguments: str | Path,
        columns: int = 120,
        rows: int = 36,
        stdin: IO[bytes] | None = None,
        stdout: IO[bytes] | None = None,
        answers: Mapping[bytes, bytes] | None = None,
        **variables: str,
    ) -> Terminal:
        """Start PactReader in a terminal, with these answers and environment variables beside the usual ones."""
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
        """Run a command of PactReader that needs no terminal."""
        return subprocess.run(
            [*PACTREADER, *map(str, arguments)],
            env=self.environment,
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def annotations(self) -> list[dict[str, Any]]:
        """What any program with a stock TinyDB finds in the library, in the order of the text."""
        found = [one for one in documents(self.library) if one["kind"] == "annotation"]
        kept = [one for one in found if not one.get("deleted")]
        return sorted(kept, key=lambda one: one["anchor"]["start"] if one["anchor"] else -1)

    def records(self) -> dict[str, dict[str, Any]]:
        """The records of the library file, by their keys."""
        found: dict[str, dict[str, Any]] = json.loads(self.library.read_bytes())["records"]
        return found
