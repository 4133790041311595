"""The numbers of the paragraphs of a Word document, which it does not store but counts."""

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.formats.readers.docx.package import W
from pactreader.formats.readers.docx.styles import Numbering

if TYPE_CHECKING:
    from lxml.etree import _Element

_STYLES: Final = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
"""The formats of numbers, with the styles that HTML has for them. The others are shown as digits."""
_WITHOUT_NUMBER: Final = frozenset({"bullet", "none"})


class Level(NamedTuple):
    """The numbers at one depth of a list."""

    format: str = "decimal"
    start: int = 1


class Number(NamedTuple):
    """A paragraph's number."""

    value: int
    style: str
    """The style of the number, as HTML's `type` names it: `1`, `a`, `A`, `i` or `I`."""


class NumberCounter:
    """A counter of the numbered paragraphs of a document, in their order."""

    def __init__(self, root: "_Element | None") -> None:
        """Create a counter from the definitions of a document's numbering; `None` if it has none."""
        abstract = {
            each.get(f"{W}abstractNumId", ""): _levels(each)
            for each in (root.iterchildren(f"{W}abstractNum") if root is not None else ())
        }
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        """The definition of each list and its levels."""
        self._restarts: dict[str, dict[int, int]] = {}
        """The first numbers of lists that begin anew, though others of their definition were before."""
        for each in root.iterchildren(f"{W}num") if root is not None else ():
            number_id = each.get(f"{W}numId", "")
            definition = _value(each, "abstractNumId")
            levels = dict(abstract.get(definition, {}))
            for override in each.iterchildren(f"{W}lvlOverride"):
                depth = _integer(override.get(f"{W}ilvl", ""), 0)
                levels.update(_levels(override))
                if start := _value(override, "startOverride"):
                    self._restarts.setdefault(number_id, {})[depth] = _integer(start, 1)
            self._lists[number_id] = definition, levels
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def next(self, numbering: Numbering) -> Number | None:
        """Count a paragraph and return its number; `None` for one with a bullet."""
        number_id, depth = numbering
        definition, levels = self._lists.get(number_id, ("", {}))
        level = levels.get(depth, Level())
        counts = self._counts[definition]
        restart = self._restarts.get(number_id, {}).pop(depth, None)
        counts[depth] = restart if restart is not None else counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.format in _WITHOUT_NUMBER:
            return None
        return Number(counts[depth], _STYLES.get(level.format, "1"))


def _levels(element: "_Element") -> dict[int, Level]:
    return {
        _integer(each.get(f"{W}ilvl", ""), 0): Level(
            _value(each, "numFmt") or "decimal", _integer(_value(each, "start"), 1)
        )
        for each in element.iterchildren(f"{W}lvl")
    }


def _value(element: "_Element", name: str) -> str:
    """Return the value of a child; empty if there is no such child."""
    child = element.find(f"{W}{name}")
    return str(child.get(f"{W}val", "")) if child is not None else ""


def _integer(written: str, default: int) -> int:
    return int(written) if re.fullmatch("[0-9]{1,9}", written) else default
