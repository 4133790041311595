"""Where a text breaks into lines of so many cells, and which cells its characters take.

Text of narrow characters is broken by `str.rfind`, other text by running sums of cell widths and bisection.
Lines and offsets are code points of the whole text, widths are terminal cells.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from itertools import accumulate
from typing import Final

from rich.cells import cell_len

TAB_STOP: Final = 4
"""Cells between tab stops."""
Break = tuple[int, int]
"""`[start, end)` of a line's text."""

_NARROW_RANGES: Final = (
    r"\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482"
    r"\u048a-\u052f\u1e00-\u1eff\u2010-\u2015\u2018-\u2027\u2030-\u203b\u203d-\u2048\u20a0-\u20c0\u2190-\u21ff"
    r"\u2200-\u22ff\u2500-\u257f"
)
_WIDE_RANGES: Final = (
    r"\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
)
_NARROW: Final = re.compile(rf"[{_NARROW_RANGES}\n]*")
"""Text in which every code point is a grapheme cluster of one cell."""
_SIMPLE: Final = rf"[{_NARROW_RANGES}{_WIDE_RANGES}\n]*"
"""Text in which every code point is a grapheme cluster of one or two cells. Narrow text does without compiling it."""

_INVISIBLE: Final = frozenset("\xad\u200b\u2060\ufeff")
"""Clusters that terminals disagree about: they take no cell and are not sent."""
_NOT_FIRST: Final = frozenset("、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〕〉》」』】〙〗,.:;?!)]}’”»…")
"""What may not begin a line (JIS X 4051, kinsoku)."""
_NOT_LAST: Final = frozenset("（［｛〔〈《「『【〘〖([{‘“«")
"""What may not end a line."""


class _Widths(dict[str, int]):
    """Cells of a grapheme cluster, as Rich measures them, as it is Rich that pads and crops; of a tab, the most."""

    def __missing__(self, cluster: str) -> int:
        width = TAB_STOP if cluster == "\t" else 0 if cluster in _INVISIBLE else cell_len(cluster)
        self[cluster] = width
        return width


WIDTHS: Final = _Widths()


class Script(Enum):
    """How a block's text has to be measured."""

    NARROW = 1
    SIMPLE = 2
    COMPLEX = 3


def is_narrow(text: str) -> bool:
    """Whether every code point of a text is a grapheme cluster of one cell."""
    if text.isascii():
        return "\t" not in text
    return _NARROW.fullmatch(text) is not None


def script_of(text: str, start: int, end: int) -> Script:
    """How `[start, end)` of a text has to be measured."""
    if _NARROW.fullmatch(text, start, end):
        return Script.NARROW
    return Script.SIMPLE if re.compile(_SIMPLE).fullmatch(text, start, end) else Script.COMPLEX


def clusters_of(text: str, script: Script) -> Sequence[str]:
    """The grapheme clusters of a text."""
    if script is not Script.COMPLEX:
        return text
    from regex import findall

    return findall(r"\X", text)


def break_narrow(text: str, start: int, end: int, room: int, *, at_spaces: bool) -> list[Break]:
    """Lines of at most `room` code points, broken at spaces where there are any."""
    lines: list[Break] = []
    while True:
        stop = text.find("\n", start, end)
        if stop < 0:
            stop = end
        while stop - start > room:
            cut = text.rfind(" ", start + 1, start + room + 1) if at_spaces else -1
            if cut < 0:
                lines.append((start, start + room))
                start += room
                continue
            following = cut + 1
            while text[cut - 1] == " " and cut - 1 > start:
                cut -= 1
            while following < stop and text[following] == " ":
                following += 1
            lines.append((start, cut))
            start = following
        lines.append((start, stop))
        if stop == end:
            return lines
        start = stop + 1


def count_narrow(text: str, start: int, end: int, room: int) -> int:
    """How many lines `break_narrow` makes of a text without line feeds and double spaces.

    An archive has too many lines to make them all at the start.
    """
    count = 1
    rfind = text.rfind
    while end - start > room:
        cut = rfind(" ", start + 1, start + room + 1)
        start = cut + 1 if cut > 0 else start + room
        count += 1
    return count


def break_wide(text: str, start: int, end: int, room: int, script: Script, *, at_spaces: bool) -> list[Break]:
    """Lines of at most `room` cells, broken at spaces and between ideographs, never inside a cluster."""
    lines: list[Break] = []
    while True:
        stop = text.find("\n", start, end)
        if stop < 0:
            stop = end
        clusters = clusters_of(text[start:stop], script)
        ends = list(accumulate(map(WIDTHS.__getitem__, clusters)))
        offsets = (
            range(start, stop + 1)
            if script is Script.SIMPLE
            else [start, *accumulate(map(len, clusters), initial=start)][1:]
        )
        first, used = 0, 0
        while ends and ends[-1] - used > room:
            cut = max(first + 1, bisect_right(ends, used + room, lo=first))
            if cut == len(clusters):
                break  # one cluster wider than the room
            following = cut
            if at_spaces:
                cut, following = _good_break(clusters, first, cut)
            lines.append((offsets[first], offsets[cut]))
            first, used = following, ends[following - 1]
        if first < len(clusters) or not clusters:
            lines.append((offsets[first] if clusters else start, stop))
        if stop == end:
            return lines
        start = stop + 1


def _is_ideograph(cluster: str) -> bool:
    """Whether a line may break beside it without a space; Korean breaks at its spaces."""
    first = cluster[0]
    return (
        "\u3000" <= first <= "\u30ff"
        or "\u3400" <= first <= "\u4dbf"
        or "\u4e00" <= first <= "\u9fff"
        or "\uff01" <= first <= "\uff60"
    )


def _good_break(clusters: Sequence[str], first: int, cut: int) -> tuple[int, int]:
    """Where a line that has room for `[first, cut)` had better end, and where the next one begins."""
    for index in range(cut, first, -1):
        if clusters[index] == " ":
            following = index
            while following < len(clusters) and clusters[following] == " ":
                following += 1
            while index - 1 > first and clusters[index - 1] == " ":
                index -= 1  # noqa: PLW2901 - the line ends before all of them
            return index, following
        before, after = clusters[index - 1], clusters[index]
        if before == " ":
            continue
        ideographic = _is_ideograph(before) or _is_ideograph(after)
        if ideographic and before not in _NOT_LAST and after not in _NOT_FIRST:
            return index, index
    return cut, cut


def cells_of(
    text: str, start: int, end: int, column: int, script: Script
) -> tuple[list[int], list[int], list[str]]:
    """Offsets, columns and drawn clusters of a line."""
    offsets: list[int] = []
    columns: list[int] = []
    drawn: list[str] = []
    left, offset = column, start
    for cluster in clusters_of(text[start:end], script):
        offsets.append(offset)
        columns.append(column)
        if cluster == "\t":
            width = TAB_STOP - (column - left) % TAB_STOP
            drawn.append(" " * width)
        else:
            width = WIDTHS[cluster]
            drawn.append("" if cluster in _INVISIBLE else cluster)
        column += width
        offset += len(cluster)
    offsets.append(offset)
    columns.append(column)
    return offsets, columns, drawn
