"""Search for a regular expression, in a thread."""

from threading import Thread
from typing import Final

from pactreader.core.errors import PactReaderError
from pactreader.core.hits import Passages

_PATTERN_SECONDS: Final = 0.5
"""Seconds after which a regular expression is stopped, as some would never end; …"""
_PATTERN_SECONDS_PER_MILLION: Final = 0.2
"""… and seconds more for every million code points of the text."""


class PatternSearch:
    """A search for a regular expression in a thread, which lets others run meanwhile."""

    def __init__(self, text: str, pattern: str) -> None:
        """Begin a search.

        Args:
            text: The text.
            pattern: The regular expression.

        Raises:
            PactReaderError: It is not valid.
        """
        import regex  # not needed for the first frame

        from pactreader.core.pattern_case import is_exact

        flags = regex.MULTILINE | (0 if is_exact(pattern) else regex.IGNORECASE)
        try:
            self._pattern = regex.compile(pattern, flags)
        except regex.error as error:
            raise PactReaderError(f"That is no regular expression: {error}.") from error
        self.hits = Passages()
        self._text = text
        self._is_cancelled = self._is_too_slow = False
        self._thread = Thread(target=self._find_all, daemon=True)
        self._thread.start()

    @property
    def is_complete(self) -> bool:
        """True once the whole text is searched."""
        return not self._thread.is_alive()

    @property
    def has_reached_end(self) -> bool:
        """True once the text is searched from where the search began to the end."""
        return self.is_complete

    def advance(self, seconds: float) -> bool:
        """Wait for the thread for so many seconds; return whether the whole text is searched.

        Raises:
            PactReaderError: The regular expression takes too long.
        """
        self._thread.join(seconds)
        if self._is_too_slow:
            raise PactReaderError("That regular expression takes too long.", "Try a simpler one.")
        return self.is_complete

    def cancel(self) -> None:
        """Let the thread end at the next hit."""
        self._is_cancelled = True

    def _find_all(self) -> None:
        seconds = _PATTERN_SECONDS + _PATTERN_SECONDS_PER_MILLION * len(self._text) / 1_000_000
        try:
            for match in self._pattern.finditer(self._text, timeout=seconds, concurrent=True):
                if self._is_cancelled:
                    return
                self.hits.add(*match.span())
        except TimeoutError:
            self._is_too_slow = True
