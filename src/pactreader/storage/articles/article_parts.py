"""The parts of an article that can be split from it: joined entries, files, and texts."""

import os
from collections.abc import Iterable, Sequence
from itertools import dropwhile
from pathlib import Path
from typing import Final, NamedTuple

from pactreader.core.addresses import STANDARD_INPUT, is_address
from pactreader.storage.articles.article_registry import addresses_of, texts_of
from pactreader.storage.schema.records import ArticleEntry
from pactreader.storage.texts.text_store import stored_text

_MAX_BEGINNING: Final = 60
"""Code points of a text that tell the user which one it is."""


class ArticlePart(NamedTuple):
    """A part of an article's identity that can be split from it."""

    title: str
    """A description for the user."""
    entry_id: str = ""
    """The id of a joined entry; empty for addresses and texts of the article's own entry."""
    addresses: tuple[str, ...] = ()
    text_hashes: tuple[str, ...] = ()


def may_have_parts(members: Sequence[ArticleEntry]) -> bool:
    """Return whether an article has parts that can be split from it, without reading a text.

    Args:
        members: The entries that are the article.
    """
    return len(members) > 1 or any(
        len(entry.text_hashes) > 1 or len(_by_file(entry.addresses)) > 1 for entry in members
    )


def parts_of(members: Sequence[ArticleEntry], texts: Path) -> list[ArticlePart]:
    """Return the parts that can be split from an article; none if it is one whole.

    Args:
        members: The entries that are the article, its own first.
        texts: The directory of the stored texts.
    """
    head, *others = members
    joined = [_joined_part(head, other) for other in others]
    elsewhere = {address for part in joined for address in part.addresses}
    files = [
        ArticlePart(addresses[0], addresses=addresses, text_hashes=head.addresses[addresses[0]])
        for addresses in _by_file(head.addresses)
        if elsewhere.isdisjoint(addresses)
    ]
    piped = [
        ArticlePart(f"Standard input: {_beginning(text, texts)}", text_hashes=(text,))
        for text in head.addresses.get(STANDARD_INPUT, ())
    ]
    if len(files) + len(piped) > 1:
        return [*joined, *files, *piped]
    texts_elsewhere = {text for part in joined for text in part.text_hashes}
    own_texts = [text for text in head.text_hashes if text not in texts_elsewhere]
    if files and len(own_texts) > 1:
        latest = own_texts[-1]
        title = f"As it is now: {_beginning(latest, texts)}"
        return [*joined, ArticlePart(title, "", files[0].addresses, (latest,))]
    return joined


def with_part(entry: ArticleEntry, part: ArticlePart, texts: Path) -> ArticleEntry:
    """Return an entry with the addresses and texts of a part."""
    addresses = dict.fromkeys(part.addresses or (STANDARD_INPUT,), part.text_hashes)
    latest = part.text_hashes[-1] if part.text_hashes else entry.text_hash
    new = entry._replace(addresses=addresses, text_hashes=part.text_hashes, text_hash=latest)
    return _with_stored_title(new, texts)


def without_part(entry: ArticleEntry, part: ArticlePart, texts: Path) -> ArticleEntry:
    """Return an entry without the addresses of a part, and without the texts that were read only there."""
    addresses = {
        address: hashes for address, hashes in entry.addresses.items() if address not in part.addresses
    }
    if not part.addresses:
        piped = addresses.pop(STANDARD_INPUT, ())
        if left_piped := tuple(one for one in piped if one not in part.text_hashes):
            addresses[STANDARD_INPUT] = left_piped
    kept = {one for hashes in addresses.values() for one in hashes}
    gone = set(part.text_hashes) - kept
    text_hashes = tuple(one for one in entry.text_hashes if one not in gone)
    left = entry._replace(addresses=addresses, text_hashes=text_hashes)
    if entry.source in part.addresses:
        left = left._replace(source=next(reversed(addresses), ""))
    if entry.text_hash in gone:
        latest = text_hashes[-1] if text_hashes else ""
        left = _with_stored_title(left._replace(text_hash=latest), texts)
    return left


def _with_stored_title(entry: ArticleEntry, texts: Path) -> ArticleEntry:
    """Return an entry with the title and metadata of its text, if that is stored."""
    article = stored_text(texts, entry.text_hash, entry.source)
    if article is None:
        return entry
    return entry._replace(
        title=article.title,
        language=article.language,
        author=article.author,
        date=article.date,
    )


def _beginning(text_hash: str, texts: Path) -> str:
    """Return the first words of a stored text."""
    article = stored_text(texts, text_hash, "")
    return article.text[:_MAX_BEGINNING] if article else text_hash


def _joined_part(head: ArticleEntry, other: ArticleEntry) -> ArticlePart:
    """Return a joined entry as a part, with the texts that were read from its addresses since."""
    addresses = tuple(addresses_of(other))
    own = texts_of(other)
    # At an address of both, what was read before the other's texts is the head's, and so is its first text.
    since = (
        text
        for address in addresses
        for text in dropwhile(lambda one: one not in own, head.addresses.get(address, ()))
        if not text.startswith(head.id)
    )
    texts = tuple(dict.fromkeys((*reversed(own), *since)))
    return ArticlePart(f"{other.display_title}, {other.source}", other.id, addresses, texts)


def _by_file(addresses: Iterable[str]) -> list[tuple[str, ...]]:
    """Return addresses grouped by the file that they lead to; those that lead to none are left out."""
    groups: dict[str, list[str]] = {}
    for address in filter(is_address, addresses):
        groups.setdefault(os.path.realpath(address), []).append(address)
    return [tuple(group) for group in groups.values()]
