"""The texts that records and files refer to, by the hashes of the texts."""

import re
from collections.abc import Iterable, Iterator
from itertools import filterfalse
from pathlib import Path
from typing import Any, Final

from pactreader.core.annotation import Anchor
from pactreader.core.errors import LibraryError
from pactreader.storage.articles.article_registry import ArticleRegistry, texts_of
from pactreader.storage.schema.record_identity import identity
from pactreader.storage.schema.records import (
    ANNOTATION,
    ARTICLE,
    PAGE,
    PAGE_HASH,
    is_removed,
    read_annotation,
)
from pactreader.storage.schema.revisions import OTHERS, revisions_of, without_others
from pactreader.storage.texts.store_files import is_hash

_HASH: Final = re.compile(rb"[0-9a-f]{32}")
_HASH_LENGTH: Final = 32
_NESTED: Final = (OTHERS, "edits", "before", "after", PAGE)
"""The fields of a record, or of an edit in it, that have annotations or a page in them."""
_HASHES: Final = ("text_hash", PAGE_HASH)
"""The fields that refer to a file of the store."""
_CHUNK: Final = 1 << 18
"""Bytes of a file that are searched at once, in about a millisecond."""


def hashes_in_record(record: Any) -> Iterator[str]:
    """Yield the hashes in a record: those of an annotation or article, of its conflicts, or of both sides of edits.

    A removed annotation has none; the change that removed it has.
    """
    pending = [record]
    for one in pending:  # the loop appends to the list
        if isinstance(one, dict):
            if not is_removed(one):
                yield from filter(is_hash, map(one.get, _HASHES))
            pending += (one[name] for name in _NESTED if name in one)
        elif isinstance(one, list):
            pending += one


def hashes_in_file(path: Path) -> Iterator[set[str]]:
    """Yield everything in a file that has the form of a hash, in steps of about a millisecond.

    So nothing is overlooked that a damaged file, or one of another version, refers to. A file that is gone has none.

    Raises:
        LibraryError: The file cannot be read.
    """
    try:
        with path.open("rb") as file:
            content = b""
            while chunk := file.read(_CHUNK):
                content = content[1 - _HASH_LENGTH :] + chunk
                yield {found.decode("ascii") for found in _HASH.findall(content)}
    except FileNotFoundError:
        return
    except OSError as error:
        raise LibraryError(
            f"{path} cannot be read: {error.strerror or error}.", "See that it is a file that you may read."
        ) from error


class TextReferences:
    """The texts that the records of a library, and files, refer to.

    A text is *kept* for an annotation, and *read* in an article that may have none.
    """

    def __init__(self, registry: ArticleRegistry) -> None:
        self._registry = registry
        self._kept: set[str] = set()
        self._readers: dict[str, set[str]] = {}
        """The ids of the articles in which a text was read last, by its hash."""
        self._annotated: set[str] = set()
        """The ids of the articles that have annotations."""
        self._anchors: dict[str, list[Anchor]] = {}
        """The anchors without a hash, as version 0.1.0 made them, by the id of the article."""

    def add_record(self, record: Any) -> None:
        """Add what a record of the library refers to."""
        kind = (identity(record) or ("",))[0]
        if kind == ARTICLE:
            self.add_read(record["id"], hashes_in_record(record))
            return
        self._kept.update(hashes_in_record(record))
        if kind == ANNOTATION and isinstance(record.get("article"), str):
            article_id = self._registry.id_of(record["article"])
            for revision in filterfalse(is_removed, revisions_of(record)):
                self._annotated.add(article_id)
                annotation = None if "text_hash" in revision else read_annotation(without_others(revision))
                if annotation and annotation.anchor:
                    self._add_anchor(article_id, annotation.anchor)

    def add_kept(self, hashes: Iterable[str]) -> None:
        """Add the hashes of texts that are kept, as those of bookmarks."""
        self._kept.update(hashes)

    def add_read(self, article_id: str, hashes: Iterable[str]) -> None:
        """Add the hashes of texts that were read last in an article."""
        for text_hash in hashes:
            self._readers.setdefault(text_hash, set()).add(self._registry.id_of(article_id))

    def is_unused(self, text_hash: str) -> bool:
        """Return whether nothing refers to a text."""
        return text_hash not in self._kept and text_hash not in self._readers

    def is_only_read(self, text_hash: str) -> bool:
        """Return whether a text was read last in articles without annotations, and nothing else refers to it."""
        readers = self._readers.get(text_hash, set())
        return bool(readers) and text_hash not in self._kept and readers.isdisjoint(self._annotated)

    def owner_of(self, text: str) -> str | None:
        """Return the id of the article of which a text is a former one: an anchor without a hash stands in it.

        `None` if there is none.
        """
        for article_id, anchors in self._anchors.items():
            if any(_stands(anchor, text) for anchor in anchors):
                return article_id
        return None

    def _add_anchor(self, article_id: str, anchor: Anchor) -> None:
        """Add an anchor without a hash: it may have been made on any text that its article had."""
        entry = self._registry.by_id.get(article_id)
        if entry and anchor.exact:
            if article_id not in self._anchors:
                self._anchors[article_id] = []
                self._kept.update(texts_of(entry))
            self._anchors[article_id].append(anchor)


def _stands(anchor: Anchor, text: str) -> bool:
    """Return whether the quote of an anchor stands at the anchor's offsets in a text, with its context around it."""
    words = f"{anchor.prefix}{anchor.exact}{anchor.suffix}"
    return text.startswith(words, max(0, anchor.start - len(anchor.prefix)))
