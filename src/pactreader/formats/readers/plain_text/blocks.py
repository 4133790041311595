"""The parser of a plain text's blocks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from pactreader.core.article import RULE, BlockKind, Piece
from pactreader.formats.readers.hard_wraps import keep_lines
from pactreader.formats.readers.line_end_hyphens import divides_words
from pactreader.formats.readers.plain_text.chunks import SIGN, Chunk, split_chunks
from pactreader.formats.readers.plain_text.code_lines import DIFF_LINE, diff_start
from pactreader.formats.readers.plain_text.drawn_lines import (
    MIN_PICTURE,
    is_drawn,
    is_picture,
    may_be_drawn,
    picture_lines,
)
from pactreader.formats.readers.plain_text.heading_parser import Heading, HeadingParser
from pactreader.formats.readers.plain_text.headings import (
    Underlines,
    is_rule,
    undecorated,
    underlined_heading,
)
from pactreader.formats.readers.plain_text.layout import Layout
from pactreader.formats.readers.plain_text.lists import ListParser
from pactreader.formats.readers.plain_text.prose import has_long, is_prose, parse_paragraphs
from pactreader.formats.readers.plain_text.titles import is_centred_title, may_precede_title

_MAX_QUOTATIONS: Final = 12
"""The greatest number of `>` that are parsed as quotations. Further ones stay in the text."""
_MAX_SHORT: Final = 60
"""The length in code points below which a line above others may be a heading."""
_UNDERLINED_LINES: Final = 3
"""The greatest number of lines of a heading that is underlined and overlined."""

_DRAWING_SIGNS: Final = ("   ", "\t", "--", "|", "....", ". . .", "……", "··", "__", "@@", "\u3000\u3000")

_MARKED_LINE: Final = re.compile(rf"\n(?:\s|{SIGN})")
_SIGNED_LINE: Final = re.compile(rf"\n{SIGN}")
_BLANKS: Final = re.compile(r"[ \t]{2,}")
_QUOTED: Final = re.compile(r"[ \t]{0,3}> ?")


class BlockParser:
    """A parser of the blocks of a text. The title is a paragraph still, unless it is centred or underlined."""

    def __init__(self, chunks: Sequence[Chunk], text: str, quoted: int = 0) -> None:
        """Create a parser.

        Args:
            chunks: The chunks of the text.
            text: The text, from which words are learnt.
            quoted: The number of quotations around it.
        """
        self._chunks = chunks
        self._text = text
        self._quoted = quoted
        self._prose = BlockKind.QUOTATION if quoted else BlockKind.PARAGRAPH
        self._unwrapper, self._margin = Layout.measure(chunks, text)
        self._lists = ListParser(quoted, self._unwrapper)
        self._headings = HeadingParser(text, self._margin)
        self._underlines = Underlines()
        self._drawing_signs = [sign for sign in _DRAWING_SIGNS if sign in text]
        self._in_diff = False
        """True behind a part of a diff, which may go on."""
        self._following = ""
        """The first line of the next chunk."""

    def parse(self) -> list[Piece]:
        """Return the blocks as pieces."""
        pieces: list[Piece] = []
        following = iter(self._chunks)
        next(following, None)
        for chunk in self._chunks:
            self._following = each.lines[0] if (each := next(following, None)) else ""
            if not _MARKED_LINE.search(f"\n{chunk.text}") and not self._has_drawing_signs(chunk.text):
                pieces.extend(self._parse_flush(chunk))
                continue
            words = "\n".join(map(str.strip, chunk.lines))
            if self._is_centred_title(chunk, pieces):
                pieces.append(chunk.piece(BlockKind.HEADING, self._unwrapper.join(chunk.lines), 1))
            elif self._in_diff or _SIGNED_LINE.search(f"\n{words}") or self._has_drawing_signs(words):
                pieces.extend(self._parse_chunk(chunk))
            elif may_be_drawn(words):
                pieces.extend(self._parse_lines(chunk))
            else:
                pieces.extend(self._parse_set_in(chunk))
        return _merge_code(pieces)

    def _has_drawing_signs(self, text: str) -> bool:
        """Return whether lines of which none begins with a sign may be drawn or have tabs nevertheless."""
        return any(sign in text for sign in self._drawing_signs)

    def _is_centred_title(self, chunk: Chunk, before: Sequence[Piece]) -> bool:
        return not self._quoted and is_centred_title(chunk.lines) and may_precede_title(before)

    def _parse_flush(self, chunk: Chunk) -> Iterable[Piece]:
        """Parse a chunk that is a heading or a paragraph, as its lines have no signs and are not set in."""
        self._lists.end_list()
        self._in_diff = False
        lines = chunk.lines
        if len(lines) == 1 or self._margin or len(lines[0]) < _MAX_SHORT or lines[0].isupper():
            heading = self._headings.find(lines, self._following)
            if heading:
                return self._parse_heading(chunk, heading)
        if len(lines) == 1 or not has_long(chunk):
            return (chunk.piece(self._prose, self._unwrapper.unwrap(lines), quoted=self._quoted),)
        return parse_paragraphs(chunk, self._unwrapper, self._prose, self._quoted)

    def _parse_set_in(self, chunk: Chunk) -> Iterable[Piece]:
        """Parse a chunk that is a heading, prose or code, as its lines have no signs, some of which are set in."""
        if not self._lists.is_inside(chunk) and (
            heading := self._headings.find(chunk.lines, self._following)
        ):
            self._lists.end_list()
            return self._parse_heading(chunk, heading)
        level = self._lists.continued_level(chunk)
        if self._is_code(chunk, level):
            return (self._code(chunk)._replace(level=level),)
        return self._parse_prose(chunk, level)

    def _parse_chunk(self, chunk: Chunk) -> Iterator[Piece]:
        """Parse a chunk, some of whose lines may belong to lists, quotations, rules, pictures or code."""
        self._in_diff = self._in_diff and all(map(DIFF_LINE.match, chunk.lines))
        if self._in_diff:
            yield self._code(chunk)
            return
        start = diff_start(chunk.lines) if "@@" in chunk.text else None
        if start is not None:
            if start:
                yield from self._parse_chunk(chunk.part(0, start))
            self._lists.end_list()
            self._in_diff = True
            yield self._code(chunk.part(start))
            return
        if ">" not in chunk.text:
            yield from self._parse_lines(chunk)
            return
        quoted = [bool(_QUOTED.match(line)) for line in chunk.lines]
        if any(quoted) and not all(quoted) and is_picture(chunk.lines):
            yield self._code(chunk)
            return
        start = 0
        for is_quoted, group in groupby(quoted):
            end = start + len(list(group))
            part = chunk.part(start, end)
            if is_quoted and self._quoted < _MAX_QUOTATIONS:
                self._lists.end_list()
                lines = [_QUOTED.sub("", line, count=1) for line in part.lines]
                inner = "\n".join(lines)
                yield from BlockParser(
                    list(split_chunks(inner, part.numbers)), inner, self._quoted + 1
                ).parse()
            else:
                yield from self._parse_lines(part)
            start = end

    def _parse_lines(self, chunk: Chunk) -> Iterator[Piece]:
        """Parse lines that are not quoted: the headings that they begin with, and what is below."""
        start = 0
        while underlined := underlined_heading(chunk.lines[start : start + _UNDERLINED_LINES]):
            self._lists.end_list()
            line = start + underlined.line
            yield self._heading(chunk.part(line, line + 1), self._underlines.level(underlined.style))
            start += underlined.end
        rest = chunk.part(start) if start else chunk
        if not rest.lines:
            return
        if len(rest.lines) == 1 and is_rule(rest.lines[0]):
            self._lists.end_list()
            yield self._rule(rest)
        elif not self._lists.is_inside(rest) and (
            heading := self._headings.find(rest.lines, self._following)
        ):
            self._lists.end_list()
            yield from self._parse_heading(rest, heading)
        else:
            yield from self._parse_body(rest)

    def _parse_heading(self, chunk: Chunk, heading: Heading) -> Iterator[Piece]:
        yield self._heading(chunk.part(0, heading.end), heading.level)
        if heading.end < len(chunk.lines):
            yield from self._parse_body(chunk.part(heading.end))

    def _heading(self, chunk: Chunk, level: int) -> Piece:
        lines = [_BLANKS.sub(" ", undecorated(line.strip()) or line.strip()) for line in chunk.lines]
        return chunk.piece(BlockKind.HEADING, self._unwrapper.join(lines), level, quoted=self._quoted)

    def _rule(self, chunk: Chunk) -> Piece:
        return chunk.piece(BlockKind.RULE, keep_lines([RULE]), quoted=self._quoted)

    def _parse_body(self, chunk: Chunk) -> Iterator[Piece]:
        """Parse what is below headings: drawn lines, lists, code or prose, in this order."""
        lines = chunk.lines
        if self._lists.is_contents(lines):
            yield from self._lists.parse_contents(chunk)
        elif _has_table(lines):
            yield from parse_paragraphs(chunk, self._unwrapper, self._prose, self._quoted)
        elif not may_be_drawn("\n".join(map(str.strip, lines))):
            yield from self._parse_undrawn(chunk)
        else:
            pictures = picture_lines(lines)
            for start, end in _divide_pictures(pictures):
                yield from self._parse_drawn(chunk.part(start, end), pictures[start:end])

    def _parse_drawn(self, chunk: Chunk, pictures: Sequence[bool]) -> Iterator[Piece]:
        """Parse drawn lines, of which some lines have parts, or else lists, code or prose."""
        if is_drawn(chunk.lines, pictures) and not divides_words(chunk.lines):
            yield self._code(chunk)
        else:
            yield from self._parse_undrawn(chunk)

    def _parse_undrawn(self, chunk: Chunk) -> Iterator[Piece]:
        """Parse lists, code or prose."""
        if items := self._lists.items(chunk, self._following):
            yield from self._lists.parse(chunk, items)
        else:
            yield from self._parse_text(chunk)

    def _parse_text(self, chunk: Chunk) -> Iterator[Piece]:
        """Parse code or prose, which may be a later paragraph of a list item."""
        level = self._lists.continued_level(chunk)
        if self._is_code(chunk, level):
            yield self._code(chunk)._replace(level=level)
        elif level:
            yield from self._parse_prose(chunk, level)
        else:
            for start, end, is_rule in _rule_bounds(chunk.lines):
                part = chunk.part(start, end)
                if is_rule:
                    self._lists.end_list()
                    yield self._rule(part)
                else:
                    yield from self._parse_prose(part, level)

    def _is_code(self, chunk: Chunk, level: int) -> bool:
        """Return whether a chunk is code, which may be part of the list item of a level; 0 if it is in none."""
        margin = self._lists.content_column(level) if level else self._margin
        return not is_prose(chunk, margin) and not divides_words(chunk.lines)

    def _parse_prose(self, chunk: Chunk, level: int) -> Iterable[Piece]:
        """Parse prose, which may be later paragraphs of the list item of a level; 0 if it is in none."""
        if level:
            found = parse_paragraphs(chunk, self._unwrapper, BlockKind.LIST_ITEM, self._quoted)
            return (piece._replace(level=level) for piece in found)
        self._lists.end_list()
        return parse_paragraphs(chunk, self._unwrapper, self._prose, self._quoted)

    def _code(self, chunk: Chunk) -> Piece:
        lines = [line.rstrip() for line in chunk.lines]
        return chunk.piece(BlockKind.CODE, keep_lines(lines), quoted=self._quoted)


def _rule_bounds(lines: Sequence[str]) -> Iterator[tuple[int, int, bool]]:
    """Divide lines into rules and what is between them, as ranges of indices."""
    start = 0
    for are_rules, group in groupby(lines, key=is_rule):
        end = start + len(list(group))
        if are_rules:
            yield from ((index, index + 1, True) for index in range(start, end))
        else:
            yield start, end, False
        start = end


def _has_table(lines: Sequence[str]) -> bool:
    """Return whether two adjacent lines that are not set in have the same number of tabs inside."""
    if "\t" not in "".join(lines) or all(line[:1].isspace() for line in lines):
        return False
    tabs = [line.strip().count("\t") for line in lines]
    return any(one and one == other for one, other in pairwise(tabs))


def _divide_pictures(pictures: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Divide lines into runs of enough lines with parts of a picture and what is between them, as ranges of indices."""
    start = end = 0
    for drawn, group in groupby(pictures):
        size = len(list(group))
        if drawn and size >= MIN_PICTURE:
            if start < end:
                yield start, end
            yield end, end + size
            start = end + size
        end += size
    if start < end:
        yield start, end


def _merge_code(pieces: Iterable[Piece]) -> list[Piece]:
    """Merge adjacent blocks of code, and remove the indent that all their lines have."""
    merged: list[Piece] = []
    code: list[Piece] = []
    for piece in pieces:
        if code and (piece.kind is not BlockKind.CODE or piece.quoted != code[0].quoted):
            merged.append(_dedented(code))
            code = []
        (code if piece.kind is BlockKind.CODE else merged).append(piece)
    return [*merged, _dedented(code)] if code else merged


def _dedented(pieces: Sequence[Piece]) -> Piece:
    """Return adjacent blocks of code as one block without the indent that all their lines have."""
    lines: list[str] = []
    numbers: list[int] = []
    for piece in pieces:
        own = [number for _offset, number in piece.lines]
        if numbers and numbers[-1] + 1 < own[0]:
            lines.append("")
            numbers.append(numbers[-1] + 1)
        lines += piece.text.split("\n")
        numbers += own
    filled = [line for line in lines if line]
    first, last = min(filled), max(filled)  # all lines share what these two share
    width = 0
    while width < min(len(first), len(last)) and first[width] == last[width] and first[width].isspace():
        width += 1
    joined = keep_lines([line[width:] for line in lines])
    return pieces[0]._replace(text=joined.text, lines=list(zip(joined.offsets, numbers, strict=True)))
