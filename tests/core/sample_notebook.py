"""A notebook on a short article, with a clock and ids that tests can foresee."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from pactreader.core.annotation import Annotation
from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.core.notebooks.changes import Change
from pactreader.core.notebooks.notebook import Notebook

TEXTS = ("The pact is vague. Who decides?", "Moreover, weapons flow.", "Seoul has warned Russia.")
ARTICLE = Article.assemble([Piece(BlockKind.PARAGRAPH, text) for text in TEXTS], title="t")


def clock() -> Callable[[], datetime]:
    seconds = count()
    return lambda: datetime(2026, 11, 23, tzinfo=UTC) + timedelta(seconds=next(seconds))


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"id{next(numbers):05}"


def notebook(*annotations: Annotation) -> Notebook:
    return Notebook(ARTICLE, annotations, now=clock(), new_id=ids())


def passage(words: str) -> Passage:
    start = ARTICLE.text.index(words)
    return Passage(start, start + len(words))


def applied(book: Notebook, change: Change | None) -> str:
    assert change is not None
    book.apply(change)
    return change.edits[0].id


def quotes(book: Notebook) -> list[str]:
    return [annotation.anchor.exact if annotation.anchor else "" for annotation in book]
