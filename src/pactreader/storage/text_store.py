"""The store of the articles' texts, so that an article can be opened when its source is gone."""

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from pactreader.core.article import Article, Block, BlockKind, Span, SpanKind
from pactreader.core.printable_text import printable, printable_line
from pactreader.storage.journal.atomic_write import atomic_write, make_directory

_HASH: Final = re.compile(r"[0-9a-f]{32}")
"""The form of an `Article.text_hash`. Only such a hash is used in the name of a file."""
_GZIP: Final = 31
"""zlib's `wbits` for a gzip file."""
_FAST: Final = 1
"""The compression level: level 1 takes a quarter of the time of level 6, and files are a fifth longer."""


def store_text(directory: Path, article: Article) -> None:
    """Store an article's text and blocks in a file named by the text's hash, unless it exists.

    Raises:
        OSError: The text is not stored.
    """
    path = _path(directory, article.text_hash)
    if path.exists():
        return
    fields = {
        "title": article.title,
        "language": article.language,
        "author": article.author,
        "date": article.date,
        "text": article.text,
        "blocks": article.blocks,
    }
    make_directory(directory)
    atomic_write(path, zlib.compress(json.dumps(fields).encode("ascii"), _FAST, wbits=_GZIP))


def stored_text(directory: Path, text_hash: str, source: str) -> Article | None:
    """Return the article with a stored text; `None` if the text is not stored, or its file is damaged.

    Args:
        directory: The directory of the stored texts.
        text_hash: The hash, as `Article.text_hash` returns it.
        source: The source of the article, which is not stored with its text.
    """
    if not _HASH.fullmatch(text_hash):
        return None
    try:
        content = _path(directory, text_hash).read_bytes()
        article = _read(json.loads(zlib.decompress(content, wbits=_GZIP)), source)
    except (OSError, zlib.error, ValueError, KeyError, TypeError, RecursionError):
        return None
    return article if article.text_hash == text_hash else None


class StoredTexts(Mapping[str, str]):
    """The stored texts by their hashes. Each is read when it is asked for; a damaged one is not in the mapping."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def __getitem__(self, text_hash: str) -> str:
        article = stored_text(self._directory, text_hash, "")
        if article is None:
            raise KeyError(text_hash)
        return article.text

    def __iter__(self) -> Iterator[str]:
        names = (path.name.split(".")[0] for path in self._directory.glob("*.json.gz"))
        return (name for name in names if _HASH.fullmatch(name))

    def __len__(self) -> int:
        return sum(1 for _ in self)


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
    return _HASH.fullmatch(text_hash) is not None and _path(directory, text_hash).exists()


def _path(directory: Path, text_hash: str) -> Path:
    return directory / f"{text_hash}.json.gz"


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
    safe = {name: printable(text) for name, text in texts.items()}
    return Article(blocks=_read_blocks(fields["blocks"], len(texts["text"])), source=source, **safe)


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
