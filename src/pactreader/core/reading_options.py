"""The user's choices for reading an article, which overrule what its file and its name say."""

from typing import Final, NamedTuple

AUTOMATIC: Final = "auto"
"""The choice of a format that forgets all choices made before."""

WHOLE: Final = "whole"
"""The choice of the format that is everything in a web page, not the article in it."""
WHOLE_OPTION: Final = "--whole"
"""The option of the command line for that, which warnings name."""
UTF_8_ELSE: Final = "utf-8,"
"""The beginning of an encoding that is only for texts which are not UTF-8, as a setting chooses one: `utf-8,cp1251`."""


class ReadingOptions(NamedTuple):
    """The user's choices for reading an article. An empty field chooses nothing."""

    format: str = ""
    """The format to read it as: `text`, `markdown`, `html`, `whole` (a whole page, not the article in it) or `code`."""
    language: str = ""
    """The ISO 639-1 code of its language."""
    encoding: str = ""
    """The name of its encoding, as Python knows it, or one that begins with `UTF_8_ELSE`."""

    def completed_by(self, former: "ReadingOptions") -> "ReadingOptions":
        """Return these choices with those that were made before, where these choose nothing.

        The format `AUTOMATIC` leaves out all that were made before, and is left out itself.
        """
        if self.format == AUTOMATIC:
            return self._replace(format="")
        return ReadingOptions(*(own or other for own, other in zip(self, former, strict=True)))
