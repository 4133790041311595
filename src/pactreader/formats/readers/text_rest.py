"""The rest of a large text, which a child process reads while its beginning is shown.

A thread would make every key wait for its turns, and what the parser takes would stay with the program.
"""

import gc
import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Final, NamedTuple

from pactreader.core.article import Article
from pactreader.core.article_rest import ReadingProgress
from pactreader.core.errors import ReadingStoppedError
from pactreader.core.packed_article import pack, unpack
from pactreader.core.reading_options import ReadingOptions
from pactreader.formats.origin import Origin
from pactreader.formats.readers.python_command import python_command

Reader = Callable[[bytes, Origin], Article]
"""A function of a module that reads a text."""

_WORKER: Final = "from pactreader.formats.readers.text_rest import main; main()"


class _Request(NamedTuple):
    """The task of the child process, a line of JSON, which the content of the file follows."""

    module: str
    """The name of the reader's module."""
    function: str
    """The name of the reader."""
    name: str
    """The origin's name, and so on: the fields of `Origin`."""
    title: str
    source: str
    url: str
    options: ReadingOptions


class TextRest:
    """The rest of a text: all of it is read by a child process, or by the calling thread if that fails."""

    def __init__(self, read: Reader, data: bytes, origin: Origin) -> None:
        """Prepare to read, without starting the process.

        Args:
            read: The reader, a function of a module.
            data: The content of the file.
            origin: Its origin.
        """
        self._read = read
        self._data = data
        self._origin = origin._replace(setup=origin.setup._replace(in_parts=False))
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def finish(self, on_progress: Callable[[ReadingProgress], None]) -> Article:
        """Wait until all is read, and return the whole article, as `ArticleRest` does.

        Raises:
            ReadingStoppedError: It was stopped.
            UnreadableError: It cannot be read.
        """
        on_progress(ReadingProgress(0, 0))
        packed = self._read_in_child()
        if self._is_stopped:
            raise ReadingStoppedError("Reading was stopped.")
        try:
            return unpack(packed).article(self._origin.source)
        except ValueError:  # the process did not survive it, or could not be started
            return self._read(self._data, self._origin)

    def _read_in_child(self) -> bytes:
        """Return what the child process writes; nothing if it cannot be started."""
        try:
            self._process = subprocess.Popen(  # noqa: S603 - it is this program
                python_command(_WORKER),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # ctrl+c and ctrl+z are for the parent alone
            )
        except OSError:
            return b""
        if self._is_stopped:  # before the process was there
            self._process.kill()
        origin = self._origin
        request = _Request(
            self._read.__module__,
            self._read.__name__,
            origin.name,
            origin.title,
            origin.source,
            origin.url,
            origin.options,
        )
        written, _ = self._process.communicate(json.dumps(request).encode("ascii") + b"\n" + self._data)
        return written

    def stop(self) -> None:
        """End the process. It may be called from any thread, and more than once."""
        self._is_stopped = True
        if self._process:
            self._process.kill()


def beginning_of(article: Article, end: int, rest: TextRest) -> Article:
    """Return the part of an article before an offset between two blocks, with the rest of it still to be read."""
    number = len([start for start in article.blocks.columns.starts if start < end])
    return article._replace(
        text=article.text[:end].rstrip("\n"),
        blocks=article.blocks[:number],
        anchors={name: offset for name, offset in article.anchors.items() if offset < end},
        rest=rest,
    )


def main() -> None:
    """Read the text on standard input, and write the article to standard output."""
    gc.disable()  # the process ends before there is much garbage
    source, output = sys.stdin.buffer, sys.stdout.buffer
    request = _Request(*json.loads(source.readline()))
    read: Reader = getattr(import_module(request.module), request.function)
    options = ReadingOptions(*request.options)
    origin = Origin(request.name, request.title, request.source, options, url=request.url)
    output.write(pack(read(source.read(), origin), {}, None))
