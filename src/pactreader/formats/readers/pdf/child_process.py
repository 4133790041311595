"""The child process that reads a PDF, as its parent sees it."""

import subprocess
import sys
from collections.abc import Iterator
from threading import Thread
from typing import Final

from pactreader.core.errors import ReadingStoppedError
from pactreader.formats.readers.pdf.messages import Message, Request, decode, encode

_COMMAND: Final = (sys.executable, "-m", "pactreader.formats.readers.pdf.worker")


class ChildProcess:
    """A child process that carries out one request on a file."""

    def __init__(self, data: bytes, request: Request) -> None:
        """Start the process.

        Args:
            data: The file.
            request: The request.
        """
        self._is_stopped = False
        self._process = subprocess.Popen(  # noqa: S603 - it is this program
            _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        Thread(target=self._send, args=(data, request), daemon=True).start()

    def _send(self, data: bytes, request: Request) -> None:
        assert self._process.stdin
        with self._process.stdin as stream:
            stream.write(encode(request))
            stream.write(data)

    def messages(self) -> Iterator[Message]:
        """Yield the messages of the process.

        Raises:
            ReadingStoppedError: It was stopped.
        """
        assert self._process.stdout
        for line in self._process.stdout:
            yield decode(line)
        if self._is_stopped:
            raise ReadingStoppedError("Reading was stopped.")

    def stop(self) -> None:
        """End the process. It may be called from any thread, and more than once."""
        self._is_stopped = True
        self._process.kill()
