"""Notebooks to export, with a clock and ids that a test can foresee."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count

from pactreader.core.anchoring.description import describe
from pactreader.core.annotation import Annotation
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.notebooks.placed_annotations import PlacedAnnotations
from pactreader.formats.writers.markdown_writer import write_markdown

EXPORTED = datetime(2026, 11, 23, 18, 4, 11, 250_000, tzinfo=UTC)
AT = "2026-11-23T17:40:02.118Z"


def article(*texts: str, kind: BlockKind = BlockKind.PARAGRAPH, title: str = "A title") -> Article:
    return Article.assemble([Piece(kind, text) for text in texts], title=title, source="/tmp/a.txt")


def annotated(passage: str, *, id_: str = "k3x9f2", note: str = "", tags: tuple[str, ...] = ()) -> Annotation:
    return Annotation(id_, "doubt", describe(passage, 0, len(passage)), note, tags, AT, AT)


def export(annotations: Iterable[Annotation], of: Article, *, plain: bool = False) -> str:
    ids = count()
    notebook = Notebook(of, annotations, new_id=lambda: f"id{next(ids)}")
    return write_markdown(
        PlacedAnnotations.of(notebook), article_id="3f2a9c41", exported=EXPORTED, plain=plain
    )
