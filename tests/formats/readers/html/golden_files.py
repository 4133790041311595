"""The golden files of HTML: a page for each way to write a construct, and the blocks that it is read as.

White space is part of what they hold, as highlights of readers depend on the text. This rewrites them:

    python tests/formats/readers/html/golden_files.py
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pactreader.core.article import Piece
from pactreader.formats.readers.html.tree import parse_html
from pactreader.formats.readers.html.walker import HtmlWalker

FOLDER = Path(__file__).with_name("golden")
ADDRESS = "https://example.org/articles/page.html"


def golden_pages() -> list[Path]:
    """Return the pages in order of their names."""
    return sorted(FOLDER.glob("*/*.html"))


def read_pieces(page: Path) -> list[Piece]:
    """Return the blocks of a page."""
    tree = parse_html(page.read_text(encoding="utf-8"))
    return [] if tree is None else list(HtmlWalker(base=ADDRESS).walk(tree))


def described(pieces: Iterable[Piece]) -> str:
    """Return blocks as a text: each with its kind, level, marker and quotation, its text, spans and anchors."""
    return "".join(f"{line}\n" for piece in pieces for line in _lines(piece))


def _lines(piece: Piece) -> Iterator[str]:
    level = str(piece.level) if piece.level else ""
    yield " ".join(filter(None, (piece.kind.value, level, piece.marker, ">" * piece.quoted)))
    for line in piece.text.split("\n"):
        yield f"    |{line}|"
    for span in piece.spans:
        words = piece.text[span.start : span.end].replace("\n", "⏎")
        yield "      " + " ".join(filter(None, (span.kind.value, f"|{words}|", span.target)))
    for anchor in piece.anchors:
        yield f"      anchor {anchor}"


def main() -> None:
    """Rewrite what is expected of every page."""
    for page in golden_pages():
        page.with_suffix(".txt").write_text(described(read_pieces(page)), encoding="utf-8")


if __name__ == "__main__":
    main()
