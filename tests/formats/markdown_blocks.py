"""The blocks that the reader makes of Markdown, as plain values to compare."""

from pactreader.core.article import Article, SpanKind
from pactreader.formats.readers.markdown_reader import parse_markdown


def read(markdown: str) -> Article:
    return parse_markdown(markdown, title="file")


def rows(markdown: str) -> list[tuple[str, str, int, str]]:
    article = read(markdown)
    return [
        (block.kind.value, block.marker, block.quoted, article.block_text(block)) for block in article.blocks
    ]


def texts(markdown: str) -> list[str]:
    return [text for *_, text in rows(markdown)]


def styled(markdown: str, kind: SpanKind) -> list[str]:
    article = read(markdown)
    spans = (span for block in article.blocks for span in block.spans)
    return [article.text[span.start : span.end] for span in spans if span.kind is kind]
