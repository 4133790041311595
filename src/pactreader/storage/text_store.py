"""The texts that were annotated, kept so that they can be read and compared when their files are gone."""

import json
import re
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from pactreader.core.article import Article, Block, BlockKind, Span, SpanKind
from pactreader.core.printable_text import printable, printable_line
from pactreader.storage.journal.atomic_write import atomic_write, make_directory

_HASH: Final = re.compile(r"[0-9a-f]{32}")
"""What `Article.text_hash` gives. Anything else is no name for a file."""
_GZIP: Final = 31
"""zlib's `wbits` for a gzip file."""
_FAST: Final = 1
"""Level 1 takes a quarter of the time of level 6 and makes the file of an article a fifth longer."""


def keep_text(directory: Path, article: Article) -> None:
    """Keep an article's text and blocks under the text's hash, if they are not there yet.

    Raises:
        OSError: They could not be written.
    """
    path = _path(directory, article.text_hash)
    if path.exists():
        return
    kept = {
        "title": article.title,
        "language": article.language,
        "author": article.author,
        "date": article.date,
        "text": article.text,
        "blocks": article.blocks,
    }
    make_directory(directory)
    atomic_write(path, zlib.compress(json.dumps(kept).encode("ascii"), _FAST, wbits=_GZIP))


def kept_text(directory: Path, text_hash: str, source: str) -> Article | None:
    """The article whose text has this hash; `None` if it is not kept, or damaged.

    Args:
        directory: Where the texts are.
        text_hash: As `Article.text_hash` gives it.
        source: Where the article came from, which is not kept with its text.
    """
    if not _HASH.fullmatch(text_hash):
        return None
    try:
        content = _path(directory, text_hash).read_bytes()
        article = _read(json.loads(zlib.decompress(content, wbits=_GZIP)), source)
    except (OSError, zlib.error, ValueError, KeyError, TypeError, RecursionError):
        return None
    return article if article.text_hash == text_hash else None


def copy_text(source: Path, directory: Path, text_hash: str) -> None:
    """Keep a text as another copy of the library kept it, if it is not kept here and whole there."""
    if not is_kept(directory, text_hash) and kept_text(source, text_hash, ""):
        with suppress(OSError):
            make_directory(directory)
            atomic_write(_path(directory, text_hash), _path(source, text_hash).read_bytes())


def quarantine_text(directory: Path, text_hash: str) -> None:
    """Put a kept text that is damaged out of the way, so that it is kept anew when its article is opened."""
    path = _path(directory, text_hash)
    with suppress(OSError):
        path.replace(path.with_name(f"{path.name}.damaged"))


def is_kept(directory: Path, text_hash: str) -> bool:
    """Whether there is a file for the text with this hash, damaged or not."""
    return _HASH.fullmatch(text_hash) is not None and _path(directory, text_hash).exists()


def _path(directory: Path, text_hash: str) -> Path:
    return directory / f"{text_hash}.json.gz"


def _read(kept: Any, source: str) -> Article:
    """The article in what was kept.

    Raises:
        ValueError: It is no article.
        KeyError: As above.
        TypeError: As above.
    """
    words = {name: kept[name] for name in ("title", "text", "language", "author", "date")}
    if not all(isinstance(word, str) for word in words.values()):
        raise ValueError("no words")
    harmless = {name: printable(word) for name, word in words.items()}
    return Article(blocks=_read_blocks(kept["blocks"], len(words["text"])), source=source, **harmless)


def _read_blocks(rows: Any, length: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    least = 0
    for kind, start, end, level, marker, quoted, spans in rows:
        if not (least <= start < end <= length and level >= 0 <= quoted and isinstance(marker, str)):
            raise ValueError("no block")
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
        least = end
    return tuple(blocks)


def _read_spans(rows: Any, least: int, most: int) -> tuple[Span, ...]:
    spans = tuple(Span(start, end, SpanKind(kind), target) for start, end, kind, target in rows)
    if not all(least <= span.start <= span.end <= most and isinstance(span.target, str) for span in spans):
        raise ValueError("no span")
    return spans
