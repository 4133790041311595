"""The former texts of an article, by which the anchors that were made on them are placed."""

from collections.abc import Iterable
from pathlib import Path

from pactreader.core.article import Article
from pactreader.storage.articles.article_registry import texts_of
from pactreader.storage.schema.records import ArticleEntry
from pactreader.storage.texts.text_store import StoredTexts


def former_texts(
    directory: Path, entry: ArticleEntry, article: Article, anchored: Iterable[str]
) -> StoredTexts:
    """Return the stored texts of an article but for the present one, the latest first.

    Args:
        directory: The directory of the stored texts.
        entry: The entry of the article.
        article: The article with its present text.
        anchored: The hashes of the texts that its anchors were made on, with repetitions; empty where it is not known.
    """
    present = article.text_hash
    hashes = dict.fromkeys((*texts_of(entry), *anchored))
    return StoredTexts(directory, [each for each in hashes if each and each != present])
