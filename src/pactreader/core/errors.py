"""The errors that are reported to the user."""


class PactReaderError(Exception):
    """An error that the user can understand and act on.

    Attributes:
        message: One sentence on what happened.
        hint: One sentence on what to do about it; empty where there is nothing to do.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def one_line(self) -> str:
        """The message and the hint on one line."""
        return f"{self.message} {self.hint}" if self.hint else self.message

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class UnreadableError(PactReaderError):
    """A source that cannot be opened as an article."""


class PasswordNeededError(UnreadableError):
    """A source that is protected by a password, which was not given or is wrong."""


class ReadingStoppedError(UnreadableError):
    """A source that was being read until the user stopped it."""


class NotSavedError(PactReaderError):
    """A change that could not be saved. The caller must keep the text that the user typed."""


class LockedError(NotSavedError):
    """A change that could not be saved because another process holds the lock. Retrying may help."""


class LibraryError(PactReaderError):
    """A library file that cannot be used as it is."""


class UsageError(PactReaderError):
    """A command line that cannot be run, as when it names something that does not exist."""
