"""The reader of plain text: paragraphs, a title, lists, quotations, tables and preformatted lines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from operator import attrgetter
from textwrap import dedent
from typing import Final

from pactreader.core.article import BLOCK_SEPARATOR, Article, Block, BlockKind, Piece
from pactreader.formats.decoding import decode
from pactreader.formats.language_detection import guess_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.hard_wraps import Unwrapper, cells, join_lines

RULE: Final = "* * *"
"""The text of a rule."""

_MAX_TITLE: Final = 120
"""The greatest length of a title in code points. The longest headlines of news sites have about 110."""
_MAX_WRAP_WIDTH: Final = 120
"""The greatest width of hard-wrapped lines in cells. A longer line is a paragraph."""
_SAMPLE_SIZE: Final = 200
"""The approximate number of paragraphs that are measured for the width of the text."""
_MAX_QUOTATIONS: Final = 12
"""The greatest number of `>` that are parsed as quotations. Further ones stay in the text."""
_MIN_PROSE_LENGTH: Final = 40
"""The least length of an indented line of prose in code points. Lines of verse and code are shorter."""

_BLANK_LINE: Final = re.compile(r"\n[^\S\n]+(?=\n)")
_MARKED: Final = re.compile(r"[\s>*+•‣◦▪·=_~#-]|\(?\w{1,3}[.)]\s")
"""The beginning of a line that may belong to a list, a quotation, a rule or code, not to a paragraph."""
_PARAGRAPH_BREAK: Final = re.compile(BLOCK_SEPARATOR)
_MARKED_PARAGRAPH: Final = re.compile(rf"\n\n(?={_MARKED.pattern})")
_MARKED_LINE: Final = re.compile(rf"\n(?:{_MARKED.pattern})")
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


def read_text(data: bytes, origin: Origin) -> Article:
    """Read a plain text file.

    Raises:
        UnreadableError: It is not text, or it is empty.
    """
    text, encoding, warning = decode(data, origin.name, origin.options.encoding)
    article = parse_text(text, title=origin.title, source=origin.source, warning=warning)
    return replace(article, encoding=encoding)


def parse_text(text: str, *, title: str, source: str = "", warning: str = "") -> Article:
    """Parse a plain text.

    Blank lines separate paragraphs, and hard-wrapped lines of a paragraph are joined; verse and addresses keep their
    lines. Lines too long to be hard-wrapped, and lines indented like the first line of a paragraph in a book, are
    paragraphs of their own. A short first line is the title.

    Args:
        text: Printable, with Unix line ends.
        title: The article's title if the text has none.
        source: The article's source.
        warning: The article's warning.
    """
    language = guess_language(text)
    plain = text.strip("\n")
    if paragraphs := _one_line_paragraphs(plain):
        first = Piece(BlockKind.PARAGRAPH, plain[: paragraphs[0].end])
        if len(paragraphs) > 1 and _is_title(first):
            title, paragraphs[0] = first.text, paragraphs[0]._replace(kind=BlockKind.HEADING, level=1)
        blocks = tuple(paragraphs)
        return Article(title, plain, blocks, source=source, language=language, warning=warning)
    pieces = _with_title(_merge_code(_parse_blocks(text)))
    if pieces and pieces[0].kind is BlockKind.HEADING:
        title = pieces[0].text
    return Article.assemble(pieces, title=title, source=source, language=language, warning=warning)


def _one_line_paragraphs(text: str) -> list[Block]:
    """Return the blocks of a text that consists of paragraphs on one line each; none for any other text.

    Most large texts do, and this is three times as fast as parsing them in general.
    """
    breaks = [found.start() for found in _PARAGRAPH_BREAK.finditer(text)]
    if not text or "\t" in text or text.count("\n") != len(BLOCK_SEPARATOR) * len(breaks):
        return []
    if _MARKED.match(text) or _MARKED_PARAGRAPH.search(text):
        return []
    starts = [0, *(end + len(BLOCK_SEPARATOR) for end in breaks)]
    ends = [*breaks, len(text)]
    if any(text[end - 1].isspace() for end in ends):
        return []
    return [Block(BlockKind.PARAGRAPH, start, end) for start, end in zip(starts, ends, strict=True)]


def _parse_blocks(text: str, quoted: int = 0) -> Iterator[Piece]:
    """Parse the blocks of a text that is inside a number of quotations. The title is a paragraph still."""
    kind = BlockKind.QUOTATION if quoted else BlockKind.PARAGRAPH
    chunks = _BLANK_LINE.sub("\n", text).strip("\n").split("\n\n")
    unwrapper = Unwrapper(_sample(chunks))
    list_parser = _ListParser(quoted, unwrapper)
    for chunk in chunks:
        if _MARKED.match(chunk) or _MARKED_LINE.search(chunk):
            yield from _parse_chunk(chunk.strip("\n"), list_parser, kind)
        elif chunk:
            list_parser.end_list()
            if "\n" in chunk:
                yield from _parse_paragraph(chunk.split("\n"), unwrapper, kind, quoted)
            else:
                yield Piece(kind, chunk.rstrip(), 0, "", quoted)


def _sample(chunks: list[str]) -> Iterator[list[str]]:
    """Return the lines of paragraphs spread evenly over a text."""
    paragraphs = [chunk for chunk in chunks if "\n" in chunk]
    return (chunk.strip("\n").split("\n") for chunk in paragraphs[:: len(paragraphs) // _SAMPLE_SIZE + 1])


def _parse_chunk(chunk: str, list_parser: "_ListParser", kind: BlockKind) -> Iterator[Piece]:
    """Parse lines without blank lines between them, some of which may belong to lists, quotations, rules or code."""
    quoted = list_parser.quoted
    for is_quoted, group in groupby(chunk.split("\n"), key=lambda line: bool(_QUOTED.match(line))):
        lines = list(group)
        if is_quoted and quoted < _MAX_QUOTATIONS:
            list_parser.end_list()
            yield from _parse_blocks("\n".join(_QUOTED.sub("", line, count=1) for line in lines), quoted + 1)
        elif list_parser.has_items(lines):
            yield from list_parser.parse(lines)
        elif _is_code(lines):
            yield Piece(BlockKind.CODE, "\n".join(line.rstrip() for line in lines), quoted=quoted)
        else:
            list_parser.end_list()
            yield from _parse_prose(lines, list_parser.unwrapper, kind, quoted)


def _parse_prose(lines: list[str], unwrapper: Unwrapper, kind: BlockKind, quoted: int) -> Iterator[Piece]:
    """Parse headings, rules and paragraphs."""
    if len(lines) > 1 and _UNDERLINE.fullmatch(lines[1]) and not _RULE.fullmatch(lines[0].strip()):
        level = 1 if lines[1].startswith("=") else 2
        yield Piece(BlockKind.HEADING, lines[0].strip(), level, quoted=quoted)
        lines = lines[2:]
    for start, end in _paragraph_bounds(lines):
        paragraph = lines[start:end]
        if len(paragraph) == 1 and _RULE.fullmatch(paragraph[0].strip()):
            yield Piece(BlockKind.RULE, RULE, quoted=quoted)
        else:
            yield from _parse_paragraph(paragraph, unwrapper, kind, quoted)


def _parse_paragraph(lines: list[str], unwrapper: Unwrapper, kind: BlockKind, quoted: int) -> Iterator[Piece]:
    """Parse the lines of a paragraph. Some may be tables; long ones are paragraphs of their own."""
    if "\t" in "\n".join(lines) and any("\t" in line.strip() for line in lines):
        yield from _parse_columns(lines, unwrapper, kind, quoted)
    elif _has_long(lines):
        yield from (Piece(kind, line.strip(), 0, "", quoted) for line in lines)
    else:
        yield Piece(kind, unwrapper.unwrap(lines), 0, "", quoted)


def _parse_columns(lines: list[str], unwrapper: Unwrapper, kind: BlockKind, quoted: int) -> Iterator[Piece]:
    """Parse lines of which some have tabs. Adjacent lines with the same number of tabs are a table, others prose."""
    rows = ["\t".join(map(str.strip, line.strip().split("\t"))) for line in lines]
    around: list[str] = []
    for tabs, group in groupby(rows, key=lambda row: row.count("\t")):
        alike = list(group)
        if tabs and len(alike) > 1:
            yield Piece(kind, "\n".join(around), 0, "", quoted)
            yield Piece(BlockKind.TABLE, "\n".join(alike), 0, "", quoted)
            around = []
        else:
            around.append(unwrapper.unwrap(alike))
    yield Piece(kind, "\n".join(around), 0, "", quoted)


def _paragraph_bounds(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Divide lines into paragraphs, as ranges of indices. An indented line begins one, but not in a hanging indent."""
    if _has_long(lines):
        starts = list(range(len(lines)))
    else:
        flush = any(not line[:1].isspace() for line in lines)
        starts = [index for index, line in enumerate(lines) if flush and line[:1].isspace()]
        if not starts or len(starts) == len(lines) - 1:  # a hanging indent, or no indent
            starts = []
    bounds = sorted({0, len(lines), *starts})
    return pairwise(bounds)


def _has_long(lines: list[str]) -> bool:
    longest = max(lines, key=len, default="")
    return len(longest) > _MAX_WRAP_WIDTH / 2 and cells(longest) > _MAX_WRAP_WIDTH


def _is_code(lines: list[str]) -> bool:
    """Return whether lines are indented to be kept as lines: code, verse, a table, an address."""
    if not all(_INDENTED.match(line) for line in lines):
        return False
    words = [line.strip() for line in lines]
    if all(_RULE.fullmatch(line) for line in words):
        return False
    long = all(len(line) >= _MIN_PROSE_LENGTH for line in words[:-1] or words)
    return not (long and words[0][0].isupper() and _ends_sentence(words[-1]))


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSERS).endswith((*_SENTENCE_ENDS, "!", "?", "…"))


class _ListParser:
    """A parser of lists, whose items may be separated by blank lines."""

    def __init__(self, quoted: int, unwrapper: Unwrapper) -> None:
        self.quoted = quoted
        self.unwrapper = unwrapper
        self._indents: list[int] = []
        """The indents of the present list's levels, in columns; empty outside of a list."""

    def end_list(self) -> None:
        """End the present list, if there is one."""
        self._indents.clear()

    def has_items(self, lines: list[str]) -> bool:
        """Return whether there are list items among lines without blank lines between them.

        After other lines there must be two of them, or a colon before them, as a line of a paragraph may begin with a
        dash or a number.
        """
        found = [index for index, line in enumerate(lines) if _ITEM.match(line)]
        if not found or _RULE.fullmatch(lines[found[0]].strip()):
            return False
        first = found[0]
        if not self._indents and _INDENTED.match(lines[first]):
            return False
        return first == 0 or len(found) > 1 or lines[first - 1].rstrip().endswith(":")

    def parse(self, lines: list[str]) -> Iterator[Piece]:
        """Parse the paragraph before the first item, if there is one, and the items."""
        starts = [index for index, line in enumerate(lines) if _ITEM.match(line)]
        if starts[0]:
            self.end_list()
            kind = BlockKind.QUOTATION if self.quoted else BlockKind.PARAGRAPH
            yield Piece(kind, self.unwrapper.unwrap(lines[: starts[0]]), quoted=self.quoted)
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            match = _ITEM.match(lines[start])
            assert match is not None
            level = self._level(len(match["indent"].expandtabs(4)))
            marker = match["marker"]
            if marker[-1] not in ".)":
                marker = _BULLETS[(level - 1) % len(_BULLETS)]
            text = self._item_text([lines[start][match.end() :], *lines[start + 1 : end]])
            yield Piece(BlockKind.LIST_ITEM, text, level, marker, self.quoted)

    def _item_text(self, lines: list[str]) -> str:
        """Join the lines of an item, always if the later ones are indented, as they were hard-wrapped then."""
        hanging = all(line[:1].isspace() for line in lines[1:])
        return join_lines(lines) if hanging else self.unwrapper.unwrap(lines)

    def _level(self, indent: int) -> int:
        """Return the level of the next item, from 1, by its indent in columns."""
        while self._indents and indent < self._indents[-1]:
            self._indents.pop()
        if not self._indents or indent > self._indents[-1] + 1:
            self._indents.append(indent)
        return len(self._indents)


def _merge_code(pieces: Iterable[Piece]) -> list[Piece]:
    """Merge adjacent blocks of code, and remove the indent that all their lines have."""
    merged: list[Piece] = []
    for kind, group in groupby(pieces, key=attrgetter("kind")):
        if kind is BlockKind.CODE:
            code = list(group)
            merged.append(code[0]._replace(text=dedent("\n\n".join(piece.text for piece in code))))
        else:
            merged.extend(group)
    return merged


def _with_title(pieces: list[Piece]) -> list[Piece]:
    """Make a short first line a heading."""
    if len(pieces) > 1 and _is_title(pieces[0]):
        pieces[0] = Piece(BlockKind.HEADING, pieces[0].text.strip(), 1)
    return pieces


def _is_title(piece: Piece) -> bool:
    """Return whether the first block is a title: short, on one line, and no sentence."""
    line = piece.text.strip()
    return (
        piece.kind in {BlockKind.PARAGRAPH, BlockKind.CODE}
        and not piece.quoted
        and len(line) <= _MAX_TITLE
        and "\n" not in line
        and any(map(str.isalnum, line))
        and not line.endswith(_SENTENCE_ENDS)
    )
