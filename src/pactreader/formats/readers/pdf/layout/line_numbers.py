"""The numbers of lines in a margin, as decisions of courts, bills and manuscripts have them, which are no text."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from pactreader.formats.readers.pdf.characters.page_characters import PageCharacters, Stretch

_MIN_NUMBERS: Final = 4
"""The least number of them on a page."""
_MAX_DIGITS: Final = 5
_MAX_STEP: Final = 10
"""The greatest step from one to the next: mostly each line has one, or each fifth."""
_SAME_EDGE: Final = 1.0
"""The greatest distance in PDF units of the edges of numbers below each other."""
_MIN_GAP: Final = 0.3
"""The least gap between a number and its line, in sizes of the letters."""
_MIN_LENGTH: Final = 25
"""The least median length of the lines in characters: those of a table with numbered rows are shorter."""
_MIN_WIDTH: Final = 0.5
"""The least median width of the lines in widths of the longest one."""
_MIN_FILLED: Final = 0.65
"""The least share of the width of such a line that its letters take, as the cells of a table do not."""
_REGULAR: Final = 0.2
"""The greatest share of lines that may have no number, or one too many."""


def without_line_numbers(page: PageCharacters) -> PageCharacters:
    """Return the characters of a page without the numbers of its lines."""
    numbers = [
        each
        for each in page.stretches
        if each.end - each.first <= _MAX_DIGITS and page.text[each.first : each.end].isdecimal()
    ]
    if len(numbers) < _MIN_NUMBERS:
        return page
    for edges in ([each.right for each in numbers], [each.left for each in numbers]):
        for edge in (min(edges), max(edges)):
            group = [each for each, at in zip(numbers, edges, strict=True) if abs(at - edge) < _SAME_EDGE]
            if len(group) >= _MIN_NUMBERS and _are_line_numbers(group, page):
                dropped = {each.first for each in group}
                return page._replace(
                    stretches=tuple([each for each in page.stretches if each.first not in dropped])
                )
    return page


def _are_line_numbers(group: Sequence[Stretch], page: PageCharacters) -> bool:
    """Return whether numbers below each other count the lines beside them."""
    group = sorted(group, key=lambda each: -each.baseline)
    values = [int(page.text[each.first : each.end]) for each in group]
    steps = [after - before for before, after in pairwise(values)]
    step = steps[0]
    if not 0 < step <= _MAX_STEP or any(each != step for each in steps):
        return False
    own = {each.first for each in group}
    margin = 0.5 * group[0].style.size
    lowest, highest = group[-1].baseline - margin, group[0].baseline + margin
    lines = defaultdict[int, list[Stretch]](list)
    for each in page.stretches:
        if each.first not in own and lowest <= each.baseline <= highest:
            lines[round(each.baseline)].append(each)
    if not lines or not _are_beside(group, [each for line in lines.values() for each in line]):
        return False
    count = step * (len(group) - 1) + 1
    is_regular = abs(len(lines) - count) <= max(1, _REGULAR * count)
    return is_regular and _are_prose(list(lines.values()))


def _are_beside(group: Sequence[Stretch], others: Sequence[Stretch]) -> bool:
    """Return whether all of the text is on one side of the numbers."""
    gap = _MIN_GAP * group[0].style.size
    is_before = max([each.right for each in group]) + gap < min([each.left for each in others])
    return is_before or min([each.left for each in group]) - gap > max([each.right for each in others])


def _are_prose(lines: Sequence[Sequence[Stretch]]) -> bool:
    """Return whether most lines are those of prose: long, and without wide gaps."""
    widths = [max([each.right for each in line]) - min([each.left for each in line]) for line in lines]
    lengths = [sum([each.end - each.first for each in line]) for line in lines]
    filled = [
        sum([each.right - each.left for each in line]) / max(width, 1)
        for line, width in zip(lines, widths, strict=True)
    ]
    return (
        median(lengths) >= _MIN_LENGTH
        and median(widths) >= _MIN_WIDTH * max(widths)
        and median(filled) >= _MIN_FILLED
    )
