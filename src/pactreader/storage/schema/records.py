"""Conversion of entries, annotations and changes to records, which are JSON objects, and back.

The `read_…` functions return `None` for a record that cannot be read; it stays in the file unchanged. Fields that are
not known are kept.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from pactreader.core.annotation import Anchor, Annotation, content_of
from pactreader.core.notebooks.changes import Change, Edit
from pactreader.core.reading_options import ReadingOptions
from pactreader.storage.schema.revisions import (
    OTHERS,
    REVISION_FIELDS,
    Record,
    replacing_first,
    revised,
    revisions_of,
)

ARTICLE: Final = "article"
ANNOTATION: Final = "annotation"
CHANGE: Final = "change"

_LONGEST_ID: Final = 64
_NUMBER_LIMIT: Final = 10**15
"""The limit of the numbers of changes: a number from here on is damage, and might not fit into JSON."""
_ENTRY_TEXTS: Final = ("title", "source", "text_hash", "language", "author", "date", "added", "modified")
_ENTRY_OPTIONS: Final = {"name": "name", "forgotten": "archived", "url": "url", "reader": "reader"}
"""Optional fields of an article's record, and the attributes of `ArticleEntry` that hold them."""
_ENTRY_ATTRIBUTES: Final = {name: name for name in _ENTRY_TEXTS} | _ENTRY_OPTIONS
_ENTRY_LISTS: Final = {
    "texts": "text_hashes",
    "files": "file_hashes",
    "joined": "joined",
    "distinct": "distinct",
    "resembles": "resembles",
    "tags": "tags",
}
"""Optional fields of an article's record that are lists of strings, and the attributes of `ArticleEntry`."""
_ADDRESSES: Final = "addresses"
READING: Final = "reading"
"""The field with the user's choices for reading an article; an object with those that were made."""
PAGE: Final = "page"
"""The field with the page of the web that an article was read from; an object."""
PAGE_HASH: Final = "content_hash"
"""The field of a page with the hash of its content."""
_PAGE_FIELDS: Final = {
    PAGE_HASH: "hash",
    "url": "url",
    "type": "media_type",
    "charset": "charset",
    "fetched": "fetched_at",
}
"""The fields of a page, and the attributes of `KeptPage` that hold them."""
_PROTECTED: Final = "protected"
"""The field of an article whose file is protected by a password: true, or not there."""
ORIGIN: Final = "origin"
"""The field of an annotation, and of its tombstone, with the key of what it was taken in from: `Annotation.origin`."""
_FIELDS: Final = {
    ARTICLE: REVISION_FIELDS
    | {"kind", "id", "deleted", _ADDRESSES, READING, PAGE, _PROTECTED, *_ENTRY_ATTRIBUTES, *_ENTRY_LISTS},
    ANNOTATION: REVISION_FIELDS
    | {
        "kind",
        "id",
        "article",
        "label",
        "anchor",
        "text_hash",
        "note",
        "tags",
        "created",
        "modified",
        "author",
        ORIGIN,
        "deleted",
    },
    CHANGE: REVISION_FIELDS
    | {"kind", "id", "article", "deleted", "number", "title", "at", "undone", "follows", "edits"},
}
"""The fields that this version of PactReader knows, by the kind of record."""
_annotation_values: Final = itemgetter("id", "label", "anchor", "note", "tags", "created", "modified")
_anchor_values: Final = itemgetter("exact", "prefix", "suffix", "start", "end")


class KeptPage(NamedTuple):
    """The page of the web that an article was read from, whose content is kept in the store."""

    hash: str
    """The hash of its content, from `file_hash_of`."""
    url: str = ""
    """As in `FetchedPage`, like the fields below."""
    media_type: str = ""
    charset: str = ""
    fetched_at: str = ""


class ArticleEntry(NamedTuple):
    """The entry of an article in the library."""

    id: str
    """The first digits of the hash of the article's first text. It stays the same when the text changes."""
    title: str = ""
    source: str = ""
    """The source it was last read from: an absolute path, an address, `-`, or the name of the bundled article."""
    text_hash: str = ""
    """The hash of the text that was read last."""
    language: str = "en"
    author: str = ""
    date: str = ""
    added: str = ""
    """UTC, ISO 8601."""
    modified: str = ""
    """The time of the last change to the entry, UTC, ISO 8601."""
    name: str = ""
    """The user's name for the article; empty if there is none."""
    archived: str = ""
    """The time when the user archived the article, UTC, ISO 8601; empty if it is not archived. `forgotten` in JSON."""
    addresses: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """The hashes of the texts that were read from each source, the latest last; in the order of the last readings."""
    text_hashes: tuple[str, ...] = ()
    """The hashes of all texts that the article had, the latest last."""
    file_hashes: tuple[str, ...] = ()
    """The hashes of the files that it was read from, the latest last. `files` in JSON."""
    joined: tuple[str, ...] = ()
    """The ids of the entries that the user joined with this one: they are one article."""
    distinct: tuple[str, ...] = ()
    """The ids of the entries that are other articles, though an address, a text or likeness speaks against it."""
    resembles: tuple[str, ...] = ()
    """The ids of the entries of which the user has not yet said whether they are the same article."""
    options: ReadingOptions = ReadingOptions()
    """The user's choices by which it was read last. `reading` in JSON."""
    url: str = ""
    """The address at which it is published on the web; empty if none is known."""
    tags: tuple[str, ...] = ()
    """The keywords that its author gave it."""
    reader: str = ""
    """The name and version of the reader that made its text, as `Article.reader`; empty if version 0.1 made it."""
    page: KeptPage | None = None
    """The page that it was read from last; `None` if it never was one."""
    is_protected: bool = False
    """True if the file that it was read from last is protected by a password. `protected` in JSON."""
    other_sources: tuple[str, ...] = ()
    """The sources of the article in other copies of the library, such as those on other computers."""
    other_texts: tuple[str, ...] = ()
    """The hashes of its texts in other copies of the library."""
    other_joined: tuple[str, ...] = ()
    """The ids of the entries that were joined with this one in other copies."""
    other_distinct: tuple[str, ...] = ()
    """The ids of the entries that were told apart from this one in other copies."""
    extra: Mapping[str, Any] = MappingProxyType({})
    """The fields that this version of PactReader does not know."""

    @property
    def display_title(self) -> str:
        """The user's name for the article; without one, its title."""
        return self.name or self.title


def is_id(value: object) -> bool:
    """Return whether a value can be an id: ASCII letters, digits and hyphens, which are safe in file names."""
    return (
        isinstance(value, str)
        and len(value) <= _LONGEST_ID
        and value.isascii()
        and value.replace("-", "").isalnum()
    )


def with_unknown_fields(old: Mapping[str, Any], new: Record) -> Record:
    """Return a new record with the unknown fields of an old one.

    Old `{"note": "a", "x": 1}`, new `{"note": "b"}` → `{"note": "b", "x": 1}`, if "x" is unknown.
    """
    known = _FIELDS[new["kind"]]
    return {**{name: value for name, value in old.items() if name not in known}, **new}


def updated(known: Record, record: Record) -> Record:
    """Return the next revision of a record, with the conflicts and unknown fields of the record in the file.

    Args:
        known: The record in the file; empty if there is none.
        record: The new content.
    """
    return replacing_first(known, with_unknown_fields(known, record)) if known else revised(record)


# To records


def entry_record(entry: ArticleEntry) -> Record:
    """Return the record of an entry."""
    texts = {name: getattr(entry, name) for name in _ENTRY_TEXTS}
    options = {
        name: value for name, attribute in _ENTRY_OPTIONS.items() if (value := getattr(entry, attribute))
    }
    lists = {
        name: list(value) for name, attribute in _ENTRY_LISTS.items() if (value := getattr(entry, attribute))
    }
    addresses = {address: list(hashes) for address, hashes in entry.addresses.items()}
    reading = {name: choice for name, choice in entry.options._asdict().items() if choice}
    return {
        **entry.extra,
        "kind": ARTICLE,
        "id": entry.id,
        **texts,
        **options,
        **lists,
        **({_ADDRESSES: addresses} if addresses else {}),
        **({READING: reading} if reading else {}),
        **({PAGE: _page_record(entry.page)} if entry.page else {}),
        **({_PROTECTED: True} if entry.is_protected else {}),
    }


def _page_record(page: KeptPage) -> Record:
    values = ((name, getattr(page, attribute)) for name, attribute in _PAGE_FIELDS.items())
    return {name: value for name, value in values if value}


def annotation_record(article_id: str, annotation: Annotation) -> Record:
    """Return the record of an annotation of an article."""
    return {
        **annotation.extra,
        "kind": ANNOTATION,
        "id": annotation.id,
        "article": article_id,
        **_annotation_fields(annotation),
    }


def tombstone(article_id: str, annotation: Annotation, at: str) -> Record:
    """Return the tombstone of a removed annotation: a record of the removal, to be merged into other copies."""
    return {
        **annotation.extra,
        "kind": ANNOTATION,
        "id": annotation.id,
        "article": article_id,
        "deleted": True,
        "created": annotation.created,
        "modified": at,
        **_origin_field(annotation),
    }


def deleted_record(record: Record, at: str) -> Record:
    """Return the tombstone of a record of any kind whose article is deleted: what identifies it, without its content.

    Version 0.1.0, which knows none of articles, takes that of an article for an archived one.
    """
    kept: Record = {
        name: record[name] for name in ("kind", "id", "article", "created", "number") if name in record
    }
    tombstone = {**kept, "deleted": True, "modified": at}
    if record.get("kind") == CHANGE:
        return {**tombstone, "at": at, "edits": []}
    return {**tombstone, "forgotten": at} if record.get("kind") == ARTICLE else tombstone


def change_record(article_id: str, change: Change) -> Record:
    """Return the record of a change to an article's notebook."""
    return {
        "kind": CHANGE,
        "id": change.id,
        "article": article_id,
        "number": change.number,
        "title": change.title,
        "at": change.at,
        "undone": change.undone,
        "follows": change.follows,
        "edits": [{"before": _side(edit.before), "after": _side(edit.after)} for edit in change.edits],
    }


def _side(annotation: Annotation | None) -> Record | None:
    """Return the annotation before or after an edit as a JSON object, with its conflicts in `others`."""
    if annotation is None:
        return None
    side = {**annotation.extra, "id": annotation.id, **_annotation_fields(annotation)}
    if annotation.conflicts:
        side[OTHERS] = [_side(other) or {"deleted": True} for other in annotation.conflicts]
    return side


def _annotation_fields(annotation: Annotation) -> Record:
    anchor = annotation.anchor
    # The hash is beside the anchor: version 0.1.0 keeps unknown fields of a record, and not those of an anchor.
    text_hash = {"text_hash": anchor.text_hash} if anchor and anchor.text_hash else {}
    return {
        "label": annotation.label,
        "anchor": anchor
        and {
            "exact": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
            "start": anchor.start,
            "end": anchor.end,
        },
        **text_hash,
        "note": annotation.note,
        "tags": list(annotation.tags),
        "created": annotation.created,
        "modified": annotation.modified,
        **({"author": annotation.author} if annotation.author else {}),
        **_origin_field(annotation),
    }


def _origin_field(annotation: Annotation) -> Record:
    return {ORIGIN: annotation.origin} if annotation.origin else {}


# From records


def read_entry(record: Record) -> ArticleEntry | None:
    """Return the entry in an article's record; `None` if it is deleted, or cannot be read."""
    if is_removed(record):
        return None
    texts = {"language": "en"} | {
        attribute: record[name] for name, attribute in _ENTRY_ATTRIBUTES.items() if name in record
    }
    if not is_id(record.get("id")) or not all(isinstance(text, str) for text in texts.values()):
        return None
    try:
        lists: dict[str, Any] = {
            attribute: _read_list(record[name]) for name, attribute in _ENTRY_LISTS.items() if name in record
        }
        return ArticleEntry(
            record["id"],
            **texts,
            **lists,
            addresses=_read_addresses(record),
            options=_read_options(record),
            page=_read_page(record),
            is_protected=record.get(_PROTECTED) is True,
            other_sources=_from_others(record, "source", _ADDRESSES),
            other_texts=_from_others(record, "text_hash", "texts"),
            other_joined=_from_others(record, "joined"),
            other_distinct=_from_others(record, "distinct"),
            extra=_unknown(record, ARTICLE),
        )
    except RecursionError:
        return None


def _read_list(value: Any) -> tuple[str, ...]:
    """Return the strings in a list, without damaged ones."""
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _read_addresses(record: Record) -> dict[str, tuple[str, ...]]:
    """Return the hashes of the texts that were read from each source."""
    found = record.get(_ADDRESSES)
    return (
        {address: _read_list(hashes) for address, hashes in found.items()} if isinstance(found, dict) else {}
    )


def _read_options(record: Record) -> ReadingOptions:
    """Return the user's choices for reading an article, without damaged ones."""
    found = record.get(READING)
    choices = found if isinstance(found, dict) else {}
    texts = (choices.get(name) for name in ReadingOptions._fields)
    return ReadingOptions(*(text if isinstance(text, str) else "" for text in texts))


def _read_page(record: Record) -> KeptPage | None:
    """Return the page that an article was read from; `None` if there is none, or its fields are damaged."""
    found = record.get(PAGE)
    if not isinstance(found, dict):
        return None
    fields = {attribute: found.get(name, "") for name, attribute in _PAGE_FIELDS.items()}
    is_whole = fields["hash"] and all(isinstance(value, str) for value in fields.values())
    return KeptPage(**fields) if is_whole else None


def _from_others(record: Record, *names: str) -> tuple[str, ...]:
    """Return the strings in fields of the revisions of other copies, each once; those of other types are left out."""
    if OTHERS not in record:
        return ()
    found: dict[str, None] = {}
    for revision in revisions_of(record)[1:]:
        for value in map(revision.get, names):
            values = value if isinstance(value, list | dict) else [value]
            found |= dict.fromkeys(one for one in values if isinstance(one, str) and one)
    return tuple(found)


def read_annotation(record: Any) -> Annotation | None:
    """Return the annotation in a record, or in one side of an edit; `None` if it is removed, or cannot be read.

    The first revision that can be read is the annotation, and the others are its conflicts. Revisions with equal
    content count once, and those that cannot be read are left out:
    `{"note": null, "others": [{"note": "a"}, {"note": "b"}]}` → the annotation "a" with the conflict "b".
    """
    if not isinstance(record, dict):
        return None
    if OTHERS not in record:
        return _read_revision(record)
    found = [(revision, _read_revision(revision)) for revision in revisions_of(record)]
    readable = [
        one
        for revision, one in found
        if (is_removed(revision) if one is None else one.id == record.get("id"))
    ]
    shown = next(filter(None, readable), None)
    if shown is None:
        return None
    by_content = {content_of(one): one for one in reversed(readable)}
    conflicts = [by_content[content] for content in dict.fromkeys(map(content_of, readable))]
    return shown._replace(conflicts=tuple(one for one in conflicts if content_of(one) != content_of(shown)))


def _read_revision(record: Record) -> Annotation | None:
    """Return the annotation in one revision of a record; `None` if it is removed, or cannot be read."""
    try:
        if record.get("deleted"):
            return None
        annotation_id, label, anchor, note, tags, created, modified = _annotation_values(record)
        if anchor is not None:
            anchor = _read_anchor(anchor, record.get("text_hash", ""))
        author, origin = record.get("author", ""), record.get(ORIGIN, "")
        "".join(tags)  # raises a TypeError if a tag is not a string; three times as fast as a check of each
        extra = {} if _FIELDS[ANNOTATION].issuperset(record) else _unknown(record, ANNOTATION)
    except (KeyError, RecursionError, TypeError, ValueError):
        return None
    if (
        type(label) is type(note) is type(created) is type(modified) is type(author) is type(origin) is str
        and type(tags) is list
        and is_id(annotation_id)
    ):
        return Annotation(
            annotation_id, label, anchor, note, tuple(tags), created, modified, author, origin, extra=extra
        )
    return None


def is_removed(record: Record) -> bool:
    """Return whether a record is the tombstone of a removed annotation, or of a deleted article or what belonged to it."""
    return record.get("deleted") is True


def _read_anchor(fields: Any, text_hash: Any) -> Anchor:
    """Return the anchor in a JSON object, for the text with a hash; without the hash if that is no text.

    Raises:
        KeyError: A field is missing.
        TypeError: It is not an object.
        ValueError: A field is of another type.
    """
    exact, prefix, suffix, start, end = _anchor_values(fields)
    texts = type(exact) is type(prefix) is type(suffix) is str
    if texts and type(start) is type(end) is int and 0 <= start <= end:
        return Anchor(exact, prefix, suffix, start, end, text_hash if type(text_hash) is str else "")
    raise ValueError("not an anchor")


def read_change(record: Record) -> Change | None:
    """Return the change in a record; `None` if it is deleted, or cannot be read."""
    if is_removed(record):
        return None
    get = record.get
    change_id, number, edits = get("id", ""), get("number"), get("edits")
    title, at, undone, follows = get("title", ""), get("at", ""), get("undone", False), get("follows", 0)
    if not (
        is_id(change_id)
        and type(number) is type(follows) is int
        and max(number, follows) < _NUMBER_LIMIT
        and type(title) is type(at) is str
        and type(undone) is bool
        and type(edits) is list
    ):
        return None
    read = [edit for edit in map(_read_edit, edits) if edit]
    if len(read) < len(edits):
        return None
    return Change(change_id, number, title, at, tuple(read), undone, follows)


def _read_edit(edit: Any) -> Edit | None:
    if not isinstance(edit, dict):
        return None
    sides = edit.get("before"), edit.get("after")
    before, after = map(read_annotation, sides)
    if [before is None, after is None] != [side is None for side in sides] or not (before or after):
        return None
    if before and after and before.id != after.id:
        return None
    return Edit(before, after)


def is_readable(record: Record) -> bool:
    """Return whether a record can be read as an entry, an annotation, a tombstone or a change.

    An annotation without the id of an article counts as unreadable, as no notebook would show it.
    """
    kind = record.get("kind")
    read = _READERS.get(kind) if isinstance(kind, str) else None
    if read is None:
        return False
    if is_removed(record):
        return is_id(record.get("id"))
    has_article = kind != ANNOTATION or isinstance(record.get("article"), str)
    return has_article and read(record) is not None


_READERS: Final[Mapping[str, Callable[[Record], object]]] = {
    ARTICLE: read_entry,
    ANNOTATION: read_annotation,
    CHANGE: read_change,
}


def _unknown(record: Record, kind: str) -> Record:
    """Return a copy of the unknown fields of a record.

    Raises:
        RecursionError: A field is nested too deep to be copied.
    """
    known = _FIELDS[kind]
    if known.issuperset(record):
        return {}
    return deepcopy({name: value for name, value in record.items() if name not in known})
