"""The blocks of Markdown."""

import re
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from pactreader.core.article import BlockKind, Piece, SpanKind
from pactreader.core.printable_text import printable, printable_line
from pactreader.formats.readers.block_nesting import BlockNesting
from pactreader.formats.readers.inline_text import InlineText
from pactreader.formats.readers.markdown.callouts import (
    Division,
    callout_heading,
    callout_sign,
    parse_division,
)
from pactreader.formats.readers.markdown.inline import read_inline
from pactreader.formats.readers.markdown.inline_rules import ATTRIBUTES, anchors_in
from pactreader.formats.readers.markdown.syntax import markdown_parser

if TYPE_CHECKING:
    from markdown_it.token import Token

_TASKS: Final = {"[ ] ": "☐", "[x] ": "☑", "[X] ": "☑"}
_ATTRIBUTES: Final = re.compile(ATTRIBUTES)
_GRID: Final = re.compile(r"\+(?:[-=:]+\+)+[ \t]*\n[ \t]*[|+]")
"""The beginning of a grid table of pandoc."""
_DRAWN: Final = re.compile(r"\|.*(?:\n[ \t]*\|.*)+")
"""Lines that begin with `|`: a line block of pandoc, or a table whose rows do not fit its head."""
_CLOSING_SIGNS: Final = re.compile(r"[ \t]+#+\Z")
"""The signs at the end of a heading before its attributes."""
_MAX_ATTRIBUTES: Final = 300
"""The greatest length of attributes in code points."""


class BlockReader:
    """A reader of blocks from markdown-it's block tokens."""

    def __init__(self, tokens: "Sequence[Token]", *, first_line: int = 0, keep_lines: bool = False) -> None:
        """Create a reader.

        Args:
            tokens: markdown-it's tokens.
            first_line: The line of the file that the parsed text begins on; 0 if that is not known.
            keep_lines: True to keep the ends of lines in paragraphs.
        """
        self._tokens = tokens
        self._first_line = first_line
        self._keep_lines = keep_lines
        self._nesting = BlockNesting()
        self._divisions: list[Division] = []
        self._in_term = False
        self._starts_quotation = False
        """True if a quotation has just begun, so that its first line may be that of a callout."""
        self._row: list[InlineText] | None = None
        """The cells of the present row of a table; `None` outside of rows."""
        self._rows: list[InlineText] = []
        self._html_ends: dict[int, int] | None = None

    def read(self) -> Iterator[Piece]:
        """Yield the blocks."""
        yield from self._read(range(len(self._tokens)))

    def _read(self, indices: range) -> Iterator[Piece]:
        index = indices.start
        while index < indices.stop:
            token = self._tokens[index]
            kind = token.type
            if kind == "html_block":
                index = yield from self._html(index)
                continue
            if kind == "inline":
                yield from self._inline(token)
            elif kind in {"fence", "code_block", "formula_block"}:
                yield self._code(token)
            elif kind == "hr":
                yield self._nesting.rule(self._line(token))
            elif kind == "table_close":
                yield self._nesting.piece(InlineText.join(self._rows, "\n"), BlockKind.TABLE)
                self._rows = []
            elif kind == "fenced_div":
                yield from self._division(token)
            else:
                self._track_nesting(token)
            if kind != "paragraph_open":
                self._starts_quotation = kind == "blockquote_open"
            index += 1

    def _track_nesting(self, token: "Token") -> None:
        """Update the quotations, heading, term and table row that the next block is in."""
        match token.type:
            case "blockquote_open" | "blockquote_close":
                self._nesting.quoted += token.nesting
            case "heading_open" | "heading_close":
                self._nesting.heading = int(token.tag[1:]) if token.nesting == 1 else 0
            case "dt_open" | "dt_close":
                self._in_term = token.nesting == 1
            case "tr_open":
                self._row = []
            case "tr_close":
                self._rows.append(InlineText.join(self._row or [], "\t"))
                self._row = None
            case _:
                self._track_lists(token)

    def _track_lists(self, token: "Token") -> None:
        """Update the lists that the next block is in."""
        nesting = self._nesting
        match token.type:
            case "bullet_list_open":
                nesting.open_list()
            case "ordered_list_open":
                start = token.attrGet("start")
                nesting.open_list(ordered=True, start=1 if start is None else int(start))
            case "list_item_open":
                nesting.open_item(token.markup)
            case "footnote_reference_open":
                nesting.open_note(f"[{printable_line(token.meta['label'])}]")
            case "dd_open":
                nesting.open_note("")
            case "bullet_list_close" | "ordered_list_close" | "footnote_reference_close" | "dd_close":
                nesting.close_list()

    def _inline(self, token: "Token") -> Iterator[Piece]:
        children = token.children or []
        if self._row is not None:
            self._row.append(self._text(token, children, line_end=" "))
        elif self._starts_quotation and children and (sign := callout_sign(token.content)):
            yield from self._callout(token, *sign)
        elif self._nesting.heading:
            yield self._nesting.piece(_without_attributes(self._text(token, children)))
        elif self._in_term:
            yield self._nesting.piece(self._text(token, children).styled(SpanKind.STRONG))
        elif _GRID.match(token.content):
            yield self._code(token)
        else:
            inline = self._text(token, children, keep_lines=_DRAWN.fullmatch(token.content) is not None)
            box = _TASKS.get(inline.text[:4])
            if box and self._nesting.mark_task(box):
                inline = inline.slice(4, len(inline.text))
            yield self._nesting.piece(inline)

    def _text(
        self,
        token: "Token",
        children: "Sequence[Token]",
        *,
        line_end: str = "\n",
        keep_lines: bool = False,
    ) -> InlineText:
        line = self._line(token)
        keep_lines = keep_lines or self._keep_lines
        return read_inline(children, token.content, line=line, line_end=line_end, keep_lines=keep_lines)

    def _callout(self, token: "Token", kind: str, length: int) -> Iterator[Piece]:
        """Yield the heading line of a callout and the paragraph below it."""
        children = token.children or []
        children[0].content = children[0].content[length:]
        breaks = (index for index, child in enumerate(children) if child.type in {"softbreak", "hardbreak"})
        end = next(breaks, len(children))
        title = self._text(token, children[:end])
        yield self._nesting.piece(callout_heading(kind, title, self._line(token)))
        yield self._nesting.piece(self._text(token, children[end:]))

    def _division(self, token: "Token") -> Iterator[Piece]:
        """Begin or end a division between lines of colons. A callout is a quotation with a heading line."""
        nesting = self._nesting
        if not token.info:
            if not self._divisions:
                yield nesting.piece(InlineText(":::", (), self._lines(token)))
            elif self._divisions.pop().is_callout:
                nesting.quoted -= 1
            return
        division = parse_division(printable_line(token.info))
        self._divisions.append(division)
        inline = markdown_parser().parseInline(division.title)[0]
        title = read_inline(inline.children or (), inline.content, line=self._line(token))
        if division.anchor:
            nesting.anchors.append(division.anchor)
        if division.is_callout:
            nesting.quoted += 1
            yield nesting.piece(callout_heading(division.name, title, self._line(token)))
        else:
            yield nesting.piece(title.styled(SpanKind.STRONG))

    def _code(self, token: "Token") -> Piece:
        """Return a block of code, or a formula, with the line of each of its lines."""
        text = printable(token.content).rstrip("\n")
        line = self._line(token) + (token.type == "fence")
        lines: list[tuple[int, int]] = []
        if self._first_line:
            start = 0
            while start >= 0:
                lines.append((start, line + len(lines)))
                start = token.content.find("\n", start, len(text)) + 1 or -1
        return self._nesting.piece(InlineText(text, (), lines), BlockKind.CODE)

    def _html(self, index: int) -> Generator[Piece, None, int]:
        """Yield the blocks of HTML and of the Markdown in it; return the index of the token behind it."""
        from pactreader.formats.readers.html.markup import is_comment
        from pactreader.formats.readers.html.tree import parse_html
        from pactreader.formats.readers.html.walker import HtmlWalker
        from pactreader.formats.readers.markdown.embedded_html import HtmlFragment, html_ends

        if self._html_ends is None:
            self._html_ends = html_ends(self._tokens)
        if index not in self._html_ends and is_comment(self._tokens[index].content):
            return index + 1
        fragment = HtmlFragment(self._tokens, index, self._html_ends)
        tree = parse_html(fragment.markup)
        if tree is not None:
            walker = HtmlWalker(
                self._nesting,
                first_line=self._line(self._tokens[index]),
                embedded=lambda number: self._read(fragment.markdown[number]),
            )
            yield from walker.walk(tree)
        return fragment.end + 1

    def _line(self, token: "Token") -> int:
        return token.map[0] + self._first_line if token.map and self._first_line else 0

    def _lines(self, token: "Token") -> tuple[tuple[int, int], ...]:
        line = self._line(token)
        return ((0, line),) if line else ()


def _without_attributes(heading: InlineText) -> InlineText:
    """Return a heading without the attributes at its end, but with the name that they give it."""
    text = heading.text
    brace = text.rfind("{", max(0, len(text) - _MAX_ATTRIBUTES)) if text.endswith("}") else -1
    found = _ATTRIBUTES.fullmatch(text, brace) if brace > 0 else None
    if found is None:
        return heading
    named = heading._replace(anchors=[*heading.anchors, *anchors_in(found["all"])])
    return named.slice(0, len(_CLOSING_SIGNS.sub("", text[:brace].rstrip())))
