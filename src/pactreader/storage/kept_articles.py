"""The texts that are kept of the library's articles, and the pages that these were read from."""

from contextlib import suppress
from pathlib import Path

from pactreader.core.article import Article
from pactreader.core.fetched_page import FetchedPage
from pactreader.storage.save_errors import not_saved
from pactreader.storage.schema.records import ArticleEntry
from pactreader.storage.texts.page_store import store_page, stored_page
from pactreader.storage.texts.text_store import store_text, stored_text


class KeptArticles:
    """The stored texts and pages of articles."""

    def __init__(self, directory: Path, *, keeps_protected: bool = False) -> None:
        """Create the store without touching the disk.

        Args:
            directory: The directory of texts and pages.
            keeps_protected: True to store also the texts of files that are protected by a password.
        """
        self._directory = directory
        self._keeps_protected = keeps_protected
        self._written: Article | None = None
        """The article whose text was written ahead, and is not to be written anew."""

    def keeps_text(self, article: Article) -> bool:
        """Return whether the text of an article may be kept: not that of a protected file, unless the user wants it."""
        return self._keeps_protected or not article.is_protected

    def store(self, article: Article, *, anew: bool = False) -> None:
        """Store the text of an article, if that is kept, and the page that it was read from.

        Args:
            article: The article, whose text is whole.
            anew: True if the text may be stored with other blocks or metadata.

        Raises:
            NotSavedError: The text or the page is not stored.
        """
        try:
            if self.keeps_text(article):
                store_text(self._directory, article, anew=anew and article is not self._written)
            if article.page:
                store_page(self._directory, article.page.data)
        except OSError as error:
            raise not_saved("The article's text could not be kept", error, self._directory) from error

    def store_text(self, article: Article) -> None:
        """Store the text of an article, if that is kept, ahead of `store`, which reports failures.

        It may be called from any thread.
        """
        if self.keeps_text(article) and not article.rest:
            with suppress(OSError):
                if store_text(self._directory, article):
                    self._written = article

    def article(self, entry: ArticleEntry) -> Article | None:
        """Return the article as it was when it was last read; `None` if its text is not stored."""
        article = stored_text(self._directory, entry.text_hash, entry.source)
        if article is None or article.options == entry.options:
            return article
        return article._replace(options=entry.options)

    def page(self, entry: ArticleEntry) -> FetchedPage | None:
        """Return the page of the web that an article was read from; `None` if there is none, or it is not kept."""
        page = entry.page
        data = stored_page(self._directory, page.hash) if page else None
        if page is None or data is None:
            return None
        return FetchedPage(data, page.url, page.media_type, page.charset, page.fetched_at)
