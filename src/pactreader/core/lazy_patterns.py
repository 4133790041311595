"""Regular expressions that are compiled when they are first used."""

import re
from typing import Any, AnyStr, cast


def lazy_pattern(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern that is compiled when it is first used.

    Compiling takes up to some milliseconds. The first frame would wait for a hundred patterns, few of which it needs.
    """
    return cast("re.Pattern[AnyStr]", _LazyPattern(expression, flags))


class _LazyPattern:
    """A stand-in for a pattern, which gets each of that one's methods when it is first asked for."""

    def __init__(self, expression: str | bytes, flags: int) -> None:
        self._expression = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._expression, self._flags), name)
        setattr(self, name, found)
        return found
