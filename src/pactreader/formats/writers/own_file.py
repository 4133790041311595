"""The file that an article was read from, which no export replaces."""

import os
from contextlib import suppress
from pathlib import Path

from pactreader.core.article import Article
from pactreader.core.errors import PactReaderError
from pactreader.core.printable_text import printable_line


def refuse_own_file(article: Article, path: Path) -> None:
    """Check that an export would not replace the file that the article was read from.

    Raises:
        PactReaderError: It would.
    """
    with suppress(OSError, ValueError):  # one of the two is no file
        # Directories on the way that are missing, as in `new/../paper.pdf`, are made when the file is written.
        if os.path.samefile(os.path.realpath(path), article.source):  # noqa: PTH121
            raise PactReaderError(
                f"{printable_line(path.name)} is the article's own file, which stays as it is.",
                "Export to another name.",
            )
