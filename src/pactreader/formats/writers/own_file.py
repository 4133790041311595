"""The file that an article was read from, which no export replaces."""

import os
from collections.abc import Iterable
from pathlib import Path

from pactreader.core.article import Article
from pactreader.core.errors import PactReaderError
from pactreader.core.printable_text import printable_line


def refuse_own_files(sources: Iterable[str], paths: Iterable[Path]) -> None:
    """Check that an export would not replace any of the files that articles were read from.

    Each file is looked at once, however many articles and paths there are.

    Args:
        sources: The sources of the articles.
        paths: The files to be written.

    Raises:
        PactReaderError: It would.
    """
    own = {identity for source in sources if (identity := _identity(source))}
    for path in paths:
        # Directories on the way that are missing, as in `new/../paper.pdf`, are made when the file is written.
        if _identity(os.path.realpath(path)) in own:
            raise _own_file(path)


def refuse_own_file(article: Article, path: Path) -> None:
    """Check that an export would not replace the file that the article was read from.

    Raises:
        PactReaderError: It would.
    """
    refuse_own_files([article.source], [path])


def _identity(path: str | Path) -> tuple[int, int] | None:
    """Return the device and inode of a file; `None` if there is none."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _own_file(path: Path) -> PactReaderError:
    return PactReaderError(
        f"{printable_line(path.name)} is the article's own file, which stays as it is.",
        "Export to another name.",
    )
