"""The title of a plain text: a field of its head, a short first line, a centred line, or the first heading."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from pactreader.core.article import BlockKind, Piece
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.formats.readers.hard_wraps import cells
from pactreader.formats.readers.plain_text.chunks import indent
from pactreader.formats.readers.plain_text.drawn_lines import has_gap, is_picture_line
from pactreader.formats.readers.plain_text.headings import ends_sentence, heading_number, named_level

_MAX_TITLE: Final = 120
"""The greatest length of a title in code points. The longest headlines of news sites have about 110."""
MAX_HEAD: Final = 8
"""The number of first blocks that may have fields or be a centred title."""
_MAX_FIELDS: Final = 30
"""The number of lines of a block that may be fields."""
_MAX_FIELD: Final = 400
"""The number of code points of a field that are examined."""
_MAX_TITLE_LINES: Final = 4
_MAX_TITLE_LINE: Final = 72
"""The greatest width in cells of a title above another line, and of that line."""
_MIN_CENTRED: Final = 8
"""The least indent of a centred line in columns."""
_CENTRES: Final = (26, 46)
"""The columns in which the middle of a centred line may be, for widths from 60 to 85 columns."""
_BYLINE: Final = lazy_pattern(r"(?:by|von|par|de|por|di|av|af|door|przez|от)\s", re.IGNORECASE)
"""The beginning of a line with the author of what is above."""
_FIELD: Final = lazy_pattern(
    r"^(?:Title|Subject|Titel|Betreff|Titre|Objet|Título|Asunto|Titolo|Oggetto|Заглавие|Название|Тема|标题|標題|题名|題名"
    r"|件名|タイトル|제목)[ \t]*[:：][ \t]*(?P<title>\S.*(?:\n[ \t]+\S.*){0,3})$",
    re.MULTILINE | re.IGNORECASE,
)


def field_title(chunks: Iterable[Sequence[str]]) -> str:
    """Return the title that a field in some chunks of lines names, such as `Title:` or `Subject:`; empty for none."""
    for lines in chunks:
        found = _FIELD.search("\n".join(line[:_MAX_FIELD] for line in lines[:_MAX_FIELDS]))
        if found and len(title := " ".join(found["title"].split())) <= 2 * _MAX_TITLE:
            return title
    return ""


def is_title(piece: Piece) -> bool:
    """Return whether the first block is a title: short, on one line, and no sentence, chapter or section."""
    line = piece.text.strip()
    return (
        piece.kind in {BlockKind.PARAGRAPH, BlockKind.CODE, BlockKind.HEADING}
        and not piece.quoted
        and len(line) <= _MAX_TITLE
        and "\n" not in line
        and any(map(str.isalnum, line))
        and not ends_sentence(line)
        and not (piece.kind is BlockKind.HEADING and (named_level(line) or heading_number(line)))
    )


def divide_title(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the first of some pieces, or two in its place if it is a title above a line with the author or a date."""
    if len(pieces) < 2 or pieces[0].kind is not BlockKind.PARAGRAPH:
        return list(pieces[:1])
    first = pieces[0]
    title, _line_end, below = first.text.partition("\n")
    is_below = (
        (below[:1].isalpha() and not below[0].islower())
        or below.startswith(("(", "（"))
        or _BYLINE.match(below)
        or title.isupper()
    )
    if (
        not is_below
        or "\n" in below
        or max(cells(title), cells(below)) > _MAX_TITLE_LINE
        or ends_sentence(below)
        or not title[0].isalnum()
        or ":" in title
        or "：" in title
        or not is_title(first._replace(text=title))
    ):
        return [first]
    numbers = [number for _offset, number in first.lines]
    return [
        first._replace(text=title, lines=[(0, numbers[0])]),
        first._replace(text=below, lines=[(0, numbers[-1])]),
    ]


def is_centred_title(lines: Sequence[str]) -> bool:
    """Return whether lines are a title in the middle of the page."""
    if len(lines) > _MAX_TITLE_LINES or not lines[0][:1].isspace() or ends_sentence(lines[-1]):
        return False
    for line in lines:
        words = line.strip()
        start = indent(line)
        centre = start + cells(words) / 2
        centred = start >= _MIN_CENTRED and _CENTRES[0] <= centre <= _CENTRES[1]
        if not centred or len(words) > _MAX_TITLE or has_gap(line) or is_picture_line(line):
            return False
    return True


def may_precede_title(pieces: Sequence[Piece]) -> bool:
    """Return whether a centred title may follow some first blocks: no title, heading or prose is among them."""
    return len(pieces) < MAX_HEAD and not any(
        piece.kind is BlockKind.HEADING
        or is_title(piece)
        or (piece.kind is not BlockKind.CODE and "\n" not in piece.text)
        for piece in pieces
    )
