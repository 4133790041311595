"""The child process that reads a PDF, as its parent sees it."""

import subprocess
import weakref
from collections.abc import Iterator, Sequence
from contextlib import suppress
from threading import Event, Thread
from typing import Final

from pactreader.core.errors import ReadingStoppedError, UnreadableError
from pactreader.formats.readers.pdf.process.message_lines import MAX_LINE, decode, encode_request
from pactreader.formats.readers.pdf.process.messages import Answer, Progress, Request
from pactreader.formats.readers.python_command import python_command

_WORKER: Final = "from pactreader.formats.readers.pdf.process.worker import main; main()"
_OPENING_SECONDS: Final = 30.0
"""The time for starting the process and opening the file: 0.2 seconds with 100 MB."""
_PAGE_SECONDS: Final = 10.0
"""The time for a page. The slowest of 969 test files of pdf.js takes 0.2 seconds."""
_LAYOUT_SECONDS: Final = 0.1
"""The time for each page, beside that for one, to lay them out and hand their text over: twenty times what that takes."""
_TICK: Final = 0.25
"""Seconds between two looks at whether the process is too slow."""


def worker_command(code: str = _WORKER) -> Sequence[str]:
    """Return the command that runs the worker.

    Args:
        code: The Python code that runs it.
    """
    return python_command(code)


class ChildProcess:
    """A child process that carries out one request on a file. It ends with this object, or with the program, at the latest."""

    def __init__(self, data: bytes, request: Request, command: Sequence[str] = ()) -> None:
        """Start the process.

        Args:
            data: The file.
            request: The request.
            command: The command; that of the worker unless another is given.

        Raises:
            UnreadableError: It cannot be started.
        """
        try:
            self._process = subprocess.Popen(  # noqa: S603 - it is this program
                command or worker_command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # pdfium must not write on the terminal
                start_new_session=True,  # ctrl+c and ctrl+z are for the parent alone
            )
        except OSError as error:
            raise UnreadableError(
                f"The process that reads PDFs cannot be started: {error.strerror or error}.",
                "Close some programs, and try again.",
            ) from error
        self._is_stopped = False
        self._patience = _Patience()
        self._end = weakref.finalize(self, _end, self._process, self._patience)
        # Neither thread holds this object, so that it can end.
        Thread(target=_send, args=(self._process, request, data), daemon=True).start()
        Thread(target=self._patience.watch, args=(self._process,), daemon=True).start()

    @property
    def is_hung(self) -> bool:
        """True if it was ended as it took too long."""
        return self._patience.is_at_end

    def answers(self) -> Iterator[Answer]:
        """Yield what the process answers, until it ends.

        Raises:
            ReadingStoppedError: It was stopped.
            ValueError: It answers something else.
        """
        try:
            for answer in decode(self._lines()):
                if isinstance(answer, Progress):
                    self._patience.seconds = _seconds_after(answer)
                yield answer
        except ValueError:
            if not self._is_stopped:  # else a line was cut
                raise
        finally:
            self._end()
        if self._is_stopped:
            raise ReadingStoppedError("Reading was stopped.")

    def _lines(self) -> Iterator[bytes]:
        assert self._process.stdout
        while True:
            with self._patience:
                line = self._process.stdout.readline(MAX_LINE)
            if not line:
                return
            yield line

    def stop(self) -> None:
        """End the process. It may be called from any thread, and more than once."""
        self._is_stopped = True
        self._process.kill()


def _seconds_after(progress: Progress) -> float:
    """Return the time that the process may take from there to its next answer."""
    return _PAGE_SECONDS + (_LAYOUT_SECONDS * progress.pages_read if progress.is_layout else 0)


class _Patience:
    """The time for which an answer is waited for, as a context: it runs while that is entered.

    It is counted in ticks, so that no time passes while the computer sleeps or the program is suspended.
    """

    def __init__(self) -> None:
        self.seconds = _OPENING_SECONDS
        self.is_at_end = False
        self.has_ended = Event()
        """Set when the process has ended."""
        self._is_waiting = False
        self._waited = 0.0

    def __enter__(self) -> None:
        self._waited = 0.0
        self._is_waiting = True

    def __exit__(self, *_exception: object) -> None:
        self._is_waiting = False

    def watch(self, process: "subprocess.Popen[bytes]") -> None:
        """End a process when it takes too long. This returns when it has ended."""
        while not self.has_ended.wait(_TICK):
            if not self._is_waiting:
                continue
            self._waited += _TICK
            if self._waited > self.seconds:
                self.is_at_end = True
                process.kill()


def _send(process: "subprocess.Popen[bytes]", request: Request, data: bytes) -> None:
    """Send a request and its file. The pipe stays open: its end is the sign that this program has ended."""
    assert process.stdin
    with suppress(OSError, ValueError):  # it has ended, or its pipe was closed then
        process.stdin.write(encode_request(request))
        process.stdin.write(data)
        process.stdin.flush()


def _end(process: "subprocess.Popen[bytes]", patience: _Patience) -> None:
    """End a process, and free what it takes."""
    assert process.stdin
    assert process.stdout
    patience.has_ended.set()
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):  # what was not sent
            pipe.close()
