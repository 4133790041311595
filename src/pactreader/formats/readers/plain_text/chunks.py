"""Chunks: lines of a plain text without blank lines between them, which know where they stand in the file."""

from collections.abc import Iterator, Sequence
from typing import Final, overload

from pactreader.core.article import BLOCK_SEPARATOR, BlockKind, Piece
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.formats.readers.hard_wraps import JoinedLines

TAB_SIZE: Final = 8
"""The distance of tab stops in columns, as terminals have them."""

_SIGNS: Final = r">*+•‣◦▪·∙=_~#|/\\<^●○■□◆◇◎※・→➢►①-⑳\u2500-\u259f–-"
NO_WORD: Final = "(?![A-Za-z][a-hj-uwyz])"
"""A pattern of a line's beginning that is not two letters, except for Roman numerals. It tells most lines of prose."""
SIGN: Final = (
    rf"{NO_WORD}(?:[{_SIGNS}]|[\"'`.:]{{3}}|\(?(?:\d{{1,3}}|[^\W\d_]|[ivxIVX]{{2,5}})[.)]\s"
    r"|\((?:[0-9A-Za-z]{2,3}|[ivxIVX]{4})\)\s|\d{1,3}(?:\.\d{1,3}){1,5}[.)]?\s|\[\d{1,3}\]\s|o[ \t]{2}"
    r"|[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[)）、．])"
)
"""A pattern of the beginning of a line, after its indent, that may belong to a list, a quotation, a rule, a picture or
code, not to a paragraph."""
_BLANK_LINE: Final = lazy_pattern(r"\n[^\S\n]+(?=\n)")


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


class Chunk:
    """Lines without blank lines between them."""

    __slots__ = ("_indents", "lines", "numbers", "text")

    def __init__(self, text: str, lines: Sequence[str], numbers: Sequence[int]) -> None:
        """Create it from its text, the text's lines, and the number of each in the file, from 1."""
        self.text = text
        self.lines = lines
        self.numbers = numbers
        self._indents: Sequence[int] | None = None

    @property
    def indents(self) -> Sequence[int]:
        """The indents of the lines in columns. Most chunks are parsed without them."""
        if self._indents is None:
            if self.text.isascii() and "\t" not in self.text:
                self._indents = [len(line) - len(line.lstrip()) for line in self.lines]
            else:
                self._indents = list(map(indent, self.lines))
        return self._indents

    def part(self, start: int, end: int | None = None) -> "Chunk":
        """Return some of the lines."""
        if not start and end in {None, len(self.lines)}:
            return self
        lines = self.lines[start:end]
        part = Chunk("\n".join(lines), lines, self.numbers[start:end])
        part._indents = self._indents and self._indents[start:end]
        return part

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
    start = -1
    for each in _BLANK_LINE.sub("\n", f"\n{text}\n").split(BLOCK_SEPARATOR):
        filled = each.strip("\n")
        if filled and not filled.isspace():
            lines = filled.split("\n")
            first = start + each.index(lines[0])
            yield Chunk(filled, lines, numbers[first : first + len(lines)])
        start += each.count("\n") + 2


def indent(line: str) -> int:
    """Return the indent of a line in columns; an ideographic space takes two."""
    words = line.lstrip(" ")
    if words[:1] > " " and not words[0].isspace():
        return len(line) - len(words)
    return columns(line[: len(line) - len(line.lstrip())])


def columns(blank: str) -> int:
    """Return the width of white space at the beginning of a line in columns."""
    return len(blank.expandtabs(TAB_SIZE)) + blank.count("\u3000")


def min_indent(lines: Sequence[str]) -> int:
    """Return the least indent of some lines in columns."""
    return min(map(indent, lines))
