"""The lock of the library file: a file beside it with the id of the process that holds the lock."""

import errno
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pactreader.core.annotation import timestamp
from pactreader.core.errors import LockedError

if TYPE_CHECKING:
    from filelock import BaseFileLock

_NOTICE_SECONDS: Final = 0.5
"""Seconds of waiting after which the user is notified."""


class FileLock:
    """A lock that one process at a time holds while it writes. Messages of waiting processes name the holder.

    The lock is a file of its own, as the library file is replaced when it is rewritten.
    """

    def __init__(
        self,
        path: Path,
        *,
        timeout: float,
        now: Callable[[], datetime],
        on_wait: Callable[[str], object] | None = None,
    ) -> None:
        """Create the lock without touching the disk.

        Args:
            path: The lock's file. It is never deleted: otherwise two processes could lock two files of one name.
            timeout: Seconds to wait for the lock.
            now: The clock.
            on_wait: Called with a sentence for the user that names the holder, after half a second of waiting.
        """
        self._path = path
        self.timeout = timeout
        """Seconds to wait for the lock."""
        self._now = now
        self._on_wait = on_wait
        self._lock: BaseFileLock | None = None
        self._descriptor: int | None = None
        """The descriptor of the lock's file; `None` if the holder's id cannot be written to it."""

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock inside a `with` block. Blocks may be nested.

        Raises:
            LockedError: Another process holds it until the timeout.
            OSError: The file system or its permissions prevent locking.
        """
        from filelock import Timeout

        lock = self._prepared()
        held_already = lock.is_locked
        try:
            try:
                self._acquire(lock)
            except OSError as error:
                if error.errno != errno.ENOSYS:
                    raise
                # Without system locks, filelock uses the existence of the file as the lock; its content is not written.
                lock = self._lock = _native_lock(self._path)
                self._acquire(lock)
        except Timeout as error:
            raise self._locked_error() from error
        try:
            yield
        finally:
            if not held_already:
                self._write("")
            lock.release()

    def _acquire(self, lock: "BaseFileLock") -> None:
        """Acquire the lock; notify the user of a longer wait.

        Raises:
            Timeout: Another process holds it until the timeout.
            OSError: The file system or its permissions prevent locking.
        """
        from filelock import Timeout

        if self._on_wait and self.timeout > _NOTICE_SECONDS:
            try:
                lock.acquire(timeout=_NOTICE_SECONDS)
            except Timeout:
                self._on_wait(f"Waiting. {self._locked_error().message}")
            else:
                return
        lock.acquire(timeout=self.timeout)

    def preload(self) -> None:
        """Import the modules for locking now, as later the process may not be able to open files."""
        self._prepared()

    def _prepared(self) -> "BaseFileLock":
        if self._lock is None:
            self._lock = _native_lock(self._path, on_acquired=self._sign)
        return self._lock

    def _sign(self, descriptor: int) -> None:
        """Write the id of this process and the time to the lock's file."""
        self._descriptor = descriptor
        self._write(json.dumps({"process": os.getpid(), "since": timestamp(self._now())}))

    def _write(self, signature: str) -> None:
        """Replace the content of the lock's file, if possible; the lock is held in any case."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.ftruncate(self._descriptor, 0)
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                os.write(self._descriptor, signature.encode("ascii"))

    def _locked_error(self) -> LockedError:
        """Return the error with the holder and the time it has held the lock."""
        holder = self._holder()
        process, since = holder.get("process"), holder.get("since")
        who = f"Another PactReader (process {process})" if type(process) is int else "Another program"
        seconds = 0.0
        with suppress(ValueError, TypeError, OverflowError):
            seconds = (self._now().astimezone(UTC) - datetime.fromisoformat(since or "")).total_seconds()
        how_long = f" for {seconds:.0f} seconds" if seconds >= 1 else ""
        return LockedError(f"{who} has been writing to the library{how_long}.", "Wait for it, or end it.")

    def _holder(self) -> dict[str, Any]:
        """Return the fields in the lock's file; empty if it cannot be read, as on Windows."""
        with suppress(OSError, ValueError, RecursionError):
            signed = json.loads(self._path.read_bytes())
            if isinstance(signed, dict):
                return signed
        return {}


def _native_lock(path: Path, on_acquired: Callable[[int], None] | None = None) -> "BaseFileLock":
    from filelock import FileLock as NativeLock

    return NativeLock(path, mode=0o600, poll_interval=0.02, on_acquired=on_acquired)
