"""Line breaking: the breaks of a text into lines of so many cells, and the cells of its characters.

Text of narrow characters is broken by `str.rfind`, other text by running sums of cell widths and bisection.
Offsets are code points of the whole text, widths are terminal cells.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from itertools import accumulate
from typing import Final

from rich.cells import cell_len

from pactreader.core.lazy_patterns import lazy_pattern

TAB_STOP: Final = 4
"""Cells between tab stops."""
Break = tuple[int, int]
"""The passage `[start, end)` of the text on a line."""

_NARROW_RANGES: Final = (
    r"\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482"
    r"\u048a-\u052f\u1e00-\u1eff\u2010-\u2015\u2018-\u2027\u2030-\u203b\u203d-\u2048\u20a0-\u20c0\u2190-\u21ff"
    r"\u2200-\u22ff\u2500-\u257f"
)
_WIDE_RANGES: Final = (
    r"\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
)
_NARROW: Final = lazy_pattern(rf"[{_NARROW_RANGES}\n]*")
"""Text in which every code point is a grapheme cluster of one cell."""
_SIMPLE: Final = rf"[{_NARROW_RANGES}{_WIDE_RANGES}\n]*"
"""Text in which every code point is a grapheme cluster of one or two cells. It is compiled only when needed."""

_INVISIBLE: Final = frozenset("\xad\u200b\u2060\ufeff")
"""Clusters to whose width terminals do not agree: they are not sent, and have no cell."""
_NOT_FIRST: Final = frozenset("、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〕〉》」』】〙〗,.:;?!)]}’”»…")
"""Characters that may not begin a line (JIS X 4051, kinsoku)."""
_NOT_LAST: Final = frozenset("（［｛〔〈《「『【〘〖([{‘“«")
"""Characters that may not end a line."""


class _Widths(dict[str, int]):
    """A cache of the widths of grapheme clusters in cells, by Rich's measure; of a tab, its greatest width."""

    def __missing__(self, cluster: str) -> int:
        width = TAB_STOP if cluster == "\t" else 0 if cluster in _INVISIBLE else cell_len(cluster)
        self[cluster] = width
        return width


WIDTHS: Final = _Widths()


class Script(Enum):
    """The kinds of text that are measured differently."""

    NARROW = 1
    """Every code point is a grapheme cluster of one cell."""
    SIMPLE = 2
    """Every code point is a grapheme cluster of one or two cells."""
    COMPLEX = 3
    """Any other text."""


def is_plain(text: str) -> bool:
    """Return whether a text is narrow, without newlines and double spaces."""
    if "  " in text:
        return False
    if text.isascii():
        return text.isprintable()
    return "\n" not in text and _NARROW.fullmatch(text) is not None


def script_of(text: str, start: int, end: int) -> Script:
    """Return the kind of `[start, end)` of a text."""
    if _NARROW.fullmatch(text, start, end):
        return Script.NARROW
    return Script.SIMPLE if re.compile(_SIMPLE).fullmatch(text, start, end) else Script.COMPLEX


def clusters_of(text: str, script: Script) -> Sequence[str]:
    """Return the grapheme clusters of a text."""
    if script is not Script.COMPLEX:
        return text
    from regex import findall  # loaded only for texts that need it

    return findall(r"\X", text)


def break_narrow(text: str, start: int, end: int, width: int) -> list[Break]:
    """Break `[start, end)` of a narrow text into lines of at most `width` code points, at spaces if there are any.

    The indent of a line of code is no place to break it.
    """
    lines: list[Break] = []
    while True:
        stop = text.find("\n", start, end)
        if stop < 0:
            stop = end
        while stop - start > width:
            cut = text.rfind(" ", start + 1, start + width + 1)
            if cut < 0 or (text[start] == " " and text[start:cut].isspace()):
                lines.append((start, start + width))
                start += width
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


def count_narrow(text: str, width: int) -> int:
    """Count the lines that `break_narrow` would return for a plain text.

    Counting is faster, and takes no memory: a large article has too many lines to break them all at the start.
    """
    count, start, end = 1, 0, len(text)
    rfind = text.rfind
    while end - start > width:
        cut = rfind(" ", start + 1, start + width + 1)
        start = cut + 1 if cut > 0 else start + width
        count += 1
    return count


def break_wide(text: str, start: int, end: int, width: int, script: Script) -> list[Break]:
    """Break `[start, end)` of a text into lines of at most `width` cells, at spaces and between ideographs.

    No grapheme cluster is broken, so a line of a single cluster may be wider than `width`.
    """
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
        while ends and ends[-1] - used > width:
            cut = max(first + 1, bisect_right(ends, used + width, lo=first))
            if cut == len(clusters):
                break  # one cluster wider than the line
            cut, following = _good_break(clusters, first, cut)
            lines.append((offsets[first], offsets[cut]))
            first, used = following, ends[following - 1]
        if first < len(clusters) or not clusters:
            lines.append((offsets[first] if clusters else start, stop))
        if stop == end:
            return lines
        start = stop + 1


def _is_ideograph(cluster: str) -> bool:
    """Return whether a line may break before and after a cluster without a space; not true of Hangul."""
    first = cluster[0]
    return (
        "\u3000" <= first <= "\u30ff"
        or "\u3400" <= first <= "\u4dbf"
        or "\u4e00" <= first <= "\u9fff"
        or "\uff01" <= first <= "\uff60"
    )


def _good_break(clusters: Sequence[str], first: int, cut: int) -> tuple[int, int]:
    """Return the best break of a line on which clusters `[first, cut)` fit: its end, and the start of the next line."""
    for index in range(cut, first, -1):
        if clusters[index] == " ":
            following = index
            while following < len(clusters) and clusters[following] == " ":
                following += 1
            end = index
            while end - 1 > first and clusters[end - 1] == " ":
                end -= 1
            if end - 1 == first and clusters[first] == " ":
                break  # nothing but the indent of a line of code is before it
            return end, following
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
    """Return the `offsets`, `columns` and `drawn` clusters of a `Line` that begins at a column."""
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
