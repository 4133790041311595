"""The inline content of Markdown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from pactreader.core.article import SpanKind
from pactreader.core.links import FOOTNOTE_PREFIX
from pactreader.core.printable_text import printable, printable_line, without_direction_marks
from pactreader.formats.readers.inline_text import InlineBuilder, InlineText

if TYPE_CHECKING:
    from markdown_it.token import Token

    from pactreader.formats.readers.html.markup import Tag

_STYLES: Final = {
    "em": SpanKind.EMPHASIS,
    "strong": SpanKind.STRONG,
    "s": SpanKind.STRUCK,
    "mark": SpanKind.MARKED,
    "code": SpanKind.CODE,
}


def read_inline(
    tokens: "Sequence[Token]", source: str, *, line: int = 0, line_end: str = "\n", keep_lines: bool = False
) -> InlineText:
    """Return the text of inline tokens.

    Args:
        tokens: markdown-it's tokens.
        source: What they were parsed from.
        line: The line of the file that it begins on; 0 if that is not known.
        line_end: The text for the end of a line that stays; a space in the cells of a table.
        keep_lines: True if all ends of lines stay.
    """
    if len(tokens) == 1 and tokens[0].type == "text":  # the most of a text
        text = printable(without_direction_marks(tokens[0].content)).strip()
        return InlineText(text, (), ((0, line),) if line else ())
    return _InlineReader(tokens, source, line, line_end, keep_lines=keep_lines).read()


class _InlineReader:
    """A reader of the tokens of one paragraph."""

    def __init__(
        self, tokens: "Sequence[Token]", source: str, line: int, line_end: str, *, keep_lines: bool
    ) -> None:
        self._tokens = tokens
        self._source = source
        self._counted = 0
        """The offset in the source up to which its lines are counted."""
        self._builder = InlineBuilder(line_end=line_end)
        self._builder.line = line
        self._keep_lines = keep_lines
        self._ends: frozenset[str] | None = None
        """The names of the HTML elements with an end tag in this paragraph."""
        self._starts: frozenset[str] = frozenset()
        self._hidden = ""
        """The name of the HTML element that is skipped."""

    def read(self) -> InlineText:
        builder = self._builder
        for token in self._tokens:
            kind = token.type
            if self._hidden and kind != "html_inline":
                pass
            elif kind == "text":
                builder.add(token.content)
            elif kind == "softbreak":
                if self._keep_lines:
                    builder.line_break()
                else:
                    builder.soft_break()
            elif kind == "hardbreak":
                builder.line_break()
            else:
                self._read(token, kind)
            if "end" in token.meta:
                self._count_lines(token.meta["end"])
        return builder.finish()

    def _read(self, token: "Token", kind: str) -> None:
        builder, name = self._builder, token.tag
        if kind == "html_inline":
            self._read_tag(token.content)
        elif kind == "link_open":
            builder.open(name, SpanKind.LINK, printable_line(str(token.attrGet("href") or "")))
        elif token.nesting == 1:
            builder.open(name, _STYLES.get(name))
            builder.anchors += map(printable_line, token.meta.get("anchors", ()))
        elif token.nesting == -1:
            builder.close(name)
        else:
            self._read_leaf(token, kind)

    def _read_leaf(self, token: "Token", kind: str) -> None:
        """Add a token that has no tokens in it."""
        builder, name, style, target = self._builder, token.tag, _STYLES.get(token.tag), ""
        if kind == "image":
            style, target = SpanKind.LINK, printable_line(str(token.attrGet("src") or ""))
        elif kind == "footnote_ref":
            label = printable_line(token.meta["label"])
            style, target = SpanKind.LINK, f"{FOOTNOTE_PREFIX}{label}"
        builder.open(name, style, target)
        if kind == "image":
            builder.add(_described(token))
        elif kind == "footnote_ref":
            builder.add(f"[{label}]")
        elif kind == "code_inline":
            self._add_code(token)
        elif kind == "formula":
            self._add_formula(token.content)
        else:
            builder.add(token.content)
        builder.close(name)

    def _add_formula(self, written: str) -> None:
        """Add a formula, whose lines stay lines."""
        builder = self._builder
        for index, line in enumerate(written.split("\n")):
            if index:
                builder.line_break()
                builder.line += bool(builder.line)
                self._counted = self._source.find("\n", self._counted) + 1
            builder.add(line)

    def _add_code(self, token: "Token") -> None:
        """Add code. A line end in it is a space, but the rest comes from the next line."""
        builder, text = self._builder, printable(token.content)
        end = token.meta.get("end", 0)
        first = token.meta.get("start", 0) + len(token.markup)
        if not builder.line or "\n" not in self._source[first:end]:
            builder.add_raw(text)
            return
        inner = self._source[first : end - len(token.markup)]
        shift = 0 if len(inner) == len(text) else 1  # one space at both ends is none of the code
        start = 0
        while (at := inner.find("\n", start + shift)) >= 0 and at - shift < len(text):
            builder.add_raw(text[start : at - shift + 1])
            builder.line += 1
            start = at - shift + 1
        self._counted = first + start + shift
        builder.add_raw(text[start:])

    def _read_tag(self, written: str) -> None:
        from pactreader.formats.readers.html.elements import (
            BLOCKS,
            VOID,
            anchors_of,
            end_inline,
            is_hidden,
        )
        from pactreader.formats.readers.html.markup import is_placeholder, paired_names, parse_tag

        tag = parse_tag(written)
        if tag is None:
            return
        if self._hidden:
            self._hidden = "" if tag.is_end and tag.name == self._hidden else self._hidden
            return
        if self._ends is None:
            tags = (parse_tag(token.content) for token in self._tokens if token.type == "html_inline")
            self._starts, self._ends = paired_names(filter(None, tags))
        closed = tag.name in (self._starts if tag.is_end else self._ends)
        if is_placeholder(tag, closed=closed, in_text=True):
            self._builder.add(written.replace("\n", " "))
        elif tag.is_end:
            end_inline(self._builder, tag.name)
        elif is_hidden(tag.name, tag.attributes):
            self._hidden = tag.name if closed and tag.name not in VOID else ""
        else:
            self._builder.anchors += anchors_of(tag.name, tag.attributes)
            if tag.name not in BLOCKS:
                self._begin_inline(tag, written)

    def _begin_inline(self, tag: "Tag", written: str) -> None:
        from pactreader.formats.readers.html.elements import begin_inline

        line = self._builder.line
        if line and tag.name == "img":  # its description may stand on a later line than it begins on
            self._builder.line += written.count("\n", 0, max(0, written.lower().find("alt")))
        begin_inline(self._builder, tag.name, tag.attributes)
        self._builder.line = line

    def _count_lines(self, end: int) -> None:
        """Count the line ends up to an offset of the source."""
        if self._builder.line and end > self._counted:
            self._builder.line += self._source.count("\n", self._counted, end)
            self._counted = end


def _described(image: "Token") -> str:
    """Return the description of a picture, or else its title, or else a placeholder."""
    described = read_inline(image.children or (), image.content, line_end=" ").text
    return described or printable_line(str(image.attrGet("title") or "")) or "[picture]"
