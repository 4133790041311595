"""Removal of page breaks from paged texts: form feeds, running heads and feet, and the blank lines around them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from pactreader.formats.readers.hard_wraps import FORM_FEED, cells
from pactreader.formats.readers.line_end_hyphens import HYPHENS
from pactreader.formats.readers.plain_text.chunks import indent
from pactreader.formats.readers.plain_text.drawn_lines import has_gap, is_picture_line
from pactreader.formats.readers.plain_text.headings import ends_sentence
from pactreader.formats.readers.plain_text.lists import item_columns

_MAX_RUNNING: Final = 3
"""The greatest number of lines of a running head or foot."""
_NEAR: Final = (-2, -1, 1, 2)
"""The distances of the pages on which a running head occurs again: left and right pages may have their own."""
_CACHED: Final = 64
"""The number of lines at the edges of pages that are remembered: those of a few pages."""
_MAX_RUNNING_LENGTH: Final = 160
"""The greatest length of such a line in code points."""
_MAX_BLANK: Final = 6
"""The greatest number of lines from a page number to its form feed."""
_MIN_FULL_LINE: Final = 50
"""The least width in cells of a full line, after which a sentence goes on even with a capital."""

_PAGE_MARK: Final = "[Page "
_NUMBERED_FOOT: Final = re.compile(r"(?:\S.*\s)?\[Page [\divxlc]{1,6}\]|\[Page [\divxlc]{1,6}\]\s.*")
_ROMAN: Final = r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMBER: Final = rf"(?:[Pp]age\s+)?(?:\d{{1,5}}|{_ROMAN})(?:\s*(?:/|of)\s*\d{{1,5}})?"
_BLANKS: Final = re.compile(r"\s{3,}")
_NUMBER_ALONE: Final = re.compile(rf"[-–—\[(|~*.]*\s*{_NUMBER}\s*[-–—\])|~*.]*")
_NUMBER_BESIDE: Final = re.compile(
    rf"^{_NUMBER}\s{{2,}}|\s{{2,}}[-–—\[(|]?\s*{_NUMBER}\s*[-–—\])|]?$|\s[Pp]age\s+\d+$"
)


class _Page(NamedTuple):
    """The lines of a page, and their numbers in the file."""

    lines: list[str]
    numbers: list[int]


def join_pages(text: str) -> tuple[str, Sequence[int]]:
    """Return a text without its page breaks, and the number of each of its lines in the file.

    A paragraph that a page break divides has no blank line there any more; the line before it ends with a form feed,
    so that it is joined even if it is short.
    """
    if FORM_FEED not in text and _PAGE_MARK not in text:
        return text, range(1, text.count("\n") + 2)
    pages = list(_split_pages(text.split("\n")))
    return _join_bodies(pages, [_body(pages, index) for index in range(len(pages))])


def _split_pages(lines: list[str]) -> Iterator[_Page]:
    """Divide a text at form feeds, and below its page numbers where it has lost them."""
    page = _Page([], [])
    for number, line in enumerate(lines, 1):
        for index, part in enumerate(line.split(FORM_FEED) if FORM_FEED in line else (line,)):
            if index:
                yield page
                page = _Page([], [])
            page.lines.append(part)
            page.numbers.append(number)
        if _is_numbered_foot(line) and FORM_FEED not in "".join(lines[number : number + _MAX_BLANK]):
            yield page
            page = _Page([], [])
    yield page


def _is_numbered_foot(line: str) -> bool:
    return _PAGE_MARK in line and bool(_NUMBERED_FOOT.fullmatch(line.strip()[-_MAX_RUNNING_LENGTH:]))


def _body(pages: Sequence[_Page], index: int) -> tuple[int, int]:
    """Return the range of a page's lines between its running head and foot; blank lines at its ends do not count."""
    lines = pages[index].lines
    start, end = _trimmed(lines, 0, len(lines))
    if index:
        near = [_head(pages[other].lines) for other in _neighbours(pages, index)]
        head = _head(lines)
        while head and (_is_running(head, near) or (len(head) == 1 and has_gap(head[0]))):
            start, head = start + 1, head[1:]
        start, end = _trimmed(lines, start, end)
    near = [_foot(pages[other].lines) for other in _neighbours(pages, index)]
    foot = _foot(lines[start:end])
    numbered = index < len(pages) - 1 or any(
        _NUMBER_ALONE.fullmatch(lines[-1].strip()) for lines in near if lines
    )
    while foot and (_is_numbered_foot(foot[-1]) or _is_running(foot[::-1], near, alone=numbered)):
        end, foot = end - 1, foot[:-1]
    return _trimmed(lines, start, end)


def _neighbours(pages: Sequence[_Page], index: int) -> Iterator[int]:
    return (index + step for step in _NEAR if 0 <= index + step < len(pages))


def _trimmed(lines: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return a range without blank lines at its ends."""
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return start, end


def _head(lines: Sequence[str]) -> list[str]:
    """Return the first lines of a page, if there are few of them before a blank line."""
    start, end = _trimmed(lines, 0, len(lines))
    found: list[str] = []
    for line in lines[start:end]:
        if not line.strip():
            return found
        found.append(line)
        if len(found) > _MAX_RUNNING:
            return []
    return found


def _foot(lines: Sequence[str]) -> list[str]:
    """Return the last lines of a page, if there are few of them after a blank line."""
    return _head(lines[::-1])[::-1]


def _is_running(lines: Sequence[str], near: Sequence[Sequence[str]], *, alone: bool = True) -> bool:
    """Return whether the first of some lines has only a page number, or is on a page nearby too, but for its number.

    Args:
        lines: The lines at an edge of a page, from the edge inwards.
        near: Such lines of pages nearby.
        alone: Whether a number is enough, if no other line but running ones is beside it.
    """
    line = lines[0]
    if len(line) > _MAX_RUNNING_LENGTH:
        return False
    if alone and _NUMBER_ALONE.fullmatch(line.strip()):
        return all(_is_running([other], near, alone=False) for other in lines[1:])
    words = _without_number(line)
    return any(map(str.isalpha, words)) and any(
        words == _without_number(other) for others in near for other in others
    )


@lru_cache(_CACHED)
def _without_number(line: str) -> str:
    words = line.strip()[:_MAX_RUNNING_LENGTH]
    return " ".join(_NUMBER_BESIDE.sub("", _BLANKS.sub("  ", words)).split())


def _join_bodies(pages: Sequence[_Page], bodies: Sequence[tuple[int, int]]) -> tuple[str, Sequence[int]]:
    """Join the bodies of pages, with a blank line between two of them unless a paragraph goes on."""
    lines: list[str] = []
    numbers: list[int] = []
    for page, (start, end) in zip(pages, bodies, strict=True):
        if start == end:
            continue
        if lines and _goes_on(lines, page.lines[start]):
            if numbers[-1] + 1 < page.numbers[start]:
                lines[-1] += FORM_FEED
        elif lines:
            lines.append("")
            numbers.append(page.numbers[start])
        lines += page.lines[start:end]
        numbers += page.numbers[start:end]
    return "\n".join(lines), numbers


def _goes_on(lines: Sequence[str], following: str) -> bool:
    """Return whether the paragraph of the last line goes on with the line below a page break."""
    before, after = lines[-1].rstrip(), following.lstrip()
    if is_picture_line(before) or has_gap(before) or is_picture_line(after) or has_gap(after):
        return False
    if item_columns(following) or indent(following) not in {indent(before), _text_column(lines)}:
        return False
    if (before[-1] in HYPHENS and before[-2:-1].isalpha()) or after[0].islower():
        return True
    return not ends_sentence(before) and before[-1] not in "!?…" and cells(before.strip()) >= _MIN_FULL_LINE


def _text_column(lines: Sequence[str]) -> int:
    """Return the column in which the text of the last line begins, after its list marker if it has one."""
    columns = item_columns(lines[-1])
    return columns[1] if columns else indent(lines[-1])
