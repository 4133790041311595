"""The store of the articles' texts: for an article whose source is gone, and to place anchors made on former texts."""

import json
import os
import re
import time
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path
from threading import Lock
from typing import Any, Final, NamedTuple, TypeGuard

from pactreader.core.article import Article, Block, BlockKind, SourceLines, Span, SpanKind, text_hash_of
from pactreader.core.printable_text import printable, printable_line
from pactreader.storage.journal.atomic_write import atomic_write, make_directory

_HASH: Final = re.compile(r"[0-9a-f]{32}")
"""The form of an `Article.text_hash`. Only such a hash is used in the name of a file."""
_SUFFIX: Final = ".json.gz"
_TOUCH_SECONDS: Final = 6 * 3600.0
"""Seconds after which the time of a text in use is renewed: often enough for `MIN_AGE` in `text_cleaner`, and seldom
enough that a file synchroniser has nothing to do."""
_GZIP: Final = 31
"""zlib's `wbits` for a gzip file."""
_FAST: Final = 1
"""The compression level: level 1 takes a quarter of the time of level 6, and files are a fifth longer."""

_DAMAGE: Final = (OSError, zlib.error, ValueError, KeyError, TypeError, OverflowError, RecursionError)
"""The errors that a damaged file leads to."""


def store_text(directory: Path, article: Article, *, anew: bool = False) -> None:
    """Store an article's text and blocks in a file named by the text's hash, unless it exists.

    The time of an existing file is renewed, as it says when the text was last in use.

    Args:
        directory: The directory of the stored texts.
        article: The article.
        anew: Whether to replace an existing file, as the same text may stand on other lines of its source now.

    Raises:
        OSError: The text is not stored.
    """
    path = _path(directory, article.text_hash)
    if path.exists() and not anew:
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _TOUCH_SECONDS:
                os.utime(path)
        return
    fields = {
        "title": article.title,
        "language": article.language,
        "author": article.author,
        "date": article.date,
        "text": article.text,
        "blocks": article.blocks,
        "lines": [list(each) for each in article.source_lines],
    }
    make_directory(directory)
    atomic_write(path, _compressed(fields))


def _compressed(fields: Mapping[str, Any]) -> bytes:
    """Return a JSON object in a gzip file. Each field is encoded by itself, as that stops all other threads."""
    compressor = zlib.compressobj(_FAST, wbits=_GZIP)
    parts = [
        compressor.compress(f"{separator}{json.dumps(name)}: {json.dumps(value)}".encode("ascii"))
        for separator, (name, value) in zip(chain("{", repeat(", ")), fields.items(), strict=False)
    ]
    return b"".join((*parts, compressor.compress(b"}"), compressor.flush()))


def stored_text(directory: Path, text_hash: str, source: str) -> Article | None:
    """Return the article with a stored text; `None` if the text is not stored, or its file is damaged.

    Args:
        directory: The directory of the stored texts.
        text_hash: The hash, as `Article.text_hash` returns it.
        source: The source of the article, which is not stored with its text.
    """
    try:
        article = _read(_stored_fields(directory, text_hash), source)
    except _DAMAGE:
        return None
    return article if article.text_hash == text_hash else None


class StoredTexts(Mapping[str, str]):
    """The stored texts of an article by their hashes. Each is read when it is asked for.

    Any stored text can be asked for by its hash, as that of an annotation that another window adds; iterating gives the
    texts of the article. A damaged text is as one that is not stored.
    """

    def __init__(self, directory: Path, hashes: Iterable[str] = ()) -> None:
        """Create the mapping without touching the disk.

        Args:
            directory: The directory of the stored texts.
            hashes: The hashes of the article's texts, stored or not, the likeliest first.
        """
        self._directory = directory
        self._hashes = tuple(dict.fromkeys(hashes))

    def __getitem__(self, text_hash: str) -> str:
        if not is_text_hash(text_hash):
            raise KeyError(text_hash)
        path = _path(self._directory, text_hash)
        try:
            status = path.stat()
            with _reading:
                text = _intact_text(path, status.st_mtime_ns, status.st_size)
        except OSError as error:
            raise KeyError(text_hash) from error
        if text is None:
            raise KeyError(text_hash)
        return text

    def __iter__(self) -> Iterator[str]:
        return (one for one in self._hashes if is_stored(self._directory, one))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@lru_cache(maxsize=2)
def _intact_text(path: Path, modified_ns: int, size: int) -> str | None:  # noqa: ARG001 - they tell whether it is kept
    """Return the text in a file; `None` if the file is damaged. The last two are kept, for several uses of a former text.

    Args:
        path: The file.
        modified_ns: Its time of modification, in nanoseconds.
        size: Its size in bytes.
    """
    text_hash = path.name.removesuffix(_SUFFIX)
    try:
        text = _stored_fields(path.parent, text_hash)["text"]
    except _DAMAGE:
        return None
    return text if isinstance(text, str) and text_hash_of(text) == text_hash else None


_reading: Final = Lock()
"""Held while a text is read, so that threads that need the same one wait for it."""


class TextFile(NamedTuple):
    """The file of a stored text."""

    text_hash: str
    size: int
    """Its size in bytes, compressed."""
    used_at: float
    """The time at which the text was last in use, in seconds since the epoch, to some hours."""


def text_files(directory: Path) -> Iterator[TextFile]:
    """Yield the files of the stored texts, in any order."""
    for path in directory.glob(f"*{_SUFFIX}"):
        text_hash = path.name.removesuffix(_SUFFIX)
        if is_text_hash(text_hash):
            with suppress(OSError):
                status = path.stat()
                yield TextFile(text_hash, status.st_size, status.st_mtime)


def remove_text(directory: Path, text_hash: str) -> bool:
    """Delete the file of a stored text; return whether it could be deleted."""
    try:
        _path(directory, text_hash).unlink()
    except OSError:
        return False
    return True


def copy_text(source: Path, directory: Path, text_hash: str) -> None:
    """Copy a stored text from the directory of another library, unless it is stored already or damaged there."""
    if not is_stored(directory, text_hash) and stored_text(source, text_hash, ""):
        with suppress(OSError):
            make_directory(directory)
            atomic_write(_path(directory, text_hash), _path(source, text_hash).read_bytes())


def quarantine_text(directory: Path, text_hash: str) -> None:
    """Rename the file of a damaged text, so that the text is stored again when its article is opened."""
    path = _path(directory, text_hash)
    with suppress(OSError):
        path.replace(path.with_name(f"{path.name}.damaged"))


def is_stored(directory: Path, text_hash: str) -> bool:
    """Return whether there is a file for the text with a hash, which may be damaged."""
    return is_text_hash(text_hash) and _path(directory, text_hash).exists()


def is_text_hash(value: object) -> TypeGuard[str]:
    """Return whether a value has the form of a text's hash, and can be used in the name of a file."""
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _path(directory: Path, text_hash: str) -> Path:
    return directory / f"{text_hash}{_SUFFIX}"


def _stored_fields(directory: Path, text_hash: str) -> Any:
    """Return the JSON value in the file of a text.

    Raises:
        KeyError: It is no hash.
        OSError: The file cannot be read.
        zlib.error: It is damaged.
        ValueError: It is damaged.
        RecursionError: It is damaged.
    """
    if not is_text_hash(text_hash):
        raise KeyError(text_hash)
    return json.loads(zlib.decompress(_path(directory, text_hash).read_bytes(), wbits=_GZIP))


def _read(fields: Any, source: str) -> Article:
    """Return the article in the fields of a stored text.

    Raises:
        ValueError: A field has a wrong value.
        KeyError: A field is missing.
        TypeError: A field has a wrong type.
    """
    texts = {name: fields[name] for name in ("title", "text", "language", "author", "date")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise ValueError("not strings")
    safe: dict[str, Any] = {name: printable(text) for name, text in texts.items()}
    return Article(
        blocks=_read_blocks(fields["blocks"], len(texts["text"])),
        source=source,
        source_lines=_read_lines(fields.get("lines", ((), ()))),
        **safe,
    )


def _read_lines(columns: Any) -> SourceLines:
    """Return the lines of the file that a stored text comes from; none in texts that version 0.1 stored.

    Raises:
        ValueError: They are no two columns of numbers of the same length.
        TypeError: They are no columns, or have no numbers.
    """
    offsets, lines = (array("I", column) for column in columns)
    if len(offsets) != len(lines):
        raise ValueError("not lines")
    return SourceLines(offsets, lines)


def _read_blocks(rows: Any, length: int) -> tuple[Block, ...]:
    """Return the blocks in stored rows, which must not overlap or exceed the text.

    Args:
        rows: The fields of the blocks.
        length: The length of the text in code points.
    """
    blocks: list[Block] = []
    previous_end = 0
    for kind, start, end, level, marker, quoted, spans in rows:
        if not (previous_end <= start < end <= length and level >= 0 <= quoted and isinstance(marker, str)):
            raise ValueError("not a block")
        blocks.append(
            Block(
                BlockKind(kind),
                start,
                end,
                level,
                printable_line(marker),
                quoted,
                _read_spans(spans, start, end),
            )
        )
        previous_end = end
    return tuple(blocks)


def _read_spans(rows: Any, block_start: int, block_end: int) -> tuple[Span, ...]:
    """Return the spans in stored rows, which must be inside their block."""
    spans = tuple(Span(start, end, SpanKind(kind), target) for start, end, kind, target in rows)
    if not all(
        block_start <= span.start <= span.end <= block_end and isinstance(span.target, str) for span in spans
    ):
        raise ValueError("not a span")
    return spans
