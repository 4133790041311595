"""Chunks: lines of a plain text without blank lines between them, which know where they stand in the file."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, overload

from pactreader.core.article import BLOCK_SEPARATOR, BlockKind, Piece
from pactreader.formats.readers.hard_wraps import JoinedLines

TAB_SIZE: Final = 8
"""The distance of tab stops in columns, as terminals have them."""

_SIGNS: Final = r"\s>*+•‣◦▪·∙=_~#|/\\<^●○■□◆◇◎※・→➢►①-⑳\u2500-\u259f–-"
MARKED: Final = re.compile(
    rf"[{_SIGNS}]|[\"'`.:]{{3}}|\(?\w{{1,3}}[.)]\s|\d{{1,3}}(?:\.\d{{1,3}}){{1,5}}[.)]?\s|\[\d{{1,3}}\]\s"
    r"|[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[)）、．]"
)
"""The beginning of a line that may belong to a list, a quotation, a rule, a picture or code, not to a paragraph."""
_BLANK_LINE: Final = re.compile(r"\n[^\S\n]+(?=\n)")


class PieceLines(Sequence[tuple[int, int]]):
    """The lines of a piece: pairs that are made only when they are used, as a large text has a million."""

    __slots__ = ("_numbers", "_offsets")

    def __init__(self, offsets: Sequence[int], numbers: Sequence[int]) -> None:
        self._offsets = offsets
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._offsets)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._offsets, self._numbers, strict=True)

    @overload
    def __getitem__(self, index: int) -> tuple[int, int]: ...

    @overload
    def __getitem__(self, index: slice) -> list[tuple[int, int]]: ...

    def __getitem__(self, index: int | slice) -> tuple[int, int] | list[tuple[int, int]]:
        return list(self)[index]


class Chunk(NamedTuple):
    """Lines without blank lines between them."""

    lines: Sequence[str]
    numbers: Sequence[int]
    """The number of each line in the file, from 1."""

    def part(self, start: int, end: int | None = None) -> "Chunk":
        """Return some of the lines."""
        return Chunk(self.lines[start:end], self.numbers[start:end])

    def piece(
        self, kind: BlockKind, joined: JoinedLines, level: int = 0, marker: str = "", quoted: int = 0
    ) -> Piece:
        """Return a piece whose text was joined from these lines."""
        return Piece(kind, joined.text, level, marker, quoted, (), PieceLines(joined.offsets, self.numbers))


def split_chunks(text: str, numbers: Sequence[int]) -> Iterator[Chunk]:
    """Divide a text at blank lines.

    Args:
        text: The text.
        numbers: The number of each of its lines in the file.
    """
    start = 0
    for each in _BLANK_LINE.sub("\n", text).split(BLOCK_SEPARATOR):
        lines = each.split("\n")
        end = start + len(lines)
        if each and not each.isspace():
            first = start + next(index for index, line in enumerate(lines) if line)
            lines = each.strip("\n").split("\n") if not (lines[0] and lines[-1]) else lines
            yield Chunk(lines, numbers[first : first + len(lines)])
        start = end + 1


def indent(line: str) -> int:
    """Return the indent of a line in columns; an ideographic space takes two."""
    words = line.lstrip(" ")
    if words[:1] > " " and words[0] != "\u3000":
        return len(line) - len(words)
    blank = line[: len(line) - len(line.lstrip())]
    return len(blank.expandtabs(TAB_SIZE)) + blank.count("\u3000")


def min_indent(lines: Sequence[str]) -> int:
    """Return the least indent of some lines in columns."""
    return min(map(indent, lines))
