"""Markdown as an article: CommonMark with tables, strikethrough, footnotes, task lists and front matter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from pactreader.core.article import Article, BlockKind, Piece, Span, SpanKind
from pactreader.core.links import FOOTNOTE_PREFIX
from pactreader.core.printable_text import printable, printable_line
from pactreader.formats.readers.front_matter import FrontMatter, split_front_matter
from pactreader.formats.readers.hard_wraps import soft_break
from pactreader.formats.readers.inline_html import inline_text, paragraphs
from pactreader.formats.readers.text_reader import RULE, read_text
from pactreader.formats.script_detection import language_code, language_of

_BULLETS: Final = "•◦▪"
_TASKS: Final = {"[ ] ": "☐", "[x] ": "☑", "[X] ": "☑"}

_DEEPEST: Final = 60
"""Levels of nesting that are read: thirty lists in each other, and no risk to Python's stack.

What is nested deeper markdown-it leaves out.
"""

_STYLES: Final = {
    "em": SpanKind.EMPHASIS,
    "strong": SpanKind.STRONG,
    "s": SpanKind.STRUCK,
    "link": SpanKind.LINK,
}


def read_markdown(text: str, *, name: str, source: str = "", warning: str = "") -> Article:
    """The article in a Markdown text.

    The title is the front matter's, else the first heading of level 1.

    Args:
        text: Printable, with Unix line ends.
        name: The title where the text has none.
        source: Where the text is from.
        warning: What the reader should know about how it was read.
    """
    front_matter, body = split_front_matter(text)
    tokens = _parser().parse(body)
    if _too_deep(tokens):
        deep = "It is nested too deeply to be read as Markdown, and shown as plain text."
        return read_text(text, name=name, source=source, warning=f"{warning} {deep}".strip())
    pieces = list(_Blocks().read(tokens))
    title = front_matter.title or _first_heading(pieces, level=1) or name
    return Article.assemble(
        _headed(pieces, front_matter),
        title=title,
        source=source,
        language=language_code(front_matter.language) or language_of(body),
        author=front_matter.author,
        date=front_matter.date,
        warning=warning,
    )


def read_note(note: str) -> Article:
    """The blocks of a note. Its lines stay lines, as whoever typed them on two lines meant two."""
    tokens = _parser().parse(note)
    if _too_deep(tokens):
        return Article.assemble([Piece(BlockKind.PARAGRAPH, note)], title="")
    for token in tokens:
        for child in token.children or ():
            if child.type == "softbreak":
                child.type = "hardbreak"
    return Article.assemble(_Blocks().read(tokens), title="")


def _too_deep(tokens: Sequence[Token]) -> bool:
    return any(token.level >= _DEEPEST - 2 for token in tokens)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    return parser.use(footnote_plugin, inline=False, move_to_end=False)


def _first_heading(pieces: Sequence[Piece], level: int) -> str:
    found = (piece.text for piece in pieces if piece.kind is BlockKind.HEADING and piece.level <= level)
    return printable_line(next(found, ""))


def _headed(pieces: list[Piece], front_matter: FrontMatter) -> list[Piece]:
    """The blocks with the front matter's title on top and, below the title, author and date."""
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
    """A list that is being read."""

    ordered: bool = False
    marker: str = ""
    """Of the item being read; empty once it is on a block."""


class _Blocks:
    """Walks over markdown-it's block tokens and makes blocks of them."""

    def __init__(self) -> None:
        self._lists: list[_List] = []
        self._quoted = 0
        self._heading = 0
        """The level of the heading being read, or 0."""
        self._row: list[_Inline] | None = None
        """The cells of the table's row being read."""
        self._rows: list[_Inline] = []

    def read(self, tokens: Sequence[Token]) -> Iterator[Piece]:
        """The blocks of these tokens."""
        for token in tokens:
            self._enter_or_leave(token)
            if token.type == "inline" and self._row is not None:
                self._row.append(_Inline.of(token.children or (), hard_break=" "))
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
                table = _Inline.joined(self._rows, "\n")
                self._rows = []
                yield self._piece(BlockKind.TABLE, table.text, spans=tuple(table.spans))

    def _enter_or_leave(self, token: Token) -> None:
        """Keep track of what is around the next block."""
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
                self._rows.append(_Inline.joined(self._row or [], "\t"))
                self._row = None

    def _marker(self, item: Token) -> str:
        if self._lists[-1].ordered:
            return f"{item.info}{item.markup}"
        depth = sum(not each.ordered for each in self._lists)
        return _BULLETS[(depth - 1) % len(_BULLETS)]

    def _paragraph(self, token: Token) -> Iterator[Piece]:
        inline = _Inline.of(token.children or ())
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
        """A block here. The first one of a list's item takes its marker."""
        marker = ""
        if self._lists and text:
            marker, self._lists[-1].marker = self._lists[-1].marker, ""
        return Piece(
            kind, text, len(self._lists) if level is None else level, marker, self._quoted, tuple(spans)
        )


class _Inline:
    """The text of a paragraph and its inline styles."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: list[Span] = []

    @classmethod
    def of(cls, tokens: Sequence[Token], *, hard_break: str = "\n") -> "_Inline":
        """The text of some inline tokens. A cell of a table has another `hard_break`, as it stands on one line."""
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
                inline.text += soft_break(inline.text, following)
            elif token.type == "code_inline":
                inline._add(token.content, hard_break)
                inline._style(start, SpanKind.CODE, "")
            elif token.type == "image":
                inline._add(_image_text(token), hard_break)
                if not linked:
                    inline._style(start, SpanKind.LINK, printable_line(str(token.attrGet("src") or "")))
            else:
                inline._add(_plain(token), hard_break)
                if token.type == "footnote_ref":
                    target = f"{FOOTNOTE_PREFIX}{printable_line(token.meta['label'])}"
                    inline._style(start, SpanKind.LINK, target)
        return inline._trimmed()

    @classmethod
    def joined(cls, parts: Sequence["_Inline"], separator: str) -> "_Inline":
        """Some texts as one, their styles where they belong."""
        whole = cls()
        for index, part in enumerate(parts):
            whole.text += separator if index else ""
            offset = len(whole.text)
            whole.text += part.text
            whole.spans += [Span(s.start + offset, s.end + offset, s.kind, s.target) for s in part.spans]
        return whole

    def without_first(self, count: int) -> "_Inline":
        """The text without its first code points."""
        return self._cut(count, len(self.text))

    def _add(self, text: str, hard_break: str) -> None:
        self.text += printable(text).replace("\n", hard_break)

    def _style(self, start: int, kind: SpanKind, target: str) -> None:
        if start < len(self.text):
            self.spans.append(Span(start, len(self.text), kind, target))

    def _trimmed(self) -> "_Inline":
        """Without the white space that dropped tags leave at the ends."""
        end = len(self.text.rstrip())
        return self._cut(min(end, len(self.text) - len(self.text.lstrip())), end)

    def _cut(self, start: int, end: int) -> "_Inline":
        cut = _Inline()
        cut.text = self.text[start:end]
        for span in self.spans:
            first, last = max(span.start, start), min(span.end, end)
            if first < last:
                cut.spans.append(Span(first - start, last - start, span.kind, span.target))
        cut.spans.sort(key=lambda span: (span.start, -span.end))
        return cut


def _plain(token: Token) -> str:
    """What a token without a style stands for."""
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
    """A picture's description; what takes its place where it has none."""
    described = _Inline.of(token.children or (), hard_break=" ").text
    return described or printable_line(str(token.attrGet("title") or "")) or "[picture]"
