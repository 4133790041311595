"""The reading of a PDF by one child process after another, until one survives it."""

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from enum import StrEnum
from typing import Final

from pactreader.formats.readers.pdf.process.child_process import ChildProcess
from pactreader.formats.readers.pdf.process.messages import (
    Answer,
    Beginning,
    Failure,
    FailureKind,
    PassageQuads,
    Progress,
    Request,
    WholeText,
)

_MAX_LEFT_OUT: Final = 3
"""The most pages that are left out. Of a file with more such pages, what stands before them is read."""
_MAX_PROCESSES: Final = 12
"""The most processes for a file: two for each page that is left out, two for the one after these, and four for a fault
of what is made of the pages."""


class FaultKind(StrEnum):
    """The fault of a child process."""

    CRASHED = "crashed"
    TOO_SLOW = "too slow"
    MEMORY = "memory"


class ProcessesFailedError(Exception):
    """The child processes did not survive a file, and nothing of it was read."""

    def __init__(self, kind: FaultKind) -> None:
        super().__init__(kind)
        self.kind = kind


class Supervision:
    """The reading of a PDF that goes on when a child process ends before it is done.

    A page at which a process crashes is tried once more, as the cause may have come from outside. If that crashes too,
    or if a page takes too long or too much memory, the next process leaves the page out.
    """

    def __init__(self, data: bytes, request: Request, command: Sequence[str] = ()) -> None:
        """Begin to read.

        Args:
            data: The file.
            request: The request.
            command: The command of the child processes; that of the worker unless another is given.

        Raises:
            UnreadableError: No process can be started.
        """
        self._data = data
        self._request = request
        self._command = command
        self._is_stopped = False
        self._process = ChildProcess(data, request, command)
        self._progress: Progress | None = None
        """The progress of the present process."""
        self.faults: dict[int, FaultKind] = {}
        """The faults by the indices of the pages that were left out, and of the one at which reading was given up."""

    def answers(self) -> Iterator[Answer]:
        """Yield the answers. The last one is a text, the places of passages, or a failure.

        The beginning comes once at most.

        Raises:
            ReadingStoppedError: It was stopped.
            UnreadableError: No further process can be started.
            ProcessesFailedError: No process survived the file.
        """
        crashes: Counter[int | None] = Counter()
        for _process in range(_MAX_PROCESSES):
            fault = yield from self._answers_of_process()
            if fault is None:
                return
            page = self._page()
            crashes[page] += 1
            if fault is not FaultKind.CRASHED or crashes[page] > 1:
                self._leave_out(page, fault)
            self._restart()
        raise ProcessesFailedError(FaultKind.CRASHED)

    def _answers_of_process(self) -> Generator[Answer, None, FaultKind | None]:
        """Yield the answers of the present process.

        Returns:
            The fault by which it ended; `None` if it was done.

        Raises:
            ReadingStoppedError: It was stopped.
            ProcessesFailedError: The pages that are not left out have nothing to be read.
        """
        self._progress = None
        try:
            for answer in self._process.answers():
                if not self._is_wanted(answer):
                    return FaultKind.CRASHED
                if isinstance(answer, Progress):
                    self._progress = answer
                elif isinstance(answer, Beginning):
                    self._request = self._request._replace(in_parts=False)
                elif isinstance(answer, Failure):
                    if answer.kind is FailureKind.MEMORY:
                        return FaultKind.MEMORY
                    if self.faults:
                        raise ProcessesFailedError(next(iter(self.faults.values())))
                yield answer
                if not isinstance(answer, Progress | Beginning):
                    return None
        except ValueError:  # its answer was cut off, or is none
            pass
        return FaultKind.TOO_SLOW if self._process.is_hung else FaultKind.CRASHED

    def _is_wanted(self, answer: Answer) -> bool:
        """Return whether an answer is one to the request."""
        match answer:
            case Beginning():
                return self._request.in_parts
            case WholeText():
                return self._request.passages is None
            case PassageQuads(quads=quads):
                return self._request.passages is not None and len(quads) == len(self._request.passages)
        return True

    def _page(self) -> int | None:
        """Return the index of the page that was being read; `None` before the first one, and during the layout."""
        progress = self._progress
        return progress.pages_read if progress and not progress.is_layout else None

    def _leave_out(self, page: int | None, fault: FaultKind) -> None:
        """Leave out a page from now on or, if too many are left out, everything from there on.

        If the layout is at fault, the next process lays out each page by itself, so that it is known which page it is. If
        it is none of them alone, all are too much, and the second half of them is left out.

        Raises:
            ProcessesFailedError: There is nothing before it.
        """
        request = self._request
        if page is None and not request.is_careful and self._progress:
            self._request = request._replace(is_careful=True)
            return
        if page is None:
            pages = self._progress.pages if self._progress else 0
            page = min(pages, request.end or pages) // 2
            end: int | None = page
        elif len(request.left_out) < _MAX_LEFT_OUT:
            end = request.end
            request = request._replace(left_out=(*request.left_out, page))
        else:
            end = page
        if end is not None and end <= len([each for each in request.left_out if each < end]):
            raise ProcessesFailedError(fault)
        self.faults[page] = fault
        self._request = request._replace(end=end)

    def _restart(self) -> None:
        self._process = ChildProcess(self._data, self._request, self._command)
        if self._is_stopped:
            self._process.stop()

    def stop(self) -> None:
        """End the present process. It may be called from any thread, and more than once."""
        self._is_stopped = True
        self._process.stop()
