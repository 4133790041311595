"""The reader of Markdown: CommonMark with tables, strikethrough, footnotes, task lists and front matter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from pactreader.core.article import Article, BlockKind, Piece, Span, SpanKind
from pactreader.core.links import FOOTNOTE_PREFIX
from pactreader.core.printable_text import printable, printable_line
from pactreader.formats.decoding import decode
from pactreader.formats.language_detection import guess_language, parse_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.front_matter import FrontMatter, split_front_matter
from pactreader.formats.readers.hard_wraps import soft_break_text
from pactreader.formats.readers.inline_html import inline_text, paragraphs
from pactreader.formats.readers.text_reader import RULE, parse_text

_BULLETS: Final = "•◦▪"
_TASKS: Final = {"[ ] ": "☐", "[x] ": "☑", "[X] ": "☑"}

_MAX_NESTING: Final = 60
"""The greatest depth of nesting that is parsed, that of thirty lists, which Python's stack allows. markdown-it leaves
out content that is nested deeper."""

_STYLES: Final = {
    "em": SpanKind.EMPHASIS,
    "strong": SpanKind.STRONG,
    "s": SpanKind.STRUCK,
    "link": SpanKind.LINK,
}


def read_markdown(data: bytes, origin: Origin) -> Article:
    """Read a Markdown file.

    Raises:
        UnreadableError: It is not text, or it is empty.
    """
    text, encoding, warning = decode(data, origin.name, origin.options.encoding)
    article = parse_markdown(text, title=origin.title, source=origin.source, warning=warning)
    return replace(article, encoding=encoding)


def parse_markdown(text: str, *, title: str, source: str = "", warning: str = "") -> Article:
    """Parse a Markdown text. Its title is the front matter's, or else the first heading of level 1.

    Args:
        text: Printable, with Unix line ends.
        title: The article's title if the text has none.
        source: The article's source.
        warning: The article's warning.
    """
    front_matter, body = split_front_matter(text)
    tokens = _parser().parse(body)
    if _too_deep(tokens):
        deep = "It is nested too deeply to be read as Markdown, and shown as plain text."
        return parse_text(text, title=title, source=source, warning=f"{warning} {deep}".strip())
    pieces = list(_BlockParser().parse(tokens))
    return Article.assemble(
        _with_front_matter(pieces, front_matter),
        title=front_matter.title or _first_heading(pieces, level=1) or title,
        source=source,
        language=parse_language(front_matter.language) or guess_language(body),
        author=front_matter.author,
        date=front_matter.date,
        warning=warning,
    )


def parse_note(note: str) -> Article:
    """Parse the Markdown of a note. Unlike in an article, its line ends stay: the user typed them on purpose."""
    tokens = _parser().parse(note)
    if _too_deep(tokens):
        return Article.assemble([Piece(BlockKind.PARAGRAPH, note)], title="")
    for token in tokens:
        for child in token.children or ():
            if child.type == "softbreak":
                child.type = "hardbreak"
    return Article.assemble(_BlockParser().parse(tokens), title="")


def _too_deep(tokens: Sequence[Token]) -> bool:
    return any(token.level >= _MAX_NESTING - 2 for token in tokens)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable(["table", "strikethrough"])
    return parser.use(footnote_plugin, inline=False, move_to_end=False)


def _first_heading(pieces: Sequence[Piece], level: int) -> str:
    """Return the text of the first heading of at most this level; empty if there is none."""
    found = (piece.text for piece in pieces if piece.kind is BlockKind.HEADING and piece.level <= level)
    return printable_line(next(found, ""))


def _with_front_matter(pieces: list[Piece], front_matter: FrontMatter) -> list[Piece]:
    """Insert the front matter's title, unless there is a heading with this text, and author and date below it."""
    title, author, date, _language = front_matter
    head: list[Piece] = []
    if title and title != _first_heading(pieces, level=6):
        head = [Piece(BlockKind.HEADING, title, 1)]
    elif pieces and pieces[0].kind is BlockKind.HEADING:
        head, pieces = pieces[:1], pieces[1:]
    byline = " · ".join(filter(None, (author, date)))
    if byline:
        emphasis = (Span(0, len(byline), SpanKind.EMPHASIS),)
        head.append(Piece(BlockKind.PARAGRAPH, byline, spans=emphasis))
    return head + pieces


@dataclass
class _List:
    """A list that is being parsed."""

    ordered: bool = False
    marker: str = ""
    """The marker of the present item; empty after the item's first block."""


class _BlockParser:
    """A parser of blocks from markdown-it's block tokens."""

    def __init__(self) -> None:
        self._lists: list[_List] = []
        self._quoted = 0
        self._heading = 0
        """The level of the present heading; 0 outside of headings."""
        self._row: list[_Inline] | None = None
        """The cells of the present row of a table; `None` outside of rows."""
        self._rows: list[_Inline] = []

    def parse(self, tokens: Sequence[Token]) -> Iterator[Piece]:
        """Parse the blocks."""
        for token in tokens:
            self._track_nesting(token)
            if token.type == "inline" and self._row is not None:
                self._row.append(_Inline.parse(token.children or (), hard_break=" "))
            elif token.type == "inline":
                yield from self._paragraph(token)
            elif token.type in {"fence", "code_block"}:
                yield self._piece(BlockKind.CODE, printable(token.content).rstrip("\n"))
            elif token.type == "html_block":
                for text in paragraphs(token.content):
                    yield self._piece(self._prose, printable(text))
            elif token.type == "hr":
                yield self._piece(BlockKind.RULE, RULE)
            elif token.type == "table_close":
                table = _Inline.join(self._rows, "\n")
                self._rows = []
                yield self._piece(BlockKind.TABLE, table.text, spans=tuple(table.spans))

    def _track_nesting(self, token: Token) -> None:
        """Update the lists, quotations, heading and table row that the next block is in."""
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._lists.append(_List(ordered=token.type == "ordered_list_open"))
            case "list_item_open":
                self._lists[-1].marker = self._marker(token)
            case "footnote_reference_open":
                self._lists.append(_List(marker=f"[{printable_line(token.meta['label'])}]"))
            case "bullet_list_close" | "ordered_list_close" | "footnote_reference_close":
                self._lists.pop()
            case "blockquote_open" | "blockquote_close":
                self._quoted += token.nesting
            case "heading_open" | "heading_close":
                self._heading = int(token.tag[1:]) if token.nesting == 1 else 0
            case "tr_open":
                self._row = []
            case "tr_close":
                self._rows.append(_Inline.join(self._row or [], "\t"))
                self._row = None

    def _marker(self, item: Token) -> str:
        if self._lists[-1].ordered:
            return f"{item.info}{item.markup}"
        depth = sum(not each.ordered for each in self._lists)
        return _BULLETS[(depth - 1) % len(_BULLETS)]

    def _paragraph(self, token: Token) -> Iterator[Piece]:
        inline = _Inline.parse(token.children or ())
        if self._heading:
            yield self._piece(BlockKind.HEADING, inline.text, self._heading, inline.spans)
            return
        task = _TASKS.get(inline.text[:4])
        if task and self._lists and self._lists[-1].marker:
            inline = inline.without_first(4)
            current = self._lists[-1]
            current.marker = f"{current.marker} {task}" if current.ordered else task
        yield self._piece(self._prose, inline.text, spans=inline.spans)

    @property
    def _prose(self) -> BlockKind:
        if self._lists:
            return BlockKind.LIST_ITEM
        return BlockKind.QUOTATION if self._quoted else BlockKind.PARAGRAPH

    def _piece(
        self, kind: BlockKind, text: str, level: int | None = None, spans: Sequence[Span] = ()
    ) -> Piece:
        """Create a block in the present lists and quotations. The first one of a list item gets the item's marker."""
        marker = ""
        if self._lists and text:
            marker, self._lists[-1].marker = self._lists[-1].marker, ""
        return Piece(
            kind, text, len(self._lists) if level is None else level, marker, self._quoted, tuple(spans)
        )


class _Inline:
    """A text with inline styles."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: list[Span] = []

    @classmethod
    def parse(cls, tokens: Sequence[Token], *, hard_break: str = "\n") -> "_Inline":
        """Parse inline tokens. The cells of a table need a space as `hard_break`, as they are on one line."""
        inline = cls()
        opened: list[tuple[int, SpanKind, str]] = []
        linked = 0
        for index, token in enumerate(tokens):
            start = len(inline.text)
            name = token.type.removesuffix("_open").removesuffix("_close")
            if token.nesting == 1 and name in _STYLES:
                opened.append((start, _STYLES[name], printable_line(str(token.attrGet("href") or ""))))
                linked += name == "link"
            elif token.nesting == -1 and name in _STYLES:
                linked -= name == "link"
                inline._style(*opened.pop())
            elif token.type == "softbreak":
                following = tokens[index + 1].content if index + 1 < len(tokens) else ""
                inline.text += soft_break_text(inline.text, following)
            elif token.type == "code_inline":
                inline._add(token.content, hard_break)
                inline._style(start, SpanKind.CODE, "")
            elif token.type == "image":
                inline._add(_image_text(token), hard_break)
                if not linked:
                    inline._style(start, SpanKind.LINK, printable_line(str(token.attrGet("src") or "")))
            else:
                inline._add(_token_text(token), hard_break)
                if token.type == "footnote_ref":
                    target = f"{FOOTNOTE_PREFIX}{printable_line(token.meta['label'])}"
                    inline._style(start, SpanKind.LINK, target)
        return inline._trimmed()

    @classmethod
    def join(cls, parts: Sequence["_Inline"], separator: str) -> "_Inline":
        """Join texts, with their styles."""
        whole = cls()
        for index, part in enumerate(parts):
            whole.text += separator if index else ""
            offset = len(whole.text)
            whole.text += part.text
            whole.spans += [Span(s.start + offset, s.end + offset, s.kind, s.target) for s in part.spans]
        return whole

    def without_first(self, count: int) -> "_Inline":
        """Return the text without its first code points."""
        return self._slice(count, len(self.text))

    def _add(self, text: str, hard_break: str) -> None:
        self.text += printable(text).replace("\n", hard_break)

    def _style(self, start: int, kind: SpanKind, target: str) -> None:
        if start < len(self.text):
            self.spans.append(Span(start, len(self.text), kind, target))

    def _trimmed(self) -> "_Inline":
        """Return the text without white space at its ends, which removed tags may leave."""
        end = len(self.text.rstrip())
        return self._slice(min(end, len(self.text) - len(self.text.lstrip())), end)

    def _slice(self, start: int, end: int) -> "_Inline":
        part = _Inline()
        part.text = self.text[start:end]
        for span in self.spans:
            first, last = max(span.start, start), min(span.end, end)
            if first < last:
                part.spans.append(Span(first - start, last - start, span.kind, span.target))
        part.spans.sort(key=lambda span: (span.start, -span.end))
        return part


def _token_text(token: Token) -> str:
    """Return the text of a token that has no style."""
    match token.type:
        case "hardbreak":
            return "\n"
        case "html_inline":
            return inline_text(token.content)
        case "footnote_ref":
            return f"[{printable_line(token.meta['label'])}]"
        case _:
            return token.content


def _image_text(token: Token) -> str:
    """Return the description of a picture, or else its title, or else a placeholder."""
    described = _Inline.parse(token.children or (), hard_break=" ").text
    return described or printable_line(str(token.attrGet("title") or "")) or "[picture]"
