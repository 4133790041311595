"""The fields of a file's status that tell whether it was written or replaced."""

import os
from typing import Final, NamedTuple, Self

_COARSEST_NS: Final = 2_000_000_000
"""The coarsest step of a file system's times, in nanoseconds: that of FAT."""


class FileStamp(NamedTuple):
    """The fields of a file's `stat` that change when it is written or replaced."""

    device: int
    inode: int
    size: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Self:
        """Return the stamp in a file's status."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    @property
    def written_ns(self) -> int:
        """The time of the last write or replacement, in nanoseconds since the epoch."""
        return max(self.modified_ns, self.changed_ns)

    def is_racy(self, now_ns: int) -> bool:
        """Return whether a file may be written once more at some time without its stamp showing that.

        So it may for as long as the file system gives it the same times, as in git's index:
        https://git-scm.com/docs/racy-git.

        Args:
            now_ns: The time, in nanoseconds since the epoch.
        """
        return now_ns - self.written_ns < _COARSEST_NS
