"""The deletion of an article with everything that is kept of it.

Each of its records is replaced by a tombstone without content, so that another copy of the library that is merged later
does not bring it back. Backups stay as long as their rule says, and have what they had.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from pactreader.storage.articles.article_registry import ArticleRegistry, texts_of
from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.paths import Paths
from pactreader.storage.schema.records import ARTICLE, deleted_record
from pactreader.storage.schema.revisions import revised, revisions_of
from pactreader.storage.sync.conflict_files import find_conflict_files
from pactreader.storage.text_references import hashes_in_file, hashes_in_record
from pactreader.storage.texts.store_files import remove, stored_files

_OWNER: Final = "article"
"""The field of annotations and changes with the id of their article."""


def delete_article(
    paths: Paths, file: JournalFile, registry: ArticleRegistry, article_id: str, *, at: str
) -> None:
    """Delete an article: its records, its texts and pages that no other article has, and its reading state.

    The kept screens, which do not tell whose they are, are deleted too.

    Args:
        paths: The paths of the library, its texts and its reading state.
        file: The library file, refreshed.
        registry: The articles in it.
        article_id: Any id of the article.
        at: The time, UTC, ISO 8601.

    Raises:
        NotSavedError: The library cannot be written. Nothing is deleted.
    """
    ids = set(registry.ids_of(article_id))
    with file.changing():
        ours = {key: record for key, record in file.records.items() if _is_of(record, ids)}
        hashes = {one for record in ours.values() for one in hashes_in_record(record)}
        for member in registry.members[registry.id_of(article_id)]:
            hashes.update(texts_of(member), member.file_hashes)  # former pages are named by the latter
        file.append(
            {key: revised(deleted_record(record, at), *revisions_of(record)) for key, record in ours.items()}
        )
        for path in (*_state_files(paths, ids), *paths.screens.glob("*"), *paths.parsed.glob("*")):
            path.unlink(missing_ok=True)
        for record in file.records.values():
            hashes.difference_update(hashes_in_record(record))
        for path in (*paths.state.glob("*/*.json"), *find_conflict_files(paths.library)):
            for found in hashes_in_file(path):
                hashes -= found
        for one in list(stored_files(paths.texts)):
            if one.hash in hashes:
                remove(paths.texts, one)


def _is_of(record: object, ids: Collection[str]) -> bool:
    """Return whether a record is that of an article with one of some ids, or belongs to it."""
    if not isinstance(record, dict):
        return False
    return record.get("id" if record.get("kind") == ARTICLE else _OWNER) in ids


def _state_files(paths: Paths, ids: Collection[str]) -> Iterator[Path]:
    """Yield the files of the reading state that are named by one of some ids."""
    for path in paths.state.glob("*/*"):
        if path.name.split(".")[0] in ids:
            yield path
