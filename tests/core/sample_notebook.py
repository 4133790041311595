"""A notebook on a short article, with a clock and ids that tests can foresee."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor, Annotation
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


def reviewable(article: Article = ARTICLE, **kinds: tuple[PlacementKind, str, str]) -> Notebook:
    """Return a notebook of an article that changed, with a placement for each annotation.

    Args:
        article: The article.
        **kinds: By the id of the annotation its placement, the quote as it was marked, and the words of the article
            at which it is placed.
    """
    book = Notebook(article, now=clock(), new_id=ids())
    annotations, placements = [], {}
    for id_, (kind, quote, words) in kinds.items():
        start = article.text.index(words)
        anchor = Anchor(quote, "", "", start, start + len(quote), "of a former text")
        placements[id_] = anchor, Placement(kind, start, start + len(words), 0.6)
        annotations.append(
            Annotation(id_, "doubt", anchor, "a note", ("law",), "2026-11-22", modified="2026-11-22")
        )
    book.load(annotations, ())
    book.place(placements)
    return book
