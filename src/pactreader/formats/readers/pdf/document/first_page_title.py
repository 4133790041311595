"""The title of an article, found on its first pages."""

import re
from collections.abc import Iterable
from typing import Final

from pactreader.core.article import BlockKind, Piece
from pactreader.core.printable_text import printable_line

_PAGES: Final = 2
"""The number of pages on which the title may be: the first one may be a cover with a picture."""
_MAX_LENGTH: Final = 300
"""The greatest length of a title in code points."""
_MARKS: Final = " *∗†‡"
"""Marks of a note of thanks behind a title."""
_SECTION: Final = re.compile(
    r"(?:\d+(?:\.\d+)*\.?|[IVX]+\.|[A-Z]\.|§) ?[^\W\d_].*|(?:chapter|kapitel|chapitre|part|teil)\b.*"
    r"|(?:table of )?contents|abstract|(?:executive )?summary|introduction|keywords|preface|foreword|acknowledge?ments?|references"
    r"|inhalts?(?:verzeichnis)?|zusammenfassung|einleitung|einführung|vorwort|danksagung(?:en)?"
    r"|sommaire|table des matières|résumé|avant-propos|índice|resumen|introducción|prólogo|indice|sommario|introduzione"
    r"|resumo|sumário|introdução|оглавление|содержание|введение|аннотация|目录|目次|摘要|要旨|はじめに|차례|목차|초록",
    re.IGNORECASE,
)
"""A heading of a section, by its number or its word."""


def title_on_first_pages(pieces: Iterable[Piece]) -> str:
    """Return the first heading of the highest level on the first pages that names no section; empty if there is none."""
    best: Piece | None = None
    pages = 0
    for piece in pieces:
        pages += len(piece.places)
        if pages > _PAGES:
            break
        if (
            piece.kind is BlockKind.HEADING
            and len(piece.text) <= _MAX_LENGTH
            and not _SECTION.fullmatch(piece.text.strip())
            and (not best or piece.level < best.level)
        ):
            best = piece
    return printable_line(best.text).rstrip(_MARKS) if best else ""
