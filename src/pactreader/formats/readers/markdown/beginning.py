"""The beginning of a large Markdown text, which is parsed alone so that it can be read while the rest is parsed."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern

_LARGE: Final = 262_144
"""The code points from which a text is large. Parsing these takes a fifth of a second."""
_LENGTH: Final = 65_536
"""The least code points of a beginning: some dozens of pages, parsed in a twentieth of a second."""
_TRIES: Final = 20
"""The places that are tried as its end. Each takes a thousandth of a second."""
END: Final = "\ufdd0"
"""The paragraph that ends the beginning; behind it are definitions. No text has this character, which stands for none."""

_BREAK: Final = lazy_pattern(r"\n\n(?=#{1,6}[ ])")
_PLAIN_BREAK: Final = lazy_pattern(r"\n\n(?=[^\W\d_][\w’']*[ ])")
"""The blank lines before a heading, and before a paragraph, at which no list, table or quotation goes on."""
_FENCE: Final = lazy_pattern(r"^[ >]*(?:```|~~~|\$\$|:::)", re.MULTILINE)
_REFERENCE: Final = lazy_pattern(r"\[([^\[\]\n]{1,999})\]")
_DEFINITION: Final = lazy_pattern(r"\n\[([^\[\]\n]{1,999})\]:[^\n]{1,2000}")


def markdown_beginning(text: str) -> str | None:
    """Return the beginning of a large text, the paragraph `END`, and the definitions of what the beginning refers to.

    Footnotes are defined without their texts, as these are no part of it. `None` if the text is not large, or has no place
    where it can be divided between two blocks.
    """
    if len(text) < _LARGE or (end := _end(text)) is None:
        return None
    head = text[:end]
    return "\n\n".join((head, END, *_definitions(text, end, head)))


def _end(text: str) -> int | None:
    """Return the offset of a blank line that is in no block; `None` if there is none soon enough."""
    for pattern in (_BREAK, _PLAIN_BREAK):
        for found in islice(pattern.finditer(text, _LENGTH, 2 * _LENGTH), _TRIES):
            head = text[: found.start()]
            is_open = head.count("<!--") != head.count("-->") or len(_FENCE.findall(head)) % 2
            if not is_open:
                return found.start()
    return None


def _definitions(text: str, start: int, head: str) -> Iterator[str]:
    """Yield the definitions in a text from an offset on, of those labels that its beginning has."""
    wanted = {label.casefold() for label in _REFERENCE.findall(head)}
    for found in _DEFINITION.finditer(text, start):
        label = found[1]
        if label.casefold() in wanted:
            wanted.remove(label.casefold())  # the first definition counts
            yield f"[{label}]: x" if label.startswith("^") else found[0].lstrip()
