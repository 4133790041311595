"""Plain text as an article: paragraphs, a title, lists, quotations and what must keep its lines."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from operator import attrgetter
from textwrap import dedent
from typing import Final

from pactreader.core.article import BLOCK_SEPARATOR, Article, Block, BlockKind, Piece
from pactreader.formats.readers.hard_wraps import Wrapping, cells, unwrapped
from pactreader.formats.script_detection import language_of

RULE: Final = "* * *"

_LONGEST_TITLE: Final = 120
"""Code points. The longest headlines of news sites are near 110."""
_WIDEST_WRAP: Final = 120
"""Columns. Lines longer than this were not wrapped by hand: each is a paragraph."""
_SAMPLE: Final = 200
"""Paragraphs measured for the width of the text."""
_DEEPEST_QUOTATION: Final = 12
"""Marks of an answer to an answer that are read as such. Deeper ones stay in the text."""
_PROSE_WIDTH: Final = 40
"""Columns that an indented line has at least to be a line of prose. Verse and code are shorter."""

_BLANK_LINE: Final = re.compile(r"\n[^\S\n]+(?=\n)")
_SPECIAL: Final = re.compile(r"[\s>*+•‣◦▪·=_~#-]|\(?\w{1,3}[.)]\s")
"""What no line begins with in a paragraph that is nothing else."""
_PARAGRAPH_BREAK: Final = re.compile(BLOCK_SEPARATOR)
_SPECIAL_PARAGRAPH: Final = re.compile(rf"\n\n(?={_SPECIAL.pattern})")
_SPECIAL_LATER: Final = re.compile(rf"\n(?:{_SPECIAL.pattern})")
_ITEM: Final = re.compile(
    r"(?P<indent>[ \t]*)(?P<marker>[-*+•‣◦▪·]|\d{1,3}[.)]|\([0-9A-Za-z]{1,3}\)|[a-z]\))[ \t]+(?=\S)"
)
_BULLETS: Final = "•◦▪"
_RULE: Final = re.compile(r"([-*_=~#])(?:[ \t]*\1){2,}|\*")
_UNDERLINE: Final = re.compile(r"(={3,}|-{3,})[ \t]*")
_INDENTED: Final = re.compile(r" {4}| {0,3}\t")
_QUOTED: Final = re.compile(r"[ \t]{0,3}> ?")
_SENTENCE_ENDS: Final = (".", ";", ",", ":", "。", "；", "，", "：", "、", "؟", "।")
_CLOSERS: Final = "\"'”’»)]"


def read_text(text: str, *, name: str, source: str = "", warning: str = "") -> Article:
    """The article in a plain text.

    Paragraphs are parted by blank lines, and the lines of each are joined where they were wrapped: those of verse
    and of addresses end where they end. But lines too long to be wrapped by hand, and lines set in like the first
    line of a paragraph in a book, are paragraphs themselves. A short first line is the title.

    Args:
        text: Printable, with Unix line ends.
        name: The title where the text has none.
        source: Where the text is from.
        warning: What the reader should know about how it was read.
    """
    language = language_of(text)
    plain = text.strip("\n")
    if paragraphs := _one_line_paragraphs(plain):
        first = Piece(BlockKind.PARAGRAPH, plain[: paragraphs[0].end])
        if len(paragraphs) > 1 and _is_title(first):
            name, paragraphs[0] = first.text, paragraphs[0]._replace(kind=BlockKind.HEADING, level=1)
        blocks = tuple(paragraphs)
        return Article(name, plain, blocks, source=source, language=language, warning=warning)
    pieces = _titled(_merged(_pieces(text)))
    title = pieces[0].text if pieces and pieces[0].kind is BlockKind.HEADING else name
    return Article.assemble(pieces, title=title, source=source, language=language, warning=warning)


def _one_line_paragraphs(text: str) -> list[Block]:
    """The blocks of a text that is nothing but paragraphs, a line each and a blank line between; none of another text.

    Most large texts are of this kind, and their paragraphs are found three times as fast in one go.
    """
    breaks = [found.start() for found in _PARAGRAPH_BREAK.finditer(text)]
    if not text or "\t" in text or text.count("\n") != len(BLOCK_SEPARATOR) * len(breaks):
        return []
    if _SPECIAL.match(text) or _SPECIAL_PARAGRAPH.search(text):
        return []
    starts = [0, *(end + len(BLOCK_SEPARATOR) for end in breaks)]
    ends = [*breaks, len(text)]
    if any(text[end - 1].isspace() for end in ends):
        return []
    return [Block(BlockKind.PARAGRAPH, start, end) for start, end in zip(starts, ends, strict=True)]


def _pieces(text: str, quoted: int = 0) -> Iterator[Piece]:
    """The blocks of a text, the title not yet told from a paragraph."""
    kind = BlockKind.QUOTATION if quoted else BlockKind.PARAGRAPH
    chunks = _BLANK_LINE.sub("\n", text).strip("\n").split("\n\n")
    wrapping = Wrapping(_sample(chunks))
    items = _Items(quoted, wrapping)
    for chunk in chunks:
        if _SPECIAL.match(chunk) or _SPECIAL_LATER.search(chunk):
            yield from _read_chunk(chunk.strip("\n"), items, kind)
        elif chunk:
            items.end()
            if "\n" in chunk:
                yield from _read_lines(chunk.split("\n"), wrapping, kind, quoted)
            else:
                yield Piece(kind, chunk.rstrip(), 0, "", quoted)


def _sample(chunks: list[str]) -> Iterator[list[str]]:
    """The lines of paragraphs from all over a text."""
    selected_ids = [chunk for chunk in chunks if "\n" in chunk]
    return (chunk.strip("\n").split("\n") for chunk in selected_ids[:: len(selected_ids) // _SAMPLE + 1])


def _read_chunk(chunk: str, items: "_Items", kind: BlockKind) -> Iterator[Piece]:
    """The blocks of lines with no blank line between them."""
    quoted = items.quoted
    for is_quoted, group in groupby(chunk.split("\n"), key=lambda line: bool(_QUOTED.match(line))):
        lines = list(group)
        if is_quoted and quoted < _DEEPEST_QUOTATION:
            items.end()
            yield from _pieces("\n".join(_QUOTED.sub("", line, count=1) for line in lines), quoted + 1)
        elif items.begin_in(lines):
            yield from items.read(lines)
        elif _is_code(lines):
            yield Piece(BlockKind.CODE, "\n".join(line.rstrip() for line in lines), quoted=quoted)
        else:
            items.end()
            yield from _read_prose(lines, items.wrapping, kind, quoted)


def _read_prose(lines: list[str], wrapping: Wrapping, kind: BlockKind, quoted: int) -> Iterator[Piece]:
    """Headings, rules and paragraphs."""
    if len(lines) > 1 and _UNDERLINE.fullmatch(lines[1]) and not _RULE.fullmatch(lines[0].strip()):
        level = 1 if lines[1].startswith("=") else 2
        yield Piece(BlockKind.HEADING, lines[0].strip(), level, quoted=quoted)
        lines = lines[2:]
    for start, end in _paragraphs(lines):
        paragraph = lines[start:end]
        if len(paragraph) == 1 and _RULE.fullmatch(paragraph[0].strip()):
            yield Piece(BlockKind.RULE, RULE, quoted=quoted)
        else:
            yield from _read_lines(paragraph, wrapping, kind, quoted)


def _read_lines(lines: list[str], wrapping: Wrapping, kind: BlockKind, quoted: int) -> Iterator[Piece]:
    """A paragraph; or the tables in it, or the paragraphs that its lines are."""
    if "\t" in "\n".join(lines) and any("\t" in line.strip() for line in lines):
        yield from _read_columns(lines, wrapping, kind, quoted)
    elif _has_long(lines):
        yield from (Piece(kind, line.strip(), 0, "", quoted) for line in lines)
    else:
        yield Piece(kind, wrapping.undone(lines), 0, "", quoted)


def _read_columns(lines: list[str], wrapping: Wrapping, kind: BlockKind, quoted: int) -> Iterator[Piece]:
    """Lines of which some are parted by tabs: a table, where several have as many, and what stands around it."""
    rows = ["\t".join(map(str.strip, line.strip().split("\t"))) for line in lines]
    around: list[str] = []
    for tabs, group in groupby(rows, key=lambda row: row.count("\t")):
        alike = list(group)
        if tabs and len(alike) > 1:
            yield Piece(kind, "\n".join(around), 0, "", quoted)
            yield Piece(BlockKind.TABLE, "\n".join(alike), 0, "", quoted)
            around = []
        else:
            around.append(wrapping.undone(alike))
    yield Piece(kind, "\n".join(around), 0, "", quoted)


def _paragraphs(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Where the paragraphs in some lines begin and end."""
    if _has_long(lines):
        starts = list(range(len(lines)))
    else:
        flush = any(not line[:1].isspace() for line in lines)
        starts = [index for index, line in enumerate(lines) if flush and line[:1].isspace()]
        if not starts or len(starts) == len(lines) - 1:  # a hanging indent, or none
            starts = []
    bounds = sorted({0, len(lines), *starts})
    return pairwise(bounds)


def _has_long(lines: list[str]) -> bool:
    longest = max(lines, key=len, default="")
    return len(longest) > _WIDEST_WRAP / 2 and cells(longest) > _WIDEST_WRAP


def _is_code(lines: list[str]) -> bool:
    """Whether these lines are set in to keep their ends: code, verse, a table, an address."""
    if not all(_INDENTED.match(line) for line in lines):
        return False
    words = [line.strip() for line in lines]
    if all(_RULE.fullmatch(line) for line in words):
        return False
    long = all(len(line) >= _PROSE_WIDTH for line in words[:-1] or words)
    return not (long and words[0][0].isupper() and _ends_sentence(words[-1]))


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSERS).endswith((*_SENTENCE_ENDS, "!", "?", "…"))


class _Items:
    """The list that a text is in, if any: its levels are told by how far the markers are set in."""

    def __init__(self, quoted: int, wrapping: Wrapping) -> None:
        self.quoted = quoted
        self.wrapping = wrapping
        self._indents: list[int] = []

    def end(self) -> None:
        """Here is something else than an item."""
        self._indents.clear()

    def begin_in(self, lines: list[str]) -> bool:
        """Whether there are items in these lines.

        In the middle of a paragraph, a dash or a number at the beginning of one line is only that: it takes two,
        or a colon before it.
        """
        found = [index for index, line in enumerate(lines) if _ITEM.match(line)]
        if not found or _RULE.fullmatch(lines[found[0]].strip()):
            return False
        first = found[0]
        if not self._indents and _INDENTED.match(lines[first]):
            return False
        return first == 0 or len(found) > 1 or lines[first - 1].rstrip().endswith(":")

    def read(self, lines: list[str]) -> Iterator[Piece]:
        """The items in these lines, and the paragraph before them."""
        starts = [index for index, line in enumerate(lines) if _ITEM.match(line)]
        if starts[0]:
            self.end()
            kind = BlockKind.QUOTATION if self.quoted else BlockKind.PARAGRAPH
            yield Piece(kind, self.wrapping.undone(lines[: starts[0]]), quoted=self.quoted)
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            match = _ITEM.match(lines[start])
            assert match is not None
            level = self._level(len(match["indent"].expandtabs(4)))
            marker = match["marker"]
            if marker[-1] not in ".)":
                marker = _BULLETS[(level - 1) % len(_BULLETS)]
            text = self._text([lines[start][match.end() :], *lines[start + 1 : end]])
            yield Piece(BlockKind.LIST_ITEM, text, level, marker, self.quoted)

    def _text(self, lines: list[str]) -> str:
        """The text of an item, whose lines were wrapped if they are set in."""
        hanging = all(line[:1].isspace() for line in lines[1:])
        return unwrapped(lines) if hanging else self.wrapping.undone(lines)

    def _level(self, indent: int) -> int:
        while self._indents and indent < self._indents[-1]:
            self._indents.pop()
        if not self._indents or indent > self._indents[-1] + 1:
            self._indents.append(indent)
        return len(self._indents)


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    """The blocks, with code that is parted only by blank lines in one, and set in no more than it needs."""
    merged: list[Piece] = []
    for kind, group in groupby(pieces, key=attrgetter("kind")):
        if kind is BlockKind.CODE:
            code = list(group)
            merged.append(code[0]._replace(text=dedent("\n\n".join(piece.text for piece in code))))
        else:
            merged.extend(group)
    return merged


def _titled(pieces: list[Piece]) -> list[Piece]:
    """The blocks, with a short first line as the title."""
    if len(pieces) > 1 and _is_title(pieces[0]):
        pieces[0] = Piece(BlockKind.HEADING, pieces[0].text.strip(), 1)
    return pieces


def _is_title(piece: Piece) -> bool:
    """Whether a first block is a title: short, on one line, and no sentence."""
    line = piece.text.strip()
    return (
        piece.kind in {BlockKind.PARAGRAPH, BlockKind.CODE}
        and not piece.quoted
        and len(line) <= _LONGEST_TITLE
        and "\n" not in line
        and any(map(str.isalnum, line))
        and not line.endswith(_SENTENCE_ENDS)
    )
