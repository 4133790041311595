"""What can go wrong for a reader, in a reader's words."""


class PactReaderError(Exception):
    """Something the reader can understand and act on.

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
        """Both sentences, one behind the other."""
        return f"{self.message} {self.hint}" if self.hint else self.message

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class UnreadableError(PactReaderError):
    """A source that cannot be opened as an article."""


class NotSavedError(PactReaderError):
    """A change that is not on the disk. What the reader typed must stay where it was typed."""


class LockedError(NotSavedError):
    """A change that is not on the disk as another process is writing there. It may be in a moment."""


class LibraryError(PactReaderError):
    """A library file that cannot be used as it is."""


class UsageError(PactReaderError):
    """A command line that asks for what does not exist."""
