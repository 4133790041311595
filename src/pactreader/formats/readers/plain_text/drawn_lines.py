"""Recognition of drawn lines: tables, columns, diagrams and other pictures made of characters.

Their line ends and inner blanks mean something, so they stay.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern

MAX_ROW: Final = 120
"""The greatest length in code points of a line that is drawn although no other is beside it."""
_MAX_LINE: Final = 400
"""The number of code points of a line that are examined."""
_MIN_DRAWN: Final = 0.5
"""The share of drawn lines from which lines are drawn."""
_MIN_ROWS: Final = 2 / 3
"""The share of lines with the same column from which lines are a table."""
_MAX_SIGNS: Final = 0.4
"""The share of signs among the characters of a line above which it is drawn. Prose has a tenth of that, dialogue and
references at most half."""
_MIN_DENSE: Final = 5
"""The least number of characters for that share to be used."""

_DRAWING: Final = "\u2190-\u21ff\u2500-\u25ff"
"""Arrows, box drawing, block elements and geometric shapes."""
_PICTURE_LINE: Final = lazy_pattern(
    rf"[-|+/\\v^<>.:=_*#~'`,()\s{_DRAWING}]*[|+/\\{_DRAWING}][-|+/\\v^<>.:=_*#~'`,()\s{_DRAWING}]*"
)
"""A line with nothing but strokes, one of which is none of a rule's."""
_STROKES: Final = lazy_pattern(
    r"--+>|<--+|==+>|<==+|\+--|--\+|\+==|==\+|__{2,}|\S\ {2,}[|]|[|]\ {2,}|^[|].*[|]$|[|]__|\\__|\.-{2,}|-{3,}\S*\.$"
    r"|[\u2500-\u259f]|[^\S\n]->[^\S\n]{2}"
    r"|^[-dlbcps](?:[r-][w-][xsStT-]){3}(?=[\s.+@])"
)
"""Parts of arrows and boxes, and the permissions of a file in a listing."""
_HINT: Final = lazy_pattern(
    rf"[-|+/\\^<>=_*#~v{_DRAWING}]"
    rf"(?:(?<=[|\\^{_DRAWING}])|(?<!v)(?:[-|+/\\^<>=_*#~.]|(?<!^[-+*]) )|(?<=(?<!\S)[v/])(?!\S))",
    re.MULTILINE,
)
"""Signs that some line of a picture has. A bullet at its beginning is none."""
_SIGN: Final = lazy_pattern(rf"[!-/:-@\[-`{{-~{_DRAWING}]")
_LEADERS: Final = ("..", ". .", "_", "·", "…", "‥")
"""Parts of leaders, of which half the entries of a table of contents have one."""
_GAP: Final = lazy_pattern(r"(?<=\S)[ \u3000]{2,}(?=\S)")
_WIDE_GAP: Final = lazy_pattern(r"(?<=\S)(?: {3,}|\u3000{2,})(?=\S)")
_SIMPLE_TABLE_RULE: Final = lazy_pattern(r"[=-]{2,}(?:\s+[=-]{2,})+")
"""The rule of a table in reStructuredText or of pandoc: a line for each column."""
_MARKER: Final = lazy_pattern(r"\s*(?:[-*+o•‣◦▪·–]|\(?[\w.]{1,6}[.)])(?=\s)\s*")


_OPTION: Final = lazy_pattern(r"--?\w|[-*+•] \[[ xX]\] ")
"""The beginning of a program's option or of a task, which has many signs but is not drawn."""
_MAX_LABEL: Final = 40
"""The width in code points below which a line without a full stop may be a label in a picture."""
MIN_PICTURE: Final = 3
"""The least number of lines of a table or picture directly below or above prose, or with labels."""


def may_be_drawn(text: str) -> bool:
    """Return whether lines may be drawn or entries of a table of contents: by a sign of a picture, or by enough gaps.

    Args:
        text: The lines, without white space at their ends.
    """
    line_ends = text.count("\n")
    return (
        "   " in text
        or text.count("  ") + text.count("\u3000") > line_ends
        or 2 * sum(map(text.count, _LEADERS)) > line_ends
        or bool(_HINT.search(text))
    )


def picture_lines(lines: Sequence[str]) -> list[bool]:
    """Return for each line whether it has parts of boxes and arrows, or hardly any letters."""
    if not _HINT.search("\n".join(map(str.strip, lines))):
        return [False] * len(lines)
    pictures = [is_picture_line(line) for line in lines]
    return _with_labels(lines, pictures) if sum(pictures) >= MIN_PICTURE else pictures


def _with_labels(lines: Sequence[str], pictures: Sequence[bool]) -> list[bool]:
    """Return for each line whether it is part of a picture, with the labels above, between and below its strokes."""
    labelled: list[bool] = []
    for drawn, group in groupby(zip(lines, pictures, strict=True), key=itemgetter(1)):
        run = [line for line, _drawn in group]
        labelled += [drawn or all(map(_is_label, run))] * len(run)
    return labelled


def _is_label(line: str) -> bool:
    words = line[:_MAX_LINE].strip()
    if _MARKER.match(words) or words.endswith((".", ",", ":", ";", "。", "：")):
        return False
    return len(words) < _MAX_LABEL or not any(map(str.isalpha, words)) or has_gap(words)


def is_picture_line(line: str) -> bool:
    """Return whether a line has parts of boxes and arrows, or hardly any letters."""
    shown = line[:_MAX_LINE].strip()
    if _is_stroke(shown) or _STROKES.search(shown):
        return True
    dense = "" if _OPTION.match(shown) else shown.replace(" ", "")
    return len(dense) >= _MIN_DENSE and len(_SIGN.findall(dense)) > _MAX_SIGNS * len(dense)


def is_picture(lines: Sequence[str]) -> bool:
    """Return whether most lines have parts of boxes and arrows, or hardly any letters."""
    return sum(picture_lines(lines)) >= _MIN_DRAWN * len(lines)


def is_drawn(lines: Sequence[str], pictures: Sequence[bool]) -> bool:
    """Return whether lines without blank lines between them are drawn.

    Args:
        lines: The lines.
        pictures: For each line, whether it is part of a picture.
    """
    if len(lines) == 1:
        line = lines[0][:_MAX_LINE].strip()
        return len(line) <= MAX_ROW and (len(_WIDE_GAP.findall(line)) > 1 or _is_stroke(line))
    shown = [line[:_MAX_LINE].strip() for line in lines]
    drawn = sum(pictures)
    if drawn and drawn < _MIN_DRAWN * len(lines):
        drawn += sum(has_gap(line) for line, picture in zip(shown, pictures, strict=True) if not picture)
    if drawn >= _MIN_DRAWN * len(lines) or sum("|" in line for line in shown) >= _MIN_ROWS * len(lines):
        return True
    if any(line[0] in "-=" and _SIMPLE_TABLE_RULE.fullmatch(line) for line in shown if line):
        return True
    gaps = sum("  " in line or "\u3000" in line for line in shown)
    return gaps >= _MIN_ROWS * len(lines) and _has_columns([line[:_MAX_LINE].rstrip() for line in lines])


def has_gap(line: str) -> bool:
    """Return whether a line has a wide gap, as between columns."""
    return bool(_WIDE_GAP.search(line[:_MAX_LINE].strip()))


def _is_stroke(line: str) -> bool:
    return bool(_PICTURE_LINE.fullmatch(line))


def _has_columns(lines: Sequence[str]) -> bool:
    """Return whether most lines have a wide gap, or a gap that ends in the same column.

    A gap of two blanks is no sign of columns by itself: sentences end with two in typescripts, and justified lines have
    them anywhere.
    """
    wide = sum("   " in line.strip() and bool(_gap_ends(line, _WIDE_GAP)) for line in lines)
    if wide >= max(2, _MIN_ROWS * len(lines)):
        return True
    if len(lines) < 3:
        return False
    common: set[int] | None = None
    for line in lines:
        ends = _gap_ends(line, _GAP)
        common = ends if common is None else common & ends
        if not common:
            return False
    return True


def _gap_ends(line: str, gap: re.Pattern[str]) -> set[int]:
    """Return the columns in which the gaps of a line end, not counting the one after a list marker."""
    marker = _MARKER.match(line)
    start = marker.end() if marker else len(line) - len(line.lstrip())
    return {found.end() for found in gap.finditer(line, start)}
