"""The identity of the open article: which article of the library it is, as found by comparison and told by the user."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pactreader.storage.schema.records import ArticleEntry

if TYPE_CHECKING:
    from pactreader.storage.articles.article_comparison import ArticleComparison, Finding
    from pactreader.storage.articles.article_parts import ArticlePart
    from pactreader.tui.session.reading_session import ReadingSession


class OpenIdentity:
    """The identity of a session's open article. Whatever changes it loads the notebook that the article has then."""

    def __init__(self, session: "ReadingSession") -> None:
        self._session = session
        self._identity = session.library.identity

    def comparison(self) -> "ArticleComparison":
        """Return the comparison of the open article with those of the library, to be run in any thread."""
        return self._identity.comparison(self._session.notebook.article, self._session.entry)

    def settle(self, found: "Finding") -> bool:
        """Take the open article as the one that its comparison found, and return whether its notebook is another one.

        Raises:
            PactReaderError: What was marked meanwhile could not be moved; nothing has changed.
        """
        session = self._session
        entry = self._identity.settle(found, session.notebook.article, session.entry)
        session.is_identified = True
        return session.take_as(entry)

    @property
    def resembled(self) -> ArticleEntry | None:
        """The article of which the user has to say whether it is the open one; `None` if there is none."""
        return self._identity.resembled(self._session.entry) if self._session.is_identified else None

    def answer(self, other: ArticleEntry, *, is_same: bool) -> None:
        """Save the user's answer whether the open article is the one that it resembles, and load its notebook.

        Raises:
            PactReaderError: The answer is not saved.
        """
        session = self._session
        article, former_id = session.notebook.article, session.entry.id
        entry = self._identity.answer(session.entry, other, article, is_same=is_same)
        has_changed = session.has_changed(entry)
        session.library.register(entry, article)
        session.take_as(entry)
        session.text_changed = has_changed
        if is_same:
            self.adopt_bookmarks([former_id])

    def join(self, one_id: str, other_id: str) -> list[ArticleEntry]:
        """Join two articles, and return entries with which `restore` separates them.

        Raises:
            PactReaderError: They are not joined.
        """
        before = self._identity.join(one_id, other_id)
        self._identify_again()
        self.adopt_bookmarks([one_id, other_id])
        return before

    def split(self, article_id: str, part: "ArticlePart") -> list[ArticleEntry]:
        """Make a part of an article another one, and return entries with which `restore` joins them again.

        Raises:
            PactReaderError: Nothing has changed.
        """
        before = self._identity.split(article_id, part)
        self._identify_again()
        return before

    def restore(self, entries: list[ArticleEntry]) -> None:
        """Undo a join or a split.

        Raises:
            PactReaderError: Nothing has changed.
        """
        self._identity.restore(entries)
        self._identify_again()

    def _identify_again(self) -> None:
        """Load the notebook of the article that the open one is now."""
        session = self._session
        session.load_as(self._identity.article_of(session.entry, session.notebook.article))

    def follow(self) -> bool:
        """Load the notebook of the article that the open one is now if another window has joined or split it.

        Returns:
            True if that is another article.

        Raises:
            PactReaderError: The library cannot be read.
        """
        session = self._session
        if not session.is_identified:
            return False
        entry = self._identity.article_of(session.entry, session.notebook.article)
        return entry.id != session.entry.id and session.take_as(entry)

    def adopt_bookmarks(self, former_ids: Iterable[str]) -> None:
        """Add the bookmarks of joined articles to those of the article that they are now. None is replaced."""
        library, reading_state = self._session.library, self._session.reading_state
        for former_id in former_ids:
            article = library.with_id(former_id)
            article_id = article.id if article else former_id
            own, others = map(reading_state.bookmarks, (article_id, former_id))
            if article_id != former_id and others.keys() - own.keys():
                reading_state.save_bookmarks(article_id, {**others, **own})
