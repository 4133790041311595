"""The lock beside the library file, signed by the process that holds it."""

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

_A_MOMENT: Final = 0.5
"""Seconds of waiting that need no notice."""


class FileLock:
    """A lock that one process at a time holds while it writes. The others are told for whom they wait.

    It lies beside the file, as the file itself is replaced when it is written whole.
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
            path: The lock's file. It is never deleted, as two processes would else lock two files of one name.
            timeout: Seconds to wait for the lock.
            now: The clock.
            on_wait: Called with a sentence for the user, naming the holder, when waiting takes longer than a moment.
        """
        self._path = path
        self.timeout = timeout
        """Seconds to wait for the lock."""
        self._now = now
        self._on_wait = on_wait
        self._lock: BaseFileLock | None = None
        self._descriptor: int | None = None
        """The descriptor of the lock's file, where it can be signed."""

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock. This process may hold it already.

        Raises:
            LockedError: Another process holds it until the timeout.
            OSError: It cannot be locked here.
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
                # A file system without locks of its own: a file that is there is the lock, and cannot be signed.
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
        """Take the lock, telling the user for whom it waits.

        Raises:
            Timeout: Another process holds it until the timeout.
            OSError: It cannot be locked here.
        """
        from filelock import Timeout

        if self._on_wait and self.timeout > _A_MOMENT:
            try:
                lock.acquire(timeout=_A_MOMENT)
            except Timeout:
                self._on_wait(f"Waiting. {self._locked_error().message}")
            else:
                return
        lock.acquire(timeout=self.timeout)

    def preload(self) -> None:
        """Import the modules that locking needs while files can still be opened."""
        self._prepared()

    def _prepared(self) -> "BaseFileLock":
        if self._lock is None:
            self._lock = _native_lock(self._path, on_acquired=self._sign)
        return self._lock

    def _sign(self, descriptor: int) -> None:
        """Write the process id of this process, as the holder, to the lock's file."""
        self._descriptor = descriptor
        self._write(json.dumps({"process": os.getpid(), "since": timestamp(self._now())}))

    def _write(self, signature: str) -> None:
        """Write a signature; where that fails, the lock holds without."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.ftruncate(self._descriptor, 0)
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                os.write(self._descriptor, signature.encode("ascii"))

    def _locked_error(self) -> LockedError:
        """Return the error that names the holder and how long it has been writing."""
        holder = self._holder()
        process, since = holder.get("process"), holder.get("since")
        who = f"Another PactReader (process {process})" if type(process) is int else "Another program"
        seconds = 0.0
        with suppress(ValueError, TypeError, OverflowError):
            seconds = (self._now().astimezone(UTC) - datetime.fromisoformat(since or "")).total_seconds()
        how_long = f" for {seconds:.0f} seconds" if seconds >= 1 else ""
        return LockedError(f"{who} has been writing to the library{how_long}.", "Wait for it, or end it.")

    def _holder(self) -> dict[str, Any]:
        """Return the signature of the holder; an empty one if it cannot be read, as on Windows."""
        with suppress(OSError, ValueError, RecursionError):
            signed = json.loads(self._path.read_bytes())
            if isinstance(signed, dict):
                return signed
        return {}


def _native_lock(path: Path, on_acquired: Callable[[int], None] | None = None) -> "BaseFileLock":
    from filelock import FileLock as NativeLock

    return NativeLock(path, mode=0o600, poll_interval=0.02, on_acquired=on_acquired)
