"""Joining of hard-wrapped lines, except at line ends that the author made on purpose."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.formats.readers.line_end_hyphens import HYPHENS, LineEndHyphens

FORM_FEED: Final = "\f"
"""The end of a line that goes on on the next page of its text."""

_WIDE: Final = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f\U00020000-\U0003ffff"
"""Characters that are written without spaces: Han, kana and their punctuation, but not Hangul."""
_SHARED: Final = "“”‘’…—·"
"""Punctuation that Chinese and Japanese share with other scripts."""

_NO_SPACE: Final = lazy_pattern(
    rf"(?<=[{_WIDE}])\n(?=[{_WIDE}{_SHARED}])|(?<=[{_SHARED}])\n(?=[{_WIDE}])|(?<=\w[-—])\n(?=\w)"
)
"""Line ends to join without a space: beside a wide character and before another one or punctuation, and after the
hyphen of a compound."""

_TWO_CELLS: Final = lazy_pattern(rf"[\u1100-\u115f\uac00-\ud7a3{_WIDE}]+")
_UNBROKEN: Final = lazy_pattern(rf"[{_WIDE}]|[^{_WIDE}]+")

_WIDTH_QUANTILE: Final = 0.9
"""The quantile of the lines' widths that is taken for the width of the text, as a few lines with URLs may be longer."""
_FULL_SHARE: Final = 7 / 8
"""The share of the width from which a line with the next word is full, as people who wrap by hand break lines early."""
_MIN_PROSE_WIDTH: Final = 54
"""The least width of wrapped prose in cells. Shorter lines are verse, lists and addresses: the pentameters of
Shakespeare's sonnets end near 50."""
_MIN_FULL_LINES: Final = 0.95
"""The share of full lines from which a narrower text is wrapped prose too. In verse it is near 0.5."""
_MIN_BREAKS: Final = 8
"""The least number of line ends for that share to be used."""


_TURN: Final = lazy_pattern(
    r"(?P<dash>[—―])\s?(?=\w|[¿¡«\"“„])|(?:\[?\d[\d:.]{0,11}\]?\s)?[^\W\d_a-zа-я][\w.'’&-]{0,20}(?: [\w.'’&-]{1,20}){0,2}:\s"
)
"""The beginning of a field (`Present: `), of what a speaker says (`MARSH: `, `Q: `), or of speech (`— Why?`)."""
_TURN_ENDS: Final = '.!?…:;"”»。！？'


class JoinedLines(NamedTuple):
    """The text of lines that were joined."""

    text: str
    offsets: Sequence[int]
    """For each of the lines, its first offset in the text."""


def join_lines(lines: Sequence[str], hyphens: LineEndHyphens | None = None) -> JoinedLines:
    """Join the lines of a paragraph, with spaces if the script has spaces, and without the hyphens of divided words.

    `["a well-", "known fact"]` → `a well-known fact`, `["他說", "你好"]` → `他說你好`.

    Args:
        lines: The lines, with or without white space at their ends.
        hyphens: The hyphens at line ends of the text; without it, all of them stay.
    """
    if len(lines) == 1:
        return JoinedLines(lines[0].strip(), (0,))
    texts = [line.strip() for line in lines]
    text = " ".join(texts)
    if text.isascii() and "- " not in text:
        return JoinedLines(text, _starts(texts, apart=True))
    parts: list[str] = []
    for before, after in pairwise(texts):
        found = hyphens.join(before, after) if hyphens and before and before[-1] in HYPHENS else None
        line, separator = found or (before, _separator(before, after))
        parts.append(line + separator)
    parts.append(texts[-1])
    return JoinedLines("".join(parts), _starts(parts, apart=False))


def keep_lines(lines: Sequence[str]) -> JoinedLines:
    """Return the text of lines that stay lines."""
    return JoinedLines("\n".join(lines), _starts(lines, apart=True))


def _starts(texts: Sequence[str], *, apart: bool) -> list[int]:
    """Return the first offset of each text, if they are joined with one character between two of them, or with none."""
    between = 1 if apart else 0
    return list(accumulate([len(text) + between for text in texts[:-1]], initial=0))


def soft_break_text(before: str, after: str) -> str:
    """Return the separator in place of a line end between two texts: a space, or nothing between wide characters."""
    return "" if _NO_SPACE.search(f"{before[-1:]}\n{after[:1]}") else " "


def _separator(before: str, after: str) -> str:
    """Return the separator as `soft_break_text` does, or nothing after the hyphen of a compound."""
    if before[-1:] < "\u2014" and before[-1:] not in "-·":
        return " "  # fast: neither wide nor a dash
    return "" if _NO_SPACE.search(f"{before[-2:]}\n{after[:1]}") else " "


def cells(line: str) -> int:
    """Return the approximate width of a line in terminal cells."""
    return len(line) if line.isascii() else len(line) + sum(map(len, _TWO_CELLS.findall(line)))


def max_cells(lines: Sequence[str]) -> int:
    """Return the approximate width of the widest of some lines in terminal cells."""
    return max(map(len if "".join(lines).isascii() else cells, lines))


class Unwrapper:
    """A joiner of hard-wrapped lines, which knows the width that a text was wrapped at.

    A line end was made on purpose if the next word would have fitted on the line.
    """

    def __init__(self, paragraphs: Iterable[Sequence[str]], hyphens: LineEndHyphens | None = None) -> None:
        """Create an unwrapper for a text, from the lines of some of its paragraphs."""
        breaks = [pair for lines in paragraphs for pair in pairwise(lines)]
        widths = sorted(cells(line.rstrip()) for line, _following in breaks)
        width = widths[int((len(widths) - 1) * _WIDTH_QUANTILE)] if widths else 0
        full_width = int(width * _FULL_SHARE)
        if full_width < _MIN_PROSE_WIDTH:
            full = sum(_fills(width, *pair) for pair in breaks)
            if len(breaks) < _MIN_BREAKS or full < _MIN_FULL_LINES * len(breaks):
                full_width = _MIN_PROSE_WIDTH
        self.hyphens = hyphens
        self._width = full_width
        """The least width of a full line with the next word in cells."""

    def join(self, lines: Sequence[str]) -> JoinedLines:
        """Join all lines of a paragraph."""
        return join_lines(lines, self.hyphens)

    def unwrap(self, lines: Sequence[str]) -> JoinedLines:
        """Join the lines of a paragraph, except at line ends that were made on purpose.

        If most were made on purpose, as in verse, all are kept. Fields and turns of a dialogue begin lines.
        """
        turns = _turns(lines)
        if turns:
            parts = [self._unwrap(lines[start:end]) for start, end in pairwise([0, *turns, len(lines)])]
            return JoinedLines("\n".join([part.text for part in parts]), list(_shifted(parts)))
        return self._unwrap(lines)

    def _unwrap(self, lines: Sequence[str]) -> JoinedLines:
        if len(lines) == 1 or min(map(len, lines[:-1])) >= self._width:
            return join_lines(lines, self.hyphens)
        own = self._own_line_ends(lines)
        if not own:
            return self.join(lines)
        if len(own) > (len(lines) - 1) / 2:
            own = list(range(1, len(lines)))
        parts = [self.join(lines[start:end]) for start, end in pairwise([0, *own, len(lines)])]
        return JoinedLines("\n".join([part.text for part in parts]), list(_shifted(parts)))

    def wraps(self, lines: Sequence[str]) -> bool:
        """Return whether most lines were wrapped, so that their ends mean nothing."""
        return len(self._own_line_ends(lines)) <= (len(lines) - 1) / 2

    def _own_line_ends(self, lines: Sequence[str]) -> list[int]:
        """Return the indices of the lines after line ends that were made on purpose."""
        return [end for end, pair in enumerate(pairwise(lines), 1) if not _fills(self._width, *pair)]


def _turns(lines: Sequence[str]) -> list[int]:
    """Return the indices of lines after the first one that begin as it does: with a label, or with a dash for speech."""
    if len(lines) == 1 or not (":" in lines[0] or lines[0][:1] in "—―"):
        return []
    first = _TURN.match(lines[0])
    if not first:
        return []
    found = [index for index in range(1, len(lines)) if _TURN.match(lines[index])]
    if first["dash"]:
        return [
            index
            for index in found
            if lines[index][:1] == first["dash"] and lines[index - 1].rstrip()[-1] in _TURN_ENDS
        ]
    return [index for index in found if lines[index][:1] not in "—―"]


def _shifted(parts: Iterable[JoinedLines]) -> Iterator[int]:
    """Yield the offsets of parts in their texts on lines of their own."""
    start = 0
    for text, offsets in parts:
        yield from (start + offset for offset in offsets)
        start += len(text) + 1


def _fills(width: int, line: str, following: str) -> bool:
    """Return whether a line and the first word of the next one together reach a width in cells.

    Also whether a word or a page break is between them.
    """
    own = cells(line.rstrip())
    if own >= width:
        return True
    word = following.lstrip().partition(" ")[0]
    if not word.isascii():
        word = _UNBROKEN.findall(word)[0]
    if own + cells(word) >= width:
        return True
    return line.endswith(FORM_FEED) or (line[-1:] in HYPHENS and line[-2:-1].isalpha() and word[:1].islower())
