"""Conversion of articles to JSON values for the store of texts, and back."""

from array import array
from itertools import chain
from operator import lt
from typing import TYPE_CHECKING, Any

from pactreader.core.article import Article, Blocks, SourceLines, Span, SpanKind
from pactreader.core.article_outline import ContentsEntry, Places
from pactreader.core.blocks import KIND_NUMBERS, BlockColumns
from pactreader.core.printable_text import printable, printable_line

if TYPE_CHECKING:
    from pactreader.core.embedded_annotations import EmbeddedAnnotation

_TEXTS = ("title", "language", "author", "date")
"""The fields of every stored text."""
_LATER_TEXTS = ("url", "encoding", "reader", "file_hash", "warning")
"""Fields that former versions did not store."""


def article_fields(article: Article) -> dict[str, Any]:
    """Return the fields of an article as JSON values, but for its blocks. Its source is not among them."""
    return article_metadata(article) | {
        "text": article.text,
        "blocks": article.blocks,
        "lines": [list(each) for each in article.source_lines],
        "places": [list(each) for each in article.places],
    }


def article_metadata(article: Article) -> dict[str, Any]:
    """Return the fields of an article whose size does not depend on its text, as JSON values."""
    return {
        "title": article.title,
        "language": article.language,
        "author": article.author,
        "date": article.date,
        "url": article.url,
        "encoding": article.encoding,
        "reader": article.reader,
        "file_hash": article.file_hash,
        "warning": article.warning,
        "protected": article.is_protected,
        "tags": article.tags,
        "anchors": dict(article.anchors),
        "contents": article.contents,
        "embedded": article.embedded,
    }


def read_fields(fields: Any, source: str) -> Article:
    """Return the article in the fields of a stored text.

    Args:
        fields: The fields.
        source: The article's source.

    Raises:
        ValueError: A field has a wrong value.
        KeyError: A field is missing.
        TypeError: A field has a wrong type.
    """
    text = fields["text"]
    if not isinstance(text, str):
        raise TypeError("not a string")
    length = len(text)
    return Article(
        text=printable(text),
        blocks=_read_blocks(fields["blocks"], length),
        source=source,
        source_lines=_read_lines(fields.get("lines", ((), ()))),
        places=_read_places(fields.get("places", ((), ())), length),
        **read_metadata(fields, length),
    )


def read_metadata(fields: Any, length: int) -> dict[str, Any]:
    """Return the fields of `article_metadata` as arguments of `Article`.

    Args:
        fields: The JSON values.
        length: The length of the article's text in code points.

    Raises:
        ValueError: A field has a wrong value.
        KeyError: A field is missing.
        TypeError: A field has a wrong type.
    """
    texts = {name: fields[name] for name in _TEXTS} | {name: fields.get(name, "") for name in _LATER_TEXTS}
    if not all(isinstance(text, str) for text in texts.values()):
        raise ValueError("not strings")
    return {
        "tags": tuple(map(printable_line, fields.get("tags", ()))),
        "anchors": {
            printable_line(name): _offset(at, length) for name, at in fields.get("anchors", {}).items()
        },
        "contents": tuple(
            ContentsEntry(printable_line(title), level, _offset(offset, length))
            for title, level, offset in fields.get("contents", ())
        ),
        "is_protected": fields.get("protected") is True,
        "embedded": tuple(_read_embedded(row, length) for row in fields.get("embedded", ())),
    } | {name: printable(text) for name, text in texts.items()}


def _offset(value: Any, length: int) -> int:
    """Return an offset in a text of some length.

    Raises:
        ValueError: It is none.
        TypeError: It is no number.
    """
    if not 0 <= value <= length:
        raise ValueError("not an offset")
    return int(value)


def _read_embedded(row: Any, length: int) -> "EmbeddedAnnotation":
    """Return the annotation of another program in a stored row.

    Raises:
        ValueError: It is none.
        TypeError: A field has a wrong type, or there are more or fewer.
    """
    from pactreader.core.embedded_annotations import EmbeddedAnnotation, EmbeddedKind

    key, kind, start, end, *texts = row
    if not all(isinstance(text, str) for text in (key, *texts)):
        raise ValueError("not strings")
    passage = _offset(start, length), _offset(end, length)
    return EmbeddedAnnotation(printable_line(key), EmbeddedKind(kind), *passage, *map(printable, texts))


def _read_places(columns: Any, length: int) -> Places:
    """Return the places of an article.

    Raises:
        ValueError: They are no two columns of the same length, or no offsets in ascending order.
        TypeError: They are no columns.
    """
    offsets, labels = columns
    if len(offsets) != len(labels) or sorted(offsets) != list(offsets):
        raise ValueError("not places")
    return Places(
        array("I", (_offset(each, length) for each in offsets)), [printable_line(each) for each in labels]
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


def _read_blocks(rows: Any, length: int) -> Blocks:
    """Return the blocks in stored rows, which must not overlap or exceed the text.

    They are read by columns, as a library has a hundred thousand of them.

    Args:
        rows: The fields of the blocks.
        length: The length of the text in code points.

    Raises:
        ValueError: They overlap or exceed the text, or a row has more or fewer fields.
        KeyError: A block is of no kind.
        TypeError: A field has a wrong type.
        OverflowError: A number is negative or too large.
    """
    kinds, starts, ends, levels, markers, quoted, spans = zip(*rows, strict=True) if rows else ((),) * 7
    offsets = [0, *chain.from_iterable(zip(starts, ends, strict=True)), length]
    if sorted(offsets) != offsets or not all(map(lt, starts, ends)):
        raise ValueError("not blocks")
    marked = [number for number, marker in enumerate(markers) if marker]
    columns = BlockColumns.empty()._replace(
        kinds=bytearray(map(KIND_NUMBERS.__getitem__, kinds)),
        starts=array("I", starts),
        ends=array("I", ends),
        levels=array("I", levels),
        quoted=array("I", quoted),
        marker_blocks=array("I", marked),
        markers=[printable_line(markers[number]) for number in marked],
    )
    for number, own in enumerate(spans):
        if own:
            columns.append_spans(number, _read_spans(own, starts[number], ends[number]))
    return Blocks(columns)


def _read_spans(rows: Any, block_start: int, block_end: int) -> tuple[Span, ...]:
    """Return the spans in stored rows, which must be inside their block."""
    spans = tuple(Span(start, end, SpanKind(kind), target) for start, end, kind, target in rows)
    if not all(
        block_start <= span.start <= span.end <= block_end and isinstance(span.target, str) for span in spans
    ):
        raise ValueError("not a span")
    return spans
