"""The store of the articles' texts: for an article whose source is gone, and to place anchors made on former texts."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, islice, repeat
from pathlib import Path
from threading import Lock
from typing import Any, Final

from pactreader.core.article import Article, Blocks, text_hash_of
from pactreader.storage.texts.store_files import GZIP, TEXT, copy, is_stored, path_of, renew

_SLICE: Final = 262_144
"""The code points of a text that are encoded at once, in a thousandth of a second."""
_BLOCKS: Final = 500
"""The blocks that are encoded at once, in a thousandth of a second."""
_FAST: Final = 1
"""The compression level: level 1 takes a quarter of the time of level 6, and files are a fifth longer."""

_DAMAGE: Final = (
    OSError,
    zlib.error,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)
"""The errors that a damaged file leads to."""


def store_text(directory: Path, article: Article, *, anew: bool = False) -> bool:
    """Store an article's text and blocks in a file named by the text's hash, unless it exists; return whether it is written.

    The time of an existing file is renewed, as it says when the text was last in use.

    Args:
        directory: The directory of the stored texts.
        article: The article.
        anew: Whether to replace an existing file, as the same text may stand on other lines of its source now.

    Raises:
        OSError: The text is not stored.
    """
    from pactreader.core.article_fields import article_fields
    from pactreader.storage.journal.atomic_write import atomic_write, make_directory

    path = path_of(directory, article.text_hash, TEXT)
    if path.exists() and not anew:
        renew(path)
        return False
    if article.is_unverified and text_hash_of(article.text) != article.text_hash:
        return False  # its file has changed behind its stamp, and is about to be read again
    make_directory(directory)
    atomic_write(path, _compressed(article_fields(article)))
    return True


def _compressed(fields: Mapping[str, Any]) -> bytes:
    """Return a JSON object in a gzip file."""
    compressor = zlib.compressobj(_FAST, wbits=GZIP)
    parts = [compressor.compress(part.encode("ascii")) for part in _encoded(fields)]
    return b"".join((*parts, compressor.flush()))


def _encoded(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield a JSON object in parts: encoding one stops all other threads, as those that handle keys."""
    for separator, (name, value) in zip(chain("{", repeat(", ")), fields.items(), strict=False):
        yield f"{separator}{json.dumps(name)}: "
        if isinstance(value, str):
            yield '"'
            for start in range(0, len(value), _SLICE):
                yield json.dumps(value[start : start + _SLICE])[1:-1]
            yield '"'
        elif isinstance(value, Blocks):
            blocks = iter(value)
            yield f"[{json.dumps(list(islice(blocks, 1)))[1:-1]}"
            while some := list(islice(blocks, _BLOCKS)):
                yield f", {json.dumps(some)[1:-1]}"
            yield "]"
        else:
            yield json.dumps(value)
    yield "}"


def stored_text(directory: Path, text_hash: str, source: str) -> Article | None:
    """Return the article with a stored text; `None` if the text is not stored, or its file is damaged.

    Args:
        directory: The directory of the stored texts.
        text_hash: The hash, as `Article.text_hash` returns it.
        source: The source of the article, which is not stored with its text.
    """
    from pactreader.core.article_fields import read_fields

    try:
        article = read_fields(_stored_fields(directory, text_hash), source)
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
        path = path_of(self._directory, text_hash, TEXT)
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
    text_hash = path.name.removesuffix(TEXT)
    try:
        text = _stored_fields(path.parent, text_hash)["text"]
    except _DAMAGE:
        return None
    return text if isinstance(text, str) and text_hash_of(text) == text_hash else None


_reading: Final = Lock()
"""Held while a text is read, so that threads that need the same one wait for it."""


def copy_text(source: Path, directory: Path, text_hash: str) -> None:
    """Copy a stored text from the directory of another library, unless it is stored already or damaged there."""
    if not is_stored(directory, text_hash) and stored_text(source, text_hash, ""):
        copy(source, directory, text_hash, TEXT)


def _stored_fields(directory: Path, text_hash: str) -> Any:
    """Return the JSON value in the file of a text.

    Raises:
        KeyError: It is no hash.
        OSError: The file cannot be read.
        zlib.error: It is damaged.
        ValueError: It is damaged.
        RecursionError: It is damaged.
    """
    return json.loads(zlib.decompress(path_of(directory, text_hash, TEXT).read_bytes(), wbits=GZIP))
