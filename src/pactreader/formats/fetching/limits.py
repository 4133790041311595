"""The limits of a fetch, and its progress."""

from typing import Final, NamedTuple


class FetchLimits(NamedTuple):
    """The limits in time and size of a fetch with all of its redirects. Times are in seconds, sizes in bytes."""

    connect: float = 10.0
    """Until a server is connected, for each of its IP addresses."""
    silence: float = 20.0
    """Without anything from the server."""
    total: float = 60.0
    """Until all is there, however much comes: it ends what only trickles."""
    size: int = 48_000_000
    """Bytes of the decoded content: a book with pictures has fewer, and they do not fill a computer's memory."""
    redirects: int = 10


LIMITS: Final = FetchLimits()


class FetchProgress(NamedTuple):
    """The progress of a fetch."""

    host: str
    """The host that is asked now; printable."""
    received: int
    """Bytes of content so far, as they were sent."""
    expected: int | None
    """Bytes of content as the server announced them; `None` if it did not."""
    seconds: float
    """Seconds since the beginning."""

    @property
    def line(self) -> str:
        """The progress in a line: `example.org · 120 of 480 kB · 2 s`; printable."""
        of_all = f" of {self.expected // 1000:,}" if self.expected else ""
        size = f"{self.received // 1000:,}{of_all} kB" if self.received else "connecting"
        return f"{self.host} · {size} · {self.seconds:.0f} s"
