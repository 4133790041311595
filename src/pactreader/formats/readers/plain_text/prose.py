"""Prose of a plain text: where its paragraphs begin, and whether set-in lines are prose or code."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from pactreader.core.article import BlockKind, Piece
from pactreader.formats.readers.hard_wraps import JoinedLines, Unwrapper, cells, keep_lines
from pactreader.formats.readers.plain_text.chunks import Chunk
from pactreader.formats.readers.plain_text.code_lines import looks_like_code
from pactreader.formats.readers.plain_text.headings import ends_sentence

_MAX_WRAP_WIDTH: Final = 120
"""The greatest width of hard-wrapped lines in cells. A longer line is a paragraph."""
_MIN_PROSE_WIDTH: Final = 40
"""The least width of a set-in line of prose in cells. Lines of verse and code are shorter."""
_SET_IN: Final = 4
"""The indent in columns, from the margin, from which lines are set in."""
_CENTRED: Final = 12
"""The indent from which a line is centred or set to the right, as no code is."""
_SAMPLE: Final = 400
"""The number of code points of some lines whose letters are counted."""
_MIN_WORDS: Final = 3
_IDEOGRAPHIC_SPACE: Final = "\u3000"

_PARAGRAPH_ENDS: Final = frozenset(".!?:…—»>\"'”’)*_。！？：」』）؟।۔")
"""The last characters of paragraphs. A line of verse that ends otherwise goes on in the next one, set in or not."""
_LETTERS_ONLY: Final = re.compile(r"[\"'“‘«(]?[\w'’“”\"-]+(?:[,:]?\s+[\w.,'’“”\"()&—–-]+)+[.!?]?")


def is_prose(chunk: Chunk, margin: int) -> bool:
    """Return whether a chunk is prose, and not code, verse or an address whose lines have to stay.

    Lines at the margin are prose unless they look like code. Set-in ones are, if they are full or are a sentence; in
    scripts without capitals also if they are short, as few programs are written in those.
    """
    lines, indents = chunk.lines, chunk.indents
    own = min(indents) - margin
    if own < _SET_IN:
        alike = own <= 0 and min(indents) == max(indents)
        return alike or not looks_like_code(lines)
    if looks_like_code(lines):
        return False
    if len(lines) > 1 and indents[0] + 2 <= min(indents[1:]) and not _is_full(lines[0]):
        lines = lines[1:]  # a term, and its definition
    if _is_caseless("".join(lines)):
        return True
    words = [line.strip() for line in lines]
    if len(words) == 1:
        return _is_sentence(words[0]) or (own >= _CENTRED and " " in words[0]) or _is_phrase(words[0])
    return all(map(_is_full, words[:-1]))


def _is_full(line: str) -> bool:
    words = line.strip()
    return cells(words) >= _MIN_PROSE_WIDTH and words.count(" ") >= _MIN_WORDS


def _is_sentence(line: str) -> bool:
    ends = ends_sentence(line) or line.rstrip("\"'”’»)]").endswith(("!", "?", "…"))
    return ends and line.count(" ") >= _MIN_WORDS - 1


def _is_phrase(line: str) -> bool:
    return line[0].isupper() and bool(_LETTERS_ONLY.fullmatch(line[:_SAMPLE]))


def _is_caseless(text: str) -> bool:
    """Return whether most letters have no capitals."""
    if text.isascii():
        return False
    letters = [letter for letter in text[:_SAMPLE] if letter.isalpha()]
    return 2 * sum(letter.lower() == letter.upper() for letter in letters) > len(letters)


def parse_paragraphs(chunk: Chunk, unwrapper: Unwrapper, kind: BlockKind, quoted: int) -> Iterator[Piece]:
    """Parse lines of prose: one paragraph or several. Some lines may be tables with tabs."""
    for start, end in _paragraph_bounds(chunk, unwrapper):
        part = chunk.part(start, end)
        if "\t" in part.text and any("\t" in line.strip() for line in part.lines):
            yield from _parse_columns(part, unwrapper, kind, quoted)
        else:
            yield part.piece(kind, unwrapper.unwrap(part.lines), quoted=quoted)


def _parse_columns(chunk: Chunk, unwrapper: Unwrapper, kind: BlockKind, quoted: int) -> Iterator[Piece]:
    """Parse lines of which some have tabs. Adjacent lines with the same number of tabs are a table, others prose."""
    rows = ["\t".join(map(str.strip, line.strip().split("\t"))) for line in chunk.lines]
    around: list[JoinedLines] = []
    start = end = 0
    for tabs, group in groupby(rows, key=lambda row: row.count("\t")):
        alike = list(group)
        if tabs and len(alike) > 1:
            if around:
                yield chunk.part(start, end).piece(kind, _stacked(around), quoted=quoted)
            start = end + len(alike)
            yield chunk.part(end, start).piece(BlockKind.TABLE, keep_lines(alike), quoted=quoted)
            around = []
        else:
            around.append(unwrapper.unwrap(alike))
        end += len(alike)
    if around:
        yield chunk.part(start, end).piece(kind, _stacked(around), quoted=quoted)


def _stacked(parts: Sequence[JoinedLines]) -> JoinedLines:
    """Return texts on lines of their own."""
    offsets: list[int] = []
    length = 0
    for part in parts:
        offsets += [length + offset for offset in part.offsets]
        length += len(part.text) + 1
    return JoinedLines("\n".join([part.text for part in parts]), offsets)


def _paragraph_bounds(chunk: Chunk, unwrapper: Unwrapper) -> Iterator[tuple[int, int]]:
    """Divide a chunk into paragraphs, as ranges of indices. An indented line begins one, but not in a hanging indent."""
    lines = chunk.lines
    if has_long(chunk) or _is_line_by_line(chunk, unwrapper):
        starts = list(range(len(lines)))
    else:
        set_in = [index for index, indent in enumerate(chunk.indents) if indent]
        if len(set_in) in {0, len(lines) - 1, len(lines)}:  # no indent, a hanging one, or that of all
            starts = []
        else:
            starts = [
                index for index in set_in if not index or lines[index - 1].rstrip()[-1] in _PARAGRAPH_ENDS
            ]
            starts += _dialogue(lines, set(starts))
    bounds = sorted({0, len(lines), *starts})
    return pairwise(bounds)


def _dialogue(lines: Sequence[str], starts: set[int]) -> list[int]:
    """Return the lines of dialogue that are not set in beside paragraphs that are, as in books in Japanese."""
    return [
        index
        for index in range(1, len(lines))
        if index not in starts
        and lines[index][0] in "「『（"
        and lines[index - 1].rstrip()[-1] in _PARAGRAPH_ENDS
    ]


def _is_line_by_line(chunk: Chunk, unwrapper: Unwrapper) -> bool:
    """Return whether each line is a paragraph, as in novels of East Asia: all are set in, and most end a sentence."""
    lines, indents = chunk.lines, chunk.indents
    if len(lines) < 2 or not 0 < min(indents) == max(indents):
        return False
    if not _is_caseless("".join(lines)) or unwrapper.wraps(lines):
        return False
    ends = sum(ends_sentence(line) or line.rstrip()[-1] in "！？…!?”」』" for line in lines)
    return ends > len(lines) / 2


def has_long(chunk: Chunk) -> bool:
    """Return whether lines are too long to be hard-wrapped."""
    return max(map(len if chunk.text.isascii() else cells, chunk.lines)) > _MAX_WRAP_WIDTH
