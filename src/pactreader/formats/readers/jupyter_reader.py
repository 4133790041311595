"""The reader of Jupyter notebooks: their Markdown, their code, and what the code printed.

The format: https://nbformat.readthedocs.io/en/latest/format_description.html
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.errors import UnreadableError
from pactreader.core.printable_text import printable, printable_line, unix_line_ends, without_direction_marks
from pactreader.formats.decoding import decode
from pactreader.formats.escape_sequences import without_escape_sequences
from pactreader.formats.language_detection import guess_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.markdown_reader import parse_markdown

_HEADING: Final = "heading"
"""The type of a cell that is a heading, in notebooks of version 3."""
_SHOWN_TYPES: Final = ("text/markdown", "text/latex", "text/plain")
"""The media types of results that are read, the best first. Others are pictures, or pages for a browser."""
_LATER: Final = "Save it again with Jupyter, and open that."


def read_jupyter(data: bytes, origin: Origin) -> Article:
    """Read a Jupyter notebook.

    Raises:
        UnreadableError: It is no notebook, or it is damaged.
    """
    decoded = decode(data, origin.name, origin.options.encoding)
    try:
        notebook = json.loads(decoded.text)
        pieces = list(_pieces(notebook))
        title, authors = _metadata(notebook)
    except RecursionError as error:
        raise UnreadableError(f"{origin.name} is nested too deeply.", _LATER) from error
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise UnreadableError(f"{origin.name} is no Jupyter notebook, or it is damaged.", _LATER) from error
    headings = (" ".join(piece.text.split()) for piece in pieces if piece.kind is BlockKind.HEADING)
    prose = "\n".join(piece.text for piece in pieces if piece.kind is not BlockKind.CODE)
    article = Article.assemble(
        pieces,
        title=title or next(headings, origin.title),
        source=origin.source,
        language=origin.options.language or guess_language(prose),
        author=authors,
        warning=decoded.warning,
    )
    return article._replace(encoding=decoded.encoding)


def _metadata(notebook: Any) -> tuple[str, str]:
    """Return the title and the authors of a notebook; empty ones if it does not name them."""
    metadata = notebook.get("metadata") or {}
    authors = metadata.get("authors") or []
    names = [author.get("name", "") if isinstance(author, dict) else author for author in authors]
    written = metadata.get("title") or ""
    return printable_line(str(written)), ", ".join(printable_line(str(name)) for name in names if name)


def _pieces(notebook: Any) -> Iterator[Piece]:
    """Yield the blocks of all cells; those of version 3 stand in worksheets."""
    sheets = notebook.get("worksheets", [notebook])
    for sheet in sheets:
        for cell in sheet["cells"]:
            yield from _cell_pieces(cell)


def _cell_pieces(cell: Any) -> Iterator[Piece]:
    written = _text(cell.get("source", cell.get("input", "")))
    match cell["cell_type"]:
        case "markdown":
            yield from _markdown(written)
        case "code":
            yield from _code(written)
            for output in cell.get("outputs", ()):
                yield from _output_pieces(output)
        case kind if kind == _HEADING:
            yield from _markdown(f"{'#' * int(cell.get('level', 1))} {' '.join(written.split())}")
        case _:  # raw, for a converter
            yield from _code(written)


def _output_pieces(output: Any) -> Iterator[Piece]:
    """Yield what a cell printed, returned or raised, in the first of its forms that is text."""
    kind = output.get("output_type")
    if kind == "stream":
        yield from _code(_text(output.get("text", "")))
    elif kind in {"error", "pyerr"}:
        lines = output.get("traceback") or [f"{output.get('ename', '')}: {output.get('evalue', '')}"]
        yield from _code(_text("\n".join(map(str, lines))))
    else:
        forms = output.get("data", {"text/plain": output.get("text", "")})
        shown = next((name for name in _SHOWN_TYPES if _text(forms.get(name, "")).strip()), "")
        if shown == "text/plain":
            yield from _code(_text(forms[shown]))
        elif shown:
            yield from _markdown(_text(forms[shown]))


def _text(lines: Any) -> str:
    """Return a text that may be written as a list of its lines, as it can be shown."""
    joined = "".join(lines) if isinstance(lines, list) else str(lines)
    return printable(without_direction_marks(without_escape_sequences(unix_line_ends(joined))))


def _markdown(written: str) -> Iterator[Piece]:
    if written.strip():
        yield from parse_markdown(written, title="").pieces()


def _code(written: str) -> Iterator[Piece]:
    if code := written.strip("\n").rstrip():
        yield Piece(BlockKind.CODE, code)
