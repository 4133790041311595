"""The paths of PactReader's directories and files."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple, Self

HOME_VARIABLE: Final = "PACTREADER_HOME"
"""The environment variable with the path of one directory for all files."""


class Paths(NamedTuple):
    """The paths of PactReader's directories and of the files in them. Nothing is created on the disk."""

    data: Path
    """The directory of the library, its backups and the stored texts, which must not be lost."""
    config: Path
    state: Path
    """The directory of the reading state: positions, bookmarks, the window's state and drafts."""
    log: Path
    cache: Path
    """The directory of what can be made again at any time."""

    @classmethod
    def find(cls, data_dir: Path | None, environ: Mapping[str, str]) -> Self:
        """Return the paths of this run.

        Args:
            data_dir: The directory for all files from the command line; `None` if there is none.
            environ: The environment. Without `data_dir` its `PACTREADER_HOME` counts, without that the platform's
                directories.
        """
        home = data_dir or environ.get(HOME_VARIABLE)
        if home:
            data = Path(home).absolute()
            return cls(data, data / "config", data / "state", data / "log", data / "cache")
        from platformdirs import PlatformDirs

        # Without `appauthor=False` a path on Windows contains the name twice.
        found = PlatformDirs("pactreader", appauthor=False)
        return cls(
            data=found.user_data_path,
            config=found.user_config_path,
            state=found.user_state_path,
            log=found.user_log_path,
            cache=found.user_cache_path,
        )

    def mode_for(self, path: Path) -> int:
        """Return the mode of a new file at a path from the user, before the umask: private in the data directory."""
        is_private = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.data))
        return 0o600 if is_private else 0o666

    @property
    def library(self) -> Path:
        """The library file, a TinyDB file."""
        return self.data / "library.json"

    @property
    def settings(self) -> Path:
        """The settings file, which may not exist."""
        return self.config / "config.toml"

    @property
    def log_file(self) -> Path:
        """The log of warnings and unexpected errors, which may not exist."""
        return self.log / "pactreader.log"

    @property
    def texts(self) -> Path:
        """The directory of the stored texts, with files named by the hashes of the texts."""
        return self.data / "texts"

    @property
    def parsed(self) -> Path:
        """The directory of the parsed articles, which can be made again from their files."""
        return self.cache / "articles"

    @property
    def backups(self) -> Path:
        """The directory of the backups of the library."""
        return self.data / "backups"

    @property
    def positions(self) -> Path:
        """The directory of the reading positions, with one file for each article."""
        return self.state / "readings"

    @property
    def recent(self) -> Path:
        """The file with the ids of the articles read last, which can be made again from the positions."""
        return self.state / "recent.json"

    @property
    def bookmarks(self) -> Path:
        """The directory of the bookmarks, with one file for each article."""
        return self.state / "bookmarks"

    @property
    def last_read(self) -> Path:
        """The directory of the last read texts' hashes, with one file for each article."""
        return self.state / "last-read"

    @property
    def drafts(self) -> Path:
        """The directory of the drafts."""
        return self.state / "drafts"

    @property
    def sketches(self) -> Path:
        """The file with the sketches of the stored texts, which can be made again from these."""
        return self.state / "sketches"

    @property
    def screens(self) -> Path:
        """The directory of the screens that the next start may show at once."""
        return self.cache / "screens"

    @property
    def last_article(self) -> Path:
        """The file that says which article was open when the program was quit last."""
        return self.state / "last-article.json"

    @property
    def window(self) -> Path:
        """The file with the window's state."""
        return self.state / "window.json"
