"""Articles of which the beginning is there before the rest."""

from collections.abc import Callable
from threading import Event

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.article_rest import ReadingProgress
from pactreader.core.errors import ReadingStoppedError

PARAGRAPHS = tuple(f"Paragraph {n} is here. It says little." for n in range(60))
SOURCE = "/articles/long.txt"


class Rest:
    """The rest of an article, which is read when the test says so."""

    def __init__(self, whole: Article) -> None:
        self._whole = whole
        self._may_end = Event()
        self.is_stopped = False
        self.failure: Exception | None = None

    def finish(self, on_progress: Callable[[ReadingProgress], None]) -> Article:
        self.tell = on_progress
        self.tell(ReadingProgress(120, 900))
        self._may_end.wait(20)
        if self.is_stopped:
            raise ReadingStoppedError("Reading was stopped.")
        if self.failure:
            raise self.failure
        return self._whole

    def end(self) -> None:
        """Let the rest be read."""
        self._may_end.set()

    def fail(self, failure: Exception) -> None:
        """Let reading fail."""
        self.failure = failure
        self.end()

    def stop(self) -> None:
        self.is_stopped = True
        self.end()


def whole_article(*paragraphs: str, file_hash: str = "f" * 32, source: str = SOURCE) -> Article:
    """Return an article of paragraphs, each of which is a place and an anchor, with those of `PARAGRAPHS` by default."""
    pieces = [
        Piece(BlockKind.PARAGRAPH, text, anchors=[f"page={n}"], places=[(0, f"p. {n}")])
        for n, text in enumerate(paragraphs or PARAGRAPHS, 1)
    ]
    article = Article.assemble(pieces, title="A long one", source=source)
    return article._replace(file_hash=file_hash, reader="Plain text 1")


def beginning_of(whole: Article, *paragraphs: str) -> tuple[Article, Rest]:
    """Return the beginning of an article, the first six paragraphs or others, and its rest."""
    rest = Rest(whole)
    texts = paragraphs or tuple(whole.block_text(block) for block in whole.blocks[:6])
    beginning = whole_article(*texts, file_hash=whole.file_hash, source=whole.source)
    return beginning._replace(rest=rest), rest
