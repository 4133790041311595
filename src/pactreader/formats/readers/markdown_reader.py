"""The reader of Markdown: CommonMark with what GitHub, Obsidian and pandoc add, HTML and front matter."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from pactreader.core.article import Article, BlockKind, Piece, Span, SpanKind
from pactreader.core.printable_text import printable_line
from pactreader.formats.decoding import decode
from pactreader.formats.language_detection import guess_language, parse_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.article_metadata import ArticleMetadata
from pactreader.formats.readers.markdown.beginning import END, markdown_beginning
from pactreader.formats.readers.markdown.blocks import BlockReader
from pactreader.formats.readers.markdown.front_matter import split_front_matter
from pactreader.formats.readers.markdown.syntax import MAX_NESTING, markdown_parser
from pactreader.formats.readers.text_reader import parse_text

if TYPE_CHECKING:
    from markdown_it.token import Token

_TOO_DEEP: Final = "It is nested too deeply to be read as Markdown, and shown as plain text."


def read_markdown(data: bytes, origin: Origin) -> Article:
    """Read a Markdown file. If it is large, and wanted in parts, the article has its beginning.

    Raises:
        UnreadableError: It is not text, or it is empty.
    """
    text, encoding, warning = decode(data, origin.name, origin.options.encoding)
    parse = partial(
        parse_markdown,
        title=origin.title,
        source=origin.source,
        warning=warning,
        language=origin.options.language,
    )
    beginning = markdown_beginning(text) if origin.setup.in_parts else None
    if beginning is None:
        return parse(text)._replace(encoding=encoding)
    from pactreader.formats.readers.text_rest import TextRest, beginning_of  # few texts are large

    article = parse(beginning)._replace(encoding=encoding)
    return beginning_of(article, article.text.rindex(END), TextRest(read_markdown, data, origin))


def parse_markdown(
    text: str, *, title: str, source: str = "", warning: str = "", language: str = ""
) -> Article:
    """Parse a Markdown text. Its title is the front matter's, or else the first heading.

    Args:
        text: Printable, with Unix line ends.
        title: The article's title if the text has none.
        source: The article's source.
        warning: The article's warning.
        language: The ISO 639-1 code of its language; empty for that of the front matter or the script.
    """
    front_matter, body = split_front_matter(text)
    tokens = markdown_parser().parse(body)
    if _too_deep(tokens):
        article = parse_text(text, title=title, source=source, warning=f"{warning} {_TOO_DEEP}".strip())
        return article._replace(language=language or article.language)
    head = text[: len(text) - len(body)]
    first_line = head.count("\n") + 1
    pieces = list(BlockReader(tokens, first_line=first_line).read())
    article = Article.assemble(
        _with_front_matter(pieces, front_matter, head.split("\n")),
        title=front_matter.title or _first_heading(pieces) or title,
        source=source,
        language=language or parse_language(front_matter.language) or guess_language(body),
        author=front_matter.author,
        date=front_matter.date,
        warning=warning,
    )
    return article._replace(url=front_matter.url, tags=front_matter.tags)


def parse_note(note: str) -> Article:
    """Parse the Markdown of a note. Unlike in an article, its line ends stay: the user typed them on purpose."""
    tokens = markdown_parser().parse(note)
    if _too_deep(tokens):
        return Article.assemble([Piece(BlockKind.PARAGRAPH, note)], title="")
    return Article.assemble(BlockReader(tokens, keep_lines=True).read(), title="")


def _too_deep(tokens: "Sequence[Token]") -> bool:
    return any(token.level >= MAX_NESTING - 2 for token in tokens)


def _first_heading(pieces: Sequence[Piece]) -> str:
    """Return the text of the first heading; empty if there is none."""
    found = (piece.text for piece in pieces if piece.kind is BlockKind.HEADING and piece.text)
    return printable_line(next(found, ""))


def _with_front_matter(
    pieces: list[Piece], front_matter: ArticleMetadata, lines: Sequence[str]
) -> list[Piece]:
    """Insert the front matter's title, unless there is a heading with this text, and author and date below it."""
    title, author, date, *_ = front_matter
    head: list[Piece] = []
    if title and title != _first_heading(pieces):
        head = [Piece(BlockKind.HEADING, title, 1, lines=((0, _line_of(title, lines)),))]
    elif pieces and pieces[0].kind is BlockKind.HEADING:
        head, pieces = pieces[:1], pieces[1:]
    byline = " · ".join(filter(None, (author, date)))
    if byline:
        emphasis = (Span(0, len(byline), SpanKind.EMPHASIS),)
        places = {byline.find(part): _line_of(part, lines) for part in (author, date) if part}
        head.append(Piece(BlockKind.PARAGRAPH, byline, spans=emphasis, lines=tuple(sorted(places.items()))))
    return head + pieces


def _line_of(value: str, lines: Sequence[str]) -> int:
    """Return the line of the front matter that a value begins on; 0 if it is written otherwise there."""
    word = value.split(maxsplit=1)[0].strip("\"',")
    return next((number for number, line in enumerate(lines, 1) if word in line), 0)
